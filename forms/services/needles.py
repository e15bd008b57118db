"""Report needles: always urgent. Somebody who was pricked is told first what to do."""

from forms.kit import (
    Choice,
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

LAND = (
    Choice("street", "Street, pavement or alley"),
    Choice("playground", "Playground or school"),
    Choice("park", "Elsewhere in a park, or on a beach"),
    Choice("toilet", "Public toilet"),
    Choice("car-park", "Car park"),
    Choice("stairs", "Shared stairs or hall of flats"),
    Choice("private", "Private land", "Such as your garden or a shop’s yard"),
)
COUNT = (
    Choice("one", "1"),
    Choice("few", "2 to 10"),
    Choice("many", "More than 10"),
)

SERVICE = Service(
    slug="needles",
    title="Report needles or drug litter",
    lgsl=428,
    kind=Kind.REPORT,
    topic=Topic.STREETS,
    description="Needles, syringes or drug litter in a public place",
    department="street-scene",
    page_note="Do not touch needles, and keep children and pets away.",
    start=Start(
        need=("where they are", "about how many there are"),
        minutes=2,
        next=("We send somebody to take them away as soon as we can.",),
    ),
    pages=(
        ask(YesNo("hurt", "Has somebody been pricked?", missing="Select yes if somebody has been pricked")),
        Stop(
            "get-help",
            "Get medical help now",
            Is("hurt", "yes"),
            guidance=(
                "Let the wound bleed, and hold it under running water. Wash it with soap. Do not suck it.",
                "Call 111 now, or go to an emergency department. Do not wait.",
                "When help is on its way, come back and tell us where the needles are.",
            ),
            links=(Link("Get help from NHS 111", "https://111.nhs.uk/"),),
        ),
        *where_is_it("Where are the needles?"),
        ask(Radios("land", "What kind of place is it?", choices=LAND, missing="Select the kind of place")),
        Stop(
            "private-land",
            "Needles on private land",
            Is("land", "private"),
            guidance=(
                "Whoever owns the land must have them taken away.",
                "Do not do it by hand. Ring us: we can say who will do it safely.",
            ),
        ),
        ask(
            Radios(
                "how_many",
                "About how many are there?",
                choices=COUNT,
                missing="Select about how many there are",
            )
        ),
        photos(optional=True),
        about_you(optional=True),
    ),
    urgent_when=OneOf("how_many", "one", "few", "many"),
    deliver=(To("street-scene", service_code="NEEDLES"),),
    promise=Promise(acknowledge=WorkingDays(0), resolve=WorkingDays(1)),
    duplicates=Nearby(metres=25, days=2),
    keep_for=Years(1),
)
