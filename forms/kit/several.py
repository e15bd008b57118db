"""The question that asks the same few things of several: people in a home, items to collect."""

from dataclasses import dataclass, replace
from typing import Any, ClassVar

from forms.kit.questions import Asking, Question, Translate
from forms.kit.typed import Typed


@dataclass(frozen=True, kw_only=True)
class AddAnother(Question):
    """The `questions` asked of each of `least` to `most`, added, edited and removed on one page.

    Kept as a list of {question id: value}. `label` is the page's heading and `each` what one is called, such as
    "Person" in "Person 2". Its fields are made in compile.py: they read what was typed, one set after another.
    """

    questions: tuple[Question, ...] = ()
    each: str = "Item"
    least: int = 1
    most: int = 10
    noun: str = "The list"
    answers_as: ClassVar[str] = "list"
    parts: ClassVar[tuple[str, ...]] = ("count",)

    def numbered(self, number: int) -> tuple[Question, ...]:
        """The questions as they are asked of the one with this number, from 1: with ids of their own."""
        return tuple(replace(question, id=f"{self.id}-{number}-{question.id}") for question in self.questions)

    def read(self, typed: Typed, asking: Asking) -> Any:
        """Read by its fields: see compile.AddAnotherField."""
        raise NotImplementedError

    def typed(self, value: Any) -> Typed:
        return {"count": (str(len(value)),)}

    def accepts(self, value: Any) -> bool:
        return isinstance(value, list) and 0 < len(value) <= self.most and all(map(self._accepts_one, value))

    def _accepts_one(self, value: Any) -> bool:
        return isinstance(value, dict) and all(
            (value.get(question.id) is None and not question.required(value))
            or (value.get(question.id) is not None and question.accepts(value[question.id]))
            for question in self.questions
        )

    def lines(self, value: Any, translate: Translate = str) -> tuple[str, ...]:
        """A line for each: "1. Sam Carter, 1 March 1990"."""
        return tuple(f"{number}. {self._line(one, translate)}" for number, one in enumerate(value, 1))

    def _line(self, one: dict[str, Any], translate: Translate) -> str:
        shown = (
            ", ".join(question.lines(one[question.id], translate))
            for question in self.questions
            if one.get(question.id) is not None
        )
        return ", ".join(shown)

    def schema(self) -> dict[str, Any]:
        return {
            "type": "array",
            "minItems": self.least,
            "maxItems": self.most,
            "items": {
                "type": "object",
                "properties": {question.id: _or_blank(question) for question in self.questions},
                "required": [question.id for question in self.questions if not question.optional],
            },
        }

    def examples(self, mentioned: tuple[object, ...] = ()) -> tuple[Any, ...]:
        """Lists as long as each number looked for, one shorter and one longer, and the shortest."""
        one = {question.id: question.examples()[0] for question in self.questions}
        near = {n + step for n in mentioned if isinstance(n, int) for step in (-1, 0, 1)}
        lengths = sorted(n for n in near | {max(self.least, 1)} if 1 <= n <= self.most)
        return tuple([one] * length for length in lengths)


def _or_blank(question: Question) -> dict[str, Any]:
    """The schema of one that is asked of each; None is one left blank."""
    return {"anyOf": [question.schema(), {"type": "null"}]} if question.optional else question.schema()
