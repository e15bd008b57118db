"""Report a problem with food, or with a place that makes or sells it."""

from forms.kit import (
    Choice,
    Date,
    Is,
    Kind,
    Link,
    LongText,
    Moment,
    Number,
    OneOf,
    Page,
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
    Choice("ill", "I was ill after eating it"),
    Choice("object", "Something was in it that should not be"),
    Choice("mouldy", "It was mouldy, rotten or past its date"),
    Choice("undercooked", "It was not cooked through"),
    Choice("dirty", "The place was dirty"),
    Choice("pests", "There were mice, rats or insects"),
    Choice("staff", "Staff did not wash, or touched food with bare hands"),
    Choice("allergy", "I was not told the truth about allergens"),
    Choice("quality", "It was cold or small, or cost too much"),
)
FOOD = OneOf("what", "ill", "object", "mouldy", "undercooked", "allergy")
ILL = OneOf("what", "ill", "allergy")
DOCTOR = (
    Choice("no", "No"),
    Choice("doctor", "Yes, a doctor or pharmacist"),
    Choice("hospital", "Yes, a hospital"),
)

SERVICE = Service(
    slug="food-complaint",
    title="Report a problem with food or hygiene",
    lgsl=407,
    kind=Kind.REPORT,
    topic=Topic.LICENCES,
    description="Food that made you ill or was not fit to eat, or a dirty kitchen or shop",
    department="environmental-health",
    start=Start(
        need=(
            "the name and address of the shop, restaurant or other place",
            "what you ate or saw, and when",
            "the food, its wrapper and the receipt, if you still have them",
        ),
        minutes=6,
        next=(
            "An officer looks at it, and may visit the place.",
            "We do not say who told us, unless we go to court and you agree.",
        ),
    ),
    pages=(
        ask(Radios("what", "What was wrong?", choices=WHAT, missing="Select what was wrong")),
        Stop(
            "quality",
            "Speak to the shop or restaurant",
            Is("what", "quality"),
            guidance=(
                "We look into food that is unsafe, not into what it costs or how good it is.",
                "Ask the shop or restaurant to put it right. Citizens Advice can tell you your rights.",
            ),
            links=(Link("Citizens Advice", "https://www.citizensadvice.org.uk/consumer/"),),
        ),
        *where_is_it("Where is the shop, restaurant or other place?"),
        ask(Text("business", "What is it called?", missing="Enter the name of the place")),
        ask(Moment("when", "When did it happen?", missing="Enter the date it happened", past=True)),
        ask(
            Text(
                "food",
                "What food was it?",
                hint="Give the brand and the date on the wrapper, if it has them",
                missing="Enter what food it was",
            ),
            when=FOOD,
        ),
        Page(
            "illness",
            LongText(
                "symptoms",
                "How were you ill?",
                hint="For example, sick twice on Sunday night",
                missing="Enter how you were ill",
                sensitive=True,
                max_length=1000,
            ),
            Date(
                "ill_since",
                "When did it begin?",
                missing="Enter the date it began",
                past=True,
                sensitive=True,
            ),
            Number(
                "others",
                "How many others were ill?",
                noun="The number of others",
                missing="Enter how many others were ill, or 0",
                most=500,
                sensitive=True,
            ),
            Radios(
                "doctor",
                "Did you see a doctor?",
                choices=DOCTOR,
                missing="Select whether you saw a doctor",
                sensitive=True,
            ),
            title="About the illness",
            when=ILL,
        ),
        ask(
            YesNo(
                "still_have",
                "Do you still have the food?",
                hint="If so, freeze it or keep it cold",
                missing="Select yes if you still have the food",
            ),
            when=FOOD,
        ),
        ask(LongText("details", "Tell us what happened", missing="Enter what happened")),
        ask(
            YesNo("told", "Have you told the shop or restaurant?", missing="Select yes if you have told them")
        ),
        photos(optional=True),
        your_address(),
        about_you(optional=False),
    ),
    urgent_when=ILL | Is("what", "pests"),
    deliver=(To("environmental-health", service_code="FOOD"),),
    promise=Promise(acknowledge=WorkingDays(2), resolve=WorkingDays(15)),
    keep_for=Years(6),
)
