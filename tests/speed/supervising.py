"""What a supervisor's figures cost the database: `python -m tests.speed.supervising --contacts 300000 --times 60`.

On a PostgreSQL database of its own, filled with a year of made-up contacts at three councils. Asks for thirty days of
figures again and again, each time for other days, and prints how long the statements took together, and how long a
processor worked on them: for all three councils, for one, and for one service. Then the same of what goes on now, of
the patterns of a week, and of a page of the record.
"""

import argparse
import random
import statistics
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from selfservice.database import Database
from selfservice.domain.figures import Period
from selfservice.domain.moments import LONDON
from selfservice.domain.people import Actor, ActorKind, Role
from selfservice.domain.record import Wanted
from selfservice.operations import patterns, reading_record, supervising
from selfservice.store import figures, record_lines
from tests.speed.page_cost import database

COUNCILS = frozenset({"boston", "east-lindsey", "south-holland"})
EVERYWHERE = Actor(
    ActorKind.AGENT, "graham", roles=frozenset((council, Role.SUPERVISOR) for council in COUNCILS)
)
LAST = datetime(2026, 3, 2, 20, 0, tzinfo=UTC)
Ask = Callable[[Session, Period], Any]
# A year of contacts, begun from eight to six: three councils, forty agents, ninety thousand customers, sixty services.
# One in eight has a reference, one in four is about nobody in particular, one in five about what one of the week
# before was about.
FILLING = """
SELECT setseed(0.5);
INSERT INTO staff (id, name, email, state, created_at)
    SELECT 'agent-' || n, 'Agent ' || n, 'agent' || n || '@example.org', 'active', :first FROM generate_series(0, 39) n;
INSERT INTO customers (id, name, name_key, postcode, created_by, created_at, changed_at)
    SELECT 'customer-' || n, 'Person ' || n % 977, 'person ' || n % 977, 'PE' || n % 21 || n % 9 || 'AA', 'speed',
    :first, :first FROM generate_series(0, 89999) n;
CREATE TEMPORARY TABLE begun AS SELECT n, :first + (n * 364.0 / :contacts) * interval '1 day' AS day,
    random() AS a, random() AS b, random() AS c, floor(random() * 40)::int AS agent,
    CASE WHEN random() < 0.2 THEN greatest(0, n - floor(random() * 6000)::int) ELSE n END AS matter
    FROM generate_series(0, :contacts - 1) n;
CREATE TEMPORARY TABLE spread AS SELECT n, a, b, c, matter, 'agent-' || agent AS staff,
    date_trunc('day', day) + interval '8 hours' + a * interval '10 hours' AS at,
    (ARRAY['boston', 'east-lindsey', 'south-holland'])[1 + matter % 3] AS council,
    (ARRAY['phone', 'phone', 'phone', 'face_to_face', 'email', 'letter', 'chat'])[1 + floor(b * 7)::int] AS channel,
    'service-' || floor(power((hashint4(matter) & 65535) / 65536.0, 2) * 60)::int AS service,
    'customer-' || (hashint4(matter + 1000000) & 2147483647) % 90000 AS customer FROM begun;
INSERT INTO interactions (id, staff_id, council, channel, service, reference, state, started_at, active_seconds,
    seen_at, ended_at, outcome, note)
    SELECT 'contact-' || n, staff, council, channel, CASE WHEN b < 0.95 THEN service END,
    CASE WHEN c < 0.12 THEN 'BOS-' || matter ELSE '' END, 'ended', at,
    30 + (-ln(0.0001 + random()) * 260)::int, at + interval '10 minutes', at + interval '10 minutes', 'answered',
    repeat('words of a note ', 6) FROM spread ORDER BY at;
INSERT INTO acting_sessions (id, staff_id, staff_name, interaction_id, customer_id, subject, council, channel, reason,
    service, verification, verified_by, started_at, seen_at, until, ended_at)
    SELECT 'acting-' || n, staff, 'An agent', 'contact-' || n, CASE WHEN c < 0.75 THEN customer END, 'somebody',
    council, channel, 'progress', CASE WHEN b < 0.95 THEN service END, 0, '[]', at + interval '1 minute', at, at,
    at + interval '9 minutes' FROM spread ORDER BY at;
INSERT INTO submissions (id, council, begun_at_council, reference, service, service_title, submission_key, channel,
    actor_kind, actor_id, helper_id, urgent, parts, answers, contact, file_ids, lookup_postcodes, submitted_at)
    SELECT 'sent-' || n, council, council, 'BOS-' || n, service, service, 'key-' || n, 'web', 'resident', 'somebody',
    CASE WHEN a < 0.3 THEN staff END, false, 1, to_jsonb(ARRAY[repeat('an answer of some length ', 40)]), '{}', '[]',
    '[]', at FROM spread WHERE b < 0.7 ORDER BY at;
INSERT INTO timeline_events (id, council, customer_id, interaction_id, acting_session_id, what, words, detail,
    actor_kind, actor_id, channel, at)
    SELECT 'line-' || n || '-' || k, council, CASE WHEN c < 0.75 AND k BETWEEN 1 AND 3 THEN customer END,
    'contact-' || n, CASE WHEN k > 0 THEN 'acting-' || n END,
    (ARRAY['searched', 'helping_started', 'viewed', 'submitted', 'helping_stopped'])[k + 1], '', '{"what": "timeline"}',
    'agent', staff, channel, at + k * interval '1 minute' FROM spread, generate_series(0, 4) k ORDER BY at, k;
INSERT INTO record_links (council, number, event_id, hash)
    SELECT council, row_number() OVER (PARTITION BY council ORDER BY at, id), id, repeat('0', 64) FROM timeline_events;
"""


