"""What every test stands on: real PostgreSQL and Redis where they answer, the embedded default where not.

`make test` says which. Each xdist worker has a database and a Redis prefix of its own. The network is off but
for loopback, and nothing is read from this machine's environment beyond DATABASE_URL and REDIS_URL.
"""

import os
import socket
import tempfile
import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import hypothesis
import jinja2
import pytest
import redis
import sqlalchemy as sa

from selfservice.app import Application
from selfservice.database import Database
from selfservice.store.base import Base
from selfservice.store.migrate import upgrade

if TYPE_CHECKING:
    from tests.factories.scanners import Clamd

SHARED = Path(__file__).resolve().parent.parent.parent / "shared" / "data"
LOOPBACK = ("127.", "::1", "localhost")
POSTGRES = os.environ.get("DATABASE_URL") or "postgresql://127.0.0.1:5432/postgres"
REDIS = os.environ.get("REDIS_URL") or "redis://127.0.0.1:6379/0"


def _postgres_answers() -> bool:
    if not POSTGRES.startswith("postgres"):
        return False
    engine = sa.create_engine(_psycopg(POSTGRES), connect_args={"connect_timeout": 2}, poolclass=sa.NullPool)
    try:
        with engine.connect():
            return True
    except sa.exc.OperationalError:
        return False


def _psycopg(url: str) -> str:
    return url.replace("postgresql://", "postgresql+psycopg://", 1).replace(
        "postgres://", "postgresql+psycopg://", 1
    )


def _redis_answers() -> bool:
    try:
        with redis.Redis.from_url(REDIS, socket_connect_timeout=1, socket_timeout=1) as client:
            return bool(client.ping())
    except redis.RedisError:
        return False


# How long an example takes says more of the machine than of the rule; tests that measure say so themselves.
hypothesis.settings.register_profile(
    "house", deadline=None, suppress_health_check=[hypothesis.HealthCheck.too_slow]
)
hypothesis.settings.load_profile("house")
HAS_POSTGRES = _postgres_answers()
HAS_REDIS = _redis_answers()


# Every application of a test draws the same templates: they are compiled once for all of them.
_COMPILED = tempfile.TemporaryDirectory(prefix="selfservice-templates-")
Application.jinja_options = {
    **Application.jinja_options,
    "bytecode_cache": jinja2.FileSystemBytecodeCache(_COMPILED.name),
}


def pytest_report_header() -> str:
    """Say on what the tests run."""
    database = (
        "PostgreSQL, and SQLite where a test asks for both"
        if HAS_POSTGRES
        else "SQLite (no PostgreSQL answers)"
    )
    return f"selfservice: database {database}; doorbell {'Redis' if HAS_REDIS else 'none (no Redis answers)'}"


@pytest.fixture(autouse=True)
def _no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    """Refuse every connection that leaves this machine."""
    connect = socket.socket.connect

    def only_loopback(self: socket.socket, address: Any) -> None:
        if isinstance(address, tuple) and not str(address[0]).startswith(LOOPBACK):
            self.close()
            raise RuntimeError(f"a test tried to reach {address[0]}: the network is off")
        connect(self, address)

    monkeypatch.setattr(socket.socket, "connect", only_loopback)


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """The folder of real data; tests that need it are skipped, with the reason, where it is absent."""
    if not SHARED.is_dir():
        pytest.skip("the real data of ../shared/data is not on this machine")
    return SHARED


@pytest.fixture(scope="session")
def _sqlite(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    database = Database(f"sqlite:///{tmp_path_factory.mktemp('db') / 'test.sqlite3'}")
    upgrade(database)
    yield database
    database.close()


@pytest.fixture(scope="session")
def _postgres() -> Iterator[Database]:
    if not HAS_POSTGRES:
        pytest.skip("no PostgreSQL answers at DATABASE_URL or 127.0.0.1:5432")
    url = sa.engine.make_url(_psycopg(POSTGRES))
    name = f"selfservice_test_{uuid.uuid4().hex[:12]}"
    admin = sa.create_engine(url, isolation_level="AUTOCOMMIT")
    with admin.connect() as connection:
        connection.exec_driver_sql(f"CREATE DATABASE {name}")
        # Nobody pulls the plug here (`make faults` does, on a server of its own): no commit need wait for the disk.
        connection.exec_driver_sql(f"ALTER DATABASE {name} SET synchronous_commit = off")
    database = Database(url.set(database=name).render_as_string(hide_password=False))
    upgrade(database)
    yield database
    database.close()
    with admin.connect() as connection:
        connection.exec_driver_sql(f"DROP DATABASE {name} WITH (FORCE)")
    admin.dispose()


def _empty(database: Database) -> None:
    """Delete every row. What is append-only can be emptied only with its guards off."""
    tables = [table.name for table in reversed(Base.metadata.sorted_tables)]
    delete = [f"DELETE FROM {table}" for table in tables]
    with database.write() as session:
        if database.url.startswith("sqlite"):
            guards = session.execute(
                sa.text("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
            ).all()
            unguard, guard = [f"DROP TRIGGER {name}" for name, _ in guards], [sql for _, sql in guards]
            for each in (*unguard, *delete, *guard):
                session.execute(sa.text(each))
        elif session.scalar(sa.text("SELECT usesuper FROM pg_user WHERE usename = current_user")):
            # A hundred times as quick as TRUNCATE, which makes a new file for each table and index.
            session.connection().exec_driver_sql(
                "; ".join(["SET LOCAL session_replication_role = replica", *delete])
            )
        else:
            session.execute(sa.text(f"TRUNCATE {', '.join(tables)} CASCADE"))


@pytest.fixture
def database(request: pytest.FixtureRequest) -> Iterator[Database]:
    """An empty database with every table: PostgreSQL where it answers, else SQLite."""
    chosen: Database = request.getfixturevalue("_postgres" if HAS_POSTGRES else "_sqlite")
    yield chosen
    _empty(chosen)


@pytest.fixture(params=["sqlite", "postgres"])
def each_database(request: pytest.FixtureRequest) -> Iterator[Database]:
    """The same test on SQLite and on PostgreSQL."""
    chosen: Database = request.getfixturevalue(f"_{request.param}")
    yield chosen
    _empty(chosen)


@pytest.fixture
def redis_url() -> str:
    """The address of a real Redis; the test is skipped, with the reason, where none answers."""
    if not HAS_REDIS:
        pytest.skip("no Redis answers at REDIS_URL or 127.0.0.1:6379")
    return REDIS


@pytest.fixture
def redis_prefix() -> Iterator[str]:
    """A prefix of this test's own in the shared Redis; what it left there is removed afterwards."""
    prefix = f"selfservice-test-{uuid.uuid4().hex[:12]}"
    yield prefix
    if HAS_REDIS:
        with redis.Redis.from_url(REDIS) as client:
            for key in client.scan_iter(f"*{prefix}*"):
                client.delete(key)


@pytest.fixture
def real_clamd(tmp_path_factory: pytest.TempPathFactory) -> Iterator["Clamd"]:
    """ClamAV's daemon with signatures of the tests' own, not started yet; skipped where it is not installed."""
    from tests.factories.scanners import Clamd, clamd

    if clamd() is None:
        pytest.skip("there is no clamd here (on Debian: apt-get install clamav-daemon)")
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        port = int(taken.getsockname()[1])
    daemon = Clamd(tmp_path_factory.mktemp("clamd"), port)
    yield daemon
    daemon.stop()
