"""Staff: agents, supervisors, operators, service owners and auditors, with their roles by council."""

from collections.abc import Collection, Sequence
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, Session, mapped_column

from selfservice.domain.people import Role
from selfservice.store.base import Base, new_id, one


class StaffRow(Base):
    """One member of staff, who signs in apart from residents. `name` is what customers are told.

    `state` is "invited" until a password or another's account was set up, "active", or "disabled".
    """

    __tablename__ = "staff"

    id: Mapped[str] = mapped_column(sa.String(36), primary_key=True, default=new_id)
    name: Mapped[str] = mapped_column(sa.String(200))
    email: Mapped[str] = mapped_column(sa.String(320), unique=True)
    password_hash: Mapped[str | None] = mapped_column(sa.String(200))
    state: Mapped[str] = mapped_column(sa.String(10), default="invited")
    created_at: Mapped[datetime]
    disabled_at: Mapped[datetime | None]

    __table_args__ = (sa.CheckConstraint("state IN ('invited', 'active', 'disabled')", name="state_known"),)


class StaffRoleRow(Base):
    """That a member of staff has a role at a council (slug)."""

    __tablename__ = "staff_roles"

    staff_id: Mapped[str] = mapped_column(sa.ForeignKey("staff.id"), primary_key=True)
    council: Mapped[str] = mapped_column(sa.String(40), primary_key=True)
    role: Mapped[str] = mapped_column(sa.String(20), primary_key=True)


def by_id(session: Session, staff_id: str, *, lock: bool = False) -> StaffRow | None:
    """The member of staff with this id."""
    found = sa.select(StaffRow).where(StaffRow.id == staff_id)
    return one(session, found, lock=lock)


def by_email(session: Session, email: str, *, lock: bool = False) -> StaffRow | None:
    """The member of staff with this e-mail address (lower case)."""
    found = sa.select(StaffRow).where(StaffRow.email == email)
    return one(session, found, lock=lock)


def id_by_emails(session: Session, emails: Collection[str]) -> str | None:
    """The id of a member of staff who signs in by one of these e-mail addresses (lower case)."""
    found = sa.select(StaffRow.id).where(StaffRow.email.in_(emails)).order_by(StaffRow.id).limit(1)
    return session.scalar(found) if emails else None


def roles_of(session: Session, staff_id: str) -> frozenset[tuple[str, Role]]:
    """The roles of a member of staff, each with the slug of its council."""
    found = sa.select(StaffRoleRow.council, StaffRoleRow.role).where(StaffRoleRow.staff_id == staff_id)
    return frozenset((council, Role(role)) for council, role in session.execute(found))


def active_with(session: Session, role: Role, council: str) -> Sequence[StaffRow]:
    """The members of staff with this role at a council (slug) whose accounts are active, by name."""
    found = (
        sa.select(StaffRow)
        .join(StaffRoleRow, StaffRoleRow.staff_id == StaffRow.id)
        .where(StaffRoleRow.council == council, StaffRoleRow.role == role, StaffRow.state == "active")
    )
    return session.scalars(found.order_by(StaffRow.name, StaffRow.id)).all()


def set_roles(session: Session, staff_id: str, roles: Collection[tuple[str, Role]]) -> None:
    """Give a member of staff these roles and no others."""
    session.execute(sa.delete(StaffRoleRow).where(StaffRoleRow.staff_id == staff_id))
    session.add_all(
        StaffRoleRow(staff_id=staff_id, council=council, role=role) for council, role in sorted(set(roles))
    )
    session.flush()
