"""Single person discount: 25% off council tax where one adult lives alone, or the others do not count."""

from forms.kit import (
    Choice,
    Date,
    Is,
    Kind,
    Promise,
    Radios,
    Select,
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
from forms.kit.household import FALSE_IS_A_CRIME, TRUE, WITHIN_21_DAYS, account, born, people
from forms.kit.shared import about_you, declaration, proof, which_property

# Schedule 1 to the Local Government Finance Act 1992: who is left out when adults are counted.
NOT_COUNTED = (
    Choice("student", "Full-time student"),
    Choice("student-nurse", "Student nurse"),
    Choice("apprentice", "Apprentice"),
    Choice("child-benefit", "Aged 18 or 19, and child benefit is paid for them"),
    Choice("school-leaver", "Aged 18 or 19, and just left school or college"),
    Choice("mental-impairment", "Severe mental impairment"),
    Choice("carer", "Carer"),
    Choice("hospital", "Lives in hospital or a care home"),
    Choice("prison", "In prison"),
    Choice("diplomat", "Diplomat, or in the armed forces of another country"),
    Choice("religious", "Member of a religious community"),
    Choice("young-carer-leaver", "Aged under 25, and has left care"),
    Choice("counted", "None of these"),
)
OTHERS = Is("only_adult", "no")
WHY = Select(
    "not_counted",
    "Why they may not count",
    choices=NOT_COUNTED,
    missing="Select why they may not count",
    sensitive=True,
)
MOVED_IN = Date(
    "moved_in", "Date they moved in", noun="The date they moved in", missing="Enter the date they moved in"
)
SINCE = Date(
    "since",
    "Since when are you the only adult?",
    hint="If others live there who do not count, the date from which that is so",
    noun="The date",
    missing="Enter the date from which you are the only adult",
)
NO_DISCOUNT = (
    "We can only give this discount where one adult counts. Every other adult must be left out of the count.",
    "You told us that nobody else may be left out.",
    "If your income is low, claim council tax reduction instead. Nothing has been sent.",
)

SERVICE = Service(
    slug="single-person-discount",
    title="Apply for a single person discount",
    lgsl=59,
    kind=Kind.APPLICATION,
    topic=Topic.COUNCIL_TAX,
    description="25% off your council tax if you are the only adult at home",
    department="revenues",
    verified=Verification.BASIC,
    start=Start(
        need=(
            "the date you became the only adult",
            "names and dates of birth of other adults",
            "your council tax bill",
        ),
        minutes=5,
        next=("We check your application.", "If it is right, we send you a new and lower bill."),
    ),
    pages=(
        *which_property("Which home is it for?", own=True),
        account(),
        ask(YesNo("main_home", "Is it your main home?", missing="Select yes if it is your main home")),
        Stop(
            "second-home",
            "The discount is for your main home",
            Is("main_home", "no"),
            guidance=(
                "We can only give this discount for the home you live in most of the time.",
                "If the home is empty, or nobody lives in it, apply for a council tax discount or exemption instead.",
            ),
        ),
        ask(
            YesNo(
                "only_adult",
                "Are you the only person aged 18 or over who lives there?",
                missing="Select yes if you are the only person aged 18 or over",
            )
        ),
        ask(
            YesNo(
                "any_left_out",
                "May every other adult be left out of the count?",
                hint="Such as students, apprentices, carers, people in hospital or with severe mental impairment",
                missing="Select yes if every other adult may be left out of the count",
            ),
            when=OTHERS,
        ),
        Stop(
            "too-many",
            "You cannot get this discount",
            OTHERS & Is("any_left_out", "no"),
            guidance=NO_DISCOUNT,
        ),
        ask(people("Who are the other adults?", born(), MOVED_IN, WHY, id="adults"), when=OTHERS),
        ask(SINCE),
        ask(
            Radios(
                "left",
                "Why are you the only adult now?",
                choices=(
                    Choice("always", "I moved in alone"),
                    Choice("moved-out", "Somebody moved out"),
                    Choice("died", "Somebody died"),
                    Choice("not-counted", "The other adults do not count"),
                    Choice("other", "Something else"),
                ),
                missing="Select why you are the only adult now",
            )
        ),
        ask(
            people(
                "Who moved out?",
                Date(
                    "moved_out",
                    "Date they moved out",
                    noun="The date they moved out",
                    missing="Enter the date they moved out",
                    past=True,
                ),
                id="gone",
            ),
            when=Is("left", "moved-out"),
        ),
        proof("Add proof for adults who do not count", hint="Such as a student certificate"),
        about_you(optional=False),
        declaration(TRUE, WITHIN_21_DAYS, FALSE_IS_A_CRIME),
    ),
    deliver=(To("revenues", service_code="CTAXSPD"),),
    promise=Promise(acknowledge=WorkingDays(2), resolve=WorkingDays(15)),
    keep_for=Years(7),
)
