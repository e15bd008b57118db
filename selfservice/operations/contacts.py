"""An agent's contacts, one at a time: started, paused, resumed, handed to a colleague, taken, and wrapped up.

Whoever is being helped belongs to the contact that is active: whatever ends or pauses it ends that too, and resuming
brings them back with the draft that they were at. Seconds are counted here, without pauses.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy.orm import Session

from selfservice.domain.acting import Consent, EndedWhy, Reason, consent_code
from selfservice.domain.contact import (
    CHANNELS,
    IDLE,
    LONGEST_NOTE,
    Clock,
    ContactState,
    Outcome,
    PausedWhy,
    idle_since,
)
from selfservice.domain.people import Actor, ActorKind, Channel, Role, Verification
from selfservice.domain.permissions import Action, NotAllowed, Thing, may
from selfservice.operations import assisting, verifying
from selfservice.operations.assisting import CannotHelp, Verified
from selfservice.store import contact_lists, drafts, interactions, staff, timeline
from selfservice.store.base import new_id
from selfservice.store.interactions import InteractionRow

LONGEST_TOLD = 40


class NotThere(LookupError):
    """There is no such contact, or it is not this agent's to do that with: the two are told apart to nobody."""


@dataclass(frozen=True, slots=True)
class Resumed:
    """What resuming brought back. `draft` is its council and service (slugs) and its id; `not_helped` why the
    customer could not be brought back, a code of `CannotHelp`."""

    acting_id: str | None = None
    draft: tuple[str, str, str] | None = None
    not_helped: str = ""


def start(
    session: Session,
    actor: Actor,
    channel: Channel,
    council: str,
    now: datetime,
    *,
    service: str | None = None,
    call_id: str = "",
    reference: str = "",
) -> str:
    """Begin a contact; the one that was going on is paused. Gives its id.

    `council` and `service` are slugs, `call_id` the telephone system's own, `reference` what it is about, if that was
    told. Raises `NotAllowed` for a council at which the actor is no agent, and for a channel that reaches no agent.
    """
    if channel not in CHANNELS or not may(actor, Action.INTERACT, Thing(council)):
        raise NotAllowed(Action.INTERACT)
    _alone(session, actor)
    pause(session, actor, now, PausedWhy.SWITCHED)
    row = InteractionRow(
        id=new_id(), staff_id=actor.id, council=council, channel=channel, service=service,
        call_id=call_id[:100], reference=reference[:LONGEST_TOLD],
        state=ContactState.ACTIVE, started_at=now, active_since=now, seen_at=now,
    )  # fmt: skip
    session.add(row)
    session.flush()
    _note(session, actor, row, "contact_started", now, service=service)
    return row.id


def pause(session: Session, actor: Actor, now: datetime, why: PausedWhy = PausedWhy.ASKED) -> None:
    """Pause the contact that is going on, if one is; nobody is helped any more."""
    row = interactions.active_of(session, actor.id, lock=True)
    if row is None:
        return
    over = idle_since(row.seen_at, now)
    why, at = (PausedWhy.IDLE, over) if over else (why, now)
    assisting.stop(session, actor, EndedWhy.PAUSED, at)
    _pause(session, actor, row, why, at)


def resume(session: Session, actor: Actor, contact_id: str, now: datetime) -> Resumed:
    """Go on with a contact of the agent's own: its customer is helped again, with the draft they were at.

    The contact that was going on is paused, and whoever was helped in it no longer is. Raises `NotThere`.
    """
    row = _own(session, actor, contact_id)
    return _go_on(session, actor, row, now)


def take(session: Session, actor: Actor, contact_id: str, now: datetime) -> Resumed:
    """Take over what a colleague has handed to this agent, and go on with it as by `resume`. Raises `NotThere`."""
    row = interactions.by_id(session, contact_id, lock=True)
    if row is None or row.state != ContactState.HANDED or row.handed_to != actor.id:
        raise NotThere(contact_id)
    if not may(actor, Action.INTERACT, Thing(row.council)):
        raise NotThere(contact_id)
    _note(session, actor, row, "contact_taken", now, **{"from": row.staff_id})
    row.staff_id = actor.id
    return _go_on(session, actor, row, now)


def hand_over(session: Session, actor: Actor, contact_id: str, colleague: str, now: datetime) -> None:
    """Hand a contact to a colleague (id), who finds it on their desk. Raises `NotThere`, also for somebody who is no
    agent of its council."""
    row = _own(session, actor, contact_id)
    if colleague not in {each for each, _ in colleagues(session, actor, row.council)}:
        raise NotThere(contact_id)
    if row.state == ContactState.ACTIVE:
        pause(session, actor, now)
    row.state, row.handed_to, row.seen_at = ContactState.HANDED, colleague, now
    session.flush()
    _note(session, actor, row, "contact_handed", now, to=colleague)


def wrap_up(
    session: Session, actor: Actor, contact_id: str, outcome: Outcome, note: str, now: datetime
) -> int:
    """End a contact with what came of it; gives its active seconds. Nothing more where it has ended already.

    Raises `NotThere`.
    """
    row = _own(session, actor, contact_id, ended_too=True)
    if row.state == ContactState.ENDED:
        return row.active_seconds
    if row.state == ContactState.ACTIVE:
        assisting.stop(session, actor, EndedWhy.STOPPED, now)
    clock = _clock(row).standing(idle_since(row.seen_at, now) or now)
    row.state, row.active_seconds, row.active_since = ContactState.ENDED, clock.seconds, None
    row.handed_to, row.ended_at, row.outcome = None, now, outcome
    row.note = note.strip()[:LONGEST_NOTE]
    session.flush()
    _note(session, actor, row, "contact_ended", now, outcome=outcome, seconds=clock.seconds)
    return clock.seconds


