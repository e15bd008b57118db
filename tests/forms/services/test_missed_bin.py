"""A missed bin: the window in which it can be reported, and who is asked how it stood."""

from datetime import date
from typing import Any

import pytest

from forms.kit import journey
from forms.kit.comparing import TODAY, Today
from forms.services.missed_bin import SERVICE
from tests.forms.conftest import FakeLookups

BOXING_DAY_OBSERVED = date(2026, 12, 28)  # a Monday: 26 December 2026 is a Saturday
MONDAY, TUESDAY, FRIDAY = "2026-06-01", "2026-06-02", "2026-05-29"
GOOD: dict[str, Any] = {
    "bin": "rubbish",
    "assisted": "no",
    "out": "yes",
    "right_bin": "yes",
    "closed": "yes",
    "only_right": "yes",
    "who_else": "mine",
    "anything_else": None,
    "name": None,
    "email": None,
    "phone": None,
}


def answers(collected: str, today: date, hour: int, **more: Any) -> dict[str, Any]:
    """Answers about an address in Boston, told at this hour of this day."""
    [known, _] = FakeLookups().addresses("PE21 6RY")
    assert known.place
    home = {
        "uprn": known.uprn,
        "lines": [*known.lines],
        "postcode": known.postcode,
        "words": known.words,
        "by_hand": False,
        "council": "boston",
        "authority": None,
        "authority_website": None,
        "easting": known.place.easting,
        "northing": known.place.northing,
        "ward": None,
    }
    now = Today(today, hour, frozenset({date(2026, 12, 25), BOXING_DAY_OBSERVED}))
    return {**GOOD, "property": home, "collection_day": collected, TODAY: now, **more}


def end(given: dict[str, Any]) -> str:
    """The page on which these answers end."""
    return journey.path(SERVICE, given)[-1].slug


@pytest.mark.parametrize(
    ("collected", "today", "hour", "finished"),
    [
        (MONDAY, date(2026, 6, 1), 14, False),  # crews may still come
        (MONDAY, date(2026, 6, 1), 15, True),
        (MONDAY, date(2026, 6, 2), 0, True),
        (MONDAY, date(2026, 6, 2), 23, True),  # to the end of the next working day
        (MONDAY, date(2026, 6, 3), 0, False),
        (FRIDAY, date(2026, 5, 30), 9, True),  # a Saturday
        (FRIDAY, date(2026, 6, 1), 23, True),  # the Monday after it
        (FRIDAY, date(2026, 6, 2), 0, False),
        ("2026-12-24", date(2026, 12, 29), 23, True),  # Christmas, a weekend and a bank holiday between
        ("2026-12-24", date(2026, 12, 30), 0, False),
    ],
)
def test_it_is_taken_from_3pm_to_the_end_of_the_next_working_day(
    collected: str, today: date, hour: int, finished: bool
) -> None:
    assert journey.finished(SERVICE, answers(collected, today, hour)) is finished


def test_outside_the_window_it_says_why() -> None:
    assert end(answers(MONDAY, date(2026, 6, 1), 9)) == "too-early"
    assert end(answers(MONDAY, date(2026, 6, 3), 9)) == "too-late"


@pytest.mark.parametrize(
    ("wrong", "stop"),
    [
        ({"out": "no"}, "not-out"),
        ({"right_bin": "no"}, "wrong-bin"),
        ({"closed": "no"}, "too-full"),
        ({"only_right": "no"}, "wrong-things"),
    ],
)
def test_a_bin_that_was_rightly_left_is_not_sent(wrong: dict[str, str], stop: str) -> None:
    assert end(answers(MONDAY, date(2026, 6, 2), 9, **wrong)) == stop


def test_who_has_an_assisted_collection_is_not_asked_when_it_was_out() -> None:
    given = answers(MONDAY, date(2026, 6, 2), 9, assisted="yes", out="no")
    assert journey.finished(SERVICE, given)
    assert "out" not in journey.kept(SERVICE, given)
