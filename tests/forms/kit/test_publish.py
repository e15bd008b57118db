"""A service as machines read it."""

import json
from typing import Any

from forms.catalogue import SERVICES
from forms.kit.publish import json_schema, open311_definition

FLY_TIPPING = SERVICES["fly-tipping"]


def test_the_schema_names_every_question_and_demands_those_always_asked() -> None:
    schema = json_schema(FLY_TIPPING)
    assert list(schema["properties"]) == [question.id for question in FLY_TIPPING.questions()]
    assert schema["required"] == ["place", "land", "what", "size", "road", "witnessed"]
    assert schema["properties"]["land"]["enum"][0] == "highway"
    assert schema["properties"]["email"]["anyOf"][1] == {"type": "null"}
    assert json.loads(json.dumps(schema)) == schema


def test_the_open311_definition_has_what_geo_report_has_no_field_for() -> None:
    definition = open311_definition(FLY_TIPPING)
    attributes: dict[str, Any] = {each["code"]: each for each in definition["attributes"]}
    assert definition["service_code"] == "FLYTIP"
    assert not {"place", "photos", "name", "email", "phone"} & attributes.keys()
    assert attributes["land"]["datatype"] == "singlevaluelist"
    assert attributes["what"]["datatype"] == "multivaluelist"
    assert attributes["when"]["datatype"] == "datetime"
    assert attributes["who"]["datatype"] == "text"
    assert attributes["registration"]["datatype"] == "string"
    assert attributes["size"]["values"][0] == {"key": "single-black-bag", "name": "One black bag"}
    assert [each["order"] for each in definition["attributes"]] == list(range(1, len(attributes) + 1))
