"""The workers' own commands: they import the application first, so that a job starts in milliseconds."""

import logging
import socket
import time
import uuid
from functools import partial

import structlog
from redis import Redis
from redis.exceptions import RedisError
from rq import Queue, Worker
from rq.job import Job
from rq.serializers import JSONSerializer

from selfservice import clock
from selfservice.database import DatabaseError
from selfservice.doorbell import queue_name
from selfservice.installation import Installation, open_installation
from selfservice.operations import health, sweeping
from selfservice.settings import Misconfigured, Settings
from workers import deliver, scan, sweep
from workers.children import Children, die_with_parent
from workers.schedule import Stop

log = structlog.get_logger(__name__)

CHILDREN = 2
REST_SECONDS = 1.0


def worker(settings: Settings) -> None:
    """`selfservice worker`: deliver until told to stop."""
    installation = open_installation(settings)
    if has_tables(installation, Stop()):
        work(installation)


def sweeper(settings: Settings) -> None:
    """`selfservice sweeper`: sweep until told to stop."""
    installation, stop = open_installation(settings), Stop()
    if not (settings.filing.clamav_url or settings.demonstration):
        log.warning("files_not_scanned", words="CLAMAV_URL is empty: files are passed on without a scan")
    if has_tables(installation, stop):
        sweep.sweep(installation, stop)


def has_tables(installation: Installation, stop: Stop) -> bool:
    """Wait until the database answers; False when told to stop first.

    Raises `Misconfigured` when it answers and has not the tables of this version: no waiting mends that.
    """
    while not stop.asked:
        try:
            with installation.database.read() as session:
                problem = health.problem(session)
        except (DatabaseError, OSError) as error:
            log.warning("database_not_answering", error=type(error).__name__)
            stop.sleep(REST_SECONDS)
        else:
            # Whoever forks after this must hand no connection on.
            installation.database.close()
            if problem:
                raise Misconfigured([f"DATABASE_URL: the database {problem} first"])
            return True
    return False


def work(installation: Installation) -> None:
    """Deliver for `installation`: rung by Redis where there is one, else by looking into the database."""
    deliver.use(installation)
    scan.use(installation)
    if installation.settings.redis_url:
        listen(installation)
    else:
        look(installation, Stop())


def look(installation: Installation, stop: Stop) -> None:
    """Look every quarter of a second for what is due, and let a child deliver it."""
    children = Children(CHILDREN)
    while not stop.asked:
        try:
            if children.room and _anything_due(installation):
                installation.database.close()
                children.start(partial(deliver.batch, installation))
        except (DatabaseError, OSError) as error:
            log.warning("look_failed", error=type(error).__name__)
            stop.sleep(REST_SECONDS)
        stop.sleep(installation.timings.look)
    children.wait()


def _anything_due(installation: Installation) -> bool:
    with installation.database.read() as session:
        return sweeping.anything_due(session, clock.now(), installation.timings)


class Listener(Worker):
    """RQ's worker, whose work-horse dies with it and which soon tries a Redis that is away again."""

    max_connection_wait_time = 2.0

    def main_work_horse(self, job: Job, queue: Queue) -> None:
        """What the forked work-horse does: first of all, see to it that it never outlives its worker."""
        die_with_parent()
        super().main_work_horse(job, queue)


def listen(installation: Installation) -> None:
    """Work off the one queue, with no scheduler; begin anew whenever Redis comes back."""
    settings = installation.settings
    logging.getLogger("rq").setLevel(logging.ERROR)
    while True:
        try:
            connection = Redis.from_url(settings.redis_url)
            queue = Queue(queue_name(settings.redis_prefix), connection=connection, serializer=JSONSerializer)
            name = f"{settings.redis_prefix}-{socket.gethostname()}-{uuid.uuid4().hex[:8]}"
            listener = Listener([queue], connection=connection, name=name, serializer=JSONSerializer)
            listener.work(logging_level="ERROR", with_scheduler=False)
        except (RedisError, OSError) as error:
            log.warning("bell_not_heard", error=type(error).__name__)
            time.sleep(REST_SECONDS)
        else:
            return
