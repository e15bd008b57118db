"""From a finished journey to what is accepted: whose it is, to whom it goes, by when."""

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest

from forms.catalogue import for_council
from forms.completing import Unfinished, complete, destination
from selfservice.domain.case import Contact
from selfservice.domain.submission import Completed, DeliverTo
from tests.forms.conftest import BOSTON, SLEAFORD, SPALDING
from tests.forms.councils import BOSTON_COUNCIL, COUNCILS

MONDAY = datetime(2026, 6, 1, 9, tzinfo=UTC)
ANSWERS: dict[str, Any] = {
    "place": BOSTON.to_json(),
    "place_detail": None,
    "land": "highway",
    "what": ["tyres"],
    "size": "car-boot",
    "road": "no",
    "witnessed": "no",
    "photos": ["one", "two"],
    "name": None,
    "email": "fern@example.org",
    "phone": "+441632960001",
}


def completed(**changes: Any) -> Completed:
    service = for_council(BOSTON_COUNCIL)["fly-tipping"]
    return complete(service, BOSTON_COUNCIL, COUNCILS, ANSWERS | changes, MONDAY, frozenset())


def test_a_report_goes_to_the_council_of_its_page_with_all_that_was_told() -> None:
    report = completed()
    assert (report.council, report.begun_at, report.service) == ("boston", "boston", "fly-tipping")
    assert report.place == BOSTON
    assert report.contact == Contact("", "fern@example.org", "+441632960001")
    assert report.file_ids == ("one", "two")
    assert report.lookup_postcodes == ("PE21 6RY",)
    assert report.deliver == (DeliverTo("boston-streets", "FLYTIP", "boston"),)
    assert report.acknowledge_by == datetime(2026, 6, 2, 16, tzinfo=UTC)
    assert report.resolve_by == datetime(2026, 6, 8, 16, tzinfo=UTC)


def test_a_report_goes_to_the_council_that_the_place_is_in_and_its_promise_counts() -> None:
    report = completed(place=SPALDING.to_json())
    assert (report.council, report.begun_at) == ("south-holland", "boston")
    assert report.deliver == (DeliverTo("south-holland-streets", "FLYTIP", "south-holland"),)
    assert report.resolve_by == datetime(2026, 6, 15, 16, tzinfo=UTC)
    assert report.service_title == "Report fly-tipping"


def test_a_place_in_a_council_that_has_left_since_goes_to_the_council_of_the_page() -> None:
    report = completed(place=replace(BOSTON, council="no-longer-here").to_json())
    assert (report.council, report.begun_at) == ("boston", "boston")


def test_bank_holidays_put_the_promise_off() -> None:
    service = for_council(BOSTON_COUNCIL)["fly-tipping"]
    report = complete(service, BOSTON_COUNCIL, COUNCILS, ANSWERS, MONDAY, {date(2026, 6, 2)})
    assert report.acknowledge_by == datetime(2026, 6, 3, 16, tzinfo=UTC)


@pytest.mark.parametrize(
    ("changes", "urgent"),
    [
        ({}, False),
        ({"what": ["tyres", "asbestos"]}, True),
        ({"what": ["clinical"]}, True),
        ({"what": ["chemical"]}, True),
        ({"road": "yes"}, True),
        ({"size": "tipper-lorry"}, True),
        ({"size": "multiple-loads"}, True),
        ({"size": "transit-van"}, False),
    ],
)
def test_danger_and_size_make_it_urgent(changes: dict[str, Any], urgent: bool) -> None:
    assert completed(**changes).urgent is urgent


@pytest.mark.parametrize(
    "changes",
    [
        {"place": SLEAFORD.to_json()},
        {"land": "private-residential"},
        {"size": None},
        {"witnessed": "yes"},
    ],
)
def test_what_is_stopped_or_unfinished_is_never_completed(changes: dict[str, Any]) -> None:
    with pytest.raises(Unfinished):
        completed(**changes)


@pytest.mark.parametrize(("forward", "goes_to"), [(False, "south-holland"), (True, "boston")])
def test_what_is_the_countys_goes_to_a_council_that_passes_it_on(forward: bool, goes_to: str) -> None:
    """A pothole in Boston, told to South Holland, which has agreed to pass such reports on."""
    on, routes = ("pothole",), {"county": "county-roads"}
    boston = replace(BOSTON_COUNCIL, services=on, routes=routes, overrides={"pothole": {"forward": forward}})
    south_holland = replace(boston, slug="south-holland", overrides={"pothole": {"forward": True}})
    service = for_council(south_holland)["pothole"]
    councils = {council.slug: council for council in (boston, south_holland)}
    found = destination(service, south_holland, councils, {"place": BOSTON.to_json()})
    assert found.slug == goes_to
