"""Acting for a customer: begun for a reason, one customer at a time, never for oneself, told to the customer."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from selfservice.domain import acting
from selfservice.domain.acting import EndedWhy, Reason
from selfservice.domain.contact import idle_since
from selfservice.domain.people import PARTNERSHIP, Actor, ActorKind, Channel, Verification
from selfservice.domain.permissions import Action, NotAllowed, Thing, may
from selfservice.operations import sign_ins, too_close
from selfservice.store import contact_lists, customers, interactions, staff, timeline
from selfservice.store.base import new_id
from selfservice.store.customers import CustomerRow
from selfservice.store.interactions import (
    ActingSessionRow,
    ApprovalRow,
    InteractionCustomerRow,
    InteractionRow,
)


class CannotHelp(Exception):
    """This agent may not act for this customer; `why` is a code: "self", "staff", "household", "restricted", "unknown",
    "no_contact"."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


@dataclass(frozen=True, slots=True)
class Verified:
    """How sure the agent is of who the customer is, and by which questions (ids) and consent (a code)."""

    level: Verification = Verification.NONE
    by: tuple[str, ...] = ()
    consent: str = ""


def start(
    session: Session,
    actor: Actor,
    customer_id: str | None,
    reason: Reason,
    verified: Verified,
    now: datetime,
    *,
    service: str | None = None,
    subject: str | None = None,
    draft_id: str | None = None,
) -> str:
    """Begin to act for a customer, or with None for somebody without a name, in the contact that the agent has going.

    Whoever was helped before no longer is. Gives the id of the acting session. `subject` is what the things of
    somebody without a name were held by before, where they are helped again in the same contact, and `draft_id` the
    draft to go on with. Raises `NotAllowed` for a member of staff who is no agent there and `CannotHelp` for a
    customer whom this agent may not help.
    """
    contact = _contact(session, actor, now)
    customer = find_to_help(session, actor, customer_id) if customer_id else None
    approval = leave_to_open(session, actor, customer, contact.council, now) if customer else None
    stop(session, actor, EndedWhy.SWITCHED, now)
    going = _going(session, actor, contact, customer, reason, verified, approval, service, subject, now)
    contact.seen_at = now
    session.add(
        InteractionCustomerRow(
            interaction_id=contact.id, customer_id=customer_id, draft_id=draft_id, started_at=now
        )
    )
    session.flush()
    _write_down(session, actor, going, "helping_started", now)
    return going.id


def may_help(session: Session, actor: Actor, customer_id: str, now: datetime) -> CustomerRow:
    """The customer, if the agent may act for them in the contact they have going. Raises as `start` does."""
    contact = _contact(session, actor, now)
    customer = find_to_help(session, actor, customer_id)
    leave_to_open(session, actor, customer, contact.council, now)
    return customer


def leave_to_open(
    session: Session, actor: Actor, customer: CustomerRow, council: str, now: datetime
) -> ApprovalRow | None:
    """A supervisor's leave to open a restricted record at a council (slug); None where none is needed. Raises
    `CannotHelp`."""
    if not customer.restricted:
        return None
    granted = interactions.granted_to(session, actor.id, customer.id, council, now)
    if granted is None:
        raise CannotHelp("restricted")
    return granted


def no_longer_than(leave: ApprovalRow | None, until: datetime) -> datetime:
    """Until when somebody is helped at the most: no longer than the leave holds, where it takes one."""
    return min(until, leave.until) if leave is not None and leave.until else until


def find_to_help(session: Session, actor: Actor, customer_id: str) -> CustomerRow:
    """The customer, if nothing but a restriction can keep the agent from helping them. Raises `CannotHelp`."""
    customer = visible(session, actor, customer_id)
    if customer is None:
        raise CannotHelp("unknown")
    if close := too_close.why(session, actor, customer):
        raise CannotHelp(close)
    return customer


def step_up(session: Session, actor: Actor, verified: Verified, now: datetime) -> bool:
    """Let a customer who has just proved more be helped as somebody more certain: the acting session that goes on is
    the same, and so are its drafts. Whether one goes on."""
    going = interactions.acting_of(session, actor.id, lock=True)
    if going is None or acting.over(going.until, going.seen_at, now):
        return False
    going.verification = max(going.verification, verified.level)
    going.verified_by = list(verified.by)
    _write_down(session, actor, going, "helping_verified", now)
    return True


