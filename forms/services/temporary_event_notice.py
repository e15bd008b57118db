"""Give notice of one event with alcohol, late food or entertainment."""

from forms.kit import (
    Ago,
    Before,
    Checkboxes,
    Choice,
    Date,
    Is,
    Kind,
    Link,
    LongText,
    MoreThan,
    Number,
    Page,
    Price,
    Promise,
    Radios,
    Service,
    Start,
    Stop,
    Time,
    To,
    Topic,
    WorkingDays,
    Years,
    YesNo,
    ask,
)
from forms.kit.shared import WE_RING, about_you, declaration, which_property, your_address

ACTIVITIES = (
    Choice("alcohol", "Sell or supply alcohol"),
    Choice("late-food", "Serve hot food or drink after 11pm"),
    Choice("entertainment", "Music, dancing, plays, films or sport"),
)
# The Licensing Act 2003, sections 100 to 107: up to 499 people, and 5 clear working days at the very least.
MOST_PEOPLE = 499
LEAST_DAYS = 5
MOST_HOURS = 168

SERVICE = Service(
    slug="temporary-event-notice",
    title="Temporary event notice",
    lgsl=1071,
    kind=Kind.APPLICATION,
    topic=Topic.LICENCES,
    description="For one event with alcohol, late food or music, of up to 499 people",
    department="licensing",
    by_phone="The fee is set by law. We ring you to take payment. Your notice counts once it is paid.",
    start=Start(
        need=("where and when it is, at least 10 working days from now", "how many people come"),
        minutes=8,
        next=(
            "We ring you to take the fee.",
            "We tell the police and our officers. They have 3 working days to object.",
            "If nobody objects, you may hold the event.",
        ),
    ),
    pages=(
        ask(YesNo("adult", "Are you 18 or over?", missing="Select yes if you are 18 or over")),
        Stop(
            "too-young",
            "You must be 18",
            Is("adult", "no"),
            guidance=("Only adults can give this notice. Ask one to do it instead. Nothing has been sent.",),
        ),
        *which_property("Where will it be?"),
        ask(
            Checkboxes(
                "activities", "What will there be?", choices=ACTIVITIES, missing="Select what there will be"
            )
        ),
        ask(
            Date(
                "first_day",
                "On which day does it begin?",
                missing="Enter the day",
                noun="The day",
                future=True,
            )
        ),
        Stop(
            "too-late",
            "It is too late to give notice",
            Before("first_day", Ago(working_days=-LEAST_DAYS - 1)),
            guidance=(
                f"The law gives us {LEAST_DAYS} clear working days at the very least.",
                "Choose a later day, or hold it without alcohol and music instead. Nothing has been sent.",
            ),
            links=(Link("Temporary event notices", "https://www.gov.uk/temporary-events-notice"),),
        ),
        Page(
            "times",
            Time("begins", "At what time does it begin?", missing="Enter at what time it begins"),
            Number(
                "hours",
                "How many hours does it last?",
                hint="At most 168 hours, which are 7 days",
                missing="Enter how many hours it lasts",
                noun="The number of hours",
                least=1,
                most=MOST_HOURS,
            ),
            title="From when, and for how long?",
        ),
        ask(
            Number(
                "people",
                "How many people will be there at most?",
                hint="Count staff and performers too",
                missing="Enter how many people will be there at most",
                noun="The number of people",
                least=1,
                most=100_000,
            )
        ),
        Stop(
            "too-many",
            "It is too large for this notice",
            MoreThan("people", MOST_PEOPLE),
            guidance=(
                f"This notice is for up to {MOST_PEOPLE} people at any one time.",
                "Use ‘Licence to sell alcohol or late food’ instead. Nothing has been sent.",
            ),
        ),
        ask(
            LongText(
                "what", "What kind of event is it?", missing="Enter what kind of event it is", max_length=1000
            )
        ),
        ask(
            Radios(
                "drinking",
                "Where will alcohol be drunk?",
                choices=(
                    Choice("here", "There only"),
                    Choice("away", "Somewhere else only"),
                    Choice("both", "Both"),
                    Choice("none", "There is no alcohol"),
                ),
                missing="Select where alcohol will be drunk",
            )
        ),
        ask(
            YesNo(
                "personal",
                "Do you hold a personal licence?",
                missing="Select yes if you hold a personal licence",
            )
        ),
        your_address(),
        declaration("What I have told you is true. I know that it is a crime to say otherwise."),
        about_you(optional=False, phone_hint=WE_RING),
    ),
    prices=(Price("notice", "The fee, set by law", 2_100),),
    deliver=(To("licensing", service_code="TEN"),),
    promise=Promise(acknowledge=WorkingDays(1), resolve=WorkingDays(4)),
    keep_for=Years(2),
)
