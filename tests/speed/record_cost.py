"""What the chain of the record costs: `python -m tests.speed.record_cost --commits 2000 --writers 8 --seconds 10`.

On a PostgreSQL database of its own. First one writer commits a line of the record many times, with the chain and
without by turns, and the median time of each is told. Then several processes write lines of one council at once for
a while, and then lines of a council each, with the chain and without. At the end every chain is proven.
"""

import argparse
import multiprocessing
import statistics
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from selfservice import clock
from selfservice.database import Database
from selfservice.domain.people import SYSTEM
from selfservice.operations import recording
from selfservice.store import record, timeline
from tests.speed.page_cost import database

BY_TURNS = 100


def main() -> int:
    """Measure and print; 1 when a chain is broken at the end."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--commits", type=int, default=2000)
    parser.add_argument("--writers", type=int, default=8)
    parser.add_argument("--seconds", type=float, default=10.0)
    told = parser.parse_args()
    with database() as url:
        for chained, times in one_writer(url, told.commits).items():
            cuts = statistics.quantiles(times, n=20)
            print(f"{named(chained)}: a commit with one line: median {cuts[9]:.2f} ms, p95 {cuts[18]:.2f} ms")
        for councils, words in ((1, "of one council"), (told.writers, "of a council each")):
            for chained in (True, False):
                rate = several_writers(url, told.writers, told.seconds, councils, chained)
                print(f"{named(chained)}: {told.writers} writers {words}: {rate:.0f} commits a second")
        return proven(url)


def named(chained: bool) -> str:
    """What is measured."""
    return "with the chain   " if chained else "without the chain"


def one_writer(url: str, number: int) -> dict[bool, list[float]]:
    """The milliseconds of each commit by a writer that is alone, some with the chain and some without by turns."""
    times: dict[bool, list[float]] = {True: [], False: []}
    kept = Database(url)
    for turn in range(2 * number // BY_TURNS):
        chained = bool(turn % 2)
        with linking(chained):
            for _ in range(BY_TURNS):
                begun = time.perf_counter()
                write(kept, "alone" if chained else "alone-unlinked")
                times[chained].append((time.perf_counter() - begun) * 1000)
    kept.close()
    return times


def several_writers(url: str, writers: int, seconds: float, councils: int, chained: bool) -> float:
    """Commits a second of so many processes together."""
    context = multiprocessing.get_context("spawn")
    ready, counts = context.Barrier(writers), context.Queue()
    prefix = "together" if chained else "together-unlinked"
    started = [
        context.Process(
            target=busy, args=(url, f"{prefix}-{councils}-{each % councils}", seconds, chained, ready, counts)
        )
        for each in range(writers)
    ]
    for process in started:
        process.start()
    written = sum(counts.get() for _ in started)
    for process in started:
        process.join()
    return written / seconds


def busy(url: str, council: str, seconds: float, chained: bool, ready: Any, counts: Any) -> None:
    """One writer, who begins with the others and says how often it committed."""
    kept, number = Database(url), 0
    with linking(chained):
        write(kept, council)
        ready.wait()
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            write(kept, council)
            number += 1
    kept.close()
    counts.put(number)


def write(kept: Database, council: str) -> None:
    """Commit one line."""
    with kept.write() as session:
        timeline.write_line(session, SYSTEM, council, None, "opened", "", clock.now(), {"case": "C1"})


@contextmanager
def linking(on: bool) -> Iterator[None]:
    """Lines linked as ever, or not at all."""
    if not on:
        sa.event.remove(Session, "before_commit", record.link)
    try:
        yield
    finally:
        if not on:
            sa.event.listen(Session, "before_commit", record.link)


def proven(url: str) -> int:
    """Prove the record and say how long that took; 1 when anything is wrong but that half was never linked."""
    kept = Database(url)
    with kept.read() as session:
        ends = recording.heads(session, clock.now())
        begun = time.perf_counter()
        wrong = [each for head in ends for each in recording.verify(session, head.council)]
        took = time.perf_counter() - begun
    kept.close()
    lines = sum(head.number for head in ends)
    print(f"{lines} lines of {len(ends)} councils proven in {took:.1f} s, {len(wrong)} wrong")
    return 1 if wrong else 0


if __name__ == "__main__":
    raise SystemExit(main())
