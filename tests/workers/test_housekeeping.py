"""The hourly tidying, files and all, and the sweeper that does it."""

import errno
import json
import stat
from datetime import timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa
import structlog

from selfservice import clock
from selfservice.database import Database
from selfservice.domain.people import SYSTEM
from selfservice.domain.record import read_heads
from selfservice.installation import Installation
from selfservice.operations import housekeeping as forgetting
from selfservice.operations import recording, saving
from selfservice.store.drafts import DraftRow
from selfservice.store.notifications import NotificationRow
from selfservice.store.timeline import write_line
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


def a_line(one: Installation) -> None:
    with one.database.write() as session:
        write_line(session, SYSTEM, "boston", None, "opened", "", clock.now())


def test_how_far_the_record_goes_is_added_to_a_file_of_our_own_and_to_the_log(one: Installation) -> None:
    with structlog.testing.capture_logs() as said:
        for _ in range(2):
            a_line(one)
            assert housekeeping.keep_heads(one) == 1
    file = one.settings.home / housekeeping.HEADS_FILE
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    logged = "\n".join(json.dumps(entry) for entry in said if entry["event"] == "record_head")
    for text in (file.read_text(encoding="utf-8"), logged):
        kept = read_heads(text, [one.settings.secret_key])
        assert [head.number for head in kept.heads] == [1, 2]
        assert (kept.unsigned, kept.mistakes) == (0, ())
        with one.database.read() as session:
            assert recording.verify(session, None, kept.heads) == []


def test_a_full_disk_keeps_nobody_from_tidying(one: Installation, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_told: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(housekeeping, "_append", full)
    begin(one, 31)
    assert housekeeping.tidy(one) == 1


def test_the_sweeper_tidies(one: Installation) -> None:
    a_line(one)
    old = begin(one, 31)
    sweeper = sweep.Sweeper(one)
    sweeper.tick()
    sweeper.wait()
    assert not old.exists()
    assert (one.settings.home / housekeeping.HEADS_FILE).exists()
    with one.database.read() as session:
        assert session.scalars(sa.select(DraftRow)).all() == []
