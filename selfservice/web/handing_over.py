"""Help with a form from an agent: the page that asks for it, the code to tell them, and who has the form now."""

from datetime import datetime
from typing import Any

from flask import Blueprint, jsonify, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from selfservice import clock
from selfservice.domain.draft import DraftGone, DraftSent
from selfservice.domain.handover import CODE_MINUTES, Stage
from selfservice.operations import handing_over, limiting, who_has_it
from selfservice.operations.who_has_it import Standing
from selfservice.web import away
from selfservice.web.actors import actor
from selfservice.web.away import status_page, why_not
from selfservice.web.begun import SENT, Begun, council_and_service, load
from selfservice.web.errors import Refused
from selfservice.web.languages import _
from selfservice.web.saving import resume_url
from selfservice.web.security import Csrf, Who, expired, open_to
from selfservice.web.session import address, installation
from selfservice.web.standing import staff_signed_in
from selfservice.web.words import PRESS_AGAIN

blueprint = Blueprint("handing_over", __name__)

# The stages at which there is something to be told, and not something to be asked for.
TOLD = frozenset({Stage.WAITING, Stage.RUN_OUT, Stage.WITH_AGENT, Stage.LEFT, Stage.SENT, Stage.BACK})
ASK, AGAIN, STOP, TAKE_BACK = "ask", "again", "stop", "take-back"


@blueprint.get("/<council>/<service>/<draft>/help-from-us")
@open_to(Who.HOLDER)
def help_page(council: str, service: str, draft: str) -> ResponseReturnValue:
    """What help is and what an agent would see; once it was asked for, the code and who has the form."""
    told = _told(council, service, draft)
    asked_anew = told.stage is Stage.BACK and request.args.get("again") == "1"
    if told.stage in TOLD and not asked_anew:
        return status_page(told)
    begun = load(council, service, draft)
    return redirect(begun.url(SENT), 303) if begun.draft.sent else _ask(begun)


@blueprint.post("/<council>/<service>/<draft>/help-from-us")
@open_to(Who.HOLDER, csrf=Csrf.ASKED_AGAIN)
def change(council: str, service: str, draft: str) -> ResponseReturnValue:
    """Ask for a code, stop asking, or take the form back: what the pressed button says."""
    told, pressed = _told(council, service, draft), request.form.get("do", ASK)
    if expired():
        notice = _(PRESS_AGAIN)
        if told.stage in TOLD:
            return status_page(told, notice=notice, status=400)
        return _ask(load(council, service, draft), notice=notice, status=400)
    if pressed == TAKE_BACK:
        return _take_back(council, service, draft)
    begun = load(council, service, draft)
    if pressed == STOP:
        return _stop(begun)
    # Who asks for another code has agreed already; what was agreed to, and when, stays the same.
    agreed = told.agreed_at if pressed == AGAIN else None
    if agreed is None and request.form.get("agree") != "yes":
        return _ask(begun, _("Select that you agree, so that an agent may see your form"), status=422)
    return _offer(begun, agreed or clock.now())


@blueprint.get("/<council>/<service>/<draft>/help-from-us/state")
@open_to(Who.HOLDER)
def state(council: str, service: str, draft: str) -> ResponseReturnValue:
    """Who has the form, for a page that waits to hear of it; nothing of it for anybody else."""
    told = _told(council, service, draft)
    said = away.said(told.stage, told.agent)
    return jsonify(stage=told.stage, heading=said.heading, words=said.words)


def _told(council: str, service: str, draft: str) -> Standing:
    """How the form stands for whoever asks. Raises what says why it is not theirs to know."""
    council_and_service(council, service)
    if staff_signed_in() is not None:
        raise Refused(
            403,
            _("This page is for the customer"),
            (_("You have the form already, or the customer has it."),),
            link=(_("Go to your desk"), "/desk/"),
        )
    here = installation()
    with here.database.look() as session:
        told = who_has_it.standing(session, actor(), draft, here.links, clock.now())
    if told is None or told.stage is Stage.ELSEWHERE:
        raise why_not(draft)
    return told


def _offer(begun: Begun, agreed_at: datetime) -> ResponseReturnValue:
    here, now = installation(), clock.now()
    with here.database.write() as session:
        allowed = limiting.allowed(session, limiting.HANDOVER_OFFERS, address(), now)
    if not allowed:
        raise Refused(
            429,
            _("You have asked for too many codes"),
            (
                _("Your answers are kept. Call us, and say that the form gives you no code."),
                _("You can ask for another code in an hour."),
            ),
            retry_after=limiting.HANDOVER_OFFERS.minutes * 60,
        )
    try:
        with here.database.write() as session:
            handing_over.offer(session, actor(), begun.draft.id, here.links, now, agreed_at=agreed_at)
    except DraftSent:
        return redirect(begun.url(SENT), 303)
    except DraftGone:
        raise why_not(begun.draft.id) from None
    return redirect(_url(begun), 303)


def _stop(begun: Begun) -> ResponseReturnValue:
    """Go on alone; where an agent has just taken it, the page says so."""
    try:
        with installation().database.write() as session:
            handing_over.withdraw(session, actor(), begun.draft.id, clock.now())
    except DraftSent:
        return redirect(begun.url(SENT), 303)
    except DraftGone:
        raise why_not(begun.draft.id) from None
    return redirect(resume_url(begun), 303)


def _take_back(council: str, service: str, draft: str) -> ResponseReturnValue:
    """Take the form back, and send on what was typed when it turned out that an agent had it."""
    with installation().database.write() as session:
        handing_over.take_back(session, actor(), draft, clock.now())
    begun = load(council, service, draft)
    page = request.form.get("typed-on", "")
    if page and begun.leads_to(page) and not begun.draft.sent:
        changing = request.form.get("typed-changing") == "1"
        return redirect(
            begun.url(page, change=changing), 307
        )  # the same fields, posted to the page that they were typed on
    return redirect(begun.url(SENT) if begun.draft.sent else resume_url(begun), 303)


def _ask(
    begun: Begun, error: str | None = None, notice: str | None = None, status: int = 200
) -> ResponseReturnValue:
    context: dict[str, Any] = {
        "service": begun.service,
        "action": _url(begun),
        "back_url": resume_url(begun),
        "minutes": CODE_MINUTES,
        "errors": [("agree", error)] if error else [],
        "notice": notice,
    }
    return make_response(render_template("handing/ask.html", **context), status)


def _url(begun: Begun) -> str:
    parts: dict[str, Any] = {
        "council": begun.council.slug,
        "service": begun.service.slug,
        "draft": begun.draft.id,
    }
    return url_for("handing_over.help_page", **parts)
