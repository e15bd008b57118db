"""Random SIGKILLs while submitting, then the reckoning: what was accepted against what was applied.

`python -m tests.faults.chaos --n 1000 --seed 1` on a PostgreSQL database of its own and a Redis of its own.
Each second something is killed: a submitter, a worker, a work-horse, the sweeper, Redis, or connections to
the database. A submitter that died is asked again with the same key, as by a browser. The back office is not
idempotent and fails in every way it knows. Ends with one line, and with 1 when anything was lost or doubled.
"""

import argparse
import contextlib
import os
import random
import signal
import subprocess
import sys
import tempfile
import threading
import time
import uuid
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import sqlalchemy as sa

from selfservice.database import Database
from selfservice.store.deliveries import DeliveryRow
from selfservice.store.migrate import upgrade
from selfservice.store.submissions import SubmissionRow
from tests.faults.stage import SHORT, Stage

CLIENTS = 3
# Workers are killed here on purpose, so a delivery may well meet three deaths: it is no poison for that.
TIMINGS = replace(SHORT, crashes=50)
FAULTS = {
    "503": 0.02,
    "500_before": 0.02,
    "500_after": 0.02,
    "reset": 0.02,
    "hang_after": 0.003,
    "slow": 0.05,
}
VICTIMS = (*["submitter"] * 2, *["worker"] * 2, *["horse"] * 3, "sweeper", "redis", *["connections"] * 2)


class Chaos:
    """One run: clients that submit, a killer, and somebody who starts again what died."""

    def __init__(self, stage: Stage, number: int, seed: int, every: float) -> None:
        self.stage, self.every = stage, every
        self.dice = random.Random(seed)
        self.keys = [str(uuid.UUID(int=self.dice.getrandbits(128), version=4)) for _ in range(number)]
        self.accepted: dict[str, str] = {}
        self.kills: Counter[str] = Counter()
        self.submitters: dict[int, subprocess.Popen[str]] = {}
        self.lock = threading.Lock()
        self.calm, self.over = threading.Event(), threading.Event()

    def client(self, number: int) -> None:
        """Submit until no key is left; ask again with the same key when nobody answered."""
        while not self.over.is_set():
            with self.lock:
                key = self.keys.pop() if self.keys else None
            if key is None:
                return
            while key not in self.accepted and not self.over.is_set():
                with contextlib.suppress(OSError, ValueError):
                    self.ask(number, key)

    def ask(self, number: int, key: str) -> None:
        """Ask a submitter once; whatever it does not say before it dies is not known."""
        process = self.submitters.get(number)
        if process is None or process.poll() is not None:
            process = self.submitters[number] = self.stage.role(
                "submit", f"submit{number}", stdin=subprocess.PIPE, stdout=subprocess.PIPE
            )
        assert process.stdin is not None
        assert process.stdout is not None
        process.stdin.write(key + "\n")
        process.stdin.flush()
        said, reference = process.stdout.readline().split()
        assert said == key
        self.accepted[key] = reference

    def kill(self) -> None:
        """Every so often, kill something."""
        while not self.calm.wait(self.every):
            victim = self.dice.choice(VICTIMS)
            with contextlib.suppress(OSError, KeyError, IndexError, sa.exc.DBAPIError):
                self.strike(victim)
                self.kills[victim] += 1

    def strike(self, victim: str) -> None:
        """Kill one of that kind. Raises when there is none just now."""
        workers = [self.stage.processes[f"worker{number}"].pid for number in range(2)]
        match victim:
            case "submitter":
                os.kill(self.dice.choice(list(self.submitters.values())).pid, signal.SIGKILL)
            case "worker":
                os.kill(self.dice.choice(workers), signal.SIGKILL)
            case "horse":
                os.kill(
                    self.dice.choice([child for pid in workers for child in _children(pid)]), signal.SIGKILL
                )
            case "connections":
                self.break_connections()
            case name:
                os.kill(self.stage.processes[name].pid, signal.SIGKILL)

    def break_connections(self) -> None:
        """End every connection to our database but this one; the server is shared with others, so no more."""
        with self.stage.database.engine.connect() as connection:
            connection.execute(
                sa.text(
                    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                    " WHERE datname = current_database() AND pid <> pg_backend_pid()"
                )
            )

    def supervise(self) -> None:
        """Start again whatever died, but for submitters: their clients do that."""
        while not self.over.wait(0.2):
            for name, process in list(self.stage.processes.items()):
                if not name.startswith("submit") and process.poll() is not None:
                    self.stage.start(name, self.stage.commands[name])

    def run(self, seconds: float) -> bool:
        """Submit under fire, then in peace let it heal; False when time ran out first."""
        end = time.monotonic() + seconds
        helpers = [threading.Thread(target=work, daemon=True) for work in (self.kill, self.supervise)]
        clients = [threading.Thread(target=self.client, args=(n,), daemon=True) for n in range(CLIENTS)]
        for thread in (*helpers, *clients):
            thread.start()
        for thread in clients:
            thread.join(max(end - time.monotonic(), 0))
        submitted = not any(thread.is_alive() for thread in clients)
        self.wait_for_most(min(end, time.monotonic() + max(60.0, 0.12 * len(self.accepted))))
        self.calm.set()
        self.stage.faults()
        healed = submitted and self.heal(end)
        self.over.set()
        for thread in helpers:
            thread.join(5)
        return healed

    def wait_for_most(self, end: float) -> None:
        """Let the killing go on until nearly everything is delivered, or long enough."""
        while time.monotonic() < end:
            with contextlib.suppress(sa.exc.DBAPIError):
                states = self.stage.states()
                if states["delivered"] >= 0.95 * states.total():
                    return
            time.sleep(0.5)

    def heal(self, end: float) -> bool:
        """Wait until everything is delivered."""
        while time.monotonic() < end:
            with contextlib.suppress(sa.exc.DBAPIError):
                if set(self.stage.states()) <= {"delivered"}:
                    return True
            time.sleep(0.5)
        return False


