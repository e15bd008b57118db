"""The second step of signing in as staff, which nobody goes without; and the same once more before a change."""

from flask import Blueprint, redirect
from flask.typing import ResponseReturnValue

from selfservice import clock
from selfservice.operations import factor_changes, sign_ins, staff_entry
from selfservice.operations.factors import RECOVERY_CODE
from selfservice.web import standing
from selfservice.web.actors import staff_actor
from selfservice.web.factors import proving
from selfservice.web.guarding import STAFF_SECOND_FACTOR, STAFF_SIGN_IN
from selfservice.web.languages import _
from selfservice.web.security import Csrf, Who, expired, open_to
from selfservice.web.session import installation
from selfservice.web.staff import entering
from selfservice.web.staff.entering import HOME, PRESS_AGAIN, next_here, with_next
from selfservice.web.staff.security import EVERY_ROLE, PROVE, ROOM

blueprint = Blueprint("staff_second_factor", __name__)

SET_UP = "/staff/set-up"


@blueprint.get(STAFF_SECOND_FACTOR)
@open_to(Who.HALF_STAFF)
def ask() -> ResponseReturnValue:
    """Ask for it; whoever has none yet sets one up first."""
    if not proving.held(ROOM).any:
        return redirect(SET_UP, 303)
    return _page()


@blueprint.post(STAFF_SECOND_FACTOR)
@open_to(Who.HALF_STAFF, csrf=Csrf.ASKED_AGAIN)
def give() -> ResponseReturnValue:
    """Sign in if it is right."""
    if expired():
        return _page(notice=_(PRESS_AGAIN))
    given = proving.given(ROOM)
    if given.method is None:
        return _page(wrong=given.wrong)
    member, here, now = standing.staff_signed_in(), installation(), clock.now()
    assert member is not None, "guarding lets nobody in who is not signed in"
    told: tuple[str, ...] = ()
    with here.database.write() as session:
        secret = staff_entry.complete(session, staff_actor(), member.id, given.method, now)
        if given.method == RECOVERY_CODE:
            told = factor_changes.tell(session, ROOM.owner(), "code_used", entering.own_council(), now)
    here.doorbell.ring_soon(told)
    if secret is None:
        return redirect(STAFF_SIGN_IN, 303)
    standing.renewed(standing.STAFF_COOKIE, secret)
    return redirect(
        f"{ROOM.base}?done=code_used" if told else next_here() or entering.home_of(member.roles), 303
    )


@blueprint.post(f"{STAFF_SECOND_FACTOR}/options")
@open_to(Who.HALF_STAFF)
def options() -> ResponseReturnValue:
    """What the page's script asks the browser for."""
    return proving.options(ROOM)


@blueprint.get(PROVE)
@open_to(Who.STAFF, *EVERY_ROLE)
def ask_again() -> ResponseReturnValue:
    """Ask for a second factor once more, before what is worth a thief's while."""
    return _prove_page()


@blueprint.post(PROVE)
@open_to(Who.STAFF, *EVERY_ROLE, csrf=Csrf.ASKED_AGAIN)
def prove() -> ResponseReturnValue:
    """Take it, and go on to what wanted it."""
    if expired():
        return _prove_page(notice=_(PRESS_AGAIN))
    given = proving.given(ROOM)
    if given.method is None:
        return _prove_page(wrong=given.wrong)
    with installation().database.write() as session:
        secret = sign_ins.renew(session, ROOM.person().id, given.method, clock.now())
    if secret is None:
        return redirect(STAFF_SIGN_IN, 303)
    standing.renewed(standing.STAFF_COOKIE, secret)
    return redirect(next_here() or HOME, 303)


@blueprint.post(f"{PROVE}/options")
@open_to(Who.STAFF, *EVERY_ROLE)
def prove_options() -> ResponseReturnValue:
    """What the page's script asks the browser for."""
    return proving.options(ROOM)


def _page(wrong: tuple[str, str] | None = None, notice: str | None = None) -> ResponseReturnValue:
    return proving.page(
        ROOM,
        with_next(STAFF_SECOND_FACTOR, next_here()),
        _("One more step: this keeps others out even if they know your password."),
        wrong=wrong,
        notice=notice,
        cancel="/staff/sign-out",
    )


def _prove_page(wrong: tuple[str, str] | None = None, notice: str | None = None) -> ResponseReturnValue:
    return proving.page(
        ROOM,
        with_next(PROVE, next_here()),
        _("Before this can be changed, show once more that it is you."),
        wrong=wrong,
        notice=notice,
    )
