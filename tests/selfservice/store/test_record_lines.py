"""The record read some lines at a time: each line once, the latest first, whatever is asked for, on both databases."""

from datetime import timedelta
from functools import partial
from typing import Any

import pytest
import sqlalchemy as sa

from selfservice.database import Database
from selfservice.domain.people import Actor, ActorKind
from selfservice.domain.record import Wanted
from selfservice.store import record_lines
from selfservice.store.timeline import write_line
from tests.factories.submitted import NOW

PRIYA, ASHA = Actor(ActorKind.AGENT, "priya"), Actor(ActorKind.AGENT, "asha")


@pytest.fixture
def kept(each_database: Database) -> Database:
    """Two councils' records, of which many lines are of one moment."""
    with each_database.write() as session:
        for number in range(30):
            actor, what = (PRIYA, "viewed") if number % 3 else (ASHA, "searched")
            at = NOW + timedelta(seconds=number // 10)
            customer = "mary" if number % 2 else None
            write_line(session, actor, "boston", None, what, "", at, {"n": number}, customer_id=customer)
        write_line(session, PRIYA, "east-lindsey", None, "viewed", "", NOW, customer_id="mary")
    return each_database


def read(kept: Database, limit: int, **told: Any) -> list[list[int]]:
    """The pages of what is asked for, each line by its number in the record."""
    pages, before = [], None
    with kept.read() as session:
        while found := record_lines.lines(session, Wanted("boston", **told), limit, before):
            pages.append([number or 0 for _, number in found])
            before = (found[-1][0].at, found[-1][0].id)
    return pages


def test_page_after_page_gives_every_line_once_the_latest_first(kept: Database) -> None:
    pages = read(kept, 7)
    assert [len(page) for page in pages] == [7, 7, 7, 7, 2]
    every = [number for page in pages for number in page]
    assert sorted(every) == list(range(1, 31))
    assert [(number - 1) // 10 for number in every] == [2] * 10 + [1] * 10 + [0] * 10


@pytest.mark.parametrize(
    ("told", "number"),
    [
        ({"actor_id": "asha"}, 10),
        ({"customer_id": "mary"}, 15),
        ({"what": "searched"}, 10),
        ({"actor_id": "asha", "what": "viewed"}, 0),
        ({"since": NOW + timedelta(seconds=1)}, 20),
        ({"until": NOW + timedelta(seconds=1)}, 10),
        ({"actor_id": "priya", "customer_id": "mary", "since": NOW + timedelta(seconds=2)}, 3),
    ],
)
def test_only_what_is_asked_for_is_given(kept: Database, told: dict[str, Any], number: int) -> None:
    assert sum(len(page) for page in read(kept, 4, **told)) == number


def test_the_head_is_the_last_link_of_that_council(kept: Database) -> None:
    with kept.read() as session:
        assert (record_lines.head(session, "boston") or (0,))[0] == 30
        assert (record_lines.head(session, "east-lindsey") or (0,))[0] == 1
        assert record_lines.head(session, "south-holland") is None
        assert record_lines.kinds(session, "boston", NOW) == ["searched", "viewed"]
        assert record_lines.kinds(session, "boston", NOW + timedelta(days=1)) == []


def test_the_last_check_of_a_council_is_found(kept: Database) -> None:
    with kept.write() as session:
        for number in (1, 2):
            at = NOW + timedelta(hours=number)
            write_line(session, PRIYA, "boston", None, record_lines.CHECKED, "", at, {"number": number})
    with kept.read() as session:
        found = record_lines.last_check(session, "boston")
        assert found is not None
        assert found.detail == {"number": 2}
        assert record_lines.last_check(session, "east-lindsey") is None


@pytest.mark.parametrize("each_database", ["sqlite"], indirect=True)
def test_the_last_check_is_looked_for_in_the_index_made_for_it_also_on_sqlite(
    each_database: Database,
) -> None:
    said: list[tuple[str, Any]] = []
    with each_database.read() as session:
        connection = session.connection()
        hear = partial(_hear, said)
        sa.event.listen(connection, "before_cursor_execute", hear)
        record_lines.last_check(session, "boston")
        sa.event.remove(connection, "before_cursor_execute", hear)
        ((statement, parameters),) = said
        plan = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", parameters).all()
    assert "ix_timeline_events_checks" in str(plan)


def _hear(
    said: list[tuple[str, Any]], _connection: Any, _cursor: Any, statement: str, parameters: Any, *_more: Any
) -> None:
    said.append((statement, parameters))
