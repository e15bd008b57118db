"""What is killed, stopped and broken here loses nothing and does nothing twice: real processes, SIGKILL."""

import contextlib
import os
import signal
import subprocess
import sys
import threading
import time
import uuid
from collections.abc import Iterator
from pathlib import Path

import pytest

from selfservice.database import Database
from tests.faults.stage import ROOT, Stage, has_redis

pytestmark = [pytest.mark.faults]


# The two ways in which the product is run: the servers, and the embedded default.
both_ways = pytest.mark.parametrize(
    ("each_database", "redis"), [("postgres", True), ("sqlite", False)], indirect=True
)


@pytest.fixture
def redis(request: pytest.FixtureRequest) -> bool:
    """Rung by Redis, or looking into the database."""
    if request.param and not has_redis():
        pytest.skip("there is no redis-server on this machine")
    return bool(request.param)


@pytest.fixture
def stage(tmp_path: Path, each_database: Database, redis: bool) -> Iterator[Stage]:
    with Stage(tmp_path, each_database, redis=redis) as made:
        yield made


def _exactly_once(stage: Stage, references: list[str]) -> None:
    assert stage.references() == set(references), "what was accepted is in the database"
    assert stage.applied() == dict.fromkeys(references, 1), "each was applied once, and nothing else was"


@both_ways
def test_without_faults_a_case_is_there_within_three_seconds(stage: Stage) -> None:
    stage.role("worker")
    stage.role("sweeper")
    warm = stage.submit(1)
    stage.until_delivered()
    start = time.monotonic()
    references = stage.submit(1)
    stage.until_delivered(3.0 + (time.monotonic() - start))
    _exactly_once(stage, warm + references)


@both_ways
@pytest.mark.parametrize("whom", ["", "_worker"])
@pytest.mark.parametrize("point", ["after_claim", "after_marker", "after_bytes"])
def test_a_worker_killed_anywhere(
    tmp_path: Path, each_database: Database, redis: bool, point: str, whom: str
) -> None:
    with Stage(tmp_path, each_database, redis=redis, die_at=point + whom) as stage:
        stage.role("worker")
        stage.role("sweeper")
        references = stage.submit(3)
        stage.until_delivered()
        assert not Path(stage.plan["once"]).exists(), "somebody died there"
        _exactly_once(stage, references)


@both_ways
@pytest.mark.parametrize(
    "fault", ["503", "500_before", "500_after", "hang_before", "hang_after", "reset", "no_id"]
)
def test_a_back_office_that_fails(stage: Stage, fault: str) -> None:
    stage.faults(fault)
    stage.role("worker")
    stage.role("sweeper")
    references = stage.submit(2)
    stage.until_delivered()
    _exactly_once(stage, references)


@both_ways
@pytest.mark.parametrize("fault", ["500_before", "500_after", "no_id", "killed"])
def test_of_two_parts_at_one_back_office_none_is_taken_for_the_other(
    tmp_path: Path, each_database: Database, redis: bool, fault: str
) -> None:
    die_at = "after_bytes" if fault == "killed" else ""
    parts = ["FLYTIP", "BENEFIT"]
    with Stage(tmp_path, each_database, redis=redis, parts=parts, die_at=die_at) as stage:
        stage.faults(*([] if die_at else ["ok", fault, "ok", fault]))
        stage.role("worker")
        stage.role("sweeper")
        references = stage.submit(2)
        stage.until_delivered()
        assert stage.applied() == dict.fromkeys(references, len(parts))


@both_ways
@pytest.mark.parametrize("fault", ["killed", "500_after", "reset"])
def test_what_a_customer_adds_to_a_case_is_added_once(
    tmp_path: Path, each_database: Database, redis: bool, fault: str
) -> None:
    with Stage(tmp_path, each_database, redis=redis, die_at="after_bytes") as stage:
        once = Path(stage.plan["once"])
        once.unlink()  # nobody dies over the case
        stage.role("worker")
        stage.role("sweeper")
        [reference] = stage.submit(1)
        stage.until_delivered()
        if fault == "killed":
            once.touch()
        else:
            stage.faults(fault)
        update = stage.write(reference)
        stage.until_delivered()
        assert not once.exists()
        assert stage.applied() == {reference: 1, update: 1}


