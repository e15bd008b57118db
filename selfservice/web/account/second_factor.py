"""The second step of signing in to an account: a code of an app, a passkey, or a recovery code."""

from flask import Blueprint, redirect
from flask.typing import ResponseReturnValue

from selfservice import clock
from selfservice.operations import factor_changes, sign_ins
from selfservice.operations.factors import RECOVERY_CODE
from selfservice.web import standing
from selfservice.web.account import arriving
from selfservice.web.account.arriving import HOME
from selfservice.web.account.security import ROOM
from selfservice.web.factors import asking
from selfservice.web.guarding import SECOND_FACTOR, SIGN_IN
from selfservice.web.languages import gettext_noop
from selfservice.web.next_page import next_here, with_next
from selfservice.web.security import Who
from selfservice.web.session import installation

blueprint = Blueprint("second_factor", __name__)

WORDS = gettext_noop(
    "You set up a second step for signing in. This keeps others out even if they know your password."
)


def _taken(method: str) -> ResponseReturnValue:
    person, here, now = ROOM.person(), installation(), clock.now()
    told: tuple[str, ...] = ()
    with here.database.write() as session:
        secret = sign_ins.renew(session, person.id, method, now)
        if method == RECOVERY_CODE:
            told = factor_changes.tell(session, ROOM.owner(), "code_used", arriving.council(), now)
    here.doorbell.ring_soon(told)
    if secret is None:
        return redirect(with_next(SIGN_IN, next_here()), 303)
    standing.renewed(standing.ACCOUNT, secret)
    return redirect(f"{ROOM.base}?done=code_used" if told else next_here() or HOME, 303)


STEP = asking.Step(ROOM, SECOND_FACTOR, WORDS, _taken, cancel="/account/sign-out")
asking.install(blueprint, STEP, Who.HALF_ACCOUNT)
