"""Figures: whole days in London, weeks that begin on Mondays, and parts of a whole."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from selfservice.domain import figures
from selfservice.domain.figures import Assisted, Figures, Moments, Period, Times

DAYS = st.dates(date(2020, 1, 1), date(2030, 12, 31))


def test_a_period_runs_from_midnight_to_midnight_in_london_also_when_the_clocks_change() -> None:
    march = Period(date(2026, 3, 28), date(2026, 3, 29))
    assert march.since == datetime(2026, 3, 28, 0, 0, tzinfo=UTC)
    assert march.until == datetime(2026, 3, 29, 23, 0, tzinfo=UTC)


@given(DAYS, st.integers(0, 400))
def test_the_weeks_of_a_period_are_all_of_it_and_each_day_is_in_one(first: date, days: int) -> None:
    period = Period(first, first + timedelta(days=days))
    weeks = period.weeks
    assert [day for week in weeks for day in week.days] == list(period.days)
    assert all(week.first.weekday() == 0 for week in weeks[1:])
    assert all(week.last.weekday() == 6 for week in weeks[:-1])


def test_the_usual_period_is_the_last_thirty_days_with_today() -> None:
    period = figures.usual(date(2026, 3, 2))
    assert (len(period.days), period.last) == (30, date(2026, 3, 2))


def test_hours_of_utc_are_told_as_hours_in_london() -> None:
    winter, summer = datetime(2026, 1, 5, 9, tzinfo=UTC), datetime(2026, 7, 6, 9, tzinfo=UTC)
    late = datetime(2026, 7, 6, 23, tzinfo=UTC)
    moments = figures.moments([(winter, 2), (summer, 3), (late, 1)])
    assert (moments.at(9), moments.at(10), moments.at(0)) == (2, 3, 1)
    assert moments.at(10, weekday=0) == 3
    assert (moments.on(date(2026, 7, 6)), moments.on(date(2026, 7, 7))) == (3, 1)
    assert [moments.on_weekday(day) for day in range(7)] == [5, 1, 0, 0, 0, 0, 0]
    assert moments.all == 6


def test_the_hour_that_is_there_twice_in_october_counts_both() -> None:
    twice = [(datetime(2026, 10, 25, hour, tzinfo=UTC), 1) for hour in (0, 1)]
    assert figures.moments(twice).at(1) == 2


@pytest.mark.parametrize(("part", "whole", "share"), [(0, 0, 0.0), (1, 4, 0.25), (3, 3, 1.0)])
def test_a_share_of_nothing_is_nothing(part: int, whole: int, share: float) -> None:
    assert figures.share(part, whole) == share
    assert Times(contacts=whole, repeats=part).repeat_share == share
    assert Assisted(whole, part).share == share


def test_what_was_helped_with_adds_up_by_week_by_service_and_in_all() -> None:
    told = Figures(
        period=Period(date(2026, 3, 2), date(2026, 3, 15)),
        all=Times(), by_channel={}, by_service={}, by_agent={}, moments=Moments(),
        assisted={("litter", 0): Assisted(4, 1), ("litter", 1): Assisted(6, 2), ("noise", 1): Assisted(1, 1)},
    )  # fmt: skip
    assert told.assisted_in_week(1) == Assisted(7, 3)
    assert told.assisted_with("litter") == Assisted(10, 3)
    assert told.assisted_in_all == Assisted(11, 4)


def test_what_took_longest_comes_first() -> None:
    told = {"a": Times(seconds=1), None: Times(seconds=5), "b": Times(seconds=5)}
    assert [key for key, _ in figures.longest_first(told)] == [None, "b", "a"]
