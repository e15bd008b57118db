"""What is chosen: one of a few, one of many, several, and agreed to."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forms.kit.chosen import Checkboxes, Declaration, Radios, Select, YesNo
from forms.kit.questions import Choice
from tests.forms.kit.tried import read, reads_back, refused

BINS = (Choice("refuse", "Rubbish"), Choice("recycling", "Recycling"), Choice("none", "None of these"))
RADIOS = Radios("it", "It", choices=BINS)
SELECT = Select("it", "It", choices=BINS)
BOXES = Checkboxes("it", "It", choices=BINS, exclusive="none")
DECLARATION = Declaration("it", "I agree", text=("It is true.", "I will tell you."))


@pytest.mark.parametrize("question", [RADIOS, SELECT])
@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("refuse", "refuse"),
        ("", None),
        ("Rubbish", None),
        ("refuse ", None),
        ("REFUSE", None),
        ("no-such", None),
    ],
)
def test_one_is_chosen_by_its_value_alone(question: Radios, typed: str, kept: str | None) -> None:
    assert read(question, typed) == kept


def test_only_the_first_of_two_is_taken_where_one_is_asked_for() -> None:
    assert read(RADIOS, "refuse", "recycling") == "refuse"


@pytest.mark.parametrize(("typed", "kept"), [("yes", "yes"), ("no", "no"), ("Yes", None), ("true", None)])
def test_yes_or_no(typed: str, kept: str | None) -> None:
    assert read(YesNo("it", "It"), typed) == kept
    assert YesNo("it", "It").lines("no") == ("No",)


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ((), None),
        (("recycling", "refuse"), ["refuse", "recycling"]),
        (("refuse", "refuse", "no-such"), ["refuse"]),
        (("none",), ["none"]),
    ],
)
def test_several_are_kept_in_the_order_of_the_choices(typed: tuple[str, ...], kept: Any) -> None:
    assert read(BOXES, *typed) == kept


def test_none_of_these_goes_with_no_other() -> None:
    assert refused(BOXES, "refuse", "none")[0] == "Select what applies, or select ‘None of these’"


def test_the_words_of_a_choice_are_shown_and_those_of_one_taken_away_are_its_value() -> None:
    assert SELECT.lines("recycling") == ("Recycling",)
    assert SELECT.lines("tins") == ("tins",)
    assert BOXES.lines(["refuse", "none"]) == ("Rubbish", "None of these")


@pytest.mark.parametrize(("typed", "kept"), [("agreed", "agreed"), ("", None), ("on", None), ("yes", None)])
def test_a_declaration_is_agreed_to_or_not(typed: str, kept: str | None) -> None:
    assert read(DECLARATION, typed) == kept


def test_what_was_agreed_to_is_kept_with_it() -> None:
    assert DECLARATION.lines("agreed") == ("It is true.", "I will tell you.", "Agreed")
    assert not DECLARATION.accepts(True)


@pytest.mark.parametrize(
    ("question", "value"),
    [(BOXES, []), (BOXES, ["refuse", "none"]), (BOXES, "refuse"), (RADIOS, ["refuse"]), (SELECT, None)],
)
def test_what_was_never_chosen_is_not_taken_as_kept(question: Radios, value: Any) -> None:
    assert not question.accepts(value)


@given(st.sampled_from(["refuse", "recycling", "none"]))
def test_every_choice_reads_back_the_same(value: str) -> None:
    assert reads_back(RADIOS, value)
    assert reads_back(SELECT, value)
    assert reads_back(BOXES, [value])


def test_a_declaration_reads_back_the_same() -> None:
    assert reads_back(DECLARATION, "agreed")
