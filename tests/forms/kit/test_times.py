"""Months and times of day, as people write them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forms.kit.questions import Refused
from forms.kit.times import MonthYear, Time
from tests.forms.kit.tried import read, reads_back, refused

MONTH = MonthYear("it", "It", noun="The month you moved")
TIME = Time("it", "It", noun="The time")


@pytest.mark.parametrize(
    ("month", "year", "kept"),
    [
        ("3", "2026", "2026-03"),
        ("03", "2026", "2026-03"),
        ("March", "2026", "2026-03"),
        ("mar", "2026", "2026-03"),
        ("SEPT.", "2025", "2025-09"),
        ("3/2026", "", "2026-03"),
        ("March 2026", "", "2026-03"),
        ("３", "２０２６", "2026-03"),
        ("3 – 2026", "", "2026-03"),
        ("\u00a03", "2026\u00a0", "2026-03"),
        ("", "", None),
    ],
)
def test_a_month_may_be_written_many_ways(month: str, year: str, kept: str | None) -> None:
    assert read(MONTH, month=month, year=year) == kept


@pytest.mark.parametrize(
    ("month", "year", "words", "parts"),
    [
        ("", "2026", "The month you moved must include a month", ("month",)),
        ("3", "", "The month you moved must include a year", ("year",)),
        ("13", "2026", "The month you moved must be a real month and year, like 3 2026", ("month",)),
        ("Smarch", "2026", "The month you moved must be a real month and year, like 3 2026", ("month",)),
        ("3", "26", "The month you moved must be a real month and year, like 3 2026", ("year",)),
        ("ma", "1066", "The month you moved must be a real month and year, like 3 2026", ("month", "year")),
    ],
)
def test_what_is_no_month_says_which_box_is_wrong(
    month: str, year: str, words: str, parts: tuple[str, ...]
) -> None:
    assert refused(MONTH, month=month, year=year) == (words, parts)


@pytest.mark.parametrize(
    ("typed", "kept", "shown"),
    [
        ("7:30pm", "19:30", "7:30pm"),
        ("7.30 pm", "19:30", "7:30pm"),
        ("7:30 p.m.", "19:30", "7:30pm"),
        ("1930", "19:30", "7:30pm"),
        ("19:30", "19:30", "7:30pm"),
        ("730", "07:30", "7:30am"),
        ("7pm", "19:00", "7:00pm"),
        ("7", "07:00", "7:00am"),
        ("12am", "00:00", "12:00am"),
        ("12pm", "12:00", "12:00pm"),
        ("noon", "12:00", "12:00pm"),
        ("Midday", "12:00", "12:00pm"),
        ("midnight", "00:00", "12:00am"),
        ("7 o’clock", "07:00", "7:00am"),
        ("１９：３０", "19:30", "7:30pm"),
        ("19\u00a0:\u00a030", "19:30", "7:30pm"),
    ],
)
def test_a_time_may_be_written_many_ways(typed: str, kept: str, shown: str) -> None:
    assert read(TIME, typed) == kept
    assert TIME.lines(kept) == (shown,)


@pytest.mark.parametrize(
    "typed", ["25:00", "7:60", "13pm", "0am", "about seven", "7:3", "7p", ":30", "7:30:15"]
)
def test_what_is_no_time_is_refused(typed: str) -> None:
    assert refused(TIME, typed)[0] == "The time must be a real time, like 7:30pm"


@pytest.mark.parametrize("value", ["2026-13", "2026-00", "26-03", "2026-3", "1066-01", None, 3])
def test_only_a_month_is_taken_as_kept(value: object) -> None:
    assert not MONTH.accepts(value)


@pytest.mark.parametrize("value", ["24:00", "7:30", "07:60", "0730", None, 730])
def test_only_a_time_is_taken_as_kept(value: object) -> None:
    assert not TIME.accepts(value)


@given(st.integers(1900, 2199), st.integers(1, 12))
def test_every_month_reads_back_the_same(year: int, month: int) -> None:
    assert reads_back(MONTH, f"{year}-{month:02}")
    assert read(MONTH, month=MONTH.lines(f"{year}-{month:02}")[0], year="") == f"{year}-{month:02}"


@given(st.times())
def test_every_time_reads_back_the_same_as_it_is_kept_and_as_it_is_shown(time: object) -> None:
    kept = str(time)[:5]
    assert reads_back(TIME, kept)
    assert read(TIME, TIME.lines(kept)[0]) == kept


@given(st.text(max_size=20), st.text(max_size=20))
def test_whatever_is_typed_is_refused_or_reads_back_the_same(one: str, other: str) -> None:
    for question, parts in ((MONTH, {"month": one, "year": other}), (TIME, {"": one})):
        try:
            kept = question.read({part: (text,) for part, text in parts.items()}, None)  # type: ignore[arg-type]
        except Refused:
            continue
        assert kept is None or reads_back(question, kept)
