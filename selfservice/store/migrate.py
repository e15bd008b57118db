"""Bring a database to the newest shape of the tables."""

from pathlib import Path

import sqlalchemy as sa
from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy.engine import Connection
from sqlalchemy.orm import Session

from selfservice.database import Database
from selfservice.store import cases, deliveries, drafts, files, limits, notifications, submissions, timeline
from selfservice.store.base import Base

TABLES = (cases, deliveries, drafts, files, limits, notifications, submissions, timeline)
METADATA = Base.metadata
STEPS = Path(__file__).resolve().parent / "migrations"
# Any number will do that no other use of the database's advisory locks has.
LOCK = 7_301_955_217


def upgrade(database: Database) -> None:
    """Create or change tables until they are what this version needs; safe to call again, and at once."""
    engine = database.engine.execution_options(begin="IMMEDIATE")
    with engine.begin() as connection:
        if connection.dialect.name == "postgresql":
            connection.execute(sa.text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": LOCK})
        command.upgrade(_config(connection), "head")


def newest() -> str | None:
    """The name of the newest step."""
    return ScriptDirectory(str(STEPS)).get_current_head()


def at_newest(session: Session) -> bool:
    """Whether the database has the tables of this version."""
    context = MigrationContext.configure(session.connection())
    return context.get_current_revision() == newest()


def _config(connection: Connection) -> Config:
    config = Config()
    config.set_main_option("script_location", str(STEPS))
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    return config
