"""Everything that a database keeps, as bytes to search for what must not be among them."""

from pathlib import Path

import sqlalchemy as sa

from selfservice.database import Database
from selfservice.store.base import Base


def all_rows(database: Database) -> bytes:
    """Every row of every table as text."""
    found = []
    with database.read() as session:
        for table in Base.metadata.sorted_tables:
            found += [str(tuple(row)) for row in session.execute(sa.select(table))]
    return "\n".join(found).encode()


def all_bytes(database: Database) -> bytes:
    """The same and, of SQLite, the bytes of its files: what has been deleted lies about in them."""
    kept = all_rows(database)
    if database.url.startswith("sqlite"):
        file = Path(str(sa.engine.make_url(database.url).database))
        for path in (file, file.with_name(f"{file.name}-wal")):
            kept += path.read_bytes() if path.exists() else b""
    return kept
