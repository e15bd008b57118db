"""Hand-overs: a draft passed from a resident to an agent by a code, or from an agent to a resident by a link."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, Session, mapped_column

from selfservice.domain.handover import Direction, HandoverState
from selfservice.store.base import Base, new_id
from selfservice.store.deliveries import DeliveryAttemptRow, DeliveryRow
from selfservice.store.drafts import DraftRow
from selfservice.store.interactions import ActingSessionRow
from selfservice.store.notifications import NotificationRow


class HandoverRow(Base):
    """One passing on of a draft. Neither its token nor its code is here: only what they are told by.

    `direction` is "to_agent" or "to_customer". `code_hash` is how the six figures are told among those that are
    open ("to_agent"), `token_hash` how the link's token is ("to_customer"). `held_by` is who had the draft when it
    was offered, `taken_by` who has it since: both as in `drafts.holder`. `acting_session_id` is the agent's, on
    either side. `consented_at` is when the resident agreed that an agent sees the draft. `asked` are codes of what
    the customer is asked for, `ask` the agent's own words beside them. It is over when it is given back, used, or no
    longer good. While an agent has a draft by a code, they may offer it onwards by a link.
    """

    __tablename__ = "handovers"

    id: Mapped[str] = mapped_column(sa.String(36), primary_key=True, default=new_id)
    council: Mapped[str] = mapped_column(sa.String(40))
    draft_id: Mapped[str] = mapped_column(sa.ForeignKey("drafts.id", ondelete="CASCADE"))
    direction: Mapped[str] = mapped_column(sa.String(12))
    state: Mapped[str] = mapped_column(sa.String(12), default=HandoverState.OFFERED)
    code_hash: Mapped[str | None] = mapped_column(sa.String(64))
    token_hash: Mapped[str | None] = mapped_column(sa.String(64), unique=True)
    medium: Mapped[str | None] = mapped_column(sa.String(10))
    recipient: Mapped[str | None] = mapped_column(sa.String(320))
    wrong_tries: Mapped[int] = mapped_column(default=0, server_default="0")
    held_by: Mapped[str] = mapped_column(sa.String(64))
    taken_by: Mapped[str | None] = mapped_column(sa.String(64))
    customer_id: Mapped[str | None] = mapped_column(sa.ForeignKey("customers.id"))
    acting_session_id: Mapped[str | None] = mapped_column(sa.ForeignKey("acting_sessions.id"))
    asked: Mapped[list[Any]] = mapped_column(default=list, server_default="[]")
    ask: Mapped[str] = mapped_column(sa.String(200), default="", server_default="")
    made_at: Mapped[datetime]
    until: Mapped[datetime]
    consented_at: Mapped[datetime | None]
    taken_at: Mapped[datetime | None]
    over_at: Mapped[datetime | None]

    __table_args__ = (
        sa.CheckConstraint("direction IN ('to_agent', 'to_customer')", name="direction_known"),
        sa.CheckConstraint(
            "state IN ('offered', 'taken', 'over', 'locked', 'superseded')", name="state_known"
        ),
        # A draft is on offer once at a time, and with the other side once at a time.
        sa.Index(
            "uq_handovers_one_of_each",
            "draft_id",
            "state",
            unique=True,
            postgresql_where=sa.text("state IN ('offered', 'taken')"),
            sqlite_where=sa.text("state IN ('offered', 'taken')"),
        ),
        sa.Index(
            "uq_handovers_code",
            "code_hash",
            unique=True,
            postgresql_where=sa.text("state = 'offered'"),
            sqlite_where=sa.text("state = 'offered'"),
        ),
        sa.Index(None, "draft_id"),
        sa.Index(None, "acting_session_id"),
    )


OPEN = (HandoverState.OFFERED, HandoverState.TAKEN)


def of_draft(session: Session, draft_id: str, state: HandoverState) -> HandoverRow | None:
    """The hand-over of a draft that is on offer, or taken: there is one of each at most. Lock the draft first."""
    return session.scalar(
        sa.select(HandoverRow).where(HandoverRow.draft_id == draft_id, HandoverRow.state == state),
        execution_options={"populate_existing": True},
    )


def open_of(session: Session, draft_id: str) -> Sequence[HandoverRow]:
    """What is on offer or taken of a draft."""
    found = sa.select(HandoverRow).where(HandoverRow.draft_id == draft_id, HandoverRow.state.in_(OPEN))
    return session.scalars(found).all()


def history(session: Session, draft_id: str) -> Sequence[HandoverRow]:
    """Every hand-over of a draft, newest first."""
    found = sa.select(HandoverRow).where(HandoverRow.draft_id == draft_id)
    return session.scalars(found.order_by(HandoverRow.made_at.desc(), HandoverRow.id.desc())).all()


def offered_by_code(session: Session, code_hashes: Collection[str]) -> HandoverRow | None:
    """The hand-over on offer whose code is told by one of these, good or run out."""
    return session.scalar(
        sa.select(HandoverRow).where(
            HandoverRow.code_hash.in_(code_hashes),
            HandoverRow.state == HandoverState.OFFERED,
            HandoverRow.direction == Direction.TO_AGENT,
        )
    )


def by_id(session: Session, handover_id: str, *, lock: bool = False) -> HandoverRow | None:
    """The hand-over with this id, as the database has it now."""
    found = sa.select(HandoverRow).where(HandoverRow.id == handover_id)
    return session.scalar(
        found.with_for_update() if lock else found, execution_options={"populate_existing": True}
    )


def by_token(session: Session, token_hash: str) -> HandoverRow | None:
    """The hand-over whose link has this token."""
    return session.scalar(sa.select(HandoverRow).where(HandoverRow.token_hash == token_hash))


def taken_in(session: Session, acting_ids: Collection[str]) -> list[tuple[HandoverRow, DraftRow]]:
    """What acting sessions have by a code, each with its draft, whose holder is the session; the drafts locked."""
    held = sa.select(DraftRow).where(DraftRow.holder.in_(acting_ids)).order_by(DraftRow.id).with_for_update()
    drafts = {row.id: row for row in session.scalars(held, execution_options={"populate_existing": True})}
    if not drafts:
        return []
    # Asked only now: what was waited for with the lock may have changed whose turn it is.
    found = sa.select(HandoverRow).where(
        HandoverRow.draft_id.in_(drafts),
        HandoverRow.state == HandoverState.TAKEN,
        HandoverRow.direction == Direction.TO_AGENT,
    )
    rows = session.scalars(found, execution_options={"populate_existing": True})
    return [(row, drafts[row.draft_id]) for row in rows]


def lent_by(customer_id: str) -> sa.Select[str]:
    """What finds the drafts that an agent has by a code of this customer: they go back to them."""
    return sa.select(HandoverRow.draft_id).where(
        HandoverRow.held_by == customer_id,
        HandoverRow.state == HandoverState.TAKEN,
        HandoverRow.direction == Direction.TO_AGENT,
    )


def sent_on_in(
    session: Session, interaction_ids: Collection[str]
) -> Sequence[tuple[str, HandoverRow, DraftRow]]:
    """What was sent on to customers in these contacts and is still open, oldest first: the contact's id, and the
    hand-over with its draft."""
    found = (
        sa.select(ActingSessionRow.interaction_id, HandoverRow, DraftRow)
        .join(ActingSessionRow, ActingSessionRow.id == HandoverRow.acting_session_id)
        .join(DraftRow, DraftRow.id == HandoverRow.draft_id)
        .where(
            ActingSessionRow.interaction_id.in_(interaction_ids),
            HandoverRow.direction == Direction.TO_CUSTOMER,
            HandoverRow.state.in_(OPEN),
        )
        .order_by(HandoverRow.made_at, HandoverRow.id)
    )
    return [(row[0], row[1], row[2]) for row in session.execute(found)]


def is_with_customer(session: Session, draft_id: str, acting_id: str) -> bool:
    """Whether the customer has this draft, and not whoever acts for them: they were sent it, or this acting session
    had it by a code and has it no more."""
    found = sa.select(HandoverRow.id).where(
        HandoverRow.draft_id == draft_id,
        sa.or_(
            sa.and_(HandoverRow.direction == Direction.TO_CUSTOMER, HandoverRow.state == HandoverState.TAKEN),
            sa.and_(
                HandoverRow.direction == Direction.TO_AGENT,
                HandoverRow.state == HandoverState.OVER,
                HandoverRow.acting_session_id == acting_id,
            ),
        ),
    )
    return session.scalar(found.limit(1)) is not None


def customer_of(session: Session, draft_id: str) -> tuple[str, int] | None:
    """The customer (id) as whom an agent had this draft last, or for whom they sent it on, and how sure they were
    (a `domain.people.Verification`); None where nobody said."""
    found = (
        sa.select(HandoverRow.customer_id, ActingSessionRow.verification)
        .join(ActingSessionRow, ActingSessionRow.id == HandoverRow.acting_session_id)
        .where(
            HandoverRow.draft_id == draft_id,
            HandoverRow.customer_id.is_not(None),
            HandoverRow.taken_at.is_not(None),
        )
    )
    latest = found.order_by(HandoverRow.taken_at.desc(), HandoverRow.id.desc()).limit(1)
    row = session.execute(latest).first()
    return (str(row[0]), row[1]) if row else None


def follow(session: Session, before: str, after: str) -> None:
    """Let what goes back to one holder go back to another, who has become the same person's."""
    session.execute(
        sa.update(HandoverRow)
        .where(HandoverRow.held_by == before, HandoverRow.state.in_(OPEN))
        .values(held_by=after),
        execution_options={"synchronize_session": "fetch"},
    )


