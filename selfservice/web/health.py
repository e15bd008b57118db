"""Whether this process lives, whether it can serve, and the figures that say how deliveries go."""

import structlog
from flask import Blueprint, Response, jsonify

from selfservice import clock
from selfservice.database import DatabaseError
from selfservice.operations import health as figures
from selfservice.web.logging import told
from selfservice.web.security import Who, open_to
from selfservice.web.session import installation

blueprint = Blueprint("health", __name__)
log = structlog.get_logger("selfservice.web")


@blueprint.get("/health/live")
@open_to(Who.ANYONE)
def live() -> Response:
    """This process answers; nothing else is asked."""
    return jsonify(status="alive")


@blueprint.get("/health/ready")
@open_to(Who.ANYONE)
def ready() -> tuple[Response, int]:
    """The database answers and has this version's tables. Redis is told of, but nothing waits for it."""
    try:
        with installation().database.read() as session:
            problem = figures.problem(session)
    except DatabaseError as error:
        log.error("not_ready", **told(error))
        problem = "does not answer"
    answer = {"database": problem or "well", "doorbell": _doorbell()}
    return jsonify(status="not ready" if problem else "ready", **answer), 503 if problem else 200


@blueprint.get("/metrics")
@open_to(Who.MONITOR)
def metrics() -> Response:
    """The figures in Prometheus' text form, read from the database."""
    with installation().database.read() as session:
        text = figures.prometheus(session, clock.now())
    return Response(text, content_type="text/plain; version=0.0.4; charset=utf-8")


def _doorbell() -> str:
    """Whether there is a bell, and whether anybody can hear it; workers look into the database besides."""
    bell = installation().doorbell
    if not bell.connected:
        return "none: workers look into the database"
    return "well" if bell.answers() else "does not answer: workers look into the database"
