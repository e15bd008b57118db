"""Deciding whether an agent may open a restricted record: one request to a page, and a second person to say yes."""

from flask import Blueprint, abort, redirect, render_template, request
from flask.typing import ResponseReturnValue

from selfservice import clock
from selfservice.domain.people import Role
from selfservice.operations import approving
from selfservice.operations.approving import Asked
from selfservice.web.languages import _, gettext_noop
from selfservice.web.security import Csrf, Who, expired, open_to
from selfservice.web.session import installation
from selfservice.web.supervise.room import given, supervisor

blueprint = Blueprint("supervise_deciding", __name__)

PRESSED = {"grant": True, "refuse": False}
TOO_LONG = gettext_noop("This page had been open for a long time. Nothing has been decided. Choose again.")
NOT_CHOSEN = gettext_noop("Nothing has been decided. Choose again.")


@blueprint.get("/supervise/approvals/<approval>")
@open_to(Who.STAFF, Role.SUPERVISOR)
def show(approval: str) -> ResponseReturnValue:
    """Who asks, for whose record, and why. It names a customer, so that a supervisor looked is written down first."""
    asked = _waiting(approval)
    if asked is None:
        return redirect("/supervise/?said=decided", 303)
    with installation().database.write() as session:
        approving.note_look(session, supervisor(), asked, clock.now())
    return _page(asked)


@blueprint.post("/supervise/approvals/<approval>")
@open_to(Who.STAFF, Role.SUPERVISOR, csrf=Csrf.ASKED_AGAIN)
def decide(approval: str) -> ResponseReturnValue:
    """Say yes or no."""
    asked = _waiting(approval)
    if asked is None:
        return redirect("/supervise/?said=decided", 303)
    if expired() or request.form.get("do") not in PRESSED:
        return _page(asked, notice=_(TOO_LONG if expired() else NOT_CHOSEN)), 400
    granted = PRESSED[request.form["do"]]
    try:
        with installation().database.write() as session:
            decided = approving.decide(session, supervisor(), approval, granted, clock.now())
    except LookupError:
        abort(404)
    said = ("granted" if granted else "refused") if decided else "decided"
    return redirect(f"/supervise/?said={said}", 303)


def _waiting(approval: str) -> Asked | None:
    """The request, while it waits. One of another council, or that never was, is not found."""
    try:
        with installation().database.read() as session:
            return approving.to_decide(session, supervisor(), approval, clock.now())
    except LookupError:
        abort(404)


def _page(asked: Asked, notice: str = "") -> str:
    return render_template(
        "supervise/decide.html",
        **given("live"),
        asked=asked,
        own=asked.agent_id == supervisor().id,
        notice=notice,
        back_url="/supervise/",
    )
