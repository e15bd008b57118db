"""What a council says differently from the declaration of a service: each by its key, as declared and as said.

It compares whatever a declaration is made of, so that a new field of a service is compared by being there.
"""

from collections.abc import Iterator
from dataclasses import dataclass, fields, is_dataclass
from enum import Enum
from typing import Any

from forms.kit.conditions import Condition
from forms.kit.questions import Question
from forms.kit.service import Service

# By what a part is named among others of its kind, the first that it has.
NAMES = ("id", "slug", "value", "department")
NOTHING = "nothing"


@dataclass(frozen=True)
class Difference:
    """One thing that is not as declared. `key` is such as "questions.land.label" or "promise.resolve.days".

    `declared` and `here` are texts, numbers, or tuples of texts; None where there is no such part.
    """

    key: str
    declared: Any
    here: Any

    @property
    def words(self) -> str:
        """Both in a line: "title: ‘Report fly-tipping’ → ‘Tell us about fly-tipping’"."""
        pence = self.key.endswith(".pence")
        return f"{self.key}: {_shown(self.declared, pence)} → {_shown(self.here, pence)}"


def differences(declared: Service, here: Service) -> tuple[Difference, ...]:
    """Everything in which a service as a council offers it is not as it is declared, in the order declared."""
    return tuple(_between("", declared, here))


def _between(key: str, before: Any, after: Any) -> Iterator[Difference]:
    if before == after:
        return
    if isinstance(before, tuple) and isinstance(after, tuple) and _all_named(before + after):
        yield from _between_parts(key, before, after)
    elif is_dataclass(before) and type(before) is type(after) and not isinstance(before, Condition):
        # A question's id is its own everywhere, whichever page it stands on.
        start = f"questions.{before.id}" if isinstance(before, Question) else key
        for field in fields(before):
            name = f"{start}.{field.name}".lstrip(".")
            yield from _between(name, getattr(before, field.name), getattr(after, field.name))
    else:
        yield Difference(key, _plain(before), _plain(after))


def _between_parts(key: str, before: tuple[Any, ...], after: tuple[Any, ...]) -> Iterator[Difference]:
    """Parts with names are compared by name; what is left out, added or moved is told once."""
    own, theirs = {_name(part): part for part in before}, {_name(part): part for part in after}
    both = [name for name in own if name in theirs]
    if [name for name in theirs if name in own] != both or own.keys() != theirs.keys():
        yield Difference(key, tuple(own), tuple(theirs))
    for name in both:
        yield from _between(f"{key}.{name}", own[name], theirs[name])


def _all_named(parts: tuple[Any, ...]) -> bool:
    return bool(parts) and all(is_dataclass(part) and _name(part) for part in parts)


def _name(part: Any) -> str:
    return next((str(getattr(part, name)) for name in NAMES if getattr(part, name, None)), "")


def _plain(value: Any) -> Any:
    """A value as it can be shown, and written as JSON."""
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, tuple):
        return tuple(_name(part) or str(part) for part in value)
    return value if value is None or isinstance(value, str | int | float | bool) else str(value)


def _shown(value: Any, pence: bool) -> str:
    if value is None or value in ("", ()):
        return NOTHING
    if pence and isinstance(value, int):
        return f"£{value / 100:,.2f}"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, tuple):
        return "; ".join(map(str, value))
    return f"‘{value}’" if isinstance(value, str) else str(value)
