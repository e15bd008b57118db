"""The desk itself: a form for the next contact, the one that is going on, and those that wait."""

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from selfservice import clock
from selfservice.domain.marking import gettext_noop
from selfservice.domain.people import Role
from selfservice.operations import contacts, desks
from selfservice.web.actors import staff_actor
from selfservice.web.desk.handing import passed_on
from selfservice.web.desk.room import given, going
from selfservice.web.desk.starting import StartForm, told
from selfservice.web.desk.wrapping import outcomes
from selfservice.web.languages import _
from selfservice.web.security import Who, open_to
from selfservice.web.session import installation

blueprint = Blueprint("desk_home", __name__)

# What a page before has done, by the code in the address.
SAID = {
    "wrapped-up": gettext_noop("The contact is wrapped up."),
    "stopped-before": gettext_noop("You had stopped helping them already, in another tab."),
    "again": gettext_noop("That page had been open for too long. You are still helping."),
    "no-colleague": gettext_noop("Choose the colleague to hand it to."),
    "not-helped": gettext_noop("You have the contact again, but you may not help its customer now."),
}


@blueprint.get("/desk/")
@open_to(Who.STAFF, Role.AGENT)
def desk() -> ResponseReturnValue:
    """Everything on the agent's desk."""
    going()  # one that lay idle is paused by now
    agent, now = staff_actor(), clock.now()
    with installation().database.read() as session:
        found = desks.desk(session, agent, now)
        colleagues = contacts.colleagues(session, agent, found.active.council) if found.active else ()
    said = SAID.get(request.args.get("said", ""))
    return render_template(
        "desk/index.html",
        **given(),
        form=StartForm(told({})),
        desk=found,
        colleagues=colleagues,
        passed_on=passed_on(found),
        outcome_words=dict(outcomes()) | {"": ""},
        notice=_(said) if said else None,
        errors=[],
    )
