"""A service as machines read it: a JSON Schema of its answers, and its Open311 (GeoReport v2) definition."""

from typing import Any

from forms.kit.accounts import BankAccount
from forms.kit.addresses import Address
from forms.kit.chosen import Checkboxes, Declaration, Radios
from forms.kit.dates import Date
from forms.kit.questions import Choice, Question
from forms.kit.sensitive import is_sensitive
from forms.kit.service import Service
from forms.kit.several import AddAnother
from forms.kit.times import MonthYear
from forms.kit.written import LongText, Money, Number, Text

SCHEMA = "https://json-schema.org/draft/2020-12/schema"

# What GeoReport v2 carries in fields of its own (lat, long, media_url, first_name, email, phone).
CARRIED_APART = frozenset({"place", "files"})
CONTACT = frozenset({"name", "email", "phone"})
DATATYPES: tuple[tuple[type[Question], str], ...] = (
    (Checkboxes, "multivaluelist"),
    (Radios, "singlevaluelist"),
    (Declaration, "singlevaluelist"),
    (Number, "number"),
    (Money, "number"),
    (LongText, "text"),
    (AddAnother, "text"),
    (Address, "text"),
    (BankAccount, "text"),
    (Date, "datetime"),
    (MonthYear, "string"),
    (Text, "string"),
)
AGREED = (Choice("agreed", "Agreed"),)


def json_schema(service: Service) -> dict[str, Any]:
    """The JSON Schema of the answers: those always demanded are required, None is a question left blank."""
    asked = list(service.questions())
    always = {
        question.id
        for page in service.pages
        if page.when is None and not hasattr(page, "guidance")
        for question in page.asked
        if not question.optional
    }
    return {
        "$schema": SCHEMA,
        "title": service.title,
        "type": "object",
        "additionalProperties": False,
        "required": [question.id for question in asked if question.id in always],
        "properties": {question.id: _property(question) for question in asked},
    }


def open311_definition(service: Service) -> dict[str, Any]:
    """The service definition of GeoReport v2 (services/<code>.json): questions as attributes.

    Sensitive questions are left out, and those of agents: the protocol is for anybody's programs, which promise
    neither to seal what they are told nor to know who is asking.
    """
    attributes: list[dict[str, Any]] = []
    for question in service.questions():
        attribute = attribute_of(question, len(attributes) + 1)
        if attribute is not None:
            attributes.append(attribute)
    return {"service_code": service.deliver[0].service_code, "attributes": attributes}


def _property(question: Question) -> dict[str, Any]:
    schema = {"title": question.label, **question.schema()}
    return {"anyOf": [schema, {"type": "null"}]} if question.optional else schema


def attribute_of(question: Question, order: int) -> dict[str, Any] | None:
    """The question as an attribute of GeoReport v2; None for one that is left out, or has a field of its own."""
    if question.answers_as in CARRIED_APART or question.id in CONTACT:
        return None
    if is_sensitive(question) or question.of == "agent":
        return None
    attribute: dict[str, Any] = {
        "variable": True,
        "code": question.id,
        "datatype": next((name for kind, name in DATATYPES if isinstance(question, kind)), "string"),
        "required": False,
        "datatype_description": question.hint,
        "order": order,
        "description": question.label,
    }
    choices = question.choices if isinstance(question, Radios) else ()
    choices = AGREED if isinstance(question, Declaration) else choices
    if choices:
        attribute["values"] = [{"key": choice.value, "name": choice.label} for choice in choices]
    return attribute
