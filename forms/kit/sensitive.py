"""Which questions of a service are sensitive: their answers are kept sealed, and never stand in a message."""

from dataclasses import fields

from forms.kit.questions import Question
from forms.kit.service import Service


def is_sensitive(question: Question) -> bool:
    """Whether a question is sensitive, or any that is asked within it, as of each person in a home."""
    within = (getattr(question, field.name) for field in fields(question))
    inner = (each for value in within if isinstance(value, tuple) for each in value)
    return question.sensitive or any(is_sensitive(each) for each in inner if isinstance(each, Question))


def sensitive_ids(service: Service) -> frozenset[str]:
    """The ids of the sensitive questions of a service."""
    return frozenset(question.id for question in service.questions() if is_sensitive(question))
