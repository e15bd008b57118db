"""Files that were there before documents and scanning came are taken along."""

from pathlib import Path

import pytest
import sqlalchemy as sa

from selfservice.database import Database
from selfservice.domain.files import Scan
from selfservice.store.files import FileRow, scans_of
from selfservice.store.migrate import to, upgrade


@pytest.fixture
def old(tmp_path: Path) -> Database:
    """A database of the first step, with one photo."""
    database = Database(f"sqlite:///{tmp_path / 'old.sqlite3'}")
    to(database, "0001")
    with database.write() as session:
        session.execute(
            sa.text(
                "INSERT INTO drafts (id, council, service, holder, submission_key, answers, started_at, changed_at)"
                " VALUES ('d', 'boston', 'fly-tipping', 'h', 'k', '{}', '2026-03-02', '2026-03-02')"
            )
        )
        session.execute(
            sa.text(
                "INSERT INTO files (id, council, draft_id, media_type, size, sha256, stored_at)"
                " VALUES ('f', 'boston', 'd', 'image/jpeg', 5, 'x', '2026-03-02 00:00:00')"
            )
        )
    return database


def test_a_photo_of_before_is_still_an_answer_and_still_served(old: Database) -> None:
    upgrade(old)
    with old.read() as session:
        row = session.get(FileRow, "f")
        assert row is not None
        assert (row.question, row.name, row.thumbnail, row.scan_at) == ("photos", "", False, None)
        assert scans_of(session, ["f", "gone"]) == {"f": Scan.UNSCANNED}
    old.close()


def test_the_step_can_be_taken_back_and_taken_again(old: Database) -> None:
    upgrade(old)
    to(old, "0001")
    with old.read() as session:
        columns = {column["name"] for column in sa.inspect(session.connection()).get_columns("files")}
        assert columns == {"id", "council", "draft_id", "media_type", "size", "sha256", "stored_at"}
    upgrade(old)
    old.close()


def test_a_new_row_says_for_itself_how_it_was_scanned(old: Database) -> None:
    """No default of the database releases a file that nobody looked at."""
    upgrade(old)
    with old.read() as session:
        defaults = {
            column["name"]: column["default"]
            for column in sa.inspect(session.connection()).get_columns("files")
        }
    assert set(defaults.values()) == {None}
    old.close()
