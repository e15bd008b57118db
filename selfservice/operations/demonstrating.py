"""Fictional members of staff for the demonstration, made as real ones are: with a password and an app of their own."""

from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from integrations.identity import totp
from selfservice.operations import factors
from selfservice.operations.factors import Owner
from selfservice.operations.staffing import ACTIVE, Roles, as_actor
from selfservice.seals import Seals
from selfservice.store import staff
from selfservice.store.base import new_id
from selfservice.store.staff import StaffRow

BEFORE = timedelta(minutes=2)  # the code by which the app is set up must not be the one that is typed first


def is_there(session: Session, email: str) -> bool:
    """Whether there is a member of staff with this address."""
    return staff.by_email(session, email) is not None


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