def name_customer(session: Session, acting_id: str, customer_id: str) -> None:
    """Say who the customer is whose drafts an acting session has by a code."""
    session.execute(
        sa.update(HandoverRow)
        .where(HandoverRow.acting_session_id == acting_id, HandoverRow.customer_id.is_(None))
        .values(customer_id=customer_id),
        execution_options={"synchronize_session": "fetch"},
    )


def of_drafts_sent_before(session: Session, moment: datetime, limit: int) -> Sequence[str]:
    """Ids of drafts with hand-overs that were sent before `moment`."""
    found = (
        sa.select(DraftRow.id)
        .where(DraftRow.submission_id.is_not(None), DraftRow.changed_at < moment)
        .where(sa.exists().where(HandoverRow.draft_id == DraftRow.id))
        .limit(limit)
    )
    return session.scalars(found).all()


def forget(session: Session, draft_ids: Sequence[str]) -> None:
    """Delete the hand-overs of these drafts, and every message about them with its delivery."""
    passed_on = sa.select(HandoverRow.id).where(HandoverRow.draft_id.in_(draft_ids))
    messages = sa.select(NotificationRow.id).where(NotificationRow.handover_id.in_(passed_on))
    deliveries = sa.select(DeliveryRow.id).where(DeliveryRow.notification_id.in_(messages))
    for gone in (
        sa.delete(DeliveryAttemptRow).where(DeliveryAttemptRow.delivery_id.in_(deliveries)),
        sa.delete(DeliveryRow).where(DeliveryRow.notification_id.in_(messages)),
        sa.delete(NotificationRow).where(NotificationRow.handover_id.in_(passed_on)),
        sa.delete(HandoverRow).where(HandoverRow.draft_id.in_(draft_ids)),
    ):
        session.execute(gone, execution_options={"synchronize_session": False})
