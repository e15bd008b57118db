"""Conditions that compare numbers and days, against a reckoning of their own."""

import calendar
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forms.kit.comparing import TODAY, After, Ago, Before, EarlierToday, MoreThan, Today, today
from forms.kit.conditions import AnswerTo

DAYS = st.dates(date(1990, 1, 1), date(2060, 12, 31))
HOLIDAYS = st.frozensets(st.dates(date(2026, 1, 1), date(2026, 12, 31)), max_size=20)


def months_before(day: date, months: int) -> date:
    """Month by month on the calendar; the last day of a month that has not that day."""
    year, month = day.year, day.month
    for _ in range(abs(months)):
        month += -1 if months > 0 else 1
        year, month = (year - 1, 12) if month == 0 else (year + 1, 1) if month == 13 else (year, month)
    return date(year, month, min(day.day, calendar.monthrange(year, month)[1]))


@given(DAYS, st.integers(-400, 400))
def test_months_ago_are_those_of_the_calendar(day: date, months: int) -> None:
    assert Ago(months=months).day(Today(day)) == months_before(day, months)


@given(DAYS, st.integers(-30, 30))
def test_years_ago_are_twelve_months_each(day: date, years: int) -> None:
    assert Ago(years=years).day(Today(day)) == months_before(day, 12 * years)


@given(DAYS, st.integers(-3000, 3000))
def test_days_ago_are_days(day: date, days: int) -> None:
    assert Ago(days=days).day(Today(day)) == day - timedelta(days)


@given(st.dates(date(2026, 1, 1), date(2026, 12, 31)), st.integers(-60, 60), HOLIDAYS)
def test_working_days_leave_out_weekends_and_bank_holidays(
    day: date, count: int, holidays: frozenset[date]
) -> None:
    found = Ago(working_days=count).day(Today(day, holidays=holidays))
    if count == 0:
        assert found == day
        return
    first, last = (found, day - timedelta(1)) if count > 0 else (day + timedelta(1), found)
    between = [first + timedelta(n) for n in range((last - first).days + 1)]
    worked = [each for each in between if each.isoweekday() <= 5 and each not in holidays]
    assert len(worked) == abs(count)
    assert found in worked


@pytest.mark.parametrize(
    ("day", "months", "found"),
    [
        (date(2026, 3, 31), 1, date(2026, 2, 28)),
        (date(2024, 3, 31), 1, date(2024, 2, 29)),
        (date(2026, 1, 31), -1, date(2026, 2, 28)),
        (date(2026, 1, 1), 1, date(2025, 12, 1)),
        (date(2026, 12, 31), -2, date(2027, 2, 28)),
        (date(2024, 2, 29), 12, date(2023, 2, 28)),
    ],
)
def test_a_month_that_has_not_that_day_gives_its_last(day: date, months: int, found: date) -> None:
    assert Ago(months=months).day(Today(day)) == found


@given(DAYS, DAYS)
def test_two_answers_are_before_after_or_the_same(one: date, other: date) -> None:
    answers = {"a": one.isoformat(), "b": {"date": other.isoformat(), "time": "noon"}}
    before, after = Before("a", AnswerTo("b")).holds(answers), After("a", AnswerTo("b")).holds(answers)
    assert (before, after) == (one < other, one > other)
    assert Before("b", AnswerTo("a")).holds(answers) == after


@given(DAYS, DAYS, st.integers(-500, 500))
def test_a_day_is_compared_with_one_so_long_ago(given_day: date, now: date, days: int) -> None:
    answers = {"a": given_day.isoformat(), TODAY: Today(now)}
    limit = now - timedelta(days)
    assert Before("a", Ago(days=days)).holds(answers) == (given_day < limit)
    assert After("a", Ago(days=days)).holds(answers) == (given_day > limit)
    assert not Before("a", Ago(days=days)).holds({"a": given_day.isoformat()})


@given(st.integers(-99, 99), st.integers(-99, 99))
def test_a_number_is_more_than_another_or_not(one: int, other: int) -> None:
    answers = {"a": one, "b": f"{other}.00"}
    assert MoreThan("a", other).holds(answers) == (one > other)
    assert MoreThan("a", AnswerTo("b")).holds(answers) == (one > other)


@given(st.integers(0, 364 * 24 * 60), st.integers(0, 23))
def test_earlier_today_is_told_by_the_clock_in_london(minutes: int, hour: int) -> None:
    """London is an hour ahead of UTC from the last Sunday of March to that of October, at 1am UTC."""
    moment = datetime(2026, 1, 1, tzinfo=UTC) + timedelta(minutes=minutes)
    summer = datetime(2026, 3, 29, 1, tzinfo=UTC) <= moment < datetime(2026, 10, 25, 1, tzinfo=UTC)
    local = moment + timedelta(hours=1 if summer else 0)
    answers = {"a": local.date().isoformat(), **today(moment)}
    assert EarlierToday("a", hour).holds(answers) == (local.hour < hour)
    assert not EarlierToday("a", hour).holds({**answers, "a": (local.date() - timedelta(1)).isoformat()})
