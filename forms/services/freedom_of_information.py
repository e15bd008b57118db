"""Ask for information that the council holds: freedom of information and environmental information."""

from forms.kit import (
    Choice,
    Date,
    Is,
    Kind,
    LongText,
    Promise,
    Radios,
    Service,
    Start,
    Stop,
    Text,
    To,
    Topic,
    WorkingDays,
    Years,
    ask,
)
from forms.kit.shared import about_you, your_address

ABOUT = (
    Choice("council", "What the council does, spends or decides"),
    Choice("environment", "Land, water, air, waste or buildings"),
    Choice("me", "What you hold about me"),
    Choice("someone", "What you hold about somebody else"),
    Choice("county", "Schools, roads or social care"),
)
FORMS = (
    Choice("email", "By email"),
    Choice("post", "On paper, by post"),
    Choice("see", "I want to come and look at it"),
)

SERVICE = Service(
    slug="freedom-of-information",
    title="Freedom of information request",
    lgsl=722,
    kind=Kind.REQUEST,
    topic=Topic.COUNCIL,
    description="Ask for information that we hold",
    department="democratic-services",
    start=Start(
        need=(
            "what you want to know, as exactly as you can say it",
            "your real name, as the law asks for it",
        ),
        minutes=5,
        next=(
            "We answer within 20 working days.",
            "If what you ask for is not clear, we ask you first.",
            "If we may not give it to you, we say why, and how to complain.",
        ),
    ),
    pages=(
        ask(Radios("about", "What is it about?", choices=ABOUT, missing="Select what it is about")),
        Stop(
            "about-you-instead",
            "Ask for what we hold about you",
            Is("about", "me"),
            guidance=(
                "Another law gives you a right to see what we hold about you.",
                "Use ‘Ask for what we hold about you’ instead. Nothing has been sent.",
            ),
        ),
        Stop(
            "somebody-else",
            "We cannot give you what we hold about others",
            Is("about", "someone"),
            guidance=(
                "The law keeps what we hold about people private.",
                "If you act for them, use ‘Ask for what we hold about you’ instead. Nothing has been sent.",
            ),
        ),
        Stop(
            "ask-the-county",
            "Ask the county council",
            Is("about", "county"),
            guidance=(
                "The county council looks after schools, roads and social care.",
                "Ask it instead. Nothing has been sent.",
            ),
        ),
        ask(
            LongText(
                "what",
                "What do you want to know?",
                hint="Ask for papers or figures that we may hold. You need not say why you want them",
                noun="What you want to know",
                missing="Enter what you want to know",
                max_length=4000,
                rows=8,
            )
        ),
        ask(
            Date(
                "since",
                "From which day on?",
                hint="Leave this empty if any time will do. For example, 1 4 2024",
                missing="Enter from which day on",
                noun="The day",
                past=True,
                optional=True,
            )
        ),
        ask(
            Radios(
                "how", "How do you want to get it?", choices=FORMS, missing="Select how you want to get it"
            )
        ),
        your_address("To which address should we send it?", when=Is("how", "post")),
        ask(
            Text(
                "organisation",
                "Do you ask for an organisation?",
                hint="Its name. Leave this empty if you ask for yourself",
                optional=True,
            )
        ),
        about_you(optional=False),
    ),
    deliver=(To("democratic-services", service_code="FOI"),),
    promise=Promise(acknowledge=WorkingDays(2), resolve=WorkingDays(20)),
    keep_for=Years(3),
)
