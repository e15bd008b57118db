"""What GeoReport v2 (Open311) says on the wire, and how to read it: times, lists, errors, our reference."""

import re
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

from integrations import http
from integrations.contract import Rejected, Unavailable, Unconfirmed
from selfservice.domain.case import LONGEST_NAME, storable

# A GeoReport server answers 400 both to a request it refuses and to "any failure during processing" (its own
# words: general service error): "our CRM is down" looks like "your service_code is wrong". Only errors
# that name something of the request and nothing of the server's own troubles are believed to be a refusal.
_OF_THE_REQUEST = re.compile(
    r"service_?\s?code|service_?request_?id|update_?id|jurisdiction|\blat\b|\blong\b|latitude|longitude|location|address|description|"
    r"attribute|e-?mail|phone|\bname\b|media|required|missing|not provided|invalid|must be|too long|outside",
    re.IGNORECASE,
)
_OF_THE_SERVER = re.compile(
    r"unavailable|time[d ]?-?\s?out|\bdown\b|internal|server error|database|exception|connect|"
    r"general service error|try again|later|temporar|unexpected",
    re.IGNORECASE,
)


def judge(answer: http.Answer) -> http.Outcome | None:
    """What an answer to POST requests means, where GeoReport says more than the status code does.

    400, 404 and 422 with errors about the request: `Rejected`, in their words. 400 and 422 without, or about
    the server's troubles: `Unconfirmed`, as it may have failed after it took the case. 404 without errors,
    and 403 (a key that does not serve): `Unavailable`, as for any server.
    """
    if answer.status not in (400, 404, 422):
        return http.judge(answer)
    words = "; ".join(_errors(answer))
    if words and _OF_THE_REQUEST.search(words) and not _OF_THE_SERVER.search(words):
        return Rejected(http.one_line(words))
    if answer.status == 404:
        return http.judge(answer)
    return Unconfirmed(http.one_line(f"It answered {answer.status} without saying what is wrong: {words}"))


def _errors(answer: http.Answer) -> list[str]:
    try:
        told = answer.parsed()
    except ValueError:
        return []
    told = told.get("errors", [told]) if isinstance(told, dict) else told
    items = [item for item in told if isinstance(item, dict)] if isinstance(told, list) else []
    return [str(item["description"]) for item in items if item.get("description")]


def rows(told: Any) -> list[dict[str, Any]]:
    """The items of a list that a server answered. Raises `Unavailable` when it is no list."""
    if not isinstance(told, list):
        raise Unavailable("It answered with something that is not a list.")
    return [row for row in told if isinstance(row, dict)]


def text(item: Any, key: str) -> str | None:
    """The value of `key` as text that can be kept (ids may come as numbers), or None where there is none."""
    value = item.get(key) if isinstance(item, dict) else None
    if value is None or isinstance(value, dict | list | bool):
        return None
    return storable(str(value)) or None


def name(item: Any, key: str) -> str | None:
    """The value of `key` as the name of a thing (a case, a token), or None where there is none, or where it
    is longer than any that is kept: cut short it would name nothing."""
    told = text(item, key)
    return told if told and len(told) <= LONGEST_NAME else None


def echoes(row: Any, reference: str) -> bool:
    """Whether a listed request is ours: by its attribute where that is echoed, else by its description."""
    if text(row, "external_reference") == reference:
        return True
    whole = rf"(?<![\w-]){re.escape(reference)}(?![\w-])"
    return re.search(whole, text(row, "description") or "") is not None


def written(moment: datetime) -> str:
    """A moment as ISO 8601 in UTC, with its zone and without fractions."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def moment(told: str) -> datetime:
    """A time as a server writes it, in UTC; without a zone it is London's. Raises ValueError."""
    read = datetime.fromisoformat(told)
    aware = read if read.tzinfo else read.replace(tzinfo=ZoneInfo("Europe/London"))
    try:
        return aware.astimezone(UTC)
    except OverflowError:
        raise ValueError("a time lies before the first year or after the last") from None
