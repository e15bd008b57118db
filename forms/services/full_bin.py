"""Report a litter bin or a dog waste bin that is full, broken or gone."""

from forms.kit import (
    Checkboxes,
    Choice,
    Is,
    Kind,
    Nearby,
    Promise,
    Radios,
    Service,
    Start,
    Text,
    To,
    Topic,
    WorkingDays,
    Years,
    YesNo,
    ask,
)
from forms.kit.shared import about_you, photos, where_is_it

BIN = (
    Choice("litter", "Litter bin"),
    Choice("dog", "Dog waste bin"),
    Choice("recycling", "Recycling bin"),
    Choice("unknown", "I do not know"),
)
STATE = (
    Choice("full", "It is full"),
    Choice("overflowing", "It is full, and there is rubbish around it"),
    Choice("broken", "It is broken"),
    Choice("burnt", "It was set on fire"),
    Choice("gone", "It has gone"),
)

SERVICE = Service(
    slug="full-bin",
    title="Report a full or broken litter or dog bin",
    lgsl=581,
    kind=Kind.REPORT,
    topic=Topic.STREETS,
    description="A bin in a street or a park, not one that belongs to a home",
    also=("overflowing bin", "litter bin", "street bin", "dog waste bin"),
    department="street-scene",
    start=Start(
        need=("where the bin is", "its number, if it has one"),
        minutes=2,
        next=("We empty it, mend it or replace it.",),
    ),
    pages=(
        *where_is_it("Where is the bin?"),
        ask(Radios("bin", "What kind of bin is it?", choices=BIN, missing="Select the kind of bin")),
        ask(
            Checkboxes(
                "state", "What is wrong with it?", choices=STATE, missing="Select what is wrong with it"
            )
        ),
        ask(
            Text(
                "bin_number",
                "Does it have a number?",
                hint="Look for a sticker on the front",
                optional=True,
                max_length=30,
            )
        ),
        ask(
            YesNo(
                "harm",
                "Could it hurt somebody?",
                hint="For example, sharp edges, or needles in the rubbish",
                missing="Select yes if it could hurt somebody",
            )
        ),
        photos(optional=True),
        about_you(optional=True),
    ),
    urgent_when=Is("harm", "yes"),
    deliver=(To("street-scene", service_code="FULLBIN"),),
    promise=Promise(acknowledge=WorkingDays(1), resolve=WorkingDays(3)),
    duplicates=Nearby(metres=25, days=5),
    keep_for=Years(1),
)
