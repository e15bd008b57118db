"""The database as a command opens it: one that cannot be used is told in a line."""

from collections.abc import Iterator
from contextlib import contextmanager

from selfservice.database import Database, DatabaseError, is_away
from selfservice.settings import Misconfigured, Settings


@contextmanager
def opened(settings: Settings) -> Iterator[Database]:
    """The database, closed at the end. Raises `Misconfigured` when it is away or has not the tables of this version."""
    database = Database(settings.database_url)
    try:
        yield database
    except DatabaseError as error:
        what = "the database cannot be reached or opened" if is_away(error) else "the database cannot be used"
        words = f"DATABASE_URL: {what}: has `selfservice db upgrade` been run?"
        raise Misconfigured([words]) from error
    finally:
        database.close()