def main() -> int:
    """Fill, measure and print; 1 when the 95th percentile of a month's figures is over `--most` milliseconds."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--contacts", type=int, default=300_000)
    parser.add_argument("--times", type=int, default=60)
    parser.add_argument("--most", type=float, default=200.0)
    told = parser.parse_args()
    worst = 0.0
    with database() as url:
        kept = Database(url)
        begun = time.perf_counter()
        fill(kept, told.contacts)
        print(f"{told.contacts} contacts of a year made in {time.perf_counter() - begun:.0f} s")
        for name, ask in ASKED.items():
            spent = list(measured(kept, ask, told.times))
            waited, worked = ([each[place] for each in spent] for place in (0, 1))
            print(f"{name:34} {words(waited)}   processor {words(worked)}")
            if name.startswith("figures"):
                worst = max(worst, p95(waited))
        kept.close()
    return 0 if worst <= told.most else 1


def words(taken: list[float]) -> str:
    """The median and the 95th percentile of some milliseconds."""
    return f"median {statistics.median(taken):6.1f} ms, p95 {p95(taken):6.1f} ms"


def p95(taken: list[float]) -> float:
    """The time that nineteen of twenty did not go beyond."""
    return sorted(taken)[-(-len(taken) * 95 // 100) - 1]


def measured(kept: Database, ask: Ask, number: int) -> Iterator[tuple[float, float]]:
    """The milliseconds that the statements took of each of so many askings, each for other thirty days, and those of
    a processor that the database's process spent on them."""
    chance = random.Random(1)
    with kept.read() as session:
        ask(session, month(0))
    for _ in range(number):
        with kept.read() as session:
            session.execute(
                sa.text("SET max_parallel_workers_per_gather = 0")
            )  # all of it by this one process
            pid = session.scalar(sa.text("SELECT pg_backend_pid()"))
            before = worked_by(pid)
            with timed(session) as spent:
                ask(session, month(chance.randrange(320)))
            yield sum(spent) * 1000, worked_by(pid) - before


def worked_by(pid: int) -> float:
    """Milliseconds that a process of this machine has spent on a processor, which other work does not lengthen."""
    return int(Path(f"/proc/{pid}/schedstat").read_text(encoding="ascii").split()[0]) / 1e6


def fill(kept: Database, contacts: int) -> None:
    """Make the year."""
    first = (LAST - timedelta(days=364)).replace(hour=0)
    with kept.write() as session:
        for statement in FILLING.split(";\n"):
            if statement.strip():
                session.execute(sa.text(statement), {"first": first, "contacts": contacts})
    with kept.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.exec_driver_sql("VACUUM ANALYZE")


def scope(period: Period, **told: Any) -> figures.Scope:
    """A month at every council, or at those told."""
    return figures.Scope(
        **{"councils": COUNCILS, "since": period.since, "until": period.until, "agents_at": COUNCILS} | told
    )


def all_figures(session: Session, told: figures.Scope, period: Period) -> None:
    """What the page of figures asks for."""
    figures.times(session, told)
    figures.hours(session, told)
    figures.assisted(session, told, [week.until for week in period.weeks])


def week_of_patterns(session: Session, period: Period) -> None:
    """What the page of patterns asks for."""
    week = Period(period.last - timedelta(days=6), period.last)
    patterns.review(session, EVERYWHERE, week)


def page_of_record(session: Session, **told: Any) -> None:
    """What the page of the record asks for, but for the line that says so."""
    record_lines.lines(session, Wanted("boston", **told), reading_record.A_PAGE + 1)
    record_lines.head(session, "boston")
    record_lines.last_check(session, "boston")
    record_lines.kinds(session, "boston", LAST - reading_record.KINDS_OF)


ASKED: dict[str, Ask] = {
    "figures of three councils": lambda session, period: all_figures(session, scope(period), period),
    "figures of one council": lambda session, period: all_figures(
        session, scope(period, councils=frozenset({"boston"}), agents_at=frozenset({"boston"})), period
    ),
    "figures of one service": lambda session, period: all_figures(
        session, scope(period, service="service-3"), period
    ),
    "contacts going on": lambda session, _period: supervising.live(session, EVERYWHERE, None, LAST),
    "patterns of a week": week_of_patterns,
    "the record, latest lines": lambda session, _period: page_of_record(session),
    "the record, of one agent": lambda session, _period: page_of_record(session, actor_id="agent-7"),
    "the record, of one day": lambda session, period: page_of_record(
        session, since=period.since, until=period.since + timedelta(days=1)
    ),
}


def month(days_ago: int) -> Period:
    """Thirty days that ended so many days ago."""
    last = (LAST - timedelta(days=days_ago)).astimezone(LONDON).date()
    return Period(last - timedelta(days=29), last)


@contextmanager
def timed(session: Session) -> Iterator[list[float]]:
    """The seconds of each statement meanwhile, from its sending until its last row was read."""
    engine, spent = session.get_bind(), list[float]()
    begun = [0.0]

    def before(*_: Any) -> None:
        begun[0] = time.perf_counter()

    def after(*_: Any) -> None:
        spent.append(time.perf_counter() - begun[0])

    sa.event.listen(engine, "before_cursor_execute", before)
    sa.event.listen(engine, "after_cursor_execute", after)
    try:
        yield spent
    finally:
        sa.event.remove(engine, "before_cursor_execute", before)
        sa.event.remove(engine, "after_cursor_execute", after)


if __name__ == "__main__":
    raise SystemExit(main())
