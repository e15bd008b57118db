"""The simulated back office's GeoReport v2 server: services, requests, tokens and servicerequestupdates."""

import hmac
import json
import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from integrations.simulator.cases import Memory
from integrations.simulator.faults import Fault
from integrations.simulator.things import Case, Form, Update

# The services that it names, which need a place. It takes any other code too, with a place or without, so that a
# new service can be tried at once.
SERVICES = {"FLYTIP": "Fly-tipping"}
# What a customer's update must tell.
NEEDED = ("update_id", "service_request_id", "status", "updated_datetime", "description")


@dataclass(frozen=True, slots=True)
class Reply:
    """An answer to be written to the socket. `half` breaks off in the middle; `reset` sends none at all."""

    status: int = 200
    body: bytes = b""
    kind: str = "application/json; charset=utf-8"
    headers: Mapping[str, str] = field(default_factory=dict)
    half: bool = False
    reset: bool = False


def said(told: Any, status: int = 200, **headers: str) -> Reply:
    """`told` as JSON."""
    return Reply(status, json.dumps(told, ensure_ascii=False).encode(), headers=headers)


def wrong(status: int, words: str, **headers: str) -> Reply:
    """GeoReport's way of saying no: an array of code and description."""
    return said([{"code": str(status), "description": words}], status, **headers)


