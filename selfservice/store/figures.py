"""Figures of contacts and submissions, added up by the database in one statement for each kind.

A contact is a repeat when one before it, no more than fourteen days ago and at the same council, was about the same
reference; or when a customer is helped in it who had been helped with the same service in another.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session, aliased

from selfservice.domain.contact import ContactState
from selfservice.domain.figures import REPEAT_WITHIN, Assisted, Times
from selfservice.store.base import Moment
from selfservice.store.interactions import ActingSessionRow, InteractionRow
from selfservice.store.submissions import SubmissionRow

AN_HOUR = datetime(2000, 1, 1, tzinfo=UTC)  # any whole one, to count hours from
ALL, CHANNEL, SERVICE, AGENT = "all", "channel", "service", "agent"


@dataclass(frozen=True, slots=True)
class Scope:
    """What is counted: at which councils (slugs), from when to when, and which service (slug), None for each.

    `agents_at` are the councils whose agents are told apart.
    """

    councils: frozenset[str]
    since: datetime
    until: datetime
    service: str | None = None
    agents_at: frozenset[str] = frozenset()


def times(session: Session, scope: Scope) -> list[tuple[str, str | None, Times]]:
    """What contacts came to, altogether, by channel, by service and by agent: by which, the key, and the times.

    Those that are active this moment are left out: their clocks run.
    """
    rows = session.execute(_by_sets(scope) if _is_postgres(session) else _by_places(scope))
    again = repeats(session, scope)
    return [
        (by, key, Times(number, again.get((by, key), 0), seconds, median, ninetieth))
        for by, key, number, seconds, median, ninetieth in rows
    ]


def hours(session: Session, scope: Scope) -> list[tuple[datetime, int]]:
    """How many contacts began in each hour of UTC in which any did."""
    begun = sa.select(hour_of(session, InteractionRow.started_at).label("hour")).where(*_counted(scope))
    each = begun.subquery()
    rows = session.execute(sa.select(each.c.hour, sa.func.count()).group_by(each.c.hour))
    return [(at, number) for at, number in rows]


def assisted(
    session: Session, scope: Scope, week_ends: Sequence[datetime]
) -> dict[tuple[str, int], Assisted]:
    """The submissions of each service (slug) in each week, and how many an agent had a hand in.

    Weeks are numbered from 0; `week_ends` are the moments at which each is over.
    """
    sent = SubmissionRow
    ends = [(sent.submitted_at < end, number) for number, end in enumerate(week_ends)]
    told = sa.select(sent.service, sa.case(*ends, else_=len(week_ends)).label("week"), sent.helper_id).where(
        sent.council.in_(scope.councils), sent.submitted_at >= scope.since, sent.submitted_at < scope.until
    )
    if scope.service is not None:
        told = told.where(sent.service == scope.service)
    each = told.subquery()
    found = sa.select(each.c.service, each.c.week, sa.func.count(), sa.func.count(each.c.helper_id))
    rows = session.execute(found.group_by(each.c.service, each.c.week))
    return {(service, week): Assisted(every, helped) for service, week, every, helped in rows}


def repeats(session: Session, scope: Scope) -> Counter[tuple[str, str | None]]:
    """How many of them are repeats, by which and by which key."""
    again, row = _again(session, scope), InteractionRow
    alike = (row.channel, row.service, row.staff_id, row.council)
    found = sa.select(*alike, sa.func.count()).join(again, again.c.id == row.id).where(*_counted(scope))
    told: Counter[tuple[str, str | None]] = Counter()
    for channel, service, agent, council, number in session.execute(found.group_by(*alike)):
        told[ALL, None] += number
        told[CHANNEL, channel] += number
        told[SERVICE, service] += number
        if council in scope.agents_at:
            told[AGENT, agent] += number
    return told


def _again(session: Session, scope: Scope) -> sa.Subquery:
    """The ids of contacts that are repeats: with the same reference as one before, or in which a customer was helped
    who had been helped with the same service in another before."""
    row, before = InteractionRow, aliased(InteractionRow)
    helped, helped_before = ActingSessionRow, aliased(ActingSessionRow)
    referred = sa.exists().where(
        *_soon_before(session, scope, before, row),
        before.reference == row.reference,
    )
    met = sa.exists().where(
        *_soon_before(session, scope, helped_before, helped),
        helped_before.customer_id == helped.customer_id,
        helped_before.service == helped.service,
        helped_before.interaction_id != helped.interaction_id,
    )
    return sa.union(
        sa.select(row.id).where(*_counted(scope), row.reference != "", referred),
        # A contact that began just before midnight is not yet over then.
        sa.select(helped.interaction_id).where(
            *_begun(helped, scope, scope.since, scope.until + timedelta(days=1)), met
        ),
    ).subquery()


def _soon_before(session: Session, scope: Scope, before: Any, row: Any) -> tuple[sa.ColumnElement[bool], ...]:
    """Whether something at the same council began no more than fourteen days before the other."""
    # That it is within the scope follows from the rest, but no planner sees that it need not look at all years.
    within = _begun(before, scope, scope.since - REPEAT_WITHIN, scope.until + timedelta(days=1))
    earlier = before.started_at < row.started_at
    if _is_postgres(session):
        gap = sa.type_coerce(row.started_at, sa.DateTime) - sa.type_coerce(before.started_at, sa.DateTime)
        return *within, before.council == row.council, earlier, gap <= REPEAT_WITHIN
    days = sa.func.julianday(row.started_at) - sa.func.julianday(before.started_at)
    return *within, before.council == row.council, earlier, days <= REPEAT_WITHIN.days


def _by_sets(scope: Scope) -> sa.Select[Any]:
    """The times as PostgreSQL adds them up in one reading: a set of groups for each way."""
    row = InteractionRow
    agent = sa.case((row.council.in_(scope.agents_at), row.staff_id), else_=None).label("agent")
    each = sa.select(row.channel, row.service, agent, row.active_seconds).where(*_counted(scope)).subquery()
    ways = {ALL: None, CHANNEL: each.c.channel, SERVICE: each.c.service, AGENT: each.c.agent}
    keys = [key for key in ways.values() if key is not None]
    # The bits of a number say which of the columns a row is not grouped by, the last one first.
    which = sa.func.grouping(*keys)
    by = sa.case({7: ALL, 3: CHANNEL, 5: SERVICE, 6: AGENT}, value=which)
    key = sa.case({3: each.c.channel, 5: each.c.service, 6: each.c.agent}, value=which)
    seconds = each.c.active_seconds
    return (
        sa.select(
            by, key, sa.func.count(), sa.func.sum(seconds), _of_hundred(50, seconds), _of_hundred(90, seconds)
        )
        .group_by(sa.func.grouping_sets(sa.tuple_(), *(sa.tuple_(key) for key in keys)))
        .having(sa.or_(which != 6, each.c.agent.is_not(None)), sa.func.count() > 0)
    )


def _of_hundred(percent: int, seconds: sa.ColumnElement[int]) -> sa.ColumnElement[int]:
    """The shortest time that so many of a hundred did not go beyond, as PostgreSQL finds it."""
    return sa.func.percentile_disc(percent / 100).within_group(seconds)


def _by_places(scope: Scope) -> sa.CompoundSelect[Any]:
    """The same for SQLite, which has none of this: each contact is given its place in its group."""
    row = InteractionRow
    ways: list[tuple[str, Any, tuple[Any, ...]]] = [
        (ALL, sa.null(), ()),
        (CHANNEL, row.channel, ()),
        (SERVICE, row.service, ()),
        (AGENT, row.staff_id, (row.council.in_(scope.agents_at),)),
    ]
    return sa.union_all(*(_by_place(scope, by, key, only) for by, key, only in ways))


def _by_place(scope: Scope, by: str, key: Any, only: tuple[Any, ...]) -> sa.Select[Any]:
    seconds = InteractionRow.active_seconds
    each = (
        sa.select(
            key.label("key"),
            seconds.label("seconds"),
            sa.func.row_number().over(partition_by=key, order_by=seconds).label("place"),
            sa.func.count().over(partition_by=key).label("number"),
        )
        .where(*_counted(scope), *only)
        .subquery()
    )

    def reached(percent: int) -> sa.ColumnElement[int]:
        enough = each.c.place * 100 >= each.c.number * percent
        return sa.func.min(sa.case((enough, each.c.seconds), else_=None))

    return sa.select(
        sa.literal(by), each.c.key, sa.func.count(), sa.func.sum(each.c.seconds), reached(50), reached(90)
    ).group_by(each.c.key)


def _counted(scope: Scope) -> tuple[sa.ColumnElement[bool], ...]:
    """Which contacts count."""
    row = InteractionRow
    standing = (*_begun(row, scope, scope.since, scope.until), row.state != ContactState.ACTIVE)
    return standing if scope.service is None else (*standing, row.service == scope.service)


def _begun(row: Any, scope: Scope, since: datetime, until: datetime) -> tuple[sa.ColumnElement[bool], ...]:
    return row.council.in_(scope.councils), row.started_at >= since, row.started_at < until


def hour_of(session: Session, at: Any) -> sa.ColumnElement[datetime]:
    """The hour of UTC in which a moment lies."""
    if _is_postgres(session):
        return sa.func.date_bin(timedelta(hours=1), at, sa.literal(AN_HOUR, Moment()), type_=Moment())
    return sa.func.strftime("%Y-%m-%d %H:00:00.000000", at, type_=Moment())


def _is_postgres(session: Session) -> bool:
    return session.get_bind().dialect.name == "postgresql"
