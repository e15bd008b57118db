"""Why an agent cannot help somebody, said so that they know what to do instead; a supervisor may be asked."""

from flask import Blueprint, make_response, redirect, render_template, request
from flask.typing import ResponseReturnValue

from selfservice import clock
from selfservice.domain.contact import Contact
from selfservice.domain.marking import gettext_noop
from selfservice.domain.people import Role
from selfservice.operations import approving
from selfservice.operations.approving import Decision
from selfservice.operations.assisting import CannotHelp
from selfservice.web.actors import staff_actor
from selfservice.web.desk.room import agent_in, given, going
from selfservice.web.errors import Refused
from selfservice.web.languages import _
from selfservice.web.security import Who, open_to
from selfservice.web.session import installation

blueprint = Blueprint("desk_cannot", __name__)

# By the code of `CannotHelp`: a heading and what to do.
WORDS = {
    "self": (
        gettext_noop("This is your own record"),
        gettext_noop(
            "Nobody deals with their own record. Sign out and use My Account, or call us as anybody does."
        ),
    ),
    "staff": (
        gettext_noop("This is the record of a colleague"),
        gettext_noop(
            "Ask them to use My Account themselves. If they cannot, your supervisor will find a way."
        ),
    ),
    "household": (
        gettext_noop("This is somebody of your own household"),
        gettext_noop(
            "Hand this contact to a colleague. Nobody deals with the record of somebody they live with."
        ),
    ),
    "restricted": (
        gettext_noop("This record is restricted"),
        gettext_noop("A supervisor must agree before you open it. They agree for half an hour."),
    ),
}


def page(contact: Contact, customer: str, why: str, error: str = "") -> ResponseReturnValue:
    """The page that says why not. Raises `Refused` (404) for a customer whom the agent does not know."""
    if why == "no_contact":
        return redirect("/desk/", 303)
    if why not in WORDS:
        raise Refused(
            404,
            _("We cannot find this customer"),
            (_("They may be a customer of another council, or have asked us to forget them."),),
            link=(_("Search again"), "/desk/find"),
        )
    heading, words = WORDS[why]
    decision = _decision(customer) if why == "restricted" else Decision.NONE
    return make_response(
        render_template(
            "desk/cannot.html",
            **given(),
            contact=contact,
            customer=customer,
            heading=_(heading),
            words=_(words),
            asks=why == "restricted" and decision in (Decision.NONE, Decision.REFUSED),
            decision=decision,
            errors=[("reason", error)] if error else [],
        ),
        422 if error else 403,
    )


@blueprint.post("/desk/customers/<customer>/ask")
@open_to(Who.STAFF, Role.AGENT)
def ask(customer: str) -> ResponseReturnValue:
    """Ask a supervisor for leave to open a restricted record."""
    contact, reason = going(), request.form.get("reason", "").strip()
    if contact is None:
        return redirect("/desk/", 303)
    if not reason:
        return page(contact, customer, "restricted", _("Enter why you need to open it"))
    try:
        with installation().database.write() as session:
            approving.ask(session, agent_in(contact), customer, reason, clock.now())
    except CannotHelp as refused:
        return page(contact, customer, refused.why)
    return redirect(f"/desk/customers/{customer}", 303)


def _decision(customer: str) -> Decision:
    with installation().database.look() as session:
        return approving.decision(session, staff_actor(), customer, clock.now())
