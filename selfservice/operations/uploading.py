"""Files that customers add: checked, pictures made anew as plain JPEG, and kept by key.

What a browser sends as a picture is never stored. A child process with limits of its own (`reencoding`) decodes
it and writes a new one without what the camera added; a document it looks through, to be kept as it is or not
at all. Whatever happens to the child, the draft is whole.
"""

import hashlib
import subprocess
import sys
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

import structlog
from sqlalchemy.orm import Session

from integrations.files.contract import Away, Files, Missing
from selfservice.domain.draft import Draft
from selfservice.domain.files import DOCX, JPEG, PDF, Scan, at_first, key_of, thumbnail_key_of
from selfservice.domain.people import Actor
from selfservice.domain.permissions import Action
from selfservice.operations import drafting
from selfservice.operations.bad_files import EMPTY, FULL, FULL_DRAFT, TOO_LARGE, UNREADABLE, BadFile, bad_file
from selfservice.store.base import new_id
from selfservice.store.files import NAME_LENGTH, FileRow, by_id, of_draft, one_of_draft

log = structlog.get_logger(__name__)

MEGABYTE = 1024 * 1024
MOST_BYTES = 10 * MEGABYTE
MOST_OF_DRAFT = 12  # files, over all questions
MOST_BYTES_OF_DRAFT = 60 * MEGABYTE  # as they are kept
CODE = Path(__file__).resolve().parents[2]
CHILD = ("-m", "selfservice.operations.reencoding")
CHILD_SECONDS = 20


@dataclass(frozen=True, slots=True)
class LookedAt:
    """A file that may be kept: its media type, the bytes to keep, and a small JPEG of it (b"" for a document)."""

    media_type: str
    data: bytes = field(repr=False)
    thumbnail: bytes = field(repr=False)

    @property
    def sha256(self) -> str:
        """By which the same bytes are known again."""
        return hashlib.sha256(self.data).hexdigest()

    def keys(self, file_id: str) -> tuple[str, ...]:
        """The keys that `put` keeps it under."""
        key = key_of(file_id, self.media_type)
        return (key, thumbnail_key_of(file_id)) if self.thumbnail else (key,)


@dataclass(frozen=True, slots=True)
class Kept:
    """A kept file: its id and type, its size in bytes, what the customer calls it, when it was added (UTC).

    `scan` is where it stands with the scanner; of an infected one only the row is left.
    """

    id: str
    media_type: str
    size: int
    name: str
    thumbnail: bool
    scan: Scan
    stored_at: datetime

    @property
    def key(self) -> str:
        """The key of its bytes."""
        return key_of(self.id, self.media_type)

    @property
    def keys(self) -> tuple[str, ...]:
        """Every key that something of it is kept under."""
        return (self.key, thumbnail_key_of(self.id)) if self.thumbnail else (self.key,)


