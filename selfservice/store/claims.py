"""Taking deliveries and moving them on: every change is one guarded update of one row."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, cast

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import CursorResult
from sqlalchemy.orm import Session, aliased

from selfservice.domain.breaker import Breaker
from selfservice.domain.delivery import IN_FLIGHT, DeliveryState, Standing
from selfservice.store.deliveries import BreakerRow, DeliveryAttemptRow, DeliveryRow, waits

Condition = sa.ColumnElement[bool]


def standing(row: DeliveryRow) -> Standing:
    """What the next step of this delivery depends on."""
    return Standing(
        state=DeliveryState(row.state),
        due_at=row.due_at,
        trying_since=row.trying_since,
        settle_until=row.settle_until,
        attempt=row.attempt,
        failures=row.failures,
        faults=row.faults,
        crashes=row.crashes,
        finished_at=row.finished_at,
    )


def _claimable(now: datetime, in_flight: int) -> Condition:
    """Pending, due, its connector's breaker closed and its limit not reached, no earlier part of its case left."""
    other, breaker = aliased(DeliveryRow), aliased(BreakerRow)
    same_breaker = sa.and_(breaker.council == DeliveryRow.council, breaker.connector == DeliveryRow.connector)
    flying = (
        sa.select(sa.func.count())
        .select_from(other)
        .where(
            other.council == DeliveryRow.council,
            other.connector == DeliveryRow.connector,
            other.state.in_(IN_FLIGHT),
        )
        .correlate(DeliveryRow)
        .scalar_subquery()
    )
    is_open = sa.exists().where(same_breaker, breaker.open_until > now).correlate(DeliveryRow)
    probing = sa.exists().where(same_breaker, breaker.opened > 0).correlate(DeliveryRow)
    return sa.and_(
        DeliveryRow.state == DeliveryState.PENDING,
        DeliveryRow.due_at <= now,
        ~is_open,
        flying < sa.case((probing, 1), else_=in_flight),
        ~waits(),
    )


def claim(
    session: Session, worker: str, now: datetime, in_flight: int, delivery_id: str | None = None
) -> DeliveryRow | None:
    """Take one delivery that may be sent now: this one, or the one longest due. None when there is none.

    On PostgreSQL rows that others hold are skipped; on SQLite the unit of work that writes has begun with
    BEGIN IMMEDIATE, so that one statement chooses and takes.
    """
    chosen = sa.select(DeliveryRow.id).where(_claimable(now, in_flight))
    if delivery_id is not None:
        chosen = chosen.where(DeliveryRow.id == delivery_id)
    chosen = chosen.order_by(DeliveryRow.due_at).limit(1).with_for_update(of=DeliveryRow, skip_locked=True)
    row = session.scalar(
        sa.update(DeliveryRow)
        .where(DeliveryRow.id == chosen.correlate(None).scalar_subquery())
        .values(state=DeliveryState.CLAIMED, attempt=DeliveryRow.attempt + 1)
        .returning(DeliveryRow)
        .execution_options(synchronize_session=False, populate_existing=True)
    )
    if row is not None:
        session.add(
            DeliveryAttemptRow(
                delivery_id=row.id, attempt=row.attempt, council=row.council, worker=worker, claimed_at=now
            )
        )
        session.flush()
    return row


def mark(session: Session, delivery_id: str, attempt: int, now: datetime) -> bool:
    """Set the marker: about to send. False when the delivery is no longer this attempt's."""
    marked = _guarded(session, delivery_id, attempt, DeliveryState.CLAIMED, {"state": DeliveryState.SENDING})
    if marked:
        session.execute(_attempt(delivery_id, attempt).values(sending_at=now))
    return marked


def step(session: Session, before: Standing, after: Standing, delivery_id: str, **also: Any) -> bool:
    """Write where a delivery now stands, if it still stands where it did; False when it does not.

    The attempt number is the fence: whoever was overtaken changes nothing.
    """
    values = {
        "state": after.state,
        "due_at": after.due_at,
        "settle_until": after.settle_until,
        "trying_since": after.trying_since,
        "failures": after.failures,
        "faults": after.faults,
        "crashes": after.crashes,
        "finished_at": after.finished_at,
        "rung_at": None,
        **also,
    }
    return _guarded(session, delivery_id, before.attempt, before.state, values)


def _guarded(
    session: Session, delivery_id: str, attempt: int, state: DeliveryState, values: dict[str, Any]
) -> bool:
    done = session.execute(
        sa.update(DeliveryRow)
        .where(DeliveryRow.id == delivery_id, DeliveryRow.attempt == attempt, DeliveryRow.state == state)
        .values(values)
        .execution_options(synchronize_session=False)
    )
    return cast("CursorResult[Any]", done).rowcount == 1


def _attempt(delivery_id: str, attempt: int) -> sa.Update:
    return (
        sa.update(DeliveryAttemptRow)
        .where(DeliveryAttemptRow.delivery_id == delivery_id, DeliveryAttemptRow.attempt == attempt)
        .execution_options(synchronize_session=False)
    )


def end_attempt(
    session: Session, delivery_id: str, attempt: int, outcome: str, words: str, now: datetime
) -> None:
    """Write how one try ended."""
    session.execute(_attempt(delivery_id, attempt).values(outcome=outcome, words=words, ended_at=now))


def times_unclear(session: Session, delivery_id: str, outcomes: Sequence[str]) -> int:
    """How many tries of a delivery ended in one of `outcomes`."""
    return (
        session.scalar(
            sa.select(sa.func.count())
            .select_from(DeliveryAttemptRow)
            .where(DeliveryAttemptRow.delivery_id == delivery_id, DeliveryAttemptRow.outcome.in_(outcomes))
        )
        or 0
    )


