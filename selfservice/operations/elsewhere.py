"""Signing in by an account elsewhere: whom it signs in here, and what it takes to sign somebody in at first.

An account elsewhere is told by its issuer and subject, for good. It is connected to an account here by a confirmed
e-mail address where the configuration trusts that provider's word for it, or from within the account; never by an
address that nobody has proven. An account with a second factor is not connected before that was given, so never by the
address alone: its owner goes on signing in by the address, or connects it from within the account.
"""

from dataclasses import replace
from datetime import datetime

from sqlalchemy.orm import Session

from integrations.identity.openid import Identity
from selfservice.domain.council import Council
from selfservice.operations import account_letters, accounts, notifying
from selfservice.operations.accounts import ELSEWHERE, Arrival, Entered, Opening
from selfservice.store import accounts as rows
from selfservice.store import identities

SOMEBODY = 200


def as_kept(identity: Identity, label: str) -> dict[str, str]:
    """An account elsewhere as it is connected: its "issuer", "subject" and "label"."""
    return {"issuer": identity.issuer, "subject": identity.subject, "label": label[:100]}


def enter(
    session: Session,
    identity: Identity,
    label: str,
    trusts_email: bool,
    arrival: Arrival,
    council: Council,
    now: datetime,
    *,
    next_page: str = "",
) -> Entered | None:
    """Sign in whoever has come back from a provider; None when nobody here is known to be them.

    Where the provider's word for an e-mail address is trusted, that is as good as one that we confirmed ourselves:
    its account is connected, or opened.
    """
    known = identities.by_subject(session, identity.issuer, identity.subject)
    if known is not None:
        account = rows.by_id(session, known.account_id) if known.account_id else None
        if account is None:
            return None  # a member of staff's: they sign in at their own door
        return accounts.enter(session, account, ELSEWHERE, arrival, council, now, next_page=next_page)
    if not (trusts_email and identity.email_verified and identity.email):
        return None
    return _enter_by_email(session, identity, label, arrival, council, now, next_page)


def _enter_by_email(
    session: Session,
    identity: Identity,
    label: str,
    arrival: Arrival,
    council: Council,
    now: datetime,
    next_page: str,
) -> Entered:
    address = (identity.email or "").lower()
    known = rows.by_address(session, address)
    name = identity.name or address.partition("@")[0]
    account = known or accounts.open_account(session, Opening(name[:SOMEBODY], address), now)
    entered = accounts.enter(session, account, ELSEWHERE, arrival, council, now, next_page=next_page)
    if not entered.whole:
        return entered
    accounts.connect(session, account.id, as_kept(identity, label), now)
    letters = [account_letters.connected(account, label, council, now)] if known else []
    told = notifying.post(session, letters, now)
    return replace(entered, delivery_ids=(*told, *entered.delivery_ids))
