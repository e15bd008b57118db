"""Report a street name plate that is damaged or missing."""

from forms.kit import (
    Choice,
    Is,
    Kind,
    Nearby,
    Promise,
    Radios,
    Service,
    Start,
    Text,
    To,
    Topic,
    WorkingDays,
    Years,
    YesNo,
    ask,
)
from forms.kit.shared import about_you, photos, where_is_it

WRONG = (
    Choice("missing", "It has gone"),
    Choice("damaged", "It is broken, bent or loose"),
    Choice("unreadable", "It cannot be read", "Because it is dirty, faded or overgrown"),
    Choice("graffiti", "Somebody has painted or written on it"),
    Choice("wrong", "The name is spelt wrongly"),
    Choice("new", "The street has never had one"),
)
FIXED = (
    Choice("posts", "On posts of its own"),
    Choice("wall", "On a wall or a fence"),
    Choice("lamp", "On a lamp post"),
    Choice("unknown", "I do not know"),
)

SERVICE = Service(
    slug="street-name-plate",
    title="Report a damaged or missing street name plate",
    lgsl=541,
    kind=Kind.REPORT,
    topic=Topic.STREETS,
    description="A plate with a street’s name that is broken, dirty or gone",
    department="street-scene",
    start=Start(
        need=("where it is", "the name of the street"),
        minutes=2,
        next=("We look at it.", "We mend it, or order a new one. A new one takes about 8 weeks."),
    ),
    pages=(
        *where_is_it("Where is the name plate, or where should it be?"),
        ask(Text("street", "What is the name of the street?", missing="Enter the name of the street")),
        ask(Radios("wrong", "What is wrong with it?", choices=WRONG, missing="Select what is wrong with it")),
        ask(Radios("fixed", "How is it put up?", choices=FIXED, missing="Select how it is put up")),
        ask(
            YesNo(
                "harm",
                "Could it hurt somebody?",
                hint="For example, because it hangs loose or has sharp edges",
                missing="Select yes if it could hurt somebody",
            )
        ),
        photos(optional=True),
        about_you(optional=True),
    ),
    urgent_when=Is("harm", "yes"),
    deliver=(To("street-scene", service_code="NAMEPLATE"),),
    promise=Promise(acknowledge=WorkingDays(2), resolve=WorkingDays(40)),
    duplicates=Nearby(metres=30, days=60),
    keep_for=Years(1),
)
