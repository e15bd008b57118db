"""How like a name is to what was typed for it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from selfservice.domain.likeness import Closeness, fit, one_left_out, similarity, words_of
from selfservice.domain.naming import name_key
from selfservice.domain.nicknames import forms_of

WORD = st.text("abcdefghijklmnopqrstuvwxyz", min_size=3, max_size=12)


@pytest.mark.parametrize(
    ("typed", "name", "closeness"),
    [
        ("smith", "Mary Smith", Closeness.SAME),
        ("smith mary", "Mary Smith", Closeness.SAME),
        ("bill", "William Brown", Closeness.FORM),
        ("elizabeth", "Liz Carter", Closeness.FORM),
        ("mac donald", "Flora MacDonald", Closeness.FORM),
        ("maryanne", "Mary Anne Reed", Closeness.FORM),
        ("o neill", "Siobhán O’Neill", Closeness.FORM),
        ("wisniew", "Ewa Wiśniewska", Closeness.PART),
        ("m smith", "Mary Smith", Closeness.PART),
        ("smth", "Mary Smith", Closeness.ALIKE),
        ("smiht", "Mary Smith", Closeness.ALIKE),
        ("smyth", "Mary Smith", Closeness.ALIKE),
        ("smitth", "Mary Smith", Closeness.ALIKE),
        ("kovalsky", "Jan Kowalski", Closeness.NONE),
        ("kowolska", "Ewa Kowalska", Closeness.ALIKE),
        ("jones", "Mary Smith", Closeness.NONE),
    ],
)
def test_the_closest_that_a_name_comes(typed: str, name: str, closeness: Closeness) -> None:
    assert fit(words_of(typed), name_key(name)).worst is closeness


def test_a_name_that_is_whole_fits_better_than_one_with_more_to_it() -> None:
    typed = ("john", "smith")
    names = ("john smith", "john albert smith", "jon smith", "john jones")
    assert sorted(names, key=lambda name: fit(typed, name)) == list(names)


@given(WORD, WORD)
def test_words_that_are_a_letter_apart_share_what_they_are_with_one_left_out(word: str, other: str) -> None:
    near = fit((word,), other).worst <= Closeness.ALIKE
    if near and word not in other and forms_of(word).isdisjoint({other}):
        assert one_left_out(word) & one_left_out(other)


def test_likeness_is_counted_as_the_database_counts_it() -> None:
    assert similarity("jonh smith", "john smith") == pytest.approx(0.5714286)
    assert similarity("", "") == 0


def test_other_forms_are_not_passed_on_from_name_to_name() -> None:
    assert {"alexander", "alexandra"} <= forms_of("alex")
    assert "alexandra" not in forms_of("alexander")
    assert forms_of("unheardof") == {"unheardof"}
