"""Tell us once: one change of address or household, told to every service that needs it in the councils concerned."""

from forms.kit import (
    Address,
    Checkboxes,
    Choice,
    Date,
    Includes,
    Information,
    Is,
    Kind,
    OutsidePartnership,
    Page,
    Point,
    Promise,
    Radios,
    Service,
    Start,
    Stop,
    To,
    Topic,
    Verification,
    WorkingDays,
    Years,
    YesNo,
    ask,
)
from forms.kit.conditions import Condition
from forms.kit.household import TENURE, TRUE, WITHIN_21_DAYS, account, people
from forms.kit.shared import about_you, declaration

# What council tax and benefits must know, and others need not.
MONEY = ("account", "only_adult", "benefits", "new_home")
MOVED, JOINED, LEFT = (Includes("changed", value) for value in ("moved", "joined", "left"))
OLD_OUTSIDE, NEW_OUTSIDE = OutsidePartnership("old_address"), OutsidePartnership("new_address")
BY_HAND = "Enter the postcode, then choose the address. You can also enter it by hand"
CHANGED = (
    Choice("moved", "I have moved home, or am about to"),
    Choice("joined", "Somebody has moved in with me, or is about to"),
    Choice("left", "Somebody has moved out, or is about to"),
)
HAVE = (
    Choice("assisted", "Help with putting my bins out"),
    Choice("garden", "A garden waste subscription"),
    Choice("parking", "A parking permit"),
    Choice("tenant", "A home rented from the council"),
    Choice("register", "A place on the housing register"),
    Choice("none", "None of these"),
)
BENEFITS = Is("benefits", "yes")
WASTE = Includes("have", "assisted", "garden")
PARKING = Includes("have", "parking")
HOUSING = Includes("have", "tenant", "register")
BOTH = "The addresses you gave are {old_address.words} and {new_address.words}."
TOLD = "Tell the council of each address instead. Nothing has been sent."
STILL = (
    Point("Register to vote at your new address. Telling us does not do that for you.", MOVED),
    Point("Tell the driving licence office, your doctor, your bank and your employer.", MOVED),
    Point("If you get Universal Credit, report the change in your Universal Credit account.", BENEFITS),
    Point("If you get housing benefit, we may write to you for evidence of the change.", BENEFITS),
)

GETS = "Do you get housing benefit or council tax reduction?"


def both(
    department: str,
    code: str,
    title: str,
    when: Condition | None = None,
    *,
    new: Condition | None = None,
    without: tuple[str, ...] = (),
) -> tuple[To, To]:
    """The department of the old council and that of the new, which hears by `new` where that is not the same."""
    return (
        To(department, code, when, "old_address", title, without),
        To(department, code, new or when, "new_address", title, without),
    )


