"""What may stand in a council's TOML file, key by key; selfservice/configuration.py reads the files by it."""

import re
from typing import Any

from marshmallow import RAISE, Schema, ValidationError, fields, validate

from selfservice.domain.colours import LEAST_CONTRAST, contrast
from selfservice.domain.council import EVERY_SERVICE

SLUG = r"^[a-z][a-z0-9]*(-[a-z0-9]+)*$"


def _readable(colour: str) -> None:
    if not re.fullmatch(r"#[0-9a-f]{6}", colour):
        raise ValidationError("is not a colour such as #1f5c3d")
    ratio = contrast(colour, "#ffffff")
    if ratio < LEAST_CONTRAST:
        raise ValidationError(f"has a contrast of {ratio:.1f} to 1 with white; {LEAST_CONTRAST} is the least")


def text(**more: Any) -> fields.String:
    """A text that must be there and must not be empty."""
    return fields.String(required=True, validate=validate.Length(min=1, error="is empty"), **more)


def matching(pattern: str, words: str) -> fields.String:
    """A text of this pattern; `words` say what it is not."""
    return fields.String(required=True, validate=validate.Regexp(pattern, error=words))


def _between(least: int, most: int) -> validate.Range:
    return validate.Range(least, most, error=f"is not between {least} and {most}")


def _address() -> fields.Url:
    return fields.Url(
        required=True,
        schemes={"http", "https"},
        require_tld=False,
        error_messages={"invalid": "is not a web address such as https://www.example.org"},
    )


def _email() -> fields.Email:
    return fields.Email(required=True, error_messages={"invalid": "is not an e-mail address"})


class Strict(Schema):
    """Refuses every key it does not know."""

    class Meta:
        unknown = RAISE


class ContactsSchema(Strict):
    """[contacts]: how to reach the council without a form."""

    phone = text()
    hours = text()
    email = _email()
    office = text()


class LandmarkSchema(Strict):
    """A named place in EPSG:27700 metres; the ranges are those of Great Britain's National Grid."""

    name = text()
    easting = fields.Integer(required=True, strict=True, validate=_between(0, 700_000))
    northing = fields.Integer(required=True, strict=True, validate=_between(0, 1_300_000))


class MapSchema(Strict):
    """[map]: where the map opens, and what is written on it when there are no tiles."""

    centre = fields.Nested(LandmarkSchema, required=True)
    landmarks = fields.List(fields.Nested(LandmarkSchema), load_default=list)


class LayersSchema(Strict):
    """[layers]: files of areas and of addresses, named from the configuration folder."""

    boundary = fields.String()
    wards = fields.String()
    addresses = fields.String()


class ConnectorSchema(Strict):
    """[connectors.<name>]: the kind, and options that the kind itself checks."""

    kind = text()
    options = fields.Dict(keys=fields.String(), load_default=dict)


class Slugs(fields.List[Any]):
    """Slugs of services; "all" stands for every service there is."""

    def __init__(self, **more: Any) -> None:
        slug = fields.String(validate=validate.Regexp(SLUG, error="is not a slug such as fly-tipping"))
        super().__init__(slug, **more)

    def _deserialize(self, value: Any, attr: str | None, data: Any, **more: Any) -> list[Any]:
        return [EVERY_SERVICE] if value == "all" else super()._deserialize(value, attr, data, **more)


class CouncilSchema(Strict):
    """One council's whole file; config/councils/example.toml explains each key."""

    name = text()
    prefix = matching(r"^[A-Z]{2,4}$", "is not two to four capital letters")
    gss_code = matching(r"^[EWSN]\d{8}$", "is not a GSS code such as E07000136")
    colour = fields.String(required=True, validate=_readable)
    website = _address()
    privacy_url = _address()
    email_from = _email()
    services = Slugs(required=True)
    without = Slugs(load_default=())
    contacts = fields.Nested(ContactsSchema, required=True)
    map = fields.Nested(MapSchema, required=True)
    layers = fields.Nested(LayersSchema, load_default=dict)
    connectors = fields.Dict(keys=fields.String(), values=fields.Nested(ConnectorSchema), load_default=dict)
    routes = fields.Dict(keys=fields.String(), values=fields.String(), load_default=dict)
    overrides = fields.Dict(keys=fields.String(), values=fields.Dict(keys=fields.String()), load_default=dict)
