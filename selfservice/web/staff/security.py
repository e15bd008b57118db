"""The second factors of the member of staff who is signed in. They always keep one."""

from flask import Blueprint
from flask.typing import ResponseReturnValue

from selfservice.domain.people import Role
from selfservice.web.factors import pages
from selfservice.web.factors.room import Room
from selfservice.web.security import Who, open_to
from selfservice.web.staff import entering
from selfservice.web.standing import STAFF_COOKIE

blueprint = Blueprint("staff_security", __name__)

PATH, PROVE = "/staff/security", "/staff/prove"
EVERY_ROLE = tuple(Role)
ROOM = Room(STAFF_COOKIE, PATH, entering.own_council, prove=PROVE, after=PATH)


@blueprint.get(PATH)
@open_to(Who.STAFF, *EVERY_ROLE)
def show() -> ResponseReturnValue:
    """What is set up."""
    return pages.show(ROOM)


pages.install(blueprint, ROOM, open_to(Who.STAFF, *EVERY_ROLE), pages.CHANGES)
