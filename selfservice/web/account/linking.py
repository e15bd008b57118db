"""The link in a message: opening it shows a button, and changes nothing; pressing that takes it for an answer.

Programs that look into mail open links, as often as they like. In another browser than the one that asked, the
address is asked for as well: whoever was only passed the link does not know it. Where an account is opened a name is
asked for too: what was typed in the other browser may be a stranger's.
"""

from flask import Blueprint, make_response, redirect, render_template, request
from flask.typing import ResponseReturnValue
from flask.wrappers import Response

from selfservice import clock
from selfservice.domain.challenge import MOST_WRONG_CODES, ChallengeState, Purpose
from selfservice.domain.messages import Medium
from selfservice.operations import challenging, limiting
from selfservice.operations.challenging import Challenge
from selfservice.web import recipients, standing
from selfservice.web.account import arriving
from selfservice.web.account.answering import act_on, opens_account
from selfservice.web.account.arriving import HOME
from selfservice.web.account.signing_up import typed_name, wrong_name
from selfservice.web.languages import _, gettext_noop
from selfservice.web.security import Csrf, Who, expired, open_to
from selfservice.web.session import holder, installation
from selfservice.web.words import PRESS_AGAIN

blueprint = Blueprint("linking", __name__)

HERE = frozenset(
    {Purpose.SIGN_UP, Purpose.SIGN_IN_LINK, Purpose.SIGN_IN_CODE, Purpose.RESET, Purpose.NEW_ADDRESS}
)
MISSING = gettext_noop("Enter the email address or mobile number that the link was sent to")
MISSING_EMAIL = gettext_noop("Enter the email address that the link was sent to")
WRONG = gettext_noop("The link was not sent there")


@blueprint.after_request
def hide_token(response: Response) -> Response:
    """Name no page by its address, which holds the token, to whatever is fetched next: only its origin."""
    response.headers["Referrer-Policy"] = "same-origin, strict-origin"
    return response


@blueprint.get("/account/link/<token>")
@open_to(Who.LINK, while_acting=False)
def look(token: str) -> ResponseReturnValue:
    """Show the button."""
    return _page(_look(token))


@blueprint.post("/account/link/<token>")
@open_to(Who.LINK, csrf=Csrf.ASKED_AGAIN, while_acting=False)
def answer(token: str) -> ResponseReturnValue:
    """Take the link for an answer."""
    found = _look(token)
    if found is None or found.state is not ChallengeState.GOOD:
        return _page(found)
    if expired():
        return _page(found, notice=_(PRESS_AGAIN), status=400)
    missing = [] if found.here else _missing(found)
    if missing:
        return _page(found, missing, status=422)
    arriving.count_try(limiting.CHALLENGE_TRIES)
    here = installation()
    with here.database.write() as writing:
        answered = challenging.answer_link(
            writing, token, holder(), clock.now(), address=arriving.plain_recipient()
        )
        respond = act_on(writing, answered.opened, typed_name()) if answered.opened else None
    if respond is not None:
        return respond()
    return _page(_look(token), [(recipients.FIELD, _(WRONG))], status=422)


def _look(token: str) -> Challenge | None:
    """The challenge, if it is one that is answered here."""
    with installation().database.read() as reading:
        found = challenging.look(reading, token, holder(), clock.now())
    return found if found and found.purpose in HERE else None


def _missing(found: Challenge) -> list[tuple[str, str]]:
    """What is wrong with what another browser must type."""
    errors = []
    if not recipients.typed():
        missing = MISSING if installation().texts_offered else MISSING_EMAIL
        errors.append((recipients.FIELD, _(missing)))
    return errors + (wrong_name() if opens_account(found) else [])


def _page(
    found: Challenge | None,
    errors: list[tuple[str, str]] | None = None,
    notice: str | None = None,
    status: int = 200,
) -> ResponseReturnValue:
    """The page with the button; or the one that says why this link opens nothing, always with the same status."""
    if found is None or found.state is not ChallengeState.GOOD:
        return _not_good(found)
    return make_response(
        render_template(
            "account/link.html",
            asked=Purpose.SIGN_IN_LINK if found.detail.get("has_account") else found.purpose,
            here=found.here,
            wants_name=opens_account(found) and not found.here,
            name=typed_name(),
            by_text=found.medium is Medium.SMS,
            recipient=recipients.typed(),
            errors=errors or [],
            notice=notice,
            action=request.path,
        ),
        status,
    )


def _not_good(found: Challenge | None) -> ResponseReturnValue:
    """The page for a link that opens nothing; for one that has just signed them in here, what it led to."""
    person = standing.signed_in()
    used = found is not None and found.state is ChallengeState.USED
    if found is not None and used and person is not None and person.account_id == found.account_id:
        return redirect(HOME, 303)  # pressed twice, or come back to
    state = found.state if found else "gone"
    return make_response(
        render_template("account/link_not_good.html", state=state, most=MOST_WRONG_CODES), 410
    )
