"""An abandoned vehicle: who else must be told, how many signs are enough, and what is urgent."""

from typing import Any

import pytest

from forms.kit import journey
from forms.services.abandoned_vehicle import SERVICE
from tests.forms.conftest import BOSTON

SEEN: dict[str, Any] = {
    "now": "neither",
    "place": BOSTON.to_json(),
    "place_detail": None,
    "land": "road",
    "kind": "car",
    "registration": "AB12 CDE",
    "make": "Ford",
    "model": None,
    "colour": "Blue",
    "taxed": "untaxed",
    "signs": ["stationary", "tyres"],
    "how_long": "months",
    "hazards": ["none"],
    "photos": None,
    "name": None,
    "email": None,
    "phone": None,
}


def end(**given: Any) -> str:
    """The page on which these answers end; "sent" where they come through."""
    answers = SEEN | given
    return "sent" if journey.finished(SERVICE, answers) else journey.path(SERVICE, answers)[-1].slug


@pytest.mark.parametrize(
    ("given", "ends"),
    [
        ({}, "sent"),
        ({"now": "fire"}, "on-fire"),
        ({"now": "obstructing"}, "in-the-way"),
        ({"land": "private", "permission": "no"}, "ask-the-landowner"),
        ({"land": "private", "permission": "yes"}, "sent"),
        ({"taxed": "taxed-mot"}, "has-a-keeper"),
        ({"taxed": "taxed-mot", "signs": ["burnt-out"]}, "sent"),
        ({"taxed": "untaxed", "signs": ["none"]}, "only-untaxed"),
        ({"taxed": "sorn", "signs": ["none"]}, "only-untaxed"),
        ({"taxed": "sorn", "signs": ["tyres"]}, "sent"),
        ({"taxed": "unknown", "signs": ["none"]}, "too-few-signs"),
        ({"taxed": "unknown", "signs": ["tyres"]}, "too-few-signs"),
        ({"taxed": "taxed", "signs": ["stationary"]}, "too-few-signs"),
        ({"taxed": "unknown", "signs": ["tyres", "weeds"]}, "sent"),
        ({"taxed": "unknown", "signs": ["burnt-out"]}, "sent"),
    ],
)
def test_it_is_sent_when_the_signs_are_enough_and_else_says_where_to_go(
    given: dict[str, Any], ends: str
) -> None:
    assert end(**given) == ends


def test_a_caravan_has_no_tax_to_check_so_the_signs_alone_decide() -> None:
    assert end(kind="caravan", signs=["tyres"]) == "too-few-signs"
    assert end(kind="caravan", signs=["tyres", "weeds"]) == "sent"
    assert "taxed" not in journey.kept(SERVICE, SEEN | {"kind": "caravan"})


@pytest.mark.parametrize(("hazards", "urgent"), [(["none"], False), (["leaking"], True), (["keys"], True)])
def test_what_can_hurt_somebody_is_urgent(hazards: list[str], urgent: bool) -> None:
    assert SERVICE.urgent_when
    assert SERVICE.urgent_when.holds(SEEN | {"hazards": hazards}) is urgent
