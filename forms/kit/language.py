"""A service in another language: the same declaration with every text of it put into that language.

Services are written in English. What is an id, a slug, a value or an address is the same in every language; which
fields hold words is said here, once, and a test finds a field that nobody has said it of.
"""

from collections.abc import Iterator
from dataclasses import fields, is_dataclass, replace
from enum import Enum
from typing import Any, TypeVar

from forms.kit.conditions import Condition
from forms.kit.questions import Translate
from forms.kit.service import Service

# Fields that hold words for people, whatever they stand on.
WORDS = frozenset(
    {
        *("authority", "by_phone", "description", "guidance", "hint", "label", "missing", "need", "next"),
        *("also", "noun", "page_note", "submit_label", "text", "time_hint", "time_label", "title", "why"),
        "words",
    }
)
# Fields that hold text for machines.
NOT_WORDS = frozenset(
    {
        *("address", "answers_as", "at", "department", "exclusive", "id", "of", "question", "service_code"),
        *("shapes", "slug", "value", "values", "without"),
    }
)
# Those that depend on where they stand: whether they are words.
BY_KIND = {
    ("AddAnother", "each"): True,
    ("Price", "each"): False,
    ("Price", "number"): False,
    ("AtLeastOne", "questions"): False,
}
Declared = TypeVar("Declared")


def is_words(owner: type, field: str) -> bool | None:
    """Whether a field holds words for people; None where nobody has said."""
    for kind in owner.__mro__:
        if (kind.__name__, field) in BY_KIND:
            return BY_KIND[kind.__name__, field]
    return True if field in WORDS else False if field in NOT_WORDS else None


def in_language(service: Service, translate: Translate) -> Service:
    """The service with each of its texts as `translate` gives it."""
    translated = _translated(service, translate)
    # Where the service does not say what its button says, its kind does: that too is to be translated.
    return translated if service.submit_label else replace(translated, submit_label=translate(service.button))


def texts_of(service: Service) -> Iterator[tuple[str, str]]:
    """Every text of a service, and where it stands: "pages where, place, hint"."""
    yield from _texts(service, "")
    yield f"{service.slug}, button", service.button


def _translated(declared: Declared, translate: Translate) -> Declared:
    """A frozen dataclass with its words translated, and those of everything declared within it."""
    made = object.__new__(type(declared))
    for field in fields(declared):  # type: ignore[arg-type]  # whoever calls asks of dataclasses alone
        value = getattr(declared, field.name)
        words = is_words(type(declared), field.name) is True
        object.__setattr__(made, field.name, _value(value, translate, words))
    return made


def _value(value: Any, translate: Translate, words: bool) -> Any:
    if isinstance(value, Enum | Condition):
        return value
    if isinstance(value, str):
        return translate(value) if words and value else value
    if isinstance(value, tuple):
        return tuple(_value(item, translate, words) for item in value)
    return _translated(value, translate) if _is_declared(value) else value


def _texts(declared: Any, where: str) -> Iterator[tuple[str, str]]:
    name = str(getattr(declared, "id", getattr(declared, "slug", "")))
    here = f"{where} {name}".strip()
    for field in fields(declared):
        words = is_words(type(declared), field.name) is True
        yield from _texts_in(getattr(declared, field.name), f"{here}, {field.name}", words)


def _texts_in(value: Any, where: str, words: bool) -> Iterator[tuple[str, str]]:
    if isinstance(value, Enum | Condition):
        return
    if isinstance(value, str):
        if words and value:
            yield where, value
    elif isinstance(value, tuple):
        for item in value:
            yield from _texts_in(item, where, words)
    elif _is_declared(value):
        yield from _texts(value, where)


def _is_declared(value: object) -> bool:
    return is_dataclass(value) and not isinstance(value, type)
