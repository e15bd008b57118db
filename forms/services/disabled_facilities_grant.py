"""Ask for a grant to adapt the home of a disabled person."""

from forms.kit import (
    Checkboxes,
    Choice,
    Date,
    Is,
    Kind,
    Link,
    LongText,
    Money,
    Name,
    Page,
    Promise,
    Radios,
    Service,
    Start,
    Stop,
    To,
    Topic,
    WorkingDays,
    Years,
    YesNo,
    ask,
)
from forms.kit.shared import about_you, declaration, for_whom, proof, which_property

HOME = (
    Choice("own", "I own it, or my family does"),
    Choice("private", "I rent it from a private landlord"),
    Choice("association", "I rent it from a housing association"),
    Choice("council", "I rent it from the council"),
    Choice("other", "Something else"),
)
HARD = (
    Choice("bath", "Using the bath or shower"),
    Choice("toilet", "Using the toilet"),
    Choice("stairs", "Going up and down the stairs"),
    Choice("in-out", "Getting in and out of the home"),
    Choice("rooms", "Moving between rooms"),
    Choice("kitchen", "Preparing food"),
    Choice("heat-light", "Using the heating or the lights"),
    Choice("safe", "Being safe, for themselves or others"),
    Choice("other", "Something else"),
)
BENEFITS = (
    Choice("universal-credit", "Universal Credit"),
    Choice("pension-credit", "Guaranteed Pension Credit"),
    Choice("income-support", "Income Support or income-related allowances"),
    Choice("housing-benefit", "Housing Benefit"),
    Choice("none", "None of these"),
)
CHILD = Is("child", "yes")

SERVICE = Service(
    slug="disabled-facilities-grant",
    title="Disabled facilities grant",
    lgsl=137,
    kind=Kind.APPLICATION,
    topic=Topic.HOUSING,
    description="Money to adapt a disabled person’s home, such as a ramp or a shower",
    department="housing",
    start=Start(
        need=(
            "who is disabled, and what is hard for them at home",
            "who owns the home",
            "what income, benefits and savings they have, if they are an adult",
        ),
        minutes=12,
        next=(
            "We contact you, and ask an occupational therapist to visit.",
            "They say what is needed. We work out how much we can pay.",
            "Do not start any work before we agree: we cannot pay for it afterwards.",
        ),
    ),
    pages=(
        ask(
            YesNo(
                "started",
                "Has the work begun?",
                missing="Select yes if the work has begun",
            )
        ),
        Stop(
            "begun",
            "We cannot pay for work that has begun",
            Is("started", "yes"),
            guidance=(
                "We can only agree to a grant before the work begins.",
                "Ring us instead, before you do any more. Nothing has been sent.",
            ),
            links=(Link("Disabled facilities grants", "https://www.gov.uk/disabled-facilities-grants"),),
        ),
        *for_whom(),
        *which_property("Which home is it about?", own=True),
        Page(
            "person",
            Name(
                "disabled_name",
                "Full name of the disabled person",
                noun="Their name",
                missing="Enter the full name of the disabled person",
            ),
            Date(
                "disabled_born",
                "Their date of birth",
                hint="For example, 27 3 1952",
                noun="Their date of birth",
                missing="Enter their date of birth",
                past=True,
                sensitive=True,
            ),
            title="Who is disabled?",
        ),
        ask(
            YesNo(
                "child",
                "Are they a child under 18?",
                hint="For a child, we do not ask about money",
                missing="Select yes if they are under 18",
            )
        ),
        ask(Radios("tenure", "Whose home is it?", choices=HOME, missing="Select whose home it is")),
        ask(
            Checkboxes(
                "hard", "What is hard at home?", choices=HARD, missing="Select what is hard", sensitive=True
            )
        ),
        ask(
            LongText(
                "hard_more",
                "Tell us more about what is hard, and why",
                missing="Enter what is hard, and why",
                noun="What is hard",
                sensitive=True,
            )
        ),
        ask(
            YesNo(
                "therapist",
                "Has an occupational therapist visited?",
                hint="Somebody from the county council or the NHS, who looks at what would help",
                missing="Select yes if an occupational therapist has visited",
                sensitive=True,
            )
        ),
        ask(
            Checkboxes(
                "benefits",
                "Which of these do they or their partner get?",
                choices=BENEFITS,
                exclusive="none",
                missing="Select what they get, or select ‘None of these’",
                sensitive=True,
            ),
            when=~CHILD,
        ),
        ask(
            Money(
                "savings",
                "How much do they and their partner have in savings?",
                hint="A rough amount is enough. Enter 0 if they have none",
                missing="Enter how much they have in savings",
                sensitive=True,
            ),
            when=~CHILD,
        ),
        proof("Add papers that help us", hint="Such as a report, a benefit letter or a bank statement"),
        declaration(
            "What I have told you is true.",
            "The disabled person knows that I am asking for this.",
            "You may ask the county council’s social care team and the NHS about what is needed.",
        ),
        about_you(optional=False),
    ),
    deliver=(To("housing", service_code="DFG"),),
    promise=Promise(acknowledge=WorkingDays(5), resolve=WorkingDays(60)),
    keep_for=Years(6),
)
