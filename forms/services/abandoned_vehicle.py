"""Report an abandoned vehicle: what is dangerous goes to 999 or 101, what is only untaxed to the DVLA."""

from forms.kit import (
    Checkboxes,
    Choice,
    Includes,
    Is,
    Kind,
    Link,
    Nearby,
    OneOf,
    Page,
    Promise,
    Radios,
    Service,
    Start,
    Stop,
    Text,
    Ticked,
    To,
    Topic,
    VehicleRegistration,
    WorkingDays,
    Years,
    YesNo,
    ask,
)
from forms.kit.shared import about_you, photos, where_is_it

NOW = (
    Choice("neither", "Neither of these"),
    Choice("fire", "It is on fire"),
    Choice(
        "obstructing", "It is in the way", "It blocks a road, a pavement or a drive, or could cause a crash"
    ),
)
LAND = (
    Choice("road", "Road, pavement or verge"),
    Choice("car-park", "Public car park"),
    Choice("council", "Other council land", "Such as a park, or the garages of an estate"),
    Choice("private", "Private land", "Such as a drive, a yard, a field or a private car park"),
    Choice("unknown", "I do not know"),
)
KIND = (
    Choice("car", "Car"),
    Choice("van", "Van or pick-up"),
    Choice("motorcycle", "Motorcycle, moped or quad bike"),
    Choice("lorry", "Lorry, bus or tractor"),
    Choice("motorhome", "Motorhome or camper van"),
    Choice("caravan", "Caravan"),
    Choice("trailer", "Trailer"),
    Choice("boat", "Boat that is on land"),
    Choice("other", "Something else"),
)
TAX = (
    Choice("taxed-mot", "Taxed, with an MOT"),
    Choice("taxed", "Taxed, but the MOT has run out"),
    Choice("untaxed", "Not taxed"),
    Choice("sorn", "SORN", "The keeper has told the DVLA that it is off the road"),
    Choice("unknown", "I could not check"),
)
SIGNS = (
    Choice("stationary", "It has not moved for a long time"),
    Choice("tyres", "Tyres are flat, or wheels are missing"),
    Choice("windows", "Windows are broken"),
    Choice("burnt-out", "It is burnt out"),
    Choice("plates", "Number plates are missing"),
    Choice("waste", "It is full of waste"),
    Choice("weeds", "Weeds grow around it, or it is mouldy"),
    Choice("doors", "Doors or windows are open"),
    Choice("keeper", "Nobody nearby knows whose it is"),
    Choice("none", "None of these"),
)
LONG = (
    Choice("under-week", "Less than a week"),
    Choice("weeks", "1 to 4 weeks"),
    Choice("months", "1 to 3 months"),
    Choice("longer", "More than 3 months"),
    Choice("unknown", "I do not know"),
)
HAZARDS = (
    Choice("leaking", "Fuel, oil or something else is leaking"),
    Choice("burnt", "Burnt or sharp parts can be touched"),
    Choice("keys", "The keys are in it"),
    Choice("none", "None of these"),
)
UNTAXED = OneOf("taxed", "untaxed", "sorn")
BURNT = Includes("signs", "burnt-out")
NO_SIGNS = Includes("signs", "none")
ENOUGH = Ticked("signs", 2) | (UNTAXED & ~NO_SIGNS) | BURNT
ON_THE_ROAD = OneOf("kind", "car", "van", "motorcycle", "lorry", "motorhome", "other")
CHECK_TAX = "You can check with the registration on GOV.UK. Search for ‘check if a vehicle is taxed’"
DVLA = Link("Report an untaxed vehicle on GOV.UK", "https://www.gov.uk/report-untaxed-vehicle")

