"""Where back offices push news of their cases: believed only when signed, recorded once."""

import json
from typing import Any

import structlog
from flask import Blueprint, Response, abort, jsonify, request
from flask.typing import ResponseReturnValue

from integrations import signing
from integrations.contract import PushesUpdates
from selfservice import clock
from selfservice.domain.case import StatusUpdate
from selfservice.domain.council import Council
from selfservice.domain.people import Actor, ActorKind, Channel
from selfservice.domain.permissions import Action, Thing, may
from selfservice.operations import tracking
from selfservice.web.security import KILOBYTE, Csrf, Who, open_to
from selfservice.web.session import installation

blueprint = Blueprint("callbacks", __name__)
log = structlog.get_logger("selfservice.web")
DEEPEST = 20


@blueprint.post("/callbacks/<council>/<connector>")
@open_to(Who.BACK_OFFICE, csrf=Csrf.EXEMPT, body=64 * KILOBYTE)
def pushed(council: str, connector: str) -> ResponseReturnValue:
    """News of cases, pushed. The same answer whether council, connector or signature is unknown."""
    here = installation()
    body = request.get_data()
    told = here.councils.get(council)
    if told is None or connector not in told.connectors:
        return _unsigned()
    secrets = told.connectors[connector].options.get("push_secrets") or ()
    if not signing.verify(tuple(secrets), request.headers.get(signing.HEADER), body, clock.now()):
        return _unsigned()
    speaker = here.connector(council, connector)
    if not isinstance(speaker, PushesUpdates):
        abort(404)
    try:
        strict_json(body)
        news = list(speaker.read_push(body))
    except (ValueError, RecursionError):
        return jsonify(error="the body could not be read"), 400
    recorded = sum(_record(told, connector, update) for update in news)
    return jsonify(received=len(news), new=recorded)


def _record(council: Council, connector: str, update: StatusUpdate) -> bool:
    """Record one piece of news in a unit of work of its own, so that a bad one takes no others with it."""
    here = installation()
    speaker = Actor(ActorKind.BACK_OFFICE, connector, Channel.API, councils=frozenset({council.slug}))
    if not may(speaker, Action.TELL_NEWS, Thing(council.slug)):
        abort(403)
    with here.database.write() as session:
        return tracking.record_update(
            session, speaker, council, connector, update, clock.now(), links=here.links
        )


def _unsigned() -> tuple[Response, int]:
    log.warning("callback_refused")
    return jsonify(error="the signature is missing, wrong or too old"), 401


def strict_json(body: bytes) -> Any:
    """The JSON in `body`. Raises ValueError for what is no JSON, repeats a name or is nested too deeply."""
    text = body.decode("utf-8")
    if _depth(text) > DEEPEST:
        raise ValueError("nested too deeply")
    return json.loads(text, parse_constant=_no_constant, object_pairs_hook=_no_name_twice)


def _depth(text: str) -> int:
    """How deep brackets open: counted over strings too, so never too little."""
    depth = deepest = 0
    for character in text:
        if character in "[{":
            depth += 1
            deepest = max(deepest, depth)
        elif character in "]}":
            depth -= 1
    return deepest


def _no_constant(name: str) -> Any:
    raise ValueError(f"{name} is not JSON")


def _no_name_twice(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("a name is given twice")
    return found
