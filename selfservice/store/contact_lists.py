"""What desks and the housekeeping look for among contacts: an agent's own, those handed to them, and what lies idle."""

from collections.abc import Collection, Sequence
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from selfservice.store.base import one
from selfservice.store.customers import CustomerRow
from selfservice.store.interactions import (
    ActingSessionRow,
    ApprovalRow,
    InteractionCustomerRow,
    InteractionRow,
)
from selfservice.store.staff import StaffRow


def of_agent(
    session: Session, staff_id: str, states: Collection[str], limit: int
) -> Sequence[InteractionRow]:
    """The contacts of an agent in one of these states, the latest first."""
    found = sa.select(InteractionRow).where(
        InteractionRow.staff_id == staff_id, InteractionRow.state.in_(states)
    )
    return session.scalars(found.order_by(InteractionRow.started_at.desc()).limit(limit)).all()


def handed_to(session: Session, staff_id: str, limit: int) -> Sequence[InteractionRow]:
    """The contacts that colleagues have handed to an agent, the first handed first."""
    found = sa.select(InteractionRow).where(
        InteractionRow.handed_to == staff_id, InteractionRow.state == "handed"
    )
    return session.scalars(found.order_by(InteractionRow.seen_at).limit(limit)).all()


def people_of(
    session: Session, interaction_ids: Collection[str]
) -> Sequence[tuple[str, str | None, str | None]]:
    """Each customer of these contacts in order: the contact's id, and the customer's id and name, both None for
    somebody without a name."""
    if not interaction_ids:
        return ()
    found = (
        sa.select(InteractionCustomerRow.interaction_id, InteractionCustomerRow.customer_id, CustomerRow.name)
        .outerjoin(CustomerRow, CustomerRow.id == InteractionCustomerRow.customer_id)
        .where(InteractionCustomerRow.interaction_id.in_(interaction_ids))
        .order_by(InteractionCustomerRow.started_at, InteractionCustomerRow.id)
    )
    return [(row[0], row[1], row[2]) for row in session.execute(found)]


def names_of_staff(session: Session, ids: Collection[str]) -> dict[str, str]:
    """The names of members of staff, by id."""
    found = sa.select(StaffRow.id, StaffRow.name).where(StaffRow.id.in_(ids))
    return {row.id: row.name for row in session.execute(found)} if ids else {}


def last_customer(session: Session, interaction_id: str) -> InteractionCustomerRow | None:
    """The customer who was helped last in a contact, with the draft last worked on for them."""
    found = sa.select(InteractionCustomerRow).where(InteractionCustomerRow.interaction_id == interaction_id)
    latest = found.order_by(InteractionCustomerRow.started_at.desc(), InteractionCustomerRow.id.desc())
    return session.scalar(latest.limit(1))


def last_acting(session: Session, interaction_id: str, customer_id: str | None) -> ActingSessionRow | None:
    """The acting session in which a customer, or somebody without a name, was helped last in a contact."""
    found = sa.select(ActingSessionRow).where(
        ActingSessionRow.interaction_id == interaction_id, ActingSessionRow.customer_id == customer_id
    )
    latest = found.order_by(ActingSessionRow.started_at.desc(), ActingSessionRow.id.desc())
    return session.scalar(latest.limit(1))


def idle(session: Session, unused_since: datetime, limit: int) -> Sequence[InteractionRow]:
    """Active contacts with which nothing was done since that moment, locked; those in use just now left out."""
    found = sa.select(InteractionRow).where(
        InteractionRow.state == "active", InteractionRow.seen_at <= unused_since
    )
    return session.scalars(
        found.order_by(InteractionRow.seen_at).limit(limit).with_for_update(skip_locked=True)
    ).all()


def overdue_acting(
    session: Session, now: datetime, unused_since: datetime, limit: int
) -> Sequence[ActingSessionRow]:
    """Acting sessions whose time is over and that nobody has ended, locked; those in use just now left out."""
    found = sa.select(ActingSessionRow).where(
        ActingSessionRow.ended_at.is_(None),
        sa.or_(ActingSessionRow.until <= now, ActingSessionRow.seen_at <= unused_since),
    )
    return session.scalars(
        found.order_by(ActingSessionRow.started_at).limit(limit).with_for_update(skip_locked=True)
    ).all()


def approval(session: Session, approval_id: str, *, lock: bool = False) -> ApprovalRow | None:
    """The request with this id to open a restricted record."""
    found = sa.select(ApprovalRow).where(ApprovalRow.id == approval_id)
    return one(session, found, lock=lock)


def last_approval(session: Session, staff_id: str, customer_id: str, council: str) -> ApprovalRow | None:
    """An agent's latest request to open this customer's record at this council (slug)."""
    found = sa.select(ApprovalRow).where(
        ApprovalRow.asked_by == staff_id,
        ApprovalRow.customer_id == customer_id,
        ApprovalRow.council == council,
    )
    return session.scalar(found.order_by(ApprovalRow.asked_at.desc(), ApprovalRow.id.desc()).limit(1))


def undecided(
    session: Session, councils: Collection[str], since: datetime
) -> Sequence[tuple[ApprovalRow, str, str]]:
    """Requests at these councils that nobody has decided, the oldest first: each with the names of the agent and of
    the customer."""
    found = (
        sa.select(ApprovalRow, StaffRow.name, CustomerRow.name)
        .join(StaffRow, StaffRow.id == ApprovalRow.asked_by)
        .join(CustomerRow, CustomerRow.id == ApprovalRow.customer_id)
        .where(
            ApprovalRow.council.in_(councils), ApprovalRow.decided_at.is_(None), ApprovalRow.asked_at > since
        )
        .order_by(ApprovalRow.asked_at)
    )
    return [(row[0], row[1], row[2]) for row in session.execute(found)]
