"""An agent takes a form by the code that its owner tells them, and says who somebody without a name is."""

from dataclasses import dataclass, field
from datetime import datetime

from flask import Blueprint, make_response, redirect, render_template, request
from flask.typing import ResponseReturnValue

from selfservice import clock
from selfservice.domain.contact import CHANNELS
from selfservice.domain.marking import gettext_noop
from selfservice.domain.people import Channel, Role
from selfservice.operations import handing_over, limiting, recognising, who_has_it
from selfservice.operations.assisting import CannotHelp
from selfservice.operations.desks import Desk
from selfservice.operations.handing_over import Taken
from selfservice.operations.who_has_it import PassedOn
from selfservice.web import begun, saving, standing
from selfservice.web.actors import staff_actor
from selfservice.web.desk import cannot, onward
from selfservice.web.desk.room import agent_by, agent_in, channel_words, going
from selfservice.web.languages import _, services_in_language
from selfservice.web.security import Csrf, Who, expired, open_to
from selfservice.web.session import installation

blueprint = Blueprint("desk_handing", __name__)

SAME, ANOTHER = "same", "another"
OPEN_AGAIN = gettext_noop("This page had been open for a long time. Press “Open the form” once more.")
# Why a code opened nothing, by the reason that the operation gives; beside the code, but for the last.
WORDS = {
    "wrong": gettext_noop("This is not a code that is open. Ask them to read it again, one figure at a time"),
    "locked": gettext_noop(
        "You have entered too many wrong codes, so that none is taken from you for %(minutes)s minutes"
    ),
    "self": gettext_noop("This is a form of your own. Nobody helps themselves"),
    "staff": gettext_noop("This is a form of a colleague. Your supervisor will find a way"),
    "household": gettext_noop("This is a form of somebody of your own household. Hand this to a colleague"),
    "restricted": gettext_noop(
        "The record of whoever’s form this is is restricted. Find the customer, and ask your supervisor"
    ),
    "another": gettext_noop("This is somebody else’s form. To open it, stop helping whom you are helping"),
}


@dataclass(frozen=True, slots=True)
class CodeForm:
    """What was chosen on the form that takes a code, and what is wrong with it, by html id. No code is given back."""

    whose: str = ""
    channel: str = Channel.PHONE
    wrong: dict[str, str] = field(default_factory=dict)
    notice: str = ""
    status: int = 200


@blueprint.get("/desk/handover")
@open_to(Who.STAFF, Role.AGENT)
def ask() -> ResponseReturnValue:
    """Ask for the code that somebody has who wants help with their form."""
    return _page(CodeForm())


@blueprint.post("/desk/handover")
@open_to(Who.STAFF, Role.AGENT, csrf=Csrf.ASKED_AGAIN)
def take() -> ResponseReturnValue:
    """Take the form of the code, and go on where it stands."""
    chosen, code = _chosen(), request.form.get("code", "").strip()[:40]
    if expired():
        return _page(CodeForm(chosen.whose, chosen.channel, notice=_(OPEN_AGAIN), status=400))
    wrong = {}
    if not code:
        wrong["code"] = _("Enter the six-digit code")
    if standing.helping() is not None and not chosen.whose:
        wrong["whose"] = _("Select whose form it is")
    if wrong:
        return _page(CodeForm(chosen.whose, chosen.channel, wrong, status=422))
    taken = _take(code, chosen)
    if taken.draft_id is None:
        at = "whose" if taken.why == "another" else "code"
        words = _(WORDS[taken.why], minutes=limiting.HANDOVER_CODES.minutes)
        return _page(CodeForm(chosen.whose, chosen.channel, {at: words}, status=422))
    standing.turned()
    held = begun.load(taken.council, taken.service, taken.draft_id)
    return redirect(saving.resume_url(held), 303)


@blueprint.post("/desk/customers/<customer>/recognise")
@open_to(Who.STAFF, Role.AGENT)
def recognise(customer: str) -> ResponseReturnValue:
    """Say that it is this customer who is being helped without a name, and go on with their form."""
    contact = going()
    if contact is None:
        return redirect("/desk/", 303)
    try:
        with installation().database.write() as session:
            recognising.recognise(session, agent_in(contact), customer, clock.now())
    except CannotHelp as refused:
        if refused.why == "named":  # another tab has said so already, or has stopped
            return redirect(f"/desk/customers/{customer}", 303)
        return cannot.page(contact, customer, refused.why)
    standing.turned()
    return onward.to_draft() or redirect(f"/desk/customers/{customer}", 303)


def passed_on(desk: Desk) -> dict[str, list[tuple[str, datetime, bool]]]:
    """What was sent on to customers in the contacts of a desk, by the contact's id: a title, since when it stands so,
    and whether the customer has it."""
    shown = [*filter(None, [desk.active]), *desk.paused, *desk.handed_to_me, *desk.recent]
    with installation().database.look() as session:
        found = who_has_it.passed_on(session, [contact.id for contact in shown], clock.now())
    return {
        contact: [(_title(each), each.taken_at or each.sent_at, each.taken_at is not None) for each in passed]
        for contact, passed in found.items()
    }


def _title(passed: PassedOn) -> str:
    service = services_in_language(passed.council).get(passed.service)
    return str(service.title) if service else ""


def _chosen() -> CodeForm:
    whose, channel = request.form.get("whose", ""), request.form.get("channel", Channel.PHONE)
    return CodeForm(
        whose if whose in (SAME, ANOTHER) else "",
        channel if channel in CHANNELS else Channel.PHONE,
    )


def _take(code: str, chosen: CodeForm) -> Taken:
    here, contact = installation(), going()
    agent = agent_in(contact) if contact else agent_by(Channel(chosen.channel))
    with here.database.write() as session:
        return handing_over.take(
            session,
            agent,
            code,
            here.links,
            clock.now(),
            for_same=chosen.whose == SAME,
            channel=Channel(chosen.channel),
        )


def _page(form: CodeForm) -> ResponseReturnValue:
    agent, now = staff_actor(), clock.now()
    with installation().database.look() as session:
        has_contact = handing_over.has_contact(session, agent, now)
    return make_response(
        render_template(
            "desk/handover.html",
            form=form,
            errors=list(form.wrong.items()),
            notice=form.notice,
            channels=[] if has_contact else [(each, channel_words(each)) for each in CHANNELS],
            helped=standing.helping(),
        ),
        form.status,
    )
