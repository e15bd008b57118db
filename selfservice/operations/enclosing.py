"""Files that go with what a customer writes after sending: kept under the message's one-time key until it is sent.

They are looked at, made anew, stored and scanned as those of a form are (`uploading`, `scanning`). What is added twice
is kept once, so that a second press of the button sends no photo twice.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from selfservice.domain.files import Scan, at_first
from selfservice.domain.people import Actor
from selfservice.domain.permissions import Action
from selfservice.operations import uploading
from selfservice.operations.bad_files import FULL, FULL_SUBMISSION, BadFile
from selfservice.operations.corresponding import NotTheirs, theirs
from selfservice.operations.uploading import MEGABYTE, Kept, LookedAt
from selfservice.store import files, messages, submissions
from selfservice.store.drafts import DraftRow
from selfservice.store.files import FileRow

MOST = 6  # files with one message
MOST_OF_SUBMISSION = 40  # with all messages about one submission
MOST_BYTES_OF_SUBMISSION = 120 * MEGABYTE
KEPT_UNSENT = timedelta(days=1)
AT_ONCE = 200


def check_room(
    session: Session, actor: Actor, submission_id: str, one_time_key: str, size: int = 0, *, by_link: bool
) -> DraftRow:
    """The draft that has the files of the actor's submission, with room for one more of `size` bytes.

    Raises `BadFile` when there is none, and `NotTheirs`.
    """
    row = theirs(session, actor, submission_id, Action.ADD_FILE, by_link=by_link)
    submissions.lock(session, row.id)
    draft = messages.draft_of(session, row)
    if draft is None:
        raise NotTheirs(submission_id)
    kept = [file for file in files.of_messages(session, draft.id) if file.scan != Scan.INFECTED]
    if sum(file.message_key == one_time_key for file in kept) >= MOST:
        raise BadFile(FULL, most=MOST)
    if len(kept) >= MOST_OF_SUBMISSION or sum(file.size for file in kept) + size > MOST_BYTES_OF_SUBMISSION:
        raise BadFile(FULL_SUBMISSION)
    return draft


def keep(
    session: Session,
    actor: Actor,
    submission_id: str,
    one_time_key: str,
    file_id: str,
    looked_at: LookedAt,
    name: str,
    now: datetime,
    *,
    by_link: bool,
    scanned: bool,
) -> Kept | None:
    """Let the file that was `uploading.put` go with the message of this key; None when it goes already, or the
    message was sent: its bytes are then to be discarded. Raises what `check_room` raises."""
    theirs(session, actor, submission_id, Action.ADD_FILE, by_link=by_link)
    submissions.lock(session, submission_id)
    same = any(file.sha256 == looked_at.sha256 for file in _of_key(session, submission_id, one_time_key))
    if same or messages.by_key(session, one_time_key):
        return None
    size = len(looked_at.data)
    draft = check_room(session, actor, submission_id, one_time_key, size, by_link=by_link)
    row = uploading.new_row(draft.council, draft.id, "", file_id, looked_at, now)
    row.message_key, row.name = one_time_key, uploading.cleaned(name)
    row.scan, row.scan_at = at_first(scanned), now if scanned else None
    session.add(row)
    session.flush()
    return uploading.kept(row)


def waiting(
    session: Session, actor: Actor, submission_id: str, one_time_key: str, *, by_link: bool
) -> Sequence[Kept]:
    """The files that were added to a message that is not sent yet, in the order added. Raises `NotTheirs`."""
    theirs(session, actor, submission_id, Action.ADD_FILE, by_link=by_link)
    return [uploading.kept(file) for file in _of_key(session, submission_id, one_time_key)]


def remove(
    session: Session, actor: Actor, submission_id: str, one_time_key: str, file_id: str, *, by_link: bool
) -> Kept | None:
    """Take one file away from a message that is not sent yet, and say which; None where there is none.

    Its bytes are left for `uploading.discard`, once this has been committed. Raises `NotTheirs`.
    """
    theirs(session, actor, submission_id, Action.ADD_FILE, by_link=by_link)
    submissions.lock(session, submission_id)
    if messages.by_key(session, one_time_key):
        return None
    found = [file for file in _of_key(session, submission_id, one_time_key) if file.id == file_id]
    files.forget(session, [file.id for file in found])
    return uploading.kept(found[0]) if found else None


def one(session: Session, actor: Actor, submission_id: str, file_id: str, *, by_link: bool) -> Kept | None:
    """One file of the messages about the actor's submission, sent or not; None where there is none, or it had a
    virus. Raises `NotTheirs`."""
    theirs(session, actor, submission_id, Action.SEE_PROGRESS, by_link=by_link)
    found = [file for file in _all(session, submission_id) if file.id == file_id]
    return uploading.kept(found[0]) if found and found[0].scan != Scan.INFECTED else None


def forget_unsent(session: Session, now: datetime) -> list[str]:
    """Forget up to `AT_ONCE` files that were added to a message a day ago which was never sent; the keys of their
    bytes, for `uploading.discard` once this has been committed."""
    found = messages.files_never_sent(session, now - KEPT_UNSENT, AT_ONCE)
    keys = [key for file in found for key in uploading.kept(file).keys]
    files.forget(session, [file.id for file in found])
    return keys


def _all(session: Session, submission_id: str) -> Sequence[FileRow]:
    row = submissions.by_id(session, submission_id)
    draft = messages.draft_of(session, row) if row else None
    return files.of_messages(session, draft.id) if draft else []


def _of_key(session: Session, submission_id: str, one_time_key: str) -> list[FileRow]:
    return [file for file in _all(session, submission_id) if file.message_key == one_time_key]
