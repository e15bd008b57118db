"""When a back office is left alone for a while: pure, and shared by all workers through one row."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from selfservice.domain.delivery import Timings

FAILURES = 5


@dataclass(frozen=True, slots=True)
class Breaker:
    """How a connector has been doing. `failures` in a row; `opened` how often in a row it was left alone."""

    failures: int = 0
    opened: int = 0
    open_until: datetime | None = None

    def is_open(self, now: datetime) -> bool:
        """Whether nothing may be sent for now."""
        return self.open_until is not None and self.open_until > now

    def is_probing(self, now: datetime) -> bool:
        """Whether one delivery at a time may find out if it is well again."""
        return self.opened > 0 and not self.is_open(now)


def answered() -> Breaker:
    """After any clear answer: all is well."""
    return Breaker()


def failed(breaker: Breaker, now: datetime, timings: Timings) -> Breaker:
    """After a fault of theirs: open for 30 s after five in a row, twice as long after each failed probe.

    Failures that come in while it is open are of calls begun before, and change nothing.
    """
    if breaker.is_open(now):
        return breaker
    failures = breaker.failures + 1
    if failures < FAILURES and not breaker.is_probing(now):
        return Breaker(failures, breaker.opened, breaker.open_until)
    seconds = min(timings.breaker_cap, timings.breaker_base * 2.0 ** min(breaker.opened, 30))
    return Breaker(failures, breaker.opened + 1, now + timedelta(seconds=seconds))
