"""Serves files: to the browser that added them, and to a back office that holds a signed link."""

import structlog
from flask import Blueprint, abort
from flask.wrappers import Response

from integrations.files.contract import Away
from selfservice.domain.files import ENDINGS, JPEG, RELEASED, Scan, thumbnail_key_of
from selfservice.operations import uploading
from selfservice.operations.uploading import Kept
from selfservice.web.begun import load
from selfservice.web.errors import Refused
from selfservice.web.languages import _
from selfservice.web.security import Who, open_to
from selfservice.web.session import installation

log = structlog.get_logger(__name__)

blueprint = Blueprint("photos", __name__)
SANDBOX = "default-src 'none'; sandbox; frame-ancestors 'none'"
RETRY_SECONDS = 60


@blueprint.get("/<council>/<service>/<draft>/thumbnails/<file_id>.jpg")
@open_to(Who.HOLDER)
def thumbnail(council: str, service: str, draft: str, file_id: str) -> Response:
    """The small picture of a photo of a draft, shown to whoever holds the draft."""
    file = _of_holder(council, service, draft, file_id)
    if file.media_type != JPEG:
        abort(404)
    key = thumbnail_key_of(file.id) if file.thumbnail else file.key
    return served(key, file, attached=False)


@blueprint.get("/<council>/<service>/<draft>/files/<file_id>")
@open_to(Who.HOLDER)
def of_draft(council: str, service: str, draft: str, file_id: str) -> Response:
    """A file of a draft, given back to whoever holds the draft."""
    file = _of_holder(council, service, draft, file_id)
    return served(file.key, file, attached=True)


@blueprint.get("/photos/<token>")
@open_to(Who.LINK)
def of_link(token: str) -> Response:
    """A file for whoever holds the link that we signed for it, once it is known to be clean."""
    here = installation()
    file_id = here.links.read_photo(token)
    if file_id is None:
        abort(404)
    with here.database.read() as session:
        file = uploading.of_link(session, file_id)
    if file is None:
        abort(404)
    if file.scan not in RELEASED:
        raise _held_back(file)
    response = served(file.key, file, attached=True)
    # The back office's own pages show it, and they stand elsewhere; the signed link is what guards it.
    response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    return response


def _of_holder(council: str, service: str, draft: str, file_id: str) -> Kept:
    begun = load(council, service, draft)
    with installation().database.read() as session:
        file = uploading.of_holder(session, council, begun.draft.id, file_id)
    if file is None or file.scan is Scan.INFECTED:
        abort(404)
    return file


def _held_back(file: Kept) -> Refused:
    """Why a file is not given out: it had a virus, or it has not been scanned yet."""
    if file.scan is Scan.INFECTED:
        return Refused(
            410, _("This file had a virus"), (_("We removed it. Ask whoever sent it for another copy."),)
        )
    words = (
        _("We are checking this file for viruses and hold it back until that is done."),
        _("Try this link again in a few minutes."),
    )
    return Refused(409, _("This file is being checked"), words, retry_after=RETRY_SECONDS)


def served(key: str, file: Kept, *, attached: bool) -> Response:
    """A file's bytes as what they are, never to be run or guessed at; a document only ever as a download."""
    try:
        data = uploading.read(installation().files, key)
    except Away as error:
        log.error("files_away", words=str(error))
        raise Refused(
            503,
            _("Sorry, we cannot get this file at the moment"),
            (_("Try again in a few minutes."),),
            retry_after=RETRY_SECONDS,
        ) from None
    if data is None:
        abort(404)
    response = Response(data, mimetype=file.media_type)
    shown = "attachment" if attached or file.media_type != JPEG else "inline"
    name = f"{'photo' if file.media_type == JPEG else 'file'}.{ENDINGS[file.media_type]}"
    response.headers["Content-Disposition"] = f"{shown}; filename={name}"
    response.headers["Content-Security-Policy"] = SANDBOX
    return response
