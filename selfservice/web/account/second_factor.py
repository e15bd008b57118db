"""The second step of signing in to an account: a code of an app, a passkey, or a recovery code."""

from flask import Blueprint, redirect
from flask.typing import ResponseReturnValue

from selfservice import clock
from selfservice.operations import factor_changes, sign_ins
from selfservice.operations.factors import RECOVERY_CODE
from selfservice.web import standing
from selfservice.web.account import arriving
from selfservice.web.account.arriving import HOME, PRESS_AGAIN, next_here, with_next
from selfservice.web.account.security import ROOM
from selfservice.web.factors import proving
from selfservice.web.guarding import SECOND_FACTOR
from selfservice.web.languages import _
from selfservice.web.security import Csrf, Who, expired, open_to
from selfservice.web.session import installation

blueprint = Blueprint("second_factor", __name__)


@blueprint.get(SECOND_FACTOR)
@open_to(Who.HALF_ACCOUNT)
def ask() -> ResponseReturnValue:
    """Ask for it."""
    return _page()


@blueprint.post(SECOND_FACTOR)
@open_to(Who.HALF_ACCOUNT, csrf=Csrf.ASKED_AGAIN)
def give() -> ResponseReturnValue:
    """Sign in if it is right."""
    if expired():
        return _page(notice=_(PRESS_AGAIN))
    given = proving.given(ROOM)
    if given.method is None:
        return _page(wrong=given.wrong)
    person, here, now = ROOM.person(), installation(), clock.now()
    told: tuple[str, ...] = ()
    with here.database.write() as session:
        secret = sign_ins.renew(session, person.id, given.method, now)
        if given.method == RECOVERY_CODE:
            told = factor_changes.tell(session, ROOM.owner(), "code_used", arriving.council(), now)
    here.doorbell.ring_soon(told)
    if secret is None:
        return redirect(with_next("/account/sign-in", next_here()), 303)
    standing.renewed(standing.ACCOUNT, secret)
    return redirect(f"{ROOM.base}?done=code_used" if told else next_here() or HOME, 303)


@blueprint.post(f"{SECOND_FACTOR}/options")
@open_to(Who.HALF_ACCOUNT)
def options() -> ResponseReturnValue:
    """What the page's script asks the browser for."""
    return proving.options(ROOM)


def _page(wrong: tuple[str, str] | None = None, notice: str | None = None) -> ResponseReturnValue:
    return proving.page(
        ROOM,
        with_next(SECOND_FACTOR, next_here()),
        _("You set up a second step for signing in. This keeps others out even if they know your password."),
        wrong=wrong,
        notice=notice,
        cancel="/account/sign-out",
    )
