"""The migrations: what they make is what the models say, and their guards agree with the program."""

from itertools import product
from pathlib import Path

import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from selfservice.database import Database
from selfservice.domain.delivery import ARROWS, DeliveryState
from selfservice.domain.submission import DeliverTo
from selfservice.links import Links
from selfservice.store.deliveries import DeliveryRow
from selfservice.store.migrate import METADATA, at_newest, newest, to, upgrade
from selfservice.store.submissions import SubmissionRow
from selfservice.store.timeline import TimelineEventRow
from tests.factories.submitted import NOW, a_submission, anonymous, settings


@pytest.fixture
def links(tmp_path_factory: pytest.TempPathFactory) -> Links:
    return Links(settings(tmp_path_factory.mktemp("home")))


# SQLite has no index of marks (store/searching.py), nor could alembic look at one there.
@pytest.mark.filterwarnings("ignore:autogenerate skipping .*'ix_customers_name_marks'. dialect 'sqlite'")
def test_models_and_migrations_agree(each_database: Database) -> None:
    with each_database.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, METADATA) == []


def test_upgrading_again_changes_nothing(each_database: Database) -> None:
    upgrade(each_database)
    with each_database.read() as session:
        assert at_newest(session)
    assert newest() is not None


def test_an_empty_database_is_not_at_the_newest_step(tmp_path) -> None:
    database = Database(f"sqlite:///{tmp_path / 'empty.sqlite3'}")
    with database.read() as session:
        assert not at_newest(session)
    database.close()


def test_a_step_back_and_forth_over_messages_about_drafts_keeps_rows_and_guards(
    tmp_path: Path, links: Links
) -> None:
    database = Database(f"sqlite:///{tmp_path / 'steps.sqlite3'}")
    upgrade(database)
    with database.write() as session:
        sent = a_submission(session, links)
    shapes = [_shapes(database)]
    for step in ("0002", "head"):
        to(database, step)
        shapes.append(_shapes(database))
    assert shapes[2] == shapes[0]
    assert shapes[1] != shapes[0]
    with database.read() as session:
        assert len(session.scalars(sa.select(DeliveryRow.id)).all()) == len(sent.delivery_ids)
    with pytest.raises(DBAPIError), database.write() as session:
        session.execute(sa.update(DeliveryRow).values(state="delivered"))
    database.close()


def test_a_step_back_over_parts_lets_those_of_one_connector_wait_for_one_another(
    each_database: Database, links: Links
) -> None:
    parts = [DeliverTo("revenues", *told) for told in (("A",), ("B",), ("A", "east-lindsey"))]
    with each_database.write() as session:
        a_submission(session, links, anonymous(deliver=tuple(parts)))
    to(each_database, "0004")
    with each_database.read() as session:
        rows = session.execute(sa.text("SELECT position FROM deliveries ORDER BY id"))
        assert [position for (position,) in rows] == [0, 1, 2]
    to(each_database, "head")
    with each_database.read() as session:
        assert session.scalars(sa.select(SubmissionRow.parts)).all() == [1]


def _shapes(database: Database) -> dict[str, str]:
    """Every table, index and guard as the database keeps it; a table's columns and constraints in any order."""
    with database.read() as session:
        kept = session.execute(
            sa.text("SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite_%'")
        )
        return {name: _in_any_order(sql) for name, sql in kept}


def _in_any_order(sql: str) -> str:
    return " ".join(sorted(sql.replace('"', "").replace(",", " ").replace("(", " ").split()))


def _force(session: Session, delivery_id: str, state: DeliveryState) -> None:
    """A new row in the wanted state: only a change is guarded."""
    row = session.get(DeliveryRow, delivery_id)
    assert row is not None
    copied = {column.key: getattr(row, column.key) for column in sa.inspect(DeliveryRow).columns}
    session.execute(sa.delete(DeliveryRow).where(DeliveryRow.id == delivery_id))
    session.execute(sa.insert(DeliveryRow).values({**copied, "state": state, "case_reference": "C1"}))
    session.expire_all()


def test_the_database_refuses_every_arrow_that_is_not_in_the_table(
    each_database: Database, links: Links
) -> None:
    allowed = {(before, after) for (before, _), ends in ARROWS.items() for after in ends}
    with each_database.write() as session:
        delivery_id = a_submission(session, links, anonymous()).delivery_ids[0]
    for before, after in product(DeliveryState, DeliveryState):
        with each_database.write() as session:
            _force(session, delivery_id, before)
        changed = sa.update(DeliveryRow).where(DeliveryRow.id == delivery_id).values(state=after)
        if before is after or (before, after) in allowed:
            with each_database.write() as session:
                session.execute(changed)
        else:
            with pytest.raises(DBAPIError), each_database.write() as session:
                session.execute(changed)


@pytest.mark.parametrize("table", [SubmissionRow, TimelineEventRow])
def test_what_is_append_only_neither_changes_nor_goes(
    each_database: Database, links: Links, table: type
) -> None:
    with each_database.write() as session:
        a_submission(session, links, anonymous(), NOW)
    for change in (sa.update(table).values(council="elsewhere"), sa.delete(table)):
        with pytest.raises(DBAPIError, match="append-only"), each_database.write() as session:
            session.execute(change)
