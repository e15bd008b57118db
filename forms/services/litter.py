"""Report litter, or a street that needs cleaning."""

from forms.kit import (
    Checkboxes,
    Choice,
    Includes,
    Is,
    Kind,
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

WHAT = (
    Choice("litter", "Litter"),
    Choice("glass", "Broken glass"),
    Choice("leaves", "Fallen leaves"),
    Choice("mud", "Mud or gravel"),
    Choice("weeds", "Weeds"),
    Choice("spill", "Spilt oil, paint or food"),
    Choice("mess", "Vomit, urine or human waste"),
    Choice("other", "Something else"),
)
LAND = (
    Choice("pavement", "Pavement or path"),
    Choice("road", "Road or gutter"),
    Choice("verge", "Verge or roundabout"),
    Choice("park", "Park, beach or playground"),
    Choice("car-park", "Council car park"),
    Choice("private", "Private land", "Such as a garden, a shop’s yard or a private car park"),
    Choice("unknown", "I do not know"),
)
SPREAD = (
    Choice("spot", "One spot"),
    Choice("part", "Part of the street"),
    Choice("all", "The whole street or more"),
)
CAUSE = (
    Choice("unknown", "I do not know"),
    Choice("collection", "It fell out on bin day"),
    Choice("food", "A shop or takeaway"),
    Choice("event", "An event or a market"),
    Choice("thrown", "Somebody threw it"),
    Choice("other", "Something else"),
)

SERVICE = Service(
    slug="litter",
    title="Report litter or a dirty street",
    lgsl=580,
    kind=Kind.REPORT,
    topic=Topic.STREETS,
    description="Litter, broken glass, leaves or mess on a street or in a park",
    also=("rubbish on the street", "street cleaning", "sweeping", "cans and bottles", "takeaway boxes"),
    department="street-scene",
    start=Start(
        need=("where it is", "what needs cleaning up"),
        minutes=3,
        next=("We send a crew to clean it.", "We tell you what was done."),
    ),
    pages=(
        *where_is_it("Where is the litter?"),
        ask(Radios("land", "What is it on?", choices=LAND, missing="Select what it is on")),
        Stop(
            "private-land",
            "Litter on private land",
            Is("land", "private"),
            guidance=(
                "We do not clean private land. Whoever owns the land must keep it clean.",
                "Tell the owner, the shop or the landlord instead. Nothing has been sent.",
            ),
        ),
        ask(
            Checkboxes(
                "what", "What needs cleaning up?", choices=WHAT, missing="Select what needs cleaning up"
            )
        ),
        ask(Radios("spread", "How much of it is there?", choices=SPREAD, missing="Select how much there is")),
        ask(Radios("cause", "Where did it come from?", choices=CAUSE, missing="Select where it came from")),
        ask(
            YesNo(
                "harm",
                "Could somebody slip on it or be hurt?",
                hint="For example, near a school or a crossing",
                missing="Select yes if somebody could be hurt",
            )
        ),
        photos(optional=True),
        about_you(optional=True),
    ),
    urgent_when=Is("harm", "yes") & Includes("what", "glass", "spill", "mess"),
    deliver=(To("street-scene", service_code="LITTER"),),
    promise=Promise(acknowledge=WorkingDays(1), resolve=WorkingDays(5)),
    duplicates=Nearby(metres=50, days=7),
    keep_for=Years(1),
)
