"""Messages about a submission, for whoever has its signed link: written, and their files served."""

from flask import Blueprint, abort, redirect, request
from flask.typing import ResponseReturnValue
from flask.wrappers import Response

from selfservice.web import conversation, enclosures, writing
from selfservice.web.conversation import Way
from selfservice.web.security import KILOBYTE, Csrf, Who, open_to

blueprint = Blueprint("progress_messages", __name__)


def _body() -> int:
    """The greatest body in bytes: large only for a link that we signed."""
    parts = request.view_args or {}
    way = conversation.link_way(parts.get("council", ""), parts.get("token", ""))
    return writing.BODY if way else 256 * KILOBYTE


@blueprint.post("/<council>/progress/<token>/messages")
@open_to(Who.LINK, csrf=Csrf.ASKED_AGAIN, body=_body)
def write(council: str, token: str) -> ResponseReturnValue:
    """Pass on what was written."""
    return writing.take(_way(council, token))


@blueprint.get("/<council>/progress/<token>/messages")
@open_to(Who.LINK)
def again(council: str, token: str) -> ResponseReturnValue:
    """Where a page of mistakes that is loaded again leads: to the messages themselves."""
    return redirect(f"{_way(council, token).address}#messages", 303)


@blueprint.get("/<council>/progress/<token>/thumbnails/<file_id>.jpg")
@open_to(Who.LINK)
def thumbnail(council: str, token: str, file_id: str) -> Response:
    """The small picture of a photo that was added."""
    return enclosures.thumbnail(_way(council, token), file_id)


@blueprint.get("/<council>/progress/<token>/files/<file_id>")
@open_to(Who.LINK)
def file(council: str, token: str, file_id: str) -> Response:
    """A file that was added."""
    return enclosures.whole(_way(council, token), file_id)


def _way(council: str, token: str) -> Way:
    way = conversation.link_way(council, token)
    return way or abort(404)
