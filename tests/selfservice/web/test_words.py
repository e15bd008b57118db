"""Dates and times are written as people in Britain read them, whatever the clock of the machine says."""

from datetime import UTC, datetime

import pytest

from selfservice.web.words import day, machine, moment, refusal, tel

SUMMER = datetime(2025, 7, 1, 23, 5, tzinfo=UTC)
WINTER = datetime(2025, 1, 6, 12, 0, tzinfo=UTC)


def test_a_day_is_the_day_in_london() -> None:
    assert day(SUMMER) == "Wednesday 2 July 2025"
    assert day(WINTER) == "Monday 6 January 2025"


def test_a_moment_has_its_time_of_day() -> None:
    assert moment(SUMMER) == "2 July 2025 at 12:05am"
    assert moment(WINTER) == "6 January 2025 at 12:00pm"


def test_machines_are_told_the_offset() -> None:
    assert machine(SUMMER) == "2025-07-02T00:05:00+01:00"


def test_a_telephone_number_becomes_an_address_to_dial() -> None:
    assert tel("01632 960 301") == "tel:01632960301"
    assert tel("+44 1632 960301") == "tel:+441632960301"


@pytest.mark.parametrize("status", [400, 403, 404, 405, 410, 413, 418, 429, 500, 502, 503])
def test_every_refusal_has_plain_words(status: int) -> None:
    heading, sentences = refusal(status)
    assert heading
    assert sentences
    assert all(sentence.endswith(".") for sentence in sentences)