def look_at(data: bytes, *, documents: bool) -> LookedAt:
    """What may be kept of the file `data`. Raises `BadFile`.

    A picture becomes a JPEG of at most 2048 pixels a side with nothing hidden in it; a document, where
    `documents` are taken, stays as it is. Runs in a child process limited in memory and time; hold no
    transaction open meanwhile.
    """
    if not data:
        raise BadFile(EMPTY)
    if len(data) > MOST_BYTES:
        raise BadFile(TOO_LARGE, megabytes=MOST_BYTES // MEGABYTE)
    try:
        child = subprocess.run(
            [sys.executable, *CHILD, "files" if documents else "photos"],
            input=data,
            capture_output=True,
            timeout=CHILD_SECONDS,
            check=False,
            cwd=CODE,
            env={},  # a decoder led astray finds no key and no password there
        )
    except subprocess.TimeoutExpired:
        raise BadFile(UNREADABLE) from None
    if child.returncode != 0:
        raise bad_file(child.returncode, documents=documents)
    return _understood(child.stdout, data)


def _understood(told: bytes, data: bytes) -> LookedAt:
    """What the child wrote. It is not believed that a picture is one unless it begins as one."""
    with suppress(ValueError):
        media_type, lengths, rest = told.split(b"\n", 2)
        picture, small = (int(length) for length in lengths.split())
        if media_type.decode() in (PDF, DOCX) and picture == small == len(rest) == 0:
            return LookedAt(media_type.decode(), data, b"")
        made = LookedAt(JPEG, rest[:picture], rest[picture:])
        whole = media_type.decode() == JPEG and len(made.thumbnail) == small > 0
        if whole and all(part.startswith(b"\xff\xd8\xff") for part in (made.data, made.thumbnail)):
            return made
    raise BadFile(UNREADABLE)


def check_room(
    session: Session, actor: Actor, draft_id: str, question: str, most: int, size: int = 0
) -> Draft:
    """The actor's draft, locked, with room for one more file of `size` bytes, and of `most` for the question.

    Raises `BadFile` when it is full, `DraftGone` when the actor has no such draft and `DraftSent` when it was
    submitted already.
    """
    draft = drafting.to_change(session, actor, Action.ADD_FILE, draft_id)
    kept = [row for row in of_draft(session, draft.council, draft_id) if row.scan != Scan.INFECTED]
    if sum(row.question == question for row in kept) >= most:
        raise BadFile(FULL, most=most)
    if len(kept) >= MOST_OF_DRAFT or sum(row.size for row in kept) + size > MOST_BYTES_OF_DRAFT:
        raise BadFile(FULL_DRAFT, most=MOST_OF_DRAFT, megabytes=MOST_BYTES_OF_DRAFT // MEGABYTE)
    return draft


def put(files: Files, looked_at: LookedAt) -> str:
    """Keep the bytes under keys of their own; the id for `keep`. Raises `Away`.

    The bytes are written before their row, and no transaction is open: a row always has its file, and a file
    without a row is only litter.
    """
    file_id = new_id()
    if looked_at.thumbnail:
        files.put(thumbnail_key_of(file_id), looked_at.thumbnail, JPEG)
    files.put(key_of(file_id, looked_at.media_type), looked_at.data, looked_at.media_type)
    return file_id


def keep(
    session: Session,
    actor: Actor,
    draft_id: str,
    question: str,
    most: int,
    file_id: str,
    looked_at: LookedAt,
    name: str,
    now: datetime,
    *,
    scanned: bool,
) -> Kept:
    """Make the file that was `put` an answer of the actor's draft. Raises what `check_room` raises.

    `name` is what the customer calls it. `scanned` says whether a scanner is to look at it first.
    """
    draft = check_room(session, actor, draft_id, question, most, len(looked_at.data))
    row = new_row(draft.council, draft.id, question, file_id, looked_at, now)
    row.name = cleaned(name)
    row.scan, row.scan_at = at_first(scanned), now if scanned else None
    session.add(row)
    session.flush()
    return kept(row)


def of_question(session: Session, council: str, draft_id: str, question: str) -> Sequence[Kept]:
    """The files that answer one question of a draft, in the order in which they were added."""
    return [kept(row) for row in of_draft(session, council, draft_id) if row.question == question]


def any_infected(session: Session, council: str, draft_id: str) -> bool:
    """Whether a file of the draft was taken out of it because it had a virus, and is still named on its page."""
    return any(row.scan == Scan.INFECTED for row in of_draft(session, council, draft_id))


def remove(session: Session, actor: Actor, draft_id: str, file_id: str) -> Kept | None:
    """Forget one file of the actor's draft, and say which; None when the draft has no such file.

    Its bytes are left for `discard`, to be called once this has been committed. Raises `DraftGone` when the
    actor has no such draft and `DraftSent` when it was submitted already: its files then stay.
    """
    draft = drafting.to_change(session, actor, Action.ADD_FILE, draft_id)
    row = next((row for row in of_draft(session, draft.council, draft.id) if row.id == file_id), None)
    if row is None:
        return None
    session.delete(row)
    session.flush()
    return kept(row)


def discard(files: Files, keys: Sequence[str]) -> bool:
    """Delete the bytes of files whose rows are gone; False where they cannot be reached: litter is left."""
    try:
        for key in keys:
            files.delete(key)
    except Away as error:
        log.error("litter_left", keys=list(keys), words=str(error))
        return False
    return True


def of_holder(session: Session, council: str, draft_id: str, file_id: str) -> Kept | None:
    """A file of a draft, for its holder; None when the draft has no such file."""
    row = one_of_draft(session, council, draft_id, file_id)
    return kept(row) if row else None


def of_link(session: Session, file_id: str) -> Kept | None:
    """The file whose signed link somebody has shown, or None when it is gone. Held back unless released."""
    row = by_id(session, file_id)
    return kept(row) if row else None


def read(files: Files, key: str) -> bytes | None:
    """The bytes under a key, or None when they are gone. Raises `Away`."""
    try:
        return files.get(key)
    except Missing:
        return None


def new_row(
    council: str, draft_id: str, question: str, file_id: str, looked_at: LookedAt, now: datetime
) -> FileRow:
    """The row of a file that was `put`, but for its name and where it stands with the scanner."""
    return FileRow(
        id=file_id,
        council=council,
        draft_id=draft_id,
        question=question,
        media_type=looked_at.media_type,
        size=len(looked_at.data),
        sha256=looked_at.sha256,
        thumbnail=bool(looked_at.thumbnail),
        stored_at=now,
    )


def cleaned(name: str) -> str:
    """A customer's name for a file, without folders, and without signs that do not show or that turn the line."""
    last = name.replace("\\", "/").rsplit("/", 1)[-1]
    shown = "".join(sign for sign in last if sign.isprintable()).strip()
    return shown[:NAME_LENGTH]


def kept(row: FileRow) -> Kept:
    """The file in this row."""
    return Kept(
        id=row.id,
        media_type=row.media_type,
        size=row.size,
        name=row.name,
        thumbnail=row.thumbnail,
        scan=Scan(row.scan),
        stored_at=row.stored_at,
    )
