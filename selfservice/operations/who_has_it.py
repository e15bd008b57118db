"""Who has a draft that was passed on, as each side is told: the one who handed it on, and the one who had it."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from selfservice.domain import acting
from selfservice.domain.handover import Ask, Direction, HandoverState, Stage, good
from selfservice.domain.people import Actor
from selfservice.links import Links
from selfservice.store import drafts, handovers, interactions
from selfservice.store.drafts import DraftRow
from selfservice.store.handovers import HandoverRow


@dataclass(frozen=True, slots=True)
class Standing:
    """How a draft stands for the resident who asked for help with it: `code` and `until` while an agent is waited for,
    `agent` (a name) and `since` (a moment) once one has it, or had it."""

    stage: Stage
    code: str = ""
    until: datetime | None = None
    agent: str = ""
    since: datetime | None = None
    agreed_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Away:
    """Where a draft is that is not the actor's at the moment: with an agent, or `with_customer` for an agent.

    `sent` is whether it has been sent meanwhile.
    """

    stage: Stage
    agent: str = ""
    since: datetime | None = None
    with_customer: bool = False
    sent: bool = False


@dataclass(frozen=True, slots=True)
class Asked:
    """What a customer who has a form was asked for, and by whom (a name)."""

    agent: str
    asked: tuple[Ask, ...]
    words: str


@dataclass(frozen=True, slots=True)
class PassedOn:
    """A form that was sent on in a contact: council and service (slugs), when, and since when the customer has it."""

    council: str
    service: str
    sent_at: datetime
    taken_at: datetime | None


def standing(session: Session, actor: Actor, draft_id: str, links: Links, now: datetime) -> Standing | None:
    """How a draft stands for the resident whose it is or was; None for anybody else."""
    draft = drafts.by_id(session, draft_id)
    if draft is None:
        return None
    mine = [row for row in handovers.history(session, draft_id) if row.held_by == actor.customer]
    newest = next((row for row in mine if row.direction == Direction.TO_AGENT), None)
    if draft.holder != actor.customer and not mine:
        return None
    if newest is None:
        return Standing(Stage.NONE if draft.holder == actor.customer else Stage.ELSEWHERE)
    return _standing(session, actor, draft, newest, links, now)


def away(session: Session, actor: Actor, draft_id: str, now: datetime) -> Away | None:
    """Where a draft is which the actor has had and has no more; None for one that was never theirs to know of."""
    draft = drafts.by_id(session, draft_id)
    rows = handovers.history(session, draft_id) if draft else []
    if draft is None or not rows:
        return None
    if actor.acting:
        return _away_from_agent(actor, draft, rows)
    mine = [row for row in rows if row.held_by == actor.customer]
    if not mine or draft.holder == actor.customer:
        return None
    taken = next((row for row in mine if row.state == HandoverState.TAKEN), None)
    if taken is None or taken.direction != Direction.TO_AGENT:
        return Away(Stage.ELSEWHERE)
    stage, agent = _with_agent(session, draft, taken, now)
    return Away(stage, agent, taken.taken_at, sent=draft.submission_id is not None)


def asked(session: Session, draft_id: str) -> Asked | None:
    """What the holder of a draft that was sent on to them was asked for; None when it was not."""
    row = handovers.of_draft(session, draft_id, HandoverState.TAKEN)
    if row is None or row.direction != Direction.TO_CUSTOMER:
        return None
    going = interactions.acting_by_id(session, row.acting_session_id or "")
    return Asked(going.staff_name if going else "", tuple(Ask(each) for each in row.asked), row.ask)


def passed_on(
    session: Session, contact_ids: Collection[str], now: datetime
) -> Mapping[str, Sequence[PassedOn]]:
    """What was sent on to customers in these contacts, by the contact's id: links that are still good, and forms that
    the customer has."""
    found: dict[str, list[PassedOn]] = {}
    for contact_id, row, draft in handovers.sent_on_in(session, contact_ids):
        if row.taken_at is not None or good(HandoverState(row.state), row.until, now):
            found.setdefault(contact_id, []).append(
                PassedOn(draft.council, draft.service, row.made_at, row.taken_at)
            )
    return found


def _standing(
    session: Session, actor: Actor, draft: DraftRow, row: HandoverRow, links: Links, now: datetime
) -> Standing:
    state = HandoverState(row.state)
    if state is HandoverState.TAKEN:
        stage, agent = _with_agent(session, draft, row, now)
        return Standing(stage, agent=agent, since=row.taken_at)
    if draft.holder != actor.customer:
        return Standing(Stage.ELSEWHERE)
    if good(state, row.until, now) and row.code_hash:
        code = links.spoken.code_of(row.id, row.code_hash)
        return Standing(Stage.WAITING, code, row.until, agreed_at=row.consented_at)
    if state is HandoverState.OFFERED:
        return Standing(Stage.RUN_OUT, agreed_at=row.consented_at)
    if row.taken_at is not None:
        return Standing(Stage.BACK, agent=_agent(session, row), since=row.over_at)
    return Standing(Stage.NONE)


def _with_agent(session: Session, draft: DraftRow, row: HandoverRow, now: datetime) -> tuple[Stage, str]:
    """How it stands with the agent, and their name: they may have sent it, or be there no longer."""
    if draft.submission_id is not None:
        return Stage.SENT, _agent(session, row)
    going = interactions.acting_by_id(session, row.acting_session_id or "")
    there = going is not None and going.ended_at is None and not acting.over(going.until, going.seen_at, now)
    return (Stage.WITH_AGENT if there else Stage.LEFT), going.staff_name if going else ""


def _agent(session: Session, row: HandoverRow) -> str:
    going = interactions.acting_by_id(session, row.acting_session_id or "")
    return going.staff_name if going else ""


def _away_from_agent(actor: Actor, draft: DraftRow, rows: Sequence[HandoverRow]) -> Away | None:
    """The customer has it: since it was opened by them, given back or taken back, whichever came last."""
    known = [
        row for row in rows if row.acting_session_id == actor.via or row.customer_id == actor.on_behalf_of
    ]
    moments = [at for row in known for at in (_with_customer_since(row),) if at is not None]
    if not moments:
        return None
    return Away(Stage.ELSEWHERE, since=max(moments), with_customer=True, sent=draft.submission_id is not None)


def _with_customer_since(row: HandoverRow) -> datetime | None:
    return row.taken_at if row.direction == Direction.TO_CUSTOMER else row.taken_at and row.over_at
