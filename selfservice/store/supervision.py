"""What supervisors look for: the contacts that go on now, and what agents did with customers' records."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session, aliased

from selfservice.domain.contact import ContactState
from selfservice.domain.people import PARTNERSHIP, ActorKind, Role
from selfservice.store.customers import CustomerRow
from selfservice.store.figures import hour_of
from selfservice.store.interactions import ActingSessionRow, InteractionRow
from selfservice.store.staff import StaffRoleRow, StaffRow
from selfservice.store.timeline import TimelineEventRow

GOING = (ContactState.ACTIVE, ContactState.PAUSED, ContactState.HANDED)
OPENED = ("helping_started", "viewed")
DONE = (*OPENED, "submitted", "searched")


@dataclass(frozen=True, slots=True)
class Going:
    """A contact that has not ended: with its agent's name, that of whom it was handed to, and the acting session in
    it, where one goes on."""

    contact: InteractionRow
    agent: str
    handed_to: str | None
    acting: ActingSessionRow | None


@dataclass(frozen=True, slots=True)
class Done:
    """How often a member of staff did one kind of thing with one record within an hour of UTC, by the code of the
    record's lines. `in_contact` is whether they name a contact, `written_in` the council whose lines they are."""

    what: str
    staff_id: str
    council: str
    customer_id: str | None
    in_contact: bool
    written_in: str
    hour: datetime
    times: int


def going(session: Session, councils: Collection[str], limit: int) -> list[Going]:
    """The contacts at these councils (slugs) that have not ended, the latest first."""
    other = aliased(StaffRow)
    found = (
        sa.select(InteractionRow, StaffRow.name, other.name, ActingSessionRow)
        .join(StaffRow, StaffRow.id == InteractionRow.staff_id)
        .outerjoin(other, other.id == InteractionRow.handed_to)
        .outerjoin(
            ActingSessionRow,
            sa.and_(
                ActingSessionRow.interaction_id == InteractionRow.id, ActingSessionRow.ended_at.is_(None)
            ),
        )
        .where(InteractionRow.council.in_(councils), InteractionRow.state.in_(GOING))
    )
    rows = session.execute(found.order_by(InteractionRow.started_at.desc(), InteractionRow.id).limit(limit))
    return [Going(row[0], row[1], row[2], row[3]) for row in rows]


def done(session: Session, councils: Collection[str], since: datetime, until: datetime) -> list[Done]:
    """What members of staff did with records at these councils (slugs), as the record has it.

    What an agent of several councils searched for is no single council's line: it counts at one of these for which
    they work.
    """
    line = TimelineEventRow
    works = (
        sa.select(StaffRoleRow.staff_id, sa.func.min(StaffRoleRow.council).label("council"))
        .where(StaffRoleRow.council.in_(councils), StaffRoleRow.role == Role.AGENT)
        .group_by(StaffRoleRow.staff_id)
        .subquery()
    )
    at_councils = _doings(session, line.council).where(
        *_by_agents(councils, since, until), line.what.in_(DONE)
    )
    searches = (
        _doings(session, works.c.council)
        .join(works, works.c.staff_id == line.actor_id)
        .where(*_by_agents([PARTNERSHIP], since, until), line.what == "searched")
    )
    each = sa.union_all(at_councils, searches).subquery()
    rows = session.execute(sa.select(*each.c, sa.func.count()).group_by(*each.c))
    return [Done(*tuple(row)) for row in rows]


def opened(
    session: Session, councils: Collection[str], since: datetime, until: datetime
) -> Sequence[TimelineEventRow]:
    """Each access to a customer's record: that somebody began to help them, or looked without."""
    line = TimelineEventRow
    alone = sa.and_(line.what == "viewed", line.acting_session_id.is_(None))
    found = sa.select(line).where(
        *_by_agents(councils, since, until),
        line.customer_id.is_not(None),
        sa.or_(line.what == "helping_started", alone),
    )
    return session.scalars(found.order_by(line.at, line.id)).all()


def customers_opened(
    session: Session, councils: Collection[str], since: datetime, until: datetime
) -> list[tuple[str, str, str | None, bool]]:
    """The customers whose records were opened: id, name as it is searched for, postcode, and whether restricted."""
    line = TimelineEventRow
    ids = sa.select(line.customer_id).where(*_by_agents(councils, since, until), line.what.in_(OPENED))
    row = CustomerRow
    found = sa.select(row.id, row.name_key, row.postcode, row.restricted).where(row.id.in_(ids))
    return [(id_, key, postcode, restricted) for id_, key, postcode, restricted in session.execute(found)]


def staff_themselves(session: Session, ids: Collection[str]) -> list[tuple[str, str, str | None, str | None]]:
    """Members of staff by id: their name, and of their own record as customers the name as it is searched for and
    the postcode, None without one."""
    found = (
        sa.select(StaffRow.id, StaffRow.name, CustomerRow.name_key, CustomerRow.postcode)
        .outerjoin(CustomerRow, CustomerRow.staff_id == StaffRow.id)
        .where(StaffRow.id.in_(ids))
    )
    return [(id_, name, key, postcode) for id_, name, key, postcode in session.execute(found)]


def _doings(session: Session, council: Any) -> sa.Select[Any]:
    """The columns of `Done` but the last, of lines of the record."""
    line = TimelineEventRow
    return sa.select(
        line.what,
        line.actor_id,
        council.label("council"),
        line.customer_id,
        line.interaction_id.is_not(None).label("in_contact"),
        line.council.label("written_in"),
        hour_of(session, line.at).label("hour"),
    )


def _by_agents(
    councils: Collection[str], since: datetime, until: datetime
) -> tuple[sa.ColumnElement[bool], ...]:
    line = TimelineEventRow
    return (
        line.council.in_(councils),
        line.at >= since,
        line.at < until,
        line.actor_kind == ActorKind.AGENT,
    )
