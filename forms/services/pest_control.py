"""Ask for pest control: rats, mice, wasps and others, for a price."""

from forms.kit import (
    Choice,
    Is,
    Kind,
    LongText,
    OneOf,
    Price,
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
from forms.kit.shared import WE_RING, about_you, photos, which_property

PESTS = (
    Choice("rats", "Rats"),
    Choice("mice", "Mice"),
    Choice("wasps", "Wasps or hornets"),
    Choice("bedbugs", "Bed bugs"),
    Choice("fleas", "Fleas"),
    Choice("cockroaches", "Cockroaches"),
    Choice("ants", "Ants"),
    Choice("bees", "Bees"),
    Choice("other", "Something else"),
)
PLACE = (
    Choice("home", "A home I own"),
    Choice("rented", "A home I rent"),
    Choice("business", "A shop or another business"),
)
WHERE = (
    Choice("indoors", "Inside the home"),
    Choice("roof", "In the roof or a wall"),
    Choice("garden", "In the garden or a shed"),
)
RODENTS, INSECTS = OneOf("pest", "rats", "mice"), OneOf("pest", "fleas", "ants")
SERIOUS = OneOf("pest", "bedbugs", "cockroaches")

SERVICE = Service(
    slug="pest-control",
    title="Pest control",
    lgsl=431,
    kind=Kind.REQUEST,
    topic=Topic.ANIMALS,
    description="Rats, mice, wasps and other pests at your home",
    also=("rat", "mouse", "wasp nest", "bed bugs", "fleas", "cockroaches"),
    department="environmental-health",
    by_phone="We ring you to take payment and agree a day. Nothing is booked yet, and you pay nothing online.",
    start=Start(
        need=("the address", "what you saw, and where", "a phone number"),
        minutes=4,
        next=("We ring you to take payment and agree a day.", "An officer comes, and treats the problem."),
    ),
    pages=(
        ask(Radios("pest", "What have you seen?", choices=PESTS, missing="Select what you have seen")),
        Stop(
            "bees",
            "Leave bees alone",
            Is("pest", "bees"),
            guidance=(
                "We do not kill bees. They rarely sting, and a swarm mostly moves on within a day or two.",
                "If they stay, ask a local beekeeper to collect them instead. Nothing has been sent.",
            ),
        ),
        ask(
            Radios(
                "kind_of_place",
                "What kind of place is it?",
                choices=PLACE,
                missing="Select the kind of place",
            )
        ),
        Stop(
            "business",
            "Pests at a business",
            Is("kind_of_place", "business"),
            guidance=(
                "We treat homes only. A business must deal with pests itself.",
                "Find a pest control company instead. Nothing has been sent.",
            ),
        ),
        ask(
            YesNo(
                "landlord",
                "Does your landlord know, and may we come in?",
                hint="Your landlord may have to pay for it",
                missing="Select yes if your landlord knows and we may come in",
            ),
            when=Is("kind_of_place", "rented"),
        ),
        Stop(
            "tell-landlord",
            "Tell your landlord first",
            Is("landlord", "no"),
            guidance=(
                "Many landlords must deal with pests themselves. Ask yours instead. Nothing has been sent.",
            ),
        ),
        *which_property("Where are the pests?"),
        ask(Radios("where", "Where did you see them?", choices=WHERE, missing="Select where you saw them")),
        ask(
            LongText(
                "seen",
                "What did you see or hear, and since when?",
                hint="For example, droppings under the sink since last week",
                noun="What you saw or heard",
                missing="Enter what you saw or heard, and since when",
                max_length=1000,
            )
        ),
        ask(
            YesNo(
                "care",
                "Are there children, pets or anyone who is ill in the home?",
                hint="We then choose what we put down with more care",
                missing="Select yes if there are children, pets or anyone who is ill",
                sensitive=True,
            )
        ),
        photos(optional=True),
        about_you(optional=False, phone_hint=WE_RING),
    ),
    prices=(
        Price("rodents", "Rats or mice: up to 3 visits", 6_000, when=RODENTS),
        Price("wasps", "One nest of wasps or hornets", 5_500, when=Is("pest", "wasps")),
        Price("insects", "Fleas or ants", 7_500, when=INSECTS),
        Price("serious", "Bed bugs or cockroaches: up to 3 visits", 15_000, when=SERIOUS),
    ),
    deliver=(To("environmental-health", service_code="PEST"),),
    promise=Promise(acknowledge=WorkingDays(1), resolve=WorkingDays(10)),
    keep_for=Years(2),
)
