"""What every way of signing in as staff shares: who asks from where, how a browser is let in, and where it leads."""

from collections.abc import Collection

from flask import redirect, request
from flask.typing import ResponseReturnValue

from selfservice.domain.council import Council
from selfservice.domain.people import Role
from selfservice.operations import staffing
from selfservice.operations.challenging import Asker
from selfservice.web import browser_name, standing
from selfservice.web.guarding import STAFF_SECOND_FACTOR
from selfservice.web.next_page import with_next
from selfservice.web.session import address, holder, installation

HOME, DESK, SUPERVISE = "/staff/", "/desk/", "/supervise/"
SUPERVISING = frozenset({Role.SUPERVISOR, Role.SERVICE_OWNER, Role.AUDITOR})


def first_council() -> Council:
    """The council that writes where nothing may show whether somebody is known: always the same."""
    return next(iter(installation().councils.values()))


def own_council() -> Council:
    """The council that writes to the member of staff who is signed in: one at which they work."""
    councils = installation().councils
    member = standing.staff_signed_in()
    return councils[staffing.council_for(member.roles if member else (), councils)]


def asker() -> Asker:
    """This browser and its network, as challenges are asked for from them."""
    return Asker(browser=holder(), network=address())


def browser() -> str:
    """What the list of sign-ins calls this browser."""
    return browser_name.named(request.headers.get("User-Agent", ""))


def here_before() -> str | None:
    """The id of the sign-in that this browser has, of staff or a resident: it ends when another begins."""
    found = standing.staff_signed_in() or standing.signed_in()
    return found.id if found else None


def let_in(secret: str, wanted: str) -> ResponseReturnValue:
    """Give the browser its secret, and lead on to the second factor."""
    standing.let_in(standing.STAFF_COOKIE, secret)
    return redirect(with_next(STAFF_SECOND_FACTOR, wanted), 303)


def home_of(roles: Collection[tuple[str, Role]]) -> str:
    """Where somebody with these roles begins to work: at the desk, or where they see others' work."""
    has = {role for _, role in roles}
    if Role.AGENT in has:
        return DESK
    return SUPERVISE if has & SUPERVISING else HOME
