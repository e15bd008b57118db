"""Signing in to an account by a passkey alone: it is two proofs in one, so that no other is asked for."""

import structlog
from flask import Blueprint, make_response, redirect, render_template
from flask.typing import ResponseReturnValue

from selfservice import clock
from selfservice.operations import passkeys
from selfservice.operations.accounts import Entered
from selfservice.operations.passkeys import BadPasskey
from selfservice.web import standing
from selfservice.web.account import arriving
from selfservice.web.account.arriving import HOME
from selfservice.web.factors import keys
from selfservice.web.languages import _
from selfservice.web.next_page import next_here, with_next
from selfservice.web.security import Csrf, Who, expired, open_to
from selfservice.web.session import installation
from selfservice.web.words import PRESS_AGAIN

log = structlog.get_logger("selfservice.web")

blueprint = Blueprint("passkey_sign_in", __name__)

PATH = "/account/sign-in/passkey"


@blueprint.get(PATH)
@open_to(Who.ANYONE, while_acting=False)
def ask() -> ResponseReturnValue:
    """The page with the button, for where scripts run; the page to sign in leads here."""
    person = standing.signed_in()
    if person is not None and person.whole:
        return redirect(next_here() or HOME, 303)
    return _page()


@blueprint.post(f"{PATH}/options")
@open_to(Who.ANYONE, while_acting=False)
def options() -> ResponseReturnValue:
    """Ask the browser for any passkey that it has for us."""
    site = keys.here()
    with installation().database.look() as session:
        asked = passkeys.begin_sign_in(session, None, site, clock.now())
    assert asked is not None, "a question to everybody can always be asked"
    return keys.ask(asked, keys.SIGN_IN)


@blueprint.post(PATH)
@open_to(Who.ANYONE, csrf=Csrf.ASKED_AGAIN, while_acting=False)
def sign_in() -> ResponseReturnValue:
    """Sign in whoever's passkey it is."""
    if expired():
        return _page(notice=_(PRESS_AGAIN))
    try:
        entered = _entered()
    except BadPasskey as bad:
        log.warning("passkey_refused", words=str(bad))
        return _page(_("This passkey was not accepted. Try again, or choose another way"))
    return arriving.let_in(entered, next_here())


def _entered() -> Entered:
    """Raises `BadPasskey`, also for one of a member of staff: they sign in at their own door."""
    site, asked, now = keys.here(), keys.asked(keys.SIGN_IN), clock.now()
    with installation().database.write() as session:
        owner = passkeys.sign_in(session, keys.answer(), asked, site, now, owner=None)
        arriving.end_staff(session)
        entered = passkeys.enter_account(session, owner, arriving.arrival(), arriving.council(), now)
        if entered is None:
            raise BadPasskey("it is no customer's")
    return entered


def _page(wrong: str | None = None, notice: str | None = None) -> ResponseReturnValue:
    drawn = render_template(
        "account/with_passkey.html",
        offered=keys.offered() is not None,
        action=with_next(PATH, next_here()),
        back_url=with_next("/account/sign-in", next_here()),
        errors=[("passkey", wrong)] if wrong else [],
        notice=notice,
    )
    return make_response(drawn, 422 if wrong else 400 if notice else 200)
