"""Sends text messages by GOV.UK Notify, and finds out whether it has one that we cannot tell the fate of.

Its template holds nothing but ((message)), so that what we say stays with us. Our delivery's id is its
`reference`. It does not refuse a second message with the same one: look first, and only then send again.
"""

import logging
from dataclasses import dataclass, field
from typing import Any

import requests
from notifications_python_client.errors import APIError
from notifications_python_client.notifications import NotificationsAPIClient

from integrations.contract import Rejected, Unavailable, Unconfirmed
from integrations.http import Answer, Limits, Outcome, judge, one_line
from integrations.lines import NotConnected, guarded

# Its client repeats in its log what Notify says of a message.
logging.getLogger("notifications_python_client").setLevel(logging.CRITICAL)


@dataclass(frozen=True, slots=True)
class Text:
    """One text message: our reference, to whom (E.164, such as +447700900123), and what it says.

    `reference` stays the same however often it is sent.
    """

    reference: str
    to: str = field(repr=False)
    words: str = field(repr=False)


class Texter:
    """Sends by the Notify at `url`, with one key and one template."""

    def __init__(self, url: str, api_key: str, template_id: str, *, limits: Limits | None = None) -> None:
        limits = limits or Limits()
        self._template = template_id
        self._client = NotificationsAPIClient(api_key, url, timeout=(limits.connect, limits.read))
        # Where Notify is comes from our own settings: on a private address it is the demonstration's.
        session = guarded(allow_private=True)
        session.max_redirects = 0  # what it is told must go nowhere else
        self._client.request_session = session

    def send(self, text: Text) -> None:
        """Give it to Notify.

        Raises `Rejected` (a number or a template that it does not take), `Unavailable` (not reached, too many,
        a key that does not serve) or `Unconfirmed` (whatever else may have come after it was taken).
        """
        try:
            taken = self._client.send_sms_notification(
                text.to, self._template, {"message": text.words}, text.reference
            )
        except NotConnected as failed:
            raise Unavailable(f"Nothing was sent: {failed}.") from None
        except APIError as failed:
            raise _meaning(failed) from None
        if not isinstance(taken, dict) or not taken.get("id"):
            raise Unconfirmed("It answered without an id.")

    def find(self, reference: str) -> bool:
        """Whether Notify has a message of this reference, of the last seven days. Raises `Unavailable`."""
        try:
            listed = self._client.get_all_notifications(reference=reference)
        except NotConnected as failed:
            raise Unavailable(f"It could not be asked: {failed}.") from None
        except APIError as failed:
            meant = _meaning(failed)
            raise Unavailable(str(meant), getattr(meant, "retry_after", None)) from None
        found = listed.get("notifications") if isinstance(listed, dict) else None
        if not isinstance(found, list):
            raise Unavailable("It answered with something that is no list of messages.")
        return any(isinstance(each, dict) and each.get("reference") == reference for each in found)


def _meaning(failed: Any) -> Outcome:
    """What a failure of the client means; an answer is judged as every connector's is."""
    response = failed.response
    if not isinstance(response, requests.Response):
        why = type(failed.__cause__).__name__
        return Unconfirmed(f"It was asked, but no whole answer came ({why}).")
    headers = {name.lower(): value for name, value in response.headers.items()}
    meant = judge(Answer(response.status_code, headers, response.content))
    if isinstance(meant, Rejected):
        return Rejected(f"It answered {response.status_code}: {_said(failed.message)}")
    return meant or Unconfirmed("It answered with something that is not JSON.")


def _said(told: Any) -> str:
    """Notify's own words for what is wrong, on one line."""
    if isinstance(told, list):
        told = "; ".join(str(each.get("message", "")) for each in told if isinstance(each, dict))
    return one_line(str(told)) or "no words"
