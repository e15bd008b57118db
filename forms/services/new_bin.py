"""Ask for a new or replacement bin."""

from forms.kit import (
    Choice,
    Is,
    Kind,
    LongText,
    MoreThan,
    Number,
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
from forms.kit.shared import WE_RING, about_you, which_property

CONTAINERS = (
    Choice("rubbish", "Rubbish bin"),
    Choice("recycling", "Recycling bin"),
    Choice("paper", "Paper and card bin"),
    Choice("food", "Food waste caddy"),
    Choice("garden", "Garden waste bin"),
)
WHICH = (
    Choice("replacement", "A replacement", "Because the bin is broken or gone"),
    Choice("new", "A new one", "Because the home has none, or has too few"),
    Choice("larger", "A larger one", "For a home of 6 people or more"),
)
BROKEN_OR_GONE = (
    Choice("broken", "It is broken"),
    Choice("crew", "The crew broke it, or it fell into the lorry"),
    Choice("missing", "It has gone"),
    Choice("vandalised", "Somebody burned it or broke it on purpose"),
)
WHY_NEW = (
    Choice("new-home", "The home has just been built"),
    Choice("none", "We moved in and there was none"),
    Choice("too-few", "We have one, and want one more"),
)
LARGER, GARDEN = Is("which", "larger"), Is("container", "garden")
CHARGED = OneOf("container", "rubbish", "recycling", "paper", "garden")
SIX = 6

SERVICE = Service(
    slug="new-bin",
    title="Get a new or replacement bin",
    lgsl=526,
    kind=Kind.REQUEST,
    topic=Topic.RUBBISH,
    description="For a bin that is broken or gone, a new home, or a home of 6 or more",
    also=("wheelie bin", "dustbin", "lost bin", "stolen bin", "broken bin", "replacement bin"),
    department="waste",
    by_phone="If there is something to pay, we ring you to take payment before we bring the bin.",
    start=Start(
        need=("the address", "which bin you need, and why"),
        minutes=4,
        next=(
            "We check what you asked for.",
            "If there is something to pay, we ring you.",
            "We bring the bin to your home.",
        ),
    ),
    pages=(
        *which_property("Which address is the bin for?", own=True),
        ask(
            Radios(
                "container", "Which bin do you need?", choices=CONTAINERS, missing="Select which bin you need"
            )
        ),
        ask(
            Radios(
                "which",
                "Do you need a replacement or a new one?",
                choices=WHICH,
                missing="Select whether you need a replacement or a new one",
            )
        ),
        Stop(
            "garden-new",
            "Join our garden waste collection",
            GARDEN & ~Is("which", "replacement"),
            guidance=(
                "You pay for garden waste bins by the year. They come with the collection.",
                "Use ‘Garden waste collection’ to ask for one instead. Nothing has been sent.",
            ),
        ),
        ask(
            Radios(
                "why_replace",
                "What happened to the bin?",
                choices=BROKEN_OR_GONE,
                missing="Select what happened to the bin",
            ),
            when=Is("which", "replacement"),
        ),
        ask(
            Radios(
                "why_new",
                "Why do you need a new one?",
                choices=WHY_NEW,
                missing="Select why you need a new one",
            ),
            when=Is("which", "new"),
        ),
        ask(
            Number(
                "people",
                "How many people live in the home?",
                hint="Count children too",
                missing="Enter how many people live in the home",
                noun="The number of people",
                least=1,
                most=50,
            ),
            when=LARGER,
        ),
        Stop(
            "too-few-people",
            "We cannot give you a larger bin",
            LARGER & ~MoreThan("people", SIX - 1),
            guidance=(
                "Larger bins are for homes of 6 people or more.",
                "Sort out what can be recycled, or take what is left to a recycling centre instead. "
                "Nothing has been sent.",
            ),
        ),
        ask(
            YesNo(
                "take_away",
                "Is there an old bin to take away?",
                hint="Empty it first, and leave it where the crew can see it",
                missing="Select yes if there is an old bin to take away",
            )
        ),
        ask(
            LongText(
                "delivery",
                "Where should we leave the new bin?",
                hint="For example, by the front gate, or behind the side door",
                noun="Where we should leave it",
                missing="Enter where we should leave the new bin",
                max_length=300,
                rows=3,
            )
        ),
        about_you(optional=False, phone_hint=WE_RING),
    ),
    prices=(
        Price(
            "bin",
            "Bin and delivery",
            3_000,
            when=CHARGED & ~Is("why_replace", "crew"),
        ),
    ),
    deliver=(To("waste", service_code="NEWBIN"),),
    promise=Promise(acknowledge=WorkingDays(2), resolve=WorkingDays(15)),
    keep_for=Years(2),
)
