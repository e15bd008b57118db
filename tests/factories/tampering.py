"""Whoever can do anything to the database: the record with its guards off."""

from collections.abc import Iterator
from contextlib import contextmanager, suppress

import sqlalchemy as sa
from sqlalchemy.orm import Session

from selfservice.database import Database

TABLES = ("timeline_events", "record_links")
REFERENCES = {
    "timeline_events": "fk_timeline_events_submission_id",
    "record_links": "fk_record_links_event_id",
}


@contextmanager
def unguarded(session: Session) -> Iterator[None]:
    """The record's triggers off, and then on again."""
    if session.get_bind().dialect.name == "postgresql":
        for table in TABLES:
            session.execute(sa.text(f"ALTER TABLE {table} DISABLE TRIGGER USER"))
        yield
        for table in TABLES:
            session.execute(sa.text(f"ALTER TABLE {table} ENABLE TRIGGER USER"))
        return
    kept = sa.text("SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name IN :tables")
    guards = session.execute(kept.bindparams(sa.bindparam("tables", TABLES, expanding=True))).all()
    for name, _ in guards:
        session.execute(sa.text(f"DROP TRIGGER {name}"))
    yield
    for _, guard in guards:
        session.execute(sa.text(guard))


class _Undone(Exception):
    pass


@contextmanager
def tampering(database: Database) -> Iterator[Session]:
    """A session in which anything can be done to the record, references or no; all of it is undone at the end."""
    with suppress(_Undone), database.write() as session, unguarded(session):
        if database.url.startswith("sqlite"):
            session.execute(sa.text("PRAGMA defer_foreign_keys=ON"))
        else:
            for table, reference in REFERENCES.items():
                session.execute(sa.text(f"ALTER TABLE {table} DROP CONSTRAINT {reference}"))
        yield session
        raise _Undone
