"""Ask for a licence for a place that sells alcohol, serves hot food late or puts on entertainment."""

from forms.kit import (
    AddAnother,
    Checkboxes,
    Choice,
    Includes,
    Is,
    Kind,
    Link,
    LongText,
    Money,
    Name,
    OneOf,
    Page,
    Promise,
    Radios,
    Service,
    Start,
    Stop,
    Text,
    Time,
    To,
    Topic,
    WorkingDays,
    Years,
    YesNo,
    ask,
)
from forms.kit.shared import WE_RING, about_you, declaration, proof, which_property, your_address

WHAT = (
    Choice("new", "Get a licence"),
    Choice("change", "Change a licence"),
    Choice("transfer", "Put a licence in my name"),
    Choice("supervisor", "Name another person in charge of alcohol"),
    Choice("once", "Hold one event"),
)
ACTIVITIES = (
    Choice("alcohol", "Sell or supply alcohol"),
    Choice("late-food", "Serve hot food or drink after 11pm"),
    Choice("music", "Live or recorded music"),
    Choice("dance", "Dance"),
    Choice("plays", "Plays or films"),
    Choice("sport", "Indoor sport, boxing or wrestling"),
)
DAYS = (
    Choice("weekdays", "Monday to Thursday"),
    Choice("friday", "Friday"),
    Choice("saturday", "Saturday"),
    Choice("sunday", "Sunday"),
    Choice("holidays", "Bank holidays"),
)
NEW = OneOf("what", "new", "change")
PERSON = (Is("what", "new") & Includes("activities", "alcohol")) | Is("what", "supervisor")

SERVICE = Service(
    slug="premises-licence",
    title="Licence to sell alcohol or late food",
    lgsl=860,
    kind=Kind.APPLICATION,
    topic=Topic.LICENCES,
    description="A premises licence for a pub, a shop, a takeaway or a venue",
    department="licensing",
    by_phone="There is a fee, set by law. We ring you to take payment. You pay nothing online.",
    start=Start(
        need=(
            "the address of the place, and a plan of it",
            "what you want to do there, on which days and until when",
            "for alcohol: the name and personal licence number of the person in charge",
        ),
        minutes=20,
        next=(
            "We ring you to take the fee.",
            "You put up a notice for 28 days. The police and others may say what they think.",
            "If nobody is against it, we send you the licence.",
        ),
    ),
    pages=(
        ask(Radios("what", "What do you want to do?", choices=WHAT, missing="Select what you want to do")),
        Stop(
            "one-event",
            "Tell us about one event",
            Is("what", "once"),
            guidance=(
                "For one event of up to 499 people you do not need this licence.",
                "Use ‘Temporary event notice’ instead. Nothing has been sent.",
            ),
        ),
        *which_property("Where is the place?"),
        ask(
            Text(
                "trading_name",
                "What is the place called?",
                noun="The name",
                missing="Enter what the place is called",
            )
        ),
        ask(
            Text(
                "licence",
                "What is the number of the licence?",
                hint="It is on the first page of the licence",
                noun="The number",
                missing="Enter the number of the licence",
                max_length=50,
            ),
            when=~Is("what", "new"),
        ),
        Page(
            "holder",
            Name("holder", "Name of the person or company", noun="The name", missing="Enter the name"),
            Text(
                "company",
                "Company number",
                hint="If it is a company",
                noun="The company number",
                max_length=20,
                optional=True,
            ),
            title="Who will hold the licence?",
        ),
        ask(
            YesNo(
                "may_work",
                "May that person work in the UK?",
                hint="For a company, select yes",
                missing="Select yes if that person may work in the UK",
                sensitive=True,
            )
        ),
        Stop(
            "no-right-to-work",
            "You cannot hold this licence",
            Is("may_work", "no"),
            guidance=(
                "The law lets only people who may work in the UK hold it.",
                "Find out how to show that you may instead. Nothing has been sent.",
            ),
            links=(Link("Prove your right to work", "https://www.gov.uk/prove-right-to-work"),),
        ),
        ask(
            Checkboxes(
                "activities",
                "What do you want to do there?",
                choices=ACTIVITIES,
                missing="Select what you want to do there",
            ),
            when=NEW,
        ),
        ask(
            AddAnother(
                "hours",
                "On which days, from when until when?",
                questions=(
                    Radios("days", "Which days?", choices=DAYS, missing="Select which days"),
                    Time("opens", "From", noun="The time", missing="Enter from when"),
                    Time("closes", "Until", noun="The time", missing="Enter until when"),
                ),
                each="Time",
                most=10,
                missing="Add the days and times",
            ),
            when=NEW,
        ),
        Page(
            "in-charge",
            Name(
                "supervisor",
                "Full name of the person in charge of alcohol",
                noun="Their name",
                missing="Enter the full name of the person in charge of alcohol",
            ),
            Text(
                "personal_licence",
                "Number of their personal licence, and who gave it",
                noun="The number",
                missing="Enter the number of their personal licence, and who gave it",
                max_length=100,
            ),
            title="Who is in charge of alcohol?",
            when=PERSON,
        ),
        ask(
            LongText(
                "steps",
                "How will you keep people safe, and prevent crime and noise?",
                hint="Say also how you protect children. For example, by asking for proof of age",
                noun="What you write",
                missing="Enter how you will keep people safe, and prevent crime and noise",
                max_length=6000,
                rows=8,
            ),
            when=NEW,
        ),
        ask(
            Money(
                "rateable_value",
                "What is the rateable value?",
                hint="It is on the business rates bill, and sets the fee. Leave this empty if you do not know",
                noun="The rateable value",
                optional=True,
            ),
            when=Is("what", "new"),
        ),
        proof(
            "Add the plan and other papers",
            hint="For alcohol, add a letter in which the person in charge agrees",
        ),
        your_address("To which address should we write?"),
        declaration(
            "What I have told you is true. I know that it is a crime to say otherwise.",
            "I will put up a notice at the place where you tell me to.",
        ),
        about_you(optional=False, phone_hint=WE_RING),
    ),
    deliver=(To("licensing", service_code="PREMISES"),),
    promise=Promise(acknowledge=WorkingDays(3), resolve=WorkingDays(40)),
    keep_for=Years(6),
)
