"""Ask to hold an event in a park, on a market place or on other council land."""

from forms.kit import (
    Ago,
    Before,
    Checkboxes,
    Choice,
    Date,
    Kind,
    LongText,
    Number,
    Page,
    Promise,
    Service,
    Start,
    Stop,
    Text,
    Time,
    To,
    Topic,
    WorkingDays,
    Years,
    ask,
)
from forms.kit.shared import about_you, declaration, proof, where_is_it

WEEKS = 12
THERE = (
    Choice("food", "Food or drink"),
    Choice("alcohol", "Alcohol"),
    Choice("music", "Music or speeches"),
    Choice("rides", "Rides or a bouncy castle"),
    Choice("animals", "Animals"),
    Choice("fire", "Fire or fireworks"),
    Choice("tents", "Large tents or a stage"),
    Choice("cars", "Cars on the grass"),
    Choice("money", "A collection for charity"),
    Choice("none", "None of these"),
)

SERVICE = Service(
    slug="event-on-council-land",
    title="Hold an event on council land",
    lgsl=1049,
    kind=Kind.APPLICATION,
    topic=Topic.LICENCES,
    description="A fair, a race, a market or another event for everyone",
    department="customer-services",
    start=Start(
        need=("where and when it would be, at least 12 weeks from now", "how many people would come"),
        minutes=8,
        next=(
            "We look whether the place is free.",
            "We contact you. You may need insurance, a licence and a plan for safety.",
            "Tell nobody about the event before we agree.",
        ),
    ),
    pages=(
        ask(
            Text(
                "event",
                "What is the event called?",
                noun="The name",
                missing="Enter what the event is called",
            )
        ),
        *where_is_it("Where would it be?"),
        ask(
            Date(
                "first_day",
                "On which day would it begin?",
                missing="Enter the day",
                noun="The day",
                future=True,
            )
        ),
        Stop(
            "too-soon",
            "That is too soon",
            Before("first_day", Ago(days=-7 * WEEKS)),
            guidance=(
                f"We need {WEEKS} weeks to look at an event. Choose a later day.",
                "You can also ask the owner of a hall or a field instead. Nothing has been sent.",
            ),
        ),
        Page(
            "times",
            Number(
                "days",
                "How many days would it last?",
                missing="Enter how many days it would last",
                noun="The number of days",
                least=1,
                most=30,
            ),
            Time("begins", "From when each day?", missing="Enter from when"),
            Time("ends", "Until when each day?", missing="Enter until when"),
            title="For how long?",
        ),
        ask(
            Number(
                "people",
                "About how many people would come?",
                missing="Enter about how many people would come",
                noun="The number of people",
                least=1,
                most=100_000,
            )
        ),
        ask(
            Checkboxes(
                "there",
                "What would there be?",
                choices=THERE,
                exclusive="none",
                missing="Select what there would be, or select ‘None of these’",
            )
        ),
        ask(
            LongText(
                "what", "Tell us more about it", noun="What you tell us", missing="Enter more about the event"
            )
        ),
        ask(
            Text(
                "organisation",
                "Who is behind it?",
                hint="The name of the club, the charity or the company. Leave this empty if it is you",
                optional=True,
            )
        ),
        proof("Add plans and insurance", hint="You can also send them later"),
        declaration("I will not tell the public about the event before you agree."),
        about_you(optional=False),
    ),
    deliver=(To("customer-services", service_code="EVENT"),),
    promise=Promise(acknowledge=WorkingDays(3), resolve=WorkingDays(20)),
    keep_for=Years(2),
)
