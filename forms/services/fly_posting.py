"""Report fly-posting: posters, stickers and boards put up without leave."""

from forms.kit import (
    Choice,
    Is,
    Kind,
    Nearby,
    Number,
    Promise,
    Radios,
    Service,
    Start,
    Stop,
    Text,
    To,
    Topic,
    WorkingDays,
    Years,
    YesNo,
    ask,
)
from forms.kit.shared import about_you, photos, seen_it_happen, where_is_it

WHERE = (
    Choice("street", "A lamp post, a sign or a railing"),
    Choice("council", "A council building or a park"),
    Choice("shelter", "A bus shelter"),
    Choice("company", "A box or pole of a phone, power or rail company"),
    Choice("tree", "A tree or a hedge"),
    Choice("private", "Somebody’s home, shop or fence"),
    Choice("verge", "It stands on a verge or a roundabout"),
)
ABOUT = (
    Choice("business", "A business or a sale"),
    Choice("event", "An event, such as a concert or a circus"),
    Choice("charity", "A charity or a church"),
    Choice("political", "Politics or an election"),
    Choice("lost", "A lost pet or person"),
    Choice("other", "Something else"),
)
OFFENSIVE = YesNo(
    "offensive",
    "Is it offensive?",
    hint="For example, about somebody’s race, faith, sexuality or disability",
    missing="Select yes if it is offensive",
)
PRIVATE = Is("on", "private") & Is("offensive", "no")

SERVICE = Service(
    slug="fly-posting",
    title="Report fly-posting",
    lgsl=588,
    kind=Kind.REPORT,
    topic=Topic.STREETS,
    description="Posters, stickers or boards put up where they should not be",
    department="street-scene",
    start=Start(
        need=("where it is", "what it is about"),
        minutes=3,
        next=("We take it down, or ask the owner to do so.", "We may fine whoever put it up."),
    ),
    pages=(
        *where_is_it("Where is the poster?"),
        ask(Radios("on", "What is it on?", choices=WHERE, missing="Select what it is on")),
        ask(OFFENSIVE),
        Stop(
            "private",
            "The owner must take it down",
            PRIVATE,
            guidance=(
                "We only take down posters on private property when they are offensive.",
                "If it is yours, you may take it down. If not, tell the owner. Nothing has been sent.",
            ),
        ),
        ask(Radios("about", "What is it about?", choices=ABOUT, missing="Select what it is about")),
        ask(
            Text(
                "says",
                "Whose name, address or phone number is on it?",
                hint="It tells us who put it up",
                optional=True,
            )
        ),
        ask(
            Number(
                "how_many",
                "About how many are there?",
                noun="The number",
                missing="Enter about how many there are",
                least=1,
                most=1000,
            )
        ),
        *seen_it_happen(),
        photos(optional=True),
        about_you(optional=True, required_when=Is("statement", "yes")),
    ),
    urgent_when=Is("offensive", "yes"),
    deliver=(To("street-scene", service_code="FLYPOST"),),
    promise=Promise(acknowledge=WorkingDays(1), resolve=WorkingDays(10)),
    duplicates=Nearby(metres=50, days=14),
    keep_for=Years(2),
)
