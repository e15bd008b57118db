"""Report dog fouling: to have it cleaned up, and to tell who lets it happen."""

from forms.kit import (
    Choice,
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
    To,
    Topic,
    WorkingDays,
    Years,
    YesNo,
    ask,
)
from forms.kit.shared import about_you, photos, seen_it_happen, where_is_it

LAND = (
    Choice("pavement", "Pavement or path"),
    Choice("grass", "Grass or verge"),
    Choice("playground", "Playground"),
    Choice("school", "Outside a school or nursery"),
    Choice("sports", "Sports pitch"),
    Choice("park", "Elsewhere in a park"),
    Choice("beach", "Beach"),
    Choice("private", "Private land", "Such as a garden or a farmer’s field"),
)
OFTEN = (
    Choice("once", "This is the first time"),
    Choice("weekly", "Every week or so"),
    Choice("daily", "Most days"),
    Choice("unknown", "I do not know"),
)
DOG = "What the owner looked like, and the dog’s breed, size and colour"

SERVICE = Service(
    slug="dog-fouling",
    title="Report dog fouling",
    lgsl=577,
    kind=Kind.REPORT,
    topic=Topic.ANIMALS,
    description="Dog mess to clean up, or an owner who does not pick it up",
    also=("dog poo", "dog dirt", "dog waste"),
    department="street-scene",
    start=Start(
        need=("where it is", "when it happens, and whose dog it is, if you know"),
        minutes=3,
        next=("We clean it up.", "If it keeps happening, an officer may patrol there."),
    ),
    pages=(
        *where_is_it("Where is the dog fouling?"),
        ask(Radios("land", "What is it on?", choices=LAND, missing="Select what it is on")),
        Stop(
            "private-land",
            "Dog mess on private land",
            Is("land", "private"),
            guidance=(
                "We do not clean private land. Whoever owns the land must do that.",
                "If you know whose dog it is, speak to its owner first. Nothing has been sent.",
            ),
        ),
        ask(YesNo("there", "Is the mess still there?", missing="Select yes if the mess is still there")),
        ask(
            Radios("often", "How often does it happen?", choices=OFTEN, missing="Select how often it happens")
        ),
        ask(
            LongText(
                "times",
                "On what days, and at what time?",
                hint="For example, weekdays at about 7am. It tells us when to patrol",
                optional=True,
                max_length=500,
                rows=3,
            ),
            when=OneOf("often", "weekly", "daily"),
        ),
        *seen_it_happen(who=DOG),
        photos(optional=True),
        about_you(optional=True, required_when=Is("statement", "yes")),
    ),
    urgent_when=Is("there", "yes") & OneOf("land", "playground", "school", "sports"),
    deliver=(To("street-scene", service_code="DOGFOUL"),),
    promise=Promise(acknowledge=WorkingDays(1), resolve=WorkingDays(3)),
    duplicates=Nearby(metres=30, days=7),
    keep_for=Years(1),
)
