"""Who may use a route, and what every response carries so that a browser keeps to it.

Each view says who may use it by `@open_to(...)`; a view that does not is refused, and a house test finds it
before that. What is promised there is enforced in one place, `guard`, before the view runs.
"""

import hmac
import secrets
from collections.abc import Callable, MutableMapping
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeVar
from urllib.parse import urlsplit

from flask import Flask, abort, current_app, g, request
from flask.wrappers import Response
from flask_wtf.csrf import generate_csrf, validate_csrf
from wtforms.validators import ValidationError

KILOBYTE = 1024
MEGABYTE = 1024 * KILOBYTE
LOOPBACK = frozenset({"127.0.0.1", "::1"})
SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})
CONTENT_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
    "connect-src 'self'; manifest-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'"
)
ONE_YEAR = 31_536_000


class Who(StrEnum):
    """Who may use a route."""

    ANYONE = "anyone"  # public: nothing on it is anybody's own
    HOLDER = "holder"  # the browser that began the draft; the view loads it by its holder
    LINK = "link"  # whoever has a link that we signed
    BACK_OFFICE = "back_office"  # a caller that signed the body with the connector's secret
    MONITOR = "monitor"  # a caller on this machine, or one with the metrics token


class Csrf(StrEnum):
    """What happens to a POST whose token is missing, foreign or too old."""

    REFUSED = "refused"  # an error page
    ASKED_AGAIN = (
        "asked_again"  # the view runs and looks at `expired()`: it shows its page again, answers kept
    )
    EXEMPT = "exempt"  # no browser session is involved: the caller proves itself otherwise


@dataclass(frozen=True, slots=True)
class Access:
    """What a view declared: who may use it, how it takes to an expired token, its greatest body in bytes."""

    who: Who
    csrf: Csrf = Csrf.REFUSED
    body: int | Callable[[], int] = 256 * KILOBYTE


View = TypeVar("View", bound=Callable[..., object])


def open_to(
    who: Who, *, csrf: Csrf = Csrf.REFUSED, body: int | Callable[[], int] = 256 * KILOBYTE
) -> Callable[[View], View]:
    """Declare who may use a view. Put it directly above the function, below the route's decorator.

    `body` is the greatest body in bytes, or a function that tells it once the address is known.
    """

    def declare(view: View) -> View:
        view.access = Access(who, csrf, body)  # type: ignore[attr-defined]
        return view

    return declare


def access_of(view: object) -> Access | None:
    """What `open_to` declared for a view, or None when it declares nothing."""
    declared = getattr(view, "access", None)
    return declared if isinstance(declared, Access) else None


def guard() -> None:
    """Hold a request to what its view declares, before it runs; a view that declares nothing is shut."""
    if request.endpoint is None:
        return  # no such page: the router's own 404 follows
    if not request.path.isprintable():
        abort(404)  # nothing of ours has such a name, and databases differ in what they make of one
    access = access_of(current_app.view_functions[request.endpoint])
    if access is None:
        abort(403)
    request.max_content_length = access.body() if callable(access.body) else access.body
    if access.who is Who.MONITOR and not _from_monitor():
        abort(404)
    if request.method in SAFE_METHODS or access.csrf is Csrf.EXEMPT:
        return
    g.expired = not (_from_our_page() and _token_holds())
    if g.expired and access.csrf is Csrf.REFUSED:
        abort(400, "expired")


def expired() -> bool:
    """Whether this POST came without a token that still holds, so that nothing may be done on its word."""
    return bool(g.get("expired", True))


def csrf_token() -> str:
    """The token that a form of this visitor carries; also makes the visitor's session if there is none."""
    return str(generate_csrf())


def nonce() -> str:
    """An unguessable value for one use."""
    return secrets.token_urlsafe(32)


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


def headers(secure: bool) -> dict[str, str]:
    """What every response carries. `secure` when residents come by https."""
    always = {
        "Content-Security-Policy": CONTENT_POLICY,
        "X-Content-Type-Options": "nosniff",
        "Referrer-Policy": "same-origin",
        "Permissions-Policy": "geolocation=(self), camera=(), microphone=(), payment=(), usb=()",
        "Cross-Origin-Opener-Policy": "same-origin",
        "Cross-Origin-Resource-Policy": "same-origin",
        "X-Frame-Options": "DENY",
    }
    if secure:
        always["Strict-Transport-Security"] = f"max-age={ONE_YEAR}; includeSubDomains"
    return always


def add_headers(response: Response) -> Response:
    """Put the headers on a response, leaving what a view set; no cache keeps it unless a view says so."""
    for name, value in headers(bool(current_app.config["SESSION_COOKIE_SECURE"])).items():
        response.headers.setdefault(name, value)
    response.headers.setdefault("Cache-Control", "no-store")
    return response


def add_static_headers(secure: bool) -> Callable[[MutableMapping[str, str], str, str], None]:
    """The same headers for files that are served without asking Flask."""

    def add(kept: MutableMapping[str, str], _path: str, _url: str) -> None:
        for name, value in headers(secure).items():
            kept[name] = value

    return add


def install(app: Flask) -> None:
    """Make an application hold to all this."""
    app.before_request(guard)
    app.after_request(add_headers)
    app.jinja_env.globals["csrf_token"] = csrf_token
