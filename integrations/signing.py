"""Signs and checks what back offices push to us: HMAC-SHA256 over the moment and the raw body."""

import hashlib
import hmac
from collections.abc import Sequence
from datetime import datetime

HEADER = "X-Selfservice-Signature"
SECONDS_BELIEVED = 300
LIVE_SECRETS = 2


def sign(secret: str, at: int, body: bytes) -> str:
    """The header's value for `body` sent at `at`, in whole seconds since 1970: `t=<at>,v1=<hex>`."""
    return f"t={at},v1={_digest(secret, str(at), body)}"


def verify(secrets: Sequence[str], header: str | None, body: bytes, now: datetime | float) -> bool:
    """Whether `header` signs exactly these bytes with one of our live secrets, within 300 seconds of `now`.

    The first two secrets are live, so that one can be changed without losing news; empty ones never count.
    A header may carry several `v1` (the other side changing its secret); one that fits is enough.
    """
    moment, signatures = _parts(header or "")
    if not moment.isascii() or not moment.isdigit() or len(moment) > 12:
        return False
    seconds = now.timestamp() if isinstance(now, datetime) else now
    if abs(seconds - int(moment)) > SECONDS_BELIEVED:
        return False
    known = [_digest(secret, moment, body) for secret in secrets[:LIVE_SECRETS] if secret]
    # Every pair is compared, so that the time taken says nothing about which one fitted.
    fits = [hmac.compare_digest(ours.encode(), theirs.encode()) for ours in known for theirs in signatures]
    return any(fits)


def _digest(secret: str, moment: str, body: bytes) -> str:
    return hmac.new(secret.encode(), moment.encode("ascii") + b"." + body, hashlib.sha256).hexdigest()


def _parts(header: str) -> tuple[str, list[str]]:
    moment = ""
    signatures: list[str] = []
    for part in header.split(",")[:8]:
        name, _, value = part.strip().partition("=")
        if name == "t":
            moment = value
        elif name == "v1":
            signatures.append(value)
    return moment, signatures
