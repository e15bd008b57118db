"""Write to the councillor for where one lives."""

from forms.kit import (
    Choice,
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
    YesNo,
    ask,
)
from forms.kit.shared import about_you, proof, which_property

ABOUT = (
    Choice("council", "Something that this council does", "Such as bins, housing, planning or council tax"),
    Choice("area", "My street or my village"),
    Choice("decision", "A decision that the council is about to take"),
    Choice("county", "Roads, schools or social care"),
    Choice("national", "A law, or something that the government does"),
    Choice("other", "Something else"),
)

SERVICE = Service(
    slug="contact-councillor",
    title="Contact my councillor",
    lgsl=358,
    kind=Kind.REQUEST,
    topic=Topic.COUNCIL,
    description="Write to the councillor for your area",
    department="democratic-services",
    start=Start(
        need=("your address: it tells us who your councillor is",),
        minutes=5,
        next=("We pass it to the councillor for your area.", "Your councillor contacts you."),
    ),
    pages=(
        ask(Radios("about", "What is it about?", choices=ABOUT, missing="Select what it is about")),
        Stop(
            "county-councillor",
            "Write to your county councillor",
            Is("about", "county"),
            guidance=(
                "The county council looks after roads, schools and social care. It has councillors of its own.",
                "Write to your county councillor instead. Nothing has been sent.",
            ),
        ),
        Stop(
            "member-of-parliament",
            "Write to your MP",
            Is("about", "national"),
            guidance=(
                "Parliament makes the laws. Write to your MP about them instead. Nothing has been sent.",
            ),
        ),
        *which_property("What is your address?", own=True),
        ask(
            Text(
                "councillor",
                "Which councillor do you want to write to?",
                hint="Leave this empty if you do not know. We find the one for your address",
                optional=True,
                max_length=100,
            )
        ),
        ask(
            YesNo(
                "told_us",
                "Have you told the council about it before?",
                missing="Select yes if you have told the council before",
            )
        ),
        ask(
            Text(
                "reference",
                "What reference did we give you?",
                hint="It helps your councillor to find out what was done",
                optional=True,
                max_length=50,
            ),
            when=Is("told_us", "yes"),
        ),
        ask(
            LongText(
                "message",
                "What do you want to say?",
                noun="What you want to say",
                missing="Enter what you want to say",
                max_length=4000,
                rows=10,
                sensitive=True,
            )
        ),
        ask(
            YesNo(
                "share",
                "May your councillor pass it to council staff?",
                hint="Most things need staff to look into them",
                missing="Select yes if your councillor may pass it to council staff",
            )
        ),
        proof("Add photos or papers", hint="Only if they help to explain"),
        about_you(optional=False),
    ),
    deliver=(To("democratic-services", service_code="COUNCILLOR"),),
    promise=Promise(acknowledge=WorkingDays(2), resolve=WorkingDays(10)),
    keep_for=Years(2),
)
