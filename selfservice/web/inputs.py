"""Questions that one control asks, or one list of choices, as parts of a page."""

from collections.abc import Mapping
from typing import Any

from forms.kit.chosen import Checkboxes, YesNo
from forms.kit.compile import QuestionField
from forms.kit.written import Number
from selfservice.domain.places import words_in
from selfservice.web.languages import _
from selfservice.web.looks import Params, Part, common, fieldset, labelled

# What an input of one line adds, by the name of its question's kind: width, and help for small keyboards.
_CODE: Params = {
    "classes": "govuk-input--width-10 govuk-input--extra-letter-spacing",
    "spellcheck": False,
    "autocapitalize": "characters",
}
_ONE_LINE: Mapping[str, Params] = {
    "Email": {"type": "email", "spellcheck": False, "autocapitalize": "none"},
    "Phone": {"type": "tel", "classes": "govuk-input--width-20"},
    "Name": {"spellcheck": False},
    "VehicleRegistration": _CODE,
    "NationalInsuranceNumber": {**_CODE, "autocomplete": "off"},
    "CouncilTaxAccount": {**_CODE, "autocomplete": "off"},
    "Time": {"classes": "govuk-input--width-10", "spellcheck": False},
    "Money": {
        "prefix": {"text": "£"},
        "classes": "govuk-input--width-10",
        "inputmode": "decimal",
        "spellcheck": False,
    },
}
# By these ids the kit knows how to reach the person themselves; of others browsers must not fill in anything.
_OWN = frozenset({"name", "email", "phone"})


def one_line(field: QuestionField, alone: bool) -> Part:
    """A question of one line of text."""
    question = field.question
    params = labelled(field, alone) | {"value": field.typed[""]} | _ONE_LINE.get(type(question).__name__, {})
    if question.autocomplete and question.id in _OWN:
        params["autocomplete"] = question.autocomplete
    elif question.sensitive:
        params["autocomplete"] = "off"
    if isinstance(question, Number):
        # The keyboards for numbers of some telephones have no minus.
        params |= {
            "classes": "govuk-input--width-5",
            "inputmode": "text" if question.least < 0 else "numeric",
        }
    return Part("text_input", params)


def long(field: QuestionField, alone: bool) -> Part:
    """A question of several lines, which counts down."""
    question: Any = field.question
    return Part(
        "character_count",
        labelled(field, alone)
        | {
            "value": field.typed[""],
            "rows": question.rows,
            "maxlength": question.max_length,
            "threshold": 75,
        },
    )


def choices(field: QuestionField, alone: bool) -> Part:
    """Radios or checkboxes."""
    question: Any = field.question
    several, chosen = isinstance(question, Checkboxes), field.chosen
    items: list[Params] = []
    for number, choice in enumerate(question.choices, 1):
        exclusive = several and choice.value == question.exclusive
        if exclusive:
            items.append({"divider": _("or")})
        item: Params = {
            "plain": True,
            "value": choice.value,
            "text": choice.label,
            "checked": choice.value in chosen,
            # An id of its own, so that a divider does not shift the numbers that the forms kit promises.
            "id": question.id if number == 1 else f"{question.id}-{number}",
        }
        if choice.hint:
            item["hint"] = {"text": choice.hint}
        if exclusive:
            item["behaviour"] = "exclusive"
        items.append(item)
    params: Params = {"name": question.id, "idPrefix": question.id, "items": items}
    params["fieldset"] = fieldset(field, alone)
    if isinstance(question, YesNo):
        params["classes"] = "govuk-radios--inline"
    kept = None if field.errors else (question, (chosen, field.label.text, alone))
    return Part("checkboxes" if several else "radios", params | common(field), kept)


def select(field: QuestionField, alone: bool) -> Part:
    """A list that opens, for one of many."""
    question: Any = field.question
    chosen = field.typed[""]
    items: list[Params] = [{"value": "", "text": _("Choose one")}]
    items += [
        {"value": choice.value, "text": choice.label, "selected": choice.value == chosen}
        for choice in question.choices
    ]
    typed_into = {
        "data-type-ahead": "",
        "data-none": _("Nothing in the list fits"),
        "data-one": _("One fits"),
        "data-many": _("%{count} fit"),
        "data-help": _("Type, then use up and down arrows to look at what fits and enter to choose."),
    }
    return Part("select", labelled(field, alone) | {"items": items, "attributes": typed_into})


def declaration(field: QuestionField, alone: bool) -> Part:
    """Statements, and one box to tick. Alone, the question is the heading and the box says "I agree"."""
    question: Any = field.question
    item: Params = {
        "value": "agreed",
        "text": _("I agree") if alone else field.label.text,
        "checked": field.typed[""] == "agreed",
    }
    params = {"name": question.id, "idPrefix": question.id, "items": [item], "statements": question.text}
    if alone:
        params["fieldset"] = fieldset(field, alone)
    return Part("declaration", params | common(field))


def place(field: QuestionField, alone: bool) -> Part:
    """A place, by words or by the pin of a map."""
    typed = field.typed
    found = isinstance(field.data, dict) and not field.errors
    params = labelled(field, alone) | {
        "value": typed[""],
        "classes": "govuk-input--width-20",
        "spellcheck": False,
        "autocapitalize": "characters",
        "latitude": typed["latitude"],
        "longitude": typed["longitude"],
        "chosen": words_in(field.data["words"], _) if found else "",
    }
    return Part("place", params)


def photos(field: QuestionField, alone: bool) -> Part:
    """Photos or other files; the page around it prints them."""
    question: Any = field.question
    return Part("photos", labelled(field, alone) | {"most": question.most, "documents": question.documents})


def information(field: QuestionField, alone: bool) -> Part:
    """Something told. Alone, its label is the page's heading already."""
    heading = "" if alone else field.label.text
    return Part("information", {"heading": heading, "paragraphs": field.paragraphs, "points": field.points})
