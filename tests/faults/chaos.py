"""Random SIGKILLs while residents submit over HTTP, then the reckoning.

`python -m tests.faults.chaos --n 1000 --seed 1` runs the product's own web under gunicorn, two workers, a
sweeper, a Redis that keeps nothing and PostgreSQL, and strikes one of them about every second: a process of
the web or its master, a worker, a work-horse, the sweeper, Redis, connections to the database, and where
PostgreSQL's programs are at hand a backend or the postmaster. The back office is not idempotent and fails in
every way it knows. Ends with one line, and with 1 when anything was lost, doubled or left lying.
"""

import argparse
import contextlib
import os
import random
import signal
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from types import FrameType

import sqlalchemy as sa

from tests.faults.cluster import Shared, postgres
from tests.faults.reckoning import DONE, delivery_figures, reckon, spread
from tests.faults.residents import Browser, Residents, copies
from tests.faults.stage import SHORT, Stage, children

TABS = 4
# Submitting waits for delivering, so that all of both goes on under fire.
MOST_WAITING = 60
# Workers are killed here on purpose, so a delivery may well meet three deaths: it is no poison for that.
TIMINGS = replace(SHORT, crashes=50)
FAULTS = {
    "503": 0.02,
    "500_before": 0.02,
    "500_after": 0.02,
    "reset": 0.02,
    "no_id": 0.005,
    "hang_after": 0.003,
    "slow": 0.05,
}
# How often each is struck, against the others.
SHARES = {
    "web process": 4,
    "web master": 1,
    "worker": 3,
    "work-horse": 4,
    "sweeper": 2,
    "redis": 2,
    "connections": 2,
    "backend": 2,
    "postmaster": 1,
}


class Killer:
    """Strikes one thing every so often; a supervisor starts again what died."""

    def __init__(self, stage: Stage, server: Shared, dice: random.Random, every: float) -> None:
        self.stage, self.server, self.dice, self.every = stage, server, dice, every
        self.kills: Counter[str] = Counter()
        self.calm, self.over = threading.Event(), threading.Event()
        unknown = {"connections", "backend", "postmaster"} - set(server.kinds)
        self.shares = {kind: share for kind, share in SHARES.items() if kind not in unknown}

    def kill(self) -> None:
        """Strike until it is to be calm."""
        while not self.calm.wait(self.every * self.dice.uniform(0.5, 1.5)):
            [kind] = self.dice.choices(list(self.shares), list(self.shares.values()))
            with contextlib.suppress(OSError, KeyError, IndexError, sa.exc.DBAPIError):
                self.strike(kind)
                self.kills[kind] += 1

    def strike(self, kind: str) -> None:
        """Kill one of that kind. Raises when there is none just now."""
        if kind in self.server.kinds:
            return self.server.strike(kind, self.dice)
        running = {name: process.pid for name, process in self.stage.processes.items()}
        workers = [running[f"worker{number}"] for number in range(2)]
        match kind:
            case "web process":
                among = children(running["web"])
            case "web master":
                among = [running["web"]]
            case "worker":
                among = workers
            case "work-horse":
                among = [child for pid in workers for child in children(pid)]
            case name:
                among = [running[name]]
        return os.kill(self.dice.choice(among), signal.SIGKILL)

    def supervise(self) -> None:
        """Start again whatever died."""
        while not self.over.wait(0.2):
            self.server.revive()
            self.stage.restart_dead()


