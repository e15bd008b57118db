"""What nobody needs any more is forgotten, and what was sent or is still in use never is."""

from datetime import datetime, timedelta
from pathlib import Path

import sqlalchemy as sa

from integrations.files.folder import Folder
from selfservice.database import Database
from selfservice.links import Links
from selfservice.operations import drafting, housekeeping, limiting
from selfservice.operations.uploading import Kept
from selfservice.store.drafts import DraftRow
from selfservice.store.files import FileRow
from selfservice.store.limits import LimitRow
from tests.factories.files import add_file
from tests.factories.submitted import NOW, RESIDENT, SEALS, a_draft, a_submission, settings

LATER = NOW + timedelta(days=31)


def with_a_photo(database: Database, home: Path, begun: datetime) -> tuple[str, Kept]:
    """The id of a draft, and its photo."""
    with database.write() as session:
        draft = a_draft(session, begun)
    return draft.id, add_file(database, Folder(home), RESIDENT, draft, begun)


def left(database: Database) -> tuple[set[str], set[str]]:
    """The ids of all drafts and of all photos."""
    with database.read() as session:
        return set(session.scalars(sa.select(DraftRow.id))), set(session.scalars(sa.select(FileRow.id)))


def test_a_draft_untouched_for_thirty_days_goes_with_its_photos(
    each_database: Database, tmp_path: Path
) -> None:
    _, photo = with_a_photo(each_database, tmp_path, NOW)
    with each_database.write() as session:
        assert housekeeping.forget_unsent(session, LATER) == (1, list(photo.keys))
    assert left(each_database) == (set(), set())


def test_a_draft_that_was_touched_since_stays(each_database: Database, tmp_path: Path) -> None:
    draft, photo = with_a_photo(each_database, tmp_path, NOW)
    with each_database.write() as session:
        drafting.save(session, RESIDENT, draft, {"land": "council"}, SEALS, NOW + timedelta(days=5))
    with each_database.write() as session:
        assert housekeeping.forget_unsent(session, LATER) == (0, [])
    assert left(each_database) == ({draft}, {photo.id})


def test_what_was_submitted_stays_even_where_its_draft_was_never_marked(
    each_database: Database, tmp_path: Path
) -> None:
    with each_database.write() as session:
        a_submission(session, Links(settings(tmp_path)))
    with each_database.write() as session:
        assert housekeeping.forget_unsent(session, LATER) == (0, [])
        session.execute(sa.update(DraftRow).values(submission_id=None))
    with each_database.write() as session:
        assert housekeeping.forget_unsent(session, LATER) == (0, [])
    assert len(left(each_database)[0]) == 1


def test_old_counts_are_dropped(each_database: Database) -> None:
    with each_database.write() as session:
        limiting.allowed(session, limiting.UPLOADS, "192.0.2.1", NOW)
        housekeeping.forget_counts(session, LATER)
    with each_database.read() as session:
        assert session.scalars(sa.select(LimitRow)).all() == []
