"""Report a blocked drain or flooding: the county's duty; passed on where the council has agreed to do so."""

from forms.kit import (
    Choice,
    Duty,
    Is,
    Kind,
    Link,
    Nearby,
    OneOf,
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

WHAT = (
    Choice("gully", "A drain at the edge of a road is blocked"),
    Choice("road", "A road or a pavement is flooded"),
    Choice("cover", "A drain cover is broken or has gone"),
    Choice("ditch", "A ditch or a stream is full or blocked"),
    Choice("river", "A river or the sea is flooding"),
    Choice("sewer", "A sewer smells, or water comes up from it"),
    Choice("burst", "A water pipe has burst"),
)
COMPANY = (
    "Water companies look after sewers and water pipes.",
    "Ring Anglian Water, or the company on your water bill. Nothing has been sent.",
)
FLOODLINE = (
    "The Environment Agency warns of floods from rivers and the sea, and deals with them.",
    "Ring Floodline on 0345 988 1188. It is open all day and all night. If you are in danger, call 999.",
)

SERVICE = Service(
    slug="blocked-drain",
    title="Report a blocked drain or a flooded road",
    lgsl=555,
    kind=Kind.REPORT,
    topic=Topic.STREETS,
    description="A drain in a road that is blocked, or water that does not run away",
    also=("gully", "flooding", "puddle"),
    department="county",
    duty=Duty(
        "Lincolnshire County Council",
        why="The county council looks after the drains in roads.",
        address="https://www.lincolnshire.gov.uk/",
    ),
    page_note="Do not walk or drive through flood water, and do not lift drain covers.",
    start=Start(
        need=("where it is",),
        minutes=3,
        next=("We pass it on to the county council.", "They look at it, and clear the drain."),
    ),
    pages=(
        ask(Radios("what", "What is the problem?", choices=WHAT, missing="Select what the problem is")),
        Stop("water-company", "Tell the water company", OneOf("what", "sewer", "burst"), guidance=COMPANY),
        Stop(
            "floodline",
            "Ring Floodline",
            Is("what", "river"),
            guidance=FLOODLINE,
            links=(Link("Check for flooding on GOV.UK", "https://www.gov.uk/check-flooding"),),
        ),
        *where_is_it("Where is it?"),
        ask(
            YesNo(
                "home",
                "Is water going into a home or a business?",
                missing="Select yes if water is going into a home or a business",
            )
        ),
        ask(
            YesNo(
                "danger",
                "Could somebody be hurt?",
                hint="For example, because the road is under water or a cover has gone",
                missing="Select yes if somebody could be hurt",
            )
        ),
        ask(
            Radios(
                "how_often",
                "Has it happened before?",
                choices=(
                    Choice("first", "No, this is the first time"),
                    Choice("sometimes", "Yes, a few times"),
                    Choice("always", "Yes, whenever it rains hard"),
                    Choice("unknown", "I do not know"),
                ),
                missing="Select whether it has happened before",
            )
        ),
        photos(optional=True),
        about_you(optional=True),
    ),
    urgent_when=Is("home", "yes") | Is("danger", "yes") | Is("what", "cover"),
    deliver=(To("county", service_code="DRAIN"),),
    promise=Promise(acknowledge=WorkingDays(1), resolve=WorkingDays(15)),
    duplicates=Nearby(metres=30, days=7),
    keep_for=Years(2),
)
