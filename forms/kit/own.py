"""Questions that ask after the person who fills the form in, and what their account holds that answers them."""

from collections.abc import Iterable, Iterator, Mapping
from enum import StrEnum
from typing import Any

from forms.kit.addresses import Address, Property
from forms.kit.conditions import Answers
from forms.kit.contacts import Email, Name, Phone
from forms.kit.dates import Date
from forms.kit.questions import Question
from forms.kit.written import Text


class Own(StrEnum):
    """What an account holds that forms ask for."""

    NAME = "name"
    EMAIL = "email"
    PHONE = "phone"
    BORN = "date_of_birth"
    ADDRESS = "address"


# How to reach whoever fills it in always has these ids: see `shared.about_you`.
_CONTACT: Mapping[str, tuple[type[Question], Own]] = {
    "name": (Name, Own.NAME),
    "email": (Email, Own.EMAIL),
    "phone": (Phone, Own.PHONE),
}
# Of somebody else, where the form is for somebody else: see `shared.for_whom`.
_OF_WHOM_IT_IS_FOR = frozenset({Own.BORN, Own.ADDRESS})
# The questions whose answer is where they live: the address that somebody moves from is not, once it is sent.
_WHERE_THEY_LIVE = frozenset({"home_address", "property"})


def asks_after(question: Question) -> Own | None:
    """What it asks of the person who fills it in; None where it asks of anybody or anything else."""
    kind, own = _CONTACT.get(question.id, (None, None))
    if kind is not None:
        return own if isinstance(question, kind) else None
    if isinstance(question, Address):
        return Own.ADDRESS if question.own else None
    return Own.BORN if isinstance(question, Date) and question.own else None


def asked_of(questions: Iterable[Question], answers: Answers) -> Iterator[tuple[Question, Own]]:
    """Those of these questions that ask after the person who fills the form in, each with what it asks."""
    for_another = answers.get("for_whom") == "other"
    for question in questions:
        own = asks_after(question)
        if own is not None and not (for_another and own in _OF_WHOM_IT_IS_FOR):
            yield question, own


def put_in(questions: Iterable[Question], answers: Answers, known: Mapping[Own, Any]) -> dict[str, Any]:
    """The answers, by question id, that `known` gives to those of these questions without an answer so far.

    `answers` are those so far: a question that was left blank on purpose has an entry there, and stays blank.
    """
    return {
        question.id: known[own]
        for question, own in asked_of(questions, answers)
        if question.id not in answers and _fits(question, known.get(own))
    }


def told_of(questions: Iterable[Question], answers: Answers) -> dict[Own, tuple[Question, Any]]:
    """What these questions were told of the person who filled the form in, as their account could hold it: the
    question, and its answer."""
    return {
        own: (question, answers[question.id])
        for question, own in asked_of(questions, answers)
        if answers.get(question.id) is not None
        and (own is not Own.ADDRESS or question.id in _WHERE_THEY_LIVE)
    }


def _fits(question: Question, value: Any) -> bool:
    """Whether the question would take this value if it were typed."""
    if value is None or not question.accepts(value):
        return False
    if isinstance(question, Text):
        return 0 < len(value) <= question.max_length
    return not isinstance(question, Property) or value["council"] is not None
