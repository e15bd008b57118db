"""A change for housing benefit or council tax reduction: who changed, what and when, and the evidence it needs."""

from forms.kit import (
    Address,
    Checkboxes,
    Choice,
    Date,
    Includes,
    Information,
    Is,
    IsNot,
    Kind,
    Name,
    NationalInsuranceNumber,
    Number,
    Page,
    Point,
    Promise,
    Radios,
    Service,
    Start,
    To,
    Topic,
    Verification,
    WorkingDays,
    Years,
    YesNo,
    ask,
)
from forms.kit.household import FALSE_IS_A_CRIME, TRUE, born, landlord, on, people, pounds, words
from forms.kit.questions import Question
from forms.kit.shared import about_you, declaration, proof, which_property

GETS = (
    Choice("both", "Housing benefit and council tax reduction"),
    Choice("housing", "Housing benefit"),
    Choice("council-tax", "Council tax reduction"),
)
WHO = (
    Choice("you", "Me"),
    Choice("partner", "My husband, wife or partner"),
    Choice("child", "A child who lives with me"),
    Choice("adult", "Another adult who lives with me"),
)
WHAT = (
    Choice("work", "Work", "Started, stopped, or other hours or pay"),
    Choice("income", "Other money coming in", "Such as maintenance, a lodger or a student loan"),
    Choice("benefits", "Benefits or tax credits", "Started, stopped or changed"),
    Choice("pension", "A pension", "Started, stopped or changed"),
    Choice("savings", "Savings", "They went over £6,000, or changed above that"),
    Choice("childcare", "Childcare costs"),
    Choice("rent", "Rent"),
    Choice("joined", "Somebody has joined my home"),
    Choice("left", "Somebody has left my home"),
    Choice("baby", "A baby is born, or expected"),
    Choice("away", "Somebody will be away for more than 4 weeks"),
    Choice("move", "I have moved, or am about to"),
    Choice("other", "Something else"),
)
HOW_OFTEN = (
    Choice("week", "Every week"),
    Choice("two-weeks", "Every 2 weeks"),
    Choice("four-weeks", "Every 4 weeks"),
    Choice("month", "Every month"),
    Choice("year", "Every year"),
)
WORK = (
    Choice("started", "Started a job"),
    Choice("stopped", "Stopped working"),
    Choice("pay", "Other pay or hours"),
    Choice("self-employed", "Became self-employed, or stopped"),
)
EVIDENCE = (
    Point(
        "Payslips: the last 5 if paid every week, the last 2 if paid every month", Includes("what", "work")
    ),
    Point("A letter from the employer about the end of the job", Is("work_change", "stopped")),
    Point("Accounts, or your own figures for the last year", Is("work_change", "self-employed")),
    Point("A letter or statement that shows the money coming in", Includes("what", "income")),
    Point("The letter about the benefit or tax credit, every page of it", Includes("what", "benefits")),
    Point("The letter about the pension, or a payment advice", Includes("what", "pension")),
    Point("Statements of the last 2 months for every account", Includes("what", "savings")),
    Point("A letter or invoice from the childminder or nursery", Includes("what", "childcare")),
    Point("The new tenancy agreement, or a letter about the rent", Includes("what", "rent", "move")),
    Point("Proof of who they are and of their income, for whoever joined", Includes("what", "joined")),
    Point("The birth certificate, once you have it", Includes("what", "baby")),
    Point("A letter or statement that shows the change", Includes("what", "other", "away", "left")),
)
BY_HAND = "Enter the postcode, then choose the address. You can also enter it by hand"
NO_NUMBER = "Enter your National Insurance number"
CHECKED = "I agree that you check it with other councils and government departments."
BY_WHEN = (
    "We work it out when we have the evidence. Send it within one month.",
    "You can add it on the next page, or bring it to our office.",
    "From what you told us, we need:",
)


def often(id: str) -> Radios:
    """How often it is paid."""
    missing = "Select how often it is paid"
    return Radios(id, "How often is it paid?", choices=HOW_OFTEN, missing=missing, sensitive=True)


def about(value: str, title: str, *questions: Question) -> Page:
    """The page about one kind of change."""
    return Page(f"about-{value}", *questions, title=title, when=Includes("what", value))


