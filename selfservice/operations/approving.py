"""Restricted records: an agent asks to open one, and a supervisor, who is another person, decides; for half an hour."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from sqlalchemy.orm import Session

from selfservice.domain.people import Actor, Role
from selfservice.domain.permissions import Action, NotAllowed, Thing, may
from selfservice.operations import assisting
from selfservice.operations.assisting import CannotHelp
from selfservice.store import contact_lists, interactions, timeline
from selfservice.store.base import new_id
from selfservice.store.interactions import ApprovalRow

GOOD_FOR = timedelta(minutes=30)
# A request that nobody has decided by then is about a call that is long over.
WAITS_FOR = timedelta(hours=12)
LONGEST_REASON = 200


class Decision(StrEnum):
    """How an agent's latest request stands."""

    NONE = "none"  # never asked, or so long ago that it no longer counts
    WAITING = "waiting"
    GRANTED = "granted"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Asked:
    """A request that a supervisor has to decide: by which agent, for whose record, at which council (slug), and why.

    `agent` and `customer` are names, the others ids.
    """

    id: str
    agent: str
    customer: str
    council: str
    reason: str
    asked_at: datetime
    agent_id: str
    customer_id: str


def ask(session: Session, actor: Actor, customer_id: str, reason: str, now: datetime) -> str:
    """Ask for leave to open a restricted record, in the contact that the agent has going; gives the request's id.

    While one waits for this record at the contact's council, it is that. Raises `CannotHelp` where leave is of no use,
    such as for the agent's own record.
    """
    contact = interactions.active_of(session, actor.id)
    if contact is None:
        raise CannotHelp("no_contact")
    if not may(actor, Action.ACT, Thing(contact.council)):
        raise NotAllowed(Action.ACT)
    assisting.find_to_help(session, actor, customer_id)
    before = contact_lists.last_approval(session, actor.id, customer_id, contact.council)
    if before is not None and _decision(before, now) is Decision.WAITING:
        return before.id
    row = ApprovalRow(
        id=new_id(),
        customer_id=customer_id,
        council=contact.council,
        asked_by=actor.id,
        interaction_id=contact.id,
        reason=reason.strip()[:LONGEST_REASON],
        asked_at=now,
    )
    session.add(row)
    session.flush()
    _note(session, actor, row, "opening_asked", now)
    return row.id


def decide(session: Session, actor: Actor, approval_id: str, granted: bool, now: datetime) -> bool:
    """Say yes or no to a request; whether it was still to be decided. A yes holds for half an hour.

    Raises LookupError where there is no such request at the supervisor's councils, and `NotAllowed` for whoever asked
    themselves: that takes a second person.
    """
    row = contact_lists.approval(session, approval_id, lock=True)
    if row is None or not may(actor, Action.APPROVE, Thing(row.council)):
        raise LookupError(approval_id)
    if row.asked_by == actor.id:
        raise NotAllowed(Action.APPROVE)
    if _decision(row, now) is not Decision.WAITING:
        return False
    row.decided_by, row.decided_at, row.granted = actor.id, now, granted
    row.until = now + GOOD_FOR if granted else None
    session.flush()
    _note(session, actor, row, "opening_granted" if granted else "opening_refused", now)
    return True


def waiting(session: Session, actor: Actor, now: datetime) -> Sequence[Asked]:
    """The requests that wait at the councils where the actor is a supervisor, the oldest first."""
    councils = actor.councils_as(Role.SUPERVISOR)
    rows = contact_lists.undecided(session, councils, now - WAITS_FOR)
    return [
        Asked(row.id, agent, customer, row.council, row.reason, row.asked_at, row.asked_by, row.customer_id)
        for row, agent, customer in rows
    ]


def to_decide(session: Session, actor: Actor, approval_id: str, now: datetime) -> Asked | None:
    """The request with this id; None once it waits no more.

    Raises LookupError where there is no such request at the supervisor's councils.
    """
    row = contact_lists.approval(session, approval_id)
    if row is None or not may(actor, Action.APPROVE, Thing(row.council)):
        raise LookupError(approval_id)
    return next((each for each in waiting(session, actor, now) if each.id == approval_id), None)


def note_look(session: Session, actor: Actor, asked: Asked, now: datetime) -> None:
    """Write down that a supervisor looked at a request, which names a customer."""
    row = contact_lists.approval(session, asked.id)
    assert row is not None, "a request that is gone"
    _note(session, actor, row, "opening_looked_at", now)


def decision(session: Session, actor: Actor, customer_id: str, now: datetime) -> Decision:
    """How the agent's latest request to open this record stands, at the council of the contact that they have going."""
    contact = interactions.active_of(session, actor.id)
    if contact is None:
        return Decision.NONE
    row = contact_lists.last_approval(session, actor.id, customer_id, contact.council)
    return _decision(row, now) if row else Decision.NONE


def _decision(row: ApprovalRow, now: datetime) -> Decision:
    if row.decided_at is None:
        return Decision.WAITING if now < row.asked_at + WAITS_FOR else Decision.NONE
    if not row.granted:
        return Decision.REFUSED if now < row.decided_at + GOOD_FOR else Decision.NONE
    return Decision.GRANTED if row.until and now < row.until else Decision.NONE


def _note(session: Session, actor: Actor, row: ApprovalRow, what: str, now: datetime) -> None:
    timeline.write_line(
        session, actor, row.council, None, what, "", now, {"approval": row.id, "agent": row.asked_by},
        customer_id=row.customer_id, interaction_id=row.interaction_id,
    )  # fmt: skip
