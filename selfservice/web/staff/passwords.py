"""Members of staff choose a password: by the link of an invitation, or of a message that they asked for.

Opening a link changes nothing, for programs that look into mail open it first; pressing the button does.
"""

from flask import Blueprint, make_response, render_template, request
from flask.typing import ResponseReturnValue
from flask.wrappers import Response

from integrations.identity.passwords import weakness
from selfservice import clock
from selfservice.domain.challenge import MOST_WRONG_CODES, ChallengeState, Purpose
from selfservice.operations import challenging, limiting, staff_entry
from selfservice.operations.challenging import Challenge
from selfservice.operations.staff_letters import Told
from selfservice.web.errors import Refused
from selfservice.web.languages import _, gettext_noop
from selfservice.web.security import Csrf, Who, expired, open_to
from selfservice.web.session import address, holder, installation
from selfservice.web.staff import entering
from selfservice.web.staff.sign_in import LONGEST, read_email, too_many_tries
from selfservice.web.words import PRESS_AGAIN

blueprint = Blueprint("staff_passwords", __name__)

RESET = "/staff/reset"
PURPOSES = frozenset({Purpose.STAFF_INVITE, Purpose.STAFF_RESET})
MISSING = gettext_noop("Enter a password")
WRONG_ADDRESS = gettext_noop("The link was not sent there")


@blueprint.after_request
def hide_token(response: Response) -> Response:
    """Name no page by its address, which may hold a token, to whatever is fetched next: only its origin."""
    response.headers["Referrer-Policy"] = "same-origin, strict-origin"
    return response


@blueprint.get(RESET)
@open_to(Who.ANYONE)
def ask() -> ResponseReturnValue:
    """Ask for the address of whoever wants a new password."""
    return _ask()


@blueprint.post(RESET)
@open_to(Who.ANYONE, csrf=Csrf.ASKED_AGAIN)
def send() -> ResponseReturnValue:
    """Send a link there, and say so, whoever has the address."""
    if expired():
        return _ask(notice=_(PRESS_AGAIN), status=400)
    email, wrong = read_email()
    if wrong:
        return _ask([("email", wrong)], status=422)
    here = installation()
    with here.database.write() as session:
        made = staff_entry.ask_for_reset(
            session, email, Told.ASKED, entering.first_council(), entering.asker(), here.links, clock.now()
        )
    if made is None:
        raise _too_many_messages()
    here.doorbell.ring_soon(made.delivery_ids)
    return make_response(render_template("staff/reset_sent.html", email=email))


@blueprint.get("/staff/link/<token>")
@open_to(Who.LINK)
def look(token: str) -> ResponseReturnValue:
    """Ask for a password, where the link is good."""
    return _page(_look(token))


@blueprint.post("/staff/link/<token>")
@open_to(Who.LINK, csrf=Csrf.ASKED_AGAIN)
def choose(token: str) -> ResponseReturnValue:
    """Keep the password, and sign them in as far as their second factor."""
    found = _look(token)
    if found is None or found.state is not ChallengeState.GOOD:
        return _page(found)
    if expired():
        return _page(found, notice=_(PRESS_AGAIN), status=400)
    typed = request.form.get("password", "")[:LONGEST]
    email, wrong_email = ("", "") if found.here else read_email()
    errors = [("email", wrong_email)] if wrong_email else []
    weak = weakness(typed, (found.address,)) if typed else MISSING
    if weak:
        errors.append(("password", _(weak)))
    if errors:
        return _page(found, errors, status=422)
    _count_try()
    return _chosen(token, email, typed)


def _chosen(token: str, email: str, typed: str) -> ResponseReturnValue:
    here, now = installation(), clock.now()
    made = here.passwords.hash(typed)
    with here.database.write() as session:
        answered = challenging.answer_link(session, token, holder(), now, address=email)
        chosen = answered.opened and staff_entry.choose_password(
            session, answered.opened, made, here.councils[answered.opened.council], now
        )
        secret = chosen and staff_entry.begin(
            session, chosen[0], staff_entry.LINK, entering.browser(), entering.here_before(), now
        )
    if not (chosen and secret):
        return _page(_look(token), [("email", _(WRONG_ADDRESS))], status=422)
    here.doorbell.ring_soon(chosen[1])
    return entering.let_in(secret, "")


def _look(token: str) -> Challenge | None:
    with installation().database.read() as session:
        found = challenging.look(session, token, holder(), clock.now())
    return found if found and found.purpose in PURPOSES else None


def _ask(
    errors: list[tuple[str, str]] | None = None, notice: str | None = None, status: int = 200
) -> ResponseReturnValue:
    return make_response(
        render_template("staff/reset.html", action=RESET, errors=errors or [], notice=notice), status
    )


def _page(
    found: Challenge | None,
    errors: list[tuple[str, str]] | None = None,
    notice: str | None = None,
    status: int = 200,
) -> ResponseReturnValue:
    """The page that asks for a password; or the one that says why this link opens nothing, always alike."""
    if found is None or found.state is not ChallengeState.GOOD:
        state = found.state if found else "gone"
        drawn = render_template(
            "staff/link_not_good.html", state=state, most=MOST_WRONG_CODES, reset_url=RESET
        )
        return make_response(drawn, 410)
    drawn = render_template(
        "staff/password.html",
        invited=found.purpose is Purpose.STAFF_INVITE,
        here=found.here,
        errors=errors or [],
        notice=notice,
        action=request.path,
    )
    return make_response(drawn, status)


def _count_try() -> None:
    with installation().database.write() as session:
        allowed = limiting.allowed(session, limiting.CHALLENGE_TRIES, address(), clock.now())
    if not allowed:
        raise too_many_tries(limiting.CHALLENGE_TRIES.minutes)


def _too_many_messages() -> Refused:
    minutes = limiting.CHALLENGES_TO_ADDRESS.minutes
    return Refused(
        429,
        _("We have sent too many messages"),
        (
            _(
                "Wait an hour before you ask for another link. Look first in your mailbox: the newest still works."
            ),
        ),
        retry_after=minutes * 60,
    )
