"""Connections to the database, and the two kinds of unit of work: one that writes and one that reads.

SQLite's recipe was found by counting (docs/decisions/0003-embedded-default.md): WAL, BEGIN IMMEDIATE for
units of work that write, plain BEGIN for those that read. PostgreSQL needs neither.
"""

import select
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Engine
from sqlalchemy.orm import Session

# What is raised when the database refuses or fails, for whoever stands at a door and may not know SQL.
DatabaseError = sa.exc.SQLAlchemyError


def is_away(error: BaseException) -> bool:
    """Whether an error means that the database cannot be reached, rather than that it refused a statement."""
    if isinstance(error, sa.exc.OperationalError | sa.exc.InterfaceError | sa.exc.TimeoutError):
        return True
    return isinstance(error, sa.exc.DBAPIError) and error.connection_invalidated


def can_be_read(url: str) -> bool:
    """Whether `url` is the address of a database of a kind that is used here; nothing is connected to."""
    try:
        return sa.create_engine(url).dialect.name in ("postgresql", "sqlite")
    except (sa.exc.ArgumentError, ImportError, ValueError):
        return False


class Database:
    """One engine, opened on first use, so that a process may fork before it connects."""

    def __init__(self, url: str, *, pool_size: int = 5) -> None:
        self.url = url
        self.engine = _engine(url, pool_size)
        postgres = self.engine.dialect.name == "postgresql"
        self._writing = (
            _isolated(self.engine, "READ COMMITTED")
            if postgres
            else self.engine.execution_options(begin="IMMEDIATE")
        )
        self._reading = _isolated(self.engine, "REPEATABLE READ") if postgres else self.engine
        self._looking = _isolated(self.engine, "AUTOCOMMIT") if postgres else self.engine

    @contextmanager
    def write(self) -> Iterator[Session]:
        """A unit of work that writes: committed at the end, rolled back on any exception.

        On PostgreSQL each statement sees what is committed as it runs, whatever the server's own default is: what
        waited for a lock must see what the one before it did.
        """
        with (
            Session(self._writing, expire_on_commit=False) as session,
            session.begin(),
        ):
            yield session

    @contextmanager
    def read(self) -> Iterator[Session]:
        """A unit of work that only reads, all of it as of one moment, on PostgreSQL as on SQLite."""
        with Session(self._reading, expire_on_commit=False) as session:
            yield session

    @contextmanager
    def look(self) -> Iterator[Session]:
        """A unit of work that looks one thing up: each statement sees what is committed as it runs.

        On PostgreSQL it takes one round trip for each statement, where `read` takes two more.
        """
        with Session(self._looking, expire_on_commit=False) as session:
            yield session

    def close(self, *, forked: bool = False) -> None:
        """Let every connection go; after a fork, without touching the parent's."""
        self.engine.dispose(close=not forked)


def _engine(url: str, pool_size: int) -> Engine:
    if not url.startswith("sqlite"):
        engine = sa.create_engine(
            url,
            pool_size=pool_size,
            max_overflow=5,
            hide_parameters=True,
            connect_args={"connect_timeout": 3},
        )
        sa.event.listen(engine, "checkout", _is_alive)
        return engine
    engine = sa.create_engine(
        url, hide_parameters=True, connect_args={"isolation_level": None, "timeout": 10}
    )
    sa.event.listen(engine, "connect", _tune_sqlite)
    sa.event.listen(engine, "begin", _begin_sqlite)
    return engine


def _isolated(engine: Engine, level: str) -> Engine:
    return engine.execution_options(isolation_level=level)


def _is_alive(connection: Any, _record: object, _proxy: object) -> None:
    """Have the pool take another connection when the server has ended this one.

    A server that ends a connection says so on its socket, where an idle one has nothing to read: looking there
    costs microseconds, where asking the server (`pool_pre_ping`) costs a round trip for each unit of work.
    """
    watched = select.poll()
    watched.register(connection.pgconn.socket, select.POLLIN)
    if watched.poll(0):
        raise sa.exc.DisconnectionError


def _tune_sqlite(connection: Any, _record: object) -> None:
    for pragma in ("journal_mode=WAL", "synchronous=NORMAL", "foreign_keys=ON", "busy_timeout=10000"):
        connection.execute(f"PRAGMA {pragma}")


def _begin_sqlite(connection: Connection) -> None:
    connection.exec_driver_sql(f"BEGIN {connection.get_execution_options().get('begin', '')}")
