"""Whom an agent may not help because of who they are to each other: themselves, a colleague, their own household.

A member of staff is told as a customer by the record that was connected to them (`selfservice customer staff`), and
by the e-mail address by which they sign in to work, should they use the same one for themselves.
"""

from collections.abc import Iterable

from sqlalchemy.orm import Session

from selfservice.domain.people import Actor
from selfservice.store import accounts, addresses, customers, staff
from selfservice.store.customers import CustomerRow


def why(session: Session, actor: Actor, customer: CustomerRow) -> str | None:
    """Why this agent may not help this customer: "self", "staff" or "household"; None where nothing is known."""
    member = _member(session, customer)
    if member is not None:
        return "self" if member == actor.id else "staff"
    agent = staff.by_id(session, actor.id)
    own = customers.of_staff(session, actor.id, agent.email if agent else "")
    return "household" if _home(session, own) & _home(session, [customer]) else None


def _member(session: Session, customer: CustomerRow) -> str | None:
    """The id of the member of staff who this customer is."""
    account = accounts.of_customer(session, customer.id)
    theirs = {each.lower() for each in (customer.email, account.email if account else None) if each}
    return customer.staff_id or staff.id_by_emails(session, theirs)


def _home(session: Session, people: Iterable[CustomerRow]) -> set[str]:
    """Where these live now: the UPRN, and the address in words, for it may have been typed by hand."""
    return {
        told.casefold()
        for person in people
        for home in addresses.of_customer(session, person.id)
        if home.current
        for told in (home.uprn, home.words)
        if told
    } | {person.uprn for person in people if person.uprn}
