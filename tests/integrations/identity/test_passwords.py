"""Passwords are kept so that nobody can read them, compared in the same time, and refused where they are weak."""

import statistics
import time
from collections.abc import Collection

import pytest
from argon2 import extract_parameters
from argon2.low_level import Type

from integrations.identity import passwords
from integrations.identity.passwords import LEAST, LONGEST, Passwords, weakness

GOOD = "kettle harbour violet"
ABOUT = ("Margaret O'Brien", "m.fenland@example.org")


@pytest.fixture(scope="module")
def cheap() -> Passwords:
    return Passwords(cheap=True)


def test_a_password_fits_its_own_hash_and_no_other(cheap: Passwords) -> None:
    kept = cheap.hash(GOOD)
    assert cheap.matches(kept, GOOD)
    assert not cheap.matches(kept, GOOD + " ")
    assert not cheap.matches(kept, "")
    assert cheap.hash(GOOD) != kept


def test_nobody_and_what_is_no_hash_never_fit(cheap: Passwords) -> None:
    assert not cheap.matches(None, GOOD)
    assert not cheap.matches("", GOOD)
    assert not cheap.matches("", "")
    assert not cheap.matches("not a hash", GOOD)


def test_the_same_password_fits_however_a_keyboard_writes_it(cheap: Passwords) -> None:
    assert cheap.matches(cheap.hash("caf\u00e9 \ufb01eld harbour"), "cafe\u0301 field harbour")


def test_what_no_keyboard_writes_is_a_password_too(cheap: Passwords) -> None:
    for odd in ("\x00" * LEAST, "\ud800" * LEAST, "🥾" * LEAST):
        assert cheap.matches(cheap.hash(odd), odd)


def test_a_hash_is_argon2id_with_19_mib_of_work() -> None:
    work = extract_parameters(Passwords().hash(GOOD))
    assert (work.type, work.memory_cost, work.time_cost, work.parallelism) == (Type.ID, 19 * 1024, 2, 1)


def test_a_hash_of_other_work_is_to_be_made_anew(cheap: Passwords) -> None:
    real = Passwords()
    assert real.wants_rehash(cheap.hash(GOOD))
    assert real.wants_rehash("not a hash")
    assert not real.wants_rehash(real.hash(GOOD))
    assert real.matches(cheap.hash(GOOD), GOOD)


def test_a_password_that_is_too_long_costs_no_more_and_never_fits(cheap: Passwords) -> None:
    longest = "x" * LONGEST
    kept = cheap.hash(longest)
    assert cheap.matches(kept, longest)
    assert not cheap.matches(kept, longest + "x")
    with pytest.raises(ValueError, match="too long"):
        cheap.hash(longest + "x")


def test_it_takes_as_long_whether_there_is_a_hash_or_not() -> None:
    real = Passwords()
    kept = real.hash(GOOD)

    def took(hashed: str | None) -> float:
        begun = time.process_time()
        real.matches(hashed, "not the password")
        return time.process_time() - begun

    pairs = [(took(kept), took(None)) for _ in range(9)]
    known, unknown = (statistics.median(times) for times in zip(*pairs, strict=True))
    assert unknown > known / 2
    assert known > unknown / 2


@pytest.mark.parametrize(
    ("password", "why"),
    [
        ("", passwords.TOO_SHORT),
        ("kettlehouse", passwords.TOO_SHORT),
        ("e\u0301" * 6, passwords.TOO_SHORT),  # six letters, however they are written
        ("\ufdfa" * 6, passwords.TOO_SHORT),  # six signs that are long when written out
        ("x" * 201, passwords.TOO_LONG),
        ("aaaaaaaaaaaaaa", passwords.REPEATED),
        ("AaAaAaAaAaAa", passwords.REPEATED),
        ("abcabcabcabcab", passwords.REPEATED),
        ("121212121212", passwords.REPEATED),
        ("margaret-kettle-1", passwords.ABOUT_YOU),
        ("kettle O\u2019BRIEN kettle", passwords.ABOUT_YOU),
        ("fenland kettle", passwords.ABOUT_YOU),
        ("justinbieber", passwords.COMMON),
        ("Leavemealone", passwords.COMMON),
        ("password1234", passwords.COMMON),
        ("Password123!", passwords.COMMON),
        ("princess2019!!", passwords.COMMON),
        ("123456789012", passwords.COMMON),
        ("abcdefghijklm", passwords.COMMON),
    ],
)
def test_a_weak_password_is_refused_with_the_reason(password: str, why: str) -> None:
    assert weakness(password, ABOUT) == why


@pytest.mark.parametrize(
    "password",
    [
        GOOD,
        "kettleharbour",
        "x7!kq0-Lm2#z",
        "     kettle     ",
        "長靴長靴を履いた猫が歩く",
        "correcthorsebattery1",
        "z" + "kettle " * 28,
    ],
)
def test_length_is_enough_and_no_mixture_is_asked_for(password: str) -> None:
    assert weakness(password, ABOUT) is None


@pytest.mark.parametrize("about", [(), ("", " "), ("Al Ng",), ("a@b.co",)])
def test_a_short_name_forbids_no_words(about: Collection[str]) -> None:
    assert weakness("tangled salad walking", about) is None


def test_the_words_name_the_limits() -> None:
    assert str(LEAST) in passwords.TOO_SHORT
    assert str(LONGEST) in passwords.TOO_LONG
    assert all("hree random words" in words for words in (passwords.TOO_SHORT, passwords.COMMON))
