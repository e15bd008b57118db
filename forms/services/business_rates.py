"""Business rates: moving in or out of business premises, and relief."""

from forms.kit import (
    Address,
    Choice,
    Date,
    Is,
    Kind,
    LongText,
    Number,
    OneOf,
    Page,
    Promise,
    Radios,
    Service,
    Start,
    Text,
    To,
    Topic,
    WorkingDays,
    Years,
    YesNo,
    ask,
)
from forms.kit.household import TRUE
from forms.kit.shared import about_you, declaration, proof, which_property

WHAT = (
    Choice("in", "We move into these premises"),
    Choice("out", "We move out of these premises"),
    Choice("relief", "We want to apply for relief"),
    Choice("details", "The name or the address for bills has changed"),
)
RELIEF = (
    Choice("small", "Small business rate relief"),
    Choice("charity", "Charity or community amateur sports club"),
    Choice("retail", "Retail, hospitality and leisure relief"),
    Choice("rural", "Rural rate relief"),
    Choice("empty", "The premises are empty"),
    Choice("hardship", "Hardship relief"),
    Choice("other", "Another relief, or I do not know"),
)
HELD = (
    Choice("own", "We own them"),
    Choice("lease", "We lease or rent them"),
    Choice("licence", "We have a licence to use them"),
)
IN, OUT, ASKS = Is("what", "in"), Is("what", "out"), Is("what", "relief")

SERVICE = Service(
    slug="business-rates",
    title="Business rates: tell us about a move, or apply for relief",
    lgsl=56,
    kind=Kind.CHANGE,
    topic=Topic.LICENCES,
    description="Moving in or out of business premises, relief, and new details",
    department="revenues",
    start=Start(
        need=(
            "the address of the premises",
            "the dates of the lease or the sale",
            "the account number, if you have one",
        ),
        minutes=7,
        next=(
            "We change the account, or look at your application.",
            "We send you a new bill, or tell you why not.",
        ),
    ),
    pages=(
        ask(
            Radios(
                "what", "What would you like to do?", choices=WHAT, missing="Select what you would like to do"
            )
        ),
        *which_property("What is the address of the premises?"),
        Page(
            "business",
            Text(
                "business",
                "Name of the business or organisation",
                noun="The name of the business",
                missing="Enter the name of the business or organisation",
                max_length=150,
            ),
            Text(
                "company_number",
                "Company or charity number",
                noun="The company or charity number",
                max_length=20,
                optional=True,
            ),
            Text(
                "rates_account",
                "Business rates account number",
                hint="It is on your bill",
                noun="The account number",
                max_length=30,
                optional=True,
            ),
            title="The business or organisation",
        ),
        Page(
            "moving-in",
            Date(
                "taken_on",
                "When did you get the keys?",
                noun="The date you got the keys",
                missing="Enter the date you got the keys",
            ),
            Date(
                "opens_on",
                "When do you begin to use the premises?",
                noun="The date you begin to use them",
                missing="Enter the date you begin to use the premises",
            ),
            Radios(
                "held",
                "How do you hold the premises?",
                choices=HELD,
                missing="Select how you hold the premises",
            ),
            Text(
                "landlord",
                "Name of the landlord or agent",
                noun="The name of the landlord or agent",
                max_length=150,
                optional=True,
            ),
            Text(
                "used_for",
                "What are they used for?",
                hint="Such as shop, office, workshop or storage",
                noun="What they are used for",
                missing="Enter what the premises are used for",
                max_length=150,
            ),
            title="Moving in",
            when=IN,
        ),
        ask(
            YesNo(
                "only_premises",
                "Are these the only business premises that you use in England?",
                missing="Select yes if these are the only premises",
            ),
            when=IN | Is("what", "relief"),
        ),
        Page(
            "moving-out",
            Date(
                "left_on",
                "When do you leave the premises?",
                noun="The date you leave",
                missing="Enter the date you leave the premises",
            ),
            Date(
                "lease_ends",
                "When does the lease end, or the sale complete?",
                noun="The date",
                missing="Enter the date the lease ends or the sale completes",
            ),
            YesNo(
                "emptied",
                "Will they be empty when you leave?",
                missing="Select yes if they will be empty when you leave",
            ),
            Text(
                "next_occupier",
                "Who takes them over?",
                noun="Who takes them over",
                max_length=150,
                optional=True,
            ),
            title="Moving out",
            when=OUT,
        ),
        ask(
            Radios(
                "relief",
                "Which relief do you apply for?",
                choices=RELIEF,
                missing="Select which relief you apply for",
            ),
            when=ASKS,
        ),
        ask(
            Date(
                "empty_since",
                "Since when are the premises empty?",
                noun="The date",
                missing="Enter the date since when they are empty",
            ),
            when=ASKS & Is("relief", "empty"),
        ),
        ask(
            Number(
                "other_premises",
                "How many other business premises do you use?",
                noun="The number of premises",
                missing="Enter how many other premises you use",
                most=1000,
            ),
            when=Is("only_premises", "no"),
        ),
        ask(
            LongText(
                "other_addresses",
                "What are their addresses?",
                noun="The addresses",
                missing="Enter the addresses of the other premises",
                max_length=1500,
            ),
            when=Is("only_premises", "no"),
        ),
        ask(
            LongText(
                "why_relief",
                "Why should you get it?",
                noun="The reason",
                missing="Enter why you should get it",
                max_length=1500,
            ),
            when=ASKS & OneOf("relief", "charity", "rural", "hardship", "other"),
        ),
        ask(
            Date(
                "relief_from",
                "From which day do you apply?",
                noun="The day",
                missing="Enter the day from which you apply",
            ),
            when=ASKS,
        ),
        ask(
            LongText(
                "new_details",
                "What are the new details?",
                noun="The new details",
                missing="Enter the new details",
                max_length=500,
            ),
            when=Is("what", "details"),
        ),
        ask(
            Address(
                "bills_to",
                "Where should we send bills?",
                hint="Enter the postcode, then choose the address. You can also enter it by hand",
                missing="Enter the postcode of the address for bills",
            )
        ),
        proof("Add documents", hint="Such as the lease, accounts or proof that you are a charity"),
        about_you(optional=False),
        declaration(TRUE, "I am allowed to act for this business or organisation."),
    ),
    deliver=(To("revenues", service_code="NNDRCHANGE"),),
    promise=Promise(acknowledge=WorkingDays(2), resolve=WorkingDays(20)),
    keep_for=Years(7),
)