class Chaos:
    """One run."""

    def __init__(self, stage: Stage, killer: Killer, residents: Residents) -> None:
        self.stage, self.killer, self.residents = stage, killer, residents
        self.submitting = 0.0

    def run(self, seconds: float) -> bool:
        """Submit under fire, then in peace let it heal; False when time ran out first."""
        start = time.monotonic()
        end = start + seconds
        helpers = [
            threading.Thread(target=work, daemon=True) for work in (self.killer.kill, self.killer.supervise)
        ]
        for thread in helpers:
            thread.start()
        try:
            self.residents.begin(TABS)
            submitted = self._wait(end, self._all_submitted)
            self.submitting = time.monotonic() - start
            few = 0.02 * self.residents.number
            self._wait(min(end, time.monotonic() + 30), lambda: self._waiting() <= few)
            self.killer.calm.set()
            self.stage.faults()
            return submitted and self._wait(end, lambda: self._waiting() == 0)
        finally:  # nothing must be started again while all is being stopped
            self.killer.calm.set()
            self.killer.over.set()
            self.residents.stop()
            for thread in helpers:
                thread.join(15)

    def _all_submitted(self) -> bool:
        if self._waiting() < MOST_WAITING:
            self.residents.room.set()
        else:
            self.residents.room.clear()
        return self.residents.done

    def _waiting(self) -> int:
        states = self.stage.states()
        return states.total() - sum(states[state] for state in DONE)

    def _wait(self, end: float, true: Callable[[], bool]) -> bool:
        """Whether it becomes true in time; a database that is away says nothing."""
        while time.monotonic() < end:
            with contextlib.suppress(sa.exc.DBAPIError):
                if true():
                    return True
            time.sleep(0.25)
        return False


@contextlib.contextmanager
def opened(number: int, seed: int, every: float, folder: Path) -> Iterator[Chaos]:
    """Everything started and every draft written; all of it is killed at the end."""
    dice = random.Random(seed)
    with postgres() as server, Stage(folder, server.database, redis=True, timings=TIMINGS) as stage:
        print(f"PostgreSQL: {server.name}")
        browser = Browser(stage.web())
        drafts = copies(server.database, browser.walk(), number)
        stage.faults(always={"some": FAULTS})
        for name in ("worker0", "worker1"):
            stage.role("worker", name)
        stage.role("sweeper")
        yield Chaos(stage, Killer(stage, server, dice, every), Residents(browser, drafts, dice))


def report(chaos: Chaos, seconds: float) -> bool:
    """Reckon, and print the figures; whether all is well."""
    residents, stage = chaos.residents, chaos.stage
    found = reckon(stage.database, residents.said, stage.applied())
    rate = len(residents.said) / max(chaos.submitting, 0.001)
    print(f"submitted: {rate:.1f} a second, {residents.clicked_twice} of them from two tabs at once")
    print(f"from the first press until accepted: {spread(residents.took)}")
    print(f"the web's answers: {dict(sorted(residents.answers.items()))}")
    print(f"kills: {dict(sorted(chaos.killer.kills.items()))}")
    print(delivery_figures(stage.database))
    print(f"held for a person: {len(found.held)} {sorted(found.held)[:20] or ''}".rstrip())
    for what in ("lost", "doubled", "unfinished"):
        if getattr(found, what):
            print(f"{what}: {sorted(getattr(found, what))[:20]}")
    print(
        f"chaos: submissions={len(residents.said)} kills={chaos.killer.kills.total()}"
        f" lost={len(found.lost)} doubled={len(found.doubled)} seconds={round(seconds)}",
        flush=True,
    )
    return found.well and len(residents.said) == residents.number


def _out_of_time(number: int, _frame: FrameType | None) -> None:
    raise SystemExit("chaos: stopped" if number == signal.SIGTERM else "chaos: out of time")


def main() -> int:
    """Run, reckon, and say so."""
    told = argparse.ArgumentParser(description=__doc__)
    told.add_argument("--n", type=int, default=1000)
    told.add_argument("--seed", type=int, default=1)
    told.add_argument("--every", type=float, default=1.0, help="seconds between kills, on average")
    told.add_argument("--limit", type=float, default=0, help="seconds after which the run has failed")
    told.add_argument("--logs", type=Path, help="an empty folder in which to keep what the processes say")
    options = told.parse_args()
    limit = options.limit or 240 + options.n * 0.4
    for number in (signal.SIGALRM, signal.SIGTERM):
        signal.signal(number, _out_of_time)
    signal.alarm(int(limit) + 120)  # whatever hangs, it ends, and all that was started with it
    start = time.monotonic()
    with contextlib.ExitStack() as open_until_the_end:
        folder = options.logs or open_until_the_end.enter_context(tempfile.TemporaryDirectory())
        chaos = open_until_the_end.enter_context(opened(options.n, options.seed, options.every, Path(folder)))
        healed = chaos.run(limit)
        if not healed:
            print("chaos: it had not healed when time was up", file=sys.stderr)
        return 0 if report(chaos, time.monotonic() - start) and healed else 1


if __name__ == "__main__":
    sys.exit(main())
