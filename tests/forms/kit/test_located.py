"""Where something is: pin and text as equals, and the place kept when nothing changed."""

from datetime import datetime
from typing import Any

import pytest

from forms.kit.located import PlaceQuestion
from forms.kit.questions import Asking, Refused
from tests.forms.conftest import BOSTON, FakeLookups

WHERE = PlaceQuestion("place", "Where is it?", missing="Say where it is")
PIN = FakeLookups().resolve_pin(52.98, -0.02).to_json()


@pytest.fixture
def read(lookups: FakeLookups, now: datetime) -> Any:
    def read(text: str = "", latitude: str = "", longitude: str = "", kept: Any = None) -> Any:
        typed = {"": (text,), "latitude": (latitude,), "longitude": (longitude,)}
        return WHERE.read(typed, Asking(now, lookups, kept))

    return read


def test_a_postcode_is_resolved_and_kept_as_json(read: Any) -> None:
    assert read(" pe21  6ry ") == BOSTON.to_json()
    assert WHERE.accepts(BOSTON.to_json())
    assert WHERE.lines(BOSTON.to_json()) == ("Near PE21 6RY, Boston",)


def test_a_pin_is_resolved_and_wins_over_text(read: Any, lookups: FakeLookups) -> None:
    assert read("nonsense", "52.98", "-0.02")["precision"] == "pin"
    assert read("PE21 6RY", "52.98", "-0.02", kept=BOSTON.to_json())["precision"] == "pin"
    assert lookups.asked == [(52.98, -0.02)] * 2


def test_a_place_left_as_it_was_is_kept_without_asking_again(read: Any, lookups: FakeLookups) -> None:
    assert read("PE21 6RY", kept=BOSTON.to_json()) == BOSTON.to_json()
    assert read(kept=PIN) == PIN
    assert lookups.asked == []


def test_other_text_gives_another_place(read: Any) -> None:
    assert read("PE11 1AA", kept=PIN)["council"] == "south-holland"


def test_text_taken_away_leaves_no_answer(read: Any) -> None:
    assert read("", kept=BOSTON.to_json()) is None
    assert read() is None


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        (("ZZ99 9ZZ",), "We do not know that postcode"),
        (("", "52.9", "3.1"), "That is in the sea"),
        (("x" * 201,), "The place must be 200 characters or fewer"),
        (("", "nan", "0"), "Put the pin on the map again"),
        (("", "52.9", ""), "Put the pin on the map again"),
        (("", "1e999", "0"), "Put the pin on the map again"),
        (("", "52.9", "nan"), "Put the pin on the map again"),
        (("", "north", "west"), "Put the pin on the map again"),
    ],
)
def test_a_place_nobody_knows_is_refused_in_words(read: Any, typed: tuple[str, ...], words: str) -> None:
    with pytest.raises(Refused, match=words):
        read(*typed)


@pytest.mark.parametrize("kept", [None, "PE21 6RY", {}, {"precision": "guess"}, {"easting": 1}])
def test_nothing_else_counts_as_a_place(kept: Any) -> None:
    assert not WHERE.accepts(kept)


@pytest.mark.parametrize(
    "changed",
    [
        {"words": 7},
        {"given": None},
        {"council": []},
        {"authority": {}},
        {"easting": "far"},
        {"northing": None},
    ],
)
def test_a_place_whose_parts_are_of_another_kind_is_asked_again(changed: dict[str, Any]) -> None:
    assert WHERE.accepts(PIN)
    assert not WHERE.accepts({**PIN, **changed})
