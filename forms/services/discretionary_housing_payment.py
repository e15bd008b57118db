"""Discretionary housing payment: more help with the rent for people on housing benefit or Universal Credit."""

from forms.kit import (
    Checkboxes,
    Choice,
    Includes,
    Is,
    Kind,
    LongText,
    Money,
    NationalInsuranceNumber,
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
from forms.kit.household import FALSE_IS_A_CRIME, TRUE, WITHIN_21_DAYS, born, landlord, people
from forms.kit.shared import about_you, declaration, for_whom, proof, which_property

GETS = (
    Choice("housing-benefit", "Housing benefit"),
    Choice("universal-credit", "Universal Credit with money for rent"),
    Choice("neither", "Neither"),
)
NEED = (
    Choice("shortfall", "My rent is more than the help I get"),
    Choice("bedroom", "My money is cut for a spare bedroom"),
    Choice("cap", "My money is cut by the benefit cap"),
    Choice("arrears", "I owe rent"),
    Choice("moving", "A deposit, rent in advance or the cost of a move"),
    Choice("disabled", "My home is changed for somebody who is disabled"),
    Choice("other", "Something else"),
)


def pounds(id: str, label: str) -> Money:
    """An amount for a month."""
    return Money(id, label, noun="The amount", missing="Enter the amount for a month, or 0", sensitive=True)


SERVICE = Service(
    slug="discretionary-housing-payment",
    title="Apply for a discretionary housing payment",
    lgsl=1148,
    kind=Kind.APPLICATION,
    topic=Topic.BENEFITS,
    description="More help with your rent if benefits do not cover it",
    department="benefits",
    verified=Verification.FULL,
    start=Start(
        need=(
            "your National Insurance number",
            "your rent, and what you get towards it",
            "what you earn and spend in a month",
        ),
        minutes=15,
        next=("We look at your answers and may ask for more.", "We write to you with our decision."),
    ),
    pages=(
        *for_whom(),
        ask(
            Radios(
                "gets",
                "Which of these do you get?",
                choices=GETS,
                missing="Select which of these you get",
                sensitive=True,
            )
        ),
        Stop(
            "neither",
            "You cannot get this payment",
            Is("gets", "neither"),
            guidance=(
                "We can only pay it to people who get housing benefit, or Universal Credit with money for rent.",
                "Check if you can claim Universal Credit instead. Nothing has been sent.",
            ),
        ),
        *which_property("Which home is it for?", own=True),
        Page(
            "claimant",
            born(),
            NationalInsuranceNumber(
                "nino", "National Insurance number", missing="Enter the National Insurance number"
            ),
            title="About the person who applies",
        ),
        ask(people("Who lives there with you?", born(), hint="Leave it empty if nobody does", least=0)),
        landlord("landlord", "Who do you rent it from?", when=~Is("gets", "neither")),
        Page(
            "rent",
            pounds("rent", "Rent for a month"),
            pounds("help", "What you get towards the rent in a month"),
            pounds("owed", "How much rent do you owe?"),
            title="Your rent",
        ),
        ask(
            Checkboxes(
                "need",
                "What do you need help with?",
                choices=NEED,
                missing="Select what you need help with",
                sensitive=True,
            )
        ),
        ask(
            LongText(
                "move_costs",
                "What will the move cost, and when is it?",
                noun="The cost of the move",
                missing="Enter what the move will cost and when it is",
                max_length=1000,
            ),
            when=Includes("need", "moving"),
        ),
        ask(
            LongText(
                "why",
                "Why do you need more help, and for how long?",
                noun="Why you need help",
                missing="Enter why you need more help",
                max_length=2000,
                sensitive=True,
            )
        ),
        ask(
            YesNo(
                "cheaper",
                "Have you looked for a cheaper home?",
                missing="Select yes if you have looked for a cheaper home",
            )
        ),
        ask(
            YesNo(
                "ill",
                "Is anybody in your home ill or disabled?",
                missing="Select yes if anybody in your home is ill or disabled",
                sensitive=True,
            )
        ),
        ask(
            LongText(
                "illness",
                "How does it affect where you can live?",
                noun="How it affects you",
                missing="Enter how it affects where you can live",
                max_length=1000,
                sensitive=True,
            ),
            when=Is("ill", "yes"),
        ),
        Page(
            "income",
            pounds("wages", "Wages after tax"),
            pounds("benefits", "Benefits and tax credits"),
            pounds("other_income", "Other money"),
            title="Money that comes in each month",
        ),
        Page(
            "spending",
            pounds("food", "Food and things for the home"),
            pounds("fuel", "Gas, electricity and water"),
            pounds("travel", "Travel"),
            pounds("debts", "Debts and loans"),
            pounds("other_spending", "Everything else"),
            title="What you spend, in a month",
        ),
        ask(
            Money(
                "savings",
                "How much do you have in savings?",
                noun="The amount",
                missing="Enter how much you have in savings, or 0",
                sensitive=True,
            )
        ),
        proof(
            "Add evidence",
            hint="Such as the tenancy agreement, bank statements of 2 months, and letters about rent",
            most=10,
        ),
        about_you(optional=False),
        declaration(TRUE, FALSE_IS_A_CRIME, WITHIN_21_DAYS),
    ),
    deliver=(To("benefits", service_code="DHPCLAIM"),),
    promise=Promise(acknowledge=WorkingDays(2), resolve=WorkingDays(20)),
    keep_for=Years(7),
)
