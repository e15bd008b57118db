"""A service as machines read it: a JSON Schema of its answers, and its Open311 (GeoReport v2) definition."""

from typing import Any

from forms.kit.chosen import Checkboxes, Radios
from forms.kit.dates import Date
from forms.kit.questions import Question
from forms.kit.service import Service
from forms.kit.written import LongText, Number

SCHEMA = "https://json-schema.org/draft/2020-12/schema"

# What GeoReport v2 carries in fields of its own (lat, long, media_url, first_name, email, phone).
CARRIED_APART = frozenset({"place", "files"})
CONTACT = frozenset({"name", "email", "phone"})
DATATYPES: tuple[tuple[type[Question], str], ...] = (
    (Checkboxes, "multivaluelist"),
    (Radios, "singlevaluelist"),
    (Number, "number"),
    (LongText, "text"),
    (Date, "datetime"),
)


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
    """The service definition of GeoReport v2 (services/<code>.json): every question as an attribute."""
    code = service.deliver[0].service_code
    asked = [q for q in service.questions() if q.answers_as not in CARRIED_APART and q.id not in CONTACT]
    return {
        "service_code": code,
        "attributes": [_attribute(question, order) for order, question in enumerate(asked, 1)],
    }


def _property(question: Question) -> dict[str, Any]:
    schema = {"title": question.label, **question.schema()}
    return {"anyOf": [schema, {"type": "null"}]} if question.optional else schema


def _attribute(question: Question, order: int) -> dict[str, Any]:
    attribute: dict[str, Any] = {
        "variable": True,
        "code": question.id,
        "datatype": next((name for kind, name in DATATYPES if isinstance(question, kind)), "string"),
        "required": False,
        "datatype_description": question.hint,
        "order": order,
        "description": question.label,
    }
    if isinstance(question, Radios):
        attribute["values"] = [{"key": choice.value, "name": choice.label} for choice in question.choices]
    return attribute
