"""One question of every kind, an answer to it and something that it refuses: for the style guide and for tests."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from forms.kit.accounts import BankAccount, CouncilTaxAccount, NationalInsuranceNumber
from forms.kit.addresses import Address, Property
from forms.kit.chosen import Checkboxes, Declaration, Radios, Select, YesNo
from forms.kit.contacts import Email, Name, Phone, VehicleRegistration
from forms.kit.dates import Date, Moment
from forms.kit.files import Files, Photos
from forms.kit.located import PlaceQuestion
from forms.kit.questions import Choice, Information, Point, Question
from forms.kit.several import AddAnother
from forms.kit.times import MonthYear, Time
from forms.kit.written import LongText, Money, Number, Text
from selfservice.domain.places import Place, Precision

BINS = (
    Choice("refuse", "Rubbish"),
    Choice("recycling", "Recycling", "Paper, card, tins and plastic bottles"),
    Choice("garden", "Garden waste"),
)
TOWNS = tuple(
    Choice(name.lower().replace(" ", "-"), name)
    for name in (
        *("Alford", "Boston", "Bourne", "Butterwick", "Coningsby", "Crowland", "Donington", "Fishtoft"),
        *("Holbeach", "Horncastle", "Kirton", "Long Sutton", "Louth", "Mablethorpe", "Skegness", "Spalding"),
        *("Spilsby", "Sutton Bridge", "Sutterton", "Swineshead", "Tattershall", "Wainfleet", "Woodhall Spa"),
    )
)
WIDE_BARGATE = Place(
    532_700, 344_100, Precision.POSTCODE, "PE21 6RY", "Near PE21 6RY, Boston", council="boston"
)
HOUSE: Mapping[str, Any] = {
    "uprn": "999090257401",
    "lines": ["1 Example Street", "Boston"],
    "postcode": "PE21 6RY",
    "words": "1 Example Street, Boston, PE21 6RY",
    "by_hand": False,
    "council": "boston",
    "authority": None,
    "authority_website": None,
    "easting": 532_700.0,
    "northing": 344_100.0,
    "ward": None,
}


@dataclass(frozen=True)
class Sample:
    """A question, an answer as it is kept, and texts that it refuses, by part; none where it refuses nothing."""

    question: Question
    kept: Any = None
    wrong: Mapping[str, str] = field(default_factory=dict)


def _person(*more: Question) -> tuple[Question, ...]:
    return (Name("name", "Full name", noun="The name", missing="Enter their full name"), *more)


SAMPLES: tuple[Sample, ...] = (
    Sample(
        Text(
            "road_name", "Name of the road", noun="The name of the road", missing="Enter the name of the road"
        ),
        "Wide Bargate",
        {"": "x" * 201},
    ),
    Sample(
        LongText("details", "What happened?", missing="Enter what happened", max_length=500),
        "The lid is broken.\nIt does not close.",
        {"": "x" * 501},
    ),
    Sample(
        Number(
            "adults",
            "How many adults live there?",
            noun="Number of adults",
            missing="Enter how many",
            most=20,
        ),
        2,
        {"": "two"},
    ),
    Sample(
        Money(
            "savings", "How much do you have in savings?", noun="Savings", missing="Enter how much you have"
        ),
        "6000.50",
        {"": "some"},
    ),
    Sample(
        Date(
            "moved",
            "When did you move in?",
            noun="The date you moved in",
            missing="Enter the date",
            past=True,
        ),
        "2026-03-27",
        {"day": "31", "month": "2", "year": "2026"},
    ),
    Sample(
        MonthYear("since", "Since when have you paid rent?", noun="The month", missing="Enter the month"),
        "2026-03",
        {"month": "13", "year": "2026"},
    ),
    Sample(
        Time("begins", "When does the party begin?", noun="The time", missing="Enter the time it begins"),
        "19:30",
        {"": "25:00"},
    ),
    Sample(
        Moment(
            "seen", "When did you see it?", noun="The date", missing="Enter the date you saw it", past=True
        ),
        {"date": "2026-03-27", "time": "around midday"},
        {"day": "27", "year": "2026"},
    ),
    Sample(YesNo("safe", "Is it safe to reach?", missing="Select yes if it is safe to reach"), "yes"),
    Sample(
        Radios("bin", "Which bin was missed?", choices=BINS, missing="Select which bin was missed"),
        "recycling",
    ),
    Sample(
        Checkboxes(
            "bins",
            "Which bins do you have?",
            choices=(*BINS, Choice("none", "None of these")),
            exclusive="none",
            missing="Select which bins you have",
        ),
        ["refuse", "garden"],
    ),
    Sample(
        Select(
            "town", "Which town or village is nearest?", choices=TOWNS, missing="Select a town or village"
        ),
        "holbeach",
    ),
    Sample(
        Name("name", "Full name", missing="Enter your full name"),
        "Siobhán O’Neill-Smith",
        {"": "x" * 101},
    ),
    Sample(
        Email("email", "Email address", missing="Enter your email address"), "ada@example.org", {"": "ada@"}
    ),
    Sample(Phone("phone", "Phone number", missing="Enter your phone number"), "+441632960001", {"": "12"}),
    Sample(
        Address(
            "home", "What is your address?", missing="Enter your postcode, or enter it by hand", own=True
        ),
        HOUSE,
        {"postcode": "PE21"},
    ),
    Sample(
        Property("property", "Which property is it about?", missing="Enter the postcode of the property"),
        HOUSE,
        {"line1": "1 Example Street"},
    ),
    Sample(
        PlaceQuestion("place", "Where is it?", missing="Enter a postcode or put a pin on the map"),
        WIDE_BARGATE.to_json(),
        {"": "Atlantis"},
    ),
    Sample(
        VehicleRegistration("plate", "Registration number", missing="Enter the registration number"),
        "AB12 CDE",
        {"": "x" * 31},
    ),
    Sample(
        NationalInsuranceNumber(
            "nino", "National Insurance number", missing="Enter your National Insurance number"
        ),
        "AA000001A",
        {"": "QQ 12"},
    ),
    Sample(
        CouncilTaxAccount(
            "account", "Council tax account number", missing="Enter your council tax account number"
        ),
        "20012345",
        {"": "2001"},
    ),
    Sample(
        BankAccount("bank", "Your bank or building society account", missing="Enter the name on the account"),
        {"name": "Ada Marsh", "sort_code": "000000", "number": "00000000"},
        {"name": "Ada Marsh", "sort-code": "12-34", "number": "12345678"},
    ),
    Sample(Photos("photos", "Add photos", missing="Add a photo"), ["a-file-id"]),
    Sample(Files("proof", "Add proof", missing="Add a file"), ["a-file-id"]),
    Sample(
        Declaration(
            "declaration",
            "I have read this and agree",
            text=(
                "What I have told you is true as far as I know.",
                "I will tell you within 21 days if something changes.",
            ),
            missing="Tick the box to say that you have read this and agree",
        ),
        "agreed",
    ),
    Sample(
        AddAnother(
            "people",
            "Who else lives there?",
            hint="Add everyone of 18 or over",
            each="Person",
            most=5,
            questions=_person(
                Date(
                    "born",
                    "Date of birth",
                    noun="Date of birth",
                    missing="Enter their date of birth",
                    past=True,
                ),
                YesNo("student", "Are they a student?", missing="Select yes if they are a student"),
            ),
            missing="Enter who else lives there",
        ),
        [
            {"name": "Ada Marsh", "born": "1990-03-01", "student": "no"},
            {"name": "Ben Fenn", "born": "2005-11-30", "student": "yes"},
        ],
        {"count": "1"},
    ),
    Sample(
        Information(
            "evidence",
            "What we need to see",
            text=("Bring one of these, or send a photo of it.",),
            points=(Point("A tenancy agreement"), Point("A completion statement")),
        )
    ),
)
