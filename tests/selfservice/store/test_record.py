"""Lines of the record are linked as they are committed: one unbroken chain for each council, whoever writes."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any

import hypothesis
import pytest
import sqlalchemy as sa
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from selfservice.database import Database
from selfservice.domain.people import PARTNERSHIP, SYSTEM, Actor, ActorKind, Channel
from selfservice.domain.record import FIRST, line_hash
from selfservice.links import Links
from selfservice.operations import recording
from selfservice.store.migrate import to
from selfservice.store.record import RecordLinkRow, held
from selfservice.store.timeline import TimelineEventRow, write_line
from tests.factories.submitted import NOW, a_submission, anonymous, settings

ODD = {
    "z": 1e16, "a": [-0.0, 1.0, 0.1, 1e-7, 12345678901234567890], "é": "“ü”\n\t\\ \x7f \U0001f9f9",
    "": None, "b": {"y": True, "x": {}},
}  # fmt: skip


def line(session: Session, council: str = "boston", what: str = "opened", **told: Any) -> None:
    write_line(session, SYSTEM, council, None, what, "", NOW, told)


def chain(database: Database, council: str = "boston") -> list[tuple[int, str]]:
    """The number and kind of each linked line of a council."""
    with database.read() as session:
        rows = session.execute(
            sa.select(RecordLinkRow.number, TimelineEventRow.what)
            .join(TimelineEventRow, TimelineEventRow.id == RecordLinkRow.event_id)
            .where(RecordLinkRow.council == council)
            .order_by(RecordLinkRow.number)
        )
        return [(row.number, row.what) for row in rows]


def in_order(database: Database) -> bool:
    with database.read() as session:
        return recording.verify(session) == []


@contextmanager
def statements(database: Database) -> Iterator[list[str]]:
    """The statements that the database is given meanwhile."""
    said: list[str] = []

    def hear(_connection: Any, _cursor: Any, statement: str, *_others: Any) -> None:
        said.append(statement)

    sa.event.listen(database.engine, "before_cursor_execute", hear)
    try:
        yield said
    finally:
        sa.event.remove(database.engine, "before_cursor_execute", hear)


def test_lines_are_linked_in_the_order_in_which_they_were_written(each_database: Database) -> None:
    with each_database.write() as session:
        line(session, what="first")
        line(session, PARTNERSHIP, "elsewhere")
        line(session, what="second")
    with each_database.write() as session:
        line(session, what="third")
    assert chain(each_database) == [(1, "first"), (2, "second"), (3, "third")]
    assert chain(each_database, PARTNERSHIP) == [(1, "elsewhere")]
    assert in_order(each_database)


def test_the_hash_is_of_the_line_as_it_was_written_and_of_the_one_before(each_database: Database) -> None:
    with each_database.write() as session:
        line(session)
        line(session, **ODD)
    with each_database.read() as session:
        links = session.scalars(sa.select(RecordLinkRow).order_by(RecordLinkRow.number)).all()
        before = FIRST
        for link in links:
            row = session.get(TimelineEventRow, link.event_id)
            assert link.hash == line_hash(before, link.number, held(row))
            before = link.hash
    assert in_order(each_database)


SAID = st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]), max_size=8)
PLAIN = st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | SAID
DETAILS = st.dictionaries(
    SAID,
    st.recursive(
        PLAIN,
        lambda inner: st.lists(inner, max_size=3) | st.dictionaries(SAID, inner, max_size=3),
        max_leaves=5,
    ),
    max_size=4,
)


@hypothesis.settings(max_examples=40, suppress_health_check=[hypothesis.HealthCheck.function_scoped_fixture])
@given(detail=DETAILS)
def test_whatever_json_a_line_holds_is_found_as_it_was(
    each_database: Database, detail: dict[str, Any]
) -> None:
    with each_database.write() as session:
        write_line(session, SYSTEM, "boston", None, "opened", "", NOW, detail)
    assert in_order(each_database)


def test_a_line_says_what_it_is_about_and_by_which_session_an_agent_acted(each_database: Database) -> None:
    agent = Actor(ActorKind.AGENT, "agent-1", Channel.PHONE, on_behalf_of="customer-1", via="acting-1")
    at = datetime(2026, 3, 2, 9, 30, 0, 123456, tzinfo=UTC)
    about = {"customer_id": "customer-1", "draft_id": "draft-1", "interaction_id": "interaction-1"}
    with each_database.write() as session:
        write_line(session, agent, PARTNERSHIP, None, "viewed", "", at, **about)
    with each_database.read() as session:
        kept = held(session.scalars(sa.select(TimelineEventRow)).one())
    assert kept | about == kept
    assert (kept["submission_id"], kept["acting_session_id"], kept["at"]) == (None, "acting-1", at)
    assert in_order(each_database)


def test_lines_of_a_savepoint_that_was_undone_are_left_out(each_database: Database) -> None:
    with each_database.write() as session:
        line(session, what="before")
        undone = session.begin_nested()
        line(session, what="undone")
        undone.rollback()
        with session.begin_nested():
            line(session, what="kept")
            never_flushed = session.begin_nested()
            line(session, what="undone too")
            never_flushed.rollback()
        line(session, what="after")
    assert chain(each_database) == [(1, "before"), (2, "kept"), (3, "after")]
    assert in_order(each_database)


def test_what_is_rolled_back_leaves_no_gap(each_database: Database) -> None:
    with Session(each_database.engine) as session:
        line(session, what="undone")
        session.rollback()
        line(session, what="undone too")
        session.flush()
        session.rollback()
        line(session, what="kept")
        session.commit()
    assert chain(each_database) == [(1, "kept")]


def test_linking_takes_as_many_statements_for_many_lines_as_for_one(each_database: Database) -> None:
    postgres = not each_database.url.startswith("sqlite")
    for number in (1, 40):
        with statements(each_database) as said, each_database.write() as session:
            for _ in range(number):
                line(session)
                line(session, "south-holland")
        linking = [each for each in said if "INTO timeline_events" not in each and "BEGIN" not in each]
        assert len(linking) == (3 if postgres else 2), linking
        assert ("pg_advisory_xact_lock" in linking[0]) == postgres


def test_a_commit_without_a_line_asks_nothing_of_the_record(each_database: Database) -> None:
    with statements(each_database) as said, each_database.write() as session:
        session.execute(sa.text("SELECT 1"))
    assert [each for each in said if "BEGIN" not in each] == ["SELECT 1"]


@pytest.mark.parametrize("table", [RecordLinkRow, TimelineEventRow])
def test_neither_a_line_nor_its_link_changes_or_goes(each_database: Database, table: type) -> None:
    with each_database.write() as session:
        line(session)
    for change in (sa.update(table).values(council="elsewhere"), sa.delete(table)):
        with pytest.raises(DBAPIError, match="append-only"), each_database.write() as session:
            session.execute(change)


def at_once(number: int, work: Callable[[int], None]) -> None:
    """Do the same in several threads; whatever goes wrong in one goes wrong here."""
    wrong: list[BaseException] = []

    def run(each: int) -> None:
        try:
            work(each)
        except BaseException as error:
            wrong.append(error)

    threads = [threading.Thread(target=run, args=(each,)) for each in range(number)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert wrong == []


def test_writers_at_once_make_one_unbroken_chain(each_database: Database) -> None:
    """Each other one writes the two councils' lines the other way round, which must not make them wait for ever."""
    councils = ("boston", "south-holland")

    def write(number: int) -> None:
        own = Database(each_database.url)
        for turn in range(10):
            with own.write() as session:
                for council in councils if number % 2 else councils[::-1]:
                    line(session, council, writer=number, turn=turn)
        own.close()

    at_once(6, write)
    for council in councils:
        assert [number for number, _ in chain(each_database, council)] == list(range(1, 61))
    assert in_order(each_database)


