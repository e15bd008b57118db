"""Report a stray dog, found or seen. A dangerous dog is for the police."""

from forms.kit import (
    Choice,
    Is,
    Kind,
    Moment,
    Nearby,
    Page,
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

WHERE_NOW = (
    Choice("held", "I have it with me, or it is tied up"),
    Choice("loose", "It is loose, and I can still see it"),
    Choice("seen", "I saw it, and it has gone"),
)
COLLAR = (
    Choice("tag", "Yes, with a tag"),
    Choice("plain", "Yes, without a tag"),
    Choice("none", "No"),
    Choice("unknown", "I cannot see"),
)
SIZE = (
    Choice("small", "Small", "Such as a terrier"),
    Choice("medium", "Medium", "Such as a spaniel"),
    Choice("large", "Large", "Such as an Alsatian"),
)

SERVICE = Service(
    slug="stray-dog",
    title="Report a stray dog",
    lgsl=432,
    kind=Kind.REPORT,
    topic=Topic.ANIMALS,
    description="A dog that is out without its owner",
    also=("lost dog", "missing dog", "found a dog", "loose dog"),
    department="environmental-health",
    start=Start(
        need=("where the dog is", "what it looks like"),
        minutes=4,
        next=(
            "The dog warden collects it, or goes to look for it.",
            "We keep it for 7 days, so that its owner can claim it.",
        ),
    ),
    pages=(
        ask(
            YesNo(
                "dangerous",
                "Is it attacking or frightening people or animals?",
                missing="Select yes if it is attacking or frightening people or animals",
            )
        ),
        Stop(
            "call-the-police",
            "Call the police",
            Is("dangerous", "yes"),
            guidance=(
                "Keep away from the dog. If it is attacking somebody, call 999.",
                "If nobody is in danger now, call the police on 101.",
            ),
        ),
        ask(
            Radios(
                "where_now", "Where is the dog now?", choices=WHERE_NOW, missing="Select where the dog is now"
            )
        ),
        *where_is_it("Where did you find or see it?"),
        ask(
            Moment(
                "when",
                "When did you find or see it?",
                missing="Enter the date you found or saw it",
                past=True,
            )
        ),
        Page(
            "dog",
            Text("breed", "Breed", hint="A guess will do", optional=True, max_length=80),
            Text("colour", "Colour", missing="Enter the colour of the dog", max_length=80),
            Radios("size", "Size", choices=SIZE, missing="Select the size of the dog"),
            Radios(
                "collar", "Does it have a collar?", choices=COLLAR, missing="Select whether it has a collar"
            ),
            Text("tag", "What does the tag say?", optional=True),
            title="What does the dog look like?",
        ),
        ask(YesNo("hurt", "Is it hurt or ill?", missing="Select yes if it is hurt or ill")),
        ask(
            YesNo(
                "keep",
                "Can you keep it safe until the warden comes?",
                missing="Select yes if you can keep it safe until the warden comes",
            ),
            when=Is("where_now", "held"),
        ),
        photos(optional=True),
        about_you(optional=True, required_when=Is("where_now", "held")),
    ),
    urgent_when=Is("where_now", "held") | Is("hurt", "yes"),
    deliver=(To("environmental-health", service_code="STRAYDOG"),),
    promise=Promise(acknowledge=WorkingDays(0), resolve=WorkingDays(1)),
    duplicates=Nearby(metres=500, days=1),
    keep_for=Years(1),
)
