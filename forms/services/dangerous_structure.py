"""Report a dangerous building, wall or other structure."""

from forms.kit import (
    Checkboxes,
    Choice,
    Includes,
    Is,
    Kind,
    LongText,
    Nearby,
    OneOf,
    Promise,
    Radios,
    Service,
    Start,
    Stop,
    Text,
    To,
    Topic,
    WorkingDays,
    Years,
    YesNo,
    ask,
)
from forms.kit.shared import about_you, photos, where_is_it

WHAT = (
    Choice("house", "House or flats"),
    Choice("shop", "Shop, pub or other business"),
    Choice("wall", "Wall or fence"),
    Choice("roof", "Chimney, roof or gutter"),
    Choice("site", "Scaffolding or building site"),
    Choice("sign", "Sign, hoarding or shop front"),
    Choice("other", "Something else"),
)
WRONG = (
    Choice("leaning", "It leans or bulges"),
    Choice("cracked", "It has large cracks"),
    Choice("falling", "Parts are loose or have fallen"),
    Choice("hit", "A vehicle hit it"),
    Choice("fire", "It was damaged by fire, storm or flood"),
    Choice("open", "It is open, so that people can get in"),
    Choice("other", "Something else"),
)
BELOW = (
    Choice("public", "A road, a pavement or a path"),
    Choice("neighbour", "A neighbour’s home or garden"),
    Choice("own", "Only its own land"),
    Choice("unknown", "I do not know"),
)

SERVICE = Service(
    slug="dangerous-structure",
    title="Report a dangerous building or structure",
    lgsl=600,
    kind=Kind.REPORT,
    topic=Topic.PLANNING,
    description="A building, wall or chimney that could fall and hurt somebody",
    department="planning",
    page_note="Keep away from it, and keep others away.",
    start=Start(
        need=("where it is", "what is wrong with it"),
        minutes=4,
        next=(
            "A surveyor looks at it, the same day where it is urgent.",
            "We tell the owner to make it safe. If they do not, we do it and charge them.",
        ),
    ),
    pages=(
        ask(
            YesNo(
                "now",
                "Is somebody hurt, or is it falling down now?",
                missing="Select yes if somebody is hurt or it is falling down now",
            )
        ),
        Stop(
            "call-999",
            "Call 999 now",
            Is("now", "yes"),
            guidance=(
                "Keep well away. Call 999 and ask for the fire service.",
                "They tell our surveyor. You do not need to report it here too.",
            ),
        ),
        *where_is_it("Where is it?"),
        ask(Radios("what", "What is dangerous?", choices=WHAT, missing="Select what is dangerous")),
        ask(
            Checkboxes(
                "wrong", "What is wrong with it?", choices=WRONG, missing="Select what is wrong with it"
            )
        ),
        ask(Radios("below", "What could it fall on?", choices=BELOW, missing="Select what it could fall on")),
        ask(
            LongText(
                "details",
                "Tell us more about it",
                hint="For example, how high it is, and since when it has been so",
                missing="Enter more about it",
            )
        ),
        ask(Text("owner", "Who owns it?", hint="If you know", optional=True)),
        photos(optional=True),
        about_you(optional=True),
    ),
    urgent_when=OneOf("below", "public", "neighbour")
    & Includes("wrong", "leaning", "falling", "hit", "fire"),
    deliver=(To("planning", service_code="DANGSTRUCT"),),
    promise=Promise(acknowledge=WorkingDays(0), resolve=WorkingDays(5)),
    duplicates=Nearby(metres=30, days=14),
    keep_for=Years(6),
)
