"""Conditions about places and addresses, in areas and near each other."""

from math import hypot
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from forms.kit.conditions import AnswerTo
from forms.kit.whereabouts import InArea, OutsidePartnership, SameArea, Within

COUNCILS = st.sampled_from(["boston", "east-lindsey", None])
METRES = st.integers(500_000, 501_000)
PLACES = st.none() | st.fixed_dictionaries(
    {"council": COUNCILS, "easting": st.none() | METRES, "northing": st.none() | METRES}
)


@given(PLACES)
def test_a_place_is_in_one_council_or_outside_them_all(place: Any) -> None:
    answers = {"a": place}
    told = [InArea("a", slug).holds(answers) for slug in ("boston", "east-lindsey")]
    assert sum([*told, OutsidePartnership("a").holds(answers)]) == (place is not None)


@given(PLACES, PLACES)
def test_two_places_are_in_the_same_area_whichever_comes_first(one: Any, other: Any) -> None:
    answers = {"a": one, "b": other}
    same = SameArea("a", AnswerTo("b")).holds(answers)
    assert same == SameArea("b", AnswerTo("a")).holds(answers)
    assert same == any(
        InArea("a", slug).holds(answers) and InArea("b", slug).holds(answers)
        for slug in ("boston", "east-lindsey")
    )


@given(PLACES, PLACES, st.integers(0, 1500))
def test_within_so_many_metres_is_a_straight_line(one: Any, other: Any, metres: int) -> None:
    answers = {"a": one, "b": other}
    held = Within("a", metres, AnswerTo("b")).holds(answers)
    known = [p for p in (one, other) if p and p["easting"] is not None and p["northing"] is not None]
    assert held == Within("b", metres, AnswerTo("a")).holds(answers)
    assert held == (
        len(known) == 2
        and hypot(known[0]["easting"] - known[1]["easting"], known[0]["northing"] - known[1]["northing"])
        <= metres
    )
    assert not held or Within("a", metres + 1, AnswerTo("b")).holds(answers)