SERVICE = Service(
    slug="abandoned-vehicle",
    title="Report an abandoned vehicle",
    lgsl=372,
    kind=Kind.REPORT,
    topic=Topic.STREETS,
    description="A car, van, motorcycle, caravan or boat that somebody has left for good",
    also=("dumped car", "old car", "scrap car", "burnt out car", "untaxed car"),
    department="street-scene",
    start=Start(
        need=("where it is", "its registration, make and colour", "whether it is taxed, if you can check"),
        minutes=6,
        next=(
            "We check who keeps it, and send somebody to look.",
            "If it is abandoned, we give notice and take it away.",
            "We tell you what was done.",
        ),
    ),
    pages=(
        ask(Radios("now", "Is it dangerous now?", choices=NOW, missing="Select whether it is dangerous now")),
        Stop(
            "on-fire",
            "Call 999 now",
            Is("now", "fire"),
            guidance=("Keep away from the vehicle. Call 999 and ask for the fire service.",),
        ),
        Stop(
            "in-the-way",
            "Call the police on 101",
            Is("now", "obstructing"),
            guidance=(
                "The police can move a vehicle that blocks the way. We cannot do that quickly.",
                "Call the police on 101. If somebody is in danger, call 999 instead.",
            ),
            links=(Link("Contact the police", "https://www.police.uk/pu/contact-us/"),),
        ),
        *where_is_it("Where is the vehicle?"),
        ask(Radios("land", "What kind of land is it on?", choices=LAND, missing="Select the kind of land")),
        ask(
            YesNo(
                "permission",
                "Does the landowner agree that we may come and take it?",
                hint="Select yes if it is your own land and you agree",
                missing="Select yes if the landowner agrees",
            ),
            when=Is("land", "private"),
        ),
        Stop(
            "ask-the-landowner",
            "The landowner must agree first",
            Is("permission", "no"),
            guidance=(
                "We cannot come onto private land for a vehicle unless the owner of the land agrees.",
                "Ask the owner of the land to report it, or come back when they have agreed.",
            ),
        ),
        ask(
            Radios("kind", "What kind of vehicle is it?", choices=KIND, missing="Select the kind of vehicle")
        ),
        ask(VehicleRegistration("registration", "What is its registration?", optional=True)),
        Page(
            "vehicle",
            Text("make", "Make", hint="For example, Ford", optional=True, max_length=50),
            Text("model", "Model", hint="For example, Fiesta", optional=True, max_length=50),
            Text("colour", "Colour", missing="Enter the colour of the vehicle", max_length=50),
            title="What does it look like?",
        ),
        ask(
            Radios(
                "taxed", "Is it taxed?", choices=TAX, hint=CHECK_TAX, missing="Select whether it is taxed"
            ),
            when=ON_THE_ROAD,
        ),
        ask(
            Checkboxes(
                "signs",
                "What makes you think that it is abandoned?",
                choices=SIGNS,
                exclusive="none",
                missing="Select what makes you think that it is abandoned",
            )
        ),
        Stop(
            "has-a-keeper",
            "It is probably not abandoned",
            Is("taxed", "taxed-mot") & ~BURNT,
            guidance=(
                "A vehicle with tax and an MOT has a keeper, so we cannot treat it as abandoned.",
                "Anybody may park on a public road where there are no limits, even for a long time.",
                "If you think that it was stolen, call the police on 101 with its registration.",
            ),
        ),
        Stop(
            "only-untaxed",
            "Tell the DVLA",
            UNTAXED & NO_SIGNS,
            guidance=(
                "A vehicle is not abandoned only because it is untaxed or SORN.",
                "Tell the DVLA instead. They can clamp it or take it away.",
            ),
            links=(DVLA,),
        ),
        Stop(
            "too-few-signs",
            "It may not be abandoned",
            ~ENOUGH,
            guidance=(
                "We need two or more signs before we can treat a vehicle as abandoned.",
                "Ask your neighbours whose it is. Come back if it is still there and there are more signs.",
            ),
        ),
        ask(
            Radios(
                "how_long",
                "How long has it been there?",
                choices=LONG,
                missing="Select how long it has been there",
            )
        ),
        ask(
            Checkboxes(
                "hazards",
                "Is anything about it dangerous?",
                choices=HAZARDS,
                exclusive="none",
                missing="Select what is dangerous about it, or ‘None of these’",
            )
        ),
        photos(optional=True),
        about_you(optional=True),
    ),
    urgent_when=Includes("hazards", "leaking", "burnt", "keys"),
    deliver=(To("street-scene", service_code="ABANVEH"),),
    promise=Promise(acknowledge=WorkingDays(1), resolve=WorkingDays(15)),
    duplicates=Nearby(metres=30, days=60),
    keep_for=Years(2),
)
