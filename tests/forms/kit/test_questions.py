"""What people really type, and what each kind of question makes of it."""

from typing import Any

import pytest

from forms.kit.chosen import Checkboxes, Radios, YesNo
from forms.kit.contacts import Email, Name, Phone, VehicleRegistration
from forms.kit.files import Photos
from forms.kit.questions import Asking, Choice, Question, Refused
from forms.kit.written import LongText, Number, Text

COLOURS = (Choice("red", "Red"), Choice("blue", "Blue"), Choice("none", "None of these"))
TEXT = Text("it", "It", noun="The make", max_length=20)
LONG = LongText("it", "It", noun="The description", max_length=20)
RADIOS = Radios("it", "It", choices=COLOURS)
CHECKBOXES = Checkboxes("it", "It", choices=COLOURS, exclusive="none")
NUMBER = Number("it", "It", noun="The number of bins", least=1, most=6)
EMAIL = Email("it", "It")
PHONE = Phone("it", "It")
PLATE = VehicleRegistration("it", "It")
NAME = Name("it", "It")


def read(question: Question, *texts: str, kept: Any = None, now: Any = None, lookups: Any = None) -> Any:
    return question.read({"": texts}, Asking(now, lookups, kept))


@pytest.mark.parametrize(
    ("question", "typed", "kept"),
    [
        (TEXT, "Ford", "Ford"),
        (TEXT, "  Ford \t Transit\r\n", "Ford Transit"),
        (TEXT, "\u200b\ufeffFord\u200b", "Ford"),
        (TEXT, "Fo\x00rd\x1b", "Ford"),
        (TEXT, "   ", None),
        (TEXT, "", None),
        (TEXT, "x" * 20, "x" * 20),
        (LONG, " one\r\ntwo\r\n ", "one\ntwo"),
        (LONG, "a\r\n" * 9 + "ab", "a\n" * 9 + "ab"),  # 20 as the page counts: a line's end is one
        (NAME, "Zoë  O’Neill-Ødegård", "Zoë O’Neill-Ødegård"),
        (NAME, "李小龍", "李小龍"),
        (NUMBER, " 4 ", 4),
        (NUMBER, "4.0", 4),
        (RADIOS, "red", "red"),
        (RADIOS, "green", None),
        (RADIOS, "red ", None),
        (YesNo("it", "It"), "yes", "yes"),
        (EMAIL, " name@example.org ", "name@example.org"),
        (EMAIL, "mailto:name@example.org", "name@example.org"),
        (EMAIL, "<name@example.org>;", "name@example.org"),
        (EMAIL, "Name.O'Neill+bins@EXAMPLE.org", "Name.O'Neill+bins@example.org"),
        (PHONE, "01632 960001", "+441632960001"),
        (PHONE, "(01632) 960-001", "+441632960001"),
        (PHONE, "+44 (0)1632 960 001", "+441632960001"),
        (PHONE, "0044 1632 960001", "+441632960001"),
        (PHONE, "07700 900 982", "+447700900982"),
        (PHONE, "+353 1 234 5678", "+35312345678"),
        (PLATE, "ab12cde", "AB12 CDE"),
        (PLATE, " ab 12 cde ", "AB12 CDE"),
        (PLATE, "Q 1", "Q 1"),
        (PLATE, "B-MW 1234", "B-MW 1234"),
        (PLATE, "something like AB1? maybe", "SOMETHING LIKE AB1? MAYBE"),
        (PLATE, "???", "???"),
    ],
)
def test_what_is_typed_is_kept_so(question: Question, typed: str, kept: object) -> None:
    assert read(question, typed) == kept
    assert kept is None or question.accepts(kept)


@pytest.mark.parametrize(
    ("question", "typed", "words"),
    [
        (TEXT, "x" * 21, "The make must be 20 characters or fewer"),
        (TEXT, "😀" * 11, "The make must be 20 characters or fewer"),  # 22 as a browser counts
        (LONG, "a\r\n" * 9 + "abc", "The description must be 20 characters or fewer"),
        (NUMBER, "four", "The number of bins must be a whole number, like 3"),
        (NUMBER, "4.5", "The number of bins must be a whole number, like 3"),
        (NUMBER, "²", "The number of bins must be a whole number, like 3"),
        (NUMBER, "7", "The number of bins must be between 1 and 6"),
        (NUMBER, "-1", "The number of bins must be between 1 and 6"),
        (NUMBER, "9" * 500, "The number of bins must be 12 characters or fewer"),
        (EMAIL, "name@", "Enter an email address in the correct format, like name@example.com"),
        (EMAIL, "name at example.org", "Enter an email address in the correct format, like name@example.com"),
        (EMAIL, "a@b@example.org", "Enter an email address in the correct format, like name@example.com"),
        (EMAIL, "x" * 5000, "Email address must be 254 characters or fewer"),
        (PHONE, "960001", "Enter a phone number, like 01632 960 001, 07700 900 982 or +44 808 157 0192"),
        (PHONE, "ask my wife", "Enter a phone number, like 01632 960 001, 07700 900 982 or +44 808 157 0192"),
        (PHONE, "0" * 40, "Enter a phone number, like 01632 960 001, 07700 900 982 or +44 808 157 0192"),
        (PHONE, "1" * 5000, "Phone number must be 50 characters or fewer"),
    ],
)
def test_what_cannot_be_taken_is_refused_in_words(question: Question, typed: str, words: str) -> None:
    with pytest.raises(Refused) as refused:
        read(question, typed)
    assert refused.value.told() == words


def test_boxes_are_kept_in_the_order_of_the_choices_and_unknown_ones_dropped() -> None:
    assert read(CHECKBOXES, "blue", "red", "blue", "green") == ["red", "blue"]
    assert read(CHECKBOXES, "green") is None
    assert read(CHECKBOXES) is None


def test_none_of_these_goes_with_nothing_else() -> None:
    assert read(CHECKBOXES, "none") == ["none"]
    with pytest.raises(Refused, match="or select ‘None of these’"):
        read(CHECKBOXES, "none", "red")
    assert not CHECKBOXES.accepts(["red", "none"])


def test_a_page_cannot_claim_a_photo_that_was_not_uploaded_to_this_draft() -> None:
    photos = Photos("photos", "Photos")
    assert read(photos, "somebody-elses-file") is None
    assert read(photos, "somebody-elses-file", kept=["mine"]) == ["mine"]


@pytest.mark.parametrize(
    ("question", "value", "lines"),
    [
        (CHECKBOXES, ["red", "blue"], ("Red", "Blue")),
        (RADIOS, "red", ("Red",)),
        (RADIOS, "since-removed", ("since-removed",)),
        (LONG, "one\ntwo", ("one", "two")),
        (Number("n", "N"), 12000, ("12,000",)),
        (PHONE, "+441632960001", ("01632 960001",)),
        (PHONE, "+35312345678", ("+353 1 234 5678",)),
        (Photos("p", "P"), ["a"], ("Photos added: 1",)),
        (Photos("p", "P"), ["a", "b"], ("Photos added: 2",)),
    ],
)
def test_a_kept_answer_is_shown_in_words(question: Question, value: object, lines: tuple[str, ...]) -> None:
    assert question.lines(value) == lines


@pytest.mark.parametrize("question", [TEXT, LONG, NUMBER, RADIOS, CHECKBOXES, EMAIL, PHONE, PLATE, NAME])
def test_what_is_kept_reads_back_as_itself(question: Question) -> None:
    for example in question.examples():
        assert question.accepts(example)
        assert question.read(question.typed(example), Asking(None, None)) == example  # type: ignore[arg-type]
