"""Pages and questions about a home, who lives in it and what is paid for it, shared by changes of circumstance."""

from forms.kit.accounts import BankAccount, CouncilTaxAccount
from forms.kit.chosen import Radios, YesNo
from forms.kit.conditions import Condition, Is
from forms.kit.contacts import Name
from forms.kit.dates import Date
from forms.kit.questions import Choice, Question
from forms.kit.service import Page, ask
from forms.kit.several import AddAnother
from forms.kit.written import LongText, Money, Text

WITHIN_21_DAYS = "You must tell us within 21 days if anything you told us changes."
TRUE = "What I have told you is true and complete, as far as I know."
FALSE_IS_A_CRIME = "I know that I may have to pay money back, or be taken to court, if it is not true."
TENURE = (
    Choice("own", "I own it"),
    Choice("rent-private", "I rent it from a private landlord"),
    Choice("rent-social", "I rent it from a council or a housing association"),
    Choice("family", "I live there with family or friends"),
    Choice("other", "Something else"),
)
RENTED = ("rent-private", "rent-social")
FURNISHED = (
    Choice("furnished", "Furnished"),
    Choice("part", "Partly furnished"),
    Choice("empty", "Empty of furniture"),
)


def account(*, when: Condition | None = None) -> Page:
    """The council tax account, for whoever has the bill at hand."""
    return ask(
        CouncilTaxAccount("account", "What is your council tax account number?", optional=True), when=when
    )


def born(*, hint: str = "For example, 27 3 2009", optional: bool = False) -> Date:
    """When somebody in a home was born."""
    return Date(
        "born", "Date of birth", hint=hint, noun="Date of birth", missing="Enter their date of birth",
        past=True, optional=optional, sensitive=True,
    )  # fmt: skip


def people(
    label: str, *more: Question, id: str = "people", hint: str = "", least: int = 1, most: int = 10
) -> AddAnother:
    """People in a home, by name, and what else is asked of each."""
    named = Name("full_name", "Full name", noun="Full name", missing="Enter their full name")
    return AddAnother(
        id, label, hint=hint, questions=(named, *more), each="Person", least=least, most=most, noun="People",
        missing="Add the people who live there", optional=least == 0,
    )  # fmt: skip


def landlord(id: str, title: str, *, when: Condition) -> Page:
    """Who somebody rents from: a landlord or an agent."""
    return Page(
        id.replace("_", "-"),
        Text(
            f"{id}_name",
            "Name of the landlord or agent",
            noun="The name of the landlord or agent",
            missing="Enter the name of the landlord or agent",
            max_length=150,
        ),
        LongText(
            f"{id}_contact",
            "Their address, phone number or email address",
            noun="How to reach the landlord or agent",
            max_length=300,
            rows=3,
            optional=True,
        ),
        title=title,
        when=when,
    )


def direct_debit(*, when: Condition | None = None) -> tuple[Page, ...]:
    """Whether a Direct Debit goes on, and from which account."""
    choices = (
        Choice("same", "Keep my Direct Debit, from the same bank account"),
        Choice("new", "Pay by Direct Debit from another bank account"),
        Choice("none", "I do not want to pay by Direct Debit"),
    )
    new = Is("direct_debit", "new")
    return (
        ask(
            Radios(
                "direct_debit",
                "How do you want to pay council tax?",
                choices=choices,
                missing="Select how you want to pay council tax",
            ),
            when=when,
        ),
        bank(when=new if when is None else when & new),
    )


def bank(*, when: Condition | None = None) -> Page:
    """The account that a Direct Debit is taken from, and whether its holder may say so alone."""
    return Page(
        "bank",
        BankAccount("bank", "Bank or building society account", missing="Enter the account to pay from"),
        YesNo(
            "bank_alone",
            "Can you alone set up a Direct Debit on this account?",
            hint="Some joint and business accounts need more than one person to agree",
            missing="Select yes if you alone can set up a Direct Debit on this account",
        ),
        title="The account to pay from",
        when=when,
    )


def words(id: str, label: str, missing: str = "", *, hint: str = "", long: bool = False) -> Text | LongText:
    """A few words about money or a home, kept sealed; optional where no `missing` error is told."""
    kind = LongText if long else Text
    most = 1000 if long else 150
    return kind(
        id, label, hint=hint, missing=missing, optional=not missing, max_length=most, sensitive=True
    )  # fmt: skip


def on(id: str, label: str, missing: str = "Enter the date") -> Date:
    """The date of something that changed, or will."""
    return Date(id, label, missing=missing)


def pounds(id: str, label: str, *, hint: str = "", optional: bool = False) -> Money:
    """An amount of money, kept sealed."""
    missing = "Enter the amount in pounds, or 0"
    return Money(
        id, label, hint=hint, noun="The amount", missing=missing, optional=optional, sensitive=True
    )  # fmt: skip
