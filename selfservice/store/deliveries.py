"""Deliveries: the rows that say what we still owe whom. The row is the truth; Redis is only the bell."""

from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, Session, aliased, mapped_column

from selfservice.domain.delivery import FINISHED, DeliveryKind, DeliveryState
from selfservice.store.base import Base, new_id
from selfservice.store.submissions import SubmissionRow

SAME_CASE = ("submission_id", "council", "connector", "service_code")
# What waits for a person does not hold up what the customer writes after it.
LEFT_TO_A_PERSON = (DeliveryState.HELD, DeliveryState.DEAD)
STATES = ", ".join(f"'{state}'" for state in DeliveryState)


class DeliveryRow(Base):
    """Our duty to tell one back office of one submission, or to send one notification.

    `council` is the one whose back office it is, which need not be the submission's own. `title` is what the
    customer knows this part by, such as "Council tax"; `withheld` are the ids of the questions whose answers it is
    not told. `attempt` is the fencing token. `position` orders the deliveries that belong to one case: 0 opens it, and
    a later one waits for the earlier (`waits`). `failures` counts the other side's faults since it last answered,
    `faults` ours, `crashes` workers that died. `trying_since` is when the tries began that may last seven days: at
    first the creation, later the replay. `connector` is the council's name for the connector. `submission_id` is None
    for a message that is about no submission. `message_id` is the customer's message that a delivery of kind "update"
    takes to the back office, to the case of the same submission, council, connector and service code; once delivered
    its `case_reference` says which that was.
    """

    __tablename__ = "deliveries"

    id: Mapped[str] = mapped_column(sa.String(36), primary_key=True, default=new_id)
    council: Mapped[str] = mapped_column(sa.String(40))
    submission_id: Mapped[str | None] = mapped_column(sa.ForeignKey("submissions.id"))
    notification_id: Mapped[str | None] = mapped_column(sa.ForeignKey("notifications.id"), unique=True)
    message_id: Mapped[str | None] = mapped_column(sa.String(36))
    kind: Mapped[str] = mapped_column(sa.String(20))
    connector: Mapped[str] = mapped_column(sa.String(60))
    service_code: Mapped[str] = mapped_column(sa.String(60), default="")
    title: Mapped[str] = mapped_column(sa.String(200), default="", server_default="")
    withheld: Mapped[list[Any]] = mapped_column(default=list, server_default="[]")
    position: Mapped[int] = mapped_column(default=0)
    state: Mapped[str] = mapped_column(sa.String(20), default=DeliveryState.PENDING)
    attempt: Mapped[int] = mapped_column(default=0)
    failures: Mapped[int] = mapped_column(default=0)
    faults: Mapped[int] = mapped_column(default=0)
    crashes: Mapped[int] = mapped_column(default=0)
    due_at: Mapped[datetime]
    settle_until: Mapped[datetime | None]
    rung_at: Mapped[datetime | None]
    token: Mapped[str | None] = mapped_column(sa.String(200))
    case_reference: Mapped[str | None] = mapped_column(sa.String(200))
    last_words: Mapped[str] = mapped_column(sa.Text, default="")
    created_at: Mapped[datetime]
    trying_since: Mapped[datetime]
    finished_at: Mapped[datetime | None]

    __table_args__ = (
        sa.CheckConstraint(f"state IN ({STATES})", name="state_known"),
        sa.CheckConstraint("attempt >= 0", name="attempt_counts_up"),
        sa.CheckConstraint(
            "state <> 'delivered' OR kind <> 'case' OR case_reference IS NOT NULL", name="delivered_has_case"
        ),
        sa.CheckConstraint(
            "submission_id IS NOT NULL OR kind = 'notification'", name="cases_have_a_submission"
        ),
        sa.Index(
            "uq_deliveries_part",
            "submission_id",
            "council",
            "connector",
            "service_code",
            "position",
            unique=True,
            postgresql_where=sa.text("kind = 'case'"),
            sqlite_where=sa.text("kind = 'case'"),
        ),
        sa.Index(None, "state", "due_at"),
        sa.Index(None, "submission_id"),
        sa.Index(None, "message_id"),
        sa.Index(None, "council", "connector", "state"),
    )


class DeliveryAttemptRow(Base):
    """One try: when it was claimed, when its marker was set, how it ended."""

    __tablename__ = "delivery_attempts"

    delivery_id: Mapped[str] = mapped_column(sa.ForeignKey("deliveries.id"), primary_key=True)
    attempt: Mapped[int] = mapped_column(primary_key=True)
    council: Mapped[str] = mapped_column(sa.String(40))
    worker: Mapped[str] = mapped_column(sa.String(80))
    claimed_at: Mapped[datetime]
    sending_at: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]
    outcome: Mapped[str | None] = mapped_column(sa.String(40))
    words: Mapped[str] = mapped_column(sa.Text, default="")


