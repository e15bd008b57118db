"""The record as auditors read it: the lines of one council by who, about whom, what and when, some at a time."""

from collections.abc import Sequence
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from selfservice.domain.record import Wanted
from selfservice.store.record import RecordLinkRow
from selfservice.store.staff import StaffRoleRow, StaffRow
from selfservice.store.timeline import TimelineEventRow

CHECKED = "record_verified"


def lines(
    session: Session, wanted: Wanted, limit: int, before: tuple[datetime, str] | None = None
) -> list[tuple[TimelineEventRow, int | None]]:
    """So many lines, the latest first, each with its number in the record, None for one that is not linked.

    `before` is the moment and the id of a line: only what stands below it is given.
    """
    line = TimelineEventRow
    found = (
        sa.select(line, RecordLinkRow.number)
        .outerjoin(RecordLinkRow, RecordLinkRow.event_id == line.id)
        .where(line.council == wanted.council, *_fits(wanted))
    )
    if before is not None:
        at, id_ = before
        found = found.where(line.at <= at, sa.or_(line.at < at, line.id < id_))
    rows = session.execute(found.order_by(line.at.desc(), line.id.desc()).limit(limit))
    return [(row[0], row[1]) for row in rows]


def last_check(session: Session, council: str) -> TimelineEventRow | None:
    """The latest line that says that a council's record was proven, and what came of it."""
    line = TimelineEventRow
    # In letters, or no database sees that its index of these lines will do.
    found = sa.select(line).where(line.council == council, line.what == sa.literal_column(f"'{CHECKED}'"))
    return session.scalar(found.order_by(line.at.desc()).limit(1))


def head(session: Session, council: str) -> tuple[int, str] | None:
    """The number and the hash of the last link of a council's record."""
    link = RecordLinkRow
    found = sa.select(link.number, link.hash).where(link.council == council)
    row = session.execute(found.order_by(link.number.desc()).limit(1)).one_or_none()
    return (row.number, row.hash) if row else None


def kinds(session: Session, council: str, since: datetime) -> Sequence[str]:
    """The kinds of lines that a council's record has had since a moment."""
    line = TimelineEventRow
    found = sa.select(line.what).where(line.council == council, line.at >= since).distinct()
    return session.scalars(found.order_by(line.what)).all()


def members(session: Session, council: str | None) -> list[tuple[str, str]]:
    """The members of staff who have a role at a council (slug), or all there are: id and name, by name."""
    found = sa.select(StaffRow.id, StaffRow.name)
    if council is not None:
        at = sa.select(StaffRoleRow.staff_id).where(StaffRoleRow.council == council)
        found = found.where(StaffRow.id.in_(at))
    return [(id_, name) for id_, name in session.execute(found.order_by(StaffRow.name, StaffRow.id))]


def _fits(wanted: Wanted) -> list[sa.ColumnElement[bool]]:
    line = TimelineEventRow
    fits: list[sa.ColumnElement[bool]] = []
    if wanted.actor_id is not None:
        fits.append(line.actor_id == wanted.actor_id)
    if wanted.customer_id is not None:
        fits.append(line.customer_id == wanted.customer_id)
    if wanted.what is not None:
        fits.append(line.what == wanted.what)
    if wanted.since is not None:
        fits.append(line.at >= wanted.since)
    if wanted.until is not None:
        fits.append(line.at < wanted.until)
    return fits
