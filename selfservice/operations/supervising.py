"""Supervising: the contacts that go on at the councils one supervises, and what contacts came to there.

Every query is limited to the councils at which the actor has a role for it. A council that is none of theirs is as
unknown as none.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from selfservice.domain import acting
from selfservice.domain.contact import Clock, ContactState, idle_since
from selfservice.domain.figures import Assisted, Figures, Period, Times, moments
from selfservice.domain.people import Actor, Channel, Role
from selfservice.domain.permissions import Action, NotAllowed, Thing, may
from selfservice.store import contact_lists, figures, supervision
from selfservice.store.figures import AGENT, ALL, CHANNEL, SERVICE, Scope
from selfservice.store.supervision import Going

MOST_LISTED = 200
SUPERVISING = (Role.SUPERVISOR, Role.SERVICE_OWNER, Role.AUDITOR)


class NotTheirs(LookupError):
    """There is no such council, or the actor does not supervise it: the two are told apart to nobody."""


@dataclass(frozen=True, slots=True)
class Live:
    """A contact that goes on or waits, without its customers' names. `council` and `service` are slugs.

    `seconds` are active ones. `idle` is whether its agent has left it lying. `helping` is whether somebody is being
    helped this moment; `handed_to` the name of the colleague it was handed to, "" while it was to nobody.
    """

    agent: str
    state: ContactState
    channel: Channel
    council: str
    service: str | None
    started_at: datetime
    seconds: int
    idle: bool
    helping: bool
    handed_to: str


def councils(
    actor: Actor, chosen: str | None = None, roles: Collection[Role] = SUPERVISING
) -> frozenset[str]:
    """The councils (slugs) that the actor supervises in one of these roles, or of those the one chosen.

    Raises `NotTheirs` for one that is not among them, and `NotAllowed` for who supervises none.
    """
    theirs = actor.councils_as(*roles)
    if not theirs or not all(may(actor, Action.SUPERVISE, Thing(each)) for each in theirs):
        raise NotAllowed(Action.SUPERVISE)
    if chosen is None:
        return theirs
    if chosen not in theirs:
        raise NotTheirs(chosen)
    return frozenset({chosen})


def live(session: Session, actor: Actor, council: str | None, now: datetime) -> list[Live]:
    """The contacts that go on or wait at the actor's councils, the latest first. Raises as `councils` does."""
    theirs = councils(actor, council)
    return [_live(each, now) for each in supervision.going(session, theirs, MOST_LISTED)]


def of_period(
    session: Session, actor: Actor, period: Period, council: str | None = None, service: str | None = None
) -> Figures:
    """The figures of a period at the actor's councils, or at one of them, of all services or of one (slug).

    Agents are told apart only at councils where the actor is their supervisor. Raises as `councils` does.
    """
    theirs = councils(actor, council)
    agents_at = theirs & actor.councils_as(Role.SUPERVISOR)
    scope = Scope(theirs, period.since, period.until, service, agents_at)
    told: dict[str, dict[str | None, Times]] = {ALL: {}, CHANNEL: {}, SERVICE: {}, AGENT: {}}
    for by, key, times in figures.times(session, scope):
        told[by][key] = times
    return Figures(
        period=period,
        all=told[ALL].get(None, Times()),
        by_channel=_named(told[CHANNEL]),
        by_service=told[SERVICE],
        by_agent=_named(told[AGENT]),
        moments=moments(figures.hours(session, scope)),
        assisted=_assisted(session, scope, period),
    )


def names(session: Session, ids: Collection[str]) -> Mapping[str, str]:
    """The names of these members of staff, by id."""
    return contact_lists.names_of_staff(session, ids)


def _assisted(session: Session, scope: Scope, period: Period) -> Mapping[tuple[str, int], Assisted]:
    ends: Sequence[datetime] = [week.until for week in period.weeks]
    return figures.assisted(session, scope, ends)


def _named(times: Mapping[str | None, Times]) -> dict[str, Times]:
    return {key: each for key, each in times.items() if key is not None}


def _live(going: Going, now: datetime) -> Live:
    row, helped = going.contact, going.acting
    idle = row.state == ContactState.ACTIVE and idle_since(row.seen_at, now) is not None
    return Live(
        agent=going.agent,
        state=ContactState(row.state),
        channel=Channel(row.channel),
        council=row.council,
        service=row.service,
        started_at=row.started_at,
        seconds=Clock(row.active_seconds, row.active_since).at(idle_since(row.seen_at, now) or now),
        idle=idle,
        helping=helped is not None and not acting.over(helped.until, helped.seen_at, now),
        handed_to=(going.handed_to or "") if row.state == ContactState.HANDED else "",
    )
