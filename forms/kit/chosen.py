"""Questions that are answered by choosing: Radios, YesNo, Checkboxes, Select, Declaration."""

from dataclasses import dataclass
from typing import Any, ClassVar

from forms.kit.questions import Asking, Choice, Question, Refused, Translate
from forms.kit.typed import Typed, first

# Boxes that examples tick in every way: beyond that there are too many ways.
MOST_TRIED = 6


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

    def lines(self, value: Any, translate: Translate = str) -> tuple[str, ...]:
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
            raise Refused("Select what applies, or select ‘{none}’", none=self.called(self.exclusive))
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

    def lines(self, value: Any, translate: Translate = str) -> tuple[str, ...]:
        return tuple(self.called(item) for item in value)

    def schema(self) -> dict[str, Any]:
        return {"type": "array", "minItems": 1, "uniqueItems": True, "items": super().schema()}

    def examples(self, mentioned: tuple[object, ...] = ()) -> tuple[Any, ...]:
        """Each choice alone, all at once, and every way to tick those looked for (the first `MOST_TRIED`), with and
        without one more."""
        plain = [choice.value for choice in self.choices if choice.value != self.exclusive]
        told = [value for value in plain if value in mentioned][:MOST_TRIED]
        others = [value for value in plain if value not in told][:1]
        ways: list[list[str]] = [[]]
        for value in told + others:
            ways += [[*way, value] for way in ways]
        if plain not in ways:
            ways.append(plain)
        return tuple([choice.value] for choice in self.choices) + tuple(way for way in ways if len(way) > 1)


@dataclass(frozen=True, kw_only=True)
class Select(Radios):
    """One of many choices, more than fifteen, from a list that can be typed into where scripts run."""


@dataclass(frozen=True, kw_only=True)
class Declaration(Question):
    """Statements, and a box to tick that they are agreed to. Kept as "agreed"."""

    text: tuple[str, ...] = ()
    answers_as: ClassVar[str] = "declaration"

    def read(self, typed: Typed, asking: Asking) -> Any:
        """ "agreed" when the box was ticked."""
        return "agreed" if first(typed) == "agreed" else None

    def accepts(self, value: Any) -> bool:
        return bool(value == "agreed")

    def lines(self, value: Any, translate: Translate = str) -> tuple[str, ...]:
        return (*self.text, translate("Agreed"))

    def schema(self) -> dict[str, Any]:
        return {"const": "agreed"}

    def examples(self, mentioned: tuple[object, ...] = ()) -> tuple[Any, ...]:
        """The only answer there is."""
        return ("agreed",)
