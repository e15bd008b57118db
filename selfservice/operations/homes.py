"""Where a customer lives: an address added, moved into, or removed; the councils concerned know them from then on."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from selfservice.domain.people import Actor
from selfservice.domain.profile import Home
from selfservice.operations import profiles
from selfservice.operations.submitting import normal_postcode
from selfservice.store import addresses, customers
from selfservice.store.base import new_id
from selfservice.store.customers import CustomerAddressRow, CustomerRow

LONGEST_WORDS, LONGEST_POSTCODE = 300, 8
MOST = 20  # addresses that are kept of one customer


class NoSuchHome(LookupError):
    """There is no such address of this customer that the actor may see."""


class TooMany(Exception):
    """More addresses than are kept of one customer."""


def add(session: Session, actor: Actor, answer: Mapping[str, Any], now: datetime, *, current: bool) -> str:
    """Add an address, as the forms keep one, and move in if it is the `current` one; gives its id.

    One that is there already is not added again. Raises as `profiles.change_name` does, and `TooMany`.
    """
    customer = profiles.to_change(session, actor, profiles.KNOWN_BY)
    known = addresses.of_customer(session, customer.id)
    row = next((each for each in known if is_same(each, answer)), None)
    if row is None:
        if len(known) >= MOST:
            raise TooMany
        row = _row(customer, answer, now)
        session.add(row)
        session.flush()
    if row.council:
        customers.known_to(session, customer.id, row.council, now)
    if current:
        _settle(session, customer, row, now)
    profiles.note(session, actor, customer, now, "address")
    return row.id


def first(session: Session, customer: CustomerRow, answer: Mapping[str, Any], now: datetime) -> None:
    """Let this be where a customer lives who is new to us."""
    row = _row(customer, answer, now)
    session.add(row)
    session.flush()
    if row.council:
        customers.known_to(session, customer.id, row.council, now)
    _settle(session, customer, row, now)


def move_in(session: Session, actor: Actor, home_id: str, now: datetime) -> None:
    """Live at an address that is known already. Raises as `profiles.change_name` does, and `NoSuchHome`."""
    customer, row = _to_change(session, actor, home_id)
    _settle(session, customer, row, now)
    profiles.note(session, actor, customer, now, "address")


def remove(session: Session, actor: Actor, home_id: str, now: datetime) -> None:
    """Forget an address. Raises as `move_in` does."""
    customer, row = _to_change(session, actor, home_id)
    if row.current:
        customer.postcode = customer.uprn = None
    session.delete(row)
    profiles.note(session, actor, customer, now, "address")


def is_same(known: Home | CustomerAddressRow, answer: Mapping[str, Any]) -> bool:
    """Whether an answer of a form is this address: by its UPRN, or by its words where it was typed by hand."""
    if known.uprn or answer["uprn"]:
        return bool(known.uprn == answer["uprn"])
    return known.words.casefold() == str(answer["words"])[:LONGEST_WORDS].casefold()


def _to_change(session: Session, actor: Actor, home_id: str) -> tuple[CustomerRow, CustomerAddressRow]:
    customer = profiles.to_change(session, actor, profiles.KNOWN_BY)
    row = addresses.one_of_customer(session, customer.id, home_id)
    seen = {home.id for home in profiles.homes(session, actor, customer.id)}
    if row is None or row.id not in seen:
        raise NoSuchHome(home_id)
    return customer, row


def _settle(session: Session, customer: CustomerRow, row: CustomerAddressRow, now: datetime) -> None:
    """Let this be where they live now; what they are found by is of it."""
    if not row.current:
        addresses.leave_current(session, customer.id)
        row.current, row.since = True, now
    customer.postcode, customer.uprn = row.postcode or None, row.uprn


def _row(customer: CustomerRow, answer: Mapping[str, Any], now: datetime) -> CustomerAddressRow:
    return CustomerAddressRow(
        id=new_id(),
        customer_id=customer.id,
        words=str(answer["words"])[:LONGEST_WORDS],
        postcode=normal_postcode(answer["postcode"])[:LONGEST_POSTCODE],
        uprn=answer["uprn"] or None,
        council=answer["council"],
        answer=dict(answer),
        current=False,
        since=now,
    )
