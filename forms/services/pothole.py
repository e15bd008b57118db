"""Report a pothole: the county's duty; passed on where the council has agreed to do so."""

from forms.kit import (
    Choice,
    Duty,
    Is,
    Kind,
    Link,
    LongText,
    Nearby,
    Promise,
    Radios,
    Service,
    Start,
    Stop,
    To,
    Topic,
    WorkingDays,
    Years,
    YesNo,
    ask,
)
from forms.kit.shared import about_you, photos, where_is_it

WHERE = (
    Choice("road", "Road"),
    Choice("cycle", "Cycle lane or track"),
    Choice("pavement", "Pavement or path"),
    Choice("crossing", "Pedestrian crossing"),
    Choice("trunk", "Motorway or trunk road", "Such as the A1"),
    Choice("private", "Private road or car park"),
)
SIZE = (
    Choice("plate", "About as wide as a dinner plate"),
    Choice("lid", "About as wide as a dustbin lid"),
    Choice("wider", "Wider than that"),
)
DEPTH = (
    Choice("shallow", "Less than 4 cm", "About the height of a golf ball"),
    Choice("deep", "4 to 10 cm"),
    Choice("deeper", "More than 10 cm", "Deeper than a brick is wide"),
    Choice("unknown", "I do not know"),
)

SERVICE = Service(
    slug="pothole",
    title="Report a pothole",
    lgsl=557,
    kind=Kind.REPORT,
    topic=Topic.STREETS,
    description="A hole in a road, a cycle lane or a pavement",
    also=("pot hole", "road surface", "damaged road", "uneven pavement"),
    department="county",
    duty=Duty(
        "Lincolnshire County Council",
        why="The county council looks after roads and pavements, so it mends potholes.",
        address="https://www.lincolnshire.gov.uk/",
    ),
    page_note="Do not step into the road to measure it or to take a photo.",
    start=Start(
        need=("where it is", "about how wide and deep it is"),
        minutes=3,
        next=("We pass it on to the county council.", "They look at it, and decide when to mend it."),
    ),
    pages=(
        *where_is_it("Where is the pothole?"),
        ask(Radios("surface", "What is it in?", choices=WHERE, missing="Select what it is in")),
        Stop(
            "trunk-road",
            "Tell National Highways",
            Is("surface", "trunk"),
            guidance=(
                "National Highways looks after motorways and trunk roads.",
                "Tell them instead, on their website or by phone. Nothing has been sent.",
            ),
            links=(Link("Report it to National Highways", "https://nationalhighways.co.uk/"),),
        ),
        Stop(
            "private-road",
            "A private road",
            Is("surface", "private"),
            guidance=("Whoever owns a private road must mend it. Tell the owner. Nothing has been sent.",),
        ),
        ask(Radios("width", "How wide is it?", choices=SIZE, missing="Select how wide it is")),
        ask(Radios("depth", "How deep is it?", choices=DEPTH, missing="Select how deep it is")),
        ask(
            YesNo(
                "harm",
                "Has it caused an accident or damage?",
                missing="Select yes if it has caused an accident or damage",
            )
        ),
        ask(
            LongText(
                "what_happened",
                "What happened?",
                missing="Enter what happened",
                max_length=1000,
                sensitive=True,
            ),
            when=Is("harm", "yes"),
        ),
        photos(optional=True),
        about_you(optional=True),
    ),
    urgent_when=Is("harm", "yes") | Is("depth", "deeper"),
    deliver=(To("county", service_code="POTHOLE"),),
    promise=Promise(acknowledge=WorkingDays(1), resolve=WorkingDays(20)),
    duplicates=Nearby(metres=15, days=30),
    keep_for=Years(1),
)
