"""Join, renew, change or leave the garden waste collection."""

from forms.kit import (
    Choice,
    Information,
    Is,
    Kind,
    LongText,
    Number,
    OneOf,
    Page,
    Price,
    Promise,
    Radios,
    Service,
    Start,
    To,
    Topic,
    WorkingDays,
    Years,
    YesNo,
    ask,
)
from forms.kit.shared import WE_RING, about_you, declaration, which_property

WHAT = (
    Choice("join", "Join"),
    Choice("renew", "Renew for another year"),
    Choice("change", "Change how many bins I have"),
    Choice("cancel", "Leave"),
)
WHY_LEAVE = (
    Choice("moving", "I am moving"),
    Choice("price", "It costs too much"),
    Choice("little", "I have too little garden waste"),
    Choice("compost", "I compost it at home"),
    Choice("service", "I am not happy with the collection"),
    Choice("other", "Another reason"),
)
PAID, LOWER = OneOf("what", "join", "renew"), Is("concession", "yes")
MOST_BINS = 5

SERVICE = Service(
    slug="garden-waste",
    title="Garden waste collection",
    lgsl=530,
    kind=Kind.REQUEST,
    topic=Topic.RUBBISH,
    description="Join, renew or leave the collection of grass, leaves and cuttings",
    department="waste",
    by_phone="If there is something to pay, we ring you to take payment. You pay nothing online. "
    "Tell us then if you get a benefit, as the price may be lower.",
    start=Start(
        need=("the address", "how many garden waste bins you have, and how many you want"),
        minutes=4,
        next=(
            "If there is something to pay, we ring you.",
            "We bring any bins that you still need.",
            "We send you a calendar of the days.",
        ),
    ),
    pages=(
        ask(Radios("what", "What do you want to do?", choices=WHAT, missing="Select what you want to do")),
        *which_property("At what address is the garden?", own=True),
        ask(
            Number(
                "bins_now",
                "How many garden waste bins do you have now?",
                hint="Enter 0 if you have none",
                missing="Enter how many garden waste bins you have now",
                noun="The number of bins",
                most=MOST_BINS,
            )
        ),
        ask(
            Number(
                "bins_wanted",
                "How many bins do you want us to empty?",
                hint="Count those that you have and want to keep",
                missing="Enter how many bins you want us to empty",
                noun="The number of bins",
                least=1,
                most=MOST_BINS,
            ),
            when=~Is("what", "cancel"),
        ),
        ask(
            YesNo(
                "concession",
                "Can they have the lower price?",
                hint="Ask which benefit they receive. Note nothing else about it",
                missing="Select yes if they can have the lower price",
                of="agent",
                sensitive=True,
            ),
            when=PAID,
        ),
        ask(
            Radios(
                "why_leave", "Why are you leaving?", choices=WHY_LEAVE, missing="Select why you are leaving"
            ),
            when=Is("what", "cancel"),
        ),
        Page(
            "refund",
            Information(
                "no_refund",
                "No money back",
                text=(
                    "We stop at the end of the week, and fetch the bins. We do not pay back part of a year.",
                ),
            ),
            title="When you leave",
            when=Is("what", "cancel"),
        ),
        ask(
            LongText(
                "bins_where",
                "Where do you keep the bins?",
                hint="So that we can find them, or know where to leave new ones",
                max_length=300,
                rows=3,
                optional=True,
            )
        ),
        declaration(
            "I will put only grass, leaves, cuttings and plants in the bin: no soil, plastic or food.",
            "I will have the bin at the edge of my property by 6am on its day.",
            when=~Is("what", "cancel"),
        ),
        about_you(optional=False, phone_hint=WE_RING),
    ),
    prices=(
        Price("first", "The first bin, for a year", 5_000, when=PAID & ~LOWER),
        Price("first_lower", "The first bin, for a year, at the lower price", 4_000, when=PAID & LOWER),
        Price("further", "Further bins, for a year", 2_500, when=PAID, each="bins_wanted", beyond=1),
    ),
    deliver=(To("waste", service_code="GARDEN"),),
    promise=Promise(acknowledge=WorkingDays(2), resolve=WorkingDays(10)),
    keep_for=Years(2),
)
