"""Dates as people write them."""

from datetime import UTC, date, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forms.kit.dates import Date, Moment
from forms.kit.questions import Asking, Refused

SEEN = Date("seen", "When did you see it?", noun="The date you saw it", missing="Enter the date", past=True)
MOMENT = Moment("seen", "When did you see it?", missing="Enter the date you saw it", past=True)
NOW = datetime(2026, 6, 6, 22, 30, tzinfo=UTC)


def read(
    question: Date, day: str = "", month: str = "", year: str = "", now: datetime = NOW, time: str = ""
) -> Any:
    typed = {"day": (day,), "month": (month,), "year": (year,), "time": (time,)}
    return question.read(typed, Asking(now, None))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("day", "month", "year", "kept"),
    [
        ("1", "2", "2026", "2026-02-01"),
        (" 01 ", "02", "2026 ", "2026-02-01"),
        ("1", "February", "2026", "2026-02-01"),
        ("1", "feb.", "2026", "2026-02-01"),
        ("1", "Sept", "2025", "2025-09-01"),
        ("22nd", "JUNE", "2025", "2025-06-22"),
        ("29", "2", "2024", "2024-02-29"),
        ("1/2/2026", "", "", "2026-02-01"),
        ("1 February 2026", "", "", "2026-02-01"),
        ("2026-02-01", "", "", "2026-02-01"),
        ("6", "6", "2026", "2026-06-06"),
    ],
)
def test_a_day_may_be_written_many_ways(day: str, month: str, year: str, kept: str) -> None:
    assert read(SEEN, day, month, year) == kept


@pytest.mark.parametrize(
    ("day", "month", "year", "words", "parts"),
    [
        ("", "2", "2026", "The date you saw it must include a day", ("day",)),
        ("1", "", "", "The date you saw it must include a month and a year", ("month", "year")),
        ("1", "2", "26", "Year must include 4 numbers", ("year",)),
        ("31", "2", "2026", "The date you saw it must be a real date", ("day", "month", "year")),
        ("29", "2", "2025", "The date you saw it must be a real date", ("day", "month", "year")),
        ("32", "1", "2026", "The date you saw it must be a real date", ("day",)),
        ("1", "13", "2026", "The date you saw it must be a real date", ("month",)),
        ("1", "Ju", "2026", "The date you saw it must be a real date", ("month",)),
        ("1", "1", "0001", "The date you saw it must be a real date", ("year",)),
        ("²", "1", "2026", "The date you saw it must be a real date", ("day",)),
        ("9" * 10_000, "1", "2026", "The date you saw it must be a real date", ("day",)),
        ("1", "1", "9" * 10_000, "Year must include 4 numbers", ("year",)),
        ("7", "6", "2026", "The date you saw it must be today or in the past", ("day", "month", "year")),
    ],
)
def test_a_day_that_is_none_is_refused_and_says_where(
    day: str, month: str, year: str, words: str, parts: tuple[str, ...]
) -> None:
    with pytest.raises(Refused) as refused:
        read(SEEN, day, month, year)
    assert (refused.value.told(), refused.value.parts) == (words, parts)


def test_today_is_the_day_in_london() -> None:
    late = datetime(2026, 6, 6, 23, 30, tzinfo=UTC)  # half past midnight on the 7th in London
    assert read(SEEN, "7", "6", "2026", late) == "2026-06-07"


def test_nothing_typed_is_no_answer() -> None:
    assert read(SEEN) is None
    assert read(MOMENT, time=" ") is None


def test_a_moment_has_a_day_and_words_about_the_time() -> None:
    kept = read(MOMENT, "1", "2", "2026", time=" around  midday ")
    assert kept == {"date": "2026-02-01", "time": "around midday"}
    assert MOMENT.lines(kept) == ("1 February 2026, around midday",)
    assert MOMENT.lines({"date": "2026-02-01", "time": ""}) == ("1 February 2026",)


def test_a_time_without_a_day_is_not_enough() -> None:
    with pytest.raises(Refused, match="Enter the date you saw it"):
        read(MOMENT, time="7pm")


def test_a_long_time_is_refused_at_its_own_input() -> None:
    with pytest.raises(Refused) as refused:
        read(MOMENT, "1", "2", "2026", time="x" * 51)
    assert refused.value.parts == ("time",)


@given(st.dates(date(1900, 1, 1), date(2026, 6, 6)))
def test_every_day_shown_reads_back_as_itself(day: date) -> None:
    for question, kept in ((SEEN, day.isoformat()), (MOMENT, {"date": day.isoformat(), "time": "7pm"})):
        assert question.read(question.typed(kept), Asking(NOW, None)) == kept  # type: ignore[arg-type]
    assert read(SEEN, SEEN.lines(day.isoformat())[0]) == day.isoformat()


@given(st.text(max_size=40), st.text(max_size=40), st.text(max_size=40))
def test_whatever_is_typed_is_a_day_or_refused(day: str, month: str, year: str) -> None:
    try:
        kept = read(SEEN, day, month, year)
    except Refused:
        return
    assert kept is None or SEEN.accepts(kept)
