"""The doorbell: one id a job, nothing kept, and nobody is kept waiting when Redis is away."""

import socket
import time

import pytest
from redis import Redis
from rq import Queue
from rq.serializers import JSONSerializer

from selfservice.doorbell import JOB, Doorbell, queue_name


@pytest.fixture
def silent() -> str:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return f"redis://127.0.0.1:{free.getsockname()[1]}/0"


def test_without_redis_it_does_nothing() -> None:
    doorbell = Doorbell("", "test")
    assert not doorbell.connected
    assert not doorbell.ring(["a"])


def test_a_ring_is_a_job_with_one_id(redis_url: str, redis_prefix: str) -> None:
    assert Doorbell(redis_url, redis_prefix).ring(["delivery-1", "delivery-2"])
    with Redis.from_url(redis_url) as connection:
        jobs = Queue(queue_name(redis_prefix), connection=connection, serializer=JSONSerializer).jobs
        assert [(job.func_name, job.args) for job in jobs] == [
            (JOB, ["delivery-1"]),
            (JOB, ["delivery-2"]),
        ]
        assert {(job.result_ttl, job.failure_ttl, job.retries_left) for job in jobs} == {(0, 60, None)}


def test_a_redis_that_refuses_is_left_alone_for_a_while(silent: str) -> None:
    doorbell = Doorbell(silent, "test")
    assert not doorbell.ring(["a"])
    start = time.perf_counter()
    for _ in range(1000):
        assert not doorbell.ring(["a"])
    assert time.perf_counter() - start < 0.2


def test_a_redis_that_hangs_keeps_nobody_waiting() -> None:
    with socket.create_server(("127.0.0.1", 0)) as hung:
        doorbell = Doorbell(f"redis://127.0.0.1:{hung.getsockname()[1]}/0", "test")
        start = time.perf_counter()
        assert not doorbell.ring(["a", "b"])
        assert time.perf_counter() - start < 1.0


def test_whoever_serves_people_waits_for_no_redis_at_all(redis_url: str, redis_prefix: str) -> None:
    with socket.create_server(("127.0.0.1", 0)) as hung:
        doorbell = Doorbell(f"redis://127.0.0.1:{hung.getsockname()[1]}/0", "test")
        start = time.perf_counter()
        doorbell.ring_soon(["a"])
        assert time.perf_counter() - start < 0.1
    Doorbell("", "test").ring_soon(["a"])
    Doorbell(redis_url, redis_prefix).ring_soon(["delivery-1"])
    with Redis.from_url(redis_url) as connection:
        queue = Queue(queue_name(redis_prefix), connection=connection, serializer=JSONSerializer)
        end = time.monotonic() + 5
        while not queue.job_ids:
            assert time.monotonic() < end, "it was never rung"
            time.sleep(0.01)