SERVICE = Service(
    slug="tell-us-once",
    title="Tell us once about a move or a change at home",
    lgsl=58,
    kind=Kind.CHANGE,
    topic=Topic.MOVING,
    description="We tell council tax, benefits, bins and every other service that needs to know",
    department="revenues",
    verified=Verification.FULL,
    start=Start(
        need=(
            "the addresses and the dates",
            "the names of the people who move",
            "your council tax bill, if you have one",
        ),
        minutes=8,
        next=(
            "We tell every team that needs to know, in your old council and your new one.",
            "Each team deals with its own part. You can follow all of them in one place.",
        ),
    ),
    pages=(
        ask(Checkboxes("changed", "What has changed?", choices=CHANGED, missing="Select what has changed")),
        ask(
            Address(
                "old_address",
                "What is your address?",
                hint=f"If you move, the address you move from. {BY_HAND}",
                missing="Enter the postcode of your address",
                own=True,
            )
        ),
        Stop(
            "outside",
            "Your address is outside our area",
            OLD_OUTSIDE & ~MOVED,
            guidance=(
                "The address you gave is in the area of {old_address.authority}, so we hold nothing about it.",
                "You gave: {old_address.words}.",
                "Tell {old_address.authority} instead. Nothing has been sent.",
            ),
        ),
        ask(
            Address(
                "new_address",
                "What is your new address?",
                hint=BY_HAND,
                missing="Enter the postcode of your new address",
            ),
            when=MOVED,
        ),
        Stop(
            "both-outside",
            "Both addresses are outside our area",
            OLD_OUTSIDE & NEW_OUTSIDE,
            guidance=(BOTH, TOLD),
        ),
        Page(
            "old-council",
            Information(
                "tell_old",
                "Tell your old council yourself",
                text=(
                    "Your old address is outside our area: {old_address.words}.",
                    "Tell {old_address.authority} that you leave. We cannot do that for you.",
                ),
            ),
            title="Your old council",
            when=OLD_OUTSIDE,
        ),
        Page(
            "new-council",
            Information(
                "tell_new",
                "Tell your new council yourself",
                text=(
                    "Your new address is outside our area: {new_address.words}.",
                    "Tell {new_address.authority} that you move in. We cannot do that for you.",
                ),
            ),
            title="Your new council",
            when=NEW_OUTSIDE,
        ),
        Page(
            "when-you-move",
            Date(
                "moved_out",
                "When do you leave your old address?",
                noun="The date you leave",
                missing="Enter the date you leave your old address",
            ),
            Date(
                "moved_in",
                "When do you move into your new address?",
                noun="The date you move in",
                missing="Enter the date you move into your new address",
            ),
            title="When you move",
            when=MOVED,
        ),
        ask(
            Radios(
                "new_home",
                "Do you own or rent your new home?",
                choices=TENURE,
                missing="Select if you own or rent your new home",
            ),
            when=MOVED & ~NEW_OUTSIDE,
        ),
        ask(
            people(
                "Who moves with you?",
                id="moving",
                hint="Everybody aged 16 or over, but not you. Leave it empty if it is only you",
                least=0,
            ),
            when=MOVED,
        ),
        ask(
            people(
                "Who moves in with you?",
                Date(
                    "joins",
                    "Date they move in",
                    noun="The date they move in",
                    missing="Enter the date they move in",
                ),
                id="joining",
            ),
            when=JOINED,
        ),
        ask(
            people(
                "Who moves out?",
                Date(
                    "leaves",
                    "Date they move out",
                    noun="The date they move out",
                    missing="Enter the date they move out",
                ),
                id="leaving",
            ),
            when=LEFT,
        ),
        ask(
            YesNo(
                "only_adult",
                "Are you now the only person aged 18 or over in your home?",
                hint="Council tax is 25% lower for one adult",
                missing="Select yes if you are the only person aged 18 or over",
            )
        ),
        ask(YesNo("benefits", GETS, missing="Select yes if you get one of them", sensitive=True)),
        ask(
            Checkboxes(
                "have",
                "Which of these do you have?",
                choices=HAVE,
                exclusive="none",
                sensitive=True,
                missing="Select what you have, or ‘None of these’",
            )
        ),
        ask(
            YesNo(
                "bins",
                "Does your new home need any bins?",
                missing="Select yes if your new home needs any bins",
            ),
            when=MOVED & ~NEW_OUTSIDE,
        ),
        account(when=~OLD_OUTSIDE),
        ask(
            Information(
                "still",
                "What you still need to do yourself",
                text=("We tell our own services only.",),
                points=STILL,
            )
        ),
        about_you(optional=False),
        declaration(TRUE, WITHIN_21_DAYS),
    ),
    deliver=(
        *both("revenues", "CTAXCHANGE", "Council tax", without=("have", "bins", "benefits")),
        *both("benefits", "BENCHANGE", "Benefits", BENEFITS, without=("have", "bins", "account")),
        *both("waste", "WASTECHANGE", "Bins", WASTE, new=WASTE | Is("bins", "yes"), without=MONEY),
        *both("housing", "HOUSECHANGE", "Housing", HOUSING, without=(*MONEY, "bins")),
        *both("parking", "PARKCHANGE", "Parking permit", PARKING, without=(*MONEY, "bins")),
        *both("democratic-services", "VOTECHANGE", "Electoral register", without=(*MONEY, "bins", "have")),
    ),
    promise=Promise(acknowledge=WorkingDays(2), resolve=WorkingDays(15)),
    keep_for=Years(7),
)
