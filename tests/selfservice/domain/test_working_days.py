"""Working days, as a promise counts them."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from selfservice.domain.working_days import is_working_day, promised_by, working_days_after

CHRISTMAS = frozenset({date(2026, 12, 25), date(2026, 12, 28), date(2027, 1, 1)})


@pytest.mark.parametrize(
    ("day", "days", "due"),
    [
        (date(2026, 6, 1), 1, date(2026, 6, 2)),  # Monday: Tuesday
        (date(2026, 6, 5), 1, date(2026, 6, 8)),  # Friday: Monday
        (date(2026, 6, 6), 1, date(2026, 6, 8)),  # Saturday: Monday
        (date(2026, 6, 7), 5, date(2026, 6, 12)),
        (date(2026, 6, 1), 0, date(2026, 6, 1)),
        (date(2026, 6, 6), 0, date(2026, 6, 8)),
        (date(2026, 12, 24), 1, date(2026, 12, 29)),
        (date(2026, 12, 24), 5, date(2027, 1, 5)),
    ],
)
def test_a_promise_skips_weekends_and_bank_holidays(day: date, days: int, due: date) -> None:
    assert working_days_after(day, days, CHRISTMAS) == due


def test_a_promise_falls_due_when_offices_close_in_london() -> None:
    assert promised_by(datetime(2026, 1, 5, 9, tzinfo=UTC), 1, ()) == datetime(2026, 1, 6, 17, tzinfo=UTC)
    assert promised_by(datetime(2026, 6, 1, 9, tzinfo=UTC), 1, ()) == datetime(2026, 6, 2, 16, tzinfo=UTC)


def test_the_day_of_a_promise_is_that_of_london() -> None:
    just_tuesday = datetime(2026, 6, 1, 23, 30, tzinfo=UTC)
    assert promised_by(just_tuesday, 1, ()) == datetime(2026, 6, 3, 16, tzinfo=UTC)


@given(st.dates(date(2000, 1, 1), date(2100, 1, 1)), st.integers(0, 60), st.sets(st.dates(), max_size=5))
def test_there_are_as_many_working_days_between_as_promised(
    day: date, days: int, holidays: set[date]
) -> None:
    due = working_days_after(day, days, holidays)
    between = [day + timedelta(n) for n in range(1, (due - day).days + 1)]
    assert is_working_day(due, holidays)
    counted = sum(is_working_day(each, holidays) for each in between)
    assert counted == days or (days == 0 and counted == 1 and not is_working_day(day, holidays))
