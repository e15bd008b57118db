"""Report fly-tipping. The one to copy when you add a service."""

from forms.kit import (
    Checkboxes,
    Choice,
    Includes,
    Is,
    Kind,
    LongText,
    Moment,
    Nearby,
    OneOf,
    Page,
    Promise,
    Radios,
    Service,
    Start,
    Stop,
    To,
    Topic,
    VehicleRegistration,
    WorkingDays,
    Years,
    YesNo,
    ask,
)
from forms.kit.shared import about_you, photos, where_is_it

# The lists are those of the national fly-tipping return, behind plain words.
LAND = (
    Choice("highway", "Road, pavement or verge"),
    Choice("footpath", "Footpath or bridleway"),
    Choice("back-alley", "Back alley"),
    Choice("railway", "Railway"),
    Choice("council", "Council land", "Such as a park, a car park or the green of an estate"),
    Choice("agricultural", "Farmland"),
    Choice("private-residential", "Somebody’s home or garden"),
    Choice("commercial", "Shop, business or industrial land"),
    Choice("watercourse", "River, drain or ditch, or its bank"),
    Choice("other", "Something else, or I do not know"),
)
WASTE = (
    Choice("black-bags-household", "Black bags from a home"),
    Choice("black-bags-commercial", "Black bags from a business"),
    Choice("other-household", "Other things from a home", "Such as furniture, carpets or toys"),
    Choice("other-commercial", "Other things from a business", "Such as pallets or packaging"),
    Choice("white-goods", "Fridges, freezers, cookers or washing machines"),
    Choice("other-electrical", "Other electrical things", "Such as televisions or computers"),
    Choice("construction", "Building, demolition or digging waste", "Such as rubble, soil or plasterboard"),
    Choice("green", "Garden waste"),
    Choice("tyres", "Tyres"),
    Choice("vehicle-parts", "Vehicle parts"),
    Choice("animal-carcass", "Dead animal"),
    Choice("asbestos", "Asbestos", "Often grey corrugated sheets or old garage roofs"),
    Choice("clinical", "Medical waste", "Such as needles or dressings"),
    Choice("chemical", "Chemical drums, oil or fuel"),
    Choice("other", "Something else"),
)
SIZE = (
    Choice("single-black-bag", "One black bag"),
    Choice("single-item", "One item"),
    Choice("car-boot", "Up to a car boot full"),
    Choice("small-van", "A small van full"),
    Choice("transit-van", "A large van full", "Such as a Transit"),
    Choice("tipper-lorry", "A tipper lorry full"),
    Choice("multiple-loads", "More than one lorry load, or a very large amount"),
)
SEEN = Is("witnessed", "yes")
PRIVATE = (
    "We cannot clear waste from somebody’s home or garden. Whoever owns the land must have it removed.",
    "If somebody else dumped it there, tell the owner. If you saw it happen, call the police on 101.",
)
CALL = "An officer would call you as a witness. If you say yes, we need your name and how to reach you"
STATEMENT = "Select yes if you would make a statement"

SERVICE = Service(
    slug="fly-tipping",
    title="Report fly-tipping",
    lgsl=587,
    kind=Kind.REPORT,
    topic=Topic.RUBBISH,
    description="Waste dumped on a road, a verge, a field or other land",
    also=("mattress", "sofa", "fridge", "tyres", "rubble", "black bags", "dumped rubbish", "flytipping"),
    department="street-scene",
    page_note="Do not touch it: it may be dangerous, and it may be evidence.",
    start=Start(
        need=("where it is", "what was dumped, and how much", "photos, if it is safe to take them"),
        minutes=5,
        next=(
            "We send somebody to look.",
            "We clear it, or say why we cannot.",
            "We tell you what was done.",
        ),
    ),
    pages=(
        *where_is_it("Where is the fly-tipping?"),
        ask(Radios("land", "What kind of land is it on?", choices=LAND, missing="Select the kind of land")),
        Stop("private-land", "Waste on private land", Is("land", "private-residential"), guidance=PRIVATE),
        ask(Checkboxes("what", "What was dumped?", choices=WASTE, missing="Select what was dumped")),
        ask(Radios("size", "How much is there?", choices=SIZE, missing="Select how much there is")),
        ask(YesNo("road", "Is it blocking the road?", missing="Select yes if it is blocking the road")),
        ask(YesNo("witnessed", "Did you see it happen?", missing="Select yes if you saw it happen")),
        ask(
            Moment("when", "When did you see it?", missing="Enter the date you saw it", past=True), when=SEEN
        ),
        Page(
            "who",
            LongText("who", "Who did it?", hint="How many people, and what they looked like", optional=True),
            LongText("vehicle", "What vehicle did they have?", hint="Make, model and colour", optional=True),
            title="What you saw",
            when=SEEN,
        ),
        ask(VehicleRegistration("registration", "What was its registration?", optional=True), when=SEEN),
        ask(YesNo("statement", "Would you make a statement?", hint=CALL, missing=STATEMENT), when=SEEN),
        photos(optional=True),
        about_you(optional=True, required_when=Is("statement", "yes")),
    ),
    urgent_when=Includes("what", "asbestos", "clinical", "chemical")
    | Is("road", "yes")
    | OneOf("size", "tipper-lorry", "multiple-loads"),
    deliver=(To("street-scene", service_code="FLYTIP"),),
    promise=Promise(acknowledge=WorkingDays(1), resolve=WorkingDays(5)),
    duplicates=Nearby(metres=50, days=30),
    keep_for=Years(2),
)
