"""What mySociety's `servicerequestupdates` says on the wire: what a customer adds to a case, and news of one."""

from collections.abc import Mapping, Sequence
from typing import Any

from integrations import georeport, http
from integrations.contract import Unconfirmed
from integrations.describing import said
from selfservice.domain.case import CaseStatus, CustomerUpdate, Helper, StatusUpdate, UpdateKind

Pairs = list[tuple[str, str]]
# Where an answer names our own id for an update: kept as theirs, or beside theirs.
OUR_ID = ("update_id_ext", "update_id")


def names(full_name: str) -> Pairs:
    """A name in two fields; one name alone is a first name."""
    first, _, last = " ".join(full_name.split()).rpartition(" ")
    return [("first_name", first or last), ("last_name", last if first else "")]


def help_by(helper: Helper | None) -> Pairs:
    """Who helped the customer, in attributes: a description may be published, and an agent is not the customer."""
    if helper is None:
        return []
    return [
        ("attribute[helped_by]", helper.name),
        ("attribute[helped_by_id]", helper.id),
        ("attribute[helped_channel]", helper.channel),
        ("attribute[verification]", helper.verification.name.lower()),
    ]


def form(case_reference: str, update: CustomerUpdate, ours: Sequence[tuple[str, str]]) -> Pairs:
    """The form that adds an update, as name and value pairs in a fixed order; what is empty is left out.

    `ours` are the key and the jurisdiction. The extension asks for a status each time: one that leaves the case as we
    know it, or for a dispute the one that opens it again.
    """
    pairs = [
        *ours,
        ("update_id", update.id),
        ("service_request_id", case_reference),
        ("status", _status(update)),
        ("updated_datetime", georeport.written(update.at)),
        ("description", said(update)),
        *names(update.contact.name),
        ("email", update.contact.email),
        ("phone", update.contact.phone),
        ("public_anonymity_required", "TRUE"),  # whoever publishes updates leaves the name out
        *(("media_url", link) for link in update.file_links),
        *help_by(update.helper),
    ]
    return [(name, value) for name, value in pairs if value]


def _status(update: CustomerUpdate) -> str:
    if update.kind is UpdateKind.DISPUTE:
        return "REOPEN"
    return "CLOSED" if update.case_closed else "OPEN"


def taken(answer: http.Answer) -> None:
    """Make sure that an answer to a POST says that the update was taken. Raises `Unconfirmed`."""
    try:
        told = answer.parsed()
    except ValueError:
        raise Unconfirmed("It answered 200 with something that is not JSON.") from None
    first = told[0] if isinstance(told, list) and told else told
    if not georeport.name(first, "update_id"):
        raise Unconfirmed("It answered 200 without an id of the update.")


def is_ours(item: Any, update: CustomerUpdate) -> bool:
    """Whether a listed update is the one that the customer wrote."""
    return any(georeport.text(item, key) == update.id for key in OUR_ID)


def news(item: Any, statuses: Mapping[str, CaseStatus]) -> StatusUpdate:
    """A listed or pushed update as news. Raises ValueError, in words, when it cannot be read."""
    event, case = georeport.name(item, "update_id"), georeport.name(item, "service_request_id")
    if not event or not case:
        raise ValueError("an update has no update_id or no service_request_id, or an overlong one")
    raw = georeport.text(item, "status") or ""
    return StatusUpdate(
        event_id=event,
        case_reference=case,
        status=statuses.get(raw.strip().lower()),
        raw_status=raw,
        at=georeport.moment(georeport.text(item, "updated_datetime") or ""),
        words=georeport.text(item, "description") or "",
        our_reference=georeport.text(item, "external_reference"),
        repeats=georeport.name(item, "update_id_ext") or event,
    )
