"""What is on an agent's desk: the contact that is going on, those that wait, those handed to them, the last ones."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from selfservice.domain.contact import Clock, Contact, ContactState, Person, idle_since
from selfservice.domain.people import Actor, Channel
from selfservice.store import contact_lists, interactions
from selfservice.store.interactions import InteractionRow

RECENT, LISTED = 5, 20


@dataclass(frozen=True, slots=True)
class Desk:
    """What an agent's desk shows: the contact that is going on, those that wait, and the last that ended."""

    active: Contact | None
    paused: tuple[Contact, ...]
    handed_to_me: tuple[Contact, ...]
    recent: tuple[Contact, ...]


def desk(session: Session, actor: Actor, now: datetime) -> Desk:
    """What is on an agent's desk. Call `contacts.tidy` before: what lay idle is paused by then."""
    waiting = contact_lists.of_agent(
        session, actor.id, [ContactState.ACTIVE, ContactState.PAUSED, ContactState.HANDED], LISTED
    )
    ended = contact_lists.of_agent(session, actor.id, [ContactState.ENDED], RECENT)
    given = contact_lists.handed_to(session, actor.id, LISTED)
    shown = _shown(session, [*waiting, *ended, *given], actor, now)
    active = [each for each in shown[: len(waiting)] if each.state is ContactState.ACTIVE]
    return Desk(
        active=active[0] if active else None,
        paused=tuple(each for each in shown[: len(waiting)] if each.state is not ContactState.ACTIVE),
        recent=tuple(shown[len(waiting) : len(waiting) + len(ended)]),
        handed_to_me=tuple(shown[len(waiting) + len(ended) :]),
    )


def going(session: Session, actor: Actor, now: datetime) -> Contact | None:
    """The contact that an agent has going; None where there is none, or where it has lain idle."""
    row = interactions.active_of(session, actor.id)
    if row is None or idle_since(row.seen_at, now):
        return None
    return _shown(session, [row], actor, now)[0]


def _shown(session: Session, rows: Sequence[InteractionRow], actor: Actor, now: datetime) -> list[Contact]:
    people: dict[str, dict[str | None, Person]] = {}
    for contact_id, customer_id, name in contact_lists.people_of(session, [row.id for row in rows]):
        people.setdefault(contact_id, {})[customer_id] = Person(customer_id, name or "")
    others = {row.handed_to if row.staff_id == actor.id else row.staff_id for row in rows}
    names = contact_lists.names_of_staff(session, [each for each in others if each])
    return [_contact(row, tuple(people.get(row.id, {}).values()), names, actor, now) for row in rows]


def _contact(
    row: InteractionRow, people: tuple[Person, ...], names: dict[str, str], actor: Actor, now: datetime
) -> Contact:
    whom = row.handed_to if row.staff_id == actor.id else row.staff_id
    return Contact(
        id=row.id,
        state=ContactState(row.state),
        channel=Channel(row.channel),
        council=row.council,
        service=row.service,
        reference=row.reference,
        started_at=row.started_at,
        seconds=Clock(row.active_seconds, row.active_since).at(idle_since(row.seen_at, now) or now),
        people=people,
        paused_why=row.paused_why,
        with_whom=names.get(whom or "", ""),
        outcome=row.outcome,
        ended_at=row.ended_at,
    )
