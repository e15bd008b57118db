"""Profiles: what is held of a customer, read and changed by themselves or by the agent who is helping them."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy.orm import Session

from selfservice.domain.naming import name_key
from selfservice.domain.people import PARTNERSHIP, Actor, Verification
from selfservice.domain.permissions import Action, NotAllowed, Thing, may
from selfservice.domain.profile import Home, Need, Preferred, Profile
from selfservice.operations import certainty
from selfservice.store import accounts, addresses, customers, interactions, timeline
from selfservice.store.customers import CustomerAddressRow, CustomerRow

# How sure an agent must be to change what people are known by and reached at: whoever could change it when they are
# less sure would pass the full check with it.
KNOWN_BY = Verification.FULL


class NoProfile(LookupError):
    """There is no such customer: somebody without a name, or one who was forgotten."""


class SignInDetail(Exception):
    """What is to be changed is what its owner signs in by, which is changed at the pages for that."""


def profile(session: Session, actor: Actor) -> Profile | None:
    """The profile of the customer whom the actor is or helps; None for somebody without one.

    An agent sees no address that lies in a council for which they do not work. Raises `NotAllowed`.
    """
    row = _customer(session, actor, Action.SEE_ACCOUNT)
    return _profile(session, actor, row) if row else None


def homes(session: Session, actor: Actor, customer_id: str) -> tuple[Home, ...]:
    """The addresses of a customer that the actor may see, the current one first."""
    rows = addresses.of_customer(session, customer_id)
    return tuple(_home(row) for row in rows if not actor.acting or row.council in {None, *actor.councils})


def change_name(session: Session, actor: Actor, name: str, date_of_birth: date | None, now: datetime) -> None:
    """Change the name and the date of birth. Raises `NotAllowed` and `NoProfile`, as every change does, and
    `NotVerified` for an agent who is not fully sure of the customer."""
    row = to_change(session, actor, KNOWN_BY)
    row.name, row.name_key, row.date_of_birth = name, name_key(name), date_of_birth
    note(session, actor, row, now, "name", "date_of_birth")


def change_phones(
    session: Session, actor: Actor, phone: str | None, other_phone: str | None, now: datetime
) -> None:
    """Change the numbers that we ring, in E.164. Raises as `change_name` does, and `SignInDetail` for another `phone`
    where that is what they sign in by."""
    row = to_change(session, actor, KNOWN_BY)
    account = accounts.of_customer(session, row.id)
    if account is not None and row.phone is not None and account.phone == row.phone and phone != row.phone:
        raise SignInDetail
    _remember_way(session, actor, row)
    row.phone, row.other_phone = phone, other_phone
    note(session, actor, row, now, "phone", "other_phone")


def change_ways(session: Session, actor: Actor, preferred: Preferred, language: str, now: datetime) -> None:
    """Change how they want to hear from us, and in which language (its tag)."""
    row = to_change(session, actor)
    _remember_way(session, actor, row)
    row.preferred, row.language = preferred, language
    note(session, actor, row, now, "preferred", "language")


def change_needs(
    session: Session, actor: Actor, needs: Sequence[Need], needs_words: str, now: datetime
) -> None:
    """Change what they need so that they can deal with us: by codes, and in their own words."""
    row = to_change(session, actor)
    row.needs, row.needs_words = [str(each) for each in needs], needs_words
    note(session, actor, row, now, "needs")


def change_household(
    session: Session, actor: Actor, household: Sequence[Mapping[str, Any]], now: datetime
) -> None:
    """Change who lives with them, as the forms keep such a list."""
    row = to_change(session, actor)
    row.household = [dict(each) for each in household]
    note(session, actor, row, now, "household")


def to_change(session: Session, actor: Actor, needs: Verification = Verification.NONE) -> CustomerRow:
    """The customer whom the actor is or helps, locked. Raises `NotAllowed` and `NoProfile`, and `NotVerified` for an
    agent who is less sure of them than this needs."""
    row = _customer(session, actor, Action.CHANGE_PROFILE, lock=True)
    if row is None:
        raise NoProfile(actor.customer)
    certainty.be_sure(session, actor, needs)
    return row


def note(session: Session, actor: Actor, row: CustomerRow, now: datetime, *changed: str) -> None:
    """Write down what was changed, by names of fields alone, and by whom."""
    row.changed_at = now
    session.flush()
    timeline.write_line(
        session, actor, PARTNERSHIP, None, "profile_changed", "", now, {"changed": list(changed)},
        customer_id=row.id,
    )  # fmt: skip


def _remember_way(session: Session, actor: Actor, row: CustomerRow) -> None:
    """Keep how the customer was reached before an agent first changes that: who has changed it in their name would else
    be the one who is told."""
    going = interactions.acting_by_id(session, actor.via) if actor.via else None
    if going is not None and going.reached_by is None:
        going.reached_by = {"preferred": row.preferred, "phone": row.phone, "email": row.email}


def _customer(session: Session, actor: Actor, action: Action, *, lock: bool = False) -> CustomerRow | None:
    if not may(actor, action, Thing(PARTNERSHIP, actor.customer)):
        raise NotAllowed(action)
    return customers.by_id(session, actor.customer, lock=lock)


def _profile(session: Session, actor: Actor, row: CustomerRow) -> Profile:
    account = accounts.of_customer(session, row.id)
    return Profile(
        name=row.name,
        date_of_birth=row.date_of_birth,
        email=row.email,
        phone=row.phone,
        other_phone=row.other_phone,
        preferred=Preferred(row.preferred),
        language=row.language,
        needs=tuple(row.needs),
        needs_words=row.needs_words,
        household=tuple(row.household),
        homes=homes(session, actor, row.id),
        has_account=account is not None,
        sign_in_email=account.email if account else None,
        sign_in_phone=account.phone if account else None,
    )


def _home(row: CustomerAddressRow) -> Home:
    return Home(
        row.id, row.words, row.postcode, row.uprn, row.council, row.answer, row.current, row.since
    )  # fmt: skip