@both_ways
def test_a_worker_killed_while_the_back_office_is_at_it(stage: Stage) -> None:
    stage.faults("hang_after")
    stage.role("worker")
    references = stage.submit(1)
    stage.until(lambda: stage.applied().total() == 1, "the back office has applied it")
    stage.kill("worker")
    stage.role("worker")
    stage.role("sweeper")
    stage.until_delivered()
    _exactly_once(stage, references)


@both_ways
def test_a_worker_stopped_for_two_leases_and_woken(stage: Stage) -> None:
    stage.faults("slow", "slow")
    stage.role("worker")
    stage.role("sweeper")
    references = stage.submit(2)
    stage.until(lambda: stage.states()["pending"] < 2, "the worker has begun")
    child = _child(stage.processes["worker"].pid)
    for pid in filter(None, (stage.processes["worker"].pid, child)):
        _signal(pid, signal.SIGSTOP)
    time.sleep(2 * stage.plan["timings"]["lease"])
    for pid in filter(None, (stage.processes["worker"].pid, child)):
        _signal(pid, signal.SIGCONT)
    stage.until_delivered()
    _exactly_once(stage, references)


@pytest.mark.skipif(not has_redis(), reason="there is no redis-server on this machine")
class TestRedis:
    """Redis stopped before, during and after; hung; and forgetful."""

    @pytest.fixture
    def stage(self, tmp_path: Path, database: Database) -> Iterator[Stage]:
        with Stage(tmp_path, database, redis=True) as made:
            yield made

    def test_stopped_before(self, stage: Stage) -> None:
        stage.kill("redis")
        stage.role("worker")
        stage.role("sweeper")
        references = stage.submit(5)
        stage.until_delivered()
        _exactly_once(stage, references)

    def test_stopped_while_submitting_and_back(self, stage: Stage) -> None:
        stage.role("worker")
        stage.role("sweeper")
        references = stage.submit(5)
        stage.kill("redis")
        references += stage.submit(5)
        stage.start_redis()
        references += stage.submit(5)
        stage.until_delivered()
        _exactly_once(stage, references)

    def test_stopped_after(self, stage: Stage) -> None:
        references = stage.submit(5)
        stage.kill("redis")
        stage.role("worker")
        stage.role("sweeper")
        stage.until_delivered()
        _exactly_once(stage, references)

    def test_hung(self, stage: Stage) -> None:
        stage.kill("redis", signal.SIGSTOP)
        stage.role("worker")
        stage.role("sweeper")
        references = stage.submit(20)
        stage.until_delivered()
        _exactly_once(stage, references)
        stage.kill("redis", signal.SIGCONT)

    def test_forgetful(self, stage: Stage) -> None:
        references = stage.submit(5)
        stage.kill("redis")
        stage.start_redis()
        stage.role("worker")
        stage.role("sweeper")
        stage.until_delivered()
        _exactly_once(stage, references)


@both_ways
def test_two_clicks_at_once(stage: Stage) -> None:
    key, said = str(uuid.uuid4()), list[str]()
    command = [sys.executable, "-m", "tests.faults.process", "submit", str(stage.plan_file)]

    def click() -> None:
        done = subprocess.run(command, input=f"{key}\n", capture_output=True, text=True, check=True, cwd=ROOT)
        said.append(done.stdout.split()[1])

    clicks = [threading.Thread(target=click) for _ in range(4)]
    for one in clicks:
        one.start()
    for one in clicks:
        one.join()
    assert len(said) == 4
    assert len(set(said)) == 1
    stage.role("worker")
    stage.role("sweeper")
    stage.until_delivered()
    _exactly_once(stage, said[:1])


@both_ways
def test_two_workers_on_the_same_rows(stage: Stage) -> None:
    stage.faults(always="slow")
    references = stage.submit(15)
    for number in range(2):
        stage.role("worker", f"worker{number}")
    for number in range(2):
        stage.role("sweeper", f"sweeper{number}")
    stage.until_delivered()
    _exactly_once(stage, references)


def _child(pid: int) -> int | None:
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    return int(children[0]) if children else None


def _signal(pid: int, number: int) -> None:
    with contextlib.suppress(ProcessLookupError):
        os.kill(pid, number)
