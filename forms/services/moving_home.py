"""Moving home: council tax out of, into and within the three councils; the old council and the new both hear."""

from forms.kit import (
    Address,
    Choice,
    Date,
    Information,
    Is,
    Kind,
    LongText,
    Name,
    OneOf,
    OutsidePartnership,
    Page,
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
from forms.kit.household import (
    FALSE_IS_A_CRIME,
    FURNISHED,
    RENTED,
    TENURE,
    TRUE,
    WITHIN_21_DAYS,
    account,
    born,
    direct_debit,
    landlord,
    people,
)
from forms.kit.shared import about_you, declaration

OLD_OUTSIDE, NEW_OUTSIDE = OutsidePartnership("old_address"), OutsidePartnership("new_address")
OLD_HERE, NEW_HERE = ~OLD_OUTSIDE, ~NEW_OUTSIDE
WHO_IS_THERE = (
    Choice("nobody", "Nobody, it is empty"),
    Choice("new-owner", "A new owner"),
    Choice("new-tenant", "A new tenant"),
    Choice("stayed", "Somebody who lived there with me"),
    Choice("unknown", "I do not know"),
)
WHAT_WITH_IT = (
    Choice("tenancy-ended", "I rented it, and the tenancy ends"),
    Choice("sold", "I owned it, and sold it"),
    Choice("kept", "I own it, and keep it"),
    Choice("family", "I lived there with family or friends"),
    Choice("other", "Something else"),
)
BY_HAND = "Enter the postcode, then choose the address. You can also enter it by hand"
BOTH = "The addresses you gave are {old_address.words} and {new_address.words}."
TOLD = "Tell the council of each address about your move instead. Nothing has been sent."

SERVICE = Service(
    slug="moving-home",
    title="Moving home: tell us for council tax",
    lgsl=57,
    kind=Kind.CHANGE,
    topic=Topic.MOVING,
    description="Moving into the area, out of it, or from one home to another in it",
    also=("moving house", "moved house", "change of address", "new address"),
    department="revenues",
    verified=Verification.BASIC,
    start=Start(
        need=(
            "both addresses, and the dates you leave and move in",
            "your council tax bill, if you have one",
            "the names of everybody who moves with you",
        ),
        minutes=10,
        next=(
            "We close your old account and open a new one, or tell the council that does.",
            "We send you a new bill.",
        ),
    ),
    pages=(
        ask(
            Address(
                "old_address",
                "Where are you moving from?",
                hint=BY_HAND,
                missing="Enter the postcode of the home you leave",
                own=True,
            )
        ),
        ask(
            Address(
                "new_address",
                "Where are you moving to?",
                hint=BY_HAND,
                missing="Enter the postcode of your new home",
            )
        ),
        Stop(
            "elsewhere", "Both homes are outside our area", OLD_OUTSIDE & NEW_OUTSIDE, guidance=(BOTH, TOLD)
        ),
        Page(
            "other-council-old",
            Information(
                "tell_old",
                "Tell {old_address.authority} yourself",
                text=(
                    "The home you leave is outside our area: {old_address.words}.",
                    "Tell {old_address.authority} that you leave. We cannot do that for you.",
                ),
            ),
            title="Tell your old council too",
            when=OLD_OUTSIDE,
        ),
        Page(
            "other-council-new",
            Information(
                "tell_new",
                "Tell {new_address.authority} yourself",
                text=(
                    "Your new home is outside our area: {new_address.words}.",
                    "Tell {new_address.authority} that you move in. We cannot do that for you.",
                ),
            ),
            title="Tell your new council too",
            when=NEW_OUTSIDE,
        ),
        account(when=OLD_HERE),
        Page(
            "dates",
            Date(
                "moved_out",
                "When do you leave your old home?",
                noun="The date you leave",
                missing="Enter the date you leave your old home",
            ),
            Date(
                "moved_in",
                "When do you move into your new home?",
                noun="The date you move in",
                missing="Enter the date you move into your new home",
            ),
            title="When you move",
        ),
        ask(
            Radios(
                "old_home",
                "What happens with your old home?",
                choices=WHAT_WITH_IT,
                missing="Select what happens with your old home",
            ),
            when=OLD_HERE,
        ),
        ask(
            Date(
                "old_tenancy_ends",
                "When does the tenancy of your old home end?",
                noun="The date the tenancy ends",
                missing="Enter the date the tenancy ends",
            ),
            when=OLD_HERE & Is("old_home", "tenancy-ended"),
        ),
        ask(
            Date(
                "old_completion",
                "When is the sale of your old home completed?",
                noun="The date of completion",
                missing="Enter the date the sale is completed",
            ),
            when=OLD_HERE & Is("old_home", "sold"),
        ),
        landlord(
            "old_landlord",
            "Who do you rent your old home from?",
            when=OLD_HERE & Is("old_home", "tenancy-ended"),
        ),
        ask(
            Radios(
                "old_furnished",
                "Is your old home furnished or empty when you leave?",
                choices=FURNISHED,
                missing="Select if your old home is furnished or empty",
            ),
            when=OLD_HERE,
        ),
        Page(
            "old-home-now",
            Radios(
                "who_is_there",
                "Who lives in your old home after you?",
                choices=WHO_IS_THERE,
                missing="Select who lives in your old home after you",
            ),
            Name("who_is_there_name", "Their name, if you know it", noun="Their name", optional=True),
            title="Your old home after you leave",
            when=OLD_HERE,
        ),
        ask(
            Radios(
                "new_home",
                "Do you own or rent your new home?",
                choices=TENURE,
                missing="Select if you own or rent your new home",
            ),
            when=NEW_HERE,
        ),
        ask(
            Date(
                "new_tenancy_starts",
                "When does the tenancy of your new home start?",
                noun="The date the tenancy starts",
                missing="Enter the date the tenancy starts",
            ),
            when=NEW_HERE & OneOf("new_home", *RENTED),
        ),
        ask(
            Date(
                "new_completion",
                "On what day do you finish buying your new home?",
                noun="The date of completion",
                missing="Enter the date you finish buying it",
            ),
            when=NEW_HERE & Is("new_home", "own"),
        ),
        landlord(
            "new_landlord", "Who do you rent your new home from?", when=NEW_HERE & OneOf("new_home", *RENTED)
        ),
        ask(
            Radios(
                "new_furnished",
                "Is your new home furnished or empty on the day it becomes yours?",
                choices=FURNISHED,
                missing="Select if your new home is furnished or empty",
            ),
            when=NEW_HERE,
        ),
        ask(
            LongText(
                "who_was_there",
                "Who lived in your new home before you?",
                hint="Leave it blank if you do not know",
                noun="Who lived there before",
                max_length=300,
                rows=2,
                optional=True,
            ),
            when=NEW_HERE,
        ),
        ask(
            people(
                "Who moves in with you?",
                born(hint="We only need it for those aged 16 to 18. For example, 27 3 2009", optional=True),
                hint="Everybody aged 16 or over, but not you. Leave it empty if you live alone",
                least=0,
            ),
            when=NEW_HERE,
        ),
        ask(
            YesNo(
                "single_discount",
                "Will you be the only adult in your new home?",
                hint="Adults are people aged 18 or over. The bill is 25% lower for one adult",
                missing="Select yes if you will be the only adult in your new home",
            ),
            when=NEW_HERE,
        ),
        *direct_debit(when=NEW_HERE),
        about_you(optional=False),
        declaration(TRUE, FALSE_IS_A_CRIME, WITHIN_21_DAYS),
    ),
    deliver=(
        To("revenues", service_code="CTAXMOVE", at="old_address", title="Council tax"),
        To("revenues", service_code="CTAXMOVE", at="new_address", title="Council tax"),
    ),
    promise=Promise(acknowledge=WorkingDays(2), resolve=WorkingDays(15)),
    keep_for=Years(7),
)
