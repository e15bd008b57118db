"""The browsers in which an account was signed in to before: each keeps, signed, the ids of its last few accounts.

Whoever signs in where the cookie does not have their account is told of a new sign-in. It opens nothing, and stays
when they sign out: else every sign-in would be news.
"""

from datetime import timedelta

from flask import Response, current_app, request
from itsdangerous import BadData, URLSafeTimedSerializer

MOST = 5
KEPT = timedelta(days=365)
LONGEST = 1000


def accounts() -> frozenset[str]:
    """The ids of the accounts that this browser is known to."""
    return frozenset(_told())


def remember(response: Response, account_id: str) -> None:
    """Let this browser be known to an account from now on."""
    kept = [account_id, *(each for each in _told() if each != account_id)][:MOST]
    response.set_cookie(
        _name(),
        str(_serializer().dumps(kept)),
        max_age=KEPT,
        secure=bool(current_app.config["SESSION_COOKIE_SECURE"]),
        httponly=True,
        samesite="Lax",
    )


def _told() -> list[str]:
    given = request.cookies.get(_name(), "")
    try:
        read = _serializer().loads(given[:LONGEST], max_age=int(KEPT.total_seconds()))
    except BadData:
        return []
    return [str(each) for each in read] if isinstance(read, list) else []


def _serializer() -> URLSafeTimedSerializer:
    config = current_app.config
    return URLSafeTimedSerializer(
        [*reversed(config["SECRET_KEY_FALLBACKS"]), config["SECRET_KEY"]], salt="known"
    )


def _name() -> str:
    return "__Host-known" if current_app.config["SESSION_COOKIE_SECURE"] else "selfservice-known"
