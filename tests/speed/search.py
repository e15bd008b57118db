"""How long it takes to find somebody, and whether they are found: `python -m tests.speed.search --customers 300000`.

Makes a database of its own on PostgreSQL with so many made-up customers, and searches it in all the ways of
`tests.speed.queries` in random order, each in a unit of work of its own that also writes the line of the record, while
another process goes on creating customers. Prints the times of each kind in milliseconds, how many of those who
were meant came among the first twenty, and whether customers who had just been created were found.
"""

import argparse
import multiprocessing
import os
import random
import statistics
import time
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import psycopg
import sqlalchemy as sa

from selfservice import clock
from selfservice.database import Database
from selfservice.domain.people import Actor, ActorKind, Channel, Role
from selfservice.operations import finding
from selfservice.store.migrate import to, upgrade
from tests.factories.people import a_customer
from tests.speed.crowd import Person, crowd
from tests.speed.filling import BEFORE_INDEXES, fill
from tests.speed.page_cost import database
from tests.speed.queries import KINDS, Asked, Crowd, asked

COUNCILS = ("boston", "east-lindsey", "south-holland")
AGENT = Actor(
    ActorKind.AGENT, "agent-of-the-measure", Channel.PHONE, councils=frozenset(COUNCILS),
    roles=frozenset((council, Role.AGENT) for council in COUNCILS),
)  # fmt: skip
MOST_MILLISECONDS, LEAST_FOUND = 150.0, 0.95
PAUSE = 0.02
A_SECOND = 1.0
CREATED_EACH = 20  # searches between two for somebody who has just been created


@dataclass(frozen=True, slots=True)
class Measured:
    """One search: its kind, what it took in milliseconds, and whether whoever was meant came (None: nobody was)."""

    kind: str
    took: float
    came: bool | None


def main() -> int:
    """Measure and print; 1 when a target is missed."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--customers", type=int, default=300_000)
    parser.add_argument("--searches", type=int, default=2_000)
    parser.add_argument("--seed", type=int, default=1)
    told = parser.parse_args()
    people = list(crowd(told.customers, told.seed))
    with database() as url:
        ids, references = prepared(url, people, told.seed)
        whole = Crowd(people, references)
        chance = random.Random(told.seed)
        kept = Database(url)
        for one in asked(chance, whole, 10 * len(KINDS)):
            search(kept, one.query)
        begun, load, before = time.monotonic(), os.getloadavg()[0], counted(kept)
        found = list(measured(kept, url, asked(chance, whole, told.searches), ids))
        after = counted(kept)
        kept.close()
    created, scans = after["n_tup_ins"] - before["n_tup_ins"], after["seq_scan"] - before["seq_scan"]
    print(f"load average {load:.1f} before, {os.getloadavg()[0]:.1f} after {time.monotonic() - begun:.0f} s")
    print(f"{created} customers created meanwhile; {scans} times all customers were read through")
    return shown(found) or int(scans > 0)


def counted(kept: Database) -> dict[str, int]:
    """What the database counts of the table of customers, once it has counted all there is."""
    time.sleep(2)
    counts = sa.text("SELECT n_tup_ins, seq_scan FROM pg_stat_user_tables WHERE relname = 'customers'")
    with kept.look() as session:
        return dict(session.execute(counts).mappings().one())


def prepared(url: str, people: Sequence[Person], seed: int) -> tuple[list[str], dict[int, str]]:
    """Fill the database as one that is brought over from elsewhere: rows first, then the indexes of searching."""
    kept = Database(url)
    to(kept, BEFORE_INDEXES)
    begun = time.monotonic()
    filled = fill(url, people, seed)
    print(f"{len(people)} customers copied in {time.monotonic() - begun:.0f} s", flush=True)
    begun = time.monotonic()
    upgrade(kept)
    kept.close()
    print(f"brought to the newest step in {time.monotonic() - begun:.0f} s", flush=True)
    with psycopg.connect(url.replace("+psycopg", ""), autocommit=True) as connection:
        connection.execute("VACUUM ANALYZE")
    return filled


def measured(kept: Database, url: str, searches: Sequence[Asked], ids: Sequence[str]) -> Iterator[Measured]:
    """Each search with what it took, and now and then one for a customer created at least a second before."""
    context = multiprocessing.get_context("spawn")
    created, stop = context.SimpleQueue(), context.Event()
    creator = context.Process(target=create, args=(url, created, stop))
    creator.start()
    waiting = created.get()
    try:
        for number, one in enumerate(searches):
            took, came = search(kept, one.query)
            yield Measured(one.kind, took, None if one.wanted is None else ids[one.wanted] in came)
            if number % CREATED_EACH == 0 and time.time() - waiting[0] >= A_SECOND:
                took, came = search(kept, waiting[2])
                yield Measured("somebody created a second before", took, waiting[1] in came)
                while not created.empty():  # the last of those that are a second old comes next
                    waiting = created.get()
    finally:
        stop.set()
        while creator.is_alive():
            while not created.empty():
                created.get()
            creator.join(0.1)


def create(url: str, created: Any, stop: Any) -> None:
    """Create one customer after the other, until told to stop; say when, who, and by what they are looked for."""
    kept = Database(url)
    for person in crowd(100_000, os.getpid()):
        if stop.is_set():
            break
        with kept.write() as session:
            row = a_customer(
                session, person.name, clock.now(), councils=[COUNCILS[0]], postcode=person.postcode,
                email=person.email, phone=person.phone, uprn=person.uprn,
            )  # fmt: skip
        created.put((time.time(), row.id, f"{person.name} {person.postcode}"))
        time.sleep(PAUSE)
    kept.close()


def search(kept: Database, query: str) -> tuple[float, list[str | None]]:
    """Milliseconds from what was typed to the committed line of the record, and whom that found."""
    begun = time.perf_counter()
    with kept.write() as session:
        found = finding.find(session, AGENT, query, clock.now())
    return (time.perf_counter() - begun) * 1000, [each.customer_id for each in found]


def shown(found: Sequence[Measured]) -> int:
    """Print the table; 1 when a target is missed."""
    kinds: defaultdict[str, list[Measured]] = defaultdict(list)
    for each in found:
        kinds[each.kind].append(each)
    print("| kind | searches | p50 | p95 | p99 | found |\n| --- | --- | --- | --- | --- | --- |")
    for kind, those in [*sorted(kinds.items()), ("**all**", list(found))]:
        print(
            f"| {kind} | {len(those)} | {' | '.join(f'{time:.0f}' for time in times(those))} | {share(those)} |"
        )
    came = [each.came for each in found if each.came is not None]
    new = [each for each in kinds["somebody created a second before"] if not each.came]
    kept = times(found)[1] <= MOST_MILLISECONDS and sum(came) / len(came) >= LEAST_FOUND and not new
    print("targets kept" if kept else "targets missed")
    return 0 if kept else 1


def times(those: Sequence[Measured]) -> tuple[float, float, float]:
    """The median, and what 95 and 99 of a hundred take at most."""
    if len(those) == 1:
        return (those[0].took,) * 3
    cuts = statistics.quantiles([each.took for each in those], n=100, method="inclusive")
    return cuts[49], cuts[94], cuts[98]


def share(those: Sequence[Measured]) -> str:
    """How many of those who were meant came, in a hundred; a dash where nobody in particular was meant."""
    came = [each.came for each in those if each.came is not None]
    return f"{100 * sum(came) / len(came):.1f} %" if came else "–"


if __name__ == "__main__":
    raise SystemExit(main())
