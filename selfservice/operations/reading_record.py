"""Reading the record: by auditors alone, of the councils that they audit; each reading is a line of it too."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy.orm import Session

from selfservice.domain.people import PARTNERSHIP, Actor, ActorKind, Role
from selfservice.domain.permissions import Action, NotAllowed, Thing, may
from selfservice.domain.record import Wanted
from selfservice.operations import recording
from selfservice.operations.supervising import NotTheirs
from selfservice.store import contact_lists, record_lines, timeline
from selfservice.store.record_lines import CHECKED
from selfservice.store.timeline import TimelineEventRow

A_PAGE = 50
MOST_AT_ONCE = 10_000
# A longer record is proven by the command alone: a page must not wait for it.
MOST_CHECKED = 40_000
KINDS_OF = timedelta(days=30)
READ = "record_read"


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the record as an auditor reads it: ids and codes, and the name of a member of staff.

    `number` is its place in the record, None for one that nothing is linked to. What the customer was told is left out.
    """

    id: str
    number: int | None
    at: datetime
    what: str
    kind: str
    actor_id: str
    name: str
    on_behalf_of: str | None
    customer_id: str | None
    submission_id: str | None
    interaction_id: str | None
    channel: str
    detail: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Checked:
    """What came of proving a record: up to which line, with which hash, how many findings, and when."""

    at: datetime
    number: int
    hash: str
    wrong: int


@dataclass(frozen=True, slots=True)
class Standing:
    """How far a council's record goes, and what came of proving it last; None for what there is not.

    `short` is whether it can be proven from a page.
    """

    number: int
    hash: str
    checked: Checked | None
    short: bool


def councils(actor: Actor, every: Collection[str]) -> tuple[str, ...]:
    """The records that an auditor may read, by slug, in the order of `every`: all councils there are.

    What is no single council's is for those alone who audit them all. Raises `NotAllowed` for who is no auditor.
    """
    theirs = actor.councils_as(Role.AUDITOR)
    found = [slug for slug in every if slug in theirs and may(actor, Action.AUDIT, Thing(slug))]
    if not found:
        raise NotAllowed(Action.AUDIT)
    return (*found, PARTNERSHIP) if len(found) == len(every) else tuple(found)


def read(
    session: Session,
    actor: Actor,
    every: Collection[str],
    wanted: Wanted,
    now: datetime,
    *,
    before: tuple[datetime, str] | None = None,
    limit: int = A_PAGE,
) -> tuple[list[Line], tuple[datetime, str] | None]:
    """Some lines of a record, the latest first, and below which line the next ones are, None where there are none.

    Writes that they were read. Raises `NotTheirs` for a record that is not this auditor's to read.
    """
    _theirs(actor, every, wanted.council)
    found = record_lines.lines(session, wanted, limit + 1, before)
    rows, more = found[:limit], len(found) > limit
    names = contact_lists.names_of_staff(session, {row.actor_id for row, _ in rows})
    timeline.write_line(
        session, actor, wanted.council, None, READ, "", now, {**_asked(wanted), "lines": len(rows)}
    )
    below = (rows[-1][0].at, rows[-1][0].id) if more else None
    return [_line(row, number, names) for row, number in rows], below


def standing(session: Session, actor: Actor, every: Collection[str], council: str) -> Standing:
    """How far a record goes, and what came of proving it last. Raises `NotTheirs`."""
    _theirs(actor, every, council)
    number, hash_ = record_lines.head(session, council) or (0, "")
    row = record_lines.last_check(session, council)
    return Standing(number, hash_, _checked(row) if row else None, number <= MOST_CHECKED)


def kinds(
    session: Session, actor: Actor, every: Collection[str], council: str, now: datetime
) -> Sequence[str]:
    """The kinds of lines that a record has had of late. Raises `NotTheirs`."""
    _theirs(actor, every, council)
    return record_lines.kinds(session, council, now - KINDS_OF)


def members(session: Session, actor: Actor, every: Collection[str], council: str) -> list[tuple[str, str]]:
    """The members of staff whose lines may be asked for, by name: id and name. Raises `NotTheirs`."""
    _theirs(actor, every, council)
    return record_lines.members(session, None if council == PARTNERSHIP else council)


def check(
    session: Session, actor: Actor, every: Collection[str], council: str, now: datetime
) -> Checked | None:
    """Prove a record from its first line to its last; None for one that is too long for that. Raises `NotTheirs`.

    It only reads, for a while: `note_check` writes down what came of it, in a unit of work of its own.
    """
    _theirs(actor, every, council)
    number, hash_ = record_lines.head(session, council) or (0, "")
    if number > MOST_CHECKED:
        return None
    return Checked(now, number, hash_, len(recording.verify(session, council)))


def note_check(session: Session, actor: Actor, council: str, checked: Checked) -> None:
    """Write down that a record was proven, and what came of it."""
    detail = {"number": checked.number, "hash": checked.hash, "wrong": checked.wrong}
    timeline.write_line(session, actor, council, None, CHECKED, "", checked.at, detail)


def _theirs(actor: Actor, every: Collection[str], council: str) -> None:
    if council not in councils(actor, every):
        raise NotTheirs(council)


def _asked(wanted: Wanted) -> dict[str, str]:
    """What was asked for, for the line that says so. Of a customer the id stands in here, not in the column of its
    own: reading the record is no look at theirs."""
    asked = {
        "staff": wanted.actor_id,
        "customer": wanted.customer_id,
        "what": wanted.what,
        "since": wanted.since.isoformat() if wanted.since else None,
    }
    return {name: value for name, value in asked.items() if value}


def _checked(row: TimelineEventRow) -> Checked:
    told = row.detail
    return Checked(row.at, int(told["number"]), str(told["hash"]), int(told["wrong"]))


def _line(row: TimelineEventRow, number: int | None, names: Mapping[str, str]) -> Line:
    return Line(
        id=row.id,
        number=number,
        at=row.at,
        what=row.what,
        kind=row.actor_kind,
        actor_id=row.actor_id,
        name=names.get(row.actor_id, "") if row.actor_kind == ActorKind.AGENT else "",
        on_behalf_of=row.on_behalf_of,
        customer_id=row.customer_id,
        submission_id=row.submission_id,
        interaction_id=row.interaction_id,
        channel=row.channel,
        detail=row.detail,
    )
