"""The states of a delivery, the arrows between them, and the one retry policy: all pure, told the time.

A delivery is our duty to tell one back office of a submission, or to send one message. The table `ARROWS` is
the whole truth about what may follow what; the database refuses everything else (store/migrations).
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum


class DeliveryState(StrEnum):
    """Where a delivery stands; every arrow between them is one guarded update of one row."""

    PENDING = "pending"
    CLAIMED = "claimed"
    SENDING = "sending"
    UNCERTAIN = "uncertain"
    BLOCKED = "blocked"
    DELIVERED = "delivered"
    HELD = "held"
    DEAD = "dead"
    RESOLVED = "resolved"
    CANCELLED = "cancelled"


class DeliveryKind(StrEnum):
    """What is being delivered."""

    CASE = "case"
    NOTIFICATION = "notification"
    UPDATE = "update"  # what the customer wrote about a case after it was opened


class Event(StrEnum):
    """What can befall a delivery."""

    CLAIM = "claim"  # a worker took it
    MARK = "mark"  # its worker is about to send
    ACCEPTED = "accepted"  # the other side took it, and said under which reference
    TURNED_AWAY = "turned_away"  # it surely did not take it
    REJECTED = "rejected"  # it understood and refused: our fault
    UNBUILT = "unbuilt"  # there was nothing to send, or nobody to send it to: our fault, and nothing was sent
    TAKEN = "taken"  # it took it, and its reference is to follow: a token is polled for it
    UNCONFIRMED = "unconfirmed"  # it may have taken it
    DIED = "died"  # nothing was heard of the worker for a whole lease
    FOUND = "found"  # looked up, and it was there
    ABSENT = "absent"  # looked up, and it surely was not; or sending again does no harm
    ASK_LATER = "ask_later"  # the look-up itself gave no answer
    CANNOT_TELL = "cannot_tell"  # only a person can
    WAIT_OVER = "wait_over"  # time to try again what we ourselves had got wrong
    REPLAY = "replay"  # an operator wants it tried again
    RESOLVE = "resolve"  # an operator did it by hand
    CANCEL = "cancel"  # an operator called it off


S = DeliveryState

# From each state, what may happen and where it may lead. The first state is the usual one.
ARROWS: Mapping[tuple[DeliveryState, Event], tuple[DeliveryState, ...]] = {
    (S.PENDING, Event.CLAIM): (S.CLAIMED,),
    (S.CLAIMED, Event.MARK): (S.SENDING,),
    (S.CLAIMED, Event.DIED): (S.PENDING, S.DEAD),
    (S.SENDING, Event.ACCEPTED): (S.DELIVERED,),
    (S.SENDING, Event.TURNED_AWAY): (S.PENDING, S.DEAD),
    (S.SENDING, Event.REJECTED): (S.BLOCKED, S.DEAD),
    (S.SENDING, Event.UNBUILT): (S.BLOCKED, S.DEAD),
    (S.SENDING, Event.TAKEN): (S.UNCERTAIN,),
    (S.SENDING, Event.UNCONFIRMED): (S.UNCERTAIN,),
    (S.SENDING, Event.DIED): (S.UNCERTAIN,),
    (S.UNCERTAIN, Event.FOUND): (S.DELIVERED,),
    (S.UNCERTAIN, Event.ABSENT): (S.PENDING, S.DEAD),
    (S.UNCERTAIN, Event.ASK_LATER): (S.UNCERTAIN, S.HELD),
    (S.UNCERTAIN, Event.CANNOT_TELL): (S.HELD,),
    (S.BLOCKED, Event.WAIT_OVER): (S.PENDING,),
    (S.BLOCKED, Event.REPLAY): (S.PENDING,),
    (S.HELD, Event.REPLAY): (S.PENDING,),
    (S.HELD, Event.RESOLVE): (S.RESOLVED,),
    (S.HELD, Event.CANCEL): (S.CANCELLED,),
    (S.DEAD, Event.REPLAY): (S.PENDING,),
    (S.DEAD, Event.RESOLVE): (S.RESOLVED,),
    (S.DEAD, Event.CANCEL): (S.CANCELLED,),
}

FINISHED = frozenset({S.DELIVERED, S.RESOLVED, S.CANCELLED})
IN_FLIGHT = frozenset({S.CLAIMED, S.SENDING})


@dataclass(frozen=True, slots=True)
class Timings:
    """Every span that delivery keeps to, in seconds unless it says otherwise; short ones serve the tests.

    `connect` and `send` limit one call; `lease` is how long a worker may be unheard of; `settle` how long
    after an unclear answer a look-up can be trusted: more than the back office's worst delay.
    """

    connect: float = 3
    send: float = 20
    lease: float = 60
    settle: float = 60
    sweep: float = 2
    look: float = 0.25
    ring_again: float = 5
    overdue: float = 10
    base: float = 30
    cap: float = 3600
    longest_asked: float = 6 * 3600
    tried_for: float = 7 * 24 * 3600
    blocked: float = 3600
    breaker_base: float = 30
    breaker_cap: float = 900
    faults: int = 5
    crashes: int = 3
    in_flight: int = 4

    @property
    def hard(self) -> float:
        """Seconds after which a call is ended by a signal: its own time-outs should have ended it before."""
        return self.connect + self.send + 1

    @property
    def last_start(self) -> float:
        """Seconds after the claim beyond which sending must not begin, lest the call outlive the lease."""
        return self.lease - self.hard - 1

    @property
    def furthest(self) -> float:
        """The furthest ahead that anything is ever due: later can only come of a clock that jumped."""
        return self.longest_asked + self.cap


@dataclass(frozen=True, slots=True)
class Standing:
    """All that the next step of a delivery depends on; moments in UTC.

    `failures` counts the other side's faults since it last answered, `faults` ours, `crashes` workers that
    died. `trying_since` is when the tries began that may last `Timings.tried_for`.
    """

    state: DeliveryState
    due_at: datetime
    trying_since: datetime
    settle_until: datetime | None = None
    attempt: int = 0
    failures: int = 0
    faults: int = 0
    crashes: int = 0
    finished_at: datetime | None = None


class Forbidden(Exception):
    """The event cannot befall a delivery in this state."""


def back_off(failures: int, timings: Timings, roll: float, asked: float | None = None) -> float:
    """Seconds to wait after `failures` faults of theirs: full jitter, and never less than they asked for.

    `roll` is drawn evenly from 0 to 1. `asked` is their Retry-After in seconds, honoured up to six hours.
    """
    ceiling = min(timings.cap, timings.base * 2.0 ** min(max(failures, 1) - 1, 30))
    wait = roll * ceiling
    return wait if asked is None else min(max(asked, 0.0), timings.longest_asked) + min(wait, timings.base)


def move(
    standing: Standing,
    event: Event,
    now: datetime,
    timings: Timings,
    roll: float,
    *,
    asked: float | None = None,
    settle: float | None = None,
) -> Standing:
    """What becomes of a delivery when `event` befalls it. Raises `Forbidden` when it cannot.

    `asked` is a Retry-After and `settle` the connector's own settling time, both in seconds.
    """
    if (standing.state, event) not in ARROWS:
        raise Forbidden(f"{event} cannot befall a delivery that is {standing.state}")
    counted = _counted(standing, event)
    state = _state(counted, event, now, timings)
    seconds = _seconds(counted, state, event, timings, roll, asked, settle)
    when = now + timedelta(seconds=seconds)
    return replace(
        counted,
        state=state,
        due_at=when if state in (S.PENDING, S.BLOCKED) else counted.due_at,
        settle_until=when if state is S.UNCERTAIN else None,
        trying_since=now if event is Event.REPLAY else counted.trying_since,
        finished_at=now if state in FINISHED else None,
    )


def _counted(standing: Standing, event: Event) -> Standing:
    match event:
        case Event.CLAIM:
            return replace(standing, attempt=standing.attempt + 1)
        case Event.TURNED_AWAY | Event.UNCONFIRMED | Event.ASK_LATER:
            return replace(standing, failures=standing.failures + 1)
        case Event.REJECTED:
            return replace(standing, faults=standing.faults + 1, failures=0)
        case Event.UNBUILT:
            return replace(standing, faults=standing.faults + 1)
        case Event.DIED:
            return replace(standing, crashes=standing.crashes + 1)
        case Event.REPLAY:
            return replace(standing, failures=0, faults=0, crashes=0)
        case _:
            return standing


def _state(standing: Standing, event: Event, now: datetime, timings: Timings) -> DeliveryState:
    """Which of the arrow's ends it is: the last, when patience is at its end."""
    ends = ARROWS[standing.state, event]
    tired = now - standing.trying_since >= timedelta(seconds=timings.tried_for)
    poison = standing.crashes >= timings.crashes
    over = {
        Event.TURNED_AWAY: tired,
        Event.REJECTED: standing.faults >= timings.faults,
        Event.UNBUILT: standing.faults >= timings.faults,
        Event.DIED: poison,
        Event.ABSENT: poison or tired,
        Event.ASK_LATER: tired,
    }
    return ends[-1] if over.get(event, False) else ends[0]


def _seconds(
    standing: Standing,
    state: DeliveryState,
    event: Event,
    timings: Timings,
    roll: float,
    asked: float | None,
    settle: float | None,
) -> float:
    """How long until the delivery is due, or settled."""
    if state is S.BLOCKED:
        return timings.blocked
    if event in (Event.TURNED_AWAY, Event.ASK_LATER):
        return back_off(standing.failures, timings, roll, asked)
    if state is S.UNCERTAIN:
        return timings.settle if settle is None else settle
    if event is Event.ABSENT and standing.failures:
        return back_off(standing.failures, timings, roll)
    return 0.0
