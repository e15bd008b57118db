"""Sending a half-finished form on to the customer: a link by e-mail or text message, and a code that is said aloud.

The link alone opens nothing: with it goes the code, or the date of birth of a customer who was fully verified; five
wrong tries lock it. Whoever has both has the draft from then on, and the agent sees that they have.
See docs/decisions/0027-warm-hand-over.md.
"""

import hmac
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy.orm import Session

from selfservice.domain.council import Council
from selfservice.domain.draft import DraftGone
from selfservice.domain.handover import (
    LINK_DAYS,
    Ask,
    Direction,
    Event,
    HandoverState,
    after_wrong_code,
    digits_of,
    good,
)
from selfservice.domain.messages import Medium
from selfservice.domain.people import Actor, Verification
from selfservice.domain.permissions import Action, NotAllowed, Thing, may
from selfservice.domain.verifying import same_day
from selfservice.links import Links, hashed
from selfservice.operations import drafting, handover_letters, holding, notifying
from selfservice.store import customers, drafts, handovers, interactions
from selfservice.store.base import new_id
from selfservice.store.drafts import DraftRow
from selfservice.store.handovers import HandoverRow

LONGEST_WORDS = 200


@dataclass(frozen=True, slots=True)
class Wanted:
    """To whom a form goes, and what for: `asked` are codes, `words` the agent's own beside them."""

    medium: Medium
    address: str
    asked: tuple[Ask, ...]
    words: str = ""


@dataclass(frozen=True, slots=True)
class SentOn:
    """What the agent is told of a form that they sent on: where it went, its code to say aloud, how it stands.

    `delivery_ids` are to be rung for after the commit.
    """

    medium: Medium
    address: str
    code: str
    until: datetime
    state: HandoverState
    by_birth_date: bool = False
    delivery_ids: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Reach:
    """Where the customer whom an agent is helping can be reached by a message; None where that is not known."""

    email: str | None = None
    phone: str | None = None


@dataclass(frozen=True, slots=True)
class Looked:
    """What a link leads to, as far as it tells without the code: "" and no state where there is no such.

    `open` is whether it can be gone on with, and `by_birth_date` whether a date of birth opens it too.
    """

    state: HandoverState | None = None
    open: bool = False
    sent: bool = False
    council: str = ""
    service: str = ""
    until: datetime | None = None
    by_birth_date: bool = False


@dataclass(frozen=True, slots=True)
class Tried:
    """What came of a code: the draft (id) that is now the actor's, or none; with `another` the code was right, but
    somebody else is signed in than whose form it is."""

    looked: Looked
    draft_id: str | None = None
    another: bool = False


def reach(session: Session, actor: Actor) -> Reach:
    """How the customer whom an agent is helping can be sent something."""
    customer = customers.by_id(session, actor.customer)
    return Reach(customer.email, customer.phone or customer.other_phone) if customer else Reach()


def send_on(
    session: Session,
    actor: Actor,
    draft_id: str,
    wanted: Wanted,
    council: Council,
    title: str,
    links: Links,
    now: datetime,
) -> SentOn:
    """Send the customer a link to a draft that an agent has for them; one that was sent before opens nothing any more.

    The agent goes on having the draft until the link is opened. `council` is the one on whose page it began. Raises
    `NotAllowed` for anybody but an agent who acts for somebody, and `DraftGone` and `DraftSent`.
    """
    if not actor.acting:
        raise NotAllowed(Action.HAND_OVER)
    drafting.to_change(session, actor, Action.HAND_OVER, draft_id)
    draft = drafts.by_id(session, draft_id)
    if draft is None:
        raise DraftGone(draft_id)
    earlier = handovers.of_draft(session, draft_id, HandoverState.OFFERED)
    if earlier is not None:
        holding.step(earlier, Event.REPLACE, now)
        session.flush()
    row = _row(session, actor, draft, wanted, links, now)
    session.add(row)
    session.flush()
    detail = {"from": draft.holder, "handover": row.id, "medium": row.medium, "asked": list(row.asked)}
    holding.note(session, actor, draft, "form_sent_on", detail, row.customer_id, now)
    letter = handover_letters.form_sent_on(row, title, council, now)
    return _sent_on(session, row, links, tuple(notifying.post(session, [letter], now)))


def last_sent_on(session: Session, actor: Actor, draft_id: str, links: Links) -> SentOn | None:
    """What the agent was told when they last sent this draft on, in this acting session; None when they have not."""
    for row in handovers.history(session, draft_id):
        if row.direction == Direction.TO_CUSTOMER and row.acting_session_id == actor.via:
            return _sent_on(session, row, links)
    return None


