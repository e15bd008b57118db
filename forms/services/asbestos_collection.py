"""Ask us to collect a little asbestos from a home."""

from forms.kit import (
    Choice,
    Is,
    Kind,
    Link,
    LongText,
    MoreThan,
    Number,
    Photos,
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
from forms.kit.shared import WE_RING, about_you, declaration, which_property

WHAT = (
    Choice("sheets", "Flat or wavy cement sheets", "Such as from a garage or shed roof"),
    Choice("pipes", "Cement pipes or gutters"),
    Choice("tiles", "Floor tiles"),
    Choice("insulation", "Soft or fluffy material", "Such as around pipes and boilers, or sprayed on"),
    Choice("unknown", "I do not know"),
)
MOST = 10

SERVICE = Service(
    slug="asbestos-collection",
    title="Asbestos collection",
    lgsl=850,
    kind=Kind.REQUEST,
    topic=Topic.RUBBISH,
    description="We take away a little cement asbestos from your home",
    department="waste",
    by_phone="We ring you to take payment and agree a day. Nothing is booked yet, and you pay nothing online.",
    page_note="Do not break, saw, drill or sweep anything that may be asbestos. Its dust is dangerous.",
    start=Start(
        need=("how many sheets or pieces there are", "a photo, taken from a safe distance"),
        minutes=5,
        next=(
            "We ring you to take payment and agree a day.",
            "We bring bags and tell you how to wrap it.",
            "A licensed team takes it away.",
        ),
    ),
    pages=(
        ask(
            YesNo(
                "own_home",
                "Is it from your own home, and not left by a builder?",
                missing="Select yes if it is from your own home",
            )
        ),
        Stop(
            "not-a-home",
            "We cannot take it",
            Is("own_home", "no"),
            guidance=(
                "Builders and businesses must pay a licensed carrier to take asbestos away.",
                "If somebody dumped it, use ‘Report fly-tipping’ instead. Nothing has been sent.",
            ),
            links=(Link("Asbestos safety", "https://www.hse.gov.uk/asbestos/"),),
        ),
        *which_property("Where is it?"),
        ask(Radios("what", "What is it?", choices=WHAT, missing="Select what it is")),
        Stop(
            "soft-asbestos",
            "Leave it alone and call an expert",
            Is("what", "insulation"),
            guidance=(
                "Soft asbestos is very dangerous. Only a licensed company may touch it.",
                "Keep everyone out of the room. Find a licensed company instead. Nothing has been sent.",
            ),
            links=(Link("Asbestos safety", "https://www.hse.gov.uk/asbestos/"),),
        ),
        ask(
            Number(
                "sheets",
                "How many sheets or pieces are there?",
                hint="A sheet is about as large as a door",
                missing="Enter how many sheets or pieces there are",
                noun="The number of sheets",
                least=1,
                most=500,
            )
        ),
        Stop(
            "too-much",
            "There is too much for our collection",
            MoreThan("sheets", MOST),
            guidance=(
                f"We take up to {MOST} sheets or pieces from one home.",
                "For more, find a licensed company instead. Nothing has been sent.",
            ),
        ),
        ask(
            YesNo(
                "broken",
                "Is any of it broken or crumbling?",
                missing="Select yes if any of it is broken or crumbling",
            )
        ),
        ask(
            LongText(
                "where",
                "Where is it kept?",
                hint="For example, leaning on the garage wall. It must be outside and on the ground",
                noun="Where it is kept",
                missing="Enter where it is kept",
                max_length=500,
                rows=3,
            )
        ),
        ask(
            Photos(
                "photos",
                "Add a photo",
                hint="Take it from a safe distance. Do not move anything for it",
                missing="Add a photo",
                optional=True,
            )
        ),
        declaration(
            "It comes from my own home.",
            "I will wrap it as you tell me, and will not break it up.",
        ),
        about_you(optional=False, phone_hint=WE_RING),
    ),
    prices=(
        Price("visit", "The collection, with up to 3 sheets or pieces", 6_500),
        Price("sheet", "Further sheets or pieces", 1_200, each="sheets", beyond=3),
    ),
    urgent_when=Is("broken", "yes"),
    deliver=(To("waste", service_code="ASBESTOS"),),
    promise=Promise(acknowledge=WorkingDays(1), resolve=WorkingDays(20)),
    keep_for=Years(6),
)
