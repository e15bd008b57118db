"""Where a customer is signed in: the list, an end to one, an end to all; and signing out here."""

from flask import Blueprint, make_response, redirect, render_template, request
from flask.typing import ResponseReturnValue

from selfservice import clock
from selfservice.operations import browsers, sign_ins
from selfservice.web import standing
from selfservice.web.languages import _
from selfservice.web.security import Csrf, Who, expired, open_to
from selfservice.web.session import installation
from selfservice.web.words import PRESS_AGAIN

blueprint = Blueprint("sessions", __name__)

PATH, SIGN_OUT, SIGNED_OUT = "/account/sessions", "/account/sign-out", "/account/signed-out"


@blueprint.get(PATH)
@open_to(Who.ACCOUNT, while_acting=False)
def show() -> ResponseReturnValue:
    """The browsers in which they are signed in."""
    return _page()


@blueprint.post(PATH)
@open_to(Who.ACCOUNT, csrf=Csrf.ASKED_AGAIN, while_acting=False)
def end() -> ResponseReturnValue:
    """Sign them out in one browser, or everywhere."""
    person = standing.signed_in()
    if expired() or person is None:
        return _page(notice=_(PRESS_AGAIN), status=400)
    everywhere = request.form.get("do") == "everywhere"
    with installation().database.write() as session:
        if everywhere:
            browsers.end_all(session, person, clock.now())
        else:
            browsers.end_one(session, person, request.form.get("id", "")[:36], clock.now())
    if everywhere or request.form.get("id") == person.id:
        standing.let_out()
        return redirect(SIGNED_OUT, 303)
    return redirect(f"{PATH}?ended=1", 303)


@blueprint.get(SIGN_OUT)
@open_to(Who.ANYONE, while_acting=False)
def ask() -> ResponseReturnValue:
    """Ask whether to sign out."""
    return _ask()


@blueprint.post(SIGN_OUT)
@open_to(Who.ANYONE, csrf=Csrf.ASKED_AGAIN, while_acting=False)
def sign_out() -> ResponseReturnValue:
    """Sign out in this browser, whether or not the sign-in is whole."""
    if expired():
        return _ask(notice=_(PRESS_AGAIN), status=400)
    person = standing.signed_in()
    if person is not None:
        with installation().database.write() as session:
            sign_ins.end(session, person.id, "signed_out", clock.now())
    if standing.staff_signed_in() is None:
        standing.let_out()
    return redirect(SIGNED_OUT, 303)


@blueprint.get(SIGNED_OUT)
@open_to(Who.ANYONE, while_acting=False)
def signed_out() -> ResponseReturnValue:
    """Say that they are signed out."""
    return render_template("account/signed_out.html")


def _ask(notice: str | None = None, status: int = 200) -> ResponseReturnValue:
    if standing.signed_in() is None:
        return redirect(SIGNED_OUT, 303)
    return make_response(render_template("account/sign_out.html", notice=notice, action=SIGN_OUT), status)


def _page(notice: str | None = None, status: int = 200) -> ResponseReturnValue:
    person = standing.signed_in()
    assert person is not None, "a page of an account without one: guarding must have refused it"
    with installation().database.read() as session:
        found = browsers.of_account(session, person, clock.now())
    ended = _("You are signed out there.") if request.args.get("ended") == "1" else None
    return make_response(
        render_template("account/sessions.html", browsers=found, notice=notice or ended, action=PATH), status
    )
