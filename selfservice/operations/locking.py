"""Wrong tries in a row: after so many, a way in is shut for a while, whoever stands before it.

It is counted by what was typed, whether or not anybody is known by it, so that a way which is shut says nothing of
who has an account. A try is counted before it is looked at: many at once are no way round it.
"""

import hashlib
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum

from sqlalchemy.orm import Session

from selfservice.store import limits


@dataclass(frozen=True, slots=True)
class Lock:
    """Shuts after `most` tries in a row for `minutes`; `name` keeps one lock's counts apart."""

    name: str
    most: int
    minutes: int


class Standing(StrEnum):
    """How a way in stands for a try that is being made."""

    OPEN = "open"
    LAST = "last"  # shut from now on, unless this try is right
    SHUT = "shut"


PASSWORD = Lock("password", most=10, minutes=15)


def try_once(session: Session, lock: Lock, subject: str, now: datetime) -> Standing:
    """Count one try for `subject` (an address: kept as a hash). Commit before the try is looked at."""
    run, shut = _key(lock, "run", subject), _key(lock, "shut", subject)
    since = now - timedelta(minutes=lock.minutes)
    if limits.counted_since(session, shut, since):
        return Standing.SHUT
    tries = limits.count_one_more(session, run, _day(now))
    if limits.counted_since(session, shut, since):  # by another, for whom the count had to wait
        return Standing.SHUT
    if tries < lock.most:
        return Standing.OPEN
    limits.forget(session, run)
    limits.count_one_more(session, shut, now)
    return Standing.LAST


def forgive(session: Session, lock: Lock, subject: str) -> None:
    """Begin to count anew: this try was right."""
    limits.forget(session, _key(lock, "run", subject), _key(lock, "shut", subject))


def _key(lock: Lock, what: str, subject: str) -> str:
    return hashlib.sha256(f"{lock.name} {what}\0{subject.casefold()}".encode()).hexdigest()


def _day(now: datetime) -> datetime:
    return now.astimezone(UTC).replace(hour=0, minute=0, second=0, microsecond=0)
