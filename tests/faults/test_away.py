"""What everything stands on goes away and comes back: nobody dies, and nothing is lost or done twice."""

import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.faults.cluster import Own, own_cluster, programs
from tests.faults.residents import Browser
from tests.faults.stage import Stage, has_redis

pytestmark = [
    pytest.mark.faults,
    pytest.mark.skipif(programs() is None, reason="PostgreSQL's own programs are not on this machine"),
]

AWAY_SECONDS = 10.0


@pytest.fixture
def cluster() -> Iterator[Own]:
    """A PostgreSQL of this test's own, to be killed."""
    where = programs()
    assert where is not None
    with own_cluster(where) as made:
        yield made


@pytest.fixture(params=[True, False], ids=["rung by Redis", "without Redis"])
def stage(request: pytest.FixtureRequest, tmp_path: Path, cluster: Own) -> Iterator[Stage]:
    if request.param and not has_redis():
        pytest.skip("there is no redis-server on this machine")
    with Stage(tmp_path, cluster.database, redis=request.param) as made:
        yield made


def _pids(stage: Stage, *names: str) -> list[int]:
    return [stage.processes[name].pid for name in names if stage.processes[name].poll() is None]


def _away(cluster: Own, seconds: float) -> None:
    cluster.down()
    time.sleep(seconds)
    cluster.revive()
    cluster.wait()


def test_worker_and_sweeper_live_through_ten_seconds_without_postgresql(stage: Stage, cluster: Own) -> None:
    stage.role("worker")
    stage.role("sweeper")
    references = stage.submit(1)
    stage.until_delivered()
    before = _pids(stage, "worker", "sweeper")
    _away(cluster, AWAY_SECONDS)
    assert _pids(stage, "worker", "sweeper") == before, "neither has died"
    references += stage.submit(3)
    stage.until_delivered()
    assert _pids(stage, "worker", "sweeper") == before
    assert stage.applied() == dict.fromkeys(references, 1)


def test_postgresql_goes_away_while_the_back_office_is_at_it(stage: Stage, cluster: Own) -> None:
    stage.faults(always="slow")
    stage.role("worker")
    stage.role("sweeper")
    references = stage.submit(2)
    stage.until(lambda: stage.applied().total() > 0, "the back office has applied one")
    _away(cluster, AWAY_SECONDS)
    stage.until_delivered()
    assert stage.applied() == dict.fromkeys(references, 1)


@pytest.mark.parametrize("stage", [True], indirect=True, ids=["rung by Redis"])
def test_the_web_says_that_it_cannot_and_the_same_draft_works_afterwards(stage: Stage, cluster: Own) -> None:
    browser = Browser(stage.web())
    draft = browser.walk()
    cluster.down()
    start = time.monotonic()
    assert browser.send(draft) == ("503", "")
    assert time.monotonic() - start < 5, "it says so soon"
    assert browser.reference(draft) is None
    time.sleep(AWAY_SECONDS)
    cluster.revive()
    cluster.wait()
    for _ in range(2):  # and once more, as by somebody who is not sure
        status, leads_to = browser.send(draft)
        assert (status, leads_to.endswith("/sent")) == ("303", True)
    reference = browser.reference(draft)
    assert reference is not None
    stage.role("worker")
    stage.role("sweeper")
    stage.until_delivered()
    assert stage.references() == {reference}
    assert stage.applied() == {reference: 1}


@pytest.mark.parametrize("stage", [True], indirect=True, ids=["rung by Redis"])
def test_a_worker_that_begins_without_redis_waits_for_it(stage: Stage) -> None:
    stage.kill("redis")
    worker = stage.role("worker")
    time.sleep(AWAY_SECONDS)
    assert worker.poll() is None, "it has not died"
    stage.start_redis()
    references = stage.submit(2)  # there is no sweeper: only the bell can tell of them
    stage.until_delivered(20)
    assert stage.processes["worker"] is worker
    assert worker.poll() is None
    assert stage.applied() == dict.fromkeys(references, 1)