def look(session: Session, token: str, now: datetime) -> Looked:
    """Where the link with this token leads. Looking changes nothing, however often scanners of mail do it."""
    row = handovers.by_token(session, hashed(token))
    draft = drafts.by_id(session, row.draft_id) if row else None
    return _looked(session, row, draft, now) if row and draft else Looked()


def take(
    session: Session,
    actor: Actor,
    token: str,
    links: Links,
    now: datetime,
    *,
    code: str = "",
    born: str = "",
) -> Tried:
    """Give the draft to the actor if the code is right, or the date of birth where that opens it.

    A wrong one counts, and the fifth locks the link. Commit in either case: it is the count that keeps others out.
    """
    told = handovers.by_token(session, hashed(token))
    draft = drafts.by_id(session, told.draft_id, lock=True) if told else None
    row = handovers.by_id(session, told.id, lock=True) if told else None
    if row is None or draft is None or actor.acting or not may(actor, Action.HAND_OVER, Thing(draft.council)):
        return Tried(Looked())
    looked = _looked(session, row, draft, now)
    if not looked.open:
        return Tried(looked)
    if not _is_right(session, row, links, code, born):
        _count_wrong(session, actor, row, draft, now)
        return Tried(_looked(session, row, draft, now))
    if actor.signed_in and row.customer_id not in (None, actor.customer):
        return Tried(looked, another=True)
    holding.end_hold(session, draft, now)
    holding.step(row, Event.TAKE, now)
    row.taken_by = actor.customer
    holding.change_hands(session, actor, draft, actor.customer, "form_gone_on_with", row, now)
    return Tried(_looked(session, row, draft, now), draft.id)


def opened_by(session: Session, actor: Actor, token: str) -> tuple[str, str, str] | None:
    """The draft of a link that this actor has opened before and still has: council and service (slugs), and id."""
    row = handovers.by_token(session, hashed(token))
    draft = drafts.by_id(session, row.draft_id) if row and row.taken_by == actor.customer else None
    return (draft.council, draft.service, draft.id) if draft and draft.holder == actor.customer else None


def _count_wrong(session: Session, actor: Actor, row: HandoverRow, draft: DraftRow, now: datetime) -> None:
    row.wrong_tries, locked = after_wrong_code(row.wrong_tries)
    if locked:
        holding.step(row, Event.LOCK, now)
        holding.note(session, actor, draft, "form_link_locked", {"handover": row.id}, row.customer_id, now)


def _row(
    session: Session, actor: Actor, draft: DraftRow, wanted: Wanted, links: Links, now: datetime
) -> HandoverRow:
    customer = customers.by_id(session, actor.customer)
    handover_id = new_id()
    return HandoverRow(
        id=handover_id,
        council=draft.council,
        draft_id=draft.id,
        direction=Direction.TO_CUSTOMER,
        state=HandoverState.OFFERED,
        token_hash=hashed(links.handovers.token(handover_id)),
        medium=wanted.medium,
        recipient=wanted.address,
        held_by=draft.holder,
        customer_id=customer.id if customer else None,
        acting_session_id=actor.via,
        asked=list(wanted.asked),
        ask=wanted.words[:LONGEST_WORDS],
        made_at=now,
        until=now + timedelta(days=LINK_DAYS),
    )


def _sent_on(session: Session, row: HandoverRow, links: Links, delivery_ids: tuple[str, ...] = ()) -> SentOn:
    return SentOn(
        Medium(row.medium or Medium.EMAIL),
        row.recipient or "",
        links.handovers.code(row.id, row.id, row.token_hash or ""),
        row.until,
        HandoverState(row.state),
        _birth_date(session, row) is not None,
        delivery_ids,
    )


def _looked(session: Session, row: HandoverRow, draft: DraftRow, now: datetime) -> Looked:
    sent = draft.submission_id is not None
    state = HandoverState(row.state)
    return Looked(
        state,
        good(state, row.until, now) and not sent,
        sent,
        draft.council,
        draft.service,
        row.until,
        _birth_date(session, row) is not None,
    )


def _birth_date(session: Session, row: HandoverRow) -> date | None:
    """The date of birth that opens the link too: of a customer who was fully verified when it was sent."""
    going = interactions.acting_by_id(session, row.acting_session_id or "")
    if going is None or going.verification < Verification.FULL or going.customer_id != row.customer_id:
        return None
    customer = customers.by_id(session, row.customer_id) if row.customer_id else None
    return customer.date_of_birth if customer else None


def _is_right(session: Session, row: HandoverRow, links: Links, code: str, born: str) -> bool:
    """Whether this is the code, or the date of birth where that opens the link. One of them is tried."""
    if born and not code:
        kept = _birth_date(session, row)
        return kept is not None and same_day(kept, born)
    right = links.handovers.code(row.id, row.id, row.token_hash or "")
    return hmac.compare_digest(digits_of(code), right)
