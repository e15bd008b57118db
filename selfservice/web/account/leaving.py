"""A customer's own data: all of it to read and to take away, and an end to the account. For themselves alone."""

import json
from datetime import date
from typing import Any

from flask import Blueprint, Response, abort, make_response, redirect, render_template, request
from flask.typing import ResponseReturnValue

from selfservice import clock
from selfservice.operations import exporting, leaving, profiles, uploading
from selfservice.operations.exporting import Held
from selfservice.web import standing
from selfservice.web.account import proving
from selfservice.web.account.profile import in_words
from selfservice.web.actors import actor
from selfservice.web.languages import _, gettext_noop, services_in_language
from selfservice.web.security import Csrf, Who, expired, open_to
from selfservice.web.session import installation
from selfservice.web.words import PRESS_AGAIN

blueprint = Blueprint("leaving", __name__)

EXPORT, DOWNLOAD, DELETE, DELETED = (
    "/account/export", "/account/export.json", "/account/delete", "/account/deleted",
)  # fmt: skip
AGREE = gettext_noop("Select that you understand this cannot be undone")
MANY = 50  # requests that the page lists; the file to take away has every one


@blueprint.get(EXPORT)
@open_to(Who.ACCOUNT, while_acting=False)
def show() -> ResponseReturnValue:
    """All that is held of them, to read."""
    if not proving.fresh():
        return proving.prove_first(EXPORT)
    held, here = _everything(), installation()
    with here.database.look() as session:
        found = profiles.profile(session, actor())
    if found is None:
        abort(404)
    return render_template(
        "account/export.html",
        **in_words(found),
        held=held,
        unsent=[_unsent(each) for each in held["drafts"]],
        requests=held["requests"][-MANY:],
        councils=here.councils,
        download_url=DOWNLOAD,
        delete_url=DELETE,
    )


@blueprint.get(DOWNLOAD)
@open_to(Who.ACCOUNT, while_acting=False)
def download() -> ResponseReturnValue:
    """All that is held of them, as a file for programs."""
    if not proving.fresh():
        return proving.prove_first(EXPORT)
    told = json.dumps(_everything(), ensure_ascii=False, indent=2, default=_as_text)
    response = Response(told + "\n", mimetype="application/json")
    response.headers["Content-Disposition"] = "attachment; filename=my-account.json"
    return response


@blueprint.get(DELETE)
@open_to(Who.ACCOUNT, while_acting=False)
def ask() -> ResponseReturnValue:
    """Say what is kept and why, and ask whether to delete the account."""
    return _ask() if proving.fresh() else proving.prove_first(DELETE)


@blueprint.post(DELETE)
@open_to(Who.ACCOUNT, csrf=Csrf.ASKED_AGAIN, while_acting=False)
def delete() -> ResponseReturnValue:
    """Delete the account, and let this browser be a stranger's."""
    if not proving.fresh():
        return proving.prove_first(DELETE)
    if expired():
        return _ask(notice=_(PRESS_AGAIN), status=400)
    if request.form.get("agreed") != "agreed":
        return _ask([("agreed", _(AGREE))], status=422)
    here = installation()
    with here.database.write() as session:
        files = leaving.leave(session, actor(), clock.now())
    uploading.discard(here.files, files)
    standing.let_out()
    return redirect(DELETED, 303)


@blueprint.get(DELETED)
@open_to(Who.ANYONE, while_acting=False)
def deleted() -> ResponseReturnValue:
    """Say that it is gone."""
    return render_template("account/deleted.html")


def _unsent(draft: Held) -> dict[str, Any]:
    """A draft as it is listed: what its service is called, of which council, since when, and how many answers."""
    council = installation().councils.get(draft["council"])
    service = services_in_language(council.slug).get(draft["service"]) if council else None
    return {
        "title": service.title if service else draft["service"],
        "council": council.name if council else draft["council"],
        "at": draft["begun_at"],
        "answers": len(draft["answers"]),
    }


def _everything() -> Held:
    """All of it; that a copy was made is written down first."""
    here = installation()
    with here.database.write() as session:
        exporting.note(session, actor(), clock.now())
    with here.database.read() as session:
        return exporting.everything(session, actor(), here.seals)


def _ask(
    errors: list[tuple[str, str]] | None = None, notice: str | None = None, status: int = 200
) -> ResponseReturnValue:
    return make_response(
        render_template(
            "account/delete.html", errors=errors or [], notice=notice, action=DELETE, export_url=EXPORT
        ),
        status,
    )


def _as_text(value: Any) -> str:
    """A day or a moment as ISO 8601."""
    assert isinstance(value, date), f"JSON knows no {type(value).__name__}"
    return value.isoformat()
