"""Questions that several controls ask together, as parts of a page: days, bank accounts, addresses."""

from typing import Any

from forms.kit.compile import QuestionField
from selfservice.web.languages import _, ngettext
from selfservice.web.looks import Params, Part, common, fieldset, hinted, one_of, wrong_parts

# What browsers call the parts of the reader's own address.
_OWN_ADDRESS = {
    "postcode": "postal-code",
    "line1": "address-line1",
    "line2": "address-line2",
    "town": "address-level2",
}


def date(field: QuestionField, alone: bool) -> Part:
    """A day, in three boxes; of somebody's own birth, browsers fill in what they know."""
    boxes = {"day": _day_box(field), "month": _month_box(field), "year": _year_box(field)}
    if getattr(field.question, "own", False):
        boxes = {part: box | {"autocomplete": f"bday-{part}"} for part, box in boxes.items()}
    return _boxes(field, alone, *boxes.values())


def month_year(field: QuestionField, alone: bool) -> Part:
    """A month, in two boxes."""
    return _boxes(field, alone, _month_box(field), _year_box(field))


def moment(field: QuestionField, alone: bool) -> Part:
    """A day and about what time."""
    question: Any = field.question
    day, time = date(field, alone).params, f"{question.id}-time"
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


def bank_account(field: QuestionField, alone: bool) -> Part:
    """The three things that tell an account at a bank; browsers are asked to remember none of them."""
    quiet: Params = {"autocomplete": "off", "spellcheck": False}
    digits: Params = quiet | {"inputmode": "numeric"}
    name = one_of(field, "name", _("Name on the account")) | quiet
    sort_code = one_of(field, "sort-code", _("Sort code")) | digits
    number = one_of(field, "number", _("Account number")) | digits
    sort_code |= {
        "classes": "govuk-input--width-5 govuk-input--extra-letter-spacing",
        "hint": {"text": _("Must be 6 digits long")},
    }
    number |= {
        "classes": "govuk-input--width-10 govuk-input--extra-letter-spacing",
        "hint": {"text": _("Must be between 6 and 8 digits long")},
    }
    return _together("bank_account", field, alone, {"inputs": (name, sort_code, number)})


def address(field: QuestionField, alone: bool) -> Part:
    """A postcode and its button, the addresses found there, and always a way to write it by hand."""
    question, typed, found = field.question, field.typed, field.found
    own = getattr(question, "own", False)
    inputs = {
        part: one_of(field, part, label) | {"autocomplete": _OWN_ADDRESS[part] if own else ""}
        for part, label in (
            ("postcode", _("Postcode")),
            ("line1", _("Address line 1")),
            ("line2", _("Address line 2 (optional)")),
            ("town", _("Town or city")),
        )
    }
    inputs["postcode"] |= {"classes": "govuk-input--width-10", "autocapitalize": "characters"}
    inputs["town"]["classes"] = "govuk-!-width-two-thirds"
    by_hand = [inputs[part] for part in ("line1", "line2", "town")]
    unknown = bool(typed["postcode"].strip()) and not found
    wrong = any(part in ("line1", "line2", "town") for part in wrong_parts(field))
    more = {
        "id": question.id,
        "postcode": inputs["postcode"],
        "find": f"find:{question.id}",
        "found": _found(field) if found else None,
        "by_hand": by_hand,
        "open": unknown or wrong or any(each["value"].strip() for each in by_hand),
        "unknown": typed["postcode"].strip() if unknown and not field.errors else "",
    }
    return _together("address", field, alone, more)


def _found(field: QuestionField) -> Params:
    """The list of the addresses at the postcode that was typed."""
    chosen, found = field.typed["uprn"], field.found
    count = ngettext("%(num)s address found", "%(num)s addresses found", len(found))
    items: list[Params] = [{"value": "", "text": count}]
    items += [
        {"value": each.uprn, "text": ", ".join(each.lines), "selected": each.uprn == chosen} for each in found
    ]
    params = one_of(field, "uprn", _("Select an address"))
    del params["value"]
    return params | {"items": items}


def _together(component: str, field: QuestionField, alone: bool, more: Params) -> Part:
    """Inputs with errors of their own, in one fieldset whose hint stands under its legend."""
    return Part(
        component, {"id": field.question.id, "fieldset": fieldset(field, alone)} | hinted(field) | more
    )


def _boxes(field: QuestionField, alone: bool, *boxes: Params) -> Part:
    question = field.question
    params = {
        "id": question.id,
        "namePrefix": question.id,
        "fieldset": fieldset(field, alone),
        "items": [*boxes],
    }
    return Part("date_input", params | common(field))


def _day_box(field: QuestionField) -> Params:
    return _box(field, "day", _("Day"), "govuk-input--width-2")


def _month_box(field: QuestionField) -> Params:
    # Wider, for the name of a month is taken as well.
    return _box(field, "month", _("Month"), "govuk-input--width-4") | {"inputmode": "text"}


def _year_box(field: QuestionField) -> Params:
    return _box(field, "year", _("Year"), "govuk-input--width-4")


def _box(field: QuestionField, part: str, label: str, width: str) -> Params:
    """One box of a date; red when it is among those that are wrong."""
    wrong = bool(field.errors) and (not field.bad_parts or part in field.bad_parts)
    classes = f"{width} govuk-input--error" if wrong else width
    return {"name": part, "label": label, "classes": classes, "value": field.typed[part]}
