"""The stage on which things are broken: real processes on free ports, restarted when they die."""

import contextlib
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.request
import uuid
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import asdict
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from selfservice.database import Database
from selfservice.domain.delivery import Timings
from selfservice.store.deliveries import DeliveryRow
from selfservice.store.submissions import SubmissionRow
from tests.factories.submitted import RESIDENT
from tests.factories.written import write

SECRET = "a secret that the web of a stage signs with"
ROOT = Path(__file__).resolve().parent.parent.parent
# Everything as by default, only faster.
SHORT = Timings(
    connect=0.5,
    send=1.0,
    lease=5.0,
    settle=1.5,
    sweep=0.3,
    look=0.1,
    ring_again=0.5,
    overdue=2.0,
    base=0.2,
    cap=1.0,
    blocked=1.0,
    breaker_base=0.5,
    breaker_cap=1.0,
)


def free_port() -> int:
    """A port that nobody listens on just now."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


def has_redis() -> bool:
    """Whether a Redis of our own can be started."""
    return shutil.which("redis-server") is not None


class Stage:
    """A database, a back office, perhaps a Redis, and the processes of an installation."""

    def __init__(
        self, folder: Path, database: Database, *, redis: bool, timings: Timings = SHORT, **plan: Any
    ):
        self.folder, self.database = folder, database
        self.effects = folder / "effects"
        self.effects.touch()
        self.port, self.redis_port = free_port(), free_port()
        self.with_redis = redis
        self.silence: socket.socket | None = None
        self.processes: dict[str, subprocess.Popen[str]] = {}
        self.again: dict[str, Callable[[], object]] = {}
        self.plan_file = folder / "plan.json"
        self.plan: dict[str, Any] = {
            "home": str(folder),
            "database": database.url,
            "redis_url": f"redis://127.0.0.1:{self.redis_port}/0" if redis else "",
            "prefix": f"faults-{uuid.uuid4().hex[:8]}",
            "back_office": f"http://127.0.0.1:{self.port}",
            "timings": asdict(timings),
            "once": str(folder / "once"),
            **plan,
        }
        (folder / "once").touch()
        self.plan_file.write_text(json.dumps(self.plan))

    def __enter__(self) -> "Stage":
        self.start(
            "back_office",
            [sys.executable, "-m", "tests.faults.back_office", str(self.port), str(self.effects)],
        )
        if self.with_redis:
            self.start_redis()
        self.until(lambda: _answers(self.port), "the back office answers")
        return self

    def __exit__(self, *_: object) -> None:
        groups = [process.pid for process in self.processes.values()]
        for name in list(self.processes):
            self.kill(name)
        for group in groups:  # what they have forked, and what has not noticed yet that they are gone
            with contextlib.suppress(ProcessLookupError):
                os.killpg(group, signal.SIGKILL)
        if self.silence:
            self.silence.close()

    def start_redis(self) -> None:
        """Start a Redis that remembers nothing."""
        options = ["--port", str(self.redis_port), "--bind", "127.0.0.1", "--save", "", "--appendonly", "no"]
        self.start("redis", ["redis-server", *options, "--dir", str(self.folder)])
        self.until(lambda: _answers(self.redis_port), "Redis answers")

    def listen_and_say_nothing(self) -> int:
        """The port of something that takes connections and never answers, as a hung Redis does."""
        self.silence = socket.create_server(("127.0.0.1", 0), backlog=50)
        return int(self.silence.getsockname()[1])

    def start(
        self, name: str, command: list[str], told: Mapping[str, str] | None = None, **how: Any
    ) -> subprocess.Popen[str]:
        """Start a process under a name, `told` being in its environment; what it says goes to a file."""
        log = (self.folder / f"{name}.log").open("a")
        environment = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONUNBUFFERED": "1", **(told or {})}
        process = subprocess.Popen(
            command,
            cwd=ROOT,
            env=environment,
            stderr=log,
            start_new_session=True,
            text=True,
            **{"stdout": log, **how},
        )
        log.close()
        self.processes[name] = process
        self.again[name] = partial(self.start, name, command, told, **how)
        return process

    def role(self, role: str, name: str | None = None, **how: Any) -> subprocess.Popen[str]:
        """Start a worker, a sweeper or a submitter."""
        command = [sys.executable, "-m", "tests.faults.process", role, str(self.plan_file)]
        return self.start(name or role, command, **how)

    def web(self, name: str = "web", redis_url: str = "") -> str:
        """Start the web as the product starts it, with two processes; its address. It rings our Redis, or
        whatever is at `redis_url`."""
        port = free_port()
        address, council = f"http://127.0.0.1:{port}", f"{self.plan['back_office']}/boston"
        told = {
            "SELFSERVICE_HOME": str(self.folder / "web"),
            "DATABASE_URL": self.database.url,
            "REDIS_URL": redis_url or self.plan["redis_url"],
            "REDIS_PREFIX": self.plan["prefix"],
            "SECRET_KEY": SECRET,
            "BASE_URL": address,
            "BOSTON_OPEN311_URL": council,
            "LOG_LEVEL": "WARNING",
        }
        how = ["--config", "config/gunicorn.conf.py", "--bind", f"127.0.0.1:{port}", "--workers", "2"]
        self.start(name, [sys.executable, "-m", "gunicorn", *how, "wsgi:app"], told)
        self.until(lambda: _answers(port), "the web answers", 60)
        return address

    def kill(self, name: str, number: int = signal.SIGKILL) -> None:
        """Signal a process of ours; waits for it when the signal kills."""
        process = self.processes[name]
        if process.poll() is None:
            os.kill(process.pid, number)
        if number == signal.SIGKILL:
            process.wait()
            for stream in (process.stdin, process.stdout):
                if stream:
                    stream.close()
            del self.processes[name]

    def restart_dead(self) -> None:
        """What a supervisor does: start again whatever died."""
        for name, process in list(self.processes.items()):
            if process.poll() is not None:
                self.again[name]()

    def faults(self, *following: str, always: Any = "ok") -> None:
        """Tell the back office how the next requests go wrong."""
        body = json.dumps({"next": following, "always": always}).encode()
        url = f"http://127.0.0.1:{self.port}/control"
        with urllib.request.urlopen(urllib.request.Request(url, body), timeout=5):
            pass

    def submit(self, number: int) -> list[str]:
        """Accept that many submissions in a process of their own; the references."""
        keys = "".join(f"{uuid.uuid4()}\n" for _ in range(number))
        command = [sys.executable, "-m", "tests.faults.process", "submit", str(self.plan_file)]
        done = subprocess.run(
            command, input=keys, capture_output=True, text=True, check=True, cwd=ROOT, timeout=120
        )
        return [line.split()[1] for line in done.stdout.splitlines()]

    def write(self, reference: str) -> str:
        """Write something about a submission, as its customer; the id by which the back office hears of it."""
        with self.database.write() as session:
            found = sa.select(SubmissionRow.id).where(SubmissionRow.reference == reference)
            [update] = write(session, RESIDENT, session.scalars(found).one(), datetime.now(UTC)).delivery_ids
            return update

    def applied(self) -> Counter[str]:
        """How often the back office applied each reference."""
        return Counter(self.effects.read_text().split())

    def states(self) -> Counter[str]:
        """How many deliveries there are in each state."""
        with self.database.read() as session:
            return Counter(session.scalars(sa.select(DeliveryRow.state)))

    def references(self) -> set[str]:
        """Every reference that was accepted."""
        with self.database.read() as session:
            return set(session.scalars(sa.select(SubmissionRow.reference)))

    def until(self, true: Callable[[], bool], what: str, seconds: float = 45.0) -> None:
        """Wait until it is true, starting again what dies; AssertionError when it never becomes so."""
        end = time.monotonic() + seconds
        while not true():
            self.restart_dead()
            assert time.monotonic() < end, f"it never became true that {what}: {self.states()}"
            time.sleep(0.05)

    def until_delivered(self, seconds: float = 45.0) -> None:
        """Wait until every delivery is delivered."""
        self.until(lambda: set(self.states()) == {"delivered"}, "everything is delivered", seconds)


def _answers(port: int) -> bool:
    with socket.socket() as probe:
        probe.settimeout(0.2)
        return probe.connect_ex(("127.0.0.1", port)) == 0


def children(pid: int) -> list[int]:
    """The processes that a process has forked; none when it is gone."""
    try:
        return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]
    except OSError:
        return []
