"""An agent sends the customer the form they are at: to whom, what for, and the code to say aloud."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from flask import Blueprint, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from forms.kit import Declaration, Photos
from forms.kit.contacts import mobile_number
from forms.kit.questions import Refused as NoPlace
from selfservice import clock
from selfservice.domain.draft import DraftGone, DraftSent
from selfservice.domain.handover import ASK_WORDS, Ask
from selfservice.domain.messages import Medium
from selfservice.domain.people import Verification
from selfservice.operations import limiting, sending_on
from selfservice.operations.sending_on import LONGEST_WORDS, SentOn, Wanted
from selfservice.web import recipients, standing
from selfservice.web.actors import actor
from selfservice.web.away import why_not
from selfservice.web.begun import SENT, Begun, load
from selfservice.web.errors import Refused
from selfservice.web.languages import _
from selfservice.web.recipients import Recipient
from selfservice.web.saving import resume_url
from selfservice.web.security import Csrf, Who, expired, open_to
from selfservice.web.session import installation
from selfservice.web.words import PRESS_AGAIN

blueprint = Blueprint("sending_on", __name__)

OTHER = "other"


@dataclass(frozen=True, slots=True)
class SendForm:
    """What was chosen and typed, and what is wrong with it, by html id."""

    to: str = ""
    asked: tuple[str, ...] = ()
    words: str = ""
    wrong: Mapping[str, str] = field(default_factory=dict)
    notice: str = ""
    status: int = 200


@blueprint.get("/<council>/<service>/<draft>/send-on")
@open_to(Who.HOLDER)
def ask(council: str, service: str, draft: str) -> ResponseReturnValue:
    """Ask where to send the form, and what the customer is to do with it."""
    begun = _load(council, service, draft)
    return redirect(begun.url(SENT), 303) if begun.draft.sent else _page(begun, SendForm(asked=(Ask.REST,)))


@blueprint.post("/<council>/<service>/<draft>/send-on")
@open_to(Who.HOLDER, csrf=Csrf.ASKED_AGAIN)
def send(council: str, service: str, draft: str) -> ResponseReturnValue:
    """Send it, and lead to the page with the code."""
    begun = _load(council, service, draft)
    typed = _typed(begun)
    if expired():
        notice = _(PRESS_AGAIN)
        return _page(begun, SendForm(typed.to, typed.asked, typed.words, notice=notice, status=400))
    try:
        recipient, wrong = _recipient(typed), {}
    except NoPlace as error:
        recipient, wrong = None, {recipients.FIELD: error.told(_)}
    if not typed.asked:
        wrong["asked"] = _("Select what you need from them")
    if recipient is None or wrong:
        return _page(begun, SendForm(typed.to, typed.asked, typed.words, wrong, status=422))
    _count(recipient)
    try:
        sent = _send(begun, recipient, typed)
    except DraftSent:
        return redirect(begun.url(SENT), 303)
    except DraftGone:
        raise why_not(begun.draft.id) from None
    installation().doorbell.ring_soon(sent.delivery_ids)
    return redirect(_url(begun, "done"), 303)


@blueprint.get("/<council>/<service>/<draft>/sent-on")
@open_to(Who.HOLDER)
def done(council: str, service: str, draft: str) -> ResponseReturnValue:
    """Where it went, and the code to say to the customer; where they have opened it, that they have the form."""
    begun = _load(council, service, draft)
    here = installation()
    with here.database.look() as session:
        told = sending_on.last_sent_on(session, actor(), begun.draft.id, here.links)
    if told is None:
        return redirect(_url(begun, "ask"), 303)
    return render_template(
        "handing/sent_on.html",
        service=begun.service,
        told=told,
        sent_to=recipients.shown(told.medium, told.address),
        by_text=told.medium is Medium.SMS,
        go_on_url=resume_url(begun),
        again_url=_url(begun, "ask"),
        here_url=_url(begun, "done"),
        errors=[],
    )


def _load(council: str, service: str, draft: str) -> Begun:
    if standing.staff_signed_in() is None:
        raise Refused(
            403,
            _("This page is for agents"),
            (_("To go on with your form on another device, choose “Save and come back later”."),),
        )
    return load(council, service, draft)


def _typed(begun: Begun) -> SendForm:
    offered = {str(each) for each in _asks(begun)}
    return SendForm(
        request.form.get("to", "") or OTHER,
        tuple(each for each in request.form.getlist("asked") if each in offered),
        " ".join(request.form.get("words", "").split())[:LONGEST_WORDS],
    )


def _recipient(typed: SendForm) -> Recipient:
    """Where it goes. Raises the kit's refusal when that is no place to send to."""
    own = {each: Recipient(each, address) for each, address in _own_ways()}
    return own[Medium(typed.to)] if typed.to in own else recipients.read()


def _own_ways() -> list[tuple[Medium, str]]:
    """How the customer can be reached by what we hold of them; nothing of somebody who has not shown who they are."""
    helped = standing.helping()
    if helped is None or helped.customer_id is None or helped.verification < Verification.BASIC:
        return []
    with installation().database.look() as session:
        reach = sending_on.reach(session, actor())
    phone = mobile_number(reach.phone) if reach.phone and installation().texts_offered else None
    ways = [(Medium.SMS, phone), (Medium.EMAIL, reach.email)]
    return [(medium, address) for medium, address in ways if address]


def _asks(begun: Begun) -> list[Ask]:
    """What a customer can be asked for in this form."""
    questions = list(begun.service.questions())
    found = [Ask.REST]
    if any(isinstance(each, Declaration) for each in questions):
        found.insert(0, Ask.DECLARATION)
    if any(isinstance(each, Photos) for each in questions):
        found.insert(0, Ask.PHOTOS)
    return found


def _send(begun: Begun, recipient: Recipient, typed: SendForm) -> SentOn:
    wanted = Wanted(
        recipient.medium, recipient.address, tuple(Ask(each) for each in typed.asked), typed.words
    )
    here = installation()
    with here.database.write() as session:
        return sending_on.send_on(
            session,
            actor(),
            begun.draft.id,
            wanted,
            begun.council,
            begun.written.title,
            here.links,
            clock.now(),
        )


def _count(recipient: Recipient) -> None:
    """Count one link to this recipient. Raises `Refused` (429) over the limit."""
    with installation().database.write() as session:
        allowed = limiting.allowed(
            session, limiting.LINKS_TO_RECIPIENT, recipient.address.lower(), clock.now()
        )
    if not allowed:
        raise Refused(
            429,
            _("We have sent too many links there"),
            (_("Ask them to look for the newest one. You can send another in an hour."),),
            retry_after=limiting.LINKS_TO_RECIPIENT.minutes * 60,
        )


def _page(begun: Begun, form: SendForm) -> ResponseReturnValue:
    context: dict[str, Any] = {
        "service": begun.service,
        "form": form,
        "errors": list(form.wrong.items()),
        "notice": form.notice,
        "action": _url(begun, "ask"),
        "back_url": resume_url(begun),
        "own": [(medium, recipients.shown(medium, address)) for medium, address in _own_ways()],
        "recipient": recipients.typed(),
        "texts": installation().texts_offered,
        "asks": [(each, _(ASK_WORDS[each])) for each in _asks(begun)],
        "longest": LONGEST_WORDS,
    }
    return make_response(render_template("handing/send_on.html", **context), form.status)


def _url(begun: Begun, view: str) -> str:
    parts: dict[str, Any] = {
        "council": begun.council.slug,
        "service": begun.service.slug,
        "draft": begun.draft.id,
    }
    return url_for(f"sending_on.{view}", **parts)
