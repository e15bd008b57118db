"""Signing in by password, in steps between which the password is compared: that takes its time, and no transaction.

The same is done whether or not there is an account: a try is counted by what was typed, a hash is compared, and
after ten wrong ones in a row a message goes there.
"""

from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy.orm import Session

from selfservice.domain.challenge import Purpose
from selfservice.domain.council import Council
from selfservice.domain.messages import medium_of
from selfservice.links import Links
from selfservice.operations import accounts as opening
from selfservice.operations import challenge_letters, challenging, limiting, locking
from selfservice.operations.accounts import Arrival, Asked, Entered
from selfservice.operations.challenging import Asker, Made, Wanted
from selfservice.operations.locking import Standing
from selfservice.store import accounts


@dataclass(frozen=True, slots=True)
class Try:
    """A try that was counted. `kept` is the hash to compare with: None where there is none, and while shut.

    Compare in any case, so that it takes the same time.
    """

    address: str
    standing: Standing
    kept: str | None = field(repr=False)

    @property
    def shut(self) -> bool:
        """Whether the way is shut, or is from now on if this was wrong."""
        return self.standing is not Standing.OPEN


def begin(session: Session, address: str, network: str, now: datetime) -> Try | None:
    """Count a try by this address; None when this network has tried too often. Commit in either case."""
    if not limiting.allowed(session, limiting.SIGN_IN_TRIES, network, now):
        return None
    standing = locking.try_once(session, locking.PASSWORD, address, now)
    account = accounts.by_address(session, address)
    kept = account.password_hash if account and standing is not Standing.SHUT else None
    return Try(address, standing, kept)


def was_right(
    session: Session,
    tried: Try,
    arrival: Arrival,
    council: Council,
    now: datetime,
    *,
    rehashed: str | None = None,
    next_page: str = "",
) -> Entered | None:
    """Sign in whoever typed the right password. `rehashed` is its hash with the work asked for today, if another.

    None when the account or its password was changed meanwhile.
    """
    account = accounts.by_address(session, tried.address, lock=True)
    if account is None or account.password_hash != tried.kept:
        return None
    locking.forgive(session, locking.PASSWORD, tried.address)
    account.password_hash = rehashed or account.password_hash
    return opening.enter(session, account, opening.PASSWORD, arrival, council, now, next_page=next_page)


def tell_shut(
    session: Session, address: str, council: Council, asker: Asker, links: Links, now: datetime
) -> Made | None:
    """Tell whoever reads what goes there that the way by password is shut, with a link to sign in by instead."""
    account = accounts.by_address(session, address)
    wanted = Wanted(
        Purpose.SIGN_IN_LINK,
        medium_of(address),
        address,
        detail={"asked": Asked.SIGN_IN, "next": ""},
        known=account is not None,
        counted_by=challenging.WHEN_SHUT,
    )
    lock = locking.PASSWORD
    wording = (
        challenge_letters.locked(lock.most, lock.minutes, now)
        if account
        else challenge_letters.locked_nobody(lock.most)
    )
    return challenging.make(session, wanted, wording, council, asker, links, now)
