"""What the owner of an account changes about signing in to it: its addresses, its password, accounts elsewhere.

Nobody does any of it for another: an agent may not, whoever they help. The web asks for a fresh proof first. What
shuts a way in ends every other sign-in too: somebody may be in by that way, or have the address or password of before.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from selfservice.domain.challenge import Purpose
from selfservice.domain.council import Council
from selfservice.domain.marking import gettext_noop
from selfservice.domain.messages import Medium, medium_of
from selfservice.domain.people import PARTNERSHIP, Actor
from selfservice.domain.permissions import Action, NotAllowed, Thing, may
from selfservice.links import Links
from selfservice.operations import (
    account_letters,
    challenge_letters,
    challenging,
    locking,
    notifying,
    sign_ins,
)
from selfservice.operations.accounts import Asked, connect, write_down
from selfservice.operations.challenging import Asker, Challenge, Made, Wanted
from selfservice.store import accounts, customers, identities
from selfservice.store.accounts import AccountRow

PASSWORD_CHANGED = gettext_noop("You chose a new password for your account.")
ADDRESS_CHANGED = gettext_noop("You changed how you sign in to your account.")
CONNECTED = gettext_noop("You connected another account to sign in with.")
DISCONNECTED = gettext_noop("You disconnected an account that you signed in with.")


class LastWay(Exception):
    """Without it, nobody could sign in to the account any more."""


@dataclass(frozen=True, slots=True)
class Connected:
    """An account elsewhere that signs in to this one."""

    id: str
    issuer: str
    label: str
    added_at: datetime


@dataclass(frozen=True, slots=True)
class SignInDetails:
    """How somebody signs in to their account."""

    name: str
    email: str | None
    phone: str | None
    has_password: bool
    connected: tuple[Connected, ...]

    @property
    def addresses(self) -> tuple[str, ...]:
        """The e-mail address and the number, as far as there are."""
        return tuple(each for each in (self.email, self.phone) if each)


def sign_in_details(session: Session, actor: Actor) -> SignInDetails:
    """How the actor signs in. Raises `NotAllowed` for whoever has no account, or acts for another."""
    account = _own(session, actor)
    customer = customers.by_id(session, account.customer_id)
    return SignInDetails(
        customer.name if customer else "",
        account.email,
        account.phone,
        account.password_hash is not None,
        tuple(
            Connected(row.id, row.issuer, row.label, row.added_at)
            for row in identities.of(session, account.id, None)
        ),
    )


def set_password(
    session: Session, actor: Actor, password_hash: str, sign_in_id: str, council: Council, now: datetime
) -> tuple[str, ...]:
    """Take a new password. In every browser but the one with this sign-in its owner is signed out, and told.

    Ring for the ids of deliveries that it gives after the commit.
    """
    account = _own(session, actor)
    sign_ins.end_all(session, "password_changed", now, account_id=account.id, but=sign_in_id)
    account.password_hash = password_hash
    for address in (account.email, account.phone):
        if address:
            locking.forgive(session, locking.PASSWORD, address)
    write_down(session, account, "password_changed", PASSWORD_CHANGED, now)
    letter = account_letters.password_changed(account, council, now)
    return tuple(notifying.post(session, [letter], now))


def ask_new_address(
    session: Session, actor: Actor, address: str, council: Council, asker: Asker, links: Links, now: datetime
) -> Made | None:
    """Have an address confirmed by which the actor will sign in; where another account has it, that is told there."""
    account = _own(session, actor)
    has_it = accounts.by_address(session, address)
    free = has_it is None or has_it.id == account.id
    wanted = Wanted(
        Purpose.NEW_ADDRESS,
        medium_of(address),
        address,
        account_id=account.id,
        detail={"asked": Asked.NEW_ADDRESS, "next": ""},
        known=free,
    )
    wording = challenge_letters.new_address(now) if free else challenge_letters.taken()
    return challenging.make(session, wanted, wording, council, asker, links, now)


def take_address(
    session: Session, opened: Challenge, sign_in_id: str | None, council: Council, now: datetime
) -> tuple[str, ...] | None:
    """Sign the account's owner in by the address that they have now confirmed; the one before is told of it.

    Every sign-in but this one ends. None when another account has the address by now, or theirs is gone. Ring for the
    ids of deliveries after the commit.
    """
    account = accounts.by_id(session, opened.account_id or "")
    if account is None:
        return None
    try:
        with session.begin_nested():
            sign_ins.end_all(session, "address_changed", now, account_id=account.id, but=sign_in_id)
            before = account.email if opened.medium is Medium.EMAIL else account.phone
            if before == opened.address:
                return ()
            _sign_in_by(session, account, opened.address, before, now)
    except IntegrityError:
        session.refresh(account)
        return None
    write_down(session, account, "address_changed", ADDRESS_CHANGED, now)
    letter = account_letters.address_changed(account, council, now, to=before)
    return tuple(notifying.post(session, [letter], now))


def remove_address(
    session: Session, actor: Actor, medium: Medium, sign_in_id: str, council: Council, now: datetime
) -> tuple[str, ...]:
    """Sign the actor in by this address no longer, and end every sign-in but this one.

    Raises `LastWay` when they have no other: commit nothing then.
    """
    account = _own(session, actor)
    sign_ins.end_all(session, "address_changed", now, account_id=account.id, but=sign_in_id)
    before = account.email if medium is Medium.EMAIL else account.phone
    if before is None:
        return ()
    if not (account.email and account.phone):
        raise LastWay
    if medium is Medium.EMAIL:
        account.email = None
    else:
        account.phone = None
    session.flush()
    write_down(session, account, "address_changed", ADDRESS_CHANGED, now)
    letter = account_letters.address_changed(account, council, now, to=before)
    return tuple(notifying.post(session, [letter], now))


def connect_elsewhere(
    session: Session, actor: Actor, identity: Mapping[str, str], council: Council, now: datetime
) -> tuple[str, ...] | None:
    """Let an account elsewhere sign in to the actor's; None when it signs in to another already."""
    account = _own(session, actor)
    found = identities.by_subject(session, identity["issuer"], identity["subject"])
    if found is not None:
        return () if found.account_id == account.id else None
    connect(session, account.id, identity, now)
    write_down(session, account, "identity_connected", CONNECTED, now)
    letter = account_letters.connected(account, identity["label"], council, now)
    return tuple(notifying.post(session, [letter], now))


