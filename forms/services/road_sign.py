"""Report a road sign or road marking: the county's duty; passed on where the council has agreed to do so."""

from forms.kit import (
    Choice,
    Duty,
    Is,
    Kind,
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
    Choice("sign", "Road sign"),
    Choice("lit", "Lit sign or bollard"),
    Choice("lights", "Traffic lights"),
    Choice("lines", "Lines or words on the road"),
    Choice("finger", "Footpath sign"),
    Choice("name", "Street name plate"),
)
WRONG = (
    Choice("missing", "It has gone"),
    Choice("damaged", "It is broken, bent or has fallen"),
    Choice("turned", "It points the wrong way"),
    Choice("dirty", "It is dirty or faded"),
    Choice("hidden", "A tree or a hedge hides it"),
    Choice("unlit", "Its light is out"),
)

SERVICE = Service(
    slug="road-sign",
    title="Report a damaged or missing road sign",
    lgsl=540,
    kind=Kind.REPORT,
    topic=Topic.STREETS,
    description="A road sign, bollard, traffic light or road marking that needs mending",
    department="county",
    duty=Duty(
        "Lincolnshire County Council",
        why="The county council looks after road signs, traffic lights and road markings.",
        address="https://www.lincolnshire.gov.uk/",
    ),
    start=Start(
        need=("where it is", "what the sign says"),
        minutes=3,
        next=("We pass it on to the county council.", "They mend it, or order a new one."),
    ),
    pages=(
        ask(Radios("what", "What needs mending?", choices=WHAT, missing="Select what needs mending")),
        Stop(
            "name-plate",
            "Street name plates have a form of their own",
            Is("what", "name"),
            guidance=(
                "Choose ‘Report a damaged or missing street name plate’ on the council’s page instead.",
            ),
        ),
        *where_is_it("Where is it?"),
        ask(Radios("wrong", "What is wrong with it?", choices=WRONG, missing="Select what is wrong with it")),
        ask(
            Text(
                "says",
                "What does the sign say or show?",
                hint="For example, Give way, or 30",
                optional=True,
            ),
            when=OneOf("what", "sign", "lit", "finger"),
        ),
        ask(
            YesNo(
                "danger",
                "Could it cause an accident?",
                hint="For example, because it lies in the road or hides another sign",
                missing="Select yes if it could cause an accident",
            )
        ),
        photos(optional=True),
        about_you(optional=True),
    ),
    urgent_when=Is("danger", "yes") | Is("what", "lights"),
    deliver=(To("county", service_code="ROADSIGN"),),
    promise=Promise(acknowledge=WorkingDays(1), resolve=WorkingDays(20)),
    duplicates=Nearby(metres=20, days=30),
    keep_for=Years(1),
)
