"""Warm hand-over: a resident who is stuck gets six figures, and the agent who hears them has the draft for a while.

The code is good for a quarter of an hour and once; it opens the draft where it stands, to an agent of its council.
Whoever gave it sees who has the draft, and can take it back at any moment. See docs/decisions/0027-warm-hand-over.md.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from selfservice.domain import acting
from selfservice.domain.acting import Reason
from selfservice.domain.contact import idle_since
from selfservice.domain.draft import DraftGone, DraftSent
from selfservice.domain.handover import (
    CODE_MINUTES,
    Direction,
    Event,
    HandoverState,
    digits_of,
    good,
)
from selfservice.domain.people import PARTNERSHIP, Actor, Channel
from selfservice.domain.permissions import Action, NotAllowed, Thing, may
from selfservice.links import Links
from selfservice.operations import assisting, contacts, drafting, holding, limiting
from selfservice.operations.assisting import CannotHelp, Verified
from selfservice.store import customers, drafts, handovers, interactions, staff, timeline
from selfservice.store.base import new_id
from selfservice.store.drafts import DraftRow
from selfservice.store.handovers import HandoverRow
from selfservice.store.interactions import ActingSessionRow

CODES_TRIED = 20
CONSENT = "code"  # how the customer agreed: they asked for a code, and said it


@dataclass(frozen=True, slots=True)
class Taken:
    """What came of a code: the draft with the slugs of its council and service; without one, `why` not.

    `why` is "wrong", "locked" (too many wrong ones lately), "another" (it is somebody else's than of whom the agent
    is helping), or what `CannotHelp` says.
    """

    draft_id: str | None = None
    council: str = ""
    service: str = ""
    why: str = ""


def offer(
    session: Session, actor: Actor, draft_id: str, links: Links, now: datetime, *, agreed_at: datetime
) -> None:
    """Offer a draft to an agent by six figures, which take the place of those it was offered by before.

    `agreed_at` is when the resident agreed that an agent sees it. Raises `DraftGone`, `DraftSent`, and `NotAllowed` for
    an agent, who needs nobody else's help.
    """
    if actor.acting:
        raise NotAllowed(Action.HAND_OVER)
    draft = _to_hand_over(session, actor, draft_id)
    offered = handovers.of_draft(session, draft.id, HandoverState.OFFERED)
    if offered is not None:
        holding.step(offered, Event.REPLACE, now)
        session.flush()
    draft.changed_at = now
    row = _offered(session, actor, draft, links, now, agreed_at)
    holding.note(session, actor, draft, "form_offered", {"from": row.held_by, "handover": row.id}, None, now)


def withdraw(session: Session, actor: Actor, draft_id: str, now: datetime) -> bool:
    """Take the offer of a draft back while nobody has taken it; False where there is none. Raises as `offer` does."""
    draft = _to_hand_over(session, actor, draft_id)
    if not holding.withdraw_code(session, draft, now, Event.WITHDRAW):
        return False
    holding.note(session, actor, draft, "form_offer_withdrawn", {"from": draft.holder}, None, now)
    return True


def take(
    session: Session,
    actor: Actor,
    typed: str,
    links: Links,
    now: datetime,
    *,
    for_same: bool = False,
    channel: Channel = Channel.PHONE,
) -> Taken:
    """Give the draft of this code to an agent, who acts for its customer from now on.

    With `for_same` it is of the person whom they are helping already; else they begin to help whoever's it is, in
    the contact that they have going, or in a new one by `channel`. Commit in any case: five wrong codes within a
    quarter of an hour lock out the right one too. A code for another council is a wrong one.
    """
    member = staff.by_id(session, actor.id, lock=True)  # one code at a time, so that each wrong one counts
    if member is None or limiting.shut_out(session, limiting.HANDOVER_CODES, actor.id, now):
        return Taken(why="locked")
    found = _open_to(session, actor, digits_of(typed), links, now)
    if found is None:
        return _count_wrong(session, actor, now)
    row, draft = found
    owner = customers.by_id(session, draft.holder)
    going = _going(session, actor, now)
    if for_same and going is not None and owner is not None and owner.id != going.customer_id:
        return Taken(why="another")
    if going is None or not (for_same or (owner is not None and owner.id == going.customer_id)):
        try:
            with session.begin_nested():
                going = _begin(session, actor, draft, owner.id if owner else None, channel, now)
        except CannotHelp as why:
            return Taken(why=why.why)
    _give(session, row, draft, going, now)
    return Taken(draft.id, draft.council, draft.service)


def give_back(session: Session, actor: Actor, draft_id: str, now: datetime) -> bool:
    """Give a draft back to whoever handed it to this acting session; False when it was not, or is no longer."""
    draft = drafts.by_id(session, draft_id, lock=True)
    row = handovers.of_draft(session, draft_id, HandoverState.TAKEN) if draft else None
    if draft is None or row is None or not _has_by_code(actor, row):
        return False
    holding.step(row, Event.LET_GO, now)
    holding.change_hands(session, actor, draft, row.held_by, "form_given_back", row, now)
    return True


def take_back(session: Session, actor: Actor, draft_id: str, now: datetime) -> bool:
    """Take back what one handed to an agent, whatever the agent is doing; False where there is nothing to take.

    The agent's next post to it is refused, and gives them back what they typed.
    """
    draft = drafts.by_id(session, draft_id, lock=True)
    row = handovers.of_draft(session, draft_id, HandoverState.TAKEN) if draft else None
    if draft is None or row is None or row.direction != Direction.TO_AGENT or row.held_by != actor.customer:
        return False
    if not may(actor, Action.HAND_OVER, Thing(draft.council, row.held_by)):
        return False
    holding.step(row, Event.LET_GO, now)
    holding.change_hands(session, actor, draft, row.held_by, "form_taken_back", row, now)
    return True


def has_contact(session: Session, actor: Actor, now: datetime) -> bool:
    """Whether an agent has a contact going that has not paused itself, so that a code begins no other."""
    row = interactions.active_of(session, actor.id)
    return row is not None and idle_since(row.seen_at, now) is None


def is_handed_over(session: Session, actor: Actor, draft_id: str) -> bool:
    """Whether this acting session has the draft by a code, so that it can be given back."""
    row = handovers.of_draft(session, draft_id, HandoverState.TAKEN)
    return row is not None and _has_by_code(actor, row)


def _has_by_code(actor: Actor, row: HandoverRow) -> bool:
    """Whether this hand-over, which was taken, gave the draft to this acting session, and not on from it."""
    by_code = row.direction == Direction.TO_AGENT
    return by_code and actor.via is not None and row.acting_session_id == actor.via


def _to_hand_over(session: Session, actor: Actor, draft_id: str) -> DraftRow:
    """The actor's draft, locked. Raises `DraftGone` and `DraftSent`."""
    drafting.to_change(session, actor, Action.HAND_OVER, draft_id)
    draft = drafts.by_id(session, draft_id)
    if draft is None:
        raise DraftGone(draft_id)
    if draft.submission_id is not None:
        raise DraftSent(draft_id)
    return draft