def test_who_waited_goes_on_from_what_the_other_wrote_whatever_the_servers_default(
    database: Database,
) -> None:
    """A server may be set to keep each transaction at the moment of its first statement."""
    if database.url.startswith("sqlite"):
        pytest.skip("SQLite lets one write at a time")
    options = "-c%20default_transaction_isolation=repeatable%5C%20read"
    strict = Database(f"{database.url}{'&' if '?' in database.url else '?'}options={options}")
    with strict.engine.connect() as connection:
        assert connection.scalar(sa.text("SHOW transaction_isolation")) == "repeatable read"
    with strict.write() as early:
        early.execute(sa.text("SELECT 1"))
        with database.write() as session:
            line(session, what="first")
        line(early, what="second")
    strict.close()
    assert chain(database) == [(1, "first"), (2, "second")]
    assert in_order(database)


def test_the_step_links_the_lines_that_are_there(each_database: Database, tmp_path: Any) -> None:
    links = Links(settings(tmp_path))
    with each_database.write() as session:
        a_submission(session, links, anonymous())
        a_submission(session, links, anonymous(), NOW.replace(microsecond=5))
        line(session, PARTNERSHIP)  # about no submission: there was no place for it before
    to(each_database, "0005")
    with pytest.raises(DBAPIError, match="append-only"), each_database.write() as session:
        session.execute(sa.text("DELETE FROM timeline_events"))
    to(each_database, "head")
    assert chain(each_database) == [(1, "submitted"), (2, "submitted")]
    assert chain(each_database, PARTNERSHIP) == []
    assert in_order(each_database)