class DeliveryStepRow(Base):
    """One finished remote call that must not be repeated."""

    __tablename__ = "delivery_steps"

    delivery_id: Mapped[str] = mapped_column(sa.ForeignKey("deliveries.id"), primary_key=True)
    name: Mapped[str] = mapped_column(sa.String(80), primary_key=True)
    council: Mapped[str] = mapped_column(sa.String(40))
    result: Mapped[str] = mapped_column(sa.Text)
    finished_at: Mapped[datetime]


class BreakerRow(Base):
    """Whether a connector is being left alone for now; shared by all workers."""

    __tablename__ = "breakers"

    council: Mapped[str] = mapped_column(sa.String(40), primary_key=True)
    connector: Mapped[str] = mapped_column(sa.String(60), primary_key=True)
    failures: Mapped[int] = mapped_column(default=0)
    opened: Mapped[int] = mapped_column(default=0)
    open_until: Mapped[datetime | None]


def waits() -> sa.ColumnElement[bool]:
    """Whether a delivery has to wait for an earlier one of its case: for the case itself, whatever becomes of that,
    and for updates that are under way."""
    earlier = aliased(DeliveryRow)
    before = sa.or_(
        sa.and_(earlier.kind == DeliveryKind.CASE, earlier.state.not_in(FINISHED)),
        sa.and_(earlier.kind == DeliveryKind.UPDATE, earlier.state.not_in((*FINISHED, *LEFT_TO_A_PERSON))),
    )
    of_case = (getattr(earlier, name) == getattr(DeliveryRow, name) for name in SAME_CASE)
    found = sa.exists().where(*of_case, earlier.position < DeliveryRow.position, before)
    return sa.and_(DeliveryRow.position > 0, found.correlate(DeliveryRow))


def ids_of(session: Session, submission_id: str) -> list[str]:
    """The ids of every delivery of one submission, oldest first."""
    return list(
        session.scalars(
            sa.select(DeliveryRow.id)
            .where(DeliveryRow.submission_id == submission_id)
            .order_by(DeliveryRow.id)
        )
    )


def parts(session: Session, submission_id: str) -> list[DeliveryRow]:
    """The deliveries that open the cases of one submission: one for each back office that must hear of it."""
    return list(
        session.scalars(
            sa.select(DeliveryRow)
            .where(
                DeliveryRow.submission_id == submission_id,
                DeliveryRow.kind == DeliveryKind.CASE,
                DeliveryRow.position == 0,
            )
            .order_by(DeliveryRow.id)
        )
    )


def part_of(session: Session, update_id: str) -> DeliveryRow | None:
    """The delivery that opens the case which a delivery of kind "update" adds to."""
    update, part = aliased(DeliveryRow), aliased(DeliveryRow)
    same = (getattr(part, name) == getattr(update, name) for name in SAME_CASE)
    found = sa.select(part).join(update, sa.and_(*same)).where(update.id == update_id)
    return session.scalar(found.where(part.kind == DeliveryKind.CASE, part.position == 0))


def updates(session: Session, submission_id: str) -> list[DeliveryRow]:
    """The deliveries that take what the customer wrote about one submission to its cases, in their order."""
    found = sa.select(DeliveryRow).where(
        DeliveryRow.submission_id == submission_id, DeliveryRow.kind == DeliveryKind.UPDATE
    )
    return list(session.scalars(found.order_by(DeliveryRow.position, DeliveryRow.id)))


def is_update(session: Session, delivery_id: str, council: str, connector: str) -> bool:
    """Whether this is the id of something that a customer wrote to this back office."""
    row = session.get(DeliveryRow, delivery_id)
    told = (DeliveryKind.UPDATE, council, connector)
    return row is not None and (row.kind, row.council, row.connector) == told


def only_part_by_reference(session: Session, council: str, connector: str, reference: str) -> str | None:
    """The submission with this reference of which this back office hears one part; None if it hears several."""
    found = session.execute(
        sa.select(DeliveryRow.submission_id)
        .join(SubmissionRow, SubmissionRow.id == DeliveryRow.submission_id)
        .where(
            SubmissionRow.reference == reference,
            DeliveryRow.council == council,
            DeliveryRow.connector == connector,
            DeliveryRow.kind == DeliveryKind.CASE,
            DeliveryRow.position == 0,
        )
        .limit(2)
    ).all()
    return found[0].submission_id if len(found) == 1 else None


def step_result(session: Session, delivery_id: str, name: str) -> str | None:
    """The kept result of one finished remote call, or None if it has not finished."""
    row = session.get(DeliveryStepRow, (delivery_id, name))
    return row.result if row else None


def keep_step(
    session: Session, delivery_id: str, name: str, council: str, result: str, now: datetime
) -> None:
    """Keep the result of one finished remote call."""
    session.add(
        DeliveryStepRow(delivery_id=delivery_id, name=name, council=council, result=result, finished_at=now)
    )
