"""How tests of kinds ask a question: what was typed, by part, becomes what is kept or what is refused."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

import pytest

from forms.kit.questions import Asking, KnownAddress, NotFound, Question, Refused
from forms.kit.typed import Typed
from selfservice.domain.places import Place
from tests.forms.conftest import BOSTON, FakeLookups

NOW = datetime(2026, 6, 6, 22, 30, tzinfo=UTC)
STREET = (
    KnownAddress("100000000001", ("1 Example Street", "Boston"), "PE21 6RY"),
    KnownAddress("100000000002", ("Flat 2", "3 Example Street", "Boston"), "PE21 6RY"),
)


class Street(FakeLookups):
    """Knows two addresses at one postcode, and none at others."""

    def addresses(self, postcode: str) -> Sequence[KnownAddress]:
        return STREET if postcode.replace(" ", "").upper() == "PE216RY" else ()


def read(question: Question, *texts: str, **parts: str) -> Any:
    """What is kept of these texts; `parts` are those of inputs by their names, "_" standing for "-"."""
    typed: dict[str, tuple[str, ...]] = {part.replace("_", "-"): (text,) for part, text in parts.items()}
    return question.read(typed if parts else {"": texts}, asking())


def asking(kept: Any = None) -> Asking:
    """The moment, and a gazetteer of a few places."""
    return Asking(NOW, Street(), kept)


def refused(question: Question, *texts: str, **parts: str) -> tuple[str, tuple[str, ...]]:
    """What is said of texts that cannot be taken, and which inputs are wrong."""
    with pytest.raises(Refused) as wrong:
        read(question, *texts, **parts)
    return str(wrong.value), wrong.value.parts


def reads_back(question: Question, kept: Any) -> bool:
    """Whether what is put back into the inputs for a kept answer is read as that answer again."""
    again: Typed = question.typed(kept)
    return bool(question.accepts(kept)) and question.read(again, asking(kept)) == kept


__all__ = [
    "BOSTON",
    "NOW",
    "STREET",
    "Mapping",
    "NotFound",
    "Place",
    "asking",
    "read",
    "reads_back",
    "refused",
]
