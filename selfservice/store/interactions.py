"""Interactions: an agent's record of one contact, and the customers in it one after another."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, Session, mapped_column

from selfservice.store.base import Base, new_id, one


class InteractionRow(Base):
    """One contact, from the first word to the wrap-up.

    `state` is "active", "paused", "handed" (to `handed_to`, who has not taken it yet) or "ended". Active seconds are
    counted on the server: `active_seconds` up to `active_since`, and from there on while it is active; `seen_at` is
    when its agent last did something, by which it pauses itself. `council` and `service` are slugs, None while
    they are not known. `case_reference` is what the contact is about, where that was told; `call_id` is the telephone
    system's own.
    """

    __tablename__ = "interactions"

    id: Mapped[str] = mapped_column(sa.String(36), primary_key=True, default=new_id)
    staff_id: Mapped[str] = mapped_column(sa.ForeignKey("staff.id"))
    council: Mapped[str] = mapped_column(sa.String(40))
    channel: Mapped[str] = mapped_column(sa.String(20))
    service: Mapped[str | None] = mapped_column(sa.String(60))
    call_id: Mapped[str] = mapped_column(sa.String(100), default="", server_default="")
    reference: Mapped[str] = mapped_column(sa.String(40), default="", server_default="")
    state: Mapped[str] = mapped_column(sa.String(10))
    handed_to: Mapped[str | None] = mapped_column(sa.ForeignKey("staff.id"))
    started_at: Mapped[datetime]
    active_since: Mapped[datetime | None]
    active_seconds: Mapped[int] = mapped_column(default=0, server_default="0")
    seen_at: Mapped[datetime]
    paused_why: Mapped[str] = mapped_column(sa.String(20), default="", server_default="")
    ended_at: Mapped[datetime | None]
    outcome: Mapped[str] = mapped_column(sa.String(30), default="", server_default="")
    note: Mapped[str] = mapped_column(sa.Text, default="", server_default="")

    __table_args__ = (
        sa.CheckConstraint("state IN ('active', 'paused', 'handed', 'ended')", name="state_known"),
        sa.CheckConstraint("(state = 'active') = (active_since IS NOT NULL)", name="counts_while_active"),
        # An agent has one contact going at a time.
        sa.Index(
            "uq_interactions_one_active",
            "staff_id",
            unique=True,
            postgresql_where=sa.text("state = 'active'"),
            sqlite_where=sa.text("state = 'active'"),
        ),
        sa.Index(None, "staff_id", "started_at"),
        sa.Index(None, "council", "started_at"),
        sa.Index(None, "state", "seen_at"),
        sa.Index(None, "handed_to"),
    )


class InteractionCustomerRow(Base):
    """One customer within an interaction, from when to when. `customer_id` is None for somebody without a name.

    `draft_id` is the draft last worked on for them, which resuming brings back.
    """

    __tablename__ = "interaction_customers"

    id: Mapped[str] = mapped_column(sa.String(36), primary_key=True, default=new_id)
    interaction_id: Mapped[str] = mapped_column(sa.ForeignKey("interactions.id"))
    customer_id: Mapped[str | None] = mapped_column(sa.ForeignKey("customers.id"))
    draft_id: Mapped[str | None] = mapped_column(sa.String(36))
    started_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]

    __table_args__ = (sa.Index(None, "interaction_id"), sa.Index(None, "customer_id"))


class ActingSessionRow(Base):
    """An agent acting as one customer: why, by which channel, how verified, from when to when.

    `subject` is what the customer's things are held by: their id, or for somebody without a name an id of this
    session's own. `verification` is a `domain.people.Verification`, `verified_by` the ids of the questions that were
    passed, `consent` how the customer agreed. `reached_by` is by what and where they were reached before the agent
    changed that, until they have been told. `approval_id` is the supervisor's leave to open a restricted record.
    At most one goes on for each agent.
    """

    __tablename__ = "acting_sessions"

    id: Mapped[str] = mapped_column(sa.String(36), primary_key=True, default=new_id)
    staff_id: Mapped[str] = mapped_column(sa.ForeignKey("staff.id"))
    staff_name: Mapped[str] = mapped_column(sa.String(200))
    interaction_id: Mapped[str] = mapped_column(sa.ForeignKey("interactions.id"))
    customer_id: Mapped[str | None] = mapped_column(sa.ForeignKey("customers.id"))
    subject: Mapped[str] = mapped_column(sa.String(64))
    council: Mapped[str] = mapped_column(sa.String(40))
    channel: Mapped[str] = mapped_column(sa.String(20))
    reason: Mapped[str] = mapped_column(sa.String(30))
    service: Mapped[str | None] = mapped_column(sa.String(60))
    verification: Mapped[int] = mapped_column(default=0)
    verified_by: Mapped[list[Any]] = mapped_column(default=list)
    consent: Mapped[str] = mapped_column(sa.String(30), default="", server_default="")
    reached_by: Mapped[dict[str, Any] | None]
    approval_id: Mapped[str | None] = mapped_column(sa.ForeignKey("approvals.id"))
    started_at: Mapped[datetime]
    seen_at: Mapped[datetime]
    until: Mapped[datetime]
    ended_at: Mapped[datetime | None]
    ended_why: Mapped[str] = mapped_column(sa.String(20), default="", server_default="")

    __table_args__ = (
        sa.Index(
            "uq_acting_sessions_one_going",
            "staff_id",
            unique=True,
            postgresql_where=sa.text("ended_at IS NULL"),
            sqlite_where=sa.text("ended_at IS NULL"),
        ),
        sa.Index(None, "customer_id", "started_at"),
        sa.Index(None, "interaction_id"),
        sa.Index(None, "council", "started_at"),
    )


class ApprovalRow(Base):
    """An agent's request to open a restricted record, and what a supervisor said to it."""

    __tablename__ = "approvals"

    id: Mapped[str] = mapped_column(sa.String(36), primary_key=True, default=new_id)
    customer_id: Mapped[str] = mapped_column(sa.ForeignKey("customers.id"))
    council: Mapped[str] = mapped_column(sa.String(40))
    asked_by: Mapped[str] = mapped_column(sa.ForeignKey("staff.id"))
    interaction_id: Mapped[str] = mapped_column(sa.ForeignKey("interactions.id"))
    reason: Mapped[str] = mapped_column(sa.String(200))
    asked_at: Mapped[datetime]
    decided_by: Mapped[str | None] = mapped_column(sa.ForeignKey("staff.id"))
    decided_at: Mapped[datetime | None]
    granted: Mapped[bool | None]
    until: Mapped[datetime | None]

    __table_args__ = (
        sa.CheckConstraint("decided_by IS NULL OR decided_by <> asked_by", name="second_person"),
        sa.Index(None, "council", "decided_at"),
        sa.Index(None, "asked_by"),
    )


