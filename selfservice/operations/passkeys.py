"""Passkeys of accounts and of members of staff: adding, naming and removing them, and signing in by them.

What a browser is asked (`Asked`) is kept by the web until the answer comes; it may be answered once, and soon.
"""

import ipaddress
from dataclasses import dataclass
from datetime import datetime, timedelta
from urllib.parse import urlsplit

from sqlalchemy.orm import Session

from integrations.identity import passkeys as webauthn
from integrations.identity.passkeys import BadPasskey, Passkey
from selfservice.domain.council import Council
from selfservice.domain.people import Actor
from selfservice.operations import accounts as opening
from selfservice.operations import factors, limiting
from selfservice.operations.accounts import Arrival, Entered
from selfservice.operations.factors import Owner
from selfservice.store import accounts, owners
from selfservice.store import factors as rows
from selfservice.store.accounts import PasskeyRow
from selfservice.store.base import new_id

__all__ = [
    "Asked",
    "BadPasskey",
    "Site",
    "TooMany",
    "add",
    "begin_adding",
    "begin_sign_in",
    "sign_in",
    "site",
]

MOST = 10
LONGEST_NAME = 60
GOOD = timedelta(minutes=10)


class TooMany(Exception):
    """There are as many passkeys as anybody may have."""


@dataclass(frozen=True, slots=True)
class Site:
    """Where our pages stand, as a key knows it: the host's name, and the origin of a page."""

    rp_id: str
    origin: str


@dataclass(frozen=True, slots=True)
class Asked:
    """What a browser was asked: the challenge and when, to be kept, and the question itself for the page (JSON)."""

    challenge: str
    at: datetime
    options: str = ""


def site(base_url: str) -> Site | None:
    """The site of the address at which people find us; None at a bare IP address, where browsers have no passkeys."""
    parts = urlsplit(base_url)
    host = parts.hostname or ""
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return Site(host, f"{parts.scheme}://{parts.netloc}") if host else None
    return None


def begin_adding(
    session: Session, actor: Actor, owner: Owner, name: str, ours: str, at: Site, now: datetime
) -> Asked:
    """Ask for a new passkey. `name` is what the owner signs in by, `ours` what we are called. Raises `TooMany`."""
    factors.check_may_change(session, actor, owner)
    kept = rows.passkeys_of(session, *owner.both)
    if len(kept) >= MOST:
        raise TooMany
    exclude = [row.credential_id for row in kept]
    begun = webauthn.begin_registration(at.rp_id, ours, owner.id, name, name, exclude)
    return Asked(begun.challenge, now, begun.options_json)


def add(
    session: Session,
    actor: Actor,
    owner: Owner,
    name: str,
    answer: str,
    asked: Asked,
    at: Site,
    now: datetime,
) -> None:
    """Keep the passkey that the browser made, under its owner's word for it. Raises `BadPasskey`, `TooMany`."""
    factors.check_may_change(session, actor, owner)
    _once(session, asked, now)
    made = webauthn.finish_registration(answer, asked.challenge, at.rp_id, at.origin)
    if len(rows.passkeys_of(session, *owner.both)) >= MOST:
        raise TooMany
    if rows.passkey_by_credential(session, made.credential_id) is not None:
        raise BadPasskey("the key is somebody's already")
    session.add(_row(owner, made, name, now))
    session.flush()
    factors.write_down(session, actor, owner, "passkey_added", now)


def rename(session: Session, actor: Actor, owner: Owner, passkey_id: str, name: str) -> bool:
    """Call a passkey otherwise; False when the owner has no such one."""
    factors.check_may_change(session, actor, owner)
    row = _own(session, owner, passkey_id)
    if row is None:
        return False
    row.name = name[:LONGEST_NAME]
    session.flush()
    return True


def remove(session: Session, actor: Actor, owner: Owner, passkey_id: str, now: datetime) -> bool:
    """Take a passkey away; False when the owner has no such one. Raises `LastFactor`."""
    factors.check_may_change(session, actor, owner)
    owners.hold(session, *owner.both)  # as `factors.remove_app` does
    row = _own(session, owner, passkey_id)
    if row is None:
        return False
    held = factors.held(session, owner)
    if held.app_since is None and len(held.passkeys) == 1:
        factors.after_last(session, owner)
    session.delete(row)
    session.flush()
    factors.write_down(session, actor, owner, "passkey_removed", now)
    return True


def begin_sign_in(session: Session, owner: Owner | None, at: Site, now: datetime) -> Asked | None:
    """Ask for one of the owner's passkeys as a second factor, or with None for whichever the person chooses.

    None when the owner has no passkey.
    """
    allow = [row.credential_id for row in rows.passkeys_of(session, *owner.both)] if owner else []
    if owner and not allow:
        return None
    begun = webauthn.begin_sign_in(at.rp_id, allow)
    return Asked(begun.challenge, now, begun.options_json)


def sign_in(
    session: Session, answer: str, asked: Asked, at: Site, now: datetime, *, owner: Owner | None
) -> Owner:
    """Whose passkey answered: the owner's, or with None as a whole sign-in that of whoever it is; then the key must
    have seen to it that it was the person.

    Raises `BadPasskey`.
    """
    _once(session, asked, now)
    credential = webauthn.credential_of(answer)
    row = rows.passkey_by_credential(session, credential, lock=True) if credential else None
    if row is None:
        raise BadPasskey("no such key is known")
    whose = Owner(row.account_id, row.staff_id)
    if owner is not None and whose != owner:
        raise BadPasskey("the key is another's")
    row.sign_count = webauthn.finish_sign_in(
        answer,
        asked.challenge,
        at.rp_id,
        at.origin,
        row.public_key,
        row.sign_count,
        user_verification=owner is None,
    )
    row.used_at = now
    session.flush()
    return whose


def enter_account(
    session: Session, owner: Owner, arrival: Arrival, council: Council, now: datetime
) -> Entered | None:
    """Sign a customer in whose passkey has just answered by itself; None where it is no customer's."""
    account = accounts.by_id(session, owner.account_id) if owner.account_id else None
    return opening.enter(session, account, factors.PASSKEY, arrival, council, now) if account else None


def _row(owner: Owner, made: Passkey, name: str, now: datetime) -> PasskeyRow:
    account_id, staff_id = owner.both
    return PasskeyRow(
        id=new_id(),
        account_id=account_id,
        staff_id=staff_id,
        credential_id=made.credential_id,
        public_key=made.public_key,
        sign_count=made.sign_count,
        transports=list(made.transports),
        name=name[:LONGEST_NAME],
        added_at=now,
    )


def _own(session: Session, owner: Owner, passkey_id: str) -> PasskeyRow | None:
    return next((row for row in rows.passkeys_of(session, *owner.both) if row.id == passkey_id), None)


def _once(session: Session, asked: Asked, now: datetime) -> None:
    """Raise `BadPasskey` when what was asked is too old, or was answered before: a browser's cookie, which holds it,
    could be played back."""
    if not asked.at <= now < asked.at + GOOD:
        raise BadPasskey("it was asked too long ago")
    if not limiting.allowed(session, limiting.PASSKEY_ANSWERS, asked.challenge, asked.at):
        raise BadPasskey("it was answered before")
