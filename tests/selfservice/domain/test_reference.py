"""References: every single slip is found, and people are understood however they type."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from selfservice.domain.reference import ALPHABET, check_character, make_reference, read_reference

PREFIXES = st.sampled_from(["BOS", "EL", "SH", "SKDC"])
DRAWN = st.text(ALPHABET, min_size=7, max_size=7)


def made(prefix: str, drawn: str) -> str:
    numbers = iter(ALPHABET.index(sign) for sign in drawn)
    return make_reference(prefix, lambda _: next(numbers))


def test_a_reference_is_short_and_grouped() -> None:
    assert made("BOS", "7K4M2QX") == f"BOS-7K4M-2QX{check_character('BOS', '7K4M2QX')}"


@given(PREFIXES, DRAWN)
def test_a_reference_is_read_back(prefix: str, drawn: str) -> None:
    assert made(prefix, drawn) in read_reference(made(prefix, drawn))


@given(PREFIXES, DRAWN, st.integers(0, 7), st.sampled_from(ALPHABET))
def test_every_single_wrong_character_is_found(prefix: str, drawn: str, place: int, sign: str) -> None:
    reference = made(prefix, drawn)
    plain = reference.replace("-", "")
    place += len(prefix)
    wrong = plain[:place] + sign + plain[place + 1 :]
    assert (reference in read_reference(wrong)) == (wrong == plain)
    assert wrong == plain or read_reference(wrong) == ()


@given(PREFIXES, DRAWN, st.data())
def test_every_two_that_changed_places_are_found(prefix: str, drawn: str, data: st.DataObject) -> None:
    plain = made(prefix, drawn).replace("-", "")
    place = data.draw(st.integers(len(prefix), len(plain) - 2))
    wrong = plain[:place] + plain[place + 1] + plain[place] + plain[place + 2 :]
    assert wrong == plain or read_reference(wrong) == ()


@given(PREFIXES, DRAWN, st.data())
def test_typing_is_tolerated(prefix: str, drawn: str, data: st.DataObject) -> None:
    reference = made(prefix, drawn)
    alike = {"0": "0Oo", "1": "1IiLl", "5": "5Ss", "V": "VvUu"}
    typed = "".join(
        data.draw(st.sampled_from(alike.get(sign, sign + sign.lower())))
        + data.draw(st.sampled_from(["", " "]))
        for sign in reference
    )
    assert reference in read_reference(typed)


@pytest.mark.parametrize(
    "typed", ["", "BOS", "BOS-7K4M", "BOS-7K4M-2QX!", "🦆" * 11, "B" * 40, "BOS-7K4M-2QXß"]
)
def test_what_cannot_be_a_reference_is_none(typed: str) -> None:
    assert read_reference(typed) == ()
