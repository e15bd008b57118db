"""Files of the messages about a submission: added with the form, taken away again, and served to the customer alone."""

from collections.abc import Iterable, Sequence

import structlog
from flask import abort
from flask.wrappers import Response
from werkzeug.datastructures import FileStorage

from integrations.files.contract import Away
from selfservice import clock
from selfservice.domain.files import JPEG, Scan, thumbnail_key_of
from selfservice.doorbell import SCAN_JOB
from selfservice.operations import enclosing, limiting, uploading
from selfservice.operations.bad_files import BadFile
from selfservice.operations.corresponding import NotTheirs
from selfservice.operations.uploading import Kept, LookedAt
from selfservice.web import photos
from selfservice.web.actors import actor
from selfservice.web.conversation import Way
from selfservice.web.languages import _
from selfservice.web.photo_page import NOT_NOW, TOO_MANY_TRIES
from selfservice.web.session import address, installation

log = structlog.get_logger(__name__)


def add_chosen(way: Way, key: str, files: Iterable[FileStorage]) -> list[str]:
    """Keep every good file of those chosen under a message's key; what was wrong with the others, each told once.

    Raises `NotTheirs`.
    """
    wrong: dict[str, None] = {}
    for file in files:
        if not file.filename:
            continue  # nothing was chosen: browsers then send one file without a name
        try:
            _add(way, key, file)
        except BadFile as error:
            wrong[_(error.words, **error.parts)] = None
    return list(wrong)


def waiting(way: Way, key: str) -> Sequence[Kept]:
    """The files that were added under a message's key. Raises `NotTheirs`."""
    with installation().database.read() as session:
        return enclosing.waiting(session, actor(), way.submission_id, key, by_link=way.by_link)


def remove(way: Way, key: str, file_id: str) -> None:
    """Take one away from a message that is not sent yet. Raises `NotTheirs`."""
    here = installation()
    with here.database.write() as session:
        gone = enclosing.remove(session, actor(), way.submission_id, key, file_id, by_link=way.by_link)
    if gone:
        uploading.discard(here.files, gone.keys)


def thumbnail(way: Way, file_id: str) -> Response:
    """The small picture of a photo."""
    file = _found(way, file_id)
    if file.media_type != JPEG:
        abort(404)
    return photos.served(thumbnail_key_of(file.id) if file.thumbnail else file.key, file, attached=False)


def whole(way: Way, file_id: str) -> Response:
    """A file, given back to whoever added it."""
    file = _found(way, file_id)
    return photos.served(file.key, file, attached=True)


def _found(way: Way, file_id: str) -> Kept:
    try:
        with installation().database.read() as session:
            file = enclosing.one(session, actor(), way.submission_id, file_id, by_link=way.by_link)
    except NotTheirs:
        abort(404)
    if file is None:
        abort(404)
    return file


def _add(way: Way, key: str, file: FileStorage) -> None:
    """Look at the file, keep its bytes, then its row, and then have it scanned: nobody waits for that."""
    here = installation()
    with here.database.write() as session:
        if not limiting.allowed(session, limiting.UPLOADS, address(), clock.now()):
            raise BadFile(TOO_MANY_TRIES)
        enclosing.check_room(session, actor(), way.submission_id, key, by_link=way.by_link)
    looked_at = uploading.look_at(file.stream.read(uploading.MOST_BYTES + 1), documents=True)
    try:
        file_id = uploading.put(here.files, looked_at)
    except Away as error:
        log.error("files_away", words=str(error))
        raise BadFile(NOT_NOW) from None
    kept = None
    try:
        kept = _keep(way, key, file_id, looked_at, file.filename or "")
    finally:
        if kept is None:  # refused, or there already
            uploading.discard(here.files, looked_at.keys(file_id))
    if kept is not None and kept.scan is Scan.WAITING:
        here.doorbell.ring_soon([file_id], SCAN_JOB)


def _keep(way: Way, key: str, file_id: str, looked_at: LookedAt, name: str) -> Kept | None:
    here = installation()
    with here.database.write() as session:
        return enclosing.keep(
            session,
            actor(),
            way.submission_id,
            key,
            file_id,
            looked_at,
            name,
            clock.now(),
            by_link=way.by_link,
            scanned=here.scanner is not None,
        )
