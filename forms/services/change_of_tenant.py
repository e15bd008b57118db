"""Change of tenant: a landlord or agent tells who left a home and who moved in."""

from forms.kit import (
    Choice,
    Date,
    Is,
    Kind,
    LongText,
    OneOf,
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
from forms.kit.household import FURNISHED, TRUE, account, people
from forms.kit.shared import about_you, declaration, which_property, your_address

WHAT = (
    Choice("both", "One tenant left and another moved in"),
    Choice("left", "A tenant left, and it is empty"),
    Choice("in", "A tenant moved in, and it was empty"),
)
LEFT, IN = OneOf("what", "both", "left"), OneOf("what", "both", "in")
ROLE = (
    Choice("owner", "I own it"),
    Choice("agent", "I am the letting agent"),
    Choice("social", "A housing association owns it"),
)

SERVICE = Service(
    slug="change-of-tenant",
    title="Landlords: tell us about a change of tenant",
    lgsl=58,
    kind=Kind.CHANGE,
    topic=Topic.COUNCIL_TAX,
    description="So that the right person gets the council tax bill",
    department="revenues",
    verified=Verification.BASIC,
    start=Start(
        need=(
            "the dates of the tenancies",
            "the names of the tenants",
            "where the old tenants moved to, if you know",
        ),
        minutes=5,
        next=(
            "We close the old account and open a new one.",
            "We bill you for any days when nobody rents it.",
        ),
    ),
    pages=(
        *which_property("Which home is it?"),
        ask(
            Radios(
                "role", "What are you to this home?", choices=ROLE, missing="Select what you are to this home"
            )
        ),
        ask(
            Text(
                "owner_name",
                "Who owns it?",
                noun="The owner’s name",
                missing="Enter who owns it",
                max_length=150,
            ),
            when=OneOf("role", "agent", "social"),
        ),
        account(),
        ask(Radios("what", "What has changed?", choices=WHAT, missing="Select what has changed")),
        ask(people("Who left?", id="left"), when=LEFT),
        ask(
            Date(
                "tenancy_ended",
                "When did the old tenancy end?",
                noun="The date the tenancy ended",
                missing="Enter the date the tenancy ended",
            ),
            when=LEFT,
        ),
        ask(
            Date(
                "left_on",
                "When did they leave?",
                hint="If that was another day than the end of the tenancy. For example, 27 3 2026",
                noun="The date they left",
                optional=True,
            ),
            when=LEFT,
        ),
        ask(
            LongText(
                "forwarding",
                "Where did they move to?",
                hint="Leave it blank if you do not know",
                noun="Where they moved to",
                max_length=300,
                rows=3,
                optional=True,
            ),
            when=LEFT,
        ),
        ask(people("Who moved in?", id="joined", hint="Every tenant named in the agreement"), when=IN),
        ask(
            Date(
                "tenancy_began",
                "When did the new tenancy begin?",
                noun="The date the tenancy began",
                missing="Enter the date the tenancy began",
            ),
            when=IN,
        ),
        ask(
            Radios(
                "length",
                "How long is the new tenancy for?",
                choices=(
                    Choice("six-months", "6 months or more"),
                    Choice("shorter", "Less than 6 months"),
                    Choice("rolling", "From week to week or month to month"),
                ),
                missing="Select how long the new tenancy is for",
            ),
            when=IN,
        ),
        ask(
            YesNo(
                "rooms",
                "Is it let room by room?",
                hint="Each tenant has an agreement of their own for a room",
                missing="Select yes if it is let room by room",
            )
        ),
        ask(
            Radios(
                "furnished",
                "Is it let furnished or empty?",
                choices=FURNISHED,
                missing="Select if it is let furnished or empty",
            )
        ),
        ask(
            YesNo(
                "works",
                "Do you do repairs while it is empty?",
                missing="Select yes if you do repairs while it is empty",
            ),
            when=Is("what", "left"),
        ),
        your_address("What is your own address for bills?"),
        about_you(optional=False),
        declaration(TRUE),
    ),
    deliver=(To("revenues", service_code="CTAXTENANT"),),
    promise=Promise(acknowledge=WorkingDays(2), resolve=WorkingDays(15)),
    keep_for=Years(7),
)
