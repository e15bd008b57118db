"""What must be answered again when a form has changed under answers that were given before."""

import hashlib
from collections.abc import Iterator
from dataclasses import fields
from functools import lru_cache
from typing import Any

from forms.kit.comparing import TODAY
from forms.kit.conditions import Answers, Condition
from forms.kit.journey import done
from forms.kit.questions import Choice, Question
from forms.kit.service import Page, Service, Stop


def version_of(service: Service) -> str:
    """What tells one form from another: a hash of all in it that answers hang on, and of no wording.

    Worked out once for each service in use.
    """
    return _version(_Same(service))


def asked_again(service: Service, answers: Answers) -> tuple[Page, ...]:
    """The pages that want an answer though a later one has been given: new ones, and those whose answer no
    longer fits, because a choice was taken away or the question is now of another kind.

    Pages are looked at as far as anything was answered, and as if each of them had been passed.
    """
    answered = [number for number, page in enumerate(service.pages) if _touched(page, answers)]
    so_far: dict[str, Any] = {TODAY: answers[TODAY]} if TODAY in answers else {}
    again: list[Page] = []
    for page in service.pages[: answered[-1] + 1] if answered else ():
        if page.when is not None and not page.when.holds(so_far):
            continue
        if isinstance(page, Stop):
            break
        so_far |= _fitting(page, answers)
        if not done(page, so_far):
            again.append(page)
    return tuple(again)


def _touched(page: Page | Stop, answers: Answers) -> bool:
    return isinstance(page, Page) and any(question.id in answers for question in page.asked)


def _fitting(page: Page, answers: Answers) -> dict[str, Any]:
    """The page's answers that its questions still take."""
    return {
        question.id: answers[question.id]
        for question in page.asked
        if question.id in answers and (answers[question.id] is None or question.accepts(answers[question.id]))
    }


class _Same:
    """A service told apart by which it is: to compare two by all that is in them takes longer than a page."""

    __slots__ = ("service",)

    def __init__(self, service: Service) -> None:
        self.service = service

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Same) and other.service is self.service

    def __hash__(self) -> int:
        return id(self.service)


@lru_cache(maxsize=1024)
def _version(same: _Same) -> str:
    return hashlib.sha256("\n".join(_shape(same.service)).encode()).hexdigest()


def _shape(service: Service) -> Iterator[str]:
    for page in service.pages:
        yield f"{type(page).__name__} {page.slug} {page.when!r}"
        if isinstance(page, Page):
            rule = page.at_least_one
            yield f"{rule.questions} {rule.when!r}" if rule else ""
            for question in page.asked:
                yield _of_question(question)


def _of_question(question: Question) -> str:
    """Its id, kind, choices, limits and conditions: whatever is no text for people."""
    told = [type(question).__name__, question.id]
    for field in fields(question):
        value = getattr(question, field.name)
        if value is None or isinstance(value, bool | int | Condition):
            told.append(f"{field.name}={value!r}")
        elif isinstance(value, tuple):
            told += [each.value for each in value if isinstance(each, Choice)]
            told += [_of_question(each) for each in value if isinstance(each, Question)]
    return " ".join(told)
