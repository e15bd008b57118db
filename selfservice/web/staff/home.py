"""Where a member of staff sees what their roles are good for, and signs out."""

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from selfservice.domain.people import Role
from selfservice.web import standing
from selfservice.web.languages import _, gettext_noop
from selfservice.web.security import Who, open_to
from selfservice.web.session import installation
from selfservice.web.staff.entering import DESK, HOME, SUPERVISE, SUPERVISING
from selfservice.web.staff.security import EVERY_ROLE

blueprint = Blueprint("staff_home", __name__)

ROLES = {
    Role.AGENT: (gettext_noop("Agent"), gettext_noop("You help customers with their forms, at the desk.")),
    Role.SUPERVISOR: (
        gettext_noop("Supervisor"),
        gettext_noop("You see the work of agents, and approve what needs a second person."),
    ),
    Role.OPERATOR: (
        gettext_noop("Operator"),
        gettext_noop("You look after what is sent to back offices."),
    ),
    Role.SERVICE_OWNER: (
        gettext_noop("Service owner"),
        gettext_noop("You see how services are used, and how long they take."),
    ),
    Role.AUDITOR: (gettext_noop("Auditor"), gettext_noop("You read the record of who did what, and why.")),
}


@blueprint.get(HOME)
@open_to(Who.STAFF, *EVERY_ROLE)
def show() -> ResponseReturnValue:
    """The roles, each with its councils, and the pages that they open."""
    member = standing.staff_signed_in()
    assert member is not None, "guarding lets nobody in who is not signed in"
    councils = installation().councils
    rows = []
    for role, (title, words) in ROLES.items():
        at = [council.name for slug, council in councils.items() if (slug, role) in member.roles]
        if at:
            rows.append((_(title), at, _(words)))
    return render_template(
        "staff/home.html",
        rows=rows,
        desk=DESK if member.has(Role.AGENT) else None,
        supervise=SUPERVISE if any(member.has(role) for role in SUPERVISING) else None,
    )
