"""Photos that customers add: checked, made anew as plain JPEG, and kept by key.

What a browser sends is never stored. A child process with limits of its own (`reencoding`) decodes it and
writes a new picture without what the camera added; whatever happens to the child, the draft is whole.
"""

import hashlib
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sqlalchemy.orm import Session

from selfservice.domain.draft import Draft
from selfservice.domain.people import Actor
from selfservice.domain.permissions import Action
from selfservice.operations import drafting
from selfservice.store.base import new_id
from selfservice.store.files import FileRow, by_id, of_draft, one_of_draft

MOST_PHOTOS = 6
MOST_BYTES = 10 * 1024 * 1024
CODE = Path(__file__).resolve().parents[2]
CHILD = ("-m", "selfservice.operations.reencoding")
CHILD_SECONDS = 20
JPEG = "image/jpeg"


class BadPhoto(Exception):
    """A file that cannot be taken; says why in words for the person who chose it."""


@dataclass(frozen=True, slots=True)
class Photo:
    """A stored photo: its id, its size in bytes, and when it was added (UTC)."""

    id: str
    size: int
    stored_at: datetime


def reencode(data: bytes) -> bytes:
    """`data` as a JPEG of at most 2048 pixels a side with nothing hidden in it. Raises `BadPhoto`.

    Runs in a child process limited in memory and time; hold no transaction open meanwhile.
    """
    if not data:
        raise BadPhoto("The selected file is empty")
    if len(data) > MOST_BYTES:
        raise BadPhoto(f"The selected file must be smaller than {MOST_BYTES // 1024 // 1024}MB")
    try:
        child = subprocess.run(
            [sys.executable, *CHILD],
            input=data,
            capture_output=True,
            timeout=CHILD_SECONDS,
            check=False,
            cwd=CODE,
            env={},  # a decoder led astray finds no key and no password there
        )
    except subprocess.TimeoutExpired:
        raise BadPhoto("The selected photo could not be read. Try another photo") from None
    if child.returncode != 0 or not child.stdout.startswith(b"\xff\xd8\xff"):
        raise BadPhoto(_why(child.returncode))
    return child.stdout


def _why(code: int) -> str:
    return {
        3: "The selected file must be a JPG, PNG, WebP or HEIC photo",
        4: "The selected photo must be smaller than 24 megapixels",
    }.get(code, "The selected photo could not be read. Try another photo")


def check_room(session: Session, actor: Actor, draft_id: str, most: int) -> Draft:
    """The actor's draft, locked, with room for one more photo of `most`. Raises `BadPhoto` when it is full,
    `DraftGone` when the actor has no such draft and `DraftSent` when it was submitted already."""
    draft = drafting.to_change(session, actor, Action.ADD_FILE, draft_id)
    if len(of_draft(session, draft.council, draft_id)) >= min(most, MOST_PHOTOS):
        raise BadPhoto(f"You can only add {min(most, MOST_PHOTOS)} photos")
    return draft


def keep(
    session: Session, actor: Actor, draft_id: str, most: int, home: Path, picture: bytes, now: datetime
) -> Photo:
    """Keep a picture that `reencode` made for the actor's draft. Raises what `check_room` raises.

    The file is written before its row: a row always has its file, a file without a row is only litter.
    """
    draft = check_room(session, actor, draft_id, most)
    row = FileRow(
        id=new_id(),
        council=draft.council,
        draft_id=draft.id,
        media_type=JPEG,
        size=len(picture),
        sha256=hashlib.sha256(picture).hexdigest(),
        stored_at=now,
    )
    path = path_of(home, row.id)
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    path.write_bytes(picture)
    session.add(row)
    session.flush()
    return _photo(row)


def photos(session: Session, council: str, draft_id: str) -> Sequence[Photo]:
    """The photos of one draft, in the order in which they were added."""
    return [_photo(row) for row in of_draft(session, council, draft_id)]


def remove(session: Session, actor: Actor, draft_id: str, file_id: str) -> bool:
    """Forget one photo of the actor's draft; False when the draft has no such photo.

    Its file is left for `discard`, to be called once this has been committed. Raises `DraftGone` when the
    actor has no such draft and `DraftSent` when it was submitted already: its photos then stay.
    """
    draft = drafting.to_change(session, actor, Action.ADD_FILE, draft_id)
    row = next((row for row in of_draft(session, draft.council, draft.id) if row.id == file_id), None)
    if row is None:
        return False
    session.delete(row)
    session.flush()
    return True


def discard(home: Path, file_id: str) -> None:
    """Delete the file of a photo whose row is gone."""
    path_of(home, file_id).unlink(missing_ok=True)


def of_holder(session: Session, council: str, draft_id: str, file_id: str, home: Path) -> Path | None:
    """Where the photo of a draft is kept, or None when the draft has no such photo."""
    row = one_of_draft(session, council, draft_id, file_id)
    return path_of(home, row.id) if row else None


def of_link(session: Session, file_id: str, home: Path) -> Path | None:
    """Where a photo is kept whose signed link somebody has shown, or None when it is gone."""
    row = by_id(session, file_id)
    return path_of(home, row.id) if row else None


def path_of(home: Path, file_id: str) -> Path:
    """Where the file of a photo is kept under the installation's `home` folder.

    By the end of the id: the beginning of a UUID of version 7 is the time, the same for years.
    """
    return home / "files" / file_id[-2:] / f"{file_id}.jpg"


def _photo(row: FileRow) -> Photo:
    return Photo(row.id, row.size, row.stored_at)
