"""The whole list of staff, with what each may do and whether they have a second factor, in a query for each."""

from collections.abc import Sequence

import sqlalchemy as sa
from sqlalchemy.orm import Session

from selfservice.domain.people import Role
from selfservice.store.accounts import PasskeyRow, TotpRow
from selfservice.store.staff import StaffRoleRow, StaffRow


def every(session: Session) -> Sequence[StaffRow]:
    """Every member of staff, by name."""
    return session.scalars(sa.select(StaffRow).order_by(StaffRow.name, StaffRow.email)).all()


def roles(session: Session) -> dict[str, frozenset[tuple[str, Role]]]:
    """The roles of every member of staff who has any, by id."""
    found = sa.select(StaffRoleRow.staff_id, StaffRoleRow.council, StaffRoleRow.role)
    listed: dict[str, set[tuple[str, Role]]] = {}
    for staff_id, council, role in session.execute(found):
        listed.setdefault(staff_id, set()).add((council, Role(role)))
    return {staff_id: frozenset(theirs) for staff_id, theirs in listed.items()}


def with_second_factor(session: Session) -> frozenset[str]:
    """The ids of the members of staff who have a second factor."""
    apps = sa.select(TotpRow.staff_id).where(TotpRow.confirmed_at.is_not(None))
    both = sa.union(apps, sa.select(PasskeyRow.staff_id))
    return frozenset(each for each in session.scalars(both) if each)
