"""Council tax reduction: a claim by people on a low income, with the evidence that their answers call for."""

from forms.kit import (
    Checkboxes,
    Choice,
    Date,
    Includes,
    Information,
    Is,
    Kind,
    MoreThan,
    Name,
    NationalInsuranceNumber,
    Number,
    OneOf,
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
from forms.kit.household import (
    FALSE_IS_A_CRIME,
    RENTED,
    TENURE,
    TRUE,
    WITHIN_21_DAYS,
    account,
    born,
    landlord,
    people,
    pounds,
    words,
)
from forms.kit.shared import about_you, declaration, for_whom, proof, which_property

MOST_SAVINGS = 16_000  # pounds: the limit of the default scheme (SI 2012/2886) and of most councils' own
PARTNER = Is("partner", "yes")
INCOME = (
    Choice("universal-credit", "Universal Credit"),
    Choice("pension-credit", "Pension Credit"),
    Choice("state-pension", "State Pension"),
    Choice("private-pension", "A private or work pension"),
    Choice("wages", "Wages from a job"),
    Choice("self-employed", "Earnings from my own business"),
    Choice("jsa-esa", "Jobseeker’s Allowance, Employment and Support Allowance or Income Support"),
    Choice("pip-dla", "Personal Independence Payment, Disability Living Allowance or Attendance Allowance"),
    Choice("carers", "Carer’s Allowance"),
    Choice("child-benefit", "Child Benefit"),
    Choice("maintenance", "Maintenance"),
    Choice("other", "Other money"),
    Choice("none", "No money comes in"),
)
EVIDENCE = (
    Point("Your Universal Credit statement, every page of it", Includes("income", "universal-credit")),
    Point(
        "Payslips: the last 5 if paid every week, the last 2 if paid every month", Includes("income", "wages")
    ),
    Point("Accounts, or your own figures for the last year", Includes("income", "self-employed")),
    Point(
        "The letter about your pension, or a payment advice",
        Includes("income", "private-pension", "state-pension", "pension-credit"),
    ),
    Point(
        "The letter about each benefit", Includes("income", "jsa-esa", "pip-dla", "carers", "child-benefit")
    ),
    Point("A letter or statement that shows the other money", Includes("income", "maintenance", "other")),
    Point("Statements of the last 2 months for every account", MoreThan("savings", 5_999)),
    Point("Your tenancy agreement", OneOf("tenure", *RENTED)),
    Point("Proof of who you are, such as a passport or a driving licence"),
)
PERSON = (
    Date(
        "own_birth",
        "Your date of birth",
        noun="Your date of birth",
        missing="Enter your date of birth",
        past=True,
        own=True,
        sensitive=True,
    ),
    NationalInsuranceNumber(
        "nino", "Your National Insurance number", missing="Enter your National Insurance number"
    ),
)

SERVICE = Service(
    slug="council-tax-reduction",
    title="Claim council tax reduction",
    lgsl=63,
    kind=Kind.APPLICATION,
    topic=Topic.BENEFITS,
    description="Help with your council tax bill if your income is low",
    department="benefits",
    verified=Verification.FULL,
    start=Start(
        need=(
            "your National Insurance number, and your partner’s",
            "your income and savings",
            "letters, payslips or statements that show them",
        ),
        minutes=20,
        next=(
            "We may ask you for more evidence.",
            "We work out what you get, and write to you.",
            "We take it off your council tax bill.",
        ),
    ),
    pages=(
        *for_whom(),
        *which_property("Which home is it for?", own=True),
        account(),
        ask(
            YesNo(
                "bill",
                "Do you have to pay the council tax bill?",
                missing="Select yes if you have to pay the council tax bill",
            )
        ),
        Stop(
            "no-bill",
            "You do not need council tax reduction",
            Is("bill", "no"),
            guidance=(
                "Council tax reduction is for whoever has to pay the bill.",
                "Ask the person whose name is on the bill to claim instead. Nothing has been sent.",
            ),
        ),
        Page("claimant", *PERSON, title="About the person who claims"),
        ask(
            YesNo(
                "partner",
                "Does a husband, wife or partner live there?",
                missing="Select yes if a husband, wife or partner lives there",
            )
        ),
        Page(
            "partner-details",
            Name("partner_name", "Their full name", noun="Their name", missing="Enter their full name"),
            born(),
            NationalInsuranceNumber(
                "partner_nino",
                "Their National Insurance number",
                missing="Enter their National Insurance number",
            ),
            title="About the partner",
            when=PARTNER,
        ),
        ask(
            people(
                "Which children live there?",
                born(),
                id="children",
                hint="Everybody under 20 for whom you get child benefit. Leave it empty if there are none",
                least=0,
            )
        ),
        ask(
            people(
                "Which other adults live there?",
                born(),
                words(
                    "relation",
                    "What are they to you?",
                    "Enter what they are to you",
                    hint="Such as son or lodger",
                ),
                pounds("adult_income", "What do they earn a week, before tax?", optional=True),
                id="adults",
                hint="Leave it empty if there are none",
                least=0,
            )
        ),
        ask(
            Radios("tenure", "Do you own or rent it?", choices=TENURE, missing="Select if you own or rent it")
        ),
        landlord("landlord", "Who do you rent it from?", when=OneOf("tenure", *RENTED)),
        ask(
            Checkboxes(
                "income",
                "What money comes in?",
                hint="For you and your partner. Select all that apply",
                choices=INCOME,
                exclusive="none",
                missing="Select what money comes in, or ‘No money comes in’",
                sensitive=True,
            )
        ),
        Page(
            "work",
            words("employer", "Who is the employer?", "Enter who the employer is"),
            Number("hours", "Hours a week", missing="Enter how many hours a week", most=168, sensitive=True),
            pounds("wages", "Pay for a month, before tax"),
            title="The job",
            when=Includes("income", "wages"),
        ),
        ask(
            words(
                "amounts",
                "How much is each of them, and how often is it paid?",
                "Enter how much each of them is",
                hint="For example, State Pension, £221.20 every week",
                long=True,
            ),
            when=~Includes("income", "none"),
        ),
        ask(
            words(
                "live_on", "What do you live on?", "Enter what you live on", hint="Such as help from family"
            ),
            when=Includes("income", "none"),
        ),
        ask(
            pounds(
                "savings",
                "How much do you have in savings?",
                hint="For you and your partner: money in banks, shares, and homes you do not live in",
            )
        ),
        Stop(
            "too-much",
            "You have too much in savings",
            MoreThan("savings", MOST_SAVINGS) & ~Includes("income", "pension-credit"),
            guidance=(
                "You cannot get it with more than £16,000 in savings, unless you get Pension Credit.",
                "See if you can apply for a council tax discount instead. Nothing has been sent.",
            ),
        ),
        ask(
            Date(
                "from_when",
                "From which day do you claim?",
                hint="Usually today. If you had a good reason not to claim before, it may be an earlier day",
                noun="The day",
                missing="Enter the day from which you claim",
            )
        ),
        ask(
            words(
                "why_late",
                "Why did you not claim before?",
                hint="Leave it blank if you claim from today",
                long=True,
            )
        ),
        Page(
            "evidence",
            Information(
                "evidence_needed",
                "The evidence that we need",
                text=(
                    "We decide when we have the evidence. Send it within one month.",
                    "You can add it on the next page, or bring it to our office.",
                    "From what you told us, we need:",
                ),
                points=EVIDENCE,
            ),
            title="The evidence that we need",
        ),
        proof("Add evidence", hint="Photos or scans of every page. You can send the rest later", most=10),
        about_you(optional=False),
        declaration(
            TRUE,
            FALSE_IS_A_CRIME,
            WITHIN_21_DAYS,
            "I agree that you check it with other councils and government departments.",
        ),
    ),
    deliver=(To("benefits", service_code="CTRCLAIM"),),
    promise=Promise(acknowledge=WorkingDays(2), resolve=WorkingDays(20)),
    keep_for=Years(7),
)
