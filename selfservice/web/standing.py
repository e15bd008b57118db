"""Who is signed in by this request's cookies: asked once, of the server's own rows; no cookie says more than a secret.

A browser has one standing: signing in as staff ends a resident's sign-in there, and the other way round.
"""

from collections.abc import Callable
from typing import TypeVar

from flask import Flask, current_app, g, request, session
from flask.wrappers import Response

from selfservice import clock
from selfservice.domain.signing_in import NOTED_EVERY, RESIDENTS, STAFF, Helping, SignedIn, StaffSignedIn
from selfservice.operations import sign_ins
from selfservice.web.session import installation

ACCOUNT, STAFF_COOKIE = "account", "staff"
LONGEST_SECRET = 100
Found = TypeVar("Found", SignedIn, StaffSignedIn)


def signed_in() -> SignedIn | None:
    """The customer who is signed in in this browser, perhaps but half."""
    if "signed_in" not in g:
        g.signed_in = None if staff_signed_in() else _found(ACCOUNT, sign_ins.resident)
    return g.signed_in  # type: ignore[no-any-return]  # flask.g holds anything


def staff_signed_in() -> StaffSignedIn | None:
    """The member of staff who is signed in in this browser, perhaps but half, and whom they are helping."""
    if "staff_signed_in" not in g:
        g.staff_signed_in = _found(STAFF_COOKIE, sign_ins.member_of_staff)
    return g.staff_signed_in  # type: ignore[no-any-return]  # flask.g holds anything


def helping() -> Helping | None:
    """The customer whom the member of staff at this browser is acting for."""
    member = staff_signed_in()
    return member.helping if member and member.whole else None


def secret_of(kind: str) -> str:
    """The secret of this browser's cookie of a kind, or the one it is given with this answer; "" without one."""
    given = str(g.get("cookies", {}).get(kind, request.cookies.get(cookie_name(kind), "")))
    return given if len(given) <= LONGEST_SECRET else ""


def let_in(kind: str, secret: str) -> None:
    """Give this browser a secret of its own with the answer, and nothing of what it had before."""
    _anew()
    g.cookies = {kind: secret, _other(kind): ""}


def renewed(kind: str, secret: str) -> None:
    """Give this browser the secret that takes the place of its own, and no form that stood before counts any more."""
    g.cookies = {kind: secret}
    turned()


def let_out() -> None:
    """Take from this browser, with the answer, all by which it was known: it is a stranger's from now on."""
    _anew()
    g.cookies = {ACCOUNT: "", STAFF_COOKIE: ""}
    g.clear_browser = True


def turned() -> None:
    """The standing, or whom they help, is another from now on: no form of before, in whatever tab, counts any more."""
    session.pop("csrf_token", None)
    g.pop("csrf_token", None)
    _forget_standing()


def look_again() -> None:
    """Ask the rows anew who is signed in and whom they help: this request has just changed it."""
    _forget_standing()


def clear_browser() -> None:
    """Have the browser drop with this answer what it keeps of the customer who was helped."""
    g.clear_browser = True


def cookie_name(kind: str) -> str:
    """What the cookie of a kind is called: with https one that no other host can set."""
    return f"__Host-{kind}" if current_app.config["SESSION_COOKIE_SECURE"] else f"selfservice-{kind}"


def install(app: Flask) -> None:
    """Set the cookies with each answer that changes them, and note that a sign-in is in use."""
    app.after_request(_set_cookies)


def _set_cookies(response: Response) -> Response:
    for kind, secret in g.get("cookies", {}).items():
        _set(response, kind, secret)
    if g.get("clear_browser"):
        response.headers["Clear-Site-Data"] = '"cache"'
    return response


def _set(response: Response, kind: str, secret: str) -> None:
    name, secure = cookie_name(kind), bool(current_app.config["SESSION_COOKIE_SECURE"])
    if not secret:
        if name in request.cookies:
            response.delete_cookie(name, secure=secure, httponly=True, samesite="Lax")
        return
    length = STAFF if kind == STAFF_COOKIE else RESIDENTS
    response.set_cookie(name, secret, max_age=length.most, secure=secure, httponly=True, samesite="Lax")


def _anew() -> None:
    """Forget what this browser was known by, with its token for forms; not the language that its reader chose."""
    chosen = session.get("language")
    session.clear()
    if chosen:
        session["language"] = chosen
    g.pop("csrf_token", None)
    _forget_standing()


def _forget_standing() -> None:
    for name in ("signed_in", "staff_signed_in"):
        g.pop(name, None)


def _other(kind: str) -> str:
    return ACCOUNT if kind == STAFF_COOKIE else STAFF_COOKIE


def _found(kind: str, find: Callable[..., Found | None]) -> Found | None:
    secret = secret_of(kind)
    if not secret:
        return None
    here, now = installation(), clock.now()
    with here.database.look() as looking:
        found = find(looking, secret, now)
    if found is not None and now - found.seen_at >= NOTED_EVERY:
        with here.database.write() as noting:
            sign_ins.note_use(noting, secret, now)
    return found
