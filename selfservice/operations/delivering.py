"""Delivering: claim, mark, record, look up. Each is one short transaction; the call lies between them."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from integrations.contract import Receipt, WhenUnknown
from selfservice.domain.breaker import Breaker, answered, failed
from selfservice.domain.case import CaseStatus
from selfservice.domain.council import Council
from selfservice.domain.delivery import IN_FLIGHT, DeliveryKind, DeliveryState, Event, Standing, Timings, move
from selfservice.domain.messages import Medium
from selfservice.domain.people import SYSTEM
from selfservice.domain.progress import PASSED_ON_WORDS
from selfservice.links import Links
from selfservice.operations import tracking
from selfservice.store import cases, claims, deliveries, timeline
from selfservice.store.deliveries import DeliveryRow

UNCLEAR = (Event.UNCONFIRMED, Event.DIED)
LONGEST_WORDS = 1000


@dataclass(frozen=True, slots=True)
class Claim:
    """One attempt at one delivery: what a worker holds, and all it needs to write its outcome.

    `submission_id` is "" for a message about a draft alone.
    """

    delivery_id: str
    submission_id: str
    notification_id: str | None
    message_id: str | None
    council: str
    connector: str
    service_code: str
    title: str
    withheld: tuple[str, ...]
    kind: DeliveryKind
    token: str | None
    standing: Standing

    @property
    def medium(self) -> Medium | None:
        """By what a message goes, which is its connector's name; None when it is no message."""
        return Medium(self.connector) if self.kind is DeliveryKind.NOTIFICATION else None


@dataclass(frozen=True, slots=True)
class Outcome:
    """How a call or a look-up ended. `asked` is their Retry-After in seconds; `words` are for operators."""

    event: Event
    receipt: Receipt | None = None
    words: str = ""
    asked: float | None = None
    settle: float | None = None


def claim(
    session: Session, worker: str, now: datetime, timings: Timings, delivery_id: str | None = None
) -> Claim | None:
    """Take one delivery that may be sent now: this one, or the one longest due. None when there is none."""
    row = claims.claim(session, worker, now, timings.in_flight, delivery_id)
    return _claim(row) if row else None


def mark(session: Session, held: Claim, now: datetime) -> Claim | None:
    """Set the marker just before the call; None when somebody else has the delivery by now."""
    if not claims.mark(session, held.delivery_id, held.standing.attempt, now):
        return None
    row = session.get(DeliveryRow, held.delivery_id, populate_existing=True)
    return _claim(row) if row else None


def record(
    session: Session,
    held: Claim,
    outcome: Outcome,
    council: Council | None,
    links: Links,
    now: datetime,
    timings: Timings,
    roll: float,
) -> bool:
    """Write how a call or a look-up ended; False, and nothing written, when somebody else has the delivery.

    With the case come its line on the timeline and the news that waited for it. `council` is None when the
    configuration has lost it: then nothing can be delivered, but that can be written.
    """
    after = move(held.standing, outcome.event, now, timings, roll, asked=outcome.asked, settle=outcome.settle)
    also = {"last_words": outcome.words[:LONGEST_WORDS]}
    if outcome.receipt:
        also |= {name: value for name, value in _kept(outcome.receipt).items() if value}
    if not claims.step(session, held.standing, after, held.delivery_id, **also):
        return False
    if outcome.event is not Event.ASK_LATER:
        _end_attempt(session, held, outcome, now)
    _keep_breaker(session, held, outcome.event, now, timings)
    if after.state is DeliveryState.DELIVERED and held.kind is DeliveryKind.CASE:
        _open_case(session, held, outcome.receipt, council, links, now)
    if after.state is DeliveryState.DELIVERED and held.kind is DeliveryKind.UPDATE:
        detail = {"delivery": held.delivery_id, "message": held.message_id}
        timeline.write_line(
            session, SYSTEM, held.council, held.submission_id, "update_delivered", "", now, detail
        )
    _note(session, held, after, now)
    return True


def lease_over(session: Session, delivery_id: str, attempt: int, now: datetime, timings: Timings) -> bool:
    """The worker of this attempt was unheard of for a whole lease: before the marker surely nothing was sent,
    after it nobody knows. False when the delivery has moved on."""
    row = session.get(DeliveryRow, delivery_id, populate_existing=True)
    if row is None or row.attempt != attempt or row.state not in IN_FLIGHT:
        return False
    held = _claim(row)
    after = move(held.standing, Event.DIED, now, timings, 0.0)
    if not claims.step(session, held.standing, after, delivery_id, last_words="The worker died."):
        return False
    # Before the marker the try ended harmlessly; only after it is the try unclear.
    outcome = Event.DIED if held.standing.state is DeliveryState.SENDING else "not_sent"
    claims.end_attempt(session, delivery_id, attempt, outcome, "The worker died.", now)
    _note(session, held, after, now)
    return True


def wait_over(session: Session, now: datetime, timings: Timings) -> int:
    """Try again what was blocked for long enough; how many there were."""
    rows = claims.blocked_over(session, now)
    for row in rows:
        before = claims.standing(row)
        claims.step(session, before, move(before, Event.WAIT_OVER, now, timings, 0.0), row.id)
    return len(rows)


