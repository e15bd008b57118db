"""Fly-tipping: the way of a passer-by, of a witness, and of those who must go elsewhere."""

from pathlib import Path
from typing import Any

import pytest

import forms.services.fly_tipping as declaration
from forms.kit import journey
from forms.kit.service import Page, Stop
from forms.kit.words import filled_in
from tests.forms.conftest import BOSTON, SLEAFORD

SERVICE = declaration.SERVICE
SEEN = {
    "place": BOSTON.to_json(),
    "place_detail": None,
    "land": "highway",
    "what": ["tyres"],
    "size": "car-boot",
    "road": "no",
    "photos": None,
}
ANONYMOUS: dict[str, Any] = {"name": None, "email": None, "phone": None}
WITNESS = {
    "witnessed": "yes",
    "when": {"date": "2026-06-01", "time": "7pm"},
    "who": None,
    "vehicle": None,
    "registration": None,
}


def slugs(answers: dict[str, Any]) -> list[str]:
    return [page.slug for page in journey.path(SERVICE, answers)]


def test_a_passer_by_may_stay_anonymous() -> None:
    answers = SEEN | {"witnessed": "no"} | ANONYMOUS
    assert journey.finished(SERVICE, answers)
    assert slugs(answers) == [
        *("where", "exact-place", "land", "what", "size", "road", "witnessed", "photos", "about-you")
    ]


def test_a_witness_is_asked_what_they_saw() -> None:
    answers = SEEN | WITNESS | {"statement": "no"} | ANONYMOUS
    assert journey.finished(SERVICE, answers)
    assert slugs(answers)[6:11] == ["witnessed", "when", "who", "registration", "statement"]


@pytest.mark.parametrize(
    ("contact", "finished"),
    [
        ({}, False),
        ({"name": "Fern Fictional"}, False),
        ({"email": "fern@example.org"}, False),
        ({"name": "Fern Fictional", "email": "fern@example.org"}, True),
        ({"name": "Fern Fictional", "phone": "+441632960001"}, True),
    ],
)
def test_who_would_make_a_statement_must_be_reachable(contact: dict[str, Any], finished: bool) -> None:
    answers = SEEN | WITNESS | {"statement": "yes"} | ANONYMOUS | contact
    assert journey.finished(SERVICE, answers) is finished


def test_a_place_outside_names_whose_it_is_and_is_not_sent() -> None:
    answers = SEEN | {"place": SLEAFORD.to_json(), "witnessed": "no"} | ANONYMOUS
    stop = journey.path(SERVICE, answers)[-1]
    assert isinstance(stop, Stop)
    assert "North Kesteven District Council" in " ".join(filled_in(stop.guidance, answers))
    assert not journey.finished(SERVICE, answers)


def test_waste_in_a_garden_ends_with_advice() -> None:
    assert slugs(SEEN | {"land": "private-residential"})[-1] == "private-land"


def test_every_page_says_not_to_touch_it() -> None:
    assert "Do not touch it" in SERVICE.page_note


def test_every_list_of_the_national_return_is_there() -> None:
    assert (len(declaration.LAND), len(declaration.WASTE), len(declaration.SIZE)) == (10, 15, 7)


def test_it_is_short_enough_to_copy() -> None:
    lines = Path(declaration.__file__).read_text(encoding="utf-8").splitlines()
    assert 40 <= len(lines) <= 130
    assert all(isinstance(page, Page | Stop) for page in SERVICE.pages)
