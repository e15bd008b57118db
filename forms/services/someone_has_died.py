"""Somebody has died: told once, to every service of the council that needs to know."""

from forms.kit import (
    Checkboxes,
    Choice,
    Date,
    Includes,
    Information,
    Is,
    Kind,
    LongText,
    Name,
    OneOf,
    Page,
    Promise,
    Radios,
    Service,
    Start,
    Text,
    To,
    Topic,
    Verification,
    WorkingDays,
    Years,
    YesNo,
    ask,
)
from forms.kit.household import account
from forms.kit.shared import about_you, proof, which_property, your_address

WHO = (
    Choice("partner", "Husband, wife or partner"),
    Choice("family", "Son, daughter or other family"),
    Choice("executor", "Executor of the will, or administrator"),
    Choice("solicitor", "Solicitor"),
    Choice("landlord", "Landlord"),
    Choice("friend", "Friend or neighbour"),
    Choice("other", "Somebody else"),
)
HAD = (
    Choice("benefits", "Housing benefit or council tax reduction"),
    Choice("tenancy", "A home rented from the council, or a place on the housing register"),
    Choice("bins", "Help with bins, or a garden waste subscription"),
    Choice("parking", "A parking permit"),
    Choice("allotment", "An allotment or a licence"),
    Choice("unknown", "I do not know"),
    Choice("none", "None of these"),
)
HOME = (
    Choice("owned", "They owned it"),
    Choice("rented", "They rented it"),
    Choice("care", "It is a care home"),
    Choice("other", "Something else"),
    Choice("unknown", "I do not know"),
)
NOW = (
    Choice("partner", "Their husband, wife or partner"),
    Choice("others", "Other people who lived there already"),
    Choice("empty", "Nobody, it is empty"),
    Choice("unknown", "I do not know"),
)

# What only council tax and benefits must know.
PRIVATE = ("account", "had", "now_alone", "home", "owner")


def gone(department: str, code: str, had: str, title: str) -> To:
    """A department that hears of what the person had, or may have had."""
    return To(
        department, service_code=code, when=Includes("had", had, "unknown"), without=PRIVATE, title=title
    )


SERVICE = Service(
    slug="someone-has-died",
    title="Tell us that somebody has died",
    lgsl=328,
    kind=Kind.CHANGE,
    topic=Topic.MOVING,
    description="We tell council tax and every other council service that needs to know",
    also=("death", "funeral", "bereavement"),
    department="revenues",
    verified=Verification.FULL,
    page_note="We are sorry for your loss. Answer what you can. You can leave out what you do not know.",
    start=Start(
        need=("their name and address, and the date they died", "who deals with their affairs, if you know"),
        minutes=5,
        next=(
            "We tell each team that needs to know.",
            "We stop bills and letters in their name.",
            "We write to whoever deals with their affairs.",
        ),
    ),
    pages=(
        ask(
            Information(
                "national",
                "The government’s service",
                text=(
                    "The registrar of deaths tells you about the government’s own service, Tell Us Once.",
                    "If you have used it, we may know already. It does no harm to tell us here as well.",
                ),
            )
        ),
        Page(
            "who-died",
            Name("died_name", "Their full name", noun="Their name", missing="Enter their full name"),
            Date("born", "Their date of birth", noun="Their date of birth", past=True, optional=True),
            Date(
                "died_on",
                "When did they die?",
                noun="The date they died",
                missing="Enter the date they died",
                past=True,
            ),
            title="About the person who died",
        ),
        *which_property("What was their address?"),
        account(),
        ask(
            Radios(
                "home",
                "Did they own or rent their home?",
                choices=HOME,
                missing="Select if they owned or rented their home",
            )
        ),
        ask(
            Text(
                "owner",
                "Who is the landlord or owner?",
                noun="The landlord or owner",
                max_length=150,
                optional=True,
            ),
            when=OneOf("home", "rented", "care"),
        ),
        ask(Radios("lives_there", "Who lives there now?", choices=NOW, missing="Select who lives there now")),
        ask(
            Name("stays_name", "What is the name of the person who stays?", noun="Their name", optional=True),
            when=OneOf("lives_there", "partner", "others"),
        ),
        ask(
            YesNo(
                "now_alone",
                "Does only one adult live there now?",
                hint="The council tax bill is 25% lower for one adult",
                missing="Select yes if only one adult lives there now",
            ),
            when=OneOf("lives_there", "partner", "others"),
        ),
        ask(
            Checkboxes(
                "had",
                "What did they have from us?",
                choices=HAD,
                exclusive="none",
                missing="Select what they had, or ‘None of these’",
                sensitive=True,
            )
        ),
        ask(Radios("who_are_you", "Who are you?", choices=WHO, missing="Select who you are")),
        ask(
            YesNo(
                "you_deal",
                "Do you deal with their affairs?",
                hint="The money, the home and the letters that they leave",
                missing="Select yes if you deal with their affairs",
            )
        ),
        Page(
            "executor",
            Name("executor_name", "Their name", noun="Their name", optional=True),
            LongText(
                "executor_contact",
                "Their address, phone number or email address",
                noun="How to reach them",
                max_length=300,
                rows=3,
                optional=True,
            ),
            title="Who deals with their affairs?",
            when=Is("you_deal", "no"),
        ),
        your_address("Where should we write to?", when=Is("you_deal", "yes")),
        proof("Add the death certificate, if you have it", hint="We can go on without it"),
        about_you(optional=False),
    ),
    deliver=(
        To("revenues", service_code="CTAXDEATH", title="Council tax"),
        To("democratic-services", service_code="VOTEDEATH", without=PRIVATE, title="Electoral register"),
        To(
            "benefits", service_code="BENDEATH", when=Includes("had", "benefits", "unknown"), title="Benefits"
        ),
        gone("housing", "HOUSEDEATH", "tenancy", "Housing"),
        gone("waste", "WASTEDEATH", "bins", "Bins"),
        gone("parking", "PARKDEATH", "parking", "Parking permit"),
        gone("customer-services", "OTHERDEATH", "allotment", "Customer services"),
    ),
    promise=Promise(acknowledge=WorkingDays(2), resolve=WorkingDays(15)),
    keep_for=Years(7),
)
