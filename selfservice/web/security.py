"""How a view says who may use it, and what every response carries so that a browser keeps to it.

Each view says so by `@open_to(...)`; a view that does not is refused, and a house test finds it before that. What
is promised there is enforced in one place, `guarding.guard`, before the view runs.
"""

import secrets
from collections.abc import Callable, MutableMapping
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeVar

from flask import current_app, g
from flask.wrappers import Response
from flask_wtf.csrf import generate_csrf

from selfservice.domain.people import Role

KILOBYTE = 1024
MEGABYTE = 1024 * KILOBYTE
SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})
CONTENT_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
    "connect-src 'self'; manifest-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'"
)
ONE_YEAR = 31_536_000


class Who(StrEnum):
    """Who may use a route."""

    ANYONE = "anyone"  # public: nothing on it is anybody's own
    HOLDER = (
        "holder"  # whoever has the draft: a browser, a customer, an agent who helps them; the view loads it
    )
    ACCOUNT = "account"  # a customer who has signed in, or where the view says so an agent who helps them
    HALF_ACCOUNT = "half_account"  # a customer whose second factor is still to come
    STAFF = "staff"  # a member of staff with one of the view's roles
    HALF_STAFF = "half_staff"  # a member of staff whose second factor is still to come
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
    """What a view declared: who may use it, how it takes to an expired token, its greatest body in bytes.

    `roles` are those of which a member of staff must have one, at any council: which councils' things they see is the
    operation's to say. `while_acting` is whether an agent may use it for the customer whom they are helping.
    """

    who: Who
    csrf: Csrf = Csrf.REFUSED
    roles: frozenset[Role] = frozenset()
    while_acting: bool = True
    body: int | Callable[[], int] = 256 * KILOBYTE


View = TypeVar("View", bound=Callable[..., object])


def open_to(
    who: Who,
    *roles: Role,
    csrf: Csrf = Csrf.REFUSED,
    while_acting: bool | None = None,
    body: int | Callable[[], int] = 256 * KILOBYTE,
) -> Callable[[View], View]:
    """Declare who may use a view. Put it directly above the function, below the route's decorator.

    For `Who.STAFF` name the roles, for `Who.ACCOUNT` say whether it is open to an agent who is acting for the
    customer: neither has a default. `body` is the greatest body in bytes, or a function that tells it once the
    address is known. Raises TypeError for a declaration that leaves something undecided.
    """
    if (who is Who.STAFF) != bool(roles):
        raise TypeError("a view is open to staff by roles, and roles are for staff alone")
    if who is Who.ACCOUNT and while_acting is None:
        raise TypeError("say whether a view of an account is open while an agent is acting")
    acting = while_acting if while_acting is not None else who not in (Who.HALF_ACCOUNT, Who.HALF_STAFF)

    def declare(view: View) -> View:
        view.access = Access(who, csrf, frozenset(roles), acting, body)  # type: ignore[attr-defined]
        return view

    return declare


def access_of(view: object) -> Access | None:
    """What `open_to` declared for a view, or None when it declares nothing."""
    declared = getattr(view, "access", None)
    return declared if isinstance(declared, Access) else None


def expired() -> bool:
    """Whether this POST came without a token that still holds, so that nothing may be done on its word."""
    return bool(g.get("expired", True))


def csrf_token() -> str:
    """The token that a form of this visitor carries; also makes the visitor's session if there is none."""
    return str(generate_csrf())


def nonce() -> str:
    """An unguessable value for one use."""
    return secrets.token_urlsafe(32)


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
