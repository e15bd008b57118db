"""What people write: text in any script, numbers and amounts as they are typed and pasted."""

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forms.kit.questions import Refused
from forms.kit.written import LongText, Money, Number, Text
from tests.forms.kit.tried import read, reads_back, refused

TEXT = Text("it", "It", noun="The make", max_length=60)
LONG = LongText("it", "It", noun="The description", max_length=200)
NUMBER = Number("it", "It", noun="The number of rooms", least=1, most=50)
MONEY = Money("it", "It", noun="Savings", most=1_000_000)
DEBT = Money("it", "It", noun="The balance", least=-5_000, most=5_000)


@pytest.mark.parametrize(
    "text",
    [
        "Łódź",
        "O’Neill & Sons",
        "李小龍",
        "نور الهدى",
        "Ѓорѓи",
        "नमस्ते",
        "<b>bold</b>",
        "{{ 7 * 7 }}",
        "%(s)s",
        "'; drop",
        "Robert'); DROP TABLE",
        "👩🏽‍🚒",
        "ﬀ",
        "½",
        "e\u0301",
    ],
)
def test_text_is_kept_as_it_was_written(text: str) -> None:
    assert read(TEXT, text) == text
    assert read(LONG, text) == text
    assert TEXT.lines(text) == (text,)


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("\u00a0Ford\u00a0Transit\u2003", "Ford Transit"),
        ("\u202aFord\u202c", "Ford"),
        ("Ford\nTransit", "Ford Transit"),
        ("\ufeff", None),
        ("\u00a0", None),
    ],
)
def test_pasted_spaces_and_marks_are_tidied(typed: str, kept: str | None) -> None:
    assert read(TEXT, typed) == kept


def test_long_text_keeps_its_lines() -> None:
    assert read(LONG, "One\r\n\r\nTwo  ") == "One\n\nTwo"
    assert LONG.lines("One\n\nTwo") == ("One", "", "Two")


def test_too_long_is_counted_as_a_browser_counts() -> None:
    assert read(TEXT, "👩" * 30)
    assert refused(TEXT, "👩" * 31) == ("The make must be 60 characters or fewer", ())


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("4", 4),
        (" 4 ", 4),
        ("４", 4),
        ("٤", 4),
        ("+4", 4),
        ("04", 4),
        ("4.0", 4),
        ("1 0", 10),
        ("1\u00a00", 10),
        ("", None),
        ("\u00a0", None),
    ],
)
def test_a_number_is_read_however_it_is_typed(typed: str, kept: int | None) -> None:
    assert read(NUMBER, typed) == kept


@pytest.mark.parametrize("typed", ["four", "4.5", "4½", "1e1", "0x4", "4;", "--4", "²"])
def test_what_is_no_whole_number_is_refused(typed: str) -> None:
    assert refused(NUMBER, typed)[0] == "The number of rooms must be a whole number, like 3"


@pytest.mark.parametrize("typed", ["0", "51", "-1", "99999999999"])
def test_a_number_out_of_bounds_is_told_the_bounds(typed: str) -> None:
    assert refused(NUMBER, typed)[0] == "The number of rooms must be between 1 and 50"


@pytest.mark.parametrize(
    ("typed", "kept", "shown"),
    [
        ("6000", "6000.00", "£6,000"),
        ("£6,000", "6000.00", "£6,000"),
        (" £ 6,000.50 ", "6000.50", "£6,000.50"),
        ("6000.5", "6000.50", "£6,000.50"),
        ("６０００", "6000.00", "£6,000"),
        ("£6\u00a0000", "6000.00", "£6,000"),
        ("￡600", "600.00", "£600"),
        ("0", "0.00", "£0"),
        ("0.99", "0.99", "£0.99"),
    ],
)
def test_an_amount_is_read_to_the_penny(typed: str, kept: str, shown: str) -> None:
    assert read(MONEY, typed) == kept
    assert MONEY.lines(kept) == (shown,)


@pytest.mark.parametrize("typed", ["some", "6k", "6000.005", "6.000,00", "$600", "£", "1/2", ".", "€600"])
def test_what_is_no_amount_is_refused(typed: str) -> None:
    assert refused(MONEY, typed)[0] == "Savings must be an amount of money, like 600 or 193.54"


def test_an_amount_out_of_bounds_is_told_the_bounds() -> None:
    assert refused(MONEY, "-1")[0] == "Savings must be between £0 and £1,000,000"
    assert refused(MONEY, "1000000.01")[0] == "Savings must be between £0 and £1,000,000"
    assert read(DEBT, "−12.50") == "-12.50"  # a minus as typesetters write it


@pytest.mark.parametrize(
    "value", [6000, 6000.0, "6000", "6000.0", "١.٠٠", None, "", "1000000.01", ["6000.00"]]
)
def test_only_an_amount_to_the_penny_is_taken_as_kept(value: Any) -> None:
    assert not MONEY.accepts(value)


@given(st.integers(0, 100_000_000))
def test_every_amount_reads_back_the_same(pence: int) -> None:
    assert reads_back(MONEY, f"{Decimal(pence) / 100:.2f}")


@given(st.integers(1, 50))
def test_every_number_reads_back_the_same(number: int) -> None:
    assert reads_back(NUMBER, number)


@given(st.sampled_from([TEXT, LONG, NUMBER, MONEY]), st.text(max_size=80))
def test_whatever_is_typed_is_refused_or_reads_back_the_same(question: Text, text: str) -> None:
    try:
        kept = read(question, text)
    except Refused:
        return
    assert kept is None or reads_back(question, kept)
