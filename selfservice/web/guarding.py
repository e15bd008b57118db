"""Holds every request to what its view declares, before the view runs: one place, whoever asks and for whatever."""

import hmac
from urllib.parse import quote, urlsplit

from flask import Flask, abort, current_app, g, redirect, request
from flask.typing import ResponseReturnValue
from flask_wtf.csrf import validate_csrf
from wtforms.validators import ValidationError

from selfservice.domain.people import Verification
from selfservice.domain.signing_in import Helping
from selfservice.web import standing
from selfservice.web.errors import Refused, not_checked, signed_out
from selfservice.web.languages import _
from selfservice.web.security import SAFE_METHODS, Access, Csrf, Who, access_of, add_headers, csrf_token

LOOPBACK = frozenset({"127.0.0.1", "::1"})
SIGN_IN, SECOND_FACTOR = "/account/sign-in", "/account/second-factor"
STAFF_SIGN_IN, STAFF_SECOND_FACTOR = "/staff/sign-in", "/staff/second-factor"
OF_ACCOUNTS = frozenset({Who.ACCOUNT, Who.HALF_ACCOUNT})
OF_STAFF = frozenset({Who.STAFF, Who.HALF_STAFF})


def guard() -> ResponseReturnValue | None:
    """Hold a request to what its view declares; a view that declares nothing is shut."""
    if request.endpoint is None:
        return None  # no such page: the router's own 404 follows
    if not request.path.isprintable():
        abort(404)  # nothing of ours has such a name, and databases differ in what they make of one
    access = access_of(current_app.view_functions[request.endpoint])
    if access is None:
        abort(403)
    request.max_content_length = access.body() if callable(access.body) else access.body
    if access.who is Who.MONITOR and not _from_monitor():
        abort(404)
    elsewhere = _for_staff(access) if access.who in OF_STAFF else _for_customer(access)
    if elsewhere is not None:
        return elsewhere
    if request.method in SAFE_METHODS or access.csrf is Csrf.EXEMPT:
        return None
    g.expired = not (_from_our_page() and _token_holds())
    if g.expired and access.csrf is Csrf.REFUSED:
        abort(400, "expired")
    return None


def _for_staff(access: Access) -> ResponseReturnValue | None:
    """Where a page of staff leads whoever may not use it; None for who may. Raises `Refused` for another role."""
    member = standing.staff_signed_in()
    if member is None:
        return _ask_to_sign_in(STAFF_SIGN_IN)
    if not member.whole:
        return None if access.who is Who.HALF_STAFF else redirect(_with_next(STAFF_SECOND_FACTOR), 303)
    if access.who is Who.HALF_STAFF:
        return redirect("/staff/", 303)
    if not any(member.has(role) for role in access.roles):
        raise Refused(
            403,
            _("This page is not for your role"),
            (_("If you need it for your work, ask your supervisor to have your roles changed."),),
            link=(_("Your work"), "/staff/"),
        )
    return None


def _for_customer(access: Access) -> ResponseReturnValue | None:
    """Where a page of an account leads whoever may not use it; None for who may, and for pages of nobody's own."""
    helped = standing.helping()
    if helped is not None:
        _for_helper(access, helped)
        return None
    if access.who not in OF_ACCOUNTS:
        return None
    if standing.staff_signed_in() is not None:
        raise Refused(
            403,
            _("You are signed in as staff"),
            (_("Start to help a customer first, or sign out to use an account of your own."),),
            link=(_("Go to your desk"), "/desk/"),
        )
    person = standing.signed_in()
    if person is None:
        return _ask_to_sign_in(SIGN_IN)
    if not person.whole:
        return None if access.who is Who.HALF_ACCOUNT else redirect(_with_next(SECOND_FACTOR), 303)
    return redirect("/account/", 303) if access.who is Who.HALF_ACCOUNT else None


def _for_helper(access: Access, helped: Helping) -> None:
    """Let an agent pass who is helping a customer. Raises `Refused` where only the customer may be, and at the record
    of somebody whom nobody has checked."""
    if not access.while_acting:
        raise Refused(
            403,
            _("You cannot do this for somebody else"),
            (
                _("Sign-in details, copies of all we hold, and deleting an account are the customer’s own."),
                _("They can do it themselves when they have signed in."),
            ),
            link=(_("Go to your desk"), "/desk/"),
        )
    if access.who in OF_ACCOUNTS and helped.verification < Verification.BASIC:
        raise not_checked()


def _ask_to_sign_in(address: str) -> ResponseReturnValue:
    """Lead to the page that asks to sign in; a post is answered with what was typed, so that it is not lost."""
    if request.method not in SAFE_METHODS:
        return signed_out(address)
    return redirect(_with_next(address), 303)


def _with_next(address: str) -> str:
    return f"{address}?next={quote(request.full_path.rstrip('?'))}" if request.method == "GET" else address


def _token_holds() -> bool:
    try:
        validate_csrf(request.form.get("csrf_token", ""))
    except ValidationError:
        return False
    return True


def _from_our_page() -> bool:
    """Whether the browser says that this POST came from a page of ours; one that says nothing is believed."""
    if request.headers.get("Sec-Fetch-Site", "same-origin") not in {"same-origin", "none"}:
        return False
    origin = request.headers.get("Origin")
    return origin is None or urlsplit(origin).netloc == request.host


def _from_monitor() -> bool:
    token = str(current_app.config["METRICS_TOKEN"])
    if not token:  # what a proxy on this machine passes on comes from elsewhere
        passed_on = {"X-Forwarded-For", "Forwarded", "X-Real-Ip"} & set(request.headers.keys())
        return request.remote_addr in LOOPBACK and not passed_on
    given = request.headers.get("Authorization", "").removeprefix("Bearer ")
    return hmac.compare_digest(given.encode(), token.encode())


def install(app: Flask) -> None:
    """Make an application hold to all this."""
    app.before_request(guard)
    app.after_request(add_headers)
    app.jinja_env.globals["csrf_token"] = csrf_token
