"""What must be answered again when a form has changed under answers that were given before."""

import hashlib
from collections.abc import Iterator
from dataclasses import fields
from typing import Any

from forms.kit.comparing import TODAY
from forms.kit.conditions import Answers, Condition
from forms.kit.journey import done, fitting
from forms.kit.once import once_each
from forms.kit.questions import Choice, Question
from forms.kit.service import Page, Service, Stop


@once_each
def version_of(service: Service) -> str:
    """What tells one form from another: a hash of all in it that answers hang on, and of no wording."""
    return hashlib.sha256("\n".join(_shape(service)).encode()).hexdigest()


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
        so_far |= fitting(page, answers)
        if not done(page, so_far):
            again.append(page)
    return tuple(again)


def _touched(page: Page | Stop, answers: Answers) -> bool:
    return isinstance(page, Page) and any(question.id in answers for question in page.asked)


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
