"""The job: deliver what is due. It carries one id and runs in a forked child, where a call can be cut off."""

import os
import random
import socket
import time
from collections.abc import Callable
from functools import partial

import structlog

from integrations.contract import Receipt, Rejected, TakesUpdates, Unavailable, Unconfirmed, WhenUnknown
from selfservice import clock
from selfservice.database import DatabaseError
from selfservice.domain.case import CustomerUpdate
from selfservice.domain.delivery import DeliveryKind, Event
from selfservice.domain.messages import Medium
from selfservice.installation import Installation
from selfservice.operations import delivering
from selfservice.operations.delivering import Claim, Outcome
from workers import building
from workers.building import Unbuilt
from workers.children import hard_limit, told

log = structlog.get_logger(__name__)

BATCH_SECONDS = 5.0
RECORD_TRIES = 6
_dice = random.SystemRandom()
_installation: list[Installation] = []


def use(installation: Installation) -> None:
    """Let the jobs of this process, and of those forked from it, work for `installation`."""
    _installation[:] = [installation]


def deliver(delivery_id: str) -> None:
    """The job that the doorbell asks for: this delivery first, then whatever else is due."""
    installation = _installation[0]
    installation.database.close(forked=True)
    try:
        batch(installation, delivery_id)
    finally:
        installation.database.close()


def batch(installation: Installation, first: str | None = None, seconds: float = BATCH_SECONDS) -> int:
    """Deliver and look up what is due until there is no more or time is up; how many were handled."""
    end = time.monotonic() + seconds
    handled = one(installation, first) if first else 0
    while time.monotonic() < end and one(installation):
        handled += 1
    return int(handled)


def one(installation: Installation, delivery_id: str | None = None) -> bool:
    """Handle one delivery: send it if it may be sent, look it up if it has settled. False: nothing is due."""
    return _send(installation, delivery_id) or _look_up(installation, delivery_id)


def _send(installation: Installation, delivery_id: str | None) -> bool:
    started = time.monotonic()
    database, timings = installation.database, installation.timings
    with database.write() as session:
        held = delivering.claim(session, _name(), clock.now(), timings, delivery_id)
    if held is None:
        return False
    call = _call(installation, held)
    with database.write() as session:
        marked = delivering.mark(session, held, clock.now())
    if marked is None:
        return True
    # The limit is set before the clock is read: stopped in between and woken too late, this process dies.
    with hard_limit(timings.hard):
        if time.monotonic() - started > timings.last_start:
            outcome = Outcome(Event.TURNED_AWAY, words="It was too late to begin sending.")
        else:
            outcome = _outcome(call)
    _record(installation, marked, outcome)
    return True


def _call(installation: Installation, held: Claim) -> Callable[[], Receipt]:
    """What is to be done while no transaction is open; reads all it needs before."""
    try:
        if held.kind is DeliveryKind.NOTIFICATION:
            return partial(_tell, building.message(installation, held))
        if held.kind is DeliveryKind.UPDATE:
            return partial(_add, building.taker(installation, held), *building.update(installation, held))
        connector, request = building.connector(installation, held), building.request(installation, held)
    except Unbuilt as error:
        return partial(_give_up, error)
    return partial(connector.open_case, request, KeptSteps(installation, held))


def _add(connector: TakesUpdates, case_reference: str, update: CustomerUpdate) -> Receipt:
    """The call that adds what a customer wrote: it is answered by the reference of the case that it was added to."""
    connector.add_update(case_reference, update)
    return Receipt(case_reference)


def _tell(send: Callable[[], None]) -> Receipt:
    """The call of a message: nobody answers it with a reference."""
    send()
    return Receipt()


def _give_up(error: Unbuilt) -> Receipt:
    """The call where there is nothing to send: it ends as one, so that a person is told of it."""
    raise error


def _outcome(call: Callable[[], Receipt]) -> Outcome:
    """How the call ended. Whatever else a connector raises than its three errors proves nothing."""
    try:
        receipt = call()
    except Unbuilt as error:
        return Outcome(Event.UNBUILT, words=f"{error} Nothing was sent.")
    except Rejected as error:
        return Outcome(Event.REJECTED, words=str(error))
    except Unavailable as error:
        return Outcome(Event.TURNED_AWAY, words=str(error), asked=error.retry_after)
    except Unconfirmed as error:
        return Outcome(Event.UNCONFIRMED, words=str(error))
    except Exception as error:
        log.error("connector_failed", **told(error))
        return Outcome(Event.UNCONFIRMED, words=f"The connector failed: {type(error).__name__}.")
    return Outcome(Event.ACCEPTED, receipt, "Accepted.")


def _with_case(held: Claim, outcome: Outcome, settle: float | None, soon: float) -> Outcome:
    """A case that was taken but has no reference yet is not delivered: its token is polled."""
    receipt = outcome.receipt
    if outcome.event is Event.ACCEPTED and held.kind is DeliveryKind.CASE:
        if receipt is None or not (receipt.case_reference or receipt.token):
            return Outcome(Event.UNCONFIRMED, words="It answered without a reference.", settle=settle)
        if not receipt.case_reference:
            return Outcome(Event.TAKEN, receipt, "Taken; its reference is to follow.", settle=soon)
    return Outcome(outcome.event, receipt, outcome.words, outcome.asked, settle)


