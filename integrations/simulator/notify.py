"""The simulator's GOV.UK Notify: takes text messages by its API, lists them by reference, and sends none."""

import json
import re
import uuid
from collections.abc import Mapping
from typing import Any

from integrations.simulator.cases import Memory
from integrations.simulator.faults import Fault
from integrations.simulator.open311 import Reply, before, said, written
from integrations.simulator.things import Mail

SLUG = "notify"  # by which its faults are asked for
SMS = "sms"
LIST, SEND = "/v2/notifications", "/v2/notifications/sms"
_BEARER = re.compile(r"Bearer [\w-]+\.[\w-]+\.[\w-]+")
_SENDER = "GOVUK"


class Notify:
    """One Notify for all councils. It takes any key and any template, and each message as often as it is sent."""

    def __init__(self, memory: Memory) -> None:
        self._memory = memory

    def get(self, asked: Mapping[str, str], authorization: str, fault: Fault | None) -> Reply:
        """The messages of a reference, or all."""
        reply = _stopped(fault) or _unknown(authorization)
        if reply:
            return reply
        found = self._memory.mails(medium=SMS, message_id=asked.get("reference", ""))
        reply = said({"notifications": [_listed(mail) for mail in found], "links": {"current": LIST}})
        return Reply(reply.status, reply.body, half=bool(fault and fault.kind == "half_reply"))

    def post(self, body: bytes, authorization: str, fault: Fault | None) -> Reply:
        """Take a text message, or do what the fault says instead."""
        try:
            told = json.loads(body)
        except ValueError:
            told = {}
        reply = _stopped(fault) or _unknown(authorization) or _refusal(told)
        if reply:
            return reply
        kind = fault.kind if fault else ""
        words, reference = str(told["personalisation"]["message"]), str(told.get("reference") or "")
        late = fault.seconds if fault and kind == "late" else 0
        mail = self._memory.keep_mail(
            reference, _SENDER, str(told["phone_number"]), "", words, False, medium=SMS, late=late
        )
        if kind == "error_after":
            return _wrong(500, "Exception", "Internal server error")
        taken = {} if kind == "no_id" else _taken(mail, str(told["template_id"]))
        reply = said(taken, 201)
        reset = kind in ("late", "reset_after")
        return Reply(reply.status, reply.body, half=kind == "half_reply", reset=reset)


def _stopped(fault: Fault | None) -> Reply | None:
    """What a fault answers before the call is even looked at, in Notify's own form."""
    reply = before(fault)
    if reply is None or reply.reset:
        return reply
    return _wrong(reply.status, "Exception", "Something went wrong", **reply.headers)


def _unknown(authorization: str) -> Reply | None:
    if _BEARER.fullmatch(authorization):
        return None
    return _wrong(401, "AuthError", "Unauthorized: authentication token must be provided")


def _refusal(told: Any) -> Reply | None:
    told = told if isinstance(told, dict) else {}
    personal = told.get("personalisation")
    if not re.fullmatch(r"\+?[0-9 ]{10,16}", str(told.get("phone_number", ""))):
        return _wrong(400, "ValidationError", "phone_number Number is not valid")
    if not told.get("template_id"):
        return _wrong(400, "ValidationError", "template_id is a required property")
    if not isinstance(personal, dict) or not personal.get("message"):
        return _wrong(400, "BadRequestError", "Missing personalisation: message")
    return None


def _wrong(status: int, error: str, words: str, **headers: str) -> Reply:
    return said({"status_code": status, "errors": [{"error": error, "message": words}]}, status, **headers)


def _id(mail: Mail) -> str:
    return str(uuid.uuid5(uuid.NAMESPACE_OID, str(mail.number)))


def _taken(mail: Mail, template: str) -> dict[str, Any]:
    return {
        "id": _id(mail),
        "reference": mail.message_id,
        "content": {"body": mail.body, "from_number": mail.sender},
        "uri": f"{LIST}/{_id(mail)}",
        "template": {"id": template, "version": 1, "uri": f"/v2/template/{template}"},
    }


def _listed(mail: Mail) -> dict[str, Any]:
    return {
        "id": _id(mail),
        "reference": mail.message_id,
        "type": SMS,
        "status": "delivered",
        "phone_number": mail.recipient,
        "body": mail.body,
        "created_at": written(mail.received),
    }