def _children(pid: int) -> list[int]:
    return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


@contextlib.contextmanager
def own_database() -> Iterator[Database]:
    """A PostgreSQL database of this run's own."""
    told = os.environ.get("DATABASE_URL") or "postgresql://127.0.0.1:5432/postgres"
    url = sa.engine.make_url(told).set(drivername="postgresql+psycopg")
    name = f"selfservice_chaos_{uuid.uuid4().hex[:12]}"
    admin = sa.create_engine(url, isolation_level="AUTOCOMMIT")
    with admin.connect() as connection:
        connection.exec_driver_sql(f"CREATE DATABASE {name}")
    database = Database(url.set(database=name).render_as_string(hide_password=False))
    try:
        upgrade(database)
        yield database
    finally:
        database.close()
        with admin.connect() as connection:
            connection.exec_driver_sql(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
        admin.dispose()


def reckon(chaos: Chaos) -> tuple[set[str], set[str]]:
    """The references lost and those doubled: accepted keys against rows, and rows against effects."""
    applied = chaos.stage.applied()
    with chaos.stage.database.read() as session:
        rows = dict(session.execute(sa.select(SubmissionRow.submission_key, SubmissionRow.reference)).all())
    lost = {reference for key, reference in chaos.accepted.items() if rows.get(key) != reference}
    lost |= {reference for reference in rows.values() if applied[reference] == 0}
    doubled = {reference for reference, times in applied.items() if times > 1}
    return lost, doubled | (set(applied) - set(rows.values()))


def _figures(chaos: Chaos) -> None:
    with chaos.stage.database.read() as session:
        tries = session.scalar(sa.select(sa.func.max(DeliveryRow.attempt)))
        crashes = session.scalar(sa.select(sa.func.sum(DeliveryRow.crashes)))
        failures = session.scalar(sa.select(sa.func.sum(DeliveryRow.failures)))
    print(f"killed: {dict(sorted(chaos.kills.items()))}")
    states = dict(chaos.stage.states())
    print(f"deliveries: {states}, most tries {tries}, crashes {crashes}, failures {failures}")


def main() -> int:
    """Run, reckon, and say so."""
    told = argparse.ArgumentParser(description=__doc__)
    told.add_argument("--n", type=int, default=1000)
    told.add_argument("--seed", type=int, default=1)
    told.add_argument("--every", type=float, default=1.0, help="seconds between kills")
    told.add_argument("--limit", type=float, default=0, help="seconds after which the run has failed")
    options = told.parse_args()
    start = time.monotonic()
    with (
        tempfile.TemporaryDirectory() as folder,
        own_database() as database,
        Stage(Path(folder), database, redis=True, timings=TIMINGS) as stage,
    ):
        stage.faults(always={"some": FAULTS})
        for name in ("worker0", "worker1"):
            stage.role("worker", name)
        stage.role("sweeper")
        chaos = Chaos(stage, options.n, options.seed, options.every)
        healed = chaos.run(options.limit or 180 + options.n * 0.6)
        lost, doubled = reckon(chaos)
        _figures(chaos)
    seconds = round(time.monotonic() - start)
    if not healed:
        print("chaos: it had not healed when time was up", file=sys.stderr)
    print(
        f"chaos: submissions={len(chaos.accepted)} kills={chaos.kills.total()}"
        f" lost={len(lost)} doubled={len(doubled)} seconds={seconds}"
    )
    return 0 if healed and not lost and not doubled and len(chaos.accepted) == options.n else 1


if __name__ == "__main__":
    sys.exit(main())
