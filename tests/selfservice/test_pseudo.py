"""The languages that nobody speaks: longer, accented or turned round, and whole."""

import re

import pytest

from selfservice.pseudo import Pseudo, accented, turned

TEXTS = (
    "Skip to main content",
    "It takes about <strong>%(number)s minutes</strong>. You do not need an account.",
    "{noun} must be {most} characters or fewer",
    "You can enter up to %{count} characters",
    "The place you gave is in the area of {place.authority}, so we cannot deal with it.",
)
KEPT = re.compile(r"%\([a-z]+\)s|%?\{[a-z.]+\}|<[^>]+>")


@pytest.mark.parametrize("text", TEXTS)
@pytest.mark.parametrize("rule", [accented, turned])
def test_what_is_filled_in_and_tags_stay_in_their_order(text: str, rule: object) -> None:
    assert KEPT.findall(rule(text)) == KEPT.findall(text)  # type: ignore[operator]


@pytest.mark.parametrize("text", TEXTS)
def test_an_accented_text_is_longer_by_two_fifths_and_has_no_plain_letter(text: str) -> None:
    shown = accented(text)
    assert len(KEPT.sub("", shown)) >= 1.4 * len(KEPT.sub("", text))
    assert not re.search("[A-Za-z]", KEPT.sub("", shown))
    assert shown.startswith("[")
    assert shown.endswith("]")


def test_a_turned_word_is_written_from_right_to_left() -> None:
    assert turned("No 7") == "\u200f\u202eNoo\u202c\u200f 7"


@pytest.mark.parametrize("text", ["", "12:30", "{place.words}", "%(day)s %(month)s", "–"])
def test_what_has_no_words_stays_as_it_is(text: str) -> None:
    assert Pseudo(accented).gettext(text) == text


def test_what_has_been_done_is_not_done_again() -> None:
    for rule in (accented, turned):
        language = Pseudo(rule)
        once = language.gettext("Send report")
        assert language.gettext(once) == once


def test_the_number_chooses_between_the_two_of_english() -> None:
    language = Pseudo(accented)
    assert language.ngettext("one photo", "%(num)s photos", 1) == accented("one photo")
    assert language.ngettext("one photo", "%(num)s photos", 3) == accented("%(num)s photos")