def by_id(session: Session, interaction_id: str, *, lock: bool = False) -> InteractionRow | None:
    """The interaction with this id."""
    found = sa.select(InteractionRow).where(InteractionRow.id == interaction_id)
    return one(session, found, lock=lock)


def active_of(session: Session, staff_id: str, *, lock: bool = False) -> InteractionRow | None:
    """The interaction that an agent has going."""
    found = sa.select(InteractionRow).where(
        InteractionRow.staff_id == staff_id, InteractionRow.state == "active"
    )
    return one(session, found, lock=lock)


def acting_of(session: Session, staff_id: str, *, lock: bool = False) -> ActingSessionRow | None:
    """The acting session of an agent that has not been ended; whether its time is over is the caller's to say."""
    found = sa.select(ActingSessionRow).where(
        ActingSessionRow.staff_id == staff_id, ActingSessionRow.ended_at.is_(None)
    )
    return one(session, found, lock=lock)


def helpers_of(session: Session, customer_id: str) -> Sequence[str]:
    """The ids of the members of staff who are helping this customer."""
    found = sa.select(ActingSessionRow.staff_id).where(
        ActingSessionRow.customer_id == customer_id, ActingSessionRow.ended_at.is_(None)
    )
    return session.scalars(found).all()


def note_draft(session: Session, acting_id: str, draft_id: str) -> None:
    """Remember the draft last worked on in an acting session, for resuming to bring it back."""
    going = session.get(ActingSessionRow, acting_id)
    if going is None:
        return
    session.execute(
        sa.update(InteractionCustomerRow)
        .where(
            InteractionCustomerRow.interaction_id == going.interaction_id,
            InteractionCustomerRow.ended_at.is_(None),
        )
        .values(draft_id=draft_id),
        execution_options={"synchronize_session": False},
    )


def end_customers(session: Session, interaction_id: str, now: datetime) -> None:
    """Remember that the customers of a contact who were being helped no longer are."""
    session.execute(
        sa.update(InteractionCustomerRow)
        .where(
            InteractionCustomerRow.interaction_id == interaction_id, InteractionCustomerRow.ended_at.is_(None)
        )
        .values(ended_at=now),
        execution_options={"synchronize_session": "fetch"},
    )


def name_customer(session: Session, interaction_id: str, customer_id: str) -> None:
    """Remember who the customer of a contact is who is being helped without a name."""
    session.execute(
        sa.update(InteractionCustomerRow)
        .where(
            InteractionCustomerRow.interaction_id == interaction_id,
            InteractionCustomerRow.ended_at.is_(None),
            InteractionCustomerRow.customer_id.is_(None),
        )
        .values(customer_id=customer_id),
        execution_options={"synchronize_session": "fetch"},
    )


def granted_to(
    session: Session, staff_id: str, customer_id: str, council: str, now: datetime
) -> ApprovalRow | None:
    """A supervisor's leave to this agent to open this customer's restricted record at this council (slug), while it
    holds."""
    found = sa.select(ApprovalRow).where(
        ApprovalRow.asked_by == staff_id,
        ApprovalRow.customer_id == customer_id,
        ApprovalRow.council == council,
        ApprovalRow.granted.is_(True),
        ApprovalRow.until > now,
    )
    return session.scalar(found.order_by(ApprovalRow.until.desc()).limit(1))


def acting_by_id(session: Session, acting_id: str) -> ActingSessionRow | None:
    """The acting session with this id, ended or not."""
    return session.get(ActingSessionRow, acting_id)
