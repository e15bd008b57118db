"""What members of staff did with a customer's record, read from the record itself, one visit after another."""

from collections.abc import Collection, Sequence

import sqlalchemy as sa
from sqlalchemy.orm import Session

from selfservice.domain.people import ActorKind
from selfservice.store.timeline import TimelineEventRow

STAFF = (ActorKind.AGENT, ActorKind.OPERATOR)
# What was done in one acting session is one visit; anything else by staff is a visit of its own.
_VISIT = sa.func.coalesce(TimelineEventRow.acting_session_id, TimelineEventRow.id)


def page_of(session: Session, customer_id: str, limit: int, offset: int) -> list[str]:
    """So many visits to a customer's record, the latest first: the id of each."""
    latest = sa.func.max(TimelineEventRow.at)
    found = sa.select(_VISIT).where(*_by_staff(customer_id)).group_by(_VISIT)
    return list(session.scalars(found.order_by(latest.desc(), _VISIT.desc()).limit(limit).offset(offset)))


def count(session: Session, customer_id: str) -> int:
    """How many visits there were."""
    found = sa.select(sa.func.count(sa.distinct(_VISIT))).where(*_by_staff(customer_id))
    return session.scalar(found) or 0


def lines(
    session: Session, customer_id: str, visits: Collection[str]
) -> Sequence[tuple[str, TimelineEventRow]]:
    """The lines of these visits, each with the visit's id, oldest first."""
    found = sa.select(_VISIT, TimelineEventRow).where(*_by_staff(customer_id), _VISIT.in_(visits))
    ordered = found.order_by(TimelineEventRow.at, TimelineEventRow.id)
    return [(row[0], row[1]) for row in session.execute(ordered)]


def _by_staff(customer_id: str) -> tuple[sa.ColumnElement[bool], ...]:
    return TimelineEventRow.customer_id == customer_id, TimelineEventRow.actor_kind.in_(STAFF)
