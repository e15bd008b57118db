"""Ask for a price for collecting the waste of a business."""

from forms.kit import (
    AddAnother,
    Choice,
    Date,
    Kind,
    LongText,
    Number,
    Promise,
    Radios,
    Service,
    Start,
    Text,
    To,
    Topic,
    WorkingDays,
    Years,
    ask,
)
from forms.kit.shared import WE_RING, about_you, which_property

WASTE = (
    Choice("rubbish", "Rubbish"),
    Choice("recycling", "Recycling"),
    Choice("paper", "Paper and card"),
    Choice("food", "Food"),
    Choice("glass", "Glass"),
)
SIZES = (
    Choice("sacks", "Sacks"),
    Choice("wheeled", "A bin like that of a home, 240 litres"),
    Choice("medium", "A medium bin, 660 litres"),
    Choice("large", "A large bin, 1,100 litres"),
)
OFTEN = (
    Choice("weekly", "Every week"),
    Choice("fortnightly", "Every 2 weeks"),
    Choice("twice", "Twice a week"),
)

SERVICE = Service(
    slug="business-waste",
    title="Business waste collection",
    lgsl=517,
    kind=Kind.REQUEST,
    topic=Topic.RUBBISH,
    description="Ask what it costs to have us collect the waste of your business",
    department="waste",
    start=Start(
        need=("the address of the business", "what waste there is, and about how much"),
        minutes=4,
        next=("We ring you, and tell you what it would cost.", "You decide. Nothing is agreed before that."),
    ),
    pages=(
        ask(
            Text(
                "business",
                "What is the business called?",
                noun="The name",
                missing="Enter what the business is called",
            )
        ),
        *which_property("Where should we collect?"),
        ask(
            AddAnother(
                "bins",
                "What should we collect?",
                questions=(
                    Radios("waste", "What waste is it?", choices=WASTE, missing="Select what waste it is"),
                    Radios("size", "In what?", choices=SIZES, missing="Select in what"),
                    Number(
                        "how_many",
                        "How many?",
                        missing="Enter how many",
                        noun="How many there are",
                        least=1,
                        most=50,
                    ),
                    Radios("how_often", "How often?", choices=OFTEN, missing="Select how often"),
                ),
                each="Bin",
                most=6,
                missing="Add what we should collect",
            )
        ),
        ask(
            Date(
                "from_day",
                "From which day?",
                missing="Enter from which day",
                noun="The day",
                future=True,
                optional=True,
            )
        ),
        ask(
            LongText(
                "more",
                "What else should we know?",
                hint="For example, where the bins stand, or that a gate is locked at night",
                max_length=1000,
                optional=True,
            )
        ),
        about_you(optional=False, phone_hint=WE_RING),
    ),
    deliver=(To("waste", service_code="TRADEWASTE"),),
    promise=Promise(acknowledge=WorkingDays(2), resolve=WorkingDays(5)),
    keep_for=Years(2),
)
