"""Who somebody is: which answers are right however they are told, how sure they make, and when it locks."""

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from selfservice.domain.people import Verification
from selfservice.domain.verifying import (
    DOCUMENT_WORDS,
    LOCKED_FOR,
    MOST_WRONG,
    PROOF_WORDS,
    QUESTION_WORDS,
    QUESTIONS,
    Document,
    Proof,
    after_wrong,
    is_locked,
    level,
    same_day,
    same_last_digits,
    same_line,
    same_name,
    same_postcode,
    same_reference,
)

NOON = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)
BORN = date(1980, 4, 3)
NUMBER = "+441632960101"
proofs = st.frozensets(st.sampled_from(list(Proof)))


@pytest.mark.parametrize(
    ("proven", "reached"),
    [
        ((), Verification.NONE),
        ((Proof.BORN,), Verification.NONE),
        ((Proof.NAME, Proof.POSTCODE), Verification.NONE),
        ((Proof.POSTCODE, Proof.LAST_LINE, Proof.NAME), Verification.NONE),
        ((Proof.POSTCODE, Proof.BORN), Verification.BASIC),
        ((Proof.NAME, Proof.PHONE), Verification.BASIC),
        ((Proof.NAME, Proof.PHONE, Proof.REFERENCE), Verification.BASIC),
        ((Proof.POSTCODE, Proof.LAST_LINE, Proof.BORN), Verification.BASIC),
        ((Proof.NAME, Proof.POSTCODE, Proof.BORN), Verification.FULL),
        ((Proof.NAME, Proof.PHONE, Proof.CODE), Verification.FULL),
        ((Proof.CODE,), Verification.NONE),
        ((Proof.DOCUMENTS,), Verification.FULL),
    ],
)
def test_how_sure_some_proofs_make(proven: tuple[Proof, ...], reached: Verification) -> None:
    assert level(proven) is reached


@given(proofs, proofs)
def test_more_proofs_never_make_less_sure(some: frozenset[Proof], more: frozenset[Proof]) -> None:
    assert level(some | more) >= level(some)


@given(st.frozensets(st.sampled_from([Proof.NAME, Proof.POSTCODE, Proof.LAST_LINE])))
def test_what_any_neighbour_knows_is_never_enough(known: frozenset[Proof]) -> None:
    assert level(known) is Verification.NONE


def test_the_third_wrong_answer_locks_and_the_count_begins_anew() -> None:
    wrong, until = 0, None
    for _ in range(MOST_WRONG - 1):
        wrong, until = after_wrong(wrong, NOON)
        assert until is None
    wrong, until = after_wrong(wrong, NOON)
    assert (wrong, until) == (0, NOON + LOCKED_FOR)
    assert is_locked(until, NOON)
    assert not is_locked(until, NOON + LOCKED_FOR)
    assert not is_locked(None, NOON)


@pytest.mark.parametrize(
    "told",
    [
        "3.4.80", "3/4/1980", "03041980", "030480", "1980-04-03", "3rd April 1980", "April 3, 1980", " 3 apr 80 ",
        "the 3rd of April 1980",
    ],
)  # fmt: skip
def test_a_day_is_taken_however_it_is_told(told: str) -> None:
    assert same_day(BORN, told)


@pytest.mark.parametrize(
    "told", ["4/3/1980", "3.4.81", "3 April", "", "3", "1980", "born then", "٣.٤.1980", "3480"]
)
def test_another_day_is_not(told: str) -> None:
    assert not same_day(BORN, told)


@given(st.dates(min_value=date(1900, 1, 1)), st.dates(min_value=date(1900, 1, 1)))
def test_no_other_day_is_taken_for_one(kept: date, told: date) -> None:
    for written in (
        f"{told:%d %m %Y}",
        f"{told:%d%m%Y}",
        f"{told:%Y-%m-%d}",
        f"{told:%d %B %Y}",
        f"{told:%B %d %Y}",
    ):
        assert same_day(kept, written) is (kept == told)


@given(st.text(max_size=300))
def test_no_text_makes_the_comparing_fail(told: str) -> None:
    for right in (
        same_day(BORN, told), same_last_digits(NUMBER, told), same_line("Boston", told), same_postcode("PE216RY", told),
        same_name("Mary Made-Up", told), same_reference(["BOS-7K4M-2QXP"], told),
    ):  # fmt: skip
        assert right in (True, False)


@pytest.mark.parametrize("told", ["960101", "01632 960101", "+44 1632 960101", "1632960101", "96 01 01"])
def test_a_number_is_told_by_its_last_digits_or_as_a_whole(told: str) -> None:
    assert same_last_digits(NUMBER, told)


@pytest.mark.parametrize("told", ["", "0101", "960102", "2960101", "00960101", "01632 960102"])
def test_fewer_or_other_digits_are_not_it(told: str) -> None:
    assert not same_last_digits(NUMBER, told)


@pytest.mark.parametrize(
    ("kept", "told", "right"),
    [
        ("Mary Ann Made-Up", "mary made-up", True),
        ("Mary Made-Up", "Mrs Made-Up, Mary Ann", True),
        ("Siobhán O’Neill", "siobhan oneill", True),
        ("Mary Made-Up", "mary", False),
        ("Mary Made-Up", "made-up", False),
        ("Cher", "CHER", True),
        ("Mary Made-Up", "Mrs", False),
        ("", "mary", False),
    ],
)
def test_a_name_wants_its_first_and_its_last(kept: str, told: str, right: bool) -> None:
    assert same_name(kept, told) is right


def test_postcodes_lines_and_references_forgive_how_they_are_written() -> None:
    assert same_postcode("PE216RY", "pe21 6ry")
    assert not same_postcode("PE216RY", "PE21 6RZ")
    assert not same_postcode("", "")
    assert same_line("Sampleton-on-Sea", "sampleton on sea")
    assert not same_line("Sampleton", "Boston")
    assert not same_line("", "")
    assert same_reference(["BOS-0000-0000"], "") is False


def test_everything_has_words() -> None:
    assert set(PROOF_WORDS) == set(Proof)
    assert set(QUESTION_WORDS) == set(QUESTIONS) == set(Proof) - {Proof.CODE, Proof.DOCUMENTS}
    assert set(DOCUMENT_WORDS) == set(Document)
