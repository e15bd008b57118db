"""Every service, in its own words and in each council's, can be read by nearly everybody: see plain_words.py."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pytest

from forms.catalogue import SERVICES, for_council
from forms.kit import (
    Checkboxes,
    Choice,
    Date,
    Declaration,
    Page,
    Photos,
    Radios,
    Service,
    Stop,
    Text,
    YesNo,
    ask,
)
from forms.kit.conditions import Is
from selfservice.configuration import load_councils
from selfservice.settings import ROOT
from tests.house.plain_words import (
    GRADE_OF_SERVICE,
    GRADE_WITH_LAW_WORDS,
    faults,
    grade_of,
    grade_of_paragraphs,
)
from tests.house.reading_age import grade, sentences, syllables, words_in

# What may stand although a rule is against it: (service, rule, where) and the reason. One that is not needed any
# more fails the test below.
EXCEPTIONS: Mapping[tuple[str, str, str], str] = {}
# Services that cannot do without words of the law, with the words: they may be read at grade 9, the others at 7.
LAW_WORDS: Mapping[str, str] = {}

EVERY = pytest.mark.parametrize("slug", sorted(SERVICES))
COUNCILS = load_councils(ROOT / "config", {})
OFFERED = {slug: for_council(council) for slug, council in COUNCILS.items()}


def unexcused(service: Service, exceptions: Mapping[tuple[str, str, str], str] = EXCEPTIONS) -> list[str]:
    """What is not plain and has no exception."""
    return [
        f"{service.slug}: {fault}"
        for fault in faults(service)
        if (service.slug, fault.rule, fault.where) not in exceptions
    ]


@EVERY
def test_every_text_of_a_service_is_plain(slug: str) -> None:
    assert unexcused(SERVICES[slug]) == []


@EVERY
def test_a_service_is_read_at_twelve(slug: str) -> None:
    most = GRADE_WITH_LAW_WORDS if slug in LAW_WORDS else GRADE_OF_SERVICE
    assert grade_of(SERVICES[slug]) <= most
    assert grade_of_paragraphs(SERVICES[slug]) <= most


@pytest.mark.parametrize("council", sorted(COUNCILS))
def test_what_a_council_says_in_its_own_words_is_as_plain(council: str) -> None:
    changed = [each for each in OFFERED[council].values() if each != SERVICES[each.slug]]
    worded = COUNCILS[council].overrides.keys() & OFFERED[council].keys()
    assert {each.slug for each in changed} == worded, "its words for a service change nothing of it"
    assert [words for each in changed for words in unexcused(each)] == []
    assert [each.slug for each in changed if grade_of(each) > GRADE_WITH_LAW_WORDS] == []


def test_every_exception_is_still_needed_and_says_why() -> None:
    every = [each for services in (SERVICES, *OFFERED.values()) for each in services.values()]
    found = {(each.slug, fault.rule, fault.where) for each in every for fault in faults(each)}
    assert [exception for exception in EXCEPTIONS if exception not in found] == []
    easy = [slug for slug in LAW_WORDS if hardest(SERVICES[slug]) <= GRADE_OF_SERVICE]
    assert easy == []
    assert all(len(reason) > 20 for reason in (*EXCEPTIONS.values(), *LAW_WORDS.values()))


def hardest(service: Service) -> float:
    """The higher of a service's two grades."""
    return max(grade_of(service), grade_of_paragraphs(service))


# Seen to fail.

FLY_TIPPING = SERVICES["fly-tipping"]
TWO = (Choice("a", "One"), Choice("b", "Two"))
TANGLED = (
    "We are unable, for reasons connected with the constitutional and administrative responsibilities of neighbouring "
    "authorities, to investigate any circumstances that appear to originate predominantly outside our own area."
)


def bad(*pages: Any, **changes: Any) -> Service:
    """A service with something wrong in it."""
    return replace(FLY_TIPPING, pages=pages or FLY_TIPPING.pages, urgent_when=None, **changes)


def saying(label: str = "What is it?", **words: Any) -> Service:
    """A service that asks one thing."""
    return bad(ask(Text("what", label, **({"missing": "Enter what it is"} | words))))


