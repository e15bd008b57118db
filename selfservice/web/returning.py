"""Coming back to a saved draft by its link: the code is asked for, and a right one brings the draft here."""

from flask import Blueprint, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask.wrappers import Response

from forms.kit.service import Service
from selfservice import clock
from selfservice.domain.council import Council
from selfservice.domain.messages import Medium
from selfservice.domain.saved import MOST_WRONG_TRIES, ONE_TIME_MINUTES, LinkState
from selfservice.operations import drafting, limiting, saving
from selfservice.operations.saving import Looked
from selfservice.web.actors import actor
from selfservice.web.begun import Begun, as_written, council_and_service
from selfservice.web.errors import Refused
from selfservice.web.languages import _
from selfservice.web.saving import resume_url
from selfservice.web.security import Csrf, Who, expired, open_to
from selfservice.web.session import address, installation
from selfservice.web.words import PRESS_AGAIN

blueprint = Blueprint("returning", __name__)

LONGEST_CODE = 40


@blueprint.after_request
def hide_token(response: Response) -> Response:
    """Name no page by its address, which holds the token, to whatever is fetched next: only its origin.

    "no-referrer" would make browsers leave the origin out of our own posts too, which are then refused.
    """
    response.headers["Referrer-Policy"] = "same-origin, strict-origin"
    return response


@blueprint.get("/return/<token>")
@open_to(Who.LINK)
def look(token: str) -> ResponseReturnValue:
    """Ask for the code. Opening the link changes nothing: programs that look into mail open it first."""
    looked = _look(token)
    notice = _sent_words(looked) if request.args.get("sent") == "1" else None
    return _page(token, looked, notice=notice)


@blueprint.post("/return/<token>")
@open_to(Who.LINK, csrf=Csrf.ASKED_AGAIN)
def come_back(token: str) -> ResponseReturnValue:
    """Bring the draft here if the code is right."""
    looked = _look(token)
    if looked.state is not LinkState.GOOD:
        return _page(token, looked)
    if expired():
        return _page(token, looked, notice=_press_again(), status=400)
    typed = request.form.get("code", "").strip()[:LONGEST_CODE]
    if not any(sign.isdecimal() for sign in typed):
        return _page(token, looked, _("Enter your six-digit code"), status=422)
    _count_this_try(limiting.RETURN_TRIES, address())
    council, service = council_and_service(looked.council, looked.service)
    here = installation()
    with here.database.write() as session:
        tried = saving.come_back(
            session,
            actor(),
            token,
            typed,
            council,
            as_written(council, service).title,
            here.links,
            clock.now(),
        )
    here.doorbell.ring_soon(tried.delivery_ids)
    if tried.draft_id is None:
        wrong = _(
            "This is not the code. Check it, or ask for a new one. After %(most)s wrong codes we lock the link"
        )
        return _page(token, tried.looked, wrong % {"most": MOST_WRONG_TRIES}, status=422)
    return redirect(_where(council, service, tried.draft_id), 303)


@blueprint.post("/return/<token>/code")
@open_to(Who.LINK, csrf=Csrf.ASKED_AGAIN)
def send_code(token: str) -> ResponseReturnValue:
    """Send a code to where the link went."""
    looked = _look(token)
    if looked.state is not LinkState.GOOD or expired():
        return _page(token, looked, notice=_press_again() if expired() else None, status=400)
    _count_this_try(limiting.RETURN_CODES, token)
    council, service = council_and_service(looked.council, looked.service)
    with installation().database.write() as session:
        sent = saving.send_code(session, token, council, as_written(council, service).title, clock.now())
    installation().doorbell.ring_soon(sent or ())
    return redirect(url_for("returning.look", token=token, sent=1), 303)


@blueprint.post("/return/<token>/new-link")
@open_to(Who.LINK, csrf=Csrf.ASKED_AGAIN)
def send_new_link(token: str) -> ResponseReturnValue:
    """Send a link in place of one that was locked, to the same address or number."""
    looked = _look(token)
    if looked.state is not LinkState.LOCKED or expired():
        return _page(token, looked, notice=_press_again() if expired() else None, status=400)
    _count_this_try(limiting.RETURN_TRIES, address())
    council, service = council_and_service(looked.council, looked.service)
    here = installation()
    with here.database.write() as session:
        sent = saving.send_new_link(
            session, token, council, as_written(council, service).title, here.links, clock.now()
        )
    here.doorbell.ring_soon(sent or ())
    return redirect(url_for("returning.look", token=token), 303)


def _look(token: str) -> Looked:
    with installation().database.read() as session:
        return saving.look(session, token, clock.now())


def _where(council: Council, service: Service, draft_id: str) -> str:
    """The page to go on with, of the draft that is now this browser's."""
    here = installation()
    with here.database.read() as session:
        draft = drafting.find(session, actor(), draft_id, here.seals)
    assert draft is not None
    return resume_url(Begun(council, service, draft))


def _page(
    token: str, looked: Looked, error: str | None = None, notice: str | None = None, status: int = 200
) -> ResponseReturnValue:
    """The page that asks for the code; or the one that says why this link does not open anything now.

    Every link that is no longer good is answered with the same status, so that it tells nothing but in words.
    """
    here = installation()
    council = here.councils.get(looked.council)
    service = here.services.get(looked.council, {}).get(looked.service)
    context = {
        "council": council,
        "title": _(service.title) if service else "",
        "until": looked.kept_until,
        "state": looked.state,
        "by_text": looked.medium is Medium.SMS,
        "errors": [("code", error)] if error else [],
        "notice": notice,
        "action": url_for("returning.look", token=token),
        "code_action": url_for("returning.send_code", token=token),
        "link_action": url_for("returning.send_new_link", token=token),
        "minutes": ONE_TIME_MINUTES,
        "most": MOST_WRONG_TRIES,
    }
    if looked.state is LinkState.GOOD:
        return make_response(render_template("saving/code.html", **context), status)
    context["errors"] = []
    return make_response(render_template("saving/not_good.html", **context), 410)


def _sent_words(looked: Looked) -> str:
    if looked.medium is Medium.SMS:
        return _(
            "We have sent a code by text message to the number that the link went to. It works once, for "
            "%(minutes)s minutes. It can take a minute to arrive.",
            minutes=ONE_TIME_MINUTES,
        )
    return _(
        "We have sent a code to the address that the link went to. It works once, for %(minutes)s minutes. "
        "It can take a minute to arrive.",
        minutes=ONE_TIME_MINUTES,
    )


def _press_again() -> str:
    return _(PRESS_AGAIN)


def _count_this_try(limit: limiting.Limit, subject: str) -> None:
    """Count one try. Raises `Refused` (429) over the limit.

    In a unit of work of its own: the count must stand whatever comes of the try.
    """
    with installation().database.write() as session:
        allowed = limiting.allowed(session, limit, subject, clock.now())
    if not allowed:
        raise Refused(
            429,
            _("You have tried too many times"),
            (
                _("Wait %(minutes)s minutes before you try again.", minutes=limit.minutes),
                _("Your answers are safe. The newest code that we sent still works until the time it says."),
            ),
            retry_after=limit.minutes * 60,
        )
