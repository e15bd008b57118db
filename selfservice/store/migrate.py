"""Bring a database to the newest shape of the tables."""

from selfservice.database import Database
from selfservice.store import cases, deliveries, drafts, files, limits, notifications, submissions, timeline
from selfservice.store.base import Base

TABLES = (cases, deliveries, drafts, files, limits, notifications, submissions, timeline)


def upgrade(database: Database) -> None:
    """Create or change tables until they are what this version needs; safe to call again."""
    Base.metadata.create_all(database.engine)
