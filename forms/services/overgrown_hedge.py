"""Report a hedge, tree or verge that is in the way: the county's duty on roads and paths."""

from forms.kit import (
    Checkboxes,
    Choice,
    Duty,
    Includes,
    Is,
    Kind,
    Link,
    Nearby,
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
from forms.kit.shared import about_you, photos, where_is_it

WHAT = (
    Choice("hedge", "Hedge or bush"),
    Choice("branches", "Branches of a tree"),
    Choice("fallen", "Fallen tree"),
    Choice("grass", "Long grass or weeds"),
    Choice("neighbour", "A neighbour’s hedge that takes my light"),
)
BLOCKS = (
    Choice("pavement", "A pavement or a path"),
    Choice("road", "A road or a cycle lane"),
    Choice("view", "The view at a bend or a junction"),
    Choice("sign", "A sign or a light"),
    Choice("wires", "It touches wires"),
)

SERVICE = Service(
    slug="overgrown-hedge",
    title="Report a hedge or tree that is in the way",
    lgsl=505,
    kind=Kind.REPORT,
    topic=Topic.STREETS,
    description="A hedge, a tree or long grass that blocks a road, a path or a sign",
    department="county",
    duty=Duty(
        "Lincolnshire County Council",
        why="The county council keeps roads and paths clear of hedges, trees and grass.",
        address="https://www.lincolnshire.gov.uk/",
    ),
    start=Start(
        need=("where it is", "who owns it, if you know"),
        minutes=3,
        next=(
            "We pass it on to the county council.",
            "They cut it, or ask its owner to. Hedges with nests have to wait until the autumn.",
        ),
    ),
    pages=(
        ask(Radios("what", "What is in the way?", choices=WHAT, missing="Select what is in the way")),
        Stop(
            "high-hedge",
            "A neighbour’s high hedge",
            Is("what", "neighbour"),
            guidance=(
                "Speak to your neighbour first. You may cut what hangs over your garden.",
                "If that does not help, read on GOV.UK how to complain about a high hedge.",
            ),
            links=(
                Link(
                    "High hedges, trees and boundaries on GOV.UK",
                    "https://www.gov.uk/how-to-resolve-neighbour-disputes/high-hedges-trees-and-boundaries",
                ),
            ),
        ),
        *where_is_it("Where is it?"),
        ask(Checkboxes("blocks", "What does it block?", choices=BLOCKS, missing="Select what it blocks")),
        ask(
            YesNo(
                "danger",
                "Could it cause an accident now?",
                missing="Select yes if it could cause an accident now",
            )
        ),
        ask(Text("owner", "Whose is it?", hint="A name or an address, if you know", optional=True)),
        photos(optional=True),
        about_you(optional=True),
    ),
    urgent_when=Is("danger", "yes") | Includes("blocks", "wires"),
    deliver=(To("county", service_code="HEDGE"),),
    promise=Promise(acknowledge=WorkingDays(1), resolve=WorkingDays(20)),
    duplicates=Nearby(metres=30, days=60),
    keep_for=Years(1),
)