def _record(installation: Installation, held: Claim, outcome: Outcome) -> None:
    """Write the outcome, also when the database is away for a moment: the fence makes trying again safe."""
    settle = _settle(installation, held)
    outcome = _with_case(held, outcome, settle, installation.timings.ring_again)
    for tried in range(RECORD_TRIES):
        try:
            with installation.database.write() as session:
                written = delivering.record(
                    session,
                    held,
                    outcome,
                    installation.councils.get(held.council),
                    installation.links,
                    clock.now(),
                    installation.timings,
                    _dice.random(),
                )
        except DatabaseError:
            if tried == RECORD_TRIES - 1:
                raise
            time.sleep(0.2 * 2**tried)
        else:
            _log(held, outcome, written)
            return


def _log(held: Claim, outcome: Outcome, written: bool) -> None:
    log.info(
        "delivery_tried" if written else "delivery_overtaken",
        council=held.council,
        connector=held.connector,
        delivery=held.delivery_id,
        submission=held.submission_id,
        attempt=held.standing.attempt,
        outcome=str(outcome.event),
    )


def _settle(installation: Installation, held: Claim) -> float | None:
    """The connector's own settling time in seconds, where it has one.

    A mail needs none, for it is not looked up; a text message has the usual one.
    """
    if held.medium is not None:
        return 0.0 if held.medium is Medium.EMAIL else None
    try:
        told = getattr(building.connector(installation, held), "settle_seconds", None)
    except Unbuilt:
        return None
    return float(told) if told is not None else None


def _look_up(installation: Installation, delivery_id: str | None) -> bool:
    """Find out what became of an uncertain delivery: a read, so that two at once do no harm."""
    with installation.database.write() as session:
        held = delivering.doubtful(session, clock.now(), installation.timings, delivery_id)
    if held is None:
        return False
    try:
        when_unknown, found = _found(installation, held)
    except Unbuilt as error:
        outcome = Outcome(Event.CANNOT_TELL, words=f"{error} It may have arrived: nobody can look it up.")
    except (Rejected, Unavailable, Unconfirmed) as error:
        asked = getattr(error, "retry_after", None)
        outcome = Outcome(Event.ASK_LATER, words=str(error), asked=asked)
    except DatabaseError:
        raise
    except Exception as error:
        log.error("look_up_failed", **told(error))
        outcome = Outcome(Event.ASK_LATER, words=f"The connector failed: {type(error).__name__}.")
    else:
        with installation.database.read() as session:
            outcome = delivering.verdict(session, held, when_unknown, found)
    _record(installation, held, outcome)
    return True


def _found(installation: Installation, held: Claim) -> tuple[WhenUnknown, Receipt | None]:
    """What this back office can promise, and what it has under our reference. A mail is not to be found."""
    if held.medium is Medium.EMAIL:
        return WhenUnknown.SEND_ONCE_MORE, None
    if held.medium is Medium.SMS:
        return WhenUnknown.LOOK_UP, _found_text(installation, held)
    if held.kind is DeliveryKind.UPDATE:
        return _found_update(installation, held)
    connector, request = building.connector(installation, held), building.request(installation, held)
    when_unknown: WhenUnknown = connector.when_unknown
    if when_unknown is WhenUnknown.HOLD and not held.token:
        return when_unknown, None
    with hard_limit(installation.timings.hard):
        return when_unknown, connector.find_case(request, held.token)


def _found_update(installation: Installation, held: Claim) -> tuple[WhenUnknown, Receipt | None]:
    """What the back office can promise of what was added to a case, and that case's reference where it was."""
    there = building.taker(installation, held)
    case_reference, update = building.update(installation, held)
    when_unknown = there.update_when_unknown
    if when_unknown not in (WhenUnknown.LOOK_UP, WhenUnknown.LOOK_UP_OR_HOLD):
        return when_unknown, None
    with hard_limit(installation.timings.hard):
        return when_unknown, Receipt(case_reference) if there.find_update(case_reference, update) else None


def _found_text(installation: Installation, held: Claim) -> Receipt | None:
    """Our own reference, if a text message was taken under it."""
    texter = building.texter(installation)
    with hard_limit(installation.timings.hard):
        return Receipt(held.delivery_id) if texter.find(held.delivery_id) else None


class KeptSteps:
    """The contract's `Steps`, kept in the database: each result is committed before it is given back."""

    def __init__(self, installation: Installation, held: Claim) -> None:
        self._database = installation.database
        self._held = held

    def once(self, name: str, call: Callable[[], str]) -> str:
        """The kept result of the step `name`, or that of `call`."""
        held = self._held
        with self._database.read() as session:
            kept = delivering.finished_step(session, held, name)
        if kept is None:
            kept = call()
            with self._database.write() as session:
                delivering.keep_step(session, held, name, kept, clock.now())
        return kept


def _name() -> str:
    return f"{socket.gethostname()}:{os.getpid()}"[:80]
