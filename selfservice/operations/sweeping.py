"""What the sweeper and a worker without a bell ask of the database: what lies about, and what is due."""

from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from selfservice.domain.delivery import IN_FLIGHT, Timings
from selfservice.operations import delivering
from selfservice.store import claims

RUNG_AT_ONCE = 50


def in_flight(session: Session) -> list[tuple[str, int, str]]:
    """Id, attempt and state of every delivery that a worker has, or had when it died."""
    return [(row.id, row.attempt, row.state) for row in claims.in_state(session, list(IN_FLIGHT))]


def put_right(session: Session, now: datetime, timings: Timings) -> int:
    """Clamp moments that only a clock that jumped can have set, and end waits that are over."""
    clamped = claims.clamp(session, now, now + timedelta(seconds=timings.furthest))
    delivering.wait_over(session, now, timings)
    return clamped


def to_ring(session: Session, now: datetime, timings: Timings) -> list[str]:
    """The ids of what is due and was not rung for a moment; remembers that they are rung now."""
    again = now - timedelta(seconds=timings.ring_again)
    return claims.to_ring(session, now, again, timings.in_flight, RUNG_AT_ONCE)


def overdue(session: Session, now: datetime, timings: Timings) -> bool:
    """Whether something has been due for so long that nobody seems to hear the bell."""
    return claims.overdue(session, now, now - timedelta(seconds=timings.overdue), timings.in_flight)


def anything_due(session: Session, now: datetime, timings: Timings) -> bool:
    """Whether a worker could do something now."""
    return bool(claims.due(session, now, timings.in_flight, 1))