def stop(session: Session, actor: Actor, why: EndedWhy, now: datetime) -> str | None:
    """Stop acting, for whomever it was; gives the id of the customer, None where nobody was being helped.

    The customer is told by the record; `telling.helped` writes to them.
    """
    going = sign_ins.stop_acting(session, actor.id, why, now)
    if going is None:
        return None
    interactions.end_customers(session, going.interaction_id, now)
    _write_down(session, actor, going, "helping_stopped", now)
    return going.customer_id


def note_view(
    session: Session,
    actor: Actor,
    council: str,
    what: str,
    now: datetime,
    *,
    customer_id: str | None = None,
    submission_id: str | None = None,
) -> None:
    """Write down that a member of staff looked at something of a customer's: each view is an event."""
    timeline.write_line(
        session, actor, council, submission_id, "viewed", "", now, {"what": what}, customer_id=customer_id
    )


def visible(session: Session, actor: Actor, customer_id: str) -> CustomerRow | None:
    """The customer, if one of the councils that the agent works for knows them, or none does at all.

    Staff are not found among customers.
    """
    customer = customers.by_id(session, customer_id)
    if customer is None:
        return None
    known = customers.councils_of(session, customer_id)
    return customer if not known or known & actor.councils else None


def visible_among(session: Session, actor: Actor, ids: Sequence[str]) -> frozenset[str]:
    """Which of these customers `visible` would give."""
    known = customers.councils_of_each(session, ids)
    return frozenset(each for each in ids if not known.get(each) or known[each] & actor.councils)


def end_one_overdue(session: Session, now: datetime) -> bool:
    """End an acting session that lasted too long or lay unused, as of when it did; whether there was one. For the
    housekeeping."""
    overdue = contact_lists.overdue_acting(session, now, now - acting.IDLE, 1)
    for going in overdue:
        ended_at = min(going.until, going.seen_at + acting.IDLE)
        stop(
            session,
            Actor(ActorKind.AGENT, going.staff_id, Channel(going.channel)),
            EndedWhy.TOO_LONG,
            ended_at,
        )
    return bool(overdue)


def _contact(session: Session, actor: Actor, now: datetime) -> InteractionRow:
    contact = interactions.active_of(session, actor.id, lock=True)
    if contact is None or idle_since(contact.seen_at, now):
        raise CannotHelp("no_contact")
    if not may(actor, Action.ACT, Thing(contact.council)):
        raise NotAllowed(Action.ACT)
    return contact


def _going(
    session: Session,
    actor: Actor,
    contact: InteractionRow,
    customer: CustomerRow | None,
    reason: Reason,
    verified: Verified,
    approval: ApprovalRow | None,
    service: str | None,
    subject: str | None,
    now: datetime,
) -> ActingSessionRow:
    member = staff.by_id(session, actor.id)
    assert member is not None, "an agent who is no member of staff"
    acting_id = new_id()
    going = ActingSessionRow(
        id=acting_id,
        staff_id=actor.id,
        staff_name=member.name,
        interaction_id=contact.id,
        customer_id=customer.id if customer else None,
        subject=customer.id if customer else subject or acting_id,
        council=contact.council,
        channel=contact.channel,
        reason=reason,
        service=service or contact.service,
        verification=verified.level,
        verified_by=list(verified.by),
        consent=verified.consent,
        approval_id=approval.id if approval else None,
        started_at=now,
        seen_at=now,
        until=no_longer_than(approval, now + acting.MOST),
    )
    session.add(going)
    session.flush()
    return going


def _write_down(session: Session, actor: Actor, going: ActingSessionRow, what: str, now: datetime) -> None:
    """One line of the record, with both names' ids."""
    told = Actor(
        actor.kind, actor.id, Channel(going.channel), going.subject, actor.councils, going.id, actor.roles
    )
    detail = {"reason": going.reason, "verification": going.verification, "ended": going.ended_why}
    timeline.write_line(
        session, told, going.council or PARTNERSHIP, None, what, "", now, detail,
        customer_id=going.customer_id, interaction_id=going.interaction_id,
    )  # fmt: skip
