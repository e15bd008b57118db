"""Who of staff looked at a customer's record, and why: for the customer alone, who need not ask for it."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from selfservice.domain.people import PARTNERSHIP, Actor
from selfservice.domain.permissions import Action, NotAllowed, Thing, may
from selfservice.domain.visits import Visit, done_words
from selfservice.store import overview, visits
from selfservice.store.interactions import ActingSessionRow
from selfservice.store.timeline import TimelineEventRow

A_PAGE = 20


@dataclass(frozen=True, slots=True)
class Visits:
    """Some of the visits, the latest first: page `number` of `pages`."""

    visits: tuple[Visit, ...]
    number: int
    pages: int


def who_looked(session: Session, actor: Actor, number: int) -> Visits:
    """Page `number` (from 1; the last where there are fewer) of the visits to the customer's own record.

    Raises `NotAllowed`, also for an agent who is helping them: it is nobody's to see but the customer's.
    """
    if actor.acting or not may(actor, Action.SEE_ACCOUNT, Thing(PARTNERSHIP, actor.customer)):
        raise NotAllowed(Action.SEE_ACCOUNT)
    pages = max(1, -(-visits.count(session, actor.customer) // A_PAGE))
    number = min(max(number, 1), pages)
    ids = visits.page_of(session, actor.customer, A_PAGE, (number - 1) * A_PAGE)
    by_visit: dict[str, list[TimelineEventRow]] = {id_: [] for id_ in ids}
    for visit, line in visits.lines(session, actor.customer, ids):
        by_visit[visit].append(line)
    acting = overview.acting_sessions(session, ids)
    return Visits(tuple(_visit(by_visit[id_], acting.get(id_)) for id_ in ids), number, pages)


def _visit(lines: Sequence[TimelineEventRow], acting: ActingSessionRow | None) -> Visit:
    council = acting.council if acting else lines[0].council
    told = [done_words(line.what, str(line.detail.get("what", ""))) for line in lines]
    return Visit(
        began_at=lines[0].at,
        ended_at=lines[-1].at,
        council=None if council == PARTNERSHIP else council,
        reason=acting.reason if acting else "",
        channel=acting.channel if acting else "",
        done=tuple(dict.fromkeys(words for words in told if words)),
    )
