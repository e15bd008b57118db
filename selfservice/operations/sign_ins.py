"""Signing in and out of browsers: a secret for each, a new one at every change of standing, and an end to all."""

import hashlib
import secrets
from datetime import datetime

from sqlalchemy.orm import Session

from selfservice.domain import acting
from selfservice.domain.contact import idle_since
from selfservice.domain.signing_in import (
    RESIDENTS,
    STAFF,
    Helping,
    SignedIn,
    StaffSignedIn,
    over,
)
from selfservice.operations import holding
from selfservice.store import accounts, challenges, customers, interactions, sign_ins, staff
from selfservice.store.customers import CustomerRow
from selfservice.store.interactions import ActingSessionRow
from selfservice.store.sign_ins import SignInRow

WHOLE, SECOND_FACTOR = "whole", "second_factor"


def hashed(secret: str) -> str:
    """What a browser's secret is told by in the database."""
    return hashlib.sha256(secret.encode()).hexdigest()


def begin(
    session: Session,
    method: str,
    browser: str,
    now: datetime,
    *,
    account_id: str | None = None,
    staff_id: str | None = None,
    whole: bool,
    in_place_of: str | None = None,
) -> str:
    """Sign a customer (by the id of their account) or a member of staff in; gives the browser's new secret.

    `method` is what they signed in by, `browser` what the list of sessions calls it. `in_place_of` is the id of
    the sign-in that this one follows, such as the one before the second factor: it ends. A sign-in that is not
    `whole` opens nothing but the page that asks for the second factor.
    """
    secret = secrets.token_urlsafe(32)
    session.add(
        SignInRow(
            secret_hash=hashed(secret),
            account_id=account_id,
            staff_id=staff_id,
            standing=WHOLE if whole else SECOND_FACTOR,
            method=method,
            browser=browser[:100],
            started_at=now,
            seen_at=now,
            proved_at=now,
        )
    )
    session.flush()
    if in_place_of:  # after the new one, which waits while the sign-ins of its owner are ended
        end(session, in_place_of, "followed", now)
    return secret


def end(session: Session, sign_in_id: str, why: str, now: datetime) -> None:
    """End one sign-in; what its browser's secret opened is shut at once. An agent stops helping with it."""
    row = sign_ins.going(session, sign_in_id, lock=True)
    if row is None:
        return
    row.ended_at, row.ended_why = now, why
    if row.staff_id and why != "followed":
        stop_acting(session, row.staff_id, acting.EndedWhy.SIGNED_OUT, now)
    session.flush()


def end_all(
    session: Session,
    why: str,
    now: datetime,
    *,
    account_id: str | None = None,
    staff_id: str | None = None,
    but: str | None = None,
) -> None:
    """End every sign-in of an owner but for the one with the id `but`, and let nothing that was sent open anything.

    Whoever is in there unbidden may have begun to change the address, and could confirm it from anywhere. The owner is
    held from then on; where you can, hold nothing of theirs before, for an answer to what was sent comes first too.
    """
    if account_id:
        challenges.supersede_of_account(session, account_id)
    elif staff_id:
        challenges.supersede_of_staff(session, staff_id)
    sign_ins.end_all(session, now, why, account_id=account_id, staff_id=staff_id, but=but)


def renew(session: Session, sign_in_id: str, method: str, now: datetime) -> str | None:
    """A new secret for a sign-in whose owner has just proved themselves again; None when it has ended."""
    row = sign_ins.held(session, sign_in_id)
    if row is None:
        return None
    owner = {"account_id": row.account_id, "staff_id": row.staff_id}
    return begin(session, method, row.browser, now, **owner, whole=True, in_place_of=row.id)


def resident(session: Session, secret: str, now: datetime) -> SignedIn | None:
    """The customer who is signed in by this browser's secret; None when nobody is, or no longer."""
    row = sign_ins.by_secret(session, hashed(secret))
    if row is None or row.account_id is None or over(RESIDENTS, row.started_at, row.seen_at, now):
        return None
    account = accounts.by_id(session, row.account_id)
    customer = customers.by_id(session, account.customer_id) if account else None
    if account is None or customer is None:
        return None
    return SignedIn(
        id=row.id,
        account_id=account.id,
        customer_id=customer.id,
        name=customer.name,
        whole=row.standing == WHOLE,
        proved_at=row.proved_at,
        seen_at=row.seen_at,
    )


def member_of_staff(session: Session, secret: str, now: datetime) -> StaffSignedIn | None:
    """The member of staff who is signed in by this browser's secret, and whom they are helping."""
    row = sign_ins.by_secret(session, hashed(secret))
    if row is None or row.staff_id is None or over(STAFF, row.started_at, row.seen_at, now):
        return None
    member = staff.by_id(session, row.staff_id)
    if member is None or member.state != "active":
        return None
    whole = row.standing == WHOLE
    return StaffSignedIn(
        id=row.id,
        staff_id=member.id,
        name=member.name,
        roles=staff.roles_of(session, member.id),
        whole=whole,
        proved_at=row.proved_at,
        seen_at=row.seen_at,
        helping=_helping(session, member.id, now) if whole else None,
    )


def note_use(session: Session, secret: str, now: datetime) -> None:
    """Remember that a sign-in is in use, and the contact and the acting session that go with it."""
    row = sign_ins.by_secret(session, hashed(secret))
    if row is None:
        return
    row.seen_at = max(row.seen_at, now)
    going = interactions.acting_of(session, row.staff_id) if row.staff_id else None
    if going is not None and not acting.over(going.until, going.seen_at, now):
        going.seen_at = max(going.seen_at, now)
    contact = interactions.active_of(session, row.staff_id) if row.staff_id else None
    if contact is not None and not idle_since(contact.seen_at, now):
        contact.seen_at = max(contact.seen_at, now)


def stop_acting(
    session: Session, staff_id: str, why: acting.EndedWhy, now: datetime
) -> ActingSessionRow | None:
    """End the acting session of a member of staff, if one is going; gives it. Drafts handed over to it go back."""
    going = interactions.acting_of(session, staff_id, lock=True)
    if going is None:
        return None
    holding.give_back_all(session, [going], now)
    going.ended_at, going.ended_why = min(now, going.until), why
    session.flush()
    return going


def _helping(session: Session, staff_id: str, now: datetime) -> Helping | None:
    going = interactions.acting_of(session, staff_id)
    if going is None or acting.over(going.until, going.seen_at, now):
        return None
    customer = customers.by_id(session, going.customer_id) if going.customer_id else None
    if going.customer_id and customer is None:
        return None  # forgotten meanwhile
    if customer is not None and _is_shut(session, going, customer, now):
        return None
    return Helping(
        id=going.id,
        subject=going.subject,
        customer_id=going.customer_id,
        name=customer.name if customer else "",
        channel=going.channel,
        reason=going.reason,
        service=going.service,
        council=going.council,
        interaction_id=going.interaction_id,
        verification=going.verification,
        started_at=going.started_at,
        until=going.until,
    )


def _is_shut(session: Session, going: ActingSessionRow, customer: CustomerRow, now: datetime) -> bool:
    """Whether a record is restricted, perhaps since they are being helped, and nobody lets this agent open it now."""
    if not customer.restricted:
        return False
    return interactions.granted_to(session, going.staff_id, customer.id, going.council, now) is None
