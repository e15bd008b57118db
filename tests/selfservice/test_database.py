"""Connections: one that the server has ended is replaced unnoticed; looking takes one statement."""

import pytest
import sqlalchemy as sa

from selfservice.database import Database

# Waits, for five seconds at most, until the server has ended them.
OTHERS = (
    "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity "
    "WHERE datname = current_database() AND pid <> pg_backend_pid()"
)


@pytest.fixture
def postgres(request: pytest.FixtureRequest) -> Database:
    """PostgreSQL: the embedded database has no server that could end a connection."""
    found: Database = request.getfixturevalue("_postgres")
    return found


def test_a_connection_that_the_server_has_ended_is_replaced_before_anybody_uses_it(
    postgres: Database,
) -> None:
    own = Database(postgres.url)
    for unit in (own.read, own.look, own.write):
        with unit() as session:
            before = session.scalar(sa.text("SELECT pg_backend_pid()"))
        with postgres.write() as session:
            session.execute(sa.text(OTHERS))
        with unit() as session:
            assert session.scalar(sa.text("SELECT pg_backend_pid()")) != before
    own.close()


def test_reading_is_of_one_moment_and_looking_of_each_statement(postgres: Database) -> None:
    own = Database(postgres.url)
    level = sa.text("SHOW transaction_isolation")
    started = sa.text("SELECT now()")
    with own.read() as session:
        assert session.scalar(level) == "repeatable read"
        assert session.scalar(started) == session.scalar(started)
    with own.look() as session:
        assert session.scalar(started) != session.scalar(started)
    own.close()
