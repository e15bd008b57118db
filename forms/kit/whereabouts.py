"""Conditions about where things are: a place or an address, in an area or near another."""

from dataclasses import dataclass
from math import hypot
from typing import Any

from forms.kit.conditions import Answers, AnswerTo, Condition, Mention, Wording


@dataclass(frozen=True)
class InArea(Condition):
    """The place lies in the area of the council with this slug."""

    question: str
    council: str

    def holds(self, answers: Answers) -> bool:
        return _council(answers, self.question) == self.council

    def mentions(self) -> tuple[Mention, ...]:
        return (Mention(self.question, "place", (self.council,)),)

    def words(self, wording: Wording) -> str:
        return f"{wording.question(self.question)} is in {self.council}"


@dataclass(frozen=True)
class OutsidePartnership(Condition):
    """The place lies in none of the councils of this installation."""

    question: str

    def holds(self, answers: Answers) -> bool:
        return answers.get(self.question) is not None and _council(answers, self.question) is None

    def mentions(self) -> tuple[Mention, ...]:
        return (Mention(self.question, "place"),)

    def words(self, wording: Wording) -> str:
        return f"{wording.question(self.question)} is outside the partnership"


@dataclass(frozen=True)
class SameArea(Condition):
    """Both places lie in the area of one council of this installation."""

    question: str
    other: AnswerTo

    def holds(self, answers: Answers) -> bool:
        here = _council(answers, self.question)
        return here is not None and here == _council(answers, self.other.question)

    def mentions(self) -> tuple[Mention, ...]:
        return (Mention(self.question, "place"), Mention(self.other.question, "place"))

    def words(self, wording: Wording) -> str:
        other = wording.question(self.other.question)
        return f"{wording.question(self.question)} is in the same council’s area as {other}"


@dataclass(frozen=True)
class Within(Condition):
    """The place lies within so many metres of the other one (EPSG:27700); where either is unknown, it does not."""

    question: str
    metres: int
    of: AnswerTo

    def holds(self, answers: Answers) -> bool:
        here, there = _point(answers.get(self.question)), _point(answers.get(self.of.question))
        if here is None or there is None:
            return False
        return hypot(here[0] - there[0], here[1] - there[1]) <= self.metres

    def mentions(self) -> tuple[Mention, ...]:
        return (Mention(self.question, "place"), Mention(self.of.question, "place"))

    def words(self, wording: Wording) -> str:
        other = wording.question(self.of.question)
        return f"{wording.question(self.question)} is within {self.metres} metres of {other}"


def _council(answers: Answers, question: str) -> str | None:
    place = answers.get(question)
    return place.get("council") if isinstance(place, dict) else None


def _point(place: Any) -> tuple[float, float] | None:
    if not isinstance(place, dict) or place.get("easting") is None or place.get("northing") is None:
        return None
    return place["easting"], place["northing"]
