"""The browsers in which a customer is signed in: a list of them, an end to one, and an end to all."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from selfservice.domain.marking import gettext_noop
from selfservice.domain.signing_in import RESIDENTS, SignedIn, over
from selfservice.operations import sign_ins as ending
from selfservice.operations.accounts import write_down
from selfservice.store import accounts, sign_ins

SIGNED_OUT = gettext_noop("You signed out everywhere.")


@dataclass(frozen=True, slots=True)
class Browser:
    """One browser in which somebody is signed in; `here` is the one that asks."""

    id: str
    browser: str
    started_at: datetime
    seen_at: datetime
    here: bool


def of_account(session: Session, person: SignedIn, now: datetime) -> tuple[Browser, ...]:
    """Where the customer is signed in: this browser first, then the one used last."""
    found = [
        Browser(row.id, row.browser, row.started_at, row.seen_at, row.id == person.id)
        for row in sign_ins.going_of_account(session, person.account_id)
        if not over(RESIDENTS, row.started_at, row.seen_at, now)
    ]
    return tuple(sorted(found, key=lambda each: not each.here))


def end_one(session: Session, person: SignedIn, sign_in_id: str, now: datetime) -> None:
    """Sign the customer out in one of their browsers; nothing where it is not theirs."""
    row = session.get(sign_ins.SignInRow, sign_in_id)
    if row is not None and row.account_id == person.account_id:
        ending.end(session, sign_in_id, "signed_out", now)


def end_all(session: Session, person: SignedIn, now: datetime) -> None:
    """Sign the customer out everywhere, here too; a new address that waits to be confirmed is dropped."""
    ending.end_all(session, "signed_out", now, account_id=person.account_id)
    account = accounts.by_id(session, person.account_id)
    if account is not None:
        write_down(session, account, "signed_out_everywhere", SIGNED_OUT, now)