def disconnect(
    session: Session, actor: Actor, identity_id: str, sign_in_id: str, council: Council, now: datetime
) -> tuple[str, ...]:
    """Let an account elsewhere sign in to the actor's no longer, and end every sign-in but this one.

    Nothing where it did not. Ring for the ids of deliveries after the commit.
    """
    account = _own(session, actor)
    label = identities.forget(session, account.id, identity_id)
    if label is None:
        return ()
    sign_ins.end_all(session, "disconnected", now, account_id=account.id, but=sign_in_id)
    write_down(session, account, "identity_disconnected", DISCONNECTED, now)
    letter = account_letters.disconnected(account, label, council, now)
    return tuple(notifying.post(session, [letter], now))


def _own(session: Session, actor: Actor) -> AccountRow:
    """The actor's own account. Raises `NotAllowed`."""
    account = accounts.of_customer(session, actor.customer)
    if account is None or not may(actor, Action.SIGN_IN_DETAILS, Thing(PARTNERSHIP, account.customer_id)):
        raise NotAllowed(Action.SIGN_IN_DETAILS)
    return account


def _sign_in_by(
    session: Session, account: AccountRow, address: str, before: str | None, now: datetime
) -> None:
    """Put the address in place of the one before, also where the customer is written to by that or by none yet."""
    by_mail = medium_of(address) is Medium.EMAIL
    if by_mail:
        account.email = address
    else:
        account.phone = address
    customer = customers.by_id(session, account.customer_id, lock=True)
    if customer is not None:
        if by_mail and customer.email in (None, before):
            customer.email = address
        if not by_mail and customer.phone in (None, before):
            customer.phone = address
        customer.changed_at = now
    session.flush()
