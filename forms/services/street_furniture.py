"""Report damaged street furniture: benches, bollards, shelters and the like that the council looks after."""

from forms.kit import (
    Choice,
    Is,
    Kind,
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
from forms.kit.shared import about_you, photos, where_is_it

THING = (
    Choice("bench", "Bench or seat"),
    Choice("bollard", "Bollard or post"),
    Choice("railing", "Railing or fence"),
    Choice("planter", "Planter or flower bed"),
    Choice("shelter", "Bus shelter"),
    Choice("cycle-stand", "Cycle stand"),
    Choice("phone-box", "Phone box"),
    Choice("other", "Something else"),
)
PHONE_BOX = (
    "The telephone company looks after phone boxes, not the council.",
    "Its name and how to reach it are shown inside the box. Nothing has been sent.",
)

SERVICE = Service(
    slug="street-furniture",
    title="Report a damaged bench, bollard or shelter",
    lgsl=559,
    kind=Kind.REPORT,
    topic=Topic.STREETS,
    description="Seats, posts, railings, planters and shelters in streets and squares",
    department="street-scene",
    start=Start(
        need=("where it is", "what is damaged"),
        minutes=2,
        next=("We make it safe.", "We mend it, replace it or take it away."),
    ),
    pages=(
        *where_is_it("Where is it?"),
        ask(Radios("thing", "What is damaged?", choices=THING, missing="Select what is damaged")),
        Stop("not-ours", "We do not look after phone boxes", Is("thing", "phone-box"), guidance=PHONE_BOX),
        ask(YesNo("harm", "Could it hurt somebody?", missing="Select yes if it could hurt somebody")),
        photos(optional=True),
        about_you(optional=True),
    ),
    urgent_when=Is("harm", "yes") & ~OneOf("thing", "planter"),
    deliver=(To("street-scene", service_code="FURNITURE"),),
    promise=Promise(acknowledge=WorkingDays(1), resolve=WorkingDays(10)),
    duplicates=Nearby(metres=20, days=30),
    keep_for=Years(2),
)
