"""Words with parts of earlier answers in them, such as "{place.authority}"."""

import re
from collections.abc import Iterable

from forms.kit.conditions import Answers

PLACEHOLDER = re.compile(r"\{([a-z][a-z0-9_]*)\.([a-z_]+)\}")
UNKNOWN = {"authority": "another council", "ward": "an unknown ward"}


def filled_in(paragraphs: Iterable[str], answers: Answers) -> tuple[str, ...]:
    """The paragraphs with each `{question.part}` replaced by that part of its answer."""

    def part(found: re.Match[str]) -> str:
        answer = answers.get(found[1])
        value = answer.get(found[2]) if isinstance(answer, dict) else None
        return str(value or UNKNOWN.get(found[2], ""))

    return tuple(PLACEHOLDER.sub(part, paragraph) for paragraph in paragraphs)
