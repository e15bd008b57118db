"""Looking after who looked: patterns in what agents did with customers' records, and some accesses drawn by lot.

What supervisors and auditors are given are ids and codes; of customers nothing else leaves the store.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy.orm import Session

from selfservice.domain.figures import Period
from selfservice.domain.moments import LONDON
from selfservice.domain.naming import name_key
from selfservice.domain.patterns import (
    Did,
    Doing,
    Found,
    Person,
    Rows,
    drawn,
    surnames,
    worth_a_look,
)
from selfservice.domain.people import Actor, Role
from selfservice.operations import supervising
from selfservice.store import supervision
from selfservice.store.supervision import OPENED, Done
from selfservice.store.timeline import TimelineEventRow

LOOKING_AFTER = (Role.SUPERVISOR, Role.AUDITOR)
DID = {**dict.fromkeys(OPENED, Did.OPENED), "submitted": Did.SENT, "searched": Did.SEARCHED}


@dataclass(frozen=True, slots=True)
class Access:
    """One access to a customer's record: by which member of staff (id), to whose (id), when, and as the record has it.

    `reason` is a code, "" where nobody was being helped.
    """

    staff_id: str
    customer_id: str
    council: str
    at: datetime
    what: str
    reason: str
    channel: str


@dataclass(frozen=True, slots=True)
class Review:
    """What to look at of some days: what is worth a look, and the accesses drawn of how many. `names` are those of
    members of staff, by id."""

    found: tuple[Found, ...]
    sampled: tuple[Access, ...]
    accesses: int
    names: Mapping[str, str]


def review(session: Session, actor: Actor, period: Period, council: str | None = None) -> Review:
    """What to look at of some days at the councils where the actor is supervisor or auditor, or at one of them.

    Raises `supervising.NotTheirs`, and `NotAllowed` for who is neither anywhere.
    """
    theirs = supervising.councils(actor, council, LOOKING_AFTER)
    done = supervision.done(session, theirs, period.since, period.until)
    staff = supervision.staff_themselves(session, {each.staff_id for each in done})
    rows = Rows(
        doings=[_doing(each) for each in done],
        customers=_customers(session, theirs, period),
        staff={id_: _oneself(name, key, postcode) for id_, name, key, postcode in staff},
    )
    opened = supervision.opened(session, theirs, period.since, period.until)
    return Review(
        found=tuple(worth_a_look(rows)),
        sampled=_sampled(opened),
        accesses=len(opened),
        names={id_: name for id_, name, _, _ in staff},
    )


def _sampled(opened: Collection[TimelineEventRow]) -> tuple[Access, ...]:
    """The accesses drawn of each day and council, the latest first."""
    by_day: dict[tuple[date, str], dict[str, TimelineEventRow]] = {}
    for each in opened:
        day = each.at.astimezone(LONDON).date()
        by_day.setdefault((day, each.council), {})[each.id] = each
    rows = [of_day[id_] for (day, _), of_day in by_day.items() for id_ in drawn(day, of_day)]
    return tuple(_access(row) for row in sorted(rows, key=lambda row: row.at, reverse=True))


def _access(row: TimelineEventRow) -> Access:
    assert row.customer_id is not None, "an access to nobody's record"
    reason = str(row.detail.get("reason") or "")
    return Access(row.actor_id, row.customer_id, row.council, row.at, row.what, reason, row.channel)


def _doing(done: Done) -> Doing:
    written_in = "" if done.written_in == done.council else done.written_in
    return Doing(
        DID[done.what], done.staff_id, done.council, done.customer_id, done.hour, done.times, done.in_contact,
        written_in,
    )  # fmt: skip


def _customers(session: Session, councils: Collection[str], period: Period) -> dict[str, Person]:
    opened = supervision.customers_opened(session, councils, period.since, period.until)
    return {
        id_: Person(surnames(key), postcode or "", restricted) for id_, key, postcode, restricted in opened
    }


def _oneself(name: str, key: str | None, postcode: str | None) -> Person:
    """A member of staff as the rules know them: by the name they work under, and by their own record."""
    keys: Iterable[str] = filter(None, (name_key(name), key))
    return Person(frozenset().union(*map(surnames, keys)), postcode or "")
