"""Council tax by Direct Debit: set it up, or change the account or the day."""

from forms.kit import (
    Choice,
    CouncilTaxAccount,
    Information,
    Is,
    IsNot,
    Kind,
    Name,
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
    ask,
)
from forms.kit.household import bank
from forms.kit.shared import about_you, declaration, which_property

WHAT = (
    Choice("new", "Set up a new Direct Debit"),
    Choice("bank", "Change the bank account"),
    Choice("day", "Change the day of payment"),
    Choice("cancel", "Stop my Direct Debit"),
)
DAYS = (Choice("day-1", "1st"), Choice("day-8", "8th"), Choice("day-15", "15th"), Choice("day-25", "25th"))
# What the Direct Debit scheme promises to whoever pays, in our own words.
GUARANTEE = (
    "We tell you at least 10 working days before we take a payment, and before an amount or a day changes.",
    "If we or your bank make a mistake, your bank pays you back in full and at once.",
    "You can stop a Direct Debit at any time. Tell your bank, and tell us too.",
)

SERVICE = Service(
    slug="council-tax-direct-debit",
    title="Pay council tax by Direct Debit",
    lgsl=58,
    kind=Kind.REQUEST,
    topic=Topic.COUNCIL_TAX,
    description="Set up a Direct Debit, or change the bank account or the day",
    department="revenues",
    verified=Verification.BASIC,
    start=Start(
        need=("your council tax account number", "your sort code and account number"),
        minutes=4,
        next=("We set up your Direct Debit.", "We send you a bill with the days and the amounts."),
    ),
    pages=(
        ask(
            Radios(
                "what", "What would you like to do?", choices=WHAT, missing="Select what you would like to do"
            )
        ),
        Stop(
            "cancel",
            "Stop a Direct Debit at your bank",
            Is("what", "cancel"),
            guidance=(
                "Your bank stops a Direct Debit for you. You can do that on its website or in its app.",
                "Council tax stays due. Ring us to agree another way to pay it.",
            ),
        ),
        *which_property("Which home is it for?", own=True),
        ask(
            CouncilTaxAccount(
                "account",
                "What is your council tax account number?",
                missing="Enter your council tax account number",
            )
        ),
        ask(
            Name(
                "bill_name",
                "Whose name is on the bill?",
                noun="The name on the bill",
                missing="Enter the name on the bill",
            )
        ),
        bank(when=IsNot("what", "day")),
        Stop(
            "not-alone",
            "We need every signature",
            IsNot("what", "day") & Is("bank_alone", "no"),
            guidance=(
                "Everybody who must agree to a payment has to sign for it. That cannot be done here.",
                "Ring us. We will send you a paper form. Nothing has been sent.",
            ),
        ),
        ask(
            Radios(
                "day",
                "On which day of the month should we take payment?",
                choices=DAYS,
                missing="Select the day of the month",
            )
        ),
        Page(
            "guarantee",
            Information("promise", "The Direct Debit Guarantee", text=GUARANTEE),
            title="The Direct Debit Guarantee",
        ),
        about_you(optional=False),
        declaration(
            "I am allowed to give this instruction to the bank.",
            "I have read what the Direct Debit Guarantee promises.",
        ),
    ),
    deliver=(To("revenues", service_code="CTAXDD"),),
    promise=Promise(acknowledge=WorkingDays(2), resolve=WorkingDays(10)),
    keep_for=Years(7),
)
