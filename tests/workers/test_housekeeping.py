"""The hourly tidying, files and all, and the sweeper that does it."""

from datetime import timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa

from selfservice import clock
from selfservice.database import Database
from selfservice.installation import Installation
from selfservice.operations import housekeeping as forgetting
from selfservice.operations import saving
from selfservice.store.drafts import DraftRow
from selfservice.store.notifications import NotificationRow
from tests.factories.files import add_file
from tests.factories.submitted import BOSTON, RESIDENT, a_draft, installation, settings
from workers import housekeeping, sweep


@pytest.fixture
def one(each_database: Database, tmp_path: Path) -> Installation:
    return installation(each_database, settings(tmp_path, POLL_SECONDS="3600"), object())


class Added:
    """The files of a draft begun so many days ago."""

    def __init__(self, one: Installation, days_ago: int) -> None:
        at = clock.now() - timedelta(days=days_ago)
        with one.database.write() as session:
            draft = a_draft(session, at)
        self._files, self._kept = one.files, add_file(one.database, one.files, RESIDENT, draft, at)

    def exists(self) -> bool:
        """Whether anything of it is left."""
        return any(self._files.exists(key) for key in self._kept.keys)


def begin(one: Installation, days_ago: int) -> Added:
    """A draft begun so many days ago, with a photo."""
    return Added(one, days_ago)


def test_old_drafts_go_a_few_at_a_time_until_none_is_left(
    one: Installation, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(forgetting, "AT_ONCE", 2)
    old, new = [begin(one, 31) for _ in range(5)], begin(one, 1)
    assert housekeeping.tidy(one) == 5
    assert [file.exists() for file in (*old, new)] == [False] * 5 + [True]
    assert housekeeping.tidy(one) == 0


def test_whoever_saved_a_draft_by_link_is_told_before_it_goes_and_once(
    one: Installation, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(saving, "AT_ONCE", 2)
    with one.database.write() as session:
        for days in (28, 28, 28, 10):
            at = clock.now() - timedelta(days=days)
            draft = a_draft(session, at)
            saving.save(
                session, RESIDENT, draft.id, "ada@example.org", BOSTON, "Report fly-tipping", one.links, at
            )
    assert housekeeping.warn(one) == 3
    assert housekeeping.warn(one) == 0
    assert housekeeping.tidy(one) == 0
    with one.database.read() as session:
        told = session.scalars(sa.select(NotificationRow.body).where(NotificationRow.what == "saved_ending"))
        assert all("the form that you began" in body for body in told)  # this installation has no services


def test_the_sweeper_tidies(one: Installation) -> None:
    old = begin(one, 31)
    sweeper = sweep.Sweeper(one)
    sweeper.tick()
    sweeper.wait()
    assert not old.exists()
    with one.database.read() as session:
        assert session.scalars(sa.select(DraftRow)).all() == []
