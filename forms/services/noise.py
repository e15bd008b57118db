"""Report noise: who is disturbed, by what, when and how; a noise complaint cannot be anonymous."""

from forms.kit import (
    Checkboxes,
    Choice,
    Date,
    Is,
    Kind,
    LongText,
    Moment,
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
from forms.kit.shared import about_you, proof, where_is_it, your_address

TYPE = (
    Choice("music", "Loud music or television"),
    Choice("dog", "Barking dog"),
    Choice("party", "Party or shouting"),
    Choice("alarm", "Burglar or car alarm"),
    Choice("diy", "DIY or tools"),
    Choice("building", "Building work"),
    Choice("business", "Shop, pub, factory or other business"),
    Choice("machinery", "Fan, pump or other machine"),
    Choice("birds", "Cockerel or other animal"),
    Choice("bird-scarer", "Bird scarer or other farm noise"),
    Choice("traffic", "Traffic, trains or aircraft"),
    Choice("other", "Something else"),
)
SOURCE = (
    Choice("home", "Somebody’s home"),
    Choice("business", "A pub, a shop or another business"),
    Choice("site", "A building site"),
    Choice("farm", "A farm or a field"),
    Choice("street", "A street or an open space"),
    Choice("unknown", "I do not know"),
)
HOW_OFTEN = (
    Choice("daily", "Every day or night"),
    Choice("most-days", "Most days"),
    Choice("weekends", "At weekends"),
    Choice("weekly", "About once a week"),
    Choice("less", "Less often"),
    Choice("once", "It has happened once"),
)
TIMES = (
    Choice("morning", "Morning", "7am to midday"),
    Choice("afternoon", "Afternoon", "Midday to 6pm"),
    Choice("evening", "Evening", "6pm to 11pm"),
    Choice("night", "Night", "11pm to 7am"),
)
HOW_LONG = (
    Choice("minutes", "Less than 10 minutes"),
    Choice("hour", "10 minutes to 1 hour"),
    Choice("hours", "1 to 4 hours"),
    Choice("longer", "More than 4 hours"),
    Choice("non-stop", "It hardly stops"),
)
NAMED = "If you say no, we can still write to them. To take them to court, we need a witness who is named"

SERVICE = Service(
    slug="noise",
    title="Report a noise problem",
    lgsl=412,
    kind=Kind.REPORT,
    topic=Topic.STREETS,
    description="Noise from neighbours, dogs, alarms, building work or a business",
    also=("loud music", "party", "barking dog", "burglar alarm"),
    department="environmental-health",
    start=Start(
        need=(
            "where the noise comes from",
            "when it happens, how often, and for how long",
            "your name and address: we cannot look into noise for somebody we cannot reach",
        ),
        minutes=8,
        next=(
            "An officer reads what you sent, and contacts you.",
            "We may ask you to keep a diary of the noise.",
            "We usually write to whoever makes the noise first.",
        ),
    ),
    pages=(
        ask(Radios("type", "What kind of noise is it?", choices=TYPE, missing="Select the kind of noise")),
        Stop(
            "traffic",
            "We cannot act on this noise",
            Is("type", "traffic"),
            guidance=(
                "The law gives councils no power over noise from traffic, trains or aircraft.",
                "Tell the railway, the airfield or the county council instead. Nothing has been sent.",
            ),
        ),
        ask(
            YesNo(
                "danger",
                "Is somebody being hurt or threatened?",
                missing="Select yes if somebody is being hurt or threatened",
            )
        ),
        Stop(
            "police",
            "Call the police",
            Is("danger", "yes"),
            guidance=("If somebody is in danger now, call 999. Otherwise, call the police on 101.",),
        ),
        ask(
            Radios(
                "source",
                "What kind of place does it come from?",
                choices=SOURCE,
                missing="Select what kind of place it comes from",
            )
        ),
        *where_is_it("Where does the noise come from?"),
        ask(
            Text(
                "source_name",
                "Who makes the noise?",
                hint="Their name, or the name of the business, if you know it",
                optional=True,
            )
        ),
        ask(Date("since", "When did it start?", missing="Enter when it started", past=True)),
        ask(
            Moment(
                "last_heard",
                "When did you last hear it?",
                missing="Enter the date you last heard it",
                past=True,
            )
        ),
        ask(
            Radios(
                "how_often",
                "How often does it happen?",
                choices=HOW_OFTEN,
                missing="Select how often it happens",
            )
        ),
        ask(Checkboxes("times", "At what times?", choices=TIMES, missing="Select at what times it happens")),
        ask(
            Radios(
                "how_long",
                "How long does it last each time?",
                choices=HOW_LONG,
                missing="Select how long it lasts each time",
            )
        ),
        ask(
            LongText(
                "effect",
                "How does it affect you?",
                hint="For example, we cannot sleep, or cannot hear the television",
                missing="Enter how it affects you",
                sensitive=True,
            )
        ),
        ask(
            YesNo(
                "spoken",
                "Have you spoken to them about it?",
                hint="Only do this if you feel safe. It often helps",
                missing="Select yes if you have spoken to them about it",
            )
        ),
        ask(
            LongText("answer", "What did they say?", missing="Enter what they said", max_length=1000),
            when=Is("spoken", "yes"),
        ),
        proof(
            "Add a diary of the noise",
            hint="If you kept one, add a photo or a copy of it",
        ),
        your_address("At what address do you hear it?"),
        ask(
            YesNo(
                "may_name",
                "May we tell them that you complained?",
                hint=NAMED,
                missing="Select yes if we may tell them that you complained",
            )
        ),
        about_you(optional=False),
    ),
    urgent_when=Is("type", "alarm"),
    deliver=(To("environmental-health", service_code="NOISE"),),
    promise=Promise(acknowledge=WorkingDays(2), resolve=WorkingDays(20)),
    keep_for=Years(6),
)