def help_customer(
    session: Session,
    actor: Actor,
    customer_id: str | None,
    reason: Reason,
    consent: Consent,
    now: datetime,
) -> str:
    """Begin to help a customer of the contact that is going on, as sure as this contact has made us of who they are.

    None is for somebody without a name. Gives the acting session's id. Raises `CannotHelp` and `NotAllowed`.
    """
    row = interactions.active_of(session, actor.id)
    if row is None:
        raise CannotHelp("no_contact")
    reached = _reached(session, row.id, customer_id, now)
    told = Verified(reached.level, reached.by, consent_code(consent))
    return assisting.start(session, actor, customer_id, reason, told, now)


def draft_at_hand(session: Session, actor: Actor) -> tuple[str, str, str] | None:
    """The draft that was last worked on for the customer of the contact that is going on: council, service, id."""
    row = interactions.active_of(session, actor.id)
    last = contact_lists.last_customer(session, row.id) if row else None
    return _draft(session, last.draft_id) if last else None


def tidy(session: Session, actor: Actor, now: datetime) -> None:
    """Pause the agent's contact if it has lain idle, as of when it had; else remember that it is in use."""
    row = interactions.active_of(session, actor.id, lock=True)
    if row is None:
        return
    if idle_since(row.seen_at, now):
        pause(session, actor, now)
    else:
        row.seen_at = max(row.seen_at, now)


def pause_one_idle(session: Session, now: datetime) -> bool:
    """Pause a contact that lies idle, whoever's it is; whether there was one. For the housekeeping."""
    rows = contact_lists.idle(session, now - IDLE, 1)
    for row in rows:
        pause(session, Actor(ActorKind.AGENT, row.staff_id, Channel(row.channel)), now)
    return bool(rows)


def colleagues(session: Session, actor: Actor, council: str) -> Sequence[tuple[str, str]]:
    """The other agents of a council (slug), each by id and name."""
    return [
        (each.id, each.name)
        for each in staff.active_with(session, Role.AGENT, council)
        if each.id != actor.id
    ]


def _go_on(session: Session, actor: Actor, row: InteractionRow, now: datetime) -> Resumed:
    """Make a contact the one that is going on, with the customer and the draft it had last."""
    _alone(session, actor)
    tidy(session, actor, now)
    if row.state != ContactState.ACTIVE:
        pause(session, actor, now, PausedWhy.SWITCHED)
        row.state, row.active_since, row.paused_why, row.handed_to = ContactState.ACTIVE, now, "", None
    row.seen_at = now
    session.flush()
    _note(session, actor, row, "contact_resumed", now)
    last = contact_lists.last_customer(session, row.id)
    if last is None:
        return Resumed()
    before = contact_lists.last_acting(session, row.id, last.customer_id)
    if before is None:
        return Resumed()
    reached = _reached(session, row.id, last.customer_id, now)
    told = Verified(reached.level, reached.by, before.consent)
    try:
        acting_id = assisting.start(
            session, actor, last.customer_id, Reason(before.reason), told, now,
            service=before.service, subject=before.subject, draft_id=last.draft_id,
        )  # fmt: skip
    except CannotHelp as refused:
        return Resumed(not_helped=refused.why)
    return Resumed(acting_id, _draft(session, last.draft_id))


def _draft(session: Session, draft_id: str | None) -> tuple[str, str, str] | None:
    found = drafts.by_id(session, draft_id) if draft_id else None
    return (found.council, found.service, found.id) if found else None


def _reached(session: Session, contact_id: str, customer_id: str | None, now: datetime) -> Verified:
    if customer_id is None:
        return Verified(Verification.NONE)
    return verifying.so_far(session, contact_id, customer_id, now)


def _pause(session: Session, actor: Actor, row: InteractionRow, why: PausedWhy, at: datetime) -> None:
    clock = _clock(row).standing(at)
    row.state, row.active_seconds, row.active_since = ContactState.PAUSED, clock.seconds, None
    row.paused_why = why
    session.flush()
    _note(session, actor, row, "contact_paused", at, why=why)


def _own(session: Session, actor: Actor, contact_id: str, *, ended_too: bool = False) -> InteractionRow:
    """A contact of the agent's own at a council they still work for, locked. Raises `NotThere`."""
    row = interactions.by_id(session, contact_id, lock=True)
    if row is None or row.staff_id != actor.id or not may(actor, Action.INTERACT, Thing(row.council)):
        raise NotThere(contact_id)
    if row.state == ContactState.ENDED and not ended_too:
        raise NotThere(contact_id)
    return row


def _alone(session: Session, actor: Actor) -> None:
    """Keep the agent's other tabs waiting, so that not two of them begin a contact at once."""
    staff.by_id(session, actor.id, lock=True)


def _clock(row: InteractionRow) -> Clock:
    return Clock(row.active_seconds, row.active_since)


def _note(
    session: Session, actor: Actor, row: InteractionRow, what: str, at: datetime, **detail: object
) -> None:
    """A line of this contact, by its own channel: a pause may come from another contact, or from nobody's doing."""
    by = replace(actor, channel=Channel(row.channel))
    timeline.write_line(session, by, row.council, None, what, "", at, detail, interaction_id=row.id)
