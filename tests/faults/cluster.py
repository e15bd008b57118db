"""The PostgreSQL that is broken on purpose: a cluster of its own, or a database of a shared server.

A cluster of its own is made where PostgreSQL's programs are on this machine: its processes, the postmaster
among them, are then killed with SIGKILL, with fsync on. Elsewhere a database on the server at DATABASE_URL
serves, and the most that can be done to it is to end its connections.
"""

import contextlib
import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
import uuid
from collections.abc import Iterator
from pathlib import Path
from random import Random
from typing import Any

import sqlalchemy as sa

from selfservice.database import Database
from selfservice.store.migrate import upgrade
from tests.faults.stage import free_port

OTHERS = "FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
START_SECONDS = 30.0


class Shared:
    """A database on a server that others use too. `kinds` are the ways in which it can be struck."""

    name = "a database of its own on a shared server; only connections can be ended"
    kinds: tuple[str, ...] = ("connections",)

    def __init__(self, database: Database) -> None:
        self.database = database

    def strike(self, kind: str, dice: Random) -> None:
        """End every connection to our database but this one; other kinds may find nothing (IndexError)."""
        with self.database.engine.connect() as connection:
            connection.execute(sa.text(f"SELECT pg_terminate_backend(pid) {OTHERS}"))

    def revive(self) -> None:
        """Nothing of it can die by us."""


class Own(Shared):
    """A cluster in a folder of its own, whose processes are ours to kill."""

    name = "a cluster of its own, fsync on; its backends and its postmaster are killed too"
    kinds = ("connections", "backend", "postmaster")

    def __init__(self, programs: Path, folder: Path) -> None:
        self.folder, self.port = folder, free_port()
        self.programs = programs
        # PostgreSQL refuses to be root.
        root = os.getuid() == 0
        self.who: dict[str, Any] = (
            {"user": "postgres", "group": "postgres", "extra_groups": []} if root else {}
        )
        if self.who:
            shutil.chown(folder, "postgres", "postgres")
        told = ["-D", str(folder / "data"), "-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C"]
        self._run("initdb", *told)
        self.log = (folder / "log").open("a")
        self.postmaster = self._start()
        super().__init__(Database(f"postgresql+psycopg://postgres@127.0.0.1:{self.port}/postgres"))
        self.wait()

    def _run(self, program: str, *told: str) -> None:
        subprocess.run(
            [self.programs / program, *told], check=True, capture_output=True, cwd=self.folder, **self.who
        )

    def _start(self) -> "subprocess.Popen[bytes]":
        told = {
            "port": self.port,
            "listen_addresses": "127.0.0.1",
            "unix_socket_directories": "",
            "fsync": "on",
            "shared_buffers": "64MB",
            "max_connections": 100,
        }
        settings = [word for name, value in told.items() for word in ("-c", f"{name}={value}")]
        return subprocess.Popen(
            [self.programs / "postgres", "-D", str(self.folder / "data"), *settings],
            stdout=self.log,
            stderr=self.log,
            cwd=self.folder,
            start_new_session=True,
            **self.who,
        )

    def wait(self) -> None:
        """Until it answers. AssertionError when it never does."""
        end = time.monotonic() + START_SECONDS
        while True:
            with contextlib.suppress(sa.exc.DBAPIError), self.database.engine.connect():
                return
            assert time.monotonic() < end, "PostgreSQL does not answer"
            self.revive()
            time.sleep(0.1)

    def strike(self, kind: str, dice: Random) -> None:
        """End connections, or kill a process: one that serves a connection, or the postmaster."""
        if kind == "connections":
            return super().strike(kind, dice)
        if kind == "postmaster":
            return os.kill(self.postmaster.pid, signal.SIGKILL)
        with self.database.engine.connect() as connection:
            serving = list(connection.scalars(sa.text(f"SELECT pid {OTHERS}")))
        return os.kill(dice.choice(serving), signal.SIGKILL)

    def revive(self) -> None:
        """Start it again if it is dead; what is left of the old one may delay it for a moment."""
        if self.postmaster.poll() is not None:
            self.postmaster = self._start()

    def down(self) -> None:
        """Kill it, and do not start it again."""
        os.kill(self.postmaster.pid, signal.SIGKILL)
        self.postmaster.wait()

    def close(self) -> None:
        """Kill all of it."""
        self.database.close()
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self.postmaster.pid, signal.SIGQUIT)
        with contextlib.suppress(subprocess.TimeoutExpired):
            self.postmaster.wait(10)
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self.postmaster.pid, signal.SIGKILL)
        self.postmaster.wait()
        self.log.close()


def programs() -> Path | None:
    """The folder of PostgreSQL's own programs, the newest there is; None where there is none we may use."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[-3]))
    if os.getuid() == 0:
        try:
            pwd.getpwnam("postgres")
        except KeyError:
            return None
    return found[-1].parent if found else None


@contextlib.contextmanager
def own_cluster(where: Path) -> Iterator[Own]:
    """A cluster of our own with every table, gone afterwards."""
    with tempfile.TemporaryDirectory(prefix="selfservice-postgres-") as folder:
        made = Own(where, Path(folder))
        try:
            upgrade(made.database)
            yield made
        finally:
            made.close()


@contextlib.contextmanager
def shared_server() -> Iterator[Shared]:
    """A database of our own on the server at DATABASE_URL, with every table, gone afterwards."""
    told = os.environ.get("DATABASE_URL") or "postgresql://127.0.0.1:5432/postgres"
    url = sa.engine.make_url(told).set(drivername="postgresql+psycopg")
    name = f"selfservice_chaos_{uuid.uuid4().hex[:12]}"
    admin = sa.create_engine(url, isolation_level="AUTOCOMMIT")
    with admin.connect() as connection:
        connection.exec_driver_sql(f"CREATE DATABASE {name}")
    database = Database(url.set(database=name).render_as_string(hide_password=False))
    try:
        upgrade(database)
        yield Shared(database)
    finally:
        database.close()
        with admin.connect() as connection:
            connection.exec_driver_sql(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
        admin.dispose()


@contextlib.contextmanager
def postgres() -> Iterator[Shared]:
    """The best there is on this machine."""
    where = programs()
    with own_cluster(where) if where else shared_server() as made:
        yield made
