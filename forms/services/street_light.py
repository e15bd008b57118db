"""Report a street light: the county's duty; passed on where the council has agreed to do so."""

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

WRONG = (
    Choice("out", "It does not come on"),
    Choice("day", "It is on in the day"),
    Choice("flickers", "It flickers, or comes on and off"),
    Choice("dim", "It is dim"),
    Choice("leaning", "The post leans or was hit"),
    Choice("wires", "Wires show, or its door is open"),
    Choice("hidden", "A tree hides it"),
)
HOW_MANY = (
    Choice("one", "Only this one"),
    Choice("few", "2 to 5"),
    Choice("street", "The whole street"),
)

SERVICE = Service(
    slug="street-light",
    title="Report a broken street light",
    lgsl=564,
    kind=Kind.REPORT,
    topic=Topic.STREETS,
    description="A street light that is out, flickers, or is damaged",
    also=("street lamp", "lamp post", "lamppost", "lights out"),
    department="county",
    duty=Duty(
        "Lincolnshire County Council",
        why="The county council looks after most street lights.",
        address="https://www.lincolnshire.gov.uk/",
    ),
    page_note="Do not touch a damaged post or its wires.",
    start=Start(
        need=("where it is", "the number on the post, if you can see it"),
        minutes=3,
        next=(
            "We pass it on to the county council.",
            "They mend it. Many lights are off from midnight to 6am to save power.",
        ),
    ),
    pages=(
        *where_is_it("Where is the street light?"),
        ask(Radios("wrong", "What is wrong with it?", choices=WRONG, missing="Select what is wrong with it")),
        ask(
            Text(
                "post_number",
                "What number is on the post?",
                hint="It is about 2 metres from the ground",
                optional=True,
                max_length=20,
            )
        ),
        ask(Radios("how_many", "How many lights?", choices=HOW_MANY, missing="Select how many lights")),
        ask(
            YesNo(
                "night",
                "Is it only out between midnight and 6am?",
                missing="Select yes if it is only out between midnight and 6am",
            ),
            when=Is("wrong", "out"),
        ),
        Stop(
            "part-night",
            "It is meant to be off at night",
            Is("night", "yes"),
            guidance=(
                "Many street lights are switched off from midnight to 6am, to save power.",
                "If you think that it should stay on, write to the county council. Nothing has been sent.",
            ),
        ),
        photos(optional=True),
        about_you(optional=True),
    ),
    urgent_when=OneOf("wrong", "wires", "leaning"),
    deliver=(To("county", service_code="STREETLIGHT"),),
    promise=Promise(acknowledge=WorkingDays(1), resolve=WorkingDays(15)),
    duplicates=Nearby(metres=15, days=30),
    keep_for=Years(1),
)
