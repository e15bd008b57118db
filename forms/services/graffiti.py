"""Report graffiti: offensive words and pictures are urgent, wherever they are."""

from forms.kit import (
    Choice,
    Is,
    Kind,
    LongText,
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
from forms.kit.shared import about_you, photos, seen_it_happen, where_is_it

WALL = (
    Choice("council", "The council’s", "Such as a park, a public toilet or a council car park"),
    Choice("street", "A sign, a bench, a post or a bus shelter"),
    Choice("bridge", "A bridge or an underpass"),
    Choice("company", "A box or pole of a phone, power or rail company"),
    Choice("business", "A shop’s or a business’s"),
    Choice("home", "Somebody’s home"),
    Choice("unknown", "I do not know"),
)
OFFENSIVE = (
    Choice("no", "No"),
    Choice("hate", "Yes, it is about race, faith, sexuality, gender or disability"),
    Choice("threat", "Yes, it threatens or names somebody"),
    Choice("rude", "Yes, it is rude or sexual"),
)
MATERIAL = (
    Choice("brick", "Brick or stone"),
    Choice("paint", "Painted wall or wood"),
    Choice("metal", "Metal"),
    Choice("glass", "Glass or plastic"),
    Choice("ground", "Pavement or road"),
    Choice("unknown", "I do not know"),
)
SIZE = (
    Choice("small", "Smaller than a sheet of newspaper"),
    Choice("medium", "About the size of a door"),
    Choice("large", "Larger than a door"),
)
PRIVATE = OneOf("wall", "business", "home", "company")
INOFFENSIVE = Is("offensive", "no")

SERVICE = Service(
    slug="graffiti",
    title="Report graffiti",
    lgsl=584,
    kind=Kind.REPORT,
    topic=Topic.STREETS,
    description="Words or pictures painted or scratched on a wall, a sign or a bench",
    also=("spray paint", "tagging"),
    department="street-scene",
    start=Start(
        need=("where it is", "whose wall it is, if you know", "a photo, if you can take one"),
        minutes=4,
        next=(
            "We clean it off, or ask the owner to do so.",
            "We deal with offensive graffiti first.",
            "We tell you what was done.",
        ),
    ),
    pages=(
        *where_is_it("Where is the graffiti?"),
        ask(
            Radios(
                "offensive", "Is it offensive?", choices=OFFENSIVE, missing="Select whether it is offensive"
            )
        ),
        ask(
            Radios("wall", "Whose property is it on?", choices=WALL, missing="Select whose property it is on")
        ),
        Stop(
            "not-ours",
            "The owner must clean it off",
            PRIVATE & INOFFENSIVE,
            guidance=(
                "We only clean private property when the graffiti is offensive.",
                "Whoever owns it must clean it off. If it is not yours, tell the owner.",
                "It is a crime. If you saw it happen, call the police on 101. Nothing has been sent.",
            ),
        ),
        ask(
            YesNo("owner", "Is it yours, or do you act for the owner?", missing="Select yes if it is yours"),
            when=PRIVATE,
        ),
        ask(
            LongText(
                "words",
                "What does it say or show?",
                hint="You need not repeat offensive words. Initials will do",
                optional=True,
                max_length=500,
                rows=3,
            )
        ),
        ask(
            Radios(
                "material", "What surface is it on?", choices=MATERIAL, missing="Select what surface it is on"
            )
        ),
        ask(Radios("size", "How big is it?", choices=SIZE, missing="Select how big it is")),
        ask(
            YesNo(
                "reach",
                "Can somebody reach it from the ground?",
                missing="Select yes if somebody can reach it from the ground",
            )
        ),
        *seen_it_happen(),
        photos(optional=True),
        about_you(optional=True, required_when=Is("statement", "yes")),
    ),
    urgent_when=OneOf("offensive", "hate", "threat", "rude"),
    deliver=(To("street-scene", service_code="GRAFFITI"),),
    promise=Promise(acknowledge=WorkingDays(1), resolve=WorkingDays(10)),
    duplicates=Nearby(metres=20, days=30),
    keep_for=Years(2),
)
