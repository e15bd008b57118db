"""Whether this process lives, whether it can serve, and the figures that say how deliveries go."""

from collections.abc import Iterator

import structlog
from flask import Blueprint, Response, jsonify
from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, generate_latest
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, Metric

from selfservice import clock
from selfservice.database import DatabaseError
from selfservice.operations import drafting
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
    """The database answers and has its tables. The doorbell is told of, but nothing waits for it."""
    here = installation()
    problem = None
    try:
        with here.database.read() as session:
            drafting.find(session, "none", "nobody")  # the cheapest question that needs our tables
    except DatabaseError as error:
        log.error("not_ready", **told(error))
        problem = "does not answer, or lacks our tables"
    answer = {"database": problem or "well", "doorbell": _doorbell()}
    return jsonify(status="not ready" if problem else "ready", **answer), 503 if problem else 200


@blueprint.get("/metrics")
@open_to(Who.MONITOR)
def metrics() -> Response:
    """The figures in Prometheus' text form, read from the database."""
    with installation().database.read() as session:
        counted = figures.counts(session, clock.now())
    registry = CollectorRegistry(auto_describe=False)
    registry.register(_Figures(counted))
    return Response(generate_latest(registry), content_type=CONTENT_TYPE_LATEST)


def _doorbell() -> str:
    """Whether Redis hears the bell; without one, workers look into the database."""
    bell = installation().doorbell
    if not bell.connected:
        return "none: workers look into the database"
    return "well" if bell.ring(()) else "does not answer: workers look into the database"


class _Figures:
    """What the database counted, as Prometheus collects it."""

    def __init__(self, counted: figures.Counts) -> None:
        self._counted = counted

    def collect(self) -> Iterator[Metric]:
        """Every figure."""
        accepted = CounterMetricFamily(
            "selfservice_submissions_accepted", "Submissions accepted.", labels=["council"]
        )
        for council, number in self._counted.accepted.items():
            accepted.add_metric([council], number)
        yield accepted
        deliveries = GaugeMetricFamily(
            "selfservice_deliveries", "Deliveries by state.", labels=["council", "connector", "state"]
        )
        for where, number in self._counted.deliveries.items():
            deliveries.add_metric(list(where), number)
        yield deliveries
        yield GaugeMetricFamily(
            "selfservice_oldest_waiting_seconds",
            "How long the oldest delivery not yet made has been owed.",
            value=self._counted.oldest_seconds,
        )
        yield GaugeMetricFamily(
            "selfservice_news_waiting",
            "Pieces of news that have waited more than a day for a case we know.",
            value=self._counted.news_waiting,
        )
