"""Counting: what was accepted, where deliveries stand, and rows that break a rule. Shown to operators."""

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from selfservice.domain.delivery import DeliveryKind, DeliveryState
from selfservice.store.cases import StatusUpdateRow
from selfservice.store.deliveries import BreakerRow, DeliveryAttemptRow, DeliveryRow, waits
from selfservice.store.submissions import SubmissionRow

IN_PROGRESS = (
    DeliveryState.PENDING,
    DeliveryState.CLAIMED,
    DeliveryState.SENDING,
    DeliveryState.UNCERTAIN,
    DeliveryState.BLOCKED,
)
OWED = (*IN_PROGRESS, DeliveryState.HELD, DeliveryState.DEAD)


def _number(session: Session, of: sa.Select[tuple[int]]) -> int:
    return session.scalar(of) or 0


def _how_many() -> sa.Select[tuple[int]]:
    return sa.select(sa.func.count())


def accepted(session: Session) -> dict[str, int]:
    """How many submissions each council has accepted."""
    rows = session.execute(sa.select(SubmissionRow.council, sa.func.count()).group_by(SubmissionRow.council))
    return {row[0]: row[1] for row in rows}


def deliveries(session: Session) -> dict[tuple[str, str, str], int]:
    """How many deliveries there are by council, connector and state."""
    what = (DeliveryRow.council, DeliveryRow.connector, DeliveryRow.state)
    rows = session.execute(sa.select(*what, sa.func.count()).group_by(*what))
    return {(council, connector, state): number for council, connector, state, number in rows}


def oldest_owed(session: Session) -> datetime | None:
    """When the oldest delivery that we still owe was created."""
    return session.scalar(
        sa.select(DeliveryRow.created_at)
        .where(DeliveryRow.state.in_(OWED))
        .order_by(DeliveryRow.created_at)
        .limit(1)
    )


def news_waiting(session: Session, before: datetime) -> int:
    """How many pieces of news, seen before this moment, still wait for a case that we know."""
    return _number(
        session,
        _how_many()
        .select_from(StatusUpdateRow)
        .where(StatusUpdateRow.case_id.is_(None), StatusUpdateRow.seen_at < before),
    )


def without_delivery(session: Session) -> int:
    """How many submissions have not a delivery for each back office that must hear of them, and no more."""
    parts = (
        sa.select(sa.func.count())
        .select_from(DeliveryRow)
        .where(
            DeliveryRow.submission_id == SubmissionRow.id,
            DeliveryRow.kind == DeliveryKind.CASE,
            DeliveryRow.position == 0,
        )
        .scalar_subquery()
    )
    return _number(session, _how_many().select_from(SubmissionRow).where(parts != SubmissionRow.parts))


@dataclass(frozen=True, slots=True)
class Balance:
    """What one council's back offices were to hear of, and what became of it: `accepted` is the sum of the rest.

    Counted by parts: a submission that two councils hear of is one in the balance of each. `delivered` counts
    those that a person delivered by hand too.
    """

    accepted: int = 0
    delivered: int = 0
    in_progress: int = 0
    held: int = 0
    dead: int = 0
    cancelled: int = 0


def balance(session: Session, since: datetime, until: datetime) -> dict[str, Balance]:
    """The balance of each council over what was accepted from `since` until before `until`.

    `accepted` comes from the moment and council of each duty alone, whatever state it is in by now, known or not.
    """

    def standing(*states: DeliveryState) -> sa.ColumnElement[int]:
        return sa.func.coalesce(sa.func.sum(sa.case((DeliveryRow.state.in_(states), 1), else_=0)), 0)

    rows = session.execute(
        sa.select(
            DeliveryRow.council,
            sa.func.count(),
            standing(DeliveryState.DELIVERED, DeliveryState.RESOLVED),
            standing(*IN_PROGRESS),
            standing(DeliveryState.HELD),
            standing(DeliveryState.DEAD),
            standing(DeliveryState.CANCELLED),
        )
        .where(
            DeliveryRow.kind == DeliveryKind.CASE,
            DeliveryRow.position == 0,
            DeliveryRow.created_at >= since,
            DeliveryRow.created_at < until,
        )
        .group_by(DeliveryRow.council)
    )
    return {council: Balance(*numbers) for council, *numbers in rows}


def without_accepted_try(session: Session) -> int:
    """How many delivered cases do not have exactly one try that was accepted, or found by looking up."""
    tries = (
        sa.select(sa.func.count())
        .select_from(DeliveryAttemptRow)
        .where(
            DeliveryAttemptRow.delivery_id == DeliveryRow.id,
            DeliveryAttemptRow.outcome.in_(("accepted", "found")),
        )
        .scalar_subquery()
    )
    return _number(
        session,
        _how_many()
        .select_from(DeliveryRow)
        .where(
            DeliveryRow.state == DeliveryState.DELIVERED,
            sa.or_(
                tries != 1,
                sa.and_(DeliveryRow.kind == DeliveryKind.CASE, DeliveryRow.case_reference.is_(None)),
            ),
        ),
    )


def tries_missing(session: Session) -> int:
    """How many deliveries have not a row for each of their tries."""
    tries = (
        sa.select(sa.func.count())
        .select_from(DeliveryAttemptRow)
        .where(DeliveryAttemptRow.delivery_id == DeliveryRow.id)
        .scalar_subquery()
    )
    return _number(session, _how_many().select_from(DeliveryRow).where(tries != DeliveryRow.attempt))


def unseen(session: Session, now: datetime, since: datetime) -> int:
    """How many deliveries were due before `since` though their connector's breaker is closed, and wait for no other."""
    is_open = sa.exists().where(
        BreakerRow.council == DeliveryRow.council,
        BreakerRow.connector == DeliveryRow.connector,
        BreakerRow.open_until > now,
    )
    pending = sa.and_(DeliveryRow.state == DeliveryState.PENDING, DeliveryRow.due_at < since, ~waits())
    uncertain = sa.and_(DeliveryRow.state == DeliveryState.UNCERTAIN, DeliveryRow.settle_until < since)
    return _number(session, _how_many().select_from(DeliveryRow).where(sa.or_(pending, uncertain), ~is_open))
