"""The sweeper: finds what was left lying, rings for what is due, and delivers by itself when nobody hears."""

import random
import time
from functools import partial

import structlog

from selfservice import clock
from selfservice.database import DatabaseError
from selfservice.doorbell import SCAN_JOB
from selfservice.installation import Installation
from selfservice.operations import delivering, health, scanning, sweeping
from workers import deliver, housekeeping, poll, scan
from workers.children import Children
from workers.schedule import Every, Stop

log = structlog.get_logger(__name__)

CHECK_SECONDS = 60.0
TIDY_SECONDS = 3600.0


class Sweeper:
    """One sweeper of an installation; two at once do no harm, because every step is guarded."""

    def __init__(self, installation: Installation) -> None:
        self._installation = installation
        self._seen: dict[tuple[str, int, str], float] = {}
        self._delivering = Children(1)
        self._polling = Children(4)
        self._poll = Every(installation.settings.poll_seconds)
        self._check = Every(CHECK_SECONDS)
        self._tidying = Children(1)
        self._scanning = Children(1)
        self._tidy = Every(TIDY_SECONDS)

    def tick(self) -> None:
        """One sweep."""
        self._leases()
        self._put_right()
        self._ring()
        if self._installation.scanner is not None:
            self._have_scanned()
        if self._poll.due():
            self._read_news()
        if self._check.due():
            self._check_invariants()
        if self._tidy.due():
            self._start(self._tidying, partial(housekeeping.tidy, self._installation))

    def wait(self) -> None:
        """Wait for the children at work."""
        self._delivering.wait()
        self._polling.wait()
        self._tidying.wait()
        self._scanning.wait()

    def _leases(self) -> None:
        """A delivery in flight that was seen unchanged for a whole lease has lost its worker.

        Timed here, on this process's monotonic clock: no clock of a database or of a worker is compared.
        """
        installation, now = self._installation, time.monotonic()
        with installation.database.read() as session:
            flying = sweeping.in_flight(session)
        self._seen = {key: self._seen.get(key, now) for key in flying}
        for (delivery_id, attempt, state), since in self._seen.items():
            if now - since <= installation.timings.lease:
                continue
            with installation.database.write() as session:
                over = delivering.lease_over(session, delivery_id, attempt, clock.now(), installation.timings)
            if over:
                log.warning("lease_over", delivery=delivery_id, attempt=attempt, state=state)

    def _put_right(self) -> None:
        installation, now = self._installation, clock.now()
        with installation.database.write() as session:
            clamped = sweeping.put_right(session, now, installation.timings)
        if clamped:
            log.warning("due_times_clamped", rows=clamped)

    def _ring(self) -> None:
        """Ring for what is due; deliver here what nobody heard of, or what was heard of and still lies."""
        installation, now, timings = self._installation, clock.now(), self._installation.timings
        with installation.database.write() as session:
            ids = sweeping.to_ring(session, now, timings)
            overdue = sweeping.overdue(session, now, timings)
        heard = installation.doorbell.ring(ids) if ids else True
        alone = installation.doorbell.connected and not heard
        if alone or overdue:
            self._start(self._delivering, partial(deliver.batch, installation))

    def _have_scanned(self) -> None:
        """Ring for the files that wait for the scanner; have them scanned here when nobody hears."""
        installation = self._installation
        with installation.database.write() as session:
            ids = scanning.to_ring(session, clock.now()) if self._scanning.room else []
        if ids and not installation.doorbell.ring(ids, SCAN_JOB):
            self._start(self._scanning, partial(scan.batch, installation, ids))

    def _read_news(self) -> None:
        for council, name in poll.who_sends_updates(self._installation):
            self._start(self._polling, partial(poll.poll, self._installation, council, name))

    def _check_invariants(self) -> None:
        with self._installation.database.read() as session:
            for words in health.broken(session, clock.now(), self._installation.timings):
                log.error("invariant_broken", words=words)

    def _start(self, children: Children, work: partial[int]) -> None:
        if children.room:
            # A child must inherit no connection: what it closes, it would close for its parent too.
            self._installation.database.close()
            children.start(work)


def sweep(installation: Installation, stop: Stop) -> None:
    """Sweep every two seconds until told to stop; a database that is away is waited for."""
    sweeper = Sweeper(installation)
    while not stop.asked:
        try:
            sweeper.tick()
        except (DatabaseError, OSError) as error:
            log.warning("sweep_failed", error=type(error).__name__)
        # Two sweepers begun together drift apart.
        stop.sleep(installation.timings.sweep * random.uniform(0.8, 1.2))  # noqa: S311 - no secret
    sweeper.wait()
