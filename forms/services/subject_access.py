"""Ask for what the council holds about oneself, with proof of who one is."""

from forms.kit import (
    Checkboxes,
    Choice,
    Date,
    Files,
    Is,
    Kind,
    LongText,
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
    ask,
)
from forms.kit.shared import about_you, declaration, for_whom, your_address

WHERE = (
    Choice("council-tax", "Council tax"),
    Choice("benefits", "Benefits"),
    Choice("housing", "Housing"),
    Choice("planning", "Planning and building"),
    Choice("licensing", "Licences"),
    Choice("environmental-health", "Noise, food and pests"),
    Choice("waste", "Bins, recycling and streets"),
    Choice("cctv", "Pictures from our cameras"),
    Choice("work", "I work or worked for the council"),
    Choice("complaint", "A complaint that I made"),
    Choice("other", "Somewhere else"),
)
PICTURES = Is("what", "pictures")

SERVICE = Service(
    slug="subject-access",
    title="Ask for what we hold about you",
    lgsl=826,
    kind=Kind.REQUEST,
    topic=Topic.COUNCIL,
    description="See what we know about you, have it put right, or have it deleted",
    department="democratic-services",
    start=Start(
        need=(
            "proof of who you are, such as a passport or a driving licence",
            "proof of where you live, such as a bill",
            "if you act for somebody, proof that you may",
        ),
        minutes=8,
        next=(
            "We check who you are.",
            "We answer within one month. If it is a great deal, we may need longer, and tell you so.",
        ),
    ),
    pages=(
        *for_whom(),
        ask(
            Radios(
                "what",
                "What do you want us to do?",
                choices=(
                    Choice("copy", "Give me a copy of what you hold"),
                    Choice("pictures", "Give me pictures of me from a camera"),
                    Choice("correct", "Put right what is wrong"),
                    Choice("delete", "Delete what you hold"),
                    Choice("stop", "Stop using it in a certain way"),
                ),
                missing="Select what you want us to do",
            )
        ),
        ask(
            Checkboxes(
                "where",
                "Which parts of the council is it about?",
                choices=WHERE,
                missing="Select which parts of the council it is about",
                sensitive=True,
            ),
            when=~PICTURES,
        ),
        Page(
            "pictures",
            Text(
                "camera_place",
                "Where was it?",
                hint="For example, the market place, by the clock",
                noun="Where it was",
                missing="Enter where it was",
            ),
            Date("camera_day", "On which day?", missing="Enter the day", noun="The day", past=True),
            Text(
                "camera_time",
                "About what time, and what did you wear?",
                noun="The time",
                missing="Enter about what time, and what you wore",
            ),
            title="Which pictures?",
            when=PICTURES,
        ),
        ask(
            LongText(
                "details",
                "Tell us more about what you want",
                hint="For example, letters from 2024 about my rent, or what is wrong",
                noun="What you want",
                missing="Enter what you want",
                max_length=4000,
                sensitive=True,
            )
        ),
        ask(
            LongText(
                "known_as",
                "Have you had other names or addresses?",
                hint="They help us to find everything",
                optional=True,
                sensitive=True,
                max_length=1000,
            )
        ),
        ask(
            Date(
                "born",
                "What is the date of birth?",
                hint="Of the person it is about. For example, 27 3 1975",
                missing="Enter the date of birth",
                noun="The date of birth",
                past=True,
                own=True,
                sensitive=True,
            )
        ),
        your_address(),
        ask(
            Files(
                "identity",
                "Add proof of who you are",
                hint="One with a photo and one with the address. If you act for somebody, proof that you may, too",
                missing="Add proof of who you are",
                most=6,
            )
        ),
        declaration(
            "I am the person it is about, or may act for them.",
            "I know that it is a crime to get what is held about others by a lie.",
        ),
        about_you(optional=False),
    ),
    deliver=(To("democratic-services", service_code="SAR"),),
    promise=Promise(acknowledge=WorkingDays(2), resolve=WorkingDays(20)),
    keep_for=Years(3),
)
