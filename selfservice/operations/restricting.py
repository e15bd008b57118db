"""Customers whom not every agent may help: records that are restricted, and members of staff as customers.

Both are said by whoever runs the installation, at the word of somebody who may: no page asks for them, since a page
that lists them would tell what they are to keep.
"""

from datetime import datetime

from sqlalchemy.orm import Session

from selfservice.domain.acting import EndedWhy
from selfservice.domain.people import PARTNERSHIP, SYSTEM
from selfservice.operations import sign_ins
from selfservice.store import accounts, customers, interactions, staff, timeline
from selfservice.store.customers import CustomerRow


class NoSuchCustomer(LookupError):
    """There is no such customer, or more than one with this e-mail address."""


class NoSuchMember(LookupError):
    """There is no member of staff with this e-mail address."""


class OfSomebodyElse(Exception):
    """This member of staff has another record already."""


def restrict(session: Session, told: str, now: datetime, *, restricted: bool) -> str:
    """Have a record open to agents only with an approval, or to all again; gives the customer's id.

    `told` is the id or an e-mail address. Whoever is helping them just then stops. Raises `NoSuchCustomer`.
    """
    customer = _customer(session, told)
    if customer.restricted is not restricted:
        customer.restricted = restricted
        _write_down(session, customer, "customer_restricted" if restricted else "customer_opened", now)
    if restricted:
        _stop_helping(session, customer, now)
    return customer.id


def connect_to_staff(session: Session, told: str, email: str, now: datetime) -> str:
    """Say that a customer (an id or an e-mail address) is the member of staff with this e-mail address.

    Gives the customer's id. Whoever is helping them just then stops. Raises `NoSuchCustomer`, `NoSuchMember`,
    and `OfSomebodyElse` when the member of staff has another record.
    """
    customer, member = _customer(session, told), staff.by_email(session, email.lower())
    if member is None:
        raise NoSuchMember(email)
    if any(each.staff_id for each in customers.of_staff(session, member.id, "") if each.id != customer.id):
        raise OfSomebodyElse(email)
    if customer.staff_id != member.id:
        customer.staff_id = member.id
        _write_down(session, customer, "customer_is_staff", now)
    _stop_helping(session, customer, now)
    return customer.id


def _customer(session: Session, told: str) -> CustomerRow:
    account = accounts.by_address(session, told.lower())
    found = customers.by_id(session, account.customer_id if account else told, lock=True)
    if found is not None:
        return found
    alike = customers.by_email(session, told.lower())
    if len(alike) != 1:
        raise NoSuchCustomer(told)
    return alike[0]


def _stop_helping(session: Session, customer: CustomerRow, now: datetime) -> None:
    for agent in interactions.helpers_of(session, customer.id):
        sign_ins.stop_acting(session, agent, EndedWhy.STOPPED, now)


def _write_down(session: Session, customer: CustomerRow, what: str, now: datetime) -> None:
    session.flush()
    timeline.write_line(session, SYSTEM, PARTNERSHIP, None, what, "", now, {}, customer_id=customer.id)
