"""What goes on now: the contacts of agents, those that wait for a colleague, and what waits for a decision."""

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from selfservice import clock
from selfservice.domain.contact import ContactState
from selfservice.domain.marking import gettext_noop
from selfservice.domain.people import Role
from selfservice.operations import approving, supervising
from selfservice.web.languages import _
from selfservice.web.security import Who, open_to
from selfservice.web.session import installation
from selfservice.web.supervise.room import (
    chosen_council,
    councils_of,
    given,
    service_titles,
    supervisor,
)

blueprint = Blueprint("supervise_live", __name__)

# What a page before has done, by the code in the address.
SAID = {
    "granted": gettext_noop("They may open the record for half an hour."),
    "refused": gettext_noop("They were told no."),
    "decided": gettext_noop("Somebody had decided it before you, or it had waited for too long."),
}


@blueprint.get("/supervise/")
@open_to(Who.STAFF, Role.SUPERVISOR, Role.SERVICE_OWNER, Role.AUDITOR)
def live() -> ResponseReturnValue:
    """Contacts that go on or wait, without anybody's name but agents', and what supervisors have to decide."""
    council, actor, now = chosen_council(), supervisor(), clock.now()
    with installation().database.read() as session:
        contacts = supervising.live(session, actor, council, now)
        asked = approving.waiting(session, actor, now)
    said = SAID.get(request.args.get("said", ""))
    return render_template(
        "supervise/live.html",
        **given("live"),
        now=now,
        active=[each for each in contacts if each.state is ContactState.ACTIVE],
        paused=[each for each in contacts if each.state is ContactState.PAUSED],
        handed=[each for each in contacts if each.state is ContactState.HANDED],
        asked=[each for each in asked if council in (None, each.council)],
        decides=bool(actor.councils_as(Role.SUPERVISOR)),
        titles=service_titles(),
        councils=councils_of(),
        chosen=council or "",
        most=supervising.MOST_LISTED if len(contacts) == supervising.MOST_LISTED else 0,
        notice=_(said) if said else None,
    )
