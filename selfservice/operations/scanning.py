"""Scanning customers' files for viruses: which wait, and what follows from what the scanner says.

The row is the truth. A file waits, held back, until the scanner says that it is clean; while the scanner is
away nothing is lost and nothing is released.
"""

from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from selfservice.domain.files import Scan, Scanned, after
from selfservice.domain.people import SYSTEM
from selfservice.operations.uploading import Kept, of_link
from selfservice.store import drafts, timeline
from selfservice.store.files import by_id, to_see_to

AGAIN_SECONDS = 30
AT_ONCE = 50
REMOVED = "One of the files you added had a virus. We removed it, and have not passed it on."


def to_ring(session: Session, now: datetime) -> list[str]:
    """The ids of files that wait and were not rung for a moment; remembers that they are rung now."""
    return to_see_to(session, now, now + timedelta(seconds=AGAIN_SECONDS), AT_ONCE)


def waiting(session: Session, file_id: str) -> Kept | None:
    """The file, if something is still to be done about it: to be scanned, or its bytes deleted."""
    row = by_id(session, file_id)
    return of_link(session, file_id) if row is not None and row.scan_at is not None else None


def record(session: Session, file_id: str, scanned: Scanned, now: datetime) -> Scan | None:
    """Write what the scanner said; where the file stands now, or None when it is gone.

    What is no verdict leaves it waiting. An infected file is no answer any more: while its draft was not sent
    it leaves the draft; afterwards the record of the submission says that it was removed.
    """
    row = by_id(session, file_id)
    if row is None:
        return None
    draft = drafts.by_id(session, row.draft_id, lock=True)  # first the draft, as whoever adds or sends does
    row = by_id(session, file_id, lock=True)
    if row is None or draft is None:
        return None
    before = Scan(row.scan)
    row.scan = after(before, scanned.verdict)
    if row.scan == Scan.CLEAN:
        row.scan_at = None
    elif row.scan == Scan.INFECTED and before is Scan.WAITING:
        row.scan_at = now  # for its bytes, until they are deleted
        _take_out(session, draft, file_id, row.question, now)
    return Scan(row.scan)


def deleted(session: Session, file_id: str) -> None:
    """The bytes of an infected file are gone: there is nothing more to do about it."""
    row = by_id(session, file_id, lock=True)
    if row is not None and row.scan == Scan.INFECTED:
        row.scan_at = None


def _take_out(session: Session, draft: drafts.DraftRow, file_id: str, question: str, now: datetime) -> None:
    if draft.submission_id is not None:
        detail = {"file": file_id}
        timeline.write_line(
            session, SYSTEM, draft.council, draft.submission_id, "file_infected", REMOVED, now, detail
        )
        return
    kept = draft.answers.get(question)
    if isinstance(kept, list) and file_id in kept:
        draft.answers = {**draft.answers, question: [other for other in kept if other != file_id] or None}
