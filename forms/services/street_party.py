"""Tell us about a street party."""

from forms.kit import (
    Ago,
    Before,
    Choice,
    Date,
    Is,
    Kind,
    Link,
    LongText,
    Number,
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
from forms.kit.shared import about_you, declaration, proof, where_is_it

WEEKS = 6

SERVICE = Service(
    slug="street-party",
    title="Street party",
    lgsl=1580,
    kind=Kind.APPLICATION,
    topic=Topic.LICENCES,
    description="Tell us about a party for the neighbours in your street",
    department="customer-services",
    start=Start(
        need=(
            "which street, and from where to where",
            "a day at least 6 weeks from now",
            "that you have asked the neighbours",
        ),
        minutes=6,
        next=(
            "We ask the county council about closing the road. It looks after roads.",
            "We contact you, and tell the police, the fire service and the bus companies.",
        ),
    ),
    pages=(
        ask(
            YesNo(
                "neighbours",
                "Is it only for people who live there, with nothing sold?",
                missing="Select yes if it is only for people who live there",
            )
        ),
        Stop(
            "public-event",
            "This is a public event",
            Is("neighbours", "no"),
            guidance=(
                "An event for everyone, or at which things are sold, needs more time and insurance.",
                "Use ‘Hold an event on council land’ or ring us instead. Nothing has been sent.",
            ),
            links=(Link("Organise a street party", "https://www.gov.uk/organise-street-party"),),
        ),
        *where_is_it("Where will it be?"),
        Page(
            "street",
            Text("road", "Name of the street", missing="Enter the name of the street"),
            Text(
                "stretch",
                "From where to where?",
                hint="For example, from number 2 to number 40",
                noun="From where to where",
                missing="Enter from where to where",
            ),
            title="Which part of the street?",
        ),
        ask(Date("day", "On which day?", missing="Enter the day", noun="The day", future=True)),
        Stop(
            "too-soon",
            "That is too soon to close a road",
            Before("day", Ago(days=-7 * WEEKS)),
            guidance=(
                f"We need {WEEKS} weeks to have a road closed. Choose a later day.",
                "You can also meet in a garden, on a drive or in a hall instead. Nothing has been sent.",
            ),
        ),
        Page(
            "times",
            Time("begins", "When does it begin?", missing="Enter when it begins"),
            Time("ends", "When does it end?", missing="Enter when it ends"),
            title="At what time?",
        ),
        ask(
            Number(
                "people",
                "About how many people will come?",
                missing="Enter about how many people will come",
                noun="The number of people",
                least=1,
                most=5_000,
            )
        ),
        ask(
            Radios(
                "asked",
                "What do the neighbours say?",
                choices=(
                    Choice("agree", "All of them agree"),
                    Choice("most", "Most of them agree"),
                    Choice("not-asked", "I have not asked all of them yet"),
                ),
                missing="Select what the neighbours say",
            )
        ),
        ask(
            YesNo(
                "bus",
                "Does a bus use the street?",
                missing="Select yes if a bus uses the street",
            )
        ),
        ask(
            LongText(
                "plans",
                "What do you plan?",
                hint="For example, tables, music or a bouncy castle",
                noun="What you plan",
                missing="Enter what you plan",
            )
        ),
        proof("Add a plan of the street", hint="A drawing or a photo of a map will do"),
        declaration(
            "I will keep a way free for fire engines and ambulances.",
            "I will let people who live there drive in and out, and clean up afterwards.",
        ),
        about_you(optional=False),
    ),
    deliver=(To("customer-services", service_code="STREETPARTY"),),
    promise=Promise(acknowledge=WorkingDays(3), resolve=WorkingDays(20)),
    keep_for=Years(1),
)
