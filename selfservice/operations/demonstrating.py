"""Fictional people for the demonstration: staff, made as real ones are with a password and an app, and a customer."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy.orm import Session

from integrations.identity import totp
from selfservice.domain.naming import name_key
from selfservice.operations import factors, homes
from selfservice.operations.factors import Owner
from selfservice.operations.staffing import ACTIVE, Roles, as_actor
from selfservice.seals import Seals
from selfservice.store import customers, staff
from selfservice.store.base import new_id
from selfservice.store.customers import CustomerRow
from selfservice.store.staff import StaffRow

Home = Mapping[str, Any]  # an address, as the forms keep one
BEFORE = timedelta(minutes=2)  # the code by which the app is set up must not be the one that is typed first


def can_sign_in(session: Session, email: str) -> bool:
    """Whether there is a member of staff with this address who has a password: none was invited anew since."""
    row = staff.by_email(session, email)
    return row is not None and row.password_hash is not None


def make_customer(session: Session, name: str, phone: str, born: date, home: Home, now: datetime) -> bool:
    """Make a customer who is known by telephone alone, unless somebody has that number; whether one was made."""
    if customers.alike(session, name_key(name), born, None, None, phone, 1):
        return False
    row = CustomerRow(
        id=new_id(), name=name, name_key=name_key(name), phone=phone, date_of_birth=born,
        created_by="demonstration", created_at=now, changed_at=now,
    )  # fmt: skip
    session.add(row)
    session.flush()
    homes.first(session, row, home, now)
    return True


def make_member(
    session: Session, name: str, email: str, password_hash: str, roles: Roles, seals: Seals, now: datetime
) -> str:
    """Make a member of staff who can sign in at once, or one who is there anew; gives the secret of their app."""
    row = staff.by_email(session, email, lock=True)
    if row is None:
        row = StaffRow(id=new_id(), name=name, email=email, created_at=now)
        session.add(row)
    row.state, row.password_hash = ACTIVE, password_hash
    session.flush()
    staff.set_roles(session, row.id, roles)
    owner, actor, then = Owner(staff_id=row.id), as_actor(row.id), now - BEFORE
    factors.forget_all(session, owner)
    app = factors.begin_app(session, actor, owner, email, "Demonstration", seals, then)
    factors.confirm_app(session, actor, owner, totp.code_at(app.secret, then), seals, then)
    return app.secret
