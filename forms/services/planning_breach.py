"""Report a breach of planning rules: who reports it is kept in confidence, but must be known."""

from forms.kit import (
    Choice,
    Is,
    Kind,
    Link,
    LongText,
    MonthYear,
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
    ask,
)
from forms.kit.shared import about_you, photos, where_is_it

WHAT = (
    Choice("building", "Building work without permission"),
    Choice("not-as-agreed", "Building work that is not as agreed"),
    Choice("use", "Land or a building is used for something else", "Such as a business run from a home"),
    Choice("condition", "A condition is not kept", "Such as hours of work"),
    Choice("listed", "Work on a listed building"),
    Choice("tree", "A protected tree is cut or damaged"),
    Choice("advert", "A sign or an advert"),
    Choice("caravan", "A caravan or a mobile home that somebody lives in"),
    Choice("untidy", "Untidy land"),
    Choice("boundary", "A boundary, a party wall or a right to light"),
    Choice("other", "Something else"),
)
STAGE = (
    Choice("now", "It is going on now"),
    Choice("finished", "It is finished"),
    Choice("starting", "It is about to start"),
)

SERVICE = Service(
    slug="planning-breach",
    title="Report a breach of planning rules",
    lgsl=1158,
    kind=Kind.REPORT,
    topic=Topic.PLANNING,
    description="Building work or a use of land without the permission it needs",
    department="planning",
    start=Start(
        need=(
            "where it is",
            "what is being done, and since when",
            "your name: we keep it to ourselves, but cannot act on a report without one",
        ),
        minutes=6,
        next=(
            "We look whether it needs permission, and has it.",
            "An officer visits, and tells you what we decide.",
        ),
    ),
    pages=(
        ask(Radios("what", "What is happening?", choices=WHAT, missing="Select what is happening")),
        Stop(
            "boundary",
            "This is between you and your neighbour",
            Is("what", "boundary"),
            guidance=(
                "Planning rules do not cover boundaries, party walls or rights to light.",
                "Read the advice on GOV.UK, or ask a solicitor. Nothing has been sent.",
            ),
            links=(
                Link(
                    "Party walls and building work on GOV.UK", "https://www.gov.uk/party-walls-building-works"
                ),
            ),
        ),
        *where_is_it("Where is it?"),
        ask(Radios("stage", "How far has it got?", choices=STAGE, missing="Select how far it has got")),
        ask(MonthYear("since", "When did it start?", optional=True), when=OneOf("stage", "now", "finished")),
        ask(
            LongText(
                "details",
                "What is being done?",
                hint="For example, how big it is and what it is used for",
                missing="Enter what is being done",
            )
        ),
        ask(LongText("harm", "What harm does it do?", missing="Enter what harm it does")),
        ask(
            Text("who", "Who is doing it?", hint="The owner, builder or business, if you know", optional=True)
        ),
        ask(
            Text(
                "application",
                "What is the planning application’s number?",
                hint="If you know it",
                optional=True,
            )
        ),
        photos(optional=True),
        about_you(optional=False),
    ),
    urgent_when=OneOf("what", "listed", "tree") & OneOf("stage", "now", "starting"),
    deliver=(To("planning", service_code="PLANBREACH"),),
    promise=Promise(acknowledge=WorkingDays(3), resolve=WorkingDays(20)),
    duplicates=Nearby(metres=30, days=90),
    keep_for=Years(6),
)
