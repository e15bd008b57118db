"""Ask us to collect large things from a home: from a priced list; the day and the payment come by phone."""

from forms.kit import (
    AddAnother,
    Checkboxes,
    Choice,
    Includes,
    Is,
    Kind,
    Link,
    LongText,
    Number,
    OneOf,
    Photos,
    Price,
    Promise,
    Radios,
    Select,
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
from forms.kit.shared import WE_RING, about_you, declaration, which_property

LARGE = (
    Choice("sofa", "Sofa"),
    Choice("bed", "Bed frame"),
    Choice("mattress", "Mattress"),
    Choice("wardrobe", "Wardrobe"),
    Choice("table", "Table"),
    Choice("washing-machine", "Washing machine"),
    Choice("dishwasher", "Dishwasher"),
    Choice("tumble-dryer", "Tumble dryer"),
    Choice("cooker", "Cooker or oven"),
)
SMALL = (
    Choice("armchair", "Armchair"),
    Choice("chairs", "Chair"),
    Choice("chest-of-drawers", "Chest of drawers"),
    Choice("desk", "Desk"),
    Choice("carpet", "Carpet or rug, rolled up and tied"),
    Choice("television", "Television or computer screen"),
    Choice("bicycle", "Bicycle"),
    Choice("lawnmower", "Lawnmower, without petrol"),
    Choice("pushchair", "Pushchair or cot"),
    Choice("garden", "Garden table or bench"),
    Choice("other", "Something else of this size"),
)
COLD = (Choice("fridge", "Fridge"), Choice("freezer", "Freezer"), Choice("fridge-freezer", "Fridge freezer"))
ITEMS = tuple(sorted((*LARGE, *SMALL[:-1], *COLD), key=lambda choice: choice.label)) + SMALL[-1:]
REFUSED = (
    Choice("building", "Rubble, soil, bathroom suites or kitchen units"),
    Choice("asbestos", "Asbestos"),
    Choice("gas", "Gas bottles, paint, oil or tyres"),
    Choice("piano", "A piano, or anything that two people cannot lift"),
    Choice("none", "None of these"),
)


def _priced(id: str, words: str, pence: int, choices: tuple[Choice, ...]) -> Price:
    """The price of each of these items."""
    only = OneOf("item", *(choice.value for choice in choices))
    return Price(id, words, pence, each="items", number="how_many", only=only)


SERVICE = Service(
    slug="bulky-waste",
    title="Bulky waste collection",
    lgsl=528,
    kind=Kind.REQUEST,
    topic=Topic.RUBBISH,
    description="We take away furniture, fridges and other large things from your home",
    also=("mattress", "bed", "sofa", "settee", "wardrobe", "carpet", "cooker", "washing machine", "tv"),
    department="waste",
    by_phone="We ring you to take payment and agree a day. Nothing is booked yet, and you pay nothing online.",
    start=Start(
        need=("a list of what you want us to take", "photos of it, if you can", "a phone number"),
        minutes=6,
        next=(
            "We ring you to take payment and agree a day.",
            "You put the things outside by 6am on that day.",
            "We take them away.",
        ),
    ),
    pages=(
        ask(YesNo("home", "Do the things come from a home?", missing="Select yes if they come from a home")),
        Stop(
            "business",
            "Waste from a business",
            Is("home", "no"),
            guidance=(
                "This collection is for homes. A business must pay a licensed carrier.",
                "Use our ‘Business waste collection’ instead, or find a carrier. Nothing has been sent.",
            ),
            links=(Link("Get rid of business waste", "https://www.gov.uk/managing-your-waste-an-overview"),),
        ),
        *which_property("What address should we collect from?", own=True),
        ask(
            Checkboxes(
                "refused",
                "Is any of this among what you want us to take?",
                choices=REFUSED,
                exclusive="none",
                missing="Select what is among it, or select ‘None of these’",
            )
        ),
        Stop(
            "not-taken",
            "We cannot take some of it",
            Includes("refused", "building", "asbestos", "gas", "piano"),
            guidance=(
                "Our crew cannot lift it, or may not carry it with the rest.",
                "For asbestos, use our ‘Asbestos collection’. "
                "Take the other things to a recycling centre, or hire a skip.",
                "Go back and choose ‘None of these’ if you leave it out. Nothing has been sent.",
            ),
        ),
        ask(
            AddAnother(
                "items",
                "What should we take?",
                hint="Add each kind of thing. Things that can still be used may be worth giving to a charity",
                questions=(
                    Select("item", "What is it?", choices=ITEMS, missing="Select what it is"),
                    Number(
                        "how_many",
                        "How many?",
                        missing="Enter how many",
                        noun="How many there are",
                        least=1,
                        most=10,
                    ),
                ),
                each="Item",
                most=10,
                missing="Add what we should take",
            )
        ),
        ask(
            LongText(
                "about_items",
                "Is there anything that we should know about them?",
                hint="For example, what the other thing is, or that one is very heavy",
                max_length=500,
                rows=3,
                optional=True,
            )
        ),
        ask(
            Photos(
                "photos",
                "Add photos of the things",
                hint="They help us to send the right lorry",
                missing="Add a photo",
                optional=True,
            )
        ),
        ask(
            YesNo(
                "outside",
                "Can you put them outside by 6am on the day?",
                hint="Our crew does not come into homes, garages or sheds",
                missing="Select yes if you can put them outside by 6am",
            )
        ),
        Stop(
            "inside",
            "They must be outside",
            Is("outside", "no"),
            guidance=(
                "Our crew cannot come inside. Ask family, friends or a neighbour to help you carry them out.",
                "If nobody can help, ring us instead. Nothing has been sent.",
            ),
        ),
        ask(
            LongText(
                "left",
                "Where will you leave them?",
                hint="For example, on the drive, or inside the front gate. Do not block the pavement",
                noun="Where you will leave them",
                missing="Enter where you will leave them",
                max_length=300,
                rows=3,
            )
        ),
        ask(
            Radios(
                "lorry",
                "Can a lorry stop close by?",
                choices=(
                    Choice("yes", "Yes"),
                    Choice("small", "Only a small one", "For example, because the lane is narrow"),
                    Choice("no", "No"),
                ),
                missing="Select whether a lorry can stop close by",
            )
        ),
        ask(
            LongText(
                "days_out",
                "Are there days on which you cannot be ready?",
                hint="We talk about the day when we ring you",
                max_length=300,
                rows=3,
                optional=True,
            )
        ),
        declaration(
            "The things are mine, or I may give them away.",
            "I will leave out only what is on my list. The crew takes nothing else.",
            "Fridges and freezers will be empty. Nothing holds petrol, oil or gas.",
        ),
        about_you(optional=False, phone_hint=WE_RING),
    ),
    prices=(
        _priced("small", "Smaller items, such as chairs or bicycles", 800, SMALL),
        _priced("large", "Large items, such as sofas or cookers", 1_500, LARGE),
        _priced("cold", "Fridges and freezers", 2_500, COLD),
    ),
    deliver=(To("waste", service_code="BULKY"),),
    promise=Promise(acknowledge=WorkingDays(2), resolve=WorkingDays(15)),
    keep_for=Years(2),
)
