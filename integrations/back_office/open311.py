"""Open311 (GeoReport v2, JSON) with mySociety's `servicerequestupdates`: opens, finds, adds to and follows cases.

Facts are those of the GeoReport v2 specification and of mySociety's published extension: the suffix .json, a
form-encoded POST, WGS84 degrees, times in ISO 8601 with a zone and no fractions, ids as text, an answer to
POST that is an array of one with `service_request_id` or `token`, errors as an array of {code, description}.
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import quote

import structlog
from marshmallow import fields, validate

from integrations import georeport, georeport_updates, http
from integrations.contract import Health, Receipt, Steps, Unavailable, Unconfirmed, WhenUnknown
from integrations.describing import description, not_contact
from integrations.options import OptionsSchema, our_status, truth, web_address
from selfservice.domain.case import CaseRequest, CaseStatus, CustomerUpdate, StatusUpdate
from selfservice.domain.grid import to_latitude_longitude

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """What a council says of its Open311 server.

    `push_secrets` check what it pushes to us. `lookup` is "reference" where its GET requests filters by
    `external_reference`, so that "not found" can be believed; "window" where it cannot, and we read
    through the time since the submission. `lists_updates` says that its GET servicerequestupdates gives back what we
    added, with our id, so that "not found" can be believed of that too; `takes_updates` = false that it takes none.
    `settle`: the longest, in seconds, until a case it took is found.
    `statuses` adds to `STATUSES`, or corrects it. `allow_private` lets it stand on a private address.
    """

    base_url: str
    api_key: str = field(default="", repr=False)
    jurisdiction_id: str = ""
    push_secrets: tuple[str, ...] = field(default=(), repr=False)
    lookup: str = "window"
    lists_updates: bool = False
    takes_updates: bool = True
    settle: float | None = None
    statuses: Mapping[str, str] = field(default_factory=dict)
    connect_seconds: float = 3.0
    read_seconds: float = 20.0
    allow_private: bool = False


class OPTIONS(OptionsSchema):
    """Checks and loads `Options`."""

    loads_into = Options

    base_url = fields.String(required=True, validate=web_address)
    api_key = fields.String()
    jurisdiction_id = fields.String()
    push_secrets = fields.List(fields.String())
    lookup = fields.String(validate=validate.OneOf(["reference", "window"]))
    lists_updates = truth()
    takes_updates = truth()
    settle = fields.Float(validate=validate.Range(min=0, max=86400))
    statuses = fields.Dict(fields.String(), fields.String(validate=our_status))
    connect_seconds = fields.Float(validate=validate.Range(min=0.1, max=60))
    read_seconds = fields.Float(validate=validate.Range(min=0.1, max=120))
    allow_private = truth()


# Open311's own two, and mySociety's longer list as used in updates.
STATUSES: Mapping[str, CaseStatus] = {
    "open": CaseStatus.OPEN,
    "closed": CaseStatus.RESOLVED,
    "received": CaseStatus.RECEIVED,
    "confirmed": CaseStatus.OPEN,
    "investigating": CaseStatus.IN_PROGRESS,
    "in_progress": CaseStatus.IN_PROGRESS,
    "planned": CaseStatus.PLANNED,
    "action_scheduled": CaseStatus.PLANNED,
    "waiting_for_customer": CaseStatus.WAITING_FOR_CUSTOMER,
    "fixed": CaseStatus.RESOLVED,
    "no_further_action": CaseStatus.NO_FURTHER_ACTION,
    "unable_to_fix": CaseStatus.NO_FURTHER_ACTION,
    "duplicate": CaseStatus.DUPLICATE,
    "not_councils_responsibility": CaseStatus.NOT_OURS,
    "internal_referral": CaseStatus.OPEN,
    "cancelled": CaseStatus.CANCELLED,
    "reopened": CaseStatus.REOPENED,
}


def to_payload(request: CaseRequest, options: Options) -> list[tuple[str, str]]:
    """The form that opens the case, as name and value pairs in a fixed order; what is empty is left out."""
    pairs = [
        ("api_key", options.api_key),
        ("jurisdiction_id", options.jurisdiction_id),
        ("service_code", request.service_code),
        *_where(request),
        ("description", description(request)),
        *georeport_updates.names(request.contact.name),
        ("email", request.contact.email),
        ("phone", request.contact.phone),
        *(("media_url", link) for link in request.photo_links),
        ("attribute[external_reference]", request.reference),
        ("attribute[external_delivery]", request.delivery_id),
        ("attribute[channel]", request.channel),
        *georeport_updates.help_by(request.helper),
        ("attribute[urgent]", "true" if request.urgent else "false"),
        ("attribute[reported_datetime]", georeport.written(request.submitted_at)),
    ]
    for answer in not_contact(request):
        if isinstance(answer.value, str):
            pairs.append((f"attribute[{answer.id}]", answer.value))
        elif isinstance(answer.value, list | tuple):
            pairs += [(f"attribute[{answer.id}][]", str(value)) for value in answer.value]
    return [(name, value) for name, value in pairs if value]


def _where(request: CaseRequest) -> list[tuple[str, str]]:
    place = request.place
    if place is None:
        return []
    latitude, longitude = to_latitude_longitude(place.easting, place.northing)
    return [
        ("lat", f"{latitude:.6f}"),
        ("long", f"{longitude:.6f}"),
        ("address_string", place.words),
        ("address_id", place.uprn or ""),
        ("attribute[easting]", f"{place.easting:.0f}"),
        ("attribute[northing]", f"{place.northing:.0f}"),
    ]


def _of_this_part(rows: list[Any], request: CaseRequest) -> list[Any]:
    """Of the requests with our reference, those opened for this part and not for a sibling.

    Sure where our delivery's id comes back. Else by the service code: whatever is not a sibling's is this one's,
    for staff may have put it under another service. Raises `Unavailable` where neither can tell.
    """
    known = [row for row in rows if georeport.text(row, "external_delivery")]
    ours = [row for row in known if georeport.text(row, "external_delivery") == request.delivery_id]
    if ours or not request.siblings:
        return ours or [row for row in rows if row not in known]
    unsure = [row for row in rows if row not in known]
    if unsure and request.service_code in request.siblings:
        raise Unavailable("It does not say which part of the submission the case with our reference is.")
    return [row for row in unsure if georeport.text(row, "service_code") not in request.siblings]


class Open311:
    """A council's Open311 server. It is a `TakesUpdates` only with `update_when_unknown`: where it takes updates."""

    update_when_unknown: WhenUnknown

    def __init__(self, options: Options) -> None:
        self.options = options
        sure = options.lookup == "reference"
        self.when_unknown = WhenUnknown.LOOK_UP if sure else WhenUnknown.LOOK_UP_OR_HOLD
        if options.takes_updates:
            listed = options.lists_updates
            self.update_when_unknown = WhenUnknown.LOOK_UP if listed else WhenUnknown.LOOK_UP_OR_HOLD
        self.settle_seconds = options.settle
        self.push_secrets = tuple(secret for secret in options.push_secrets if secret)
        self._statuses = {**STATUSES, **{code: CaseStatus(ours) for code, ours in options.statuses.items()}}
        self._http = http.Http(
            options.base_url,
            allow_private=options.allow_private,
            limits=http.Limits(options.connect_seconds, options.read_seconds),
            secrets=(options.api_key,),
        )

    def open_case(self, request: CaseRequest, steps: Steps) -> Receipt:
        """POST the case once; `steps` keeps the answer's id or token, so that a second try posts nothing."""
        kept = json.loads(steps.once("open", lambda: json.dumps(self._post(request))))
        return Receipt(kept["case_reference"], kept["token"])

    def _post(self, request: CaseRequest) -> dict[str, str | None]:
        contact = request.contact
        answer = self._http.send(
            "requests.json",
            form=to_payload(request, self.options),
            headers={"Idempotency-Key": request.delivery_id, "Accept": "application/json"},
            judged_by=georeport.judge,
            private=(contact.name, *contact.name.split(), contact.email, contact.phone),
        )
        try:
            told = answer.parsed()
        except ValueError:
            raise Unconfirmed("It answered 200 with something that is not JSON.") from None
        first = told[0] if isinstance(told, list) and told else told
        case = georeport.name(first, "service_request_id")
        token = georeport.name(first, "token")
        if not case and not token:
            raise Unconfirmed("It answered 200 without a case reference or a token.")
        return {"case_reference": case, "token": token}

    def find_case(self, request: CaseRequest, token: str | None) -> Receipt | None:
        """The case by its token, else by our reference. Raises `Unavailable` when it cannot be asked."""
        if token:
            told = self._http.read(f"tokens/{quote(token, safe='')}.json", self._ours())
            for item in georeport.rows(told):
                if case := georeport.name(item, "service_request_id"):
                    return Receipt(case, token)
            return Receipt(None, token)  # opened, and still without an id: ask again later
        rows = self._by_reference(request) if self.options.lookup == "reference" else self._by_window(request)
        ours = _of_this_part([row for row in rows if georeport.echoes(row, request.reference)], request)
        cases = [case for row in ours if (case := georeport.name(row, "service_request_id"))]
        # Should there be two, the older: ids grow.
        return Receipt(min(cases, key=lambda case: (len(case), case))) if cases else None

    def _by_reference(self, request: CaseRequest) -> list[Any]:
        rows = georeport.rows(
            self._http.read("requests.json", self._ours(("external_reference", request.reference)))
        )
        if rows and not any(georeport.echoes(row, request.reference) for row in rows):
            # Believing "not found" here would send the case a second time.
            raise Unavailable('It does not filter by our reference: set the option lookup to "window".')
        return rows

    def _by_window(self, request: CaseRequest) -> list[Any]:
        """Every request of the service since the submission, an hour allowed for clocks that differ."""
        since = georeport.written(request.submitted_at - timedelta(hours=1))
        asked = (("service_code", request.service_code), ("start_date", since), ("extensions", "true"))
        found: dict[str, Any] = {}
        for page in range(1, 21):
            rows = georeport.rows(self._http.read("requests.json", self._ours(*asked, ("page", str(page)))))
            new = {str(row.get("service_request_id")): row for row in rows}
            if new.keys() <= found.keys():  # the end, or a server that knows no pages
                break
            found |= new
        return list(found.values())

    def add_update(self, case_reference: str, update: CustomerUpdate) -> None:
        """POST servicerequestupdates once, with our id as the update's; a dispute carries the status REOPEN."""
        options, contact = self.options, update.contact
        ours = (("api_key", options.api_key), ("jurisdiction_id", options.jurisdiction_id))
        answer = self._http.send(
            "servicerequestupdates.json",
            form=georeport_updates.form(case_reference, update, ours),
            headers={"Idempotency-Key": update.id, "Accept": "application/json"},
            judged_by=georeport.judge,
            private=(contact.name, *contact.name.split(), contact.email, contact.phone, update.words),
        )
        georeport_updates.taken(answer)

    def find_update(self, case_reference: str, update: CustomerUpdate) -> bool:
        """Whether our id is among the updates since it was written, an hour allowed for clocks that differ."""
        since = georeport.written(update.at - timedelta(hours=1))
        asked = self._ours(("start_date", since))
        listed = georeport.rows(self._http.read("servicerequestupdates.json", asked))
        return any(georeport_updates.is_ours(item, update) for item in listed)

    def check(self) -> Health:
        """Whether it lists its services."""
        try:
            services = georeport.rows(self._http.read("services.json", self._ours()))
        except Unavailable as failed:
            return Health(False, str(failed))
        return Health(True, f"It answers and offers {len(services)} services.")

    def updates(self, since: datetime, until: datetime) -> Iterable[StatusUpdate]:
        """News by GET servicerequestupdates, oldest first; what cannot be read is logged and left out."""
        window = (("start_date", georeport.written(since)), ("end_date", georeport.written(until)))
        read = []
        for item in georeport.rows(self._http.read("servicerequestupdates.json", self._ours(*window))):
            try:
                read.append(georeport_updates.news(item, self._statuses))
            except ValueError as wrong:
                log.warning("open311.update_left_out", why=str(wrong))
        return sorted(read, key=lambda update: update.at)

    def read_push(self, body: bytes) -> Iterable[StatusUpdate]:
        """News in {"updates": [the same items as are polled]}. Raises ValueError when any cannot be read."""
        told = json.loads(body)
        items = told.get("updates") if isinstance(told, dict) else None
        if not isinstance(items, list):
            raise ValueError("there is no list of updates")
        return [georeport_updates.news(item, self._statuses) for item in items]

    def _ours(self, *pairs: tuple[str, str]) -> list[tuple[str, str]]:
        # The key is asked for on POST alone; a GET carries none, so that none ends up in a log of addresses.
        whose = self.options.jurisdiction_id
        return [("jurisdiction_id", whose), *pairs] if whose else list(pairs)


CONNECTOR = Open311
