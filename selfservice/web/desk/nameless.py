"""Helping somebody who need not say who they are, where the service asks for nothing of the kind."""

from flask import Blueprint, redirect
from flask.typing import ResponseReturnValue

from selfservice import clock
from selfservice.domain.people import Role, Verification
from selfservice.operations import contacts
from selfservice.web.desk import finding, onward
from selfservice.web.desk.room import agent_in, going, needed, turn
from selfservice.web.desk.telling_why import read
from selfservice.web.security import Csrf, Who, expired, open_to
from selfservice.web.session import installation

blueprint = Blueprint("desk_nameless", __name__)


@blueprint.post("/desk/nameless")
@open_to(Who.STAFF, Role.AGENT, csrf=Csrf.ASKED_AGAIN)
def help_somebody() -> ResponseReturnValue:
    """Begin to help somebody without a name: what they send is followed by its reference alone."""
    contact = going()
    if contact is None or needed(contact) is not Verification.NONE:
        return redirect("/desk/", 303)
    why = read(contact)
    if expired() or why.reason is None or why.consent is None:
        return finding.page_again(contact, why)
    with installation().database.write() as session:
        contacts.help_customer(session, agent_in(contact), None, why.reason, why.consent, clock.now())
    turn()
    return onward.to_form(contact, why.reason)
