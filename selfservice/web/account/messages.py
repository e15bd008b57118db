"""Messages about a request of the customer's own: written, and their files served."""

from flask import Blueprint, abort, redirect
from flask.typing import ResponseReturnValue
from flask.wrappers import Response

from selfservice.operations import corresponding
from selfservice.web import conversation, enclosures, writing
from selfservice.web.actors import actor
from selfservice.web.conversation import Way
from selfservice.web.security import Csrf, Who, open_to
from selfservice.web.session import installation

blueprint = Blueprint("account_messages", __name__)
blueprint.add_app_template_global(conversation.conversation_of)


@blueprint.post("/account/requests/<reference>/messages")
@open_to(Who.ACCOUNT, while_acting=True, csrf=Csrf.ASKED_AGAIN, body=writing.BODY)
def write(reference: str) -> ResponseReturnValue:
    """Pass on what was written."""
    return writing.take(_way(reference))


@blueprint.get("/account/requests/<reference>/messages")
@open_to(Who.ACCOUNT, while_acting=True)
def again(reference: str) -> ResponseReturnValue:
    """Where a page of mistakes that is loaded again leads: to the messages themselves."""
    return redirect(f"{_way(reference).address}#messages", 303)


@blueprint.get("/account/requests/<reference>/thumbnails/<file_id>.jpg")
@open_to(Who.ACCOUNT, while_acting=True)
def thumbnail(reference: str, file_id: str) -> Response:
    """The small picture of a photo that was added."""
    return enclosures.thumbnail(_way(reference), file_id)


@blueprint.get("/account/requests/<reference>/files/<file_id>")
@open_to(Who.ACCOUNT, while_acting=True)
def file(reference: str, file_id: str) -> Response:
    """A file that was added."""
    return enclosures.whole(_way(reference), file_id)


def _way(reference: str) -> Way:
    """The way to the customer's own request with this reference, however it is spelt."""
    with installation().database.read() as session:
        found = corresponding.own(session, actor(), reference)
    return conversation.own_way(*found) if found else abort(404)
