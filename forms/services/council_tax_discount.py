"""Council tax discount or exemption, for people who do not count and for homes that nobody lives in."""

from forms.kit import (
    Choice,
    Date,
    Is,
    Kind,
    LongText,
    Name,
    OneOf,
    Page,
    Promise,
    Radios,
    Service,
    Start,
    Stop,
    Text,
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

WHY = (
    Choice("students", "Everybody, or all but one, is a full-time student"),
    Choice("apprentice", "Somebody is an apprentice"),
    Choice("mental-impairment", "Somebody has a severe mental impairment"),
    Choice("carer", "Somebody is a live-in carer"),
    Choice("disabled", "The home is changed for somebody who is disabled"),
    Choice("care-leaver", "Somebody under 25 has left care"),
    Choice("annexe", "It is an annexe, or has one"),
    Choice("empty", "Nobody lives there, and it is empty of furniture"),
    Choice("repairs", "It is being repaired or cannot be lived in"),
    Choice("hospital", "The person who lived there is in hospital or a care home"),
    Choice("prison", "The person who lived there is in prison"),
    Choice("died", "The person who lived there has died"),
    Choice("repossessed", "A lender has taken the home back"),
    Choice("single", "I am the only adult"),
    Choice("other", "Something else"),
)
EMPTY = OneOf("why", "empty", "repairs", "hospital", "prison", "repossessed")
PERSON = OneOf("why", "apprentice", "mental-impairment", "carer", "care-leaver", "disabled")
CHANGED = (
    Choice("extra-room", "A room used mainly by the disabled person"),
    Choice("bathroom", "A second bathroom or kitchen that they need"),
    Choice("wheelchair", "Extra space for a wheelchair used indoors"),
)

SERVICE = Service(
    slug="council-tax-discount",
    title="Apply for a council tax discount or exemption",
    lgsl=60,
    kind=Kind.APPLICATION,
    topic=Topic.COUNCIL_TAX,
    description="For students, carers, disabled people, empty homes and others",
    department="revenues",
    verified=Verification.BASIC,
    start=Start(
        need=(
            "the reason, and the date it began",
            "proof, such as a student certificate",
            "your council tax bill",
        ),
        minutes=7,
        next=(
            "We check your application and may ask for more proof.",
            "We send you a new bill, or tell you why not.",
        ),
    ),
    pages=(
        *which_property("Which home is it for?", own=True),
        account(),
        ask(
            Radios(
                "why",
                "Why should you pay less?",
                choices=WHY,
                missing="Select why you should pay less",
                sensitive=True,
            )
        ),
        Stop(
            "single",
            "Apply for a single person discount",
            Is("why", "single"),
            guidance=(
                "There is a form of its own for people who are the only adult.",
                "Apply for a single person discount instead.",
            ),
        ),
        Stop(
            "died",
            "Tell us that somebody has died",
            Is("why", "died"),
            guidance=(
                "There is a form of its own, which tells every service that needs to know.",
                "Use ‘Tell us that somebody has died’ instead.",
            ),
        ),
        ask(
            Date(
                "since",
                "Since when is that so?",
                noun="The date",
                missing="Enter the date since when that is so",
            )
        ),
        ask(
            people(
                "Who are the students?",
                Text(
                    "college",
                    "University or college",
                    noun="University or college",
                    missing="Enter the university or college",
                    max_length=150,
                ),
                Date(
                    "course_ends",
                    "Date the course ends",
                    noun="The date the course ends",
                    missing="Enter the date the course ends",
                ),
                id="students",
            ),
            when=Is("why", "students"),
        ),
        Page(
            "person",
            Name("person", "Their full name", noun="Their name", missing="Enter their full name"),
            born(),
            LongText(
                "details",
                "Tell us more about it",
                hint="Such as the employer, the person cared for, or the benefit they get",
                noun="What you tell us",
                missing="Enter more about it",
                max_length=1000,
                sensitive=True,
            ),
            title="About the person",
            when=PERSON,
        ),
        ask(
            Radios(
                "changed_home",
                "What is different about the home?",
                choices=CHANGED,
                missing="Select what is different about the home",
                sensitive=True,
            ),
            when=Is("why", "disabled"),
        ),
        ask(
            Date(
                "last_lived_in",
                "When did somebody last live there?",
                noun="The date",
                missing="Enter the date somebody last lived there",
                past=True,
            ),
            when=EMPTY,
        ),
        ask(
            YesNo(
                "furnished",
                "Is there any furniture in it?",
                missing="Select yes if there is any furniture in it",
            ),
            when=EMPTY,
        ),
        ask(
            LongText(
                "works",
                "What has to be done before it can be lived in?",
                noun="What has to be done",
                missing="Enter what has to be done",
                max_length=1000,
            ),
            when=Is("why", "repairs"),
        ),
        ask(
            LongText(
                "reason",
                "Tell us more about why you should pay less",
                noun="The reason",
                missing="Enter why you should pay less",
                max_length=1000,
                sensitive=True,
            ),
            when=OneOf("why", "other", "annexe"),
        ),
        proof("Add proof", hint="Such as a student certificate, a doctor’s letter or a photo of the home"),
        about_you(optional=False),
        declaration(TRUE, WITHIN_21_DAYS, FALSE_IS_A_CRIME),
    ),
    deliver=(To("revenues", service_code="CTAXDISC"),),
    promise=Promise(acknowledge=WorkingDays(2), resolve=WorkingDays(20)),
    keep_for=Years(7),
)
