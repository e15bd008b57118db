"""From a compiled page of questions to the components that show it.

`compose` turns each field of a `PageForm` into the name of a component and its parameters, in the names that
the GOV.UK Design System gives to options; `journey/question.html` prints them.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from jinja2 import Environment

from forms.kit.chosen import Checkboxes, Radios, YesNo
from forms.kit.compile import PageForm, QuestionField
from forms.kit.dates import Date, Moment
from forms.kit.files import Photos
from forms.kit.located import PlaceQuestion
from forms.kit.questions import Information, Question
from forms.kit.service import Page
from forms.kit.written import LongText, Number, Text
from selfservice.domain.places import words_in
from selfservice.web import words
from selfservice.web.assets import asset
from selfservice.web.languages import _
from selfservice.web.words import refusal

__all__ = ["Look", "Part", "compose", "install", "refusal"]

Params = dict[str, Any]

# What an input of one line adds, by the name of its question's kind: width, and help for small keyboards.
_ONE_LINE: Mapping[str, Params] = {
    "Email": {"type": "email", "spellcheck": False, "autocapitalize": "none"},
    "Phone": {"type": "tel", "classes": "govuk-input--width-20"},
    "Name": {"spellcheck": False},
    "VehicleRegistration": {
        "classes": "govuk-input--width-10 govuk-input--extra-letter-spacing",
        "spellcheck": False,
        "autocapitalize": "characters",
    },
}


@dataclass(frozen=True, slots=True)
class Part:
    """One thing on a page: `component` names the macro, `params` are given to it."""

    component: str
    params: Params


@dataclass(frozen=True, slots=True)
class Look:
    """A page of questions ready to print.

    `heading` is the page's h1; `heading_shown` is false when the only question's label or legend is it.
    `has_map` and `has_files` say what else the page must load.
    """

    heading: str
    heading_shown: bool
    parts: tuple[Part, ...]
    has_map: bool
    has_files: bool


def install(environment: Environment) -> None:
    """Give the templates `asset` and the filters for dates and telephone numbers."""
    environment.globals["asset"] = asset
    environment.filters |= {
        "day": words.day,
        "moment": words.moment,
        "machine": words.machine,
        "tel": words.tel,
    }


def compose(page: Page, form: PageForm) -> Look:
    """The components of a page, in its order."""
    fields: list[QuestionField] = list(form)
    alone = bool(form.one_question) and bool(fields) and fields[0].question.asks
    parts = tuple(_part(field, alone) for field in fields)
    return Look(
        heading=form.heading or page.heading,
        heading_shown=not alone,
        parts=parts,
        has_map=any(part.component == "place" for part in parts),
        has_files=any(part.component == "photos" for part in parts),
    )


def _part(field: QuestionField, alone: bool) -> Part:
    question = field.question
    for kind, make in _MAKERS:
        if isinstance(question, kind):
            return make(field, alone)
    raise LookupError(f"no component shows a {type(question).__name__} ({question.id})")


def _common(field: QuestionField) -> Params:
    """Hint and error, which every component takes alike."""
    params: Params = {}
    if field.description:
        params["hint"] = {"text": field.description}
    if field.errors:
        params["errorMessage"] = {"text": str(field.errors[0])}
    return params


def _labelled(field: QuestionField, alone: bool) -> Params:
    """The parameters of a component with a label."""
    label: Params = {"text": field.label.text, "classes": "govuk-label--l" if alone else "govuk-label--s"}
    if alone:
        label["isPageHeading"] = True
    return {"id": field.question.id, "name": field.question.id, "label": label} | _common(field)


def _fieldset(field: QuestionField, alone: bool) -> Params:
    """A fieldset with the question as its legend."""
    legend: Params = {
        "text": field.label.text,
        "classes": "govuk-fieldset__legend--l" if alone else "govuk-fieldset__legend--s",
    }
    if alone:
        legend["isPageHeading"] = True
    return {"legend": legend}


def _one_line(field: QuestionField, alone: bool) -> Part:
    question = field.question
    params = _labelled(field, alone) | {"value": field.typed[""]} | _ONE_LINE.get(type(question).__name__, {})
    if question.autocomplete:
        params["autocomplete"] = question.autocomplete
    if isinstance(question, Number):
        params |= {"inputmode": "numeric", "classes": "govuk-input--width-5"}
    return Part("text_input", params)


def _long(field: QuestionField, alone: bool) -> Part:
    question: Any = field.question
    return Part(
        "character_count",
        _labelled(field, alone)
        | {
            "value": field.typed[""],
            "rows": question.rows,
            "maxlength": question.max_length,
            "threshold": 75,
        },
    )


def _choices(field: QuestionField, alone: bool) -> Part:
    question: Any = field.question
    several = isinstance(question, Checkboxes)
    items: list[Params] = []
    for choice in question.choices:
        exclusive = several and choice.value == question.exclusive
        if exclusive:
            items.append({"divider": _("or")})
        # An id of its own, so that a divider does not shift the numbers that the forms kit promises.
        number = len([item for item in items if "divider" not in item]) + 1
        item: Params = {
            "value": choice.value,
            "text": choice.label,
            "checked": choice.value in field.chosen,
            "id": question.id if number == 1 else f"{question.id}-{number}",
        }
        if choice.hint:
            item["hint"] = {"text": choice.hint}
        if exclusive:
            item["behaviour"] = "exclusive"
        items.append(item)
    params = {
        "name": question.id,
        "idPrefix": question.id,
        "fieldset": _fieldset(field, alone),
        "items": items,
    }
    if isinstance(question, YesNo):
        params["classes"] = "govuk-radios--inline"
    return Part("checkboxes" if several else "radios", params | _common(field))


def _date(field: QuestionField, alone: bool) -> Part:
    question = field.question
    items: list[Params] = [
        _box(field, "day", _("Day"), "govuk-input--width-2"),
        # Wider, for the name of a month is taken as well.
        _box(field, "month", _("Month"), "govuk-input--width-4") | {"inputmode": "text"},
        _box(field, "year", _("Year"), "govuk-input--width-4"),
    ]
    params = {
        "id": question.id,
        "namePrefix": question.id,
        "fieldset": _fieldset(field, alone),
        "items": items,
    }
    return Part("date_input", params | _common(field))


def _moment(field: QuestionField, alone: bool) -> Part:
    question: Any = field.question
    day, time = _date(field, alone).params, f"{question.id}-time"
    timed: Params = {
        "id": time,
        "name": time,
        "value": field.typed["time"],
        "label": {"text": _("%(label)s (optional)", label=question.time_label), "classes": "govuk-label--s"},
        "hint": {"text": question.time_hint},
        "classes": "govuk-input--width-10",
    }
    if field.errors and field.bad_parts == ("time",):
        timed["errorMessage"] = day.pop("errorMessage")
    return Part("moment", {"day": day, "time": timed})


def _box(field: QuestionField, part: str, label: str, width: str) -> Params:
    """One box of a date; red when it is among those that are wrong."""
    wrong = bool(field.errors) and (not field.bad_parts or part in field.bad_parts)
    classes = f"{width} govuk-input--error" if wrong else width
    return {"name": part, "label": label, "classes": classes, "value": field.typed[part]}


def _place(field: QuestionField, alone: bool) -> Part:
    typed = field.typed
    params = _labelled(field, alone) | {
        "value": typed[""],
        "classes": "govuk-input--width-20",
        "spellcheck": False,
        "autocapitalize": "characters",
        "latitude": typed["latitude"],
        "longitude": typed["longitude"],
        "chosen": words_in(field.data["words"], _)
        if isinstance(field.data, dict) and not field.errors
        else "",
    }
    return Part("place", params)


def _photos(field: QuestionField, alone: bool) -> Part:
    question: Any = field.question
    return Part("photos", _labelled(field, alone) | {"most": question.most})


def _information(field: QuestionField, alone: bool) -> Part:  # noqa: ARG001 - every maker is called alike
    return Part("information", {"heading": field.question.label, "paragraphs": field.paragraphs})


Maker = Callable[[QuestionField, bool], Part]
# The first that fits makes the part; kinds that inherit from others come before them.
_MAKERS: tuple[tuple[type[Question], Maker], ...] = (
    (PlaceQuestion, _place),
    (Moment, _moment),
    (Date, _date),
    (Information, _information),
    (Photos, _photos),
    (Radios, _choices),
    (LongText, _long),
    (Text, _one_line),
)
