"""What an agent does with a contact: stop helping, pause, resume, hand over, take, and wrap up."""

from collections.abc import Callable

from flask import Blueprint, make_response, redirect, render_template, request
from flask.typing import ResponseReturnValue

from selfservice import clock
from selfservice.domain.acting import EndedWhy
from selfservice.domain.contact import Contact, Outcome
from selfservice.domain.people import Actor, Role
from selfservice.operations import assisting, contacts, desks
from selfservice.operations.contacts import NotThere, Resumed
from selfservice.web import standing
from selfservice.web.actors import staff_actor
from selfservice.web.desk import onward, wrapping
from selfservice.web.desk.room import agent_in, given, going, gone, turn
from selfservice.web.languages import _
from selfservice.web.security import Csrf, Who, expired, open_to
from selfservice.web.session import installation

blueprint = Blueprint("desk_contact", __name__)

PAUSE = "pause"


@blueprint.post("/desk/stop")
@open_to(Who.STAFF, Role.AGENT, csrf=Csrf.ASKED_AGAIN)
def stop() -> ResponseReturnValue:
    """Stop helping whoever the page's banner names, or pause the contact. In another tab that may be over already."""
    helped = standing.helping()
    if helped is None or request.form.get("helping") != helped.id:
        return redirect("/desk/?said=stopped-before", 303)
    if expired():
        return redirect("/desk/?said=again", 303)
    agent, now = staff_actor(), clock.now()
    with installation().database.write() as session:
        if request.form.get("do") == PAUSE:
            contacts.pause(session, agent, now)
        else:
            assisting.stop(session, agent, EndedWhy.STOPPED, now)
    turn()
    return redirect("/desk/", 303)


@blueprint.post("/desk/pause")
@open_to(Who.STAFF, Role.AGENT)
def pause() -> ResponseReturnValue:
    """Pause the contact that is going on, whoever is helped in it."""
    agent = agent_in(going())
    with installation().database.write() as session:
        contacts.pause(session, agent, clock.now())
    turn()
    return redirect("/desk/", 303)


@blueprint.post("/desk/resume")
@open_to(Who.STAFF, Role.AGENT)
def resume() -> ResponseReturnValue:
    """Go on with a contact: its customer is helped again, where they were."""
    return _go_on(contacts.resume)


@blueprint.post("/desk/take")
@open_to(Who.STAFF, Role.AGENT)
def take() -> ResponseReturnValue:
    """Take over what a colleague has handed to this agent."""
    return _go_on(contacts.take)


@blueprint.post("/desk/hand-over")
@open_to(Who.STAFF, Role.AGENT)
def hand_over() -> ResponseReturnValue:
    """Hand a contact to a colleague."""
    colleague = request.form.get("colleague", "")
    if not colleague:
        return redirect("/desk/?said=no-colleague", 303)
    agent = _agent_in_named()
    try:
        with installation().database.write() as session:
            contacts.hand_over(session, agent, _named(), colleague, clock.now())
    except NotThere:
        raise gone() from None
    turn()
    return redirect("/desk/", 303)


@blueprint.get("/desk/wrap-up")
@open_to(Who.STAFF, Role.AGENT)
def ask() -> ResponseReturnValue:
    """Ask what came of the contact that is going on."""
    contact = going()
    return redirect("/desk/", 303) if contact is None else _ask(contact, wrapping.likely(contact))


@blueprint.post("/desk/wrap-up")
@open_to(Who.STAFF, Role.AGENT, csrf=Csrf.ASKED_AGAIN)
def wrap_up() -> ResponseReturnValue:
    """End the contact with what came of it; nobody is helped any more."""
    outcome, note = request.form.get("outcome", ""), request.form.get("note", "")
    contact = going()
    if contact is not None and contact.id == _named() and (expired() or outcome not in list(Outcome)):
        wrong = _("Select what came of it") if not expired() else ""
        return _ask(contact, outcome, note, wrong)
    if expired() or outcome not in list(Outcome):
        return redirect("/desk/", 303)
    agent = _agent_in_named()
    try:
        with installation().database.write() as session:
            contacts.wrap_up(session, agent, _named(), Outcome(outcome), note, clock.now())
    except NotThere:
        raise gone() from None
    turn()
    return redirect("/desk/?said=wrapped-up", 303)


def _go_on(how: Callable[..., Resumed]) -> ResponseReturnValue:
    agent = _agent_in_named()
    try:
        with installation().database.write() as session:
            resumed = how(session, agent, _named(), clock.now())
    except NotThere:
        raise gone() from None
    turn()
    if resumed.not_helped:
        return redirect("/desk/?said=not-helped", 303)
    return onward.to_where_it_was(resumed)


def _ask(contact: Contact, outcome: str = "", note: str = "", error: str = "") -> ResponseReturnValue:
    return make_response(
        render_template(
            "desk/wrap_up.html",
            **given(),
            contact=contact,
            outcomes=wrapping.outcomes(),
            outcome=outcome,
            note=note,
            errors=[("outcome", error)] if error else [],
        ),
        422 if error else 200,
    )


def _agent_in_named() -> Actor:
    """The agent, by the channel of the contact that the pressed button names, if it is on their desk."""
    with installation().database.look() as session:
        found = desks.desk(session, staff_actor(), clock.now())
    here = (*filter(None, [found.active]), *found.paused, *found.handed_to_me)
    return agent_in(next((each for each in here if each.id == _named()), None))


def _named() -> str:
    """The contact (its id) that the pressed button names."""
    return request.form.get("contact", "")[:40]
