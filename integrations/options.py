"""How a connector's options are checked: a marshmallow schema that loads a frozen dataclass."""

from typing import Any, ClassVar
from urllib.parse import urlsplit

from marshmallow import RAISE, Schema, ValidationError, fields, post_load

from selfservice.domain.case import CaseStatus


class OptionsSchema(Schema):
    """The base of every connector's schema: unknown keys are mistakes, and what is loaded is frozen."""

    loads_into: ClassVar[type[Any]]

    class Meta:
        """An unknown key is most likely a misspelt one, so it stops the start."""

        unknown = RAISE

    @post_load
    def _freeze(self, data: dict[str, Any], **_: object) -> Any:
        kept = {key: tuple(value) if isinstance(value, list) else value for key, value in data.items()}
        return self.loads_into(**kept)


def web_address(text: str) -> None:
    """A marshmallow validator: `text` is an http(s) address with a host, and nothing after its path."""
    try:
        parts = urlsplit(text)
        port = parts.port
    except ValueError as wrong:
        raise ValidationError(f"{text!r} is not an address: {wrong}") from wrong
    if parts.scheme not in ("http", "https") or not parts.hostname or port == 0:
        raise ValidationError(f"{text!r} is not an address such as https://crm.example.org/open311/v2")
    if parts.query or parts.fragment or parts.username or parts.password:
        raise ValidationError("must hold no name, password, ? or #: keys have options of their own")


def our_status(text: str) -> None:
    """A marshmallow validator: `text` is one of our own statuses."""
    if text not in {status.value for status in CaseStatus}:
        raise ValidationError(f"{text!r} is none of ours: {', '.join(CaseStatus)}")


def truth() -> fields.Boolean:
    """A field for yes or no, also as the text of an environment variable; an empty one means no."""
    return fields.Boolean(truthy={True, "true", "yes", "1"}, falsy={False, "false", "no", "0", ""})
