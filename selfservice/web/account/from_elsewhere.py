"""An account elsewhere by which somebody came whom nobody here is: kept in the browser until they open an account.

Only for a few minutes, and shown to whoever is there: the next person at a shared computer must not be given it.
"""

from typing import Any

from flask import session

from integrations.identity.openid import Identity
from selfservice import clock
from selfservice.operations import elsewhere

KEPT = "from_elsewhere"  # in the browser's session, which is emptied as somebody signs in or out
GOOD_MINUTES = 10


def keep(identity: Identity, label: str) -> None:
    """Keep who came, with the name and the address that were told of them."""
    session[KEPT] = {
        "identity": elsewhere.as_kept(identity, label),
        "name": identity.name or "",
        "email": identity.email or "",
        "until": int(clock.now().timestamp()) + GOOD_MINUTES * 60,
    }


def told() -> dict[str, Any]:
    """What is kept: "identity", "name" and "email"; nothing once it is too old."""
    kept: dict[str, Any] = session.get(KEPT, {})
    if kept.get("until", 0) > clock.now().timestamp():
        return kept
    drop()
    return {}


def drop() -> None:
    """Keep nothing."""
    session.pop(KEPT, None)
