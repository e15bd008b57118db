"""Who has a draft: one holder at any time, and a line of the record for every change of hands.

While an agent has a draft by a code, its holder is their acting session, and not the customer: neither can write in
it behind the other's back. Whatever ends the acting session gives it back. See docs/decisions/0027-warm-hand-over.md.
"""

from collections.abc import Collection, Mapping
from datetime import datetime

from sqlalchemy.orm import Session

from selfservice.domain.handover import Direction, Event, HandoverState, move
from selfservice.domain.people import Actor, ActorKind, Channel, Verification
from selfservice.store import drafts, handovers, timeline
from selfservice.store.drafts import DraftRow
from selfservice.store.handovers import HandoverRow
from selfservice.store.interactions import ActingSessionRow


def acting_in(going: ActingSessionRow) -> Actor:
    """The agent of an acting session, for the customer of it."""
    return Actor(
        ActorKind.AGENT, going.staff_id, Channel(going.channel), on_behalf_of=going.subject, via=going.id
    )


def step(row: HandoverRow, event: Event, now: datetime) -> None:
    """Move a hand-over on. Raises `NotThen` for what does not happen as it stands."""
    row.state = move(HandoverState(row.state), event)
    if event is Event.TAKE:
        row.taken_at = now
    else:
        row.over_at = now


def change_hands(
    session: Session,
    actor: Actor,
    draft: DraftRow,
    to: str,
    what: str,
    row: HandoverRow | None,
    now: datetime,
) -> None:
    """Let somebody else hold the draft from now on, and write down who had it, who has it and for whom."""
    before, draft.holder, draft.changed_at = draft.holder, to, now
    detail = {"from": before, "to": to, "handover": row.id if row else None}
    note(session, actor, draft, what, detail, row.customer_id if row else None, now)


def note(
    session: Session, actor: Actor, draft: DraftRow, what: str, detail: Mapping[str, object],
    customer_id: str | None, now: datetime,
) -> None:  # fmt: skip
    """Write a line about the passing on of a draft: for staff alone, in ids and codes."""
    session.flush()
    timeline.write_line(
        session, actor, draft.council, None, what, "", now, detail,
        customer_id=customer_id, draft_id=draft.id,
    )  # fmt: skip


def is_with_customer(session: Session, actor: Actor, draft: DraftRow) -> bool:
    """Whether an agent who acts for the holder of a draft must leave it to them, for it was given into their hands."""
    if not actor.acting or draft.holder == actor.via:
        return False
    return handovers.is_with_customer(session, draft.id, actor.via or "")


def give_back_all(session: Session, goings: Collection[ActingSessionRow], now: datetime) -> None:
    """Give whatever these acting sessions have by a code back to whoever had it before: they are ending."""
    of_id = {going.id: going for going in goings}
    for row, draft in handovers.taken_in(session, of_id):
        going = of_id[draft.holder]
        step(row, Event.LET_GO, now)
        change_hands(session, acting_in(going), draft, row.held_by, "form_given_back", row, now)


def pass_by(session: Session, actor: Actor, draft: DraftRow, to: str, now: datetime) -> None:
    """Let a draft (locked) go on in other hands, by a link: whatever code it was offered by opens nothing any more."""
    taken = end_hold(session, draft, now)
    withdraw_code(session, draft, now)
    change_hands(session, actor, draft, to, "form_gone_on_with", taken, now)


def end_hold(session: Session, draft: DraftRow, now: datetime) -> HandoverRow | None:
    """Close the hand-over by which somebody has a draft (locked), for it changes hands again; gives it."""
    taken = handovers.of_draft(session, draft.id, HandoverState.TAKEN)
    if taken is not None:
        step(taken, Event.LET_GO, now)
        session.flush()
    return taken


def withdraw_code(session: Session, draft: DraftRow, now: datetime, event: Event = Event.REPLACE) -> bool:
    """Let the code that a draft (locked) is offered by open nothing any more; False where there was none."""
    offered = handovers.of_draft(session, draft.id, HandoverState.OFFERED)
    if offered is None or offered.direction != Direction.TO_AGENT:
        return False
    step(offered, event, now)
    session.flush()
    return True


def follow(session: Session, visitor: str, customer_id: str) -> None:
    """Let what an agent has of a visitor's go back to the customer as whom they have just signed in."""
    handovers.follow(session, visitor, customer_id)


def customer_of(session: Session, draft_id: str, at_least: Verification) -> str | None:
    """The customer (id) for whom an agent had a hand in a draft, whoever holds it now; None where the agent was less
    sure of them than this."""
    found = handovers.customer_of(session, draft_id)
    return found[0] if found and found[1] >= at_least else None


def was_sent(session: Session, draft_id: str, now: datetime) -> None:
    """Close what is open of a draft that was just sent; what an agent has stays theirs until they let go of it."""
    for row in handovers.open_of(session, draft_id):
        if row.state == HandoverState.OFFERED:
            step(row, Event.REPLACE, now)
        elif row.direction == Direction.TO_CUSTOMER:
            step(row, Event.LET_GO, now)


def name_customer(session: Session, going: ActingSessionRow, customer_id: str) -> None:
    """Let the drafts that an acting session for somebody without a name has be this customer's: those that were begun
    for them at once, and those that were handed over as what they are."""
    handovers.name_customer(session, going.id, customer_id)
    by_code = [draft.id for _, draft in handovers.taken_in(session, [going.id])]
    drafts.move(session, going.subject, customer_id, but=by_code)
