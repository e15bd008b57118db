"""Words with parts of earlier answers in them, such as "{place.authority}"."""

import re
from collections.abc import Callable, Iterable

from forms.kit.conditions import Answers
from selfservice.domain.marking import gettext_noop
from selfservice.domain.places import words_in

PLACEHOLDER = re.compile(r"\{([a-z][a-z0-9_]*)\.([a-z_]+)\}")
UNKNOWN = {"authority": gettext_noop("another council"), "ward": gettext_noop("an unknown ward")}


def filled_in(
    paragraphs: Iterable[str], answers: Answers, translate: Callable[[str], str] = str
) -> tuple[str, ...]:
    """The paragraphs with each `{question.part}` replaced by that part of its answer."""

    def part(found: re.Match[str]) -> str:
        answer = answers.get(found[1])
        value = answer.get(found[2]) if isinstance(answer, dict) else None
        if found[2] == "words" and isinstance(value, str):
            return words_in(value, translate)
        if value or found[2] not in UNKNOWN:
            return str(value or "")
        return translate(UNKNOWN[found[2]])

    return tuple(PLACEHOLDER.sub(part, paragraph) for paragraph in paragraphs)
