"""What bins and collections come to, and of whom the lower price of garden waste is asked."""

from typing import Any

import pytest

from forms.kit.audience import for_residents
from forms.kit.journey import kept, path
from forms.kit.paying import to_pay
from forms.kit.service import Service
from forms.services import asbestos_collection, bulky_waste, garden_waste, new_bin
from forms.services.bulky_waste import COLD, ITEMS, LARGE, SMALL

HOME: dict[str, Any] = {
    "uprn": "200000000001",
    "lines": ["1 Example Street", "Boston"],
    "postcode": "PE21 6RY",
    "words": "1 Example Street, Boston, PE21 6RY",
    "by_hand": False,
    "council": "boston",
    "authority": None,
    "authority_website": None,
    "easting": 532650,
    "northing": 344120,
    "ward": None,
}


def item(which: str, how_many: int) -> dict[str, Any]:
    """So many of one thing, as bulky waste asks for it."""
    return {"item": which, "how_many": how_many}


@pytest.mark.parametrize(
    ("items", "pounds"),
    [
        ([item("sofa", 1)], 15),
        ([item("sofa", 2)], 30),
        ([item("chairs", 4)], 32),
        ([item("fridge", 1)], 25),
        ([item("other", 1)], 8),
        ([item("sofa", 1), item("chairs", 2), item("freezer", 1), item("bed", 1)], 15 + 16 + 25 + 15),
    ],
)
def test_bulky_waste_costs_what_its_things_come_to(items: list[dict[str, Any]], pounds: int) -> None:
    assert to_pay(bulky_waste.SERVICE, {"items": items}) == 100 * pounds


def test_each_thing_of_bulky_waste_has_one_price() -> None:
    bands = [{choice.value for choice in band} for band in (SMALL, LARGE, COLD)]
    assert sorted(value for band in bands for value in band) == sorted(choice.value for choice in ITEMS)


def garden(**more: Any) -> dict[str, Any]:
    """Answers about garden waste from an address in Boston, up to the question for the lower price."""
    return {"what": "join", "property": HOME, "bins_now": 0, "bins_wanted": 1, **more}


@pytest.mark.parametrize(
    ("answers", "pounds"),
    [
        (garden(), 50),
        (garden(what="renew", bins_wanted=3), 50 + 2 * 25),
        (garden(concession="no"), 50),
        (garden(concession="yes"), 40),
        (garden(concession="yes", bins_wanted=2), 40 + 25),
        (garden(what="change", bins_wanted=2), 0),
        (garden(what="cancel"), 0),
    ],
)
def test_garden_waste_costs_by_the_bin_and_less_at_the_lower_price(
    answers: dict[str, Any], pounds: int
) -> None:
    assert to_pay(garden_waste.SERVICE, kept(garden_waste.SERVICE, answers)) == 100 * pounds


def test_the_lower_price_is_asked_of_agents_alone() -> None:
    residents = for_residents(garden_waste.SERVICE)
    posted = kept(residents, garden(concession="yes"))
    assert "concession" not in {question.id for question in residents.questions()}
    assert "concession" not in posted
    assert to_pay(garden_waste.SERVICE, posted) == 5_000


@pytest.mark.parametrize(
    ("answers", "pounds"),
    [
        ({"container": "rubbish", "which": "replacement", "why_replace": "broken"}, 30),
        ({"container": "rubbish", "which": "replacement", "why_replace": "crew"}, 0),
        ({"container": "food", "which": "replacement", "why_replace": "missing"}, 0),
        ({"container": "recycling", "which": "larger", "people": 6}, 30),
    ],
)
def test_a_bin_is_charged_unless_it_is_for_food_or_the_crew_broke_it(
    answers: dict[str, Any], pounds: int
) -> None:
    assert to_pay(new_bin.SERVICE, answers) == 100 * pounds


@pytest.mark.parametrize(("people", "stopped"), [(5, True), (6, False), (9, False)])
def test_a_larger_bin_is_for_a_home_of_six(people: int, stopped: bool) -> None:
    asked = {"property": HOME, "container": "rubbish", "which": "larger", "people": people}
    slugs = [page.slug for page in path(new_bin.SERVICE, asked)]
    assert ("too-few-people" in slugs) is stopped


@pytest.mark.parametrize(("sheets", "pounds"), [(1, 65), (3, 65), (4, 77), (10, 65 + 7 * 12)])
def test_asbestos_costs_more_beyond_three_sheets(sheets: int, pounds: int) -> None:
    assert to_pay(asbestos_collection.SERVICE, {"sheets": sheets}) == 100 * pounds


@pytest.mark.parametrize(
    "service", [bulky_waste.SERVICE, garden_waste.SERVICE, new_bin.SERVICE, asbestos_collection.SERVICE]
)
def test_who_must_pay_is_told_that_we_ring(service: Service) -> None:
    assert "we ring you to take payment" in service.by_phone.lower()
