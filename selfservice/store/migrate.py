"""Bring a database to the newest shape of the tables."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import sqlalchemy as sa
from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy.engine import Connection
from sqlalchemy.orm import Session

from selfservice.database import Database
from selfservice.store import (
    accounts,
    cases,
    challenges,
    customers,
    deliveries,
    drafts,
    files,
    handovers,
    interactions,
    keys,
    limits,
    messages,
    notifications,
    record,
    saved,
    sign_ins,
    staff,
    submissions,
    timeline,
)
from selfservice.store.base import Base

TABLES = (
    accounts,
    cases,
    challenges,
    customers,
    deliveries,
    drafts,
    files,
    handovers,
    interactions,
    keys,
    limits,
    messages,
    notifications,
    record,
    saved,
    sign_ins,
    staff,
    submissions,
    timeline,
)
METADATA = Base.metadata
STEPS = Path(__file__).resolve().parent / "migrations"
# Any number will do that no other use of the database's advisory locks has.
LOCK = 7_301_955_217


def upgrade(database: Database) -> None:
    """Create or change tables until they are what this version needs; safe to call again, and at once."""
    to(database, "head")


def to(database: Database, step: str) -> None:
    """Bring the tables to this step, forwards or back. Back, what it did not know is lost."""
    engine = database.engine.execution_options(begin="IMMEDIATE")
    with engine.connect() as connection, _tables_rebuilt(connection), connection.begin():
        if connection.dialect.name == "postgresql":
            connection.execute(sa.text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": LOCK})
        back = step != "head" and _is_behind(connection, step)
        (command.downgrade if back else command.upgrade)(_config(connection), step)
        _check_references(connection)


@contextmanager
def _tables_rebuilt(connection: Connection) -> Iterator[None]:
    """Let tables of SQLite be made anew: it looks at no reference meanwhile, which only helps if said before.

    With references looked at, dropping the old table would drop whatever refers to it.
    """
    if connection.dialect.name != "sqlite":
        yield
        return
    sqlite = connection.connection.driver_connection
    assert sqlite is not None
    sqlite.execute("PRAGMA foreign_keys=OFF")
    try:
        yield
    finally:
        sqlite.execute("PRAGMA foreign_keys=ON")


def _check_references(connection: Connection) -> None:
    """Undo the whole step when a reference of SQLite leads nowhere after it; PostgreSQL sees to its own."""
    if connection.dialect.name == "sqlite":
        broken = connection.exec_driver_sql("PRAGMA foreign_key_check").first()
        if broken is not None:
            raise RuntimeError(f"a row of {broken[0]} refers to nothing in {broken[2]}")


def newest() -> str | None:
    """The name of the newest step."""
    return ScriptDirectory(str(STEPS)).get_current_head()


def at_newest(session: Session) -> bool:
    """Whether the database has the tables of this version."""
    context = MigrationContext.configure(session.connection())
    return context.get_current_revision() == newest()


def _is_behind(connection: Connection, step: str) -> bool:
    """Whether `step` is behind where the database is."""
    here = MigrationContext.configure(connection).get_current_revision()
    return here is not None and here > step  # steps are numbered


def _config(connection: Connection) -> Config:
    config = Config()
    config.set_main_option("script_location", str(STEPS))
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    return config