def written(at: float) -> str:
    """Seconds since 1970 as ISO 8601 with a zone and no fractions."""
    return datetime.fromtimestamp(int(at), UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


class Open311:
    """One server for all councils; the first part of the path says whose."""

    def __init__(self, memory: Memory, api_key: str) -> None:
        self._memory = memory
        self._api_key = api_key

    def get(self, council: str, path: str, asked: Mapping[str, str]) -> Reply:
        """Answer a GET of `path`, which is what follows /open311/v2/."""
        if path == "services.json":
            return said([_service(code, name) for code, name in SERVICES.items()])
        try:
            if path == "requests.json":
                return said([_request(case) for case in self._listed(council, asked)])
            if path == "servicerequestupdates.json":
                since, until = _moment(asked, "start_date", 0), _moment(asked, "end_date", 4e9)
                return said([news(update) for update in self._memory.updates(council, since, until + 1)])
        except ValueError as failed:
            return wrong(400, str(failed))
        folder, _, name = path.removesuffix(".json").partition("/")
        case = self._memory.case(council, name) if folder == "requests" else None
        if case:
            return said([_request(case)])
        if folder == "tokens" and (case := self._memory.by_token(council, name)):
            known = case.known <= datetime.now(UTC).timestamp()
            return said([{"token": name, "service_request_id": case.id if known else ""}])
        return wrong(404, "There is nothing of this name.")

    def _listed(self, council: str, asked: Mapping[str, str]) -> list[Case]:
        since, until = _moment(asked, "start_date", 0), _moment(asked, "end_date", 4e9)
        found = [
            case
            for case in self._memory.cases(
                council, newest=100_000, reference=asked.get("external_reference", ""), since=since
            )
            if case.received < until + 1
            and asked.get("service_code", case.service) == case.service
            and asked.get("status", "closed" if case.closed else "open")
            == ("closed" if case.closed else "open")
            and asked.get("service_request_id", case.id) == case.id
        ]
        size = min(int(asked.get("page_size", "1000")), 1000)
        first = (max(int(asked.get("page", "1")), 1) - 1) * size
        return found[first : first + size]

    def post(self, council: str, form: Form, fault: Fault | None) -> Reply:
        """Take a case, or do what the fault says instead."""
        refusal = self._no_key(form) or self._refusal(dict(reversed(form)))
        if refusal:
            return refusal
        kind = fault.kind if fault else ""
        seconds = fault.seconds if fault else 0.0
        if kind == "late":
            self._memory.open_case(council, form, late=seconds)
            return Reply(reset=True)
        if kind == "token":
            token = uuid.uuid4().hex
            self._memory.open_case(council, form, token=token, known_after=seconds)
            return said([{"token": token}])
        case = self._memory.open_case(council, form)
        return _done(kind, {"service_request_id": case.id, "service_notice": "", "account_id": ""})

    def add(self, council: str, form: Form, fault: Fault | None) -> Reply:
        """Take what a customer adds to a case, or do what the fault says instead."""
        told = dict(reversed(form))
        missing = [name for name in NEEDED if not told.get(name)]
        case = self._memory.case(council, told.get("service_request_id", ""))
        refusal = self._no_key(form)
        if refusal is None and missing:
            refusal = wrong(400, f"{missing[0]} is required.")
        if refusal or case is None:
            return refusal or wrong(404, "service_request_id not found.")
        kind = fault.kind if fault else ""
        update = self._memory.add(case, form, late=fault.seconds if fault and kind == "late" else 0)
        if kind == "late":
            return Reply(reset=True)
        return _done(kind, {"update_id": news(update)["update_id"], "account_id": ""})

    def _no_key(self, form: Form) -> Reply | None:
        given = dict(reversed(form)).get("api_key", "")
        if self._api_key and not hmac.compare_digest(given.encode(), self._api_key.encode()):
            return wrong(403, "Missing or invalid api_key.")
        return None

    @staticmethod
    def _refusal(told: Mapping[str, str]) -> Reply | None:
        if not told.get("service_code"):
            return wrong(400, "service_code is required.")
        if not told.get("description"):
            return wrong(400, "description is required.")
        located = (told.get("lat") and told.get("long")) or told.get("address_string")
        if told["service_code"] in SERVICES and not located:
            return wrong(400, "lat and long, or address_string, are required.")
        return None


def _done(kind: str, told: Mapping[str, str]) -> Reply:
    """The answer once something was taken, or what a fault of that kind makes of it."""
    if kind == "no_id":
        return said([{"service_notice": "Thank you for your report."}])
    if kind == "error_after":
        return wrong(500, "Something went wrong.")
    reply = said([told])
    return Reply(reply.status, reply.body, half=kind == "half_reply", reset=kind == "reset_after")


def before(fault: Fault | None) -> Reply | None:
    """What a fault answers before the call is even looked at, if it does."""
    kind = fault.kind if fault else ""
    if kind == "error_before":
        return wrong(500, "Something went wrong.")
    if kind == "reset_before":
        return Reply(reset=True)
    if kind == "refuse_503":
        return wrong(
            503, "The back office is away.", **{"Retry-After": f"{fault.seconds if fault else 0:.0f}"}
        )
    if kind == "bad_request_400":
        return wrong(400, "description is required.")
    return None


def news(update: Update) -> dict[str, str]:
    """An update as it is polled, and pushed: the same id both times. A customer's tells the sender's id beside."""
    theirs = {"update_id_ext": update.theirs} if update.theirs else {}
    return {
        **theirs,
        "update_id": f"{update.case.id}-{update.number}",
        "service_request_id": update.case.id,
        "status": update.status,
        "updated_datetime": written(update.at),
        "description": update.words,
        "external_reference": update.case.reference,
    }


def _service(code: str, name: str) -> dict[str, Any]:
    return {
        "service_code": code, "service_name": name, "description": name, "metadata": False,
        "type": "realtime", "keywords": "", "group": "Street scene",
    }  # fmt: skip


def _request(case: Case) -> dict[str, Any]:
    return {
        "service_request_id": case.id,
        "status": "closed" if case.closed else "open",
        "status_notes": case.words,
        "service_name": SERVICES.get(case.service, case.service),
        "service_code": case.service,
        "description": case.told("description"),
        "requested_datetime": written(case.received),
        "updated_datetime": written(case.changed),
        "address": case.told("address_string"),
        "lat": case.told("lat"),
        "long": case.told("long"),
        "media_url": case.told("media_url"),
        "external_reference": case.reference,
        "external_delivery": case.told("attribute[external_delivery]"),
    }


def _moment(asked: Mapping[str, str], name: str, default: float) -> float:
    return datetime.fromisoformat(asked[name]).timestamp() if asked.get(name) else default
