"""Change of name or contact details, told to the services that hold them."""

from forms.kit import (
    Checkboxes,
    Choice,
    Date,
    Email,
    Includes,
    Kind,
    Name,
    Page,
    Phone,
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
    ask,
)
from forms.kit.household import TRUE, account
from forms.kit.shared import about_you, declaration, proof, which_property

WHAT = (
    Choice("name", "My name"),
    Choice("phone", "My phone number"),
    Choice("email", "My email address"),
    Choice("address", "My address"),
)
HOLDERS = (
    Choice("council-tax", "Council tax"),
    Choice("benefits", "Housing benefit or council tax reduction"),
    Choice("housing", "Housing or the housing register"),
    Choice("electoral", "Electoral register"),
    Choice("waste", "Bins and garden waste"),
    Choice("unsure", "I am not sure, tell all of them"),
)
WHY = (
    Choice("marriage", "I married or entered a civil partnership"),
    Choice("divorce", "I divorced or ended a civil partnership"),
    Choice("deed-poll", "I changed it by deed poll"),
    Choice("spelling", "You have spelt it wrongly"),
    Choice("other", "Something else"),
)
NAME = Includes("what", "name")


def holder(department: str, code: str, held: str, title: str) -> To:
    """A department that hears when it holds the old details, or the person is not sure who does."""
    return To(
        department,
        service_code=code,
        when=Includes("holders", held, "unsure"),
        without=("account",),
        title=title,
    )


SERVICE = Service(
    slug="change-of-details",
    title="Tell us about a new name, phone number or email address",
    lgsl=58,
    kind=Kind.CHANGE,
    topic=Topic.MOVING,
    description="We tell each service that holds the old one",
    department="customer-services",
    verified=Verification.FULL,
    start=Start(
        need=("your old details and your new ones", "proof of a new name, such as a marriage certificate"),
        minutes=4,
        next=("We tell each service that you choose.", "Each of them changes its own records."),
    ),
    pages=(
        ask(Checkboxes("what", "What has changed?", choices=WHAT, missing="Select what has changed")),
        Stop(
            "moving",
            "Tell us about a new address once",
            Includes("what", "address"),
            guidance=(
                "There is a form of its own for a move. It tells every service that needs to know.",
                "Use ‘Tell us once about a move or a change at home’ instead. You can give a new name there too.",
            ),
        ),
        *which_property("What is your home address?", own=True),
        Page(
            "new-name",
            Name("old_name", "Your old name", noun="Your old name", missing="Enter your old name"),
            Name("new_name", "Your new name", noun="Your new name", missing="Enter your new name"),
            Date(
                "name_since",
                "Since when?",
                noun="The date",
                missing="Enter the date of your new name",
                past=True,
            ),
            Radios(
                "name_why",
                "Why did it change?",
                choices=WHY,
                missing="Select why your name changed",
                sensitive=True,
            ),
            title="Your new name",
            when=NAME,
        ),
        proof("Add proof of your new name", hint="Such as a marriage certificate or a deed poll", when=NAME),
        Page(
            "new-phone",
            Phone("old_phone", "Your old phone number", noun="Your old phone number", optional=True),
            Phone(
                "new_phone",
                "Your new phone number",
                noun="Your new phone number",
                missing="Enter your new phone number",
            ),
            title="Your new phone number",
            when=Includes("what", "phone"),
        ),
        Page(
            "new-email",
            Email("old_email", "Your old email address", noun="Your old email address", optional=True),
            Email(
                "new_email",
                "Your new email address",
                noun="Your new email address",
                missing="Enter your new email address",
            ),
            title="Your new email address",
            when=Includes("what", "email"),
        ),
        ask(
            Checkboxes(
                "holders",
                "Which services should we tell?",
                choices=HOLDERS,
                exclusive="unsure",
                missing="Select the services that we should tell",
            )
        ),
        account(when=Includes("holders", "council-tax", "unsure")),
        about_you(optional=False),
        declaration(TRUE),
    ),
    deliver=(
        To("customer-services", service_code="DETAILS", without=("account",), title="Customer services"),
        To(
            "revenues",
            service_code="CTAXDETAILS",
            when=Includes("holders", "council-tax", "unsure"),
            title="Council tax",
        ),
        holder("benefits", "BENDETAILS", "benefits", "Benefits"),
        holder("housing", "HOUSEDETAILS", "housing", "Housing"),
        holder("democratic-services", "VOTEDETAILS", "electoral", "Electoral register"),
        holder("waste", "WASTEDETAILS", "waste", "Bins and garden waste"),
    ),
    promise=Promise(acknowledge=WorkingDays(2), resolve=WorkingDays(10)),
    keep_for=Years(3),
)
