"""Report an empty home, so that it can be lived in again."""

from forms.kit import (
    Checkboxes,
    Choice,
    Includes,
    Is,
    Kind,
    LongText,
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
from forms.kit.shared import about_you, photos, which_property

LONG = (
    Choice("under-half-year", "Less than 6 months"),
    Choice("months", "6 months to 2 years"),
    Choice("few-years", "2 to 5 years"),
    Choice("many-years", "More than 5 years"),
    Choice("unknown", "I do not know"),
)
PROBLEMS = (
    Choice("overgrown", "The garden is overgrown"),
    Choice("rubbish", "There is rubbish, or there are rats"),
    Choice("open", "Doors or windows are broken or open"),
    Choice("broken-in", "People get in who should not"),
    Choice("damp", "It makes the home next door damp"),
    Choice("falling", "Parts of it look unsafe"),
    Choice("none", "None of these"),
)

SERVICE = Service(
    slug="empty-property",
    title="Report an empty home",
    lgsl=913,
    kind=Kind.REPORT,
    topic=Topic.HOUSING,
    description="A house or a flat where nobody has lived for a long time",
    department="housing",
    start=Start(
        need=("its address", "how long it has been empty", "who owns it, if you know"),
        minutes=4,
        next=(
            "We find the owner, and offer help to bring it back into use.",
            "We cannot tell you who owns it, nor everything that we do.",
        ),
    ),
    pages=(
        *which_property("What is the address of the empty home?"),
        ask(YesNo("yours", "Do you own it?", missing="Select yes if you own it")),
        Stop(
            "owner",
            "We can help you with your empty home",
            Is("yours", "yes"),
            guidance=(
                "Ring us and ask for the empty homes officer. We can give advice on letting, selling and grants.",
                "If you have not told us that nobody lives there, tell council tax too. Nothing has been sent.",
            ),
        ),
        ask(
            Radios(
                "how_long",
                "How long has it been empty?",
                choices=LONG,
                missing="Select how long it has been empty",
            )
        ),
        ask(
            Checkboxes(
                "problems",
                "Does it cause problems?",
                choices=PROBLEMS,
                exclusive="none",
                missing="Select the problems it causes, or ‘None of these’",
            )
        ),
        ask(
            LongText(
                "owner_known",
                "What do you know about the owner?",
                hint="Their name, where they live, or when somebody was last there",
                optional=True,
                max_length=1000,
            )
        ),
        photos(optional=True),
        about_you(optional=True),
    ),
    urgent_when=Includes("problems", "falling", "broken-in"),
    deliver=(To("housing", service_code="EMPTYHOME"),),
    promise=Promise(acknowledge=WorkingDays(3), resolve=WorkingDays(30)),
    keep_for=Years(3),
)
