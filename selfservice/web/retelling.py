"""What was sent, told again in the reader's language.

A submission keeps its questions and answers as they are in English, for those who deal with it read them so. Its
questions, and answers that were chosen from a list, have translations; what was typed stands as it was typed.
"""

from collections.abc import Sequence
from dataclasses import replace

from markupsafe import Markup

from forms.kit.chosen import Radios
from forms.kit.service import Service
from selfservice.operations.confirming import AnswerRow
from selfservice.web.languages import _, language


def retold(service: Service, rows: Sequence[AnswerRow]) -> tuple[AnswerRow, ...]:
    """The rows in the reader's language; `service` is as it is written, in English."""
    if language().is_english:
        return tuple(rows)
    lists = {each.label: each for each in service.questions() if isinstance(each, Radios)}
    return tuple(
        replace(row, question=_(row.question), lines=_lines(lists.get(row.question), row.lines))
        for row in rows
    )


def _lines(question: Radios | None, lines: Sequence[str]) -> tuple[str, ...]:
    labels = {choice.label for choice in question.choices} if question else ()
    return tuple(_(line) if line in labels else _as_kept(line) for line in lines)


def _as_kept(line: str) -> Markup:
    return Markup('<span lang="en" dir="auto">{}</span>').format(line)
