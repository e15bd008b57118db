"""Report an abandoned shopping trolley."""

from forms.kit import (
    Choice,
    Is,
    Kind,
    Nearby,
    Number,
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

LAND = (
    Choice("street", "Street, pavement or verge"),
    Choice("park", "Park or other council land"),
    Choice("water", "River, drain or ditch"),
    Choice("car-park", "Car park"),
    Choice("private", "Private land"),
)

SERVICE = Service(
    slug="abandoned-trolley",
    title="Report an abandoned shopping trolley",
    lgsl=1152,
    kind=Kind.REPORT,
    topic=Topic.STREETS,
    description="A trolley left in a street, in a park or in the water",
    department="street-scene",
    start=Start(
        need=("where it is", "which shop it belongs to, if you can tell"),
        minutes=2,
        next=("We tell the shop to fetch it.", "If they do not, we collect it and charge them."),
    ),
    pages=(
        *where_is_it("Where is the trolley?"),
        ask(Radios("land", "What is it on?", choices=LAND, missing="Select what it is on")),
        Stop(
            "private-land",
            "A trolley on private land",
            Is("land", "private"),
            guidance=(
                "We cannot take a trolley from private land.",
                "Tell the shop that it belongs to, or the owner of the land. Nothing has been sent.",
            ),
        ),
        ask(
            Text(
                "shop",
                "Which shop does it belong to?",
                hint="Look for a name on the handle",
                optional=True,
                max_length=80,
            )
        ),
        ask(
            Number(
                "how_many",
                "How many trolleys are there?",
                noun="The number of trolleys",
                missing="Enter how many trolleys there are",
                least=1,
                most=500,
            )
        ),
        ask(YesNo("road", "Is it blocking the way?", missing="Select yes if it is blocking the way")),
        photos(optional=True),
        about_you(optional=True),
    ),
    urgent_when=Is("road", "yes"),
    deliver=(To("street-scene", service_code="TROLLEY"),),
    promise=Promise(acknowledge=WorkingDays(1), resolve=WorkingDays(5)),
    duplicates=Nearby(metres=50, days=14),
    keep_for=Years(1),
)
