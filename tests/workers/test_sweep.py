"""The sweeper: leases on its own clock, rings for what is due, and the news that it reads."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa

from integrations.contract import Unavailable
from selfservice import clock
from selfservice.database import Database
from selfservice.domain.case import CaseStatus, StatusUpdate
from selfservice.domain.delivery import Timings
from selfservice.installation import Installation
from selfservice.operations import delivering
from selfservice.store import cases
from selfservice.store.cases import StatusUpdateRow
from selfservice.store.deliveries import DeliveryRow
from tests.factories.submitted import a_submission, anonymous, installation, settings
from workers import poll, sweep


class Bell:
    """Hears every ring."""

    connected = True

    def __init__(self) -> None:
        self.rung: list[str] = []

    def ring(self, ids: Iterable[str]) -> bool:
        self.rung += ids
        return True


@pytest.fixture
def one(each_database: Database, tmp_path: Path) -> Installation:
    told = settings(tmp_path, POLL_SECONDS="3600")
    made = installation(each_database, told, object(), timings=Timings(lease=100))
    made.doorbell = Bell()  # type: ignore[assignment]
    return made


def _submit(one: Installation) -> str:
    with one.database.write() as session:
        return a_submission(session, one.links, anonymous(), clock.now()).delivery_ids[0]


def _row(one: Installation, delivery_id: str) -> DeliveryRow:
    with one.database.read() as session:
        row = session.get(DeliveryRow, delivery_id)
    assert row is not None
    return row


def test_what_is_due_is_rung_for_once_in_a_while(one: Installation) -> None:
    delivery_id = _submit(one)
    sweeper = sweep.Sweeper(one)
    sweeper.tick()
    sweeper.tick()
    assert one.doorbell.rung == [delivery_id]  # type: ignore[attr-defined]


def test_a_lease_is_over_when_a_delivery_was_seen_unchanged_for_so_long(
    one: Installation, monkeypatch: pytest.MonkeyPatch
) -> None:
    delivery_id = _submit(one)
    with one.database.write() as session:
        delivering.claim(session, "dead", clock.now(), one.timings)
    sweeper, passed = sweep.Sweeper(one), [0.0]
    monkeypatch.setattr(sweep.time, "monotonic", lambda: passed[0])
    for passed[0], state in ((0.0, "claimed"), (99.0, "claimed"), (101.0, "pending")):
        sweeper._leases()
        assert _row(one, delivery_id).state == state


def test_a_sweeper_that_has_just_begun_takes_nobodys_delivery(one: Installation) -> None:
    delivery_id = _submit(one)
    with one.database.write() as session:
        delivering.claim(session, "slow", clock.now() - timedelta(days=400), one.timings)
        session.execute(sa.update(DeliveryRow).values(due_at=clock.now() - timedelta(days=400)))
        delivering.claim(session, "slow", clock.now(), one.timings)
    sweep.Sweeper(one).tick()
    assert _row(one, delivery_id).state == "claimed"


def test_a_clock_that_jumped_strands_nothing(one: Installation) -> None:
    delivery_id = _submit(one)
    with one.database.write() as session:
        session.execute(sa.update(DeliveryRow).values(due_at=clock.now() + timedelta(days=400)))
    sweep.Sweeper(one).tick()
    assert one.doorbell.rung == [delivery_id]  # type: ignore[attr-defined]


class News:
    """A back office whose news can be polled."""

    def __init__(self, *updates: StatusUpdate) -> None:
        self.news, self.windows, self.away = list(updates), list[tuple[datetime, datetime]](), False

    def updates(self, since: datetime, until: datetime) -> list[StatusUpdate]:
        self.windows.append((since, until))
        if self.away:
            raise Unavailable("away")
        return self.news


def test_news_is_read_from_where_the_last_reading_ended(one: Installation) -> None:
    news = News(StatusUpdate("1", "C1", CaseStatus.OPEN, "open", clock.now()))
    one.fakes["boston", "street-scene"] = news
    assert list(poll.who_sends_updates(one)) == [("boston", "street-scene")]
    assert poll.poll(one, "boston", "street-scene") == 1
    assert poll.poll(one, "boston", "street-scene") == 0
    first, second = news.windows
    assert second[0] == first[1] - poll.OVERLAP
    with one.database.read() as session:
        assert len(session.scalars(sa.select(StatusUpdateRow)).all()) == 1


def test_the_watermark_stays_when_the_back_office_is_away(one: Installation) -> None:
    news = News()
    news.away = True
    one.fakes["boston", "street-scene"] = news
    assert poll.poll(one, "boston", "street-scene") == 0
    with one.database.read() as session:
        assert cases.watermark(session, "boston", "street-scene") is None
