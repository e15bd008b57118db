"""Customers, accounts and staff for tests: fictional people, and browsers in which they are signed in."""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from selfservice.domain.acting import Reason
from selfservice.domain.naming import name_key
from selfservice.domain.people import Actor, ActorKind, Channel, Role
from selfservice.operations import assisting, sign_ins
from selfservice.operations.assisting import Verified
from selfservice.store import staff
from selfservice.store.accounts import AccountRow
from selfservice.store.base import new_id
from selfservice.store.customers import CustomerCouncilRow, CustomerRow
from selfservice.store.interactions import InteractionRow
from selfservice.store.staff import StaffRow

SECRET_OF = {"account": "selfservice-account", "staff": "selfservice-staff"}


def a_customer(
    session: Session, name: str, now: datetime, *, councils: Collection[str] = (), **more: Any
) -> CustomerRow:
    """A customer with this name, known to these councils; `more` are columns by name."""
    row = CustomerRow(
        id=new_id(),
        name=name,
        name_key=name_key(name),
        created_by="tests",
        created_at=now,
        changed_at=now,
        **more,
    )
    session.add(row)
    session.flush()
    session.add_all(CustomerCouncilRow(customer_id=row.id, council=each, since=now) for each in councils)
    session.flush()
    return row


def an_account(
    session: Session, customer: CustomerRow, now: datetime, *, email: str | None, phone: str | None = None,
    password_hash: str | None = None,
) -> AccountRow:  # fmt: skip
    """An account of this customer, its address confirmed."""
    row = AccountRow(
        id=new_id(),
        customer_id=customer.id,
        email=email,
        phone=phone,
        password_hash=password_hash,
        created_at=now,
    )
    session.add(row)
    session.flush()
    return row


def a_member_of_staff(
    session: Session, name: str, now: datetime, *, email: str, roles: Collection[tuple[str, Role]],
    password_hash: str | None = None,
) -> StaffRow:  # fmt: skip
    """An active member of staff with these roles, each with the slug of its council."""
    row = StaffRow(
        id=new_id(), name=name, email=email, password_hash=password_hash, state="active", created_at=now
    )
    session.add(row)
    session.flush()
    staff.set_roles(session, row.id, roles)
    return row


def as_staff(row: StaffRow, roles: Collection[tuple[str, Role]]) -> Actor:
    """A member of staff in their own name, as operations are told."""
    councils = frozenset(council for council, role in roles if role is Role.AGENT)
    return Actor(ActorKind.AGENT, row.id, Channel.PHONE, councils=councils, roles=frozenset(roles))


def a_contact(session: Session, agent: str, council: str, now: datetime, channel: Channel) -> InteractionRow:
    """A contact that an agent (id) has going."""
    row = InteractionRow(
        id=new_id(), staff_id=agent, council=council, channel=channel, state="active",
        started_at=now, active_since=now, seen_at=now,
    )  # fmt: skip
    session.add(row)
    session.flush()
    return row


def help_customer(
    session: Session, actor: Actor, customer: CustomerRow | None, now: datetime, verified: Verified
) -> str:
    """Have the agent, in the contact they have going, act for this customer; the acting session's id."""
    return assisting.start(
        session, actor, customer.id if customer else None, Reason.NEW_REQUEST, verified, now
    )


def sign_in(
    session: Session, client: FlaskClient, now: datetime, *, account: AccountRow | None = None,
    member: StaffRow | None = None, whole: bool = True,
) -> None:  # fmt: skip
    """Sign this browser in, as if it had just been done: for tests that are not about signing in."""
    secret = sign_ins.begin(
        session, "password", "a browser of the tests", now, account_id=account.id if account else None,
        staff_id=member.id if member else None, whole=whole,
    )  # fmt: skip
    client.set_cookie(SECRET_OF["account" if account else "staff"], secret)
