"""What tests of forms stand on: a gazetteer of three places and two addresses, and a moment."""

from datetime import UTC, datetime

import pytest

from forms.kit.questions import KnownAddress, NotFound
from selfservice.domain.places import Place, Precision

BOSTON = Place(
    532650, 344120, Precision.POSTCODE, "PE21 6RY", "Near PE21 6RY, Boston", "boston", postcode="PE21 6RY"
)
SPALDING = Place(
    524800,
    322600,
    Precision.POSTCODE,
    "PE11 1AA",
    "Near PE11 1AA, Spalding",
    "south-holland",
    postcode="PE11 1AA",
)
SLEAFORD = Place(
    506800,
    345900,
    Precision.POSTCODE,
    "NG34 7AA",
    "Near NG34 7AA, Sleaford",
    None,
    "North Kesteven District Council",
)


class FakeLookups:
    """Knows three postcodes; pins are in Boston, or in the sea. Notes what it is asked."""

    def __init__(self) -> None:
        self.asked: list[object] = []

    def resolve(self, text: str) -> Place:
        self.asked.append(text)
        for place in (BOSTON, SPALDING, SLEAFORD):
            if text.replace(" ", "").upper() == place.given.replace(" ", ""):
                return place
        raise NotFound("We do not know that postcode")

    def resolve_pin(self, latitude: float, longitude: float) -> Place:
        self.asked.append((latitude, longitude))
        if longitude > 2:
            raise NotFound("That is in the sea")
        given = f"{latitude}, {longitude}"
        return Place(532650, 344120, Precision.PIN, given, "Near Wide Bargate, Boston", "boston")

    def addresses(self, postcode: str) -> list[KnownAddress]:
        self.asked.append(postcode)
        if postcode.replace(" ", "").upper() != "PE216RY":
            return []
        return [
            KnownAddress("200000000001", ("1 Example Street", "Boston"), "PE21 6RY", BOSTON),
            KnownAddress("200000000002", ("2 Example Street", "Boston"), "PE21 6RY", BOSTON),
        ]


@pytest.fixture
def lookups() -> FakeLookups:
    return FakeLookups()


@pytest.fixture
def now() -> datetime:
    """A Saturday evening; in London it is half past eleven at night."""
    return datetime(2026, 6, 6, 22, 30, tzinfo=UTC)
