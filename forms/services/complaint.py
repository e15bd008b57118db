"""Complain about the council, or say what went well."""

from forms.kit import (
    Choice,
    Date,
    Is,
    Kind,
    Link,
    LongText,
    OneOf,
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
from forms.kit.shared import about_you, for_whom, proof, your_address

KIND = (
    Choice("complaint", "Complain about what we did, or did not do"),
    Choice("compliment", "Say that something went well"),
    Choice("suggestion", "Suggest something"),
)
ABOUT = (
    Choice("service", "A service was poor, slow or wrong"),
    Choice("staff", "How a member of staff behaved"),
    Choice("reply", "Nobody answered me, or did what they said"),
    Choice("unfair", "I was treated unfairly"),
    Choice("missed-bin", "My bin was not emptied"),
    Choice("street", "Something is dirty, broken or dumped in a street"),
    Choice(
        "decision",
        "I do not agree with a decision about me",
        "Such as on benefits, planning, parking or a fine",
    ),
    Choice("policy", "I do not agree with a policy or a price"),
    Choice("councillor", "How a councillor behaved"),
    Choice("neighbour", "Noise, smoke or something else from a neighbour"),
)
TEAMS = (
    Choice("waste", "Bins and recycling"),
    Choice("streets", "Streets, parks and car parks"),
    Choice("council-tax", "Council tax or business rates"),
    Choice("benefits", "Benefits"),
    Choice("housing", "Housing"),
    Choice("planning", "Planning or building"),
    Choice("licensing", "Licences"),
    Choice("environmental-health", "Noise, food or pests"),
    Choice("contact", "The phone line, the website or an office"),
    Choice("other", "Something else, or I do not know"),
)
COMPLAINT, OLD = Is("kind", "complaint"), Is("told", "yes")
SENT = "Nothing has been sent."

SERVICE = Service(
    slug="complaint",
    title="Complaint or compliment",
    lgsl=353,
    kind=Kind.REQUEST,
    topic=Topic.COUNCIL,
    description="Tell us what went wrong, or what went well",
    department="customer-services",
    start=Start(
        need=("what happened, and when", "whom you told about it", "what would put it right"),
        minutes=8,
        next=(
            "Somebody who was not involved looks into it.",
            "We answer you in writing.",
            "If you are not content, you can ask us to look again. After that you can go to the Ombudsman.",
        ),
    ),
    pages=(
        ask(Radios("kind", "What do you want to do?", choices=KIND, missing="Select what you want to do")),
        ask(
            Radios(
                "about", "What is your complaint about?", choices=ABOUT, missing="Select what it is about"
            ),
            when=COMPLAINT,
        ),
        Stop(
            "not-emptied",
            "Tell us that a bin was missed",
            Is("about", "missed-bin"),
            guidance=(
                "We can come back for a bin more quickly than we can answer a complaint.",
                f"Tell us that it was missed instead, under ‘Rubbish and recycling’. {SENT}",
                "If it keeps happening, go back and choose that a service was poor.",
            ),
        ),
        Stop(
            "in-the-street",
            "Report what is wrong in the street",
            Is("about", "street"),
            guidance=(
                "The team that puts it right wants to know where it is.",
                f"Use the report for it instead, such as ‘Report fly-tipping’. {SENT}",
            ),
        ),
        Stop(
            "appeal",
            "Ask for the decision to be looked at again",
            Is("about", "decision"),
            guidance=(
                "A complaint cannot change a decision about you. There is another way for each kind.",
                f"The letter with the decision says how to appeal, and by when. Do that instead. {SENT}",
            ),
            links=(
                Link("Appeal a benefit decision", "https://www.gov.uk/appeal-benefit-decision"),
                Link("Appeal a planning decision", "https://www.gov.uk/appeal-planning-decision"),
                Link("Challenge a parking ticket", "https://www.gov.uk/parking-tickets"),
            ),
        ),
        Stop(
            "policy",
            "Tell your councillor",
            Is("about", "policy"),
            guidance=(
                "Councillors decide about policies and prices. A complaint cannot change them.",
                f"Use ‘Contact my councillor’ instead. {SENT}",
            ),
        ),
        Stop(
            "conduct",
            "Complain about a councillor",
            Is("about", "councillor"),
            guidance=(
                "The monitoring officer deals with complaints about councillors, under rules of their own.",
                f"Ring us instead, and ask for the monitoring officer. {SENT}",
            ),
        ),
        Stop(
            "neighbour",
            "Report your neighbour",
            Is("about", "neighbour"),
            guidance=(
                "This is not a complaint about the council.",
                f"Use ‘Report a noise problem’ or ‘Report smoke, a smell, dust or light’ instead. {SENT}",
            ),
        ),
        *for_whom(),
        ask(
            Radios(
                "team", "Which part of the council is it about?", choices=TEAMS, missing="Select which part"
            )
        ),
        ask(
            LongText(
                "what",
                "What happened?",
                hint="Say what, where and who, if you know. If it went well, we tell them so",
                noun="What happened",
                missing="Enter what happened",
                max_length=4000,
                rows=10,
                sensitive=True,
            )
        ),
        ask(
            Date("when", "When did it happen?", missing="Enter when it happened", past=True, optional=True),
        ),
        ask(
            YesNo(
                "told", "Have you told us about it before?", missing="Select yes if you have told us before"
            ),
            when=COMPLAINT,
        ),
        ask(
            Text(
                "told_whom",
                "Whom did you tell?",
                hint="A name, a team or a reference, and when",
                noun="Whom you told",
                missing="Enter whom you told",
            ),
            when=OLD,
        ),
        ask(
            LongText(
                "put_right",
                "What would put it right?",
                noun="What would put it right",
                missing="Enter what would put it right",
                sensitive=True,
            ),
            when=COMPLAINT,
        ),
        proof("Add letters, photos or papers", hint="Only if they help to explain"),
        your_address(optional=True),
        about_you(optional=True, required_when=COMPLAINT | OneOf("for_whom", "other")),
    ),
    deliver=(To("customer-services", service_code="COMPLAINT"),),
    promise=Promise(acknowledge=WorkingDays(5), resolve=WorkingDays(10)),
    keep_for=Years(6),
)
