"""Rate limits that every web process shares: so many tries in a window of time, counted in the database."""

import hashlib
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from sqlalchemy.orm import Session

from selfservice.store import limits


@dataclass(frozen=True, slots=True)
class Limit:
    """At most `times` tries within each window of `minutes`; `name` keeps one limit's counts apart."""

    name: str
    times: int
    minutes: int


FIND_BY_ADDRESS = Limit("find-by-address", times=10, minutes=15)
FIND_BY_REFERENCE = Limit("find-by-reference", times=10, minutes=15)
COPIES = Limit("copies", times=30, minutes=15)  # of one browser
COPIES_MAILED = Limit("copies-mailed", times=10, minutes=60)  # to one address
LINKS_BY_ADDRESS = Limit("links-by-address", times=20, minutes=60)
LINKS_TO_RECIPIENT = Limit("links-to-recipient", times=5, minutes=60)
RETURN_TRIES = Limit("return-tries", times=30, minutes=15)  # from one network, whatever the link
RETURN_CODES = Limit("return-codes", times=3, minutes=15)  # sent when asked for, for one link
SIGN_IN_TRIES = Limit("sign-in-tries", times=60, minutes=15)  # by password, from one network
CHALLENGES_BY_NETWORK = Limit("challenges-by-network", times=20, minutes=60)
CHALLENGES_TO_ADDRESS = Limit("challenges-to-address", times=5, minutes=60)  # each has five tries
CHALLENGES_A_DAY = Limit("challenges-a-day", times=20, minutes=24 * 60)  # to one address
CHALLENGE_TRIES = Limit("challenge-tries", times=30, minutes=15)  # from one network, whatever the challenge
HANDOVER_OFFERS = Limit("handover-offers", times=20, minutes=60)  # from one network
HANDOVER_CODES = Limit("handover-codes", times=5, minutes=15)  # wrong ones of one agent, which then lock
NEWS_OF_LOCK = Limit("news-of-lock", times=1, minutes=60)  # to one address
CLAIMS = Limit("claims", times=10, minutes=60)  # asked for by one customer
CLAIMS_OF_REFERENCE = Limit("claims-of-reference", times=5, minutes=60)  # whoever asks for it
CLAIMS_TO_ADDRESS = Limit("claims-to-address", times=5, minutes=60)  # codes for claims, each with five tries
CLAIMS_TO_ADDRESS_A_DAY = Limit("claims-to-address-a-day", times=20, minutes=24 * 60)
CLAIM_TRIES = Limit("claim-tries", times=20, minutes=60)  # codes typed by one customer
MESSAGES = Limit("messages", times=20, minutes=60)  # about one submission
MESSAGES_BY_SENDER = Limit("messages-by-sender", times=60, minutes=60)  # from one network, or by one agent
UPLOADS = Limit("uploads", times=120, minutes=60)
STAFF_TRIES = Limit("staff-tries", times=200, minutes=15)  # from one network: a contact centre has but one
FACTOR_TRIES = Limit("factor-tries", times=10, minutes=15)  # codes of one owner's second factors
FACTOR_TRIES_A_DAY = Limit("factor-tries-a-day", times=40, minutes=24 * 60)
PASSKEY_ANSWERS = Limit("passkey-answers", times=1, minutes=60)  # to one question, by when it was asked


def allowed(session: Session, limit: Limit, subject: str, now: datetime) -> bool:
    """Count one try of `subject` (an address, a reference: kept as a hash) and say whether it is allowed.

    Commits nothing: the count stands once the caller's unit of work does, whatever the try came to.
    """
    return limits.count_one_more(session, _key(limit, subject), _window(limit, now)) <= limit.times


def count_wrong(session: Session, limit: Limit, subject: str, now: datetime) -> bool:
    """Count one wrong try; whether it was one too many within the last `minutes`, and shuts the subject out.

    Unlike `allowed` it looks back from this moment, and has no windows that begin afresh. Have the subject try one
    thing at a time.
    """
    key = _key(limit, subject)
    limits.count_one_more(session, key, now)
    over = limits.counted_since(session, key, now - timedelta(minutes=limit.minutes)) >= limit.times
    if over:
        limits.count_one_more(session, _key(limit, subject, "shut out"), now)
    return over


def shut_out(session: Session, limit: Limit, subject: str, now: datetime) -> bool:
    """Whether too many wrong tries have shut the subject out, for `minutes` from the last of them."""
    key = _key(limit, subject, "shut out")
    return limits.counted_since(session, key, now - timedelta(minutes=limit.minutes)) > 0


def forget_old(session: Session, now: datetime) -> None:
    """Drop counts that no limit looks at any more; for the housekeeping of every day."""
    limits.forget_before(session, now - timedelta(days=1))


def _key(limit: Limit, subject: str, what: str = "") -> str:
    return hashlib.sha256("\0".join((limit.name, subject, *filter(None, [what]))).encode()).hexdigest()


def _window(limit: Limit, now: datetime) -> datetime:
    seconds = limit.minutes * 60
    return datetime.fromtimestamp(int(now.timestamp()) // seconds * seconds, UTC)
