"""Changes to second factors as their owner makes them on a page: each is told to the owner, for it may not be they.

With the first factor go recovery codes. Every sign-in ends but the one in which the change was made: somebody may be in
by what was enough before, or by what was taken away.
"""

from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy.orm import Session

from selfservice.domain.council import Council
from selfservice.domain.people import Actor
from selfservice.operations import account_letters, factors, notifying, passkeys, sign_ins, staff_letters
from selfservice.operations.factors import Owner
from selfservice.operations.passkeys import Asked, Site
from selfservice.seals import Seals
from selfservice.store import accounts, staff

THE_APP = "app"  # in place of a passkey's id


@dataclass(frozen=True, slots=True)
class Changed:
    """What a change came to: recovery codes to be shown now and never again, and deliveries to ring for after the
    commit."""

    codes: tuple[str, ...] = field(default=(), repr=False)
    delivery_ids: tuple[str, ...] = ()


def called(session: Session, owner: Owner) -> str:
    """What the owner signs in by: an e-mail address or a mobile number."""
    if owner.staff_id:
        member = staff.by_id(session, owner.staff_id)
        return member.email if member else ""
    account = accounts.by_id(session, owner.id)
    return (account.email or account.phone or "") if account else ""


def add_app(
    session: Session, actor: Actor, owner: Owner, sign_in_id: str, typed: str, seals: Seals, council: Council,
    now: datetime,
) -> Changed | None:  # fmt: skip
    """Have the app that was begun count, if this is its code; None when it is not."""
    if not factors.confirm_app(session, actor, owner, typed, seals, now):
        return None
    return _added(session, actor, owner, sign_in_id, "app_added", council, now)


def add_passkey(
    session: Session,
    actor: Actor,
    owner: Owner,
    sign_in_id: str,
    name: str,
    answer: str,
    asked: Asked,
    at: Site,
    council: Council,
    now: datetime,
) -> Changed:
    """Keep the passkey that the browser made. Raises `BadPasskey`, `TooMany`."""
    passkeys.add(session, actor, owner, name, answer, asked, at, now)
    return _added(session, actor, owner, sign_in_id, "passkey_added", council, now)


def remove(
    session: Session, actor: Actor, owner: Owner, sign_in_id: str, which: str, council: Council, now: datetime
) -> Changed:
    """Take the app (`THE_APP`) or a passkey (its id) away; nothing where there is no such. Raises `LastFactor`."""
    if which == THE_APP:
        what, removed = "app_removed", factors.remove_app(session, actor, owner, now)
    else:
        what, removed = "passkey_removed", passkeys.remove(session, actor, owner, which, now)
    if not removed:
        return Changed()
    _end_others(session, owner, sign_in_id, now)
    return Changed(delivery_ids=tell(session, owner, what, council, now))


def new_codes(session: Session, actor: Actor, owner: Owner, council: Council, now: datetime) -> Changed:
    """Ten new recovery codes in place of those from before."""
    codes = factors.new_recovery_codes(session, actor, owner, now)
    return Changed(codes, tell(session, owner, "codes_made", council, now))


def tell(session: Session, owner: Owner, what: str, council: Council, now: datetime) -> tuple[str, ...]:
    """Write to the owner that this has changed (`factors.WORDS`). Ring for these deliveries after the commit."""
    if owner.staff_id:
        member = staff.by_id(session, owner.staff_id)
        return staff_letters.news(session, member, what, council, now) if member else ()
    account = accounts.by_id(session, owner.id)
    if account is None:
        return ()
    letter = account_letters.second_factor_changed(account, factors.WORDS[what], council, now)
    return tuple(notifying.post(session, [letter], now))


def _added(
    session: Session, actor: Actor, owner: Owner, sign_in_id: str, what: str, council: Council, now: datetime
) -> Changed:
    _end_others(session, owner, sign_in_id, now)
    codes: tuple[str, ...] = ()
    if not factors.held(session, owner).codes_left:
        codes = factors.new_recovery_codes(session, actor, owner, now)
    return Changed(codes, tell(session, owner, what, council, now))


def _end_others(session: Session, owner: Owner, sign_in_id: str, now: datetime) -> None:
    account_id, staff_id = owner.both
    sign_ins.end_all(session, "factor_changed", now, account_id=account_id, staff_id=staff_id, but=sign_in_id)
