"""Which questions of a service are sensitive: their answers are kept sealed, and never stand in a message."""

from collections.abc import Iterator
from dataclasses import fields

from forms.kit.questions import Question
from forms.kit.service import Service

# What is kept beside the answers too, in the clear: where it is, its postcode, files, and how to reach somebody.
KEPT_ELSEWHERE = frozenset({"place", "address", "files"})
CONTACT = frozenset({"name", "email", "phone"})


def is_sensitive(question: Question) -> bool:
    """Whether a question is sensitive, or any that is asked within it, as of each person in a home."""
    within = (getattr(question, field.name) for field in fields(question))
    inner = (each for value in within if isinstance(value, tuple) for each in value)
    return question.sensitive or any(is_sensitive(each) for each in inner if isinstance(each, Question))


def sensitive_ids(service: Service) -> frozenset[str]:
    """The ids of the sensitive questions of a service."""
    return frozenset(question.id for question in service.questions() if is_sensitive(question))


def sensitive_mistakes(service: Service) -> Iterator[str]:
    """What cannot be sensitive, because it is not kept in the answers alone."""
    for question in service.questions():
        if is_sensitive(question) and (question.answers_as in KEPT_ELSEWHERE or question.id in CONTACT):
            yield f"question {question.id}: sensitive: cannot be, because its answer is not kept sealed alone"
