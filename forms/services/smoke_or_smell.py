"""Report smoke, a smell, dust or light that spoils life at home: a nuisance; it cannot be anonymous."""

from forms.kit import (
    Choice,
    Is,
    Kind,
    LongText,
    Moment,
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
from forms.kit.shared import about_you, photos, where_is_it, your_address

WHAT = (
    Choice("bonfire", "Smoke from a bonfire"),
    Choice("chimney", "Smoke from a chimney or a stove"),
    Choice("smell", "Smell from a home or a business"),
    Choice("farm", "Smell from a farm"),
    Choice("dust", "Dust"),
    Choice("light", "Light that shines into my home"),
    Choice("insects", "Flies or other insects from a business"),
    Choice("other", "Something else"),
)
HOW_OFTEN = (
    Choice("daily", "Most days"),
    Choice("weekly", "About once a week"),
    Choice("less", "Less often"),
    Choice("once", "It has happened once"),
)

SERVICE = Service(
    slug="smoke-or-smell",
    title="Report smoke, a smell, dust or light",
    lgsl=416,
    kind=Kind.REPORT,
    topic=Topic.STREETS,
    description="Bonfires, smells, dust, flies or bright light that spoil life at home",
    department="environmental-health",
    start=Start(
        need=("where it comes from", "when it happens, and how often", "your name and address"),
        minutes=5,
        next=(
            "An officer reads what you sent, and contacts you.",
            "We usually write to whoever causes it first.",
        ),
    ),
    pages=(
        ask(
            YesNo(
                "danger",
                "Is there a fire out of control, or a smell of gas?",
                missing="Select yes if there is a fire out of control or a smell of gas",
            )
        ),
        Stop(
            "emergency",
            "Get help now",
            Is("danger", "yes"),
            guidance=(
                "Call 999 for a fire that is out of control.",
                "If you smell gas, open windows, leave, and ring 0800 111 999.",
            ),
        ),
        ask(Radios("what", "What is the problem?", choices=WHAT, missing="Select what the problem is")),
        *where_is_it("Where does it come from?"),
        ask(Text("source_name", "Who causes it?", hint="A name or an address, if you know", optional=True)),
        ask(Moment("last", "When did it last happen?", missing="Enter the date it last happened", past=True)),
        ask(
            Radios(
                "how_often",
                "How often does it happen?",
                choices=HOW_OFTEN,
                missing="Select how often it happens",
            )
        ),
        ask(
            LongText(
                "effect",
                "How does it affect you?",
                hint="For example, we cannot open the windows",
                missing="Enter how it affects you",
                sensitive=True,
            )
        ),
        ask(
            YesNo(
                "spoken",
                "Have you spoken to them about it?",
                missing="Select yes if you have spoken to them about it",
            )
        ),
        photos(optional=True),
        your_address("At what address does it affect you?"),
        about_you(optional=False),
    ),
    deliver=(To("environmental-health", service_code="NUISANCE"),),
    promise=Promise(acknowledge=WorkingDays(2), resolve=WorkingDays(20)),
    keep_for=Years(6),
)
