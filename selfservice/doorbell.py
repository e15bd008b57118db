"""The bell: tells workers that something is due. Losing every ring costs time and nothing else."""

import time
import uuid
from collections.abc import Iterable
from contextlib import suppress
from threading import Thread

import structlog
from redis import Redis
from redis.backoff import NoBackoff
from redis.exceptions import RedisError
from redis.retry import Retry
from rq import Queue
from rq.serializers import JSONSerializer

JOB = "workers.deliver.deliver"
SCAN_JOB = "workers.scan.scan"
TIMEOUT_SECONDS = 0.2
REST_SECONDS = 2.0
JOB_SECONDS = 60

log = structlog.get_logger(__name__)


def queue_name(prefix: str) -> str:
    """The name of the one queue of an installation."""
    return f"{prefix}-deliver"


class Doorbell:
    """Rings through Redis with no retries and short time-outs; after a failure it rests for two seconds.

    With an empty address it does nothing: workers then look into the database by themselves.
    """

    def __init__(self, redis_url: str, prefix: str) -> None:
        self._prefix = prefix
        self._rest_until = 0.0
        self._queue: Queue | None = None
        if redis_url:
            client = Redis.from_url(
                redis_url,
                socket_timeout=TIMEOUT_SECONDS,
                socket_connect_timeout=TIMEOUT_SECONDS,
                retry=Retry(NoBackoff(), 0),
            )
            self._queue = Queue(queue_name(prefix), connection=client, serializer=JSONSerializer)

    @property
    def connected(self) -> bool:
        """Whether there is a Redis to ring through at all."""
        return self._queue is not None

    def answers(self) -> bool:
        """Whether Redis answers at this moment; for health checks, not for deciding whether to ring."""
        if self._queue is None:
            return False
        try:
            return bool(self._queue.connection.ping())
        except (RedisError, OSError):
            return False

    def ring(self, delivery_ids: Iterable[str], job: str = JOB) -> bool:
        """Ring for each id, after its commit; False when nobody could hear. Never raises.

        `job` is what is to be done with each: delivered, unless told otherwise.
        """
        if self._queue is None or time.monotonic() < self._rest_until:
            return False
        try:
            for delivery_id in delivery_ids:
                self._ring(self._queue, job, delivery_id)
        except (RedisError, OSError) as error:
            self._rest_until = time.monotonic() + REST_SECONDS
            log.warning("doorbell_not_heard", error=type(error).__name__)
            return False
        return True

    def ring_soon(self, delivery_ids: Iterable[str], job: str = JOB) -> None:
        """Ring without keeping the caller waiting, not even for a Redis that hangs; what is lost costs time.

        For whoever serves people: with few submissions the rest after a failure is long over at the next, and
        each would wait for the time-out. Never raises.
        """
        if self._queue is None or time.monotonic() < self._rest_until:
            return
        with suppress(RuntimeError):  # no thread can be had: the sweeper rings
            Thread(target=self.ring, args=(tuple(delivery_ids), job), daemon=True).start()

    def _ring(self, queue: Queue, job: str, row_id: str) -> None:
        queue.enqueue(
            job,
            row_id,
            job_id=f"{self._prefix}-{uuid.uuid4().hex}",
            job_timeout=JOB_SECONDS,
            result_ttl=0,
            failure_ttl=60,
            ttl=600,
        )
