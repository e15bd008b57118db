"""Where somebody wanted to go before they had to sign in: a page of ours, or nowhere."""

import re
from urllib.parse import quote, urlsplit

from flask import request

LONGEST = 500
# Pages that lead back to signing in, or out again.
NOWHERE = re.compile(
    r"/(account|staff)/(sign-(in|up|out)|check-your-messages|link|openid|reset|prove|second-factor|set-up)(/|\Z)"
)


def ours(told: str | None) -> str:
    """The path of ours that `told` is, with its query; "" for anything else, whatever it is made up to look like.

    Only what every reader takes apart in the same way is taken: one slash at its beginning and never two in a row, no
    backslash, no step upwards, and nothing but printable ASCII.
    """
    if not told or len(told) > LONGEST or not told.startswith("/") or "\\" in told:
        return ""
    if not told.isascii() or not told.isprintable() or " " in told:
        return ""
    try:
        parts = urlsplit(told)
    except ValueError:
        return ""
    path = re.split("[?#]", told, maxsplit=1)[0]
    if parts.scheme or parts.netloc or parts.path != path or "//" in path:
        return ""
    return "" if {".", ".."} & set(path.split("/")) or NOWHERE.match(path) else told


def next_here() -> str:
    """The page of ours that this request says to go on to, "" for none."""
    return ours(request.args.get("next"))


def with_next(path: str, wanted: str) -> str:
    """An address that remembers where to go on to."""
    return f"{path}{'&' if '?' in path else '?'}next={quote(wanted)}" if wanted else path


def council_of(told: str) -> str:
    """The first part of a path of ours, which is the slug of a council where it is one's page."""
    return told.lstrip("/").partition("?")[0].partition("/")[0]