@pytest.mark.parametrize(
    ("wrong", "rule", "told"),
    [
        (saying(hint=TANGLED.rstrip(".")), "sentence", "a sentence of 28 words, where 25 are enough"),
        (saying(hint="Commence here"), "jargon", "says “Commence”; plainly: begin, start"),
        (saying(hint="Waste in respect of a shop"), "jargon", "says “in respect of”; plainly: for, about"),
        (saying(hint="Please tell us"), "jargon", "says “Please”; plainly: nothing: say what to do"),
        (saying(hint="A car, e.g. a van"), "jargon", "says “e.g.”"),
        (saying(hint="A car, i.e. a van"), "jargon", "says “i.e.”"),
        (saying(hint="Use our e-form"), "jargon", "says “e-form”"),
        (saying(hint="Click here to see"), "jargon", "says “Click”"),
        (bad(page_note="We utilise it in order to help."), "jargon", "says “utilise”; plainly: use"),
        (bad(page_note="We utilise it in order to help."), "jargon", "says “in order to”; plainly: to"),
        (bad(description="For a service user"), "jargon", "says “service user”"),
        (saying(hint="Do NOT touch it"), "capitals", "shouts “NOT”"),
        (saying(hint="Keep away!"), "marks", "has an exclamation mark"),
        (saying(hint="Don't touch it"), "marks", "has a straight quotation mark or apostrophe"),
        (saying(hint="Such as  two spaces"), "marks", "has spaces or full stops too many"),
        (saying(hint="See www.example.org for more"), "linked hint", "has a link in a hint"),
        (saying(hint="See https://example.org/more"), "linked hint", "has a link in a hint"),
        (saying(hint="A whole sentence."), "hint", "is a hint and ends with a full stop"),
        (saying("What is it"), "question", "asks and does not end with a question mark"),
        (saying("Is it in the road"), "question", "asks and does not end with a question mark"),
        (saying("At what time did you see it"), "question", "asks and does not end with a question mark"),
        (saying("Tell us more:"), "question", "is a label and ends as a sentence"),
        (saying(missing="This field is required"), "error", "does not begin with Enter or Select"),
        (saying(missing="Enter what it is."), "error", "is an error message and ends with a mark"),
        (
            bad(ask(YesNo("b", "Is it?", missing="Select whether it is"))),
            "error",
            "does not begin with Select yes if or Select no if",
        ),
        (bad(ask(Radios("b", "Which?", choices=TWO, missing="Enter it"))), "error", "not begin with Select"),
        (
            bad(ask(Checkboxes("b", "Which?", choices=TWO, missing="Tick it"))),
            "error",
            "not begin with Select",
        ),
        (bad(ask(Photos("b", "Add photos", missing="Select it"))), "error", "does not begin with Add"),
        (bad(ask(Declaration("b", "I agree", missing="Enter it"))), "error", "does not begin with Tick"),
        (saying(missing=""), "no error", "has no error message"),
        (
            bad(ask(Date("a", "When?", missing="x")), Page("b", title="When?")),
            "title",
            "2 have the same title",
        ),
        (
            bad(Stop("s", "Stop", Is("a", "b"), guidance=(TANGLED, TANGLED))),
            "page grade",
            "is read at grade 2",
        ),
    ],
)
def test_what_is_not_plain_is_told(wrong: Service, rule: str, told: str) -> None:
    found = [str(fault) for fault in faults(wrong) if fault.rule == rule]
    assert any(told in words for words in found), found


def test_a_service_in_hard_words_fails_as_a_whole() -> None:
    hard = bad(Stop("s", "Neighbouring administrations", Is("a", "b"), guidance=(TANGLED,) * 20))
    assert grade_of_paragraphs(hard) > GRADE_WITH_LAW_WORDS
    assert grade_of(hard) > GRADE_WITH_LAW_WORDS


def test_an_exception_excuses_one_text_alone() -> None:
    wrong = saying(hint="Keep away!")
    where = ("fly-tipping", "marks", "page what, what, hint")
    assert unexcused(wrong, {where: "as it stands on the sign"}) == []
    assert unexcused(wrong, {("litter", *where[1:]): "as it stands on the sign"}) != []


@pytest.mark.parametrize(
    ("text", "none_of"),
    [
        ("AB12 CDE", "capitals"),
        ("Such as PE21 6RY or TF 327 441", "capitals"),
        ("Its MOT has run out, and it is SORN", "capitals"),
        ("Search for ‘abandoned car’ on GOV.UK", "linked hint"),
        ("Look for the premises licence on the wall", "jargon"),
        ("Its name, and who regards it as theirs", "jargon"),
    ],
)
def test_what_is_well_is_left_alone(text: str, none_of: str) -> None:
    assert [fault for fault in faults(saying(hint=text)) if fault.rule == none_of] == []


@pytest.mark.parametrize("label", ["How you pay", "What you saw", "About you", "When you move", "Which bin?"])
def test_a_heading_that_states_needs_no_question_mark(label: str) -> None:
    assert [fault for fault in faults(saying(label)) if fault.rule == "question"] == []


SAID = {
    1: "bin waste missed 42",
    2: "council table houses people’s household safely",
    3: "vehicle abandoned area collected somebody",
    4: "application circumstances DVLA",
}


@pytest.mark.parametrize(("count", "words"), SAID.items())
def test_syllables_are_counted_as_they_are_said(count: int, words: str) -> None:
    assert {word: syllables(word) for word in words.split()} == dict.fromkeys(words.split(), count)


def test_a_sentence_ends_at_its_mark_and_not_in_the_middle_of_a_name() -> None:
    told = "Search GOV.UK for it. It costs £4.50 at {place.authority}. Is it yours?"
    assert [len(words) for words in sentences(told)] == [4, 6, 3]
    assert words_in(["One two.", "Three"]) == 3


def test_the_grade_is_that_of_the_formula() -> None:
    """Six words of one syllable in one sentence: 0.39 × 6 + 11.8 × 1 - 15.59."""
    assert grade(["The cat sat on the mat."]) == pytest.approx(-1.45)
    assert grade([]) == 0
    assert grade([TANGLED]) > 20
