"""Ask for an allotment, or give one up."""

from forms.kit import (
    Choice,
    Is,
    Kind,
    LongText,
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
from forms.kit.shared import about_you, declaration, your_address

WHAT = (
    Choice("join", "Join the waiting list"),
    Choice("move", "Move to another plot"),
    Choice("give-up", "Give up my plot"),
)
SIZE = (
    Choice("small", "A small plot", "About as large as two parking spaces"),
    Choice("half", "A half plot", "About as large as half a tennis court"),
    Choice("full", "A full plot", "About as large as a tennis court"),
    Choice("any", "Any of these"),
)
GIVE_UP = Is("what", "give-up")

SERVICE = Service(
    slug="allotment",
    title="Allotments",
    lgsl=510,
    kind=Kind.APPLICATION,
    topic=Topic.STREETS,
    description="Join the waiting list for a plot, move to another, or give one up",
    department="customer-services",
    start=Start(
        need=("your address", "which site you would like, if you have one in mind"),
        minutes=3,
        next=(
            "We put you on the waiting list, and tell you so.",
            "We contact you when a plot is free. That can take months.",
        ),
    ),
    pages=(
        ask(Radios("what", "What do you want to do?", choices=WHAT, missing="Select what you want to do")),
        ask(
            Text(
                "plot",
                "Which plot do you have?",
                hint="The site and the number of the plot",
                noun="The plot",
                missing="Enter which plot you have",
            ),
            when=~Is("what", "join"),
        ),
        ask(
            Text(
                "site",
                "Which site would you like?",
                hint="You can name more than one, or leave this empty for any",
                optional=True,
            ),
            when=~GIVE_UP,
        ),
        ask(
            Radios(
                "size", "How large a plot would you like?", choices=SIZE, missing="Select how large a plot"
            ),
            when=~GIVE_UP,
        ),
        ask(
            YesNo(
                "needs",
                "Do you need an easy way to the plot?",
                hint="For example, a raised bed, or a path for a wheelchair",
                missing="Select yes if you need an easy way to the plot",
                sensitive=True,
            ),
            when=~GIVE_UP,
        ),
        ask(
            LongText(
                "needs_what", "What would help?", missing="Enter what would help", sensitive=True, rows=3
            ),
            when=Is("needs", "yes"),
        ),
        your_address(),
        declaration(
            "I will leave the plot clear, and give back the keys.",
            when=GIVE_UP,
        ),
        about_you(optional=False),
    ),
    deliver=(To("customer-services", service_code="ALLOTMENT"),),
    promise=Promise(acknowledge=WorkingDays(3), resolve=WorkingDays(20)),
    keep_for=Years(3),
)
