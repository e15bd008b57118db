"""What every question is shown with: its label or legend, its hint and its error, by the Design System's names."""

from collections.abc import Callable, Hashable
from dataclasses import dataclass
from typing import Any

from forms.kit.compile import QuestionField

Params = dict[str, Any]


# A thing that is the same object as long as it says the same, and what else tells one drawing of it from another.
Kept = tuple[object, Hashable]


@dataclass(frozen=True, slots=True)
class Part:
    """One thing on a page: `component` names the macro, `params` are given to it.

    `kept` is what it was made of where nothing else bears on it, so that it need be drawn but once: see drawn.py.
    """

    component: str
    params: Params
    kept: Kept | None = None


# Makes the part of a field; true when the question stands alone, so that its label or legend is the heading.
Maker = Callable[[QuestionField, bool], Part]


def common(field: QuestionField) -> Params:
    """Hint and error, which every component takes alike."""
    params = hinted(field)
    if field.errors:
        params["errorMessage"] = {"text": str(field.errors[0])}
    return params


def hinted(field: QuestionField) -> Params:
    """The hint, if there is one."""
    return {"hint": {"text": field.description}} if field.description else {}


def labelled(field: QuestionField, alone: bool) -> Params:
    """The parameters of a component with a label."""
    label: Params = {"text": field.label.text, "classes": "govuk-label--l" if alone else "govuk-label--s"}
    if alone:
        label["isPageHeading"] = True
    return {"id": field.question.id, "name": field.question.id, "label": label} | common(field)


def fieldset(field: QuestionField, alone: bool) -> Params:
    """A fieldset with the question as its legend."""
    legend: Params = {
        "text": field.label.text,
        "classes": "govuk-fieldset__legend--l" if alone else "govuk-fieldset__legend--s",
    }
    if alone:
        legend["isPageHeading"] = True
    return {"legend": legend}


def wrong_parts(field: QuestionField) -> tuple[str, ...]:
    """The inputs that are wrong; where no one of them was named, the first, which stands for the whole."""
    if not field.errors:
        return ()
    return field.bad_parts or field.question.parts[:1]


def one_of(field: QuestionField, part: str, label: str) -> Params:
    """An input among several of one question, with the error beside it when it is the one that is wrong."""
    name = f"{field.question.id}-{part}"
    params: Params = {"id": name, "name": name, "value": field.typed[part], "label": {"text": label}}
    if wrong_parts(field)[:1] == (part,):
        params["errorMessage"] = {"text": str(field.errors[0])}
    return params
