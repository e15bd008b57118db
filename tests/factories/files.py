"""Files of drafts, kept as the page keeps them."""

from datetime import datetime

from integrations.files.contract import Files
from selfservice.database import Database
from selfservice.domain.draft import Draft
from selfservice.domain.people import Actor
from selfservice.operations import uploading
from selfservice.operations.uploading import Kept, LookedAt

PHOTO = LookedAt("image/jpeg", b"\xff\xd8\xff picture", b"\xff\xd8\xff small")


def add_file(
    database: Database,
    files: Files,
    actor: Actor,
    draft: Draft,
    now: datetime,
    *,
    what: LookedAt = PHOTO,
    question: str = "photos",
    most: int = 5,
    name: str = "IMG_1.jpg",
    scanned: bool = False,
) -> Kept:
    """One file more of a draft: its bytes first, then its row in a unit of work of its own."""
    file_id = uploading.put(files, what)
    with database.write() as session:
        return uploading.keep(
            session, actor, draft.id, question, most, file_id, what, name, now, scanned=scanned
        )
