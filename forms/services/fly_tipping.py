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
    VehicleRegistration,
    WorkingDays,
    Years,
    YesNo,
    about_you,
    photos,
    where_is_it,
)

# The lists are those of the national fly-tipping return, behind plain words.
LAND = (
    Choice("highway", "Road, pavement or verge"),
    Choice("footpath", "Footpath or bridleway"),
    Choice("back-alley", "Back alley"),
    Choice("railway", "Railway"),
    Choice("council", "Council land", hint="Such as a park, a car park or a housing estate’s green"),
    Choice("agricultural", "Farmland"),
    Choice("private-residential", "Somebody’s home or garden"),
    Choice("commercial", "Shop, business or industrial land"),
    Choice("watercourse", "River, drain or ditch, or its bank"),
    Choice("other", "Something else, or I do not know"),
)
WASTE = (
    Choice("black-bags-household", "Black bags from a home"),
    Choice("black-bags-commercial", "Black bags from a business"),
    Choice("other-household", "Other things from a home", hint="Such as furniture, carpets or toys"),
    Choice("other-commercial", "Other things from a business", hint="Such as pallets or packaging"),
    Choice("white-goods", "Fridges, freezers, cookers or washing machines"),
    Choice("other-electrical", "Other electrical things", hint="Such as televisions or computers"),
    Choice(
        "construction", "Building, demolition or digging waste", hint="Such as rubble, soil or plasterboard"
    ),
    Choice("green", "Garden waste"),
    Choice("tyres", "Tyres"),
    Choice("vehicle-parts", "Vehicle parts"),
    Choice("animal-carcass", "Dead animal"),
    Choice("asbestos", "Asbestos", hint="Often grey corrugated sheets or old garage roofs"),
    Choice("clinical", "Medical waste", hint="Such as needles or dressings"),
    Choice("chemical", "Chemical drums, oil or fuel"),
    Choice("other", "Something else"),
)
SIZE = (
    Choice("single-black-bag", "One black bag"),
    Choice("single-item", "One item"),
    Choice("car-boot", "Would fit in a car boot"),
    Choice("small-van", "Would fill a small van"),
    Choice("transit-van", "Would fill a large van", hint="Such as a Transit"),
    Choice("tipper-lorry", "Would fill a tipper lorry"),
    Choice("multiple-loads", "More than one lorry load"),
)

SERVICE = Service(
    slug="fly-tipping",
    title="Report fly-tipping",
    lgsl=587,
    kind=Kind.REPORT,
    department="street-scene",
    page_note="Do not touch it: it may be dangerous, and it may be evidence.",
    start=Start(
        need=("where it is", "what was dumped, and roughly how much", "photos, if it is safe to take them"),
        minutes=5,
        next=(
            "We send an officer to look at it.",
            "We clear it, or tell you why we cannot.",
            "We tell you what we did.",
        ),
    ),
    pages=(
        *where_is_it("Where is the fly-tipping?"),
        Page(
            "land",
            Radios("land", "What kind of land is it on?", choices=LAND, missing="Select the kind of land"),
        ),
        Stop(
            "private-land",
            "Waste on private land",
            when=Is("land", "private-residential"),
            guidance=(
                "We cannot clear waste from somebody’s home or garden. Whoever owns the land must have it removed.",
                "If the waste was dumped by somebody else, tell the owner, and the police on 101 if you saw it happen.",
                "Nothing has been sent.",
            ),
        ),
        Page(
            "what",
            Checkboxes(
                "what",
                "What has been dumped?",
                choices=WASTE,
                hint="Select all that apply",
                missing="Select what was dumped",
            ),
        ),
        Page("size", Radios("size", "How much is there?", choices=SIZE, missing="Select how much there is")),
        Page(
            "blocking",
            YesNo("blocking", "Is it blocking the road?", missing="Select yes if it is blocking the road"),
        ),
        Page(
            "witnessed",
            YesNo("witnessed", "Did you see it happen?", missing="Select yes if you saw it happen"),
        ),
        Page(
            "when",
            Moment(
                "seen",
                "When did you see it?",
                hint="For example, 27 3 2026",
                missing="Enter the date you saw it",
                noun="The date you saw it",
                past=True,
            ),
            when=Is("witnessed", "yes"),
        ),
        Page(
            "who",
            LongText(
                "who",
                "Who did it?",
                hint="Describe the people: how many, and what they looked like",
                optional=True,
                noun="The description of the people",
            ),
            LongText(
                "vehicle",
                "What vehicle did they have?",
                hint="For example, its make, model and colour",
                optional=True,
                noun="The description of the vehicle",
            ),
            title="What you saw",
            when=Is("witnessed", "yes"),
        ),
        Page(
            "registration",
            VehicleRegistration("registration", "What was the vehicle’s registration?", optional=True),
            when=Is("witnessed", "yes"),
        ),
        Page(
            "statement",
            YesNo(
                "statement",
                "Would you make a statement as a witness?",
                missing="Select yes if you would make a statement",
                hint="An officer would call you. If you say yes, we need your name and how to reach you",
            ),
            when=Is("witnessed", "yes"),
        ),
        photos(optional=True),
        about_you(optional=True, required_when=Is("statement", "yes")),
    ),
    urgent_when=Includes("what", "asbestos", "clinical", "chemical")
    | Is("blocking", "yes")
    | OneOf("size", "tipper-lorry", "multiple-loads"),
    deliver=(To("street-scene", service_code="FLYTIP"),),
    promise=Promise(acknowledge=WorkingDays(1), resolve=WorkingDays(5)),
    duplicates=Nearby(metres=50, days=30),
    keep_for=Years(2),
)
