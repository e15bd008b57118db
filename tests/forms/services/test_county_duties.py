"""What the county looks after: signposted, unless the council has agreed to pass it on."""

import pytest

from forms.catalogue import SERVICES, for_council
from selfservice.configuration import load_councils
from selfservice.settings import ROOT

COUNCILS = load_councils(ROOT / "config", {})
DUTIES = sorted(slug for slug, service in SERVICES.items() if service.duty)


def test_the_county_looks_after_roads_and_what_belongs_to_them() -> None:
    assert {"pothole", "street-light", "gritting", "road-sign"} <= set(DUTIES)


@pytest.mark.parametrize("slug", DUTIES)
def test_it_is_passed_on_in_east_lindsey_alone(slug: str) -> None:
    expected = {"boston": True, "east-lindsey": False, "south-holland": True}
    assert {council: for_council(COUNCILS[council])[slug].signposted for council in expected} == expected