def _actionable(now: datetime, in_flight: int) -> Condition:
    """Claimable, or settled and to be looked up."""
    unsure = sa.and_(DeliveryRow.state == DeliveryState.UNCERTAIN, DeliveryRow.settle_until <= now)
    return sa.or_(_claimable(now, in_flight), unsure)


def overdue(session: Session, now: datetime, before: datetime, in_flight: int) -> bool:
    """Whether something could have been done since `before`, and nobody has done it."""
    due = sa.func.coalesce(DeliveryRow.settle_until, DeliveryRow.due_at)
    found = sa.select(DeliveryRow.id).where(_actionable(now, in_flight), due < before)
    return session.scalar(found.limit(1)) is not None


def due(session: Session, now: datetime, in_flight: int, limit: int) -> list[str]:
    """Ids of deliveries for which a worker can do something now: send them, or look them up."""
    return list(
        session.scalars(
            sa.select(DeliveryRow.id)
            .where(_actionable(now, in_flight))
            .order_by(DeliveryRow.due_at)
            .limit(limit)
        )
    )


def settled(
    session: Session, now: datetime, later: datetime, delivery_id: str | None = None
) -> DeliveryRow | None:
    """The uncertain delivery longest settled, or this one if it is; nobody else has it until `later`."""
    found = sa.select(DeliveryRow.id).where(
        DeliveryRow.state == DeliveryState.UNCERTAIN, DeliveryRow.settle_until <= now
    )
    if delivery_id is not None:
        found = found.where(DeliveryRow.id == delivery_id)
    found = found.order_by(DeliveryRow.settle_until).limit(1).with_for_update(skip_locked=True)
    return session.scalar(
        sa.update(DeliveryRow)
        .where(DeliveryRow.id == found.scalar_subquery())
        .values(settle_until=later)
        .returning(DeliveryRow)
        .execution_options(synchronize_session=False, populate_existing=True)
    )


def to_ring(session: Session, now: datetime, before: datetime, in_flight: int, limit: int) -> list[str]:
    """Of what is due, the ids not rung since `before`; remembers that they are rung `now`."""
    quiet = sa.or_(DeliveryRow.rung_at.is_(None), DeliveryRow.rung_at < before, DeliveryRow.rung_at > now)
    ids = list(
        session.scalars(
            sa.select(DeliveryRow.id)
            .where(_actionable(now, in_flight), quiet)
            .order_by(DeliveryRow.due_at)
            .limit(limit)
        )
    )
    if ids:
        session.execute(
            sa.update(DeliveryRow)
            .where(DeliveryRow.id.in_(ids))
            .values(rung_at=now)
            .execution_options(synchronize_session=False)
        )
    return ids


def in_state(session: Session, states: Sequence[DeliveryState]) -> list[DeliveryRow]:
    """Every delivery in one of `states`."""
    return list(session.scalars(sa.select(DeliveryRow).where(DeliveryRow.state.in_(states))))


def blocked_over(session: Session, now: datetime) -> list[DeliveryRow]:
    """The blocked deliveries whose wait is over."""
    found = sa.select(DeliveryRow).where(
        DeliveryRow.state == DeliveryState.BLOCKED, DeliveryRow.due_at <= now
    )
    return list(session.scalars(found))


def clamp(session: Session, now: datetime, furthest: datetime) -> int:
    """Make due now whatever waits for a moment beyond `furthest`: only a clock that jumped set it."""
    far = session.execute(
        sa.update(DeliveryRow)
        .where(
            DeliveryRow.state.in_((DeliveryState.PENDING, DeliveryState.BLOCKED)),
            DeliveryRow.due_at > furthest,
        )
        .values(due_at=now)
        .execution_options(synchronize_session=False)
    )
    unsettled = session.execute(
        sa.update(DeliveryRow)
        .where(DeliveryRow.state == DeliveryState.UNCERTAIN, DeliveryRow.settle_until > furthest)
        .values(settle_until=now)
        .execution_options(synchronize_session=False)
    )
    breakers = session.execute(
        sa.update(BreakerRow)
        .where(BreakerRow.open_until > furthest)
        .values(open_until=now)
        .execution_options(synchronize_session=False)
    )
    return sum(cast("CursorResult[Any]", done).rowcount for done in (far, unsettled, breakers))


def breaker(session: Session, council: str, connector: str, *, lock: bool = False) -> Breaker | None:
    """How a connector has been doing, or None if it never failed; `lock` keeps others from changing it."""
    found = sa.select(BreakerRow).where(BreakerRow.council == council, BreakerRow.connector == connector)
    row = session.scalar(
        (found.with_for_update() if lock else found).execution_options(populate_existing=True)
    )
    return Breaker(row.failures, row.opened, row.open_until) if row else None


def keep_breaker(session: Session, council: str, connector: str, breaker: Breaker) -> None:
    """Write how a connector is doing now."""
    session.execute(
        sa.update(BreakerRow)
        .where(BreakerRow.council == council, BreakerRow.connector == connector)
        .values(failures=breaker.failures, opened=breaker.opened, open_until=breaker.open_until)
        .execution_options(synchronize_session=False)
    )


def ensure_breaker(session: Session, council: str, connector: str) -> None:
    """Make the row of a connector's breaker, if it has none; harmless when two do so at once."""
    if breaker(session, council, connector) is None:
        _insert_quietly(
            session, BreakerRow, {"council": council, "connector": connector, "failures": 0, "opened": 0}
        )


def _insert_quietly(session: Session, table: type[Any], values: dict[str, Any]) -> None:
    dialect = postgresql if session.get_bind().dialect.name == "postgresql" else sqlite
    session.execute(dialect.insert(table).values(values).on_conflict_do_nothing())
