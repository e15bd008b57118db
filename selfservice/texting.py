"""By whom text messages are sent, as the settings say: GOV.UK Notify, or nobody."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol
from urllib.parse import urlsplit

DOCUMENTED: dict[str, tuple[str | None, str]] = {
    "NOTIFY_URL": (
        "",
        "GOV.UK Notify: https://api.notifications.service.gov.uk. Empty: no text messages can be sent.",
    ),
    "NOTIFY_API_KEY": ("", "Key to GOV.UK Notify: name, service and secret in one, as it is shown there."),
    "NOTIFY_TEMPLATE_ID": ("", "The template of text messages there, whose words are ((message)) alone."),
}

_UUID = "[0-9A-Fa-f]{8}(?:-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}"
_KEY = re.compile(rf".*{_UUID}-{_UUID}")


class SendsTexts(Protocol):
    """What sends text messages: `integrations.messages.texts.Texter`, or a fake in tests."""

    def send(self, text: Any) -> None:
        """Send it. Raises `Rejected`, `Unavailable` or `Unconfirmed` of the connectors' contract."""
        ...

    def find(self, reference: str) -> bool:
        """Whether a message was taken under this reference of ours. Raises `Unavailable`."""
        ...


@dataclass(frozen=True, slots=True)
class Texting:
    """The settings of text messages; `url` is "" where nobody sends them."""

    url: str
    api_key: str = field(repr=False)
    template_id: str

    @property
    def offered(self) -> bool:
        """Whether text messages can be sent."""
        return bool(self.url)

    def open_texter(self) -> SendsTexts | None:
        """What sends text messages; None where nobody does."""
        if not self.offered:
            return None
        from integrations.messages.texts import Texter

        return Texter(self.url, self.api_key, self.template_id)


def texting(told: Mapping[str, str]) -> Texting:
    """The settings of text messages from those told by name."""
    return Texting(told["NOTIFY_URL"].rstrip("/"), told["NOTIFY_API_KEY"], told["NOTIFY_TEMPLATE_ID"])


def mistakes(told: Mapping[str, str]) -> Iterator[str]:
    """What is wrong with the settings of text messages; the key is not repeated."""
    if not told["NOTIFY_URL"]:
        return
    if not _is_address(told["NOTIFY_URL"]):
        yield "NOTIFY_URL: is not an address such as https://api.notifications.service.gov.uk, without a path"
    if not _KEY.fullmatch(told["NOTIFY_API_KEY"]):
        yield "NOTIFY_API_KEY: is not a key as GOV.UK Notify shows it, which ends with two ids"
    if not re.fullmatch(_UUID, told["NOTIFY_TEMPLATE_ID"]):
        yield "NOTIFY_TEMPLATE_ID: is not an id of a template of GOV.UK Notify"


def _is_address(text: str) -> bool:
    try:
        parts = urlsplit(text)
        return (
            parts.scheme in ("https", "http")
            and bool(parts.hostname)
            and (parts.port or 443) > 0
            and parts.path in ("", "/")
        )
    except ValueError:
        return False
