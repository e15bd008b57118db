"""Questions: what every kind can do, and the kinds that are typed or chosen.

A kind is declared in code and frozen. It reads what a person typed (`read`), says whether a kept value still
answers it (`accepts`), and shows a value again (`lines`, `typed`). Its WTForms field is made in compile.py.
"""

import re
from dataclasses import KW_ONLY, dataclass
from datetime import datetime
from typing import Any, ClassVar, Protocol

from forms.kit.conditions import Answers, Condition
from forms.kit.typed import Typed, cleaned, counted, first, one_line
from selfservice.domain.places import Place


class Refused(Exception):
    """What was typed cannot be taken: `words` say why to the person, `parts` which inputs are wrong."""

    def __init__(self, words: str, *parts: str) -> None:
        super().__init__(words)
        self.words = words
        self.parts = parts


class NotFound(Exception):
    """No place is known by what was typed; `words` say so to the person."""

    def __init__(self, words: str) -> None:
        super().__init__(words)
        self.words = words


class Lookups(Protocol):
    """What the forms kit asks of the gazetteer; the web supplies it. Both raise `NotFound`."""

    def resolve(self, text: str) -> Place:
        """The place told by a postcode, a grid reference, easting and northing, or latitude and longitude."""

    def resolve_pin(self, latitude: float, longitude: float) -> Place:
        """The place of a pin; WGS84 degrees."""


@dataclass(frozen=True)
class Asking:
    """What reading leans on besides what was typed: the moment in UTC, look-ups, the answer kept so far."""

    now: datetime
    lookups: Lookups
    kept: Any = None


@dataclass(frozen=True, slots=True)
class Choice:
    """One thing to choose. `value` is kept for ever; the words may change."""

    value: str
    label: str
    hint: str = ""


@dataclass(frozen=True)
class Question:
    """What every kind has.

    `missing` is the error when it is not answered. `noun` begins its other errors: "The date" in "The date
    must be in the past". An `optional` question must still be answered when `required_when` holds.
    """

    id: str
    label: str
    _: KW_ONLY
    hint: str = ""
    missing: str = ""
    noun: str = "Your answer"
    optional: bool = False
    required_when: Condition | None = None

    answers_as: ClassVar[str] = "text"  # what conditions may do with it: see conditions.Mention
    asks: ClassVar[bool] = True  # Information asks nothing
    parts: ClassVar[tuple[str, ...]] = ("",)
    autocomplete: ClassVar[str] = ""

    def required(self, answers: Answers) -> bool:
        """Whether it must be answered, given the answers before it."""
        return not self.optional or (self.required_when is not None and self.required_when.holds(answers))

    def read(self, typed: Typed, asking: Asking) -> Any:
        """The answer as JSON, or None when it was left blank. Raises `Refused`."""
        raise NotImplementedError

    def typed(self, value: Any) -> Typed:
        """What to put back into the inputs for a kept answer."""
        return {"": (str(value),)}

    def accepts(self, value: Any) -> bool:
        """Whether a kept value still answers the question as it is asked today."""
        return isinstance(value, str)

    def lines(self, value: Any) -> tuple[str, ...]:
        """A kept answer as it is shown, line by line."""
        return (str(value),)

    def schema(self) -> dict[str, Any]:
        """The JSON Schema of its answers."""
        return {"type": "string"}

    def examples(self, mentioned: tuple[object, ...] = ()) -> tuple[Any, ...]:
        """Answers that differ in every way that conditions looking for the `mentioned` values can tell."""
        return ("An answer", "Another answer")


@dataclass(frozen=True, kw_only=True)
class Text(Question):
    """One line of text."""

    max_length: int = 200

    def read(self, typed: Typed, asking: Asking) -> Any:
        """The text without pasted spaces, checked for its length before anything else."""
        text = self.tidied(first(typed))
        if counted(text) > self.max_length:
            raise Refused(f"{self.noun} must be {self.max_length} characters or fewer")
        return self.parse(text) if text else None

    def tidied(self, text: str) -> str:
        """What was typed, on one line."""
        return one_line(text)

    def parse(self, text: str) -> Any:
        """What is kept for a tidied text, not blank and not too long. Raises `Refused`."""
        return text

    def schema(self) -> dict[str, Any]:
        return {"type": "string", "maxLength": self.max_length}


@dataclass(frozen=True, kw_only=True)
class LongText(Text):
    """Several lines of text."""

    max_length: int = 2000
    rows: int = 5

    def tidied(self, text: str) -> str:
        """What was typed, with its lines."""
        return cleaned(text)

    def lines(self, value: Any) -> tuple[str, ...]:
        return tuple(str(value).split("\n"))


