"""Report a problem in a park or a playground."""

from forms.kit import (
    Choice,
    Is,
    Kind,
    LongText,
    Nearby,
    Promise,
    Radios,
    Service,
    Start,
    To,
    Topic,
    WorkingDays,
    Years,
    YesNo,
    ask,
)
from forms.kit.shared import about_you, photos, where_is_it

WHAT = (
    Choice("play", "Swing, slide or other play equipment"),
    Choice("seat", "Bench, table or shelter"),
    Choice("gate", "Gate, fence or path"),
    Choice("grass", "Grass, flowers or trees"),
    Choice("sports", "Sports pitch or court"),
    Choice("toilet", "Public toilet"),
    Choice("other", "Something else"),
)
WRONG = (
    Choice("broken", "It is broken or loose"),
    Choice("vandalised", "Somebody damaged it on purpose"),
    Choice("dirty", "It is dirty"),
    Choice("overgrown", "It is overgrown"),
    Choice("locked", "It is locked when it should be open"),
    Choice("missing", "It has gone"),
)

SERVICE = Service(
    slug="park-problem",
    title="Report a problem in a park or playground",
    lgsl=461,
    kind=Kind.REPORT,
    topic=Topic.STREETS,
    description="Broken play equipment, benches, gates or paths in a council park",
    department="street-scene",
    start=Start(
        need=("where it is", "what is wrong"),
        minutes=3,
        next=("We make it safe, and then mend it or replace it.", "We tell you what was done."),
    ),
    pages=(
        *where_is_it("Where is the park or playground?"),
        ask(Radios("what", "What has a problem?", choices=WHAT, missing="Select what has a problem")),
        ask(Radios("wrong", "What is wrong with it?", choices=WRONG, missing="Select what is wrong with it")),
        ask(YesNo("harm", "Could somebody be hurt?", missing="Select yes if somebody could be hurt")),
        ask(LongText("details", "Tell us more", missing="Enter more about it", max_length=1000)),
        photos(optional=True),
        about_you(optional=True),
    ),
    urgent_when=Is("harm", "yes"),
    deliver=(To("street-scene", service_code="PARK"),),
    promise=Promise(acknowledge=WorkingDays(1), resolve=WorkingDays(10)),
    duplicates=Nearby(metres=50, days=14),
    keep_for=Years(1),
)
