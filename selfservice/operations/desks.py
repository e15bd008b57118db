"""What is on an agent's desk: the contact that is going on, whom it is about, those that wait, and the last ones."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from selfservice.domain.contact import Clock, Contact, ContactState, Person, idle_since
from selfservice.domain.people import Actor, Channel
from selfservice.operations import finding
from selfservice.operations.finding import Found, How
from selfservice.store import contact_lists, contact_record, interactions, timeline
from selfservice.store.interactions import InteractionRow

RECENT, LISTED = 5, 20
SHOWN = "found"


@dataclass(frozen=True, slots=True)
class Desk:
    """What an agent's desk shows: the contact that is going on, those that wait, and the last that ended."""

    active: Contact | None
    paused: tuple[Contact, ...]
    handed_to_me: tuple[Contact, ...]
    recent: tuple[Contact, ...]


@dataclass(frozen=True, slots=True)
class Searched:
    """What came of a search: customers, and how many things that were sent by somebody without an account."""

    found: tuple[Found, ...]
    without_account: int


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


def search(session: Session, actor: Actor, contact_id: str, query: str, now: datetime) -> list[Found]:
    """Look for a customer in a contact, and keep whom that showed (ids alone) for the page to be come back to.

    Raises as `finding.find` does.
    """
    found = finding.find(session, actor, query, now, interaction_id=contact_id)
    row = interactions.by_id(session, contact_id)
    assert row is not None, "a contact that is going on"
    row.seen_at = max(row.seen_at, now)
    seen = {each.customer_id: each.how for each in found if each.customer_id}
    others = [each.submission_id for each in found if not each.customer_id]
    timeline.write_line(
        session, actor, row.council, None, SHOWN, "", now, {"customers": seen, "submissions": others},
        interaction_id=contact_id,
    )  # fmt: skip
    return found


def last_search(session: Session, actor: Actor, contact_id: str) -> Searched | None:
    """Whom the last search of a contact showed, as they are now; None where nobody has been looked for."""
    lines = contact_record.lines(session, contact_id, [SHOWN])
    if not lines:
        return None
    detail = lines[-1].detail
    hows = {customer_id: How(how) for customer_id, how in detail["customers"].items()}
    return Searched(tuple(finding.again(session, actor, hows)), len(detail["submissions"]))


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
