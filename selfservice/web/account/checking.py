"""Where whoever asked for a link or a code is told to look, and types the code. It says the same to everybody."""

from flask import Blueprint, make_response, redirect, render_template, request, session
from flask.typing import ResponseReturnValue

from selfservice import clock
from selfservice.domain.challenge import GOOD_MINUTES, MOST_WRONG_CODES, ChallengeState
from selfservice.domain.messages import Medium
from selfservice.operations import account_changes, accounts, challenging, limiting
from selfservice.operations.accounts import Asked
from selfservice.operations.challenging import Challenge, Made
from selfservice.web import recipients, standing
from selfservice.web.account import arriving
from selfservice.web.account.answering import act_on
from selfservice.web.account.arriving import ASKED, CHECK, HOME
from selfservice.web.actors import actor
from selfservice.web.languages import _, gettext_noop
from selfservice.web.security import Csrf, Who, expired, open_to
from selfservice.web.session import holder, installation
from selfservice.web.words import PRESS_AGAIN

blueprint = Blueprint("checking", __name__)

LONGEST_CODE = 40
MISSING = gettext_noop("Enter your six-digit code")
WRONG = gettext_noop(
    "This is not the code. Check it, or have a new one sent. After %(most)s wrong codes we lock it"
)


@blueprint.get(CHECK)
@open_to(Who.ANYONE, while_acting=False)
def ask() -> ResponseReturnValue:
    """Say where to look, and ask for the code."""
    asked = _asked()
    notice = _("We have sent it again.") if request.args.get("again") == "1" else None
    return _page(asked, notice=notice) if asked else _elsewhere()


@blueprint.post(CHECK)
@open_to(Who.ANYONE, csrf=Csrf.ASKED_AGAIN, while_acting=False)
def answer() -> ResponseReturnValue:
    """Take the code."""
    asked = _asked()
    if asked is None:
        return _elsewhere()
    if asked.state is not ChallengeState.GOOD:
        return _page(asked)
    if expired():
        return _page(asked, notice=_(PRESS_AGAIN), status=400)
    typed = request.form.get("code", "").strip()[:LONGEST_CODE]
    if not any(sign.isdecimal() for sign in typed):
        return _page(asked, _(MISSING), status=422)
    arriving.count_try(limiting.CHALLENGE_TRIES)
    here = installation()
    with here.database.write() as writing:
        answered = challenging.answer_code(writing, asked.id, holder(), typed, here.links, clock.now())
        respond = act_on(writing, answered.opened) if answered.opened else None
    if respond is not None:
        return respond()
    again = _asked()
    return _page(again, _(WRONG, most=MOST_WRONG_CODES), status=422) if again else _elsewhere()


@blueprint.post("/account/check-your-messages/again")
@open_to(Who.ANYONE, csrf=Csrf.ASKED_AGAIN, while_acting=False)
def again() -> ResponseReturnValue:
    """Send the same once more; what was sent before opens nothing any more."""
    asked = _asked()
    if asked is None:
        return _elsewhere()
    if expired():
        return _page(asked, notice=_(PRESS_AGAIN), status=400)
    made = _send_again(asked)
    arriving.sent(made)
    return redirect(f"{CHECK}?again=1", 303)


def _send_again(asked: Challenge) -> Made | None:
    here, now = installation(), clock.now()
    with here.database.write() as writing:
        if asked.detail.get("asked") == Asked.NEW_ADDRESS:
            return account_changes.ask_new_address(
                writing, actor(), asked.address, arriving.council(), arriving.asker(), here.links, now
            )
        return accounts.ask_again(writing, asked, arriving.council(), arriving.asker(), here.links, now)


def _asked() -> Challenge | None:
    """What this browser asked for last."""
    with installation().database.read() as reading:
        return challenging.look_again(reading, str(session.get(ASKED, "")), holder(), clock.now())


def _elsewhere() -> ResponseReturnValue:
    """For a browser that asked for nothing, or whose owner has signed in meanwhile."""
    person = standing.signed_in()
    return redirect(HOME if person is not None and person.whole else "/account/sign-in", 303)


def _page(
    asked: Challenge, error: str | None = None, notice: str | None = None, status: int = 200
) -> ResponseReturnValue:
    """The page; a challenge that is no longer good is answered with 410, and has no field for the code."""
    good = asked.state is ChallengeState.GOOD
    context = {
        "asked": str(asked.detail.get("asked", Asked.SIGN_IN)),
        "state": asked.state,
        "sent_to": recipients.shown(asked.medium, asked.address),
        "by_text": asked.medium is Medium.SMS,
        "errors": [("code", error)] if error and good else [],
        "notice": notice,
        "action": CHECK,
        "again_action": "/account/check-your-messages/again",
        "minutes": GOOD_MINUTES,
        "most": MOST_WRONG_CODES,
    }
    return make_response(render_template("account/check_messages.html", **context), status if good else 410)
