"""A member of staff sets up a second factor at their first sign-in, before anything else opens."""

from collections.abc import Callable
from functools import wraps

from flask import Blueprint, make_response, redirect, render_template
from flask.typing import ResponseReturnValue

from selfservice import clock
from selfservice.operations import staff_entry
from selfservice.web import standing
from selfservice.web.actors import staff_actor
from selfservice.web.factors import keys, pages, proving
from selfservice.web.factors.room import Room
from selfservice.web.guarding import STAFF_SECOND_FACTOR
from selfservice.web.security import Who, open_to
from selfservice.web.session import installation
from selfservice.web.staff import entering
from selfservice.web.staff.second_factor import SET_UP
from selfservice.web.standing import STAFF_COOKIE

blueprint = Blueprint("staff_set_up", __name__)

Page = Callable[[Room], ResponseReturnValue]


def _complete(method: str) -> str | None:
    """Make the sign-in whole: the factor that was just set up was given with that."""
    member = standing.staff_signed_in()
    assert member is not None, "guarding lets nobody in who is not signed in"
    with installation().database.write() as session:
        return staff_entry.complete(session, staff_actor(), member.id, method, clock.now())


ROOM = Room(STAFF_COOKIE, SET_UP, entering.own_council, after=entering.HOME, completes=_complete)


@blueprint.get(SET_UP)
@open_to(Who.HALF_STAFF)
def show() -> ResponseReturnValue:
    """Choose between an app and a passkey."""
    if proving.held(ROOM).any:
        return redirect(STAFF_SECOND_FACTOR, 303)
    drawn = render_template("staff/set_up.html", base=SET_UP, passkeys_offered=keys.offered() is not None)
    return make_response(drawn)


def _at_first_alone(page: Page) -> Page:
    """`page` for whoever has no second factor yet: whoever has one gives it before another is added."""

    @wraps(page)
    def at_first(room: Room) -> ResponseReturnValue:
        if proving.held(room).any:
            return redirect(STAFF_SECOND_FACTOR, 303)
        return page(room)

    return at_first


pages.install(
    blueprint,
    ROOM,
    open_to(Who.HALF_STAFF),
    tuple((name, method, path, _at_first_alone(view)) for name, method, path, view in pages.ADDING),
)
