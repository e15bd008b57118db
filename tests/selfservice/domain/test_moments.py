"""Days and moments in words, in London's time whatever the season."""

from datetime import UTC, datetime

from selfservice.domain.moments import day, moment


def test_a_day_is_the_day_in_london() -> None:
    assert day(datetime(2026, 6, 30, 23, 30, tzinfo=UTC)) == "Wednesday 1 July 2026"
    assert day(datetime(2026, 1, 31, 23, 30, tzinfo=UTC)) == "Saturday 31 January 2026"


def test_a_moment_is_told_by_the_clock_on_the_wall() -> None:
    assert moment(datetime(2026, 7, 1, 11, 5, tzinfo=UTC)) == "1 July 2026 at 12:05pm"
    assert moment(datetime(2026, 1, 1, 0, 0, tzinfo=UTC)) == "1 January 2026 at 12:00am"
