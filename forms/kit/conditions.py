"""Conditions as values: they can be evaluated, checked at start-up, and printed in words.

Those that compare numbers and days are in comparing.py, those about places in whereabouts.py.
A condition about a question that was not answered does not hold; its `~` does. `IsNot(q, v)` is `~Is(q, v)`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Protocol

Answers = Mapping[str, Any]


@dataclass(frozen=True)
class AnswerTo:
    """The answer to another question, to compare with: `Before("moved_in", AnswerTo("moved_out"))`."""

    question: str


@dataclass(frozen=True)
class Mention:
    """A question that a condition looks at, the values it looks for, and the kind of answer that it needs.

    `needs` is "any", "choice", "choices", "number", "date" or "place": what `Question.answers_as` must say.
    """

    question: str
    needs: str = "any"
    values: tuple[object, ...] = ()


class Wording(Protocol):
    """How a condition learns what its questions and values are called, to print itself."""

    def question(self, question: str) -> str:
        """What the question is called."""
        ...

    def value(self, question: str, value: object) -> str:
        """What the value is called."""
        ...


class Condition:
    """Something that holds, or not, of the answers so far."""

    def holds(self, answers: Answers) -> bool:
        """Whether it holds of these answers."""
        raise NotImplementedError

    def mentions(self) -> tuple[Mention, ...]:
        """Every question it looks at."""
        raise NotImplementedError

    def words(self, wording: Wording) -> str:
        """The condition in words."""
        raise NotImplementedError

    def __and__(self, other: Condition) -> Condition:
        return Both(self, other)

    def __or__(self, other: Condition) -> Condition:
        return Either(self, other)

    def __invert__(self) -> Condition:
        return Not(self)


@dataclass(frozen=True)
class Both(Condition):
    """`a & b`."""

    first: Condition
    second: Condition

    def holds(self, answers: Answers) -> bool:
        return self.first.holds(answers) and self.second.holds(answers)

    def mentions(self) -> tuple[Mention, ...]:
        return self.first.mentions() + self.second.mentions()

    def words(self, wording: Wording) -> str:
        return f"{_bracketed(self.first, wording)} and {_bracketed(self.second, wording)}"


@dataclass(frozen=True)
class Either(Condition):
    """`a | b`."""

    first: Condition
    second: Condition

    def holds(self, answers: Answers) -> bool:
        return self.first.holds(answers) or self.second.holds(answers)

    def mentions(self) -> tuple[Mention, ...]:
        return self.first.mentions() + self.second.mentions()

    def words(self, wording: Wording) -> str:
        return f"{self.first.words(wording)}; or {self.second.words(wording)}"


@dataclass(frozen=True)
class Not(Condition):
    """`~a`."""

    inner: Condition

    def holds(self, answers: Answers) -> bool:
        return not self.inner.holds(answers)

    def mentions(self) -> tuple[Mention, ...]:
        return self.inner.mentions()

    def words(self, wording: Wording) -> str:
        return f"not ({self.inner.words(wording)})"


@dataclass(frozen=True)
class Is(Condition):
    """The answer is this choice, or the same as the answer to another question."""

    question: str
    value: str | AnswerTo

    def holds(self, answers: Answers) -> bool:
        given, wanted = answers.get(self.question), value_of(self.value, answers)
        return given is not None and given == wanted

    def mentions(self) -> tuple[Mention, ...]:
        if isinstance(self.value, AnswerTo):
            return (Mention(self.question), Mention(self.value.question))
        return (Mention(self.question, "choice", (self.value,)),)

    def words(self, wording: Wording) -> str:
        return f"{wording.question(self.question)} is {called(self.question, self.value, wording)}"


def IsNot(question: str, value: str | AnswerTo) -> Condition:  # noqa: N802 - reads as the others do
    """The answer is anything but this; it also holds while there is no answer."""
    return ~Is(question, value)


@dataclass(frozen=True, init=False)
class OneOf(Condition):
    """The answer is one of these choices."""

    question: str
    values: tuple[str, ...]

    def __init__(self, question: str, *values: str) -> None:
        object.__setattr__(self, "question", question)
        object.__setattr__(self, "values", values)

    def holds(self, answers: Answers) -> bool:
        return answers.get(self.question) in self.values

    def mentions(self) -> tuple[Mention, ...]:
        return (Mention(self.question, "choice", self.values),)

    def words(self, wording: Wording) -> str:
        return f"{wording.question(self.question)} is {self._named(wording)}"

    def _named(self, wording: Wording) -> str:
        return " or ".join(wording.value(self.question, value) for value in self.values)


@dataclass(frozen=True, init=False)
class Includes(OneOf):
    """At least one of these choices was ticked."""

    def holds(self, answers: Answers) -> bool:
        return not set(self.values).isdisjoint(answers.get(self.question) or ())

    def mentions(self) -> tuple[Mention, ...]:
        return (Mention(self.question, "choices", self.values),)

    def words(self, wording: Wording) -> str:
        return f"{wording.question(self.question)} includes {self._named(wording)}"


@dataclass(frozen=True)
class Ticked(Condition):
    """At least so many boxes were ticked. A box for "none of these" counts as one, since it stands alone."""

    question: str
    least: int

    def holds(self, answers: Answers) -> bool:
        return len(answers.get(self.question) or ()) >= self.least

    def mentions(self) -> tuple[Mention, ...]:
        return (Mention(self.question, "choices"),)

    def words(self, wording: Wording) -> str:
        return f"{wording.question(self.question)} has {self.least} or more ticked"


@dataclass(frozen=True)
class Answered(Condition):
    """The question was answered, and not left blank."""

    question: str

    def holds(self, answers: Answers) -> bool:
        return answers.get(self.question) not in (None, [], "")

    def mentions(self) -> tuple[Mention, ...]:
        return (Mention(self.question),)

    def words(self, wording: Wording) -> str:
        return f"{wording.question(self.question)} is answered"


def _bracketed(condition: Condition, wording: Wording) -> str:
    words = condition.words(wording)
    return f"({words})" if isinstance(condition, Either) else words


def value_of(value: object, answers: Answers) -> Any:
    """The value to compare with: itself, or the answer that it stands for."""
    return answers.get(value.question) if isinstance(value, AnswerTo) else value


def called(question: str, value: object, wording: Wording) -> str:
    """What a value to compare with is called."""
    if isinstance(value, AnswerTo):
        return f"the answer to {wording.question(value.question)}"
    return wording.value(question, value)
