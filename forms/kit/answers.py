"""Answers as people read them: for check-answers, for the record of a submission, and for the back office."""

from dataclasses import dataclass

from forms.kit.audience import agents_alone
from forms.kit.conditions import Answers
from forms.kit.journey import Way, walk
from forms.kit.questions import Translate
from forms.kit.sensitive import sensitive_ids
from forms.kit.service import Page, Service
from selfservice.domain.case import GivenAnswer
from selfservice.domain.marking import gettext_noop

BLANK = gettext_noop("Not provided")


@dataclass(frozen=True)
class SummaryRow:
    """One row of check-answers: where its Change link goes, what was asked, and the answer as shown."""

    page_slug: str
    question_id: str
    question: str
    shown: str
    lines: tuple[str, ...]


def summary(service: Service, answers: Answers, translate: Translate = str) -> tuple[SummaryRow, ...]:
    """A row for every question on the path, in order; one left blank says "Not provided".

    `translate` puts the kit's own words into the reader's language; the service is in it already.
    """
    return _rows(walk(service, answers), translate)


def _rows(way: Way, translate: Translate = str) -> tuple[SummaryRow, ...]:
    rows = []
    for page in way.pages:
        for question in page.asked if isinstance(page, Page) else ():
            value = way.kept.get(question.id)
            lines = (translate(BLANK),) if value is None else question.lines(value, translate)
            rows.append(SummaryRow(page.slug, question.id, question.label, _joined(lines), lines))
    return tuple(rows)


def given(service: Service, answers: Answers) -> tuple[GivenAnswer, ...]:
    """Every answer on the path with its question and how it was shown; what was left blank is left out."""
    way, sensitive = walk(service, answers), sensitive_ids(service)
    of_agents = agents_alone(service)
    return tuple(
        GivenAnswer(
            row.question_id,
            row.question,
            row.shown,
            way.kept[row.question_id],
            sensitive=row.question_id in sensitive,
            of_agent=row.question_id in of_agents,
        )
        for row in _rows(way)
        if way.kept.get(row.question_id) is not None
    )


def _joined(lines: tuple[str, ...]) -> str:
    return "\n".join(lines)