CHANGES = (
    about(
        "work",
        "Work",
        Radios(
            "work_change",
            "What has changed?",
            choices=WORK,
            missing="Select what has changed",
            sensitive=True,
        ),
        words("employer", "Name of the employer"),
        on("work_date", "Date it changed"),
        pounds("pay", "Pay before tax", optional=True),
        Number("hours", "Hours a week", noun="Hours a week", most=168, optional=True, sensitive=True),
    ),
    ask(often("pay_often"), when=Includes("what", "work") & IsNot("work_change", "stopped")),
    about(
        "income",
        "Other money coming in",
        words("income", "What money is it?", "Enter what money it is", long=True),
        on("income_date", "Date it changed"),
        pounds("income_amount", "The amount now"),
        often("income_often"),
    ),
    about(
        "benefits",
        "Benefits or tax credits",
        words("benefit", "Which benefit or tax credit is it?", "Enter which benefit or tax credit it is"),
        on("benefit_date", "Date it changed"),
        pounds("benefit_amount", "The amount now"),
        often("benefit_often"),
    ),
    about(
        "pension",
        "Pension",
        words("pension", "Who pays the pension?", "Enter who pays the pension"),
        on("pension_date", "Date it changed"),
        pounds("pension_amount", "The amount now"),
        often("pension_often"),
    ),
    about(
        "savings",
        "Savings",
        pounds("savings_amount", "How much do you have in savings now?"),
        on("savings_date", "Date it changed"),
        words(
            "savings_where",
            "Where are they kept?",
            "Enter where they are kept",
            hint="Such as a bank or shares",
        ),
    ),
    about(
        "childcare",
        "Childcare",
        words("childcare", "Who looks after the child?", "Enter who looks after the child"),
        on("childcare_date", "Date it changed"),
        pounds("childcare_amount", "The cost now"),
        often("childcare_often"),
    ),
    about(
        "rent",
        "Rent",
        pounds("rent_amount", "The rent now"),
        often("rent_often"),
        on("rent_date", "Date it changed"),
        words("rent_includes", "What does the rent include?", hint="Such as heating, water or meals"),
    ),
    ask(
        people(
            "Who has joined your home?",
            born(),
            on("joined_on", "Date they joined"),
            words(
                "relation",
                "What are they to you?",
                "Enter what they are to you",
                hint="Such as partner or lodger",
            ),
            id="joined",
        ),
        when=Includes("what", "joined"),
    ),
    ask(
        people(
            "Who has left your home?",
            on("left_on", "Date they left"),
            words("went_to", "Where have they gone?"),
            id="gone",
        ),
        when=Includes("what", "left"),
    ),
    about(
        "baby",
        "The baby",
        YesNo("baby_born", "Is the baby born?", missing="Select yes if the baby is born", sensitive=True),
        on("baby_date", "Date of birth, or when it is due", "Enter the date of birth, or when it is due"),
        Name("baby_name", "The baby’s name", noun="The baby’s name", optional=True),
    ),
    about(
        "away",
        "Being away",
        words("away_who", "Who will be away?", "Enter who will be away"),
        on("away_from", "First day away", "Enter the first day away"),
        Date("away_to", "Day of return, if you know it", noun="The day of return", optional=True),
        words("away_why", "Why?", "Enter why they will be away", hint="Such as hospital, holiday or prison"),
    ),
    about(
        "move",
        "Your move",
        Address(
            "moved_to", "Your new address", hint=BY_HAND, missing="Enter the postcode of your new address"
        ),
        on("moved_on", "Date you move"),
        pounds("new_rent", "The rent of your new home", optional=True),
    ),
    landlord("new_landlord", "Who do you rent your new home from?", when=Includes("what", "move")),
    ask(
        words("other", "What else has changed, and when?", "Enter what has changed, and when", long=True),
        when=Includes("what", "other"),
    ),
)
SERVICE = Service(
    slug="benefit-change",
    title="Tell us about a change for housing benefit or council tax reduction",
    lgsl=70,
    kind=Kind.CHANGE,
    topic=Topic.BENEFITS,
    description="Work, income, savings, rent, or who lives with you",
    department="benefits",
    verified=Verification.FULL,
    page_note="Tell us within one month. If you are late, you may lose money or have to pay it back.",
    start=Start(
        need=(
            "your National Insurance number",
            "the date of the change, and the amounts",
            "letters, payslips or statements that show it",
        ),
        minutes=10,
        next=("We work out what you get from now on.", "We write to you with the result."),
    ),
    pages=(
        ask(Radios("gets", "What do you get?", choices=GETS, missing="Select what you get", sensitive=True)),
        *which_property(
            "What is your address?", hint="If you have moved, the address you moved from", own=True
        ),
        ask(NationalInsuranceNumber("nino", "What is your National Insurance number?", missing=NO_NUMBER)),
        ask(
            words("claim", "What is your claim number?", hint="It is on our letters, if you have one at hand")
        ),
        ask(
            Checkboxes(
                "who", "Who does the change affect?", choices=WHO, missing="Select who the change affects"
            )
        ),
        ask(
            Name("who_name", "What is their name?", optional=True),
            when=Includes("who", "partner", "child", "adult"),
        ),
        ask(
            Checkboxes(
                "what", "What has changed?", choices=WHAT, missing="Select what has changed", sensitive=True
            )
        ),
        *CHANGES,
        Page(
            "evidence",
            Information("needed", "The evidence", text=BY_WHEN, points=EVIDENCE),
            title="The evidence",
        ),
        proof("Add evidence", hint="Photos or scans of every page. You can send the rest later", most=10),
        about_you(optional=False),
        declaration(TRUE, FALSE_IS_A_CRIME, CHECKED),
    ),
    deliver=(To("benefits", service_code="BENCHANGE"),),
    promise=Promise(acknowledge=WorkingDays(2), resolve=WorkingDays(15)),
    keep_for=Years(7),
)
