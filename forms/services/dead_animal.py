"""Report a dead animal on a street or on public land."""

from forms.kit import (
    Choice,
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
    To,
    Topic,
    WorkingDays,
    Years,
    YesNo,
    ask,
)
from forms.kit.shared import about_you, photos, where_is_it

ANIMAL = (
    Choice("cat", "Cat"),
    Choice("dog", "Dog"),
    Choice("fox", "Fox"),
    Choice("badger", "Badger"),
    Choice("deer", "Deer"),
    Choice("small", "Rabbit, hedgehog, squirrel or rat"),
    Choice("bird", "Bird"),
    Choice("farm", "Sheep, cow, pig or horse"),
    Choice("other", "Something else, or I do not know"),
)
LAND = (
    Choice("road", "Road"),
    Choice("pavement", "Pavement or path"),
    Choice("verge", "Verge or grass"),
    Choice("park", "Park, beach or playground"),
    Choice("water", "River, drain or ditch"),
    Choice("private", "Private land", "Such as a garden or a farmer’s field"),
)
PET = OneOf("animal", "cat", "dog")

SERVICE = Service(
    slug="dead-animal",
    title="Report a dead animal",
    lgsl=576,
    kind=Kind.REPORT,
    topic=Topic.ANIMALS,
    description="A dead pet or wild animal on a street, in a park or on other public land",
    also=("cat", "fox", "badger", "deer", "bird", "roadkill", "run over"),
    department="street-scene",
    page_note="Do not touch it: it may carry disease.",
    start=Start(
        need=("where it is", "what animal it is"),
        minutes=3,
        next=(
            "We take it away.",
            "If it is a pet, we look for a chip or a collar, and try to tell the owner.",
        ),
    ),
    pages=(
        *where_is_it("Where is the animal?"),
        ask(Radios("land", "What is it on?", choices=LAND, missing="Select what it is on")),
        Stop(
            "private-land",
            "A dead animal on private land",
            Is("land", "private"),
            guidance=(
                "Whoever owns the land must have it taken away.",
                "A pet may be buried in its owner’s garden. A vet can also take it, for a charge.",
                "If it is not your land, tell the owner. Nothing has been sent.",
            ),
        ),
        ask(Radios("animal", "What animal is it?", choices=ANIMAL, missing="Select what animal it is")),
        ask(
            YesNo(
                "several_birds",
                "Is there more than one bird?",
                missing="Select yes if there is more than one",
            ),
            when=Is("animal", "bird"),
        ),
        Stop(
            "bird-flu",
            "Tell Defra about the birds",
            Is("several_birds", "yes"),
            guidance=(
                "Several dead birds in one place may have bird flu. Do not touch or move them.",
                "Tell Defra, the government’s department for farming, on GOV.UK. They say what to do next.",
            ),
            links=(
                Link(
                    "Report dead wild birds on GOV.UK", "https://www.gov.uk/guidance/report-dead-wild-birds"
                ),
            ),
        ),
        Page(
            "pet",
            Radios(
                "collar",
                "Does it have a collar or a tag?",
                choices=(Choice("yes", "Yes"), Choice("no", "No"), Choice("unknown", "I cannot see")),
                missing="Select whether it has a collar or a tag",
            ),
            Text(
                "looks",
                "What does it look like?",
                hint="For example, small and black with a white chest",
                optional=True,
            ),
            title="About the pet",
            when=PET,
        ),
        ask(
            YesNo(
                "danger",
                "Could it cause an accident?",
                hint="For example, because drivers must steer round it",
                missing="Select yes if it could cause an accident",
            )
        ),
        photos(optional=True),
        about_you(optional=True),
    ),
    urgent_when=Is("danger", "yes") | Is("animal", "farm"),
    deliver=(To("street-scene", service_code="DEADANIMAL"),),
    promise=Promise(acknowledge=WorkingDays(1), resolve=WorkingDays(2)),
    duplicates=Nearby(metres=50, days=5),
    keep_for=Years(1),
)
