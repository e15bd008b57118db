"""The second step of signing in as staff, which nobody goes without; and the same once more before a change."""

from flask import Blueprint, redirect
from flask.typing import ResponseReturnValue

from selfservice import clock
from selfservice.operations import factor_changes, sign_ins, staff_entry
from selfservice.operations.factors import RECOVERY_CODE
from selfservice.web import standing
from selfservice.web.actors import staff_actor
from selfservice.web.factors import asking, proving
from selfservice.web.guarding import STAFF_SECOND_FACTOR, STAFF_SIGN_IN
from selfservice.web.languages import gettext_noop
from selfservice.web.next_page import next_here
from selfservice.web.security import Who
from selfservice.web.session import installation
from selfservice.web.staff import entering
from selfservice.web.staff.entering import HOME
from selfservice.web.staff.security import EVERY_ROLE, PROVE, ROOM

blueprint = Blueprint("staff_second_factor", __name__)

SET_UP = "/staff/set-up"
ONE_MORE_STEP = gettext_noop("One more step: this keeps others out even if they know your password.")
ONCE_MORE = gettext_noop("Before this can be changed, show once more that it is you.")


def _set_up_first() -> ResponseReturnValue | None:
    return None if proving.held(ROOM).any else redirect(SET_UP, 303)


def _signed_in(method: str) -> ResponseReturnValue:
    member, here, now = standing.staff_signed_in(), installation(), clock.now()
    assert member is not None, "guarding lets nobody in who is not signed in"
    told: tuple[str, ...] = ()
    with here.database.write() as session:
        secret = staff_entry.complete(session, staff_actor(), member.id, method, now)
        if method == RECOVERY_CODE:
            told = factor_changes.tell(session, ROOM.owner(), "code_used", entering.own_council(), now)
    here.doorbell.ring_soon(told)
    if secret is None:
        return redirect(STAFF_SIGN_IN, 303)
    standing.renewed(standing.STAFF_COOKIE, secret)
    return redirect(
        f"{ROOM.base}?done=code_used" if told else next_here() or entering.home_of(member.roles), 303
    )


def _proven(method: str) -> ResponseReturnValue:
    with installation().database.write() as session:
        secret = sign_ins.renew(session, ROOM.person().id, method, clock.now())
    if secret is None:
        return redirect(STAFF_SIGN_IN, 303)
    standing.renewed(standing.STAFF_COOKIE, secret)
    return redirect(next_here() or HOME, 303)


AT_THE_DOOR = asking.Step(
    ROOM, STAFF_SECOND_FACTOR, ONE_MORE_STEP, _signed_in, first=_set_up_first, cancel="/staff/sign-out"
)
asking.install(blueprint, AT_THE_DOOR, Who.HALF_STAFF)
asking.install(blueprint, asking.Step(ROOM, PROVE, ONCE_MORE, _proven), Who.STAFF, *EVERY_ROLE)