def doubtful(
    session: Session, now: datetime, timings: Timings, delivery_id: str | None = None
) -> Claim | None:
    """An uncertain delivery that has settled, to be looked up: this one, or the longest settled.

    It is put off first: should this look-up kill its process, others have their turn before it has another.
    """
    row = claims.settled(session, now, now + timedelta(seconds=timings.settle), delivery_id)
    return _claim(row) if row else None


def verdict(session: Session, held: Claim, when_unknown: WhenUnknown, looked_up: Receipt | None) -> Outcome:
    """What follows for an uncertain delivery, by what its back office can promise. Never a blind resend."""
    if looked_up and looked_up.case_reference:
        return Outcome(Event.FOUND, looked_up, "Found by our reference.")
    if held.token or looked_up:
        return Outcome(Event.ASK_LATER, looked_up, "Taken, but no case reference yet.")
    match when_unknown:
        case WhenUnknown.SEND_AGAIN:
            return Outcome(Event.ABSENT, words="Sent again with the same key.")
        case WhenUnknown.LOOK_UP:
            return Outcome(Event.ABSENT, words="Looked up by our reference, and not there.")
        case WhenUnknown.SEND_ONCE_MORE if claims.times_unclear(session, held.delivery_id, UNCLEAR) < 2:
            return Outcome(Event.ABSENT, words="Sent once more, marked as a possible duplicate.")
        case WhenUnknown.LOOK_UP_OR_HOLD:
            return Outcome(Event.CANNOT_TELL, words="Not found, which proves nothing at this back office.")
        case _:
            return Outcome(Event.CANNOT_TELL, words="Nobody can tell whether it arrived.")


def was_unclear(session: Session, held: Claim) -> bool:
    """Whether an earlier try may have arrived, so that this one may be a duplicate."""
    return claims.times_unclear(session, held.delivery_id, UNCLEAR) > 0


def finished_step(session: Session, held: Claim, name: str) -> str | None:
    """The kept result of one remote call of this delivery; None when it has not finished."""
    return deliveries.step_result(session, held.delivery_id, name)


def keep_step(session: Session, held: Claim, name: str, result: str, now: datetime) -> None:
    """Keep the result of one remote call, so that it is never repeated."""
    deliveries.keep_step(session, held.delivery_id, name, held.council, result, now)


def _claim(row: DeliveryRow) -> Claim:
    return Claim(
        delivery_id=row.id,
        submission_id=row.submission_id or "",
        notification_id=row.notification_id,
        message_id=row.message_id,
        council=row.council,
        connector=row.connector,
        service_code=row.service_code,
        title=row.title,
        withheld=tuple(row.withheld),
        kind=DeliveryKind(row.kind),
        token=row.token,
        standing=claims.standing(row),
    )


def _kept(receipt: Receipt) -> dict[str, str | None]:
    return {"case_reference": receipt.case_reference, "token": receipt.token}


def _end_attempt(session: Session, held: Claim, outcome: Outcome, now: datetime) -> None:
    """A look-up that found the case completes its try; any other leaves the try as unclear as it was."""
    if held.standing.state is DeliveryState.SENDING or outcome.event is Event.FOUND:
        words = outcome.words[:LONGEST_WORDS]
        claims.end_attempt(session, held.delivery_id, held.standing.attempt, outcome.event, words, now)


def _keep_breaker(session: Session, held: Claim, event: Event, now: datetime, timings: Timings) -> None:
    if event in (Event.ACCEPTED, Event.TAKEN, Event.REJECTED):
        known = claims.breaker(session, held.council, held.connector)
        if known is not None and known != Breaker():
            claims.keep_breaker(session, held.council, held.connector, answered())
    elif event in (Event.TURNED_AWAY, Event.UNCONFIRMED):
        claims.ensure_breaker(session, held.council, held.connector)
        known = claims.breaker(session, held.council, held.connector, lock=True) or Breaker()
        claims.keep_breaker(session, held.council, held.connector, failed(known, now, timings))


def _open_case(
    session: Session,
    held: Claim,
    receipt: Receipt | None,
    council: Council | None,
    links: Links,
    now: datetime,
) -> None:
    if receipt is None or receipt.case_reference is None or council is None:
        raise ValueError("delivered without a case reference, or for no council")
    case = cases.CaseRow(
        council=held.council,
        connector=held.connector,
        submission_id=held.submission_id,
        delivery_id=held.delivery_id,
        case_reference=receipt.case_reference,
        status=CaseStatus.RECEIVED,
        status_at=tracking.NEVER,
        opened_at=now,
    )
    session.add(case)
    session.flush()
    words = PASSED_ON_WORDS
    detail = {"delivery": held.delivery_id, "case_reference": receipt.case_reference}
    timeline.write_line(session, SYSTEM, held.council, held.submission_id, "delivered", words, now, detail)
    tracking.apply_waiting(session, case, council, links, now)


def _note(session: Session, held: Claim, after: Standing, now: datetime) -> None:
    """A line for staff when a person is needed; what is about a draft alone has no timeline to stand on."""
    if held.submission_id and after.state in (DeliveryState.HELD, DeliveryState.DEAD, DeliveryState.BLOCKED):
        detail = {"delivery": held.delivery_id, "attempt": after.attempt}
        timeline.write_line(
            session, SYSTEM, held.council, held.submission_id, f"delivery_{after.state}", "", now, detail
        )