def _offered(
    session: Session, actor: Actor, draft: DraftRow, links: Links, now: datetime, agreed_at: datetime
) -> HandoverRow:
    """The new offer, by figures that no other open one has."""
    for _ in range(CODES_TRIED):
        handover_id = new_id()
        told_by = links.spoken.told_by(links.spoken.code(handover_id))
        if not _is_free(session, told_by, now):
            continue
        row = HandoverRow(
            id=handover_id,
            council=draft.council,
            draft_id=draft.id,
            direction=Direction.TO_AGENT,
            state=HandoverState.OFFERED,
            code_hash=told_by[0],
            held_by=actor.customer,
            made_at=now,
            until=now + timedelta(minutes=CODE_MINUTES),
            consented_at=agreed_at,
        )
        try:
            with session.begin_nested():
                session.add(row)
        except IntegrityError:
            continue  # somebody was just given the same figures
        return row
    raise RuntimeError("no free code was found")


def _is_free(session: Session, told_by: Collection[str], now: datetime) -> bool:
    """Whether no open offer has these figures. One that has run out gives them up."""
    other = handovers.offered_by_code(session, told_by)
    if other is None:
        return True
    if good(HandoverState(other.state), other.until, now):
        return False
    holding.step(other, Event.WITHDRAW, now)
    session.flush()
    return True


def _open_to(
    session: Session, actor: Actor, digits: str, links: Links, now: datetime
) -> tuple[HandoverRow, DraftRow] | None:
    """The offer of this code with its draft, both locked, if the agent works for its council and it is still good."""
    told = handovers.offered_by_code(session, links.spoken.told_by(digits)) if len(digits) == 6 else None
    draft = drafts.by_id(session, told.draft_id, lock=True) if told else None
    row = handovers.by_id(session, told.id, lock=True) if told else None
    if row is None or draft is None or not may(actor, Action.ACT, Thing(draft.council)):
        return None
    open_still = good(HandoverState(row.state), row.until, now) and draft.holder == row.held_by
    return (row, draft) if open_still and draft.submission_id is None else None


def _count_wrong(session: Session, actor: Actor, now: datetime) -> Taken:
    locked = limiting.count_wrong(session, limiting.HANDOVER_CODES, actor.id, now)
    council = next(iter(actor.councils)) if len(actor.councils) == 1 else PARTNERSHIP
    timeline.write_line(session, actor, council, None, "form_code_wrong", "", now, {"locked": locked})
    return Taken(why="locked" if locked else "wrong")


def _going(session: Session, actor: Actor, now: datetime) -> ActingSessionRow | None:
    """The acting session that an agent has going, if its time is not over."""
    going = interactions.acting_of(session, actor.id)
    return going if going is not None and not acting.over(going.until, going.seen_at, now) else None


def _begin(
    session: Session, actor: Actor, draft: DraftRow, customer_id: str | None, channel: Channel, now: datetime
) -> ActingSessionRow:
    """Begin to act for the customer of a draft, in a contact that is begun where none is going. Raises `CannotHelp`."""
    if not has_contact(session, actor, now):
        contacts.start(session, actor, channel, draft.council, now, service=draft.service)
    verified = Verified(consent=CONSENT)
    begun = assisting.start(
        session, actor, customer_id, Reason.HANDED_OVER, verified, now, service=draft.service
    )
    going = interactions.acting_by_id(session, begun)
    assert going is not None, "an acting session that was just begun"
    return going


def _give(
    session: Session, row: HandoverRow, draft: DraftRow, going: ActingSessionRow, now: datetime
) -> None:
    holding.end_hold(session, draft, now)
    holding.step(row, Event.TAKE, now)
    row.taken_by = row.acting_session_id = going.id
    row.customer_id = going.customer_id
    interactions.note_draft(session, going.id, draft.id)
    holding.change_hands(session, holding.acting_in(going), draft, going.id, "form_taken", row, now)