@dataclass(frozen=True, kw_only=True)
class Number(Text):
    """A whole number, typed with or without commas."""

    max_length: int = 12
    least: int = 0
    most: int = 999_999_999
    answers_as: ClassVar[str] = "number"

    def parse(self, text: str) -> Any:
        """The number. Raises `Refused` when it is none, or out of bounds."""
        digits = text.replace(",", "").replace(" ", "")
        if not re.fullmatch(r"[-+]?[0-9]+(\.0*)?", digits):
            raise Refused(f"{self.noun} must be a whole number, like 3")
        number = int(digits.partition(".")[0])
        if not self.least <= number <= self.most:
            raise Refused(f"{self.noun} must be between {self.least:,} and {self.most:,}")
        return number

    def accepts(self, value: Any) -> bool:
        return isinstance(value, int) and not isinstance(value, bool) and self.least <= value <= self.most

    def lines(self, value: Any) -> tuple[str, ...]:
        return (f"{value:,}",)

    def schema(self) -> dict[str, Any]:
        return {"type": "integer", "minimum": self.least, "maximum": self.most}

    def examples(self, mentioned: tuple[object, ...] = ()) -> tuple[Any, ...]:
        near = {n + step for n in mentioned if isinstance(n, int) for step in (-1, 0, 1)}
        return tuple(sorted(n for n in near | {self.least, self.least + 1} if self.accepts(n)))


@dataclass(frozen=True, kw_only=True)
class Radios(Question):
    """One of several choices."""

    choices: tuple[Choice, ...] = ()
    answers_as: ClassVar[str] = "choice"

    def read(self, typed: Typed, asking: Asking) -> Any:
        """The value of the choice. A value that is none of them counts as no answer."""
        value = first(typed)
        return value if self.accepts(value) else None

    def accepts(self, value: Any) -> bool:
        return any(choice.value == value for choice in self.choices)

    def lines(self, value: Any) -> tuple[str, ...]:
        return (self.called(value),)

    def called(self, value: object) -> str:
        """The words of the choice with this value; the value itself when it is not offered."""
        return next((choice.label for choice in self.choices if choice.value == value), str(value))

    def schema(self) -> dict[str, Any]:
        return {"type": "string", "enum": [choice.value for choice in self.choices]}

    def examples(self, mentioned: tuple[object, ...] = ()) -> tuple[Any, ...]:
        return tuple(choice.value for choice in self.choices)


@dataclass(frozen=True, kw_only=True)
class YesNo(Radios):
    """Yes or no, kept as "yes" and "no"."""

    choices: tuple[Choice, ...] = (Choice("yes", "Yes"), Choice("no", "No"))


@dataclass(frozen=True, kw_only=True)
class Checkboxes(Radios):
    """Several of several choices; `exclusive` is the value of "none of these", which goes with no other."""

    hint: str = "Select all that apply"
    exclusive: str | None = None
    answers_as: ClassVar[str] = "choices"

    def read(self, typed: Typed, asking: Asking) -> Any:
        """The values ticked, in the order of the choices."""
        values = [choice.value for choice in self.choices if choice.value in typed.get("", ())]
        if self.exclusive in values and len(values) > 1:
            raise Refused(f"Select what applies, or select ‘{self.called(self.exclusive)}’")
        return values or None

    def typed(self, value: Any) -> Typed:
        return {"": tuple(value)}

    def accepts(self, value: Any) -> bool:
        return (
            isinstance(value, list)
            and bool(value)
            and all(any(choice.value == item for choice in self.choices) for item in value)
            and not (self.exclusive in value and len(value) > 1)
        )

    def lines(self, value: Any) -> tuple[str, ...]:
        return tuple(self.called(item) for item in value)

    def schema(self) -> dict[str, Any]:
        return {"type": "array", "minItems": 1, "uniqueItems": True, "items": super().schema()}

    def examples(self, mentioned: tuple[object, ...] = ()) -> tuple[Any, ...]:
        """Each choice alone, and every way to tick those looked for, with and without one more."""
        plain = [choice.value for choice in self.choices if choice.value != self.exclusive]
        told = [value for value in plain if value in mentioned][:6]
        others = [value for value in plain if value not in told][:1]
        ways: list[list[str]] = [[]]
        for value in told + others:
            ways += [[*way, value] for way in ways]
        return tuple([choice.value] for choice in self.choices) + tuple(way for way in ways if len(way) > 1)


@dataclass(frozen=True, kw_only=True)
class Information(Question):
    """Something told in the midst of questions. `{place.words}` stands for a part of an earlier answer."""

    text: tuple[str, ...] = ()
    asks: ClassVar[bool] = False
    parts: ClassVar[tuple[str, ...]] = ()


@dataclass(frozen=True, kw_only=True)
class Photos(Question):
    """Photos. The answer is a list of file ids, put there by uploading, never read from the page."""

    most: int = 5
    answers_as: ClassVar[str] = "files"

    def read(self, typed: Typed, asking: Asking) -> Any:
        """The ids kept so far: a page cannot claim somebody else's file."""
        return list(asking.kept) if asking.kept else None

    def typed(self, value: Any) -> Typed:
        return {}

    def accepts(self, value: Any) -> bool:
        return (
            isinstance(value, list) and 0 < len(value) <= self.most and all(isinstance(i, str) for i in value)
        )

    def lines(self, value: Any) -> tuple[str, ...]:
        return (f"{len(value)} photo{'' if len(value) == 1 else 's'}",)

    def schema(self) -> dict[str, Any]:
        return {"type": "array", "maxItems": self.most, "items": {"type": "string"}}

    def examples(self, mentioned: tuple[object, ...] = ()) -> tuple[Any, ...]:
        return (["a-file-id"],)
