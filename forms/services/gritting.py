"""Report ice, snow or an empty grit bin: the county's duty; passed on where the council has agreed to do so."""

from forms.kit import (
    Choice,
    Duty,
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
    Text,
    To,
    Topic,
    WorkingDays,
    Years,
    YesNo,
    ask,
)
from forms.kit.shared import about_you, where_is_it

WHAT = (
    Choice("ice", "Ice or snow on a road"),
    Choice("pavement", "Ice or snow on a pavement"),
    Choice("bin-empty", "A grit bin is empty"),
    Choice("bin-broken", "A grit bin is broken or has gone"),
    Choice("bin-new", "I would like a new grit bin"),
)
BIN = OneOf("what", "bin-empty", "bin-broken")
ICE = OneOf("what", "ice", "pavement")

SERVICE = Service(
    slug="gritting",
    title="Report ice or an empty grit bin",
    lgsl=561,
    kind=Kind.REPORT,
    topic=Topic.STREETS,
    description="Ice or snow on a road or a pavement, or a grit bin to fill",
    department="county",
    duty=Duty(
        "Lincolnshire County Council",
        why="The county council grits the roads and fills grit bins.",
        address="https://www.lincolnshire.gov.uk/",
    ),
    start=Start(
        need=("where it is",),
        minutes=2,
        next=(
            "We pass it on to the county council.",
            "They grit main roads first, so smaller roads may have to wait.",
        ),
    ),
    pages=(
        ask(
            Radios(
                "what", "What do you want to report?", choices=WHAT, missing="Select what you want to report"
            )
        ),
        ask(
            YesNo(
                "accident",
                "Has it just caused an accident?",
                missing="Select yes if it has just caused an accident",
            ),
            when=ICE,
        ),
        Stop(
            "call-999",
            "Call the police",
            Is("accident", "yes"),
            guidance=(
                "If somebody is hurt or in danger, call 999.",
                "If nobody is hurt and the road is blocked, call the police on 101.",
            ),
        ),
        *where_is_it("Where is it?"),
        ask(
            Text("bin_number", "What number is on the grit bin?", optional=True, max_length=20),
            when=BIN,
        ),
        ask(
            YesNo(
                "steep",
                "Is it on a hill, a bend or near a school?",
                missing="Select yes if it is on a hill, a bend or near a school",
            )
        ),
        ask(LongText("details", "Tell us more", optional=True, max_length=500, rows=3)),
        about_you(optional=True),
    ),
    urgent_when=ICE & Is("steep", "yes"),
    deliver=(To("county", service_code="GRITTING"),),
    promise=Promise(acknowledge=WorkingDays(1), resolve=WorkingDays(5)),
    duplicates=Nearby(metres=100, days=2),
    keep_for=Years(1),
)
