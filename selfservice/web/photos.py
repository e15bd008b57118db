"""Serves photos: to the browser that added them, and to a back office that holds a signed link."""

from pathlib import Path

from flask import Blueprint, abort
from flask.wrappers import Response

from selfservice.operations import uploading
from selfservice.web.begun import load
from selfservice.web.security import Who, open_to
from selfservice.web.session import installation

blueprint = Blueprint("photos", __name__)
SANDBOX = "default-src 'none'; sandbox; frame-ancestors 'none'"


@blueprint.get("/<council>/<service>/<draft>/photos/<file_id>.jpg")
@open_to(Who.HOLDER)
def of_draft(council: str, service: str, draft: str, file_id: str) -> Response:
    """A photo of a draft, shown to whoever holds the draft."""
    begun = load(council, service, draft)
    here = installation()
    with here.database.read() as session:
        path = uploading.of_holder(session, council, begun.draft.id, file_id, here.settings.home)
    return _picture(path, attached=False)


@blueprint.get("/photos/<token>")
@open_to(Who.LINK)
def of_link(token: str) -> Response:
    """A photo for whoever holds the link that we signed for it."""
    here = installation()
    file_id = here.links.read_photo(token)
    if file_id is None:
        abort(404)
    with here.database.read() as session:
        path = uploading.of_link(session, file_id, here.settings.home)
    response = _picture(path, attached=True)
    # The back office's own pages show it, and they stand elsewhere; the signed link is what guards it.
    response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    return response


def _picture(path: Path | None, *, attached: bool) -> Response:
    if path is None or not path.is_file():
        abort(404)
    response = Response(path.read_bytes(), mimetype=uploading.JPEG)
    response.headers["Content-Disposition"] = f"{'attachment' if attached else 'inline'}; filename=photo.jpg"
    response.headers["Content-Security-Policy"] = SANDBOX
    return response
