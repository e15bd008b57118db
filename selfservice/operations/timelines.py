"""A customer's timeline over all services and councils: what is still to be sent, what was, and how far it has come."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from sqlalchemy.orm import Session

from selfservice.domain.case import CaseStatus
from selfservice.domain.marking import gettext_noop
from selfservice.domain.people import PARTNERSHIP, Actor, Channel
from selfservice.domain.permissions import Action, NotAllowed, Thing, may
from selfservice.domain.progress import Progress, overall
from selfservice.domain.reference import read_reference
from selfservice.domain.saved import KEPT_DAYS, kept_until
from selfservice.operations import confirming, tracking
from selfservice.operations.confirming import AnswerRow
from selfservice.seals import Seals
from selfservice.store import customers, overview, submissions
from selfservice.store.cases import CaseRow
from selfservice.store.deliveries import DeliveryRow
from selfservice.store.overview import Listed, Wanted
from selfservice.store.submissions import SubmissionRow

A_PAGE = 20
# In place of a sensitive answer, for whoever helps the customer and for whoever took the submission over later.
NOT_SHOWN = gettext_noop("Given, not shown here")


class Shown(StrEnum):
    """Which entries are asked for."""

    ALL = "all"
    OPEN = "open"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True)
class Unsent:
    """A draft that waits to be finished; council and service are slugs. `helper` is how the customer had reached
    the agent who last worked on it, None where nobody did."""

    id: str
    council: str
    service: str
    changed_at: datetime
    until: datetime
    helper: Channel | None = None


@dataclass(frozen=True, slots=True)
class Sent:
    """A submission and how far it has come; moments are in UTC. `status` is in words.

    `due` is by when we mean to have done the next thing: `looked_at` says that this is to look at it. `why` is the
    last that the customer was told, where it is late.
    """

    reference: str
    council: str
    service_title: str
    submitted_at: datetime
    status: str
    closed: bool
    due: datetime | None
    looked_at: bool
    late: bool
    why: str
    helper: Channel | None = None


@dataclass(frozen=True, slots=True)
class Page:
    """Some of the entries, newest first: page `number` of `pages`, of `count` entries in all."""

    entries: tuple[Unsent | Sent, ...]
    number: int
    pages: int
    count: int


@dataclass(frozen=True, slots=True)
class Whole:
    """All there is of one submission, for its customer and for the agent who helps them.

    Council and service are slugs. `rows` are what was told, `helped` says who of Customer Services helped,
    and `claimed` that it was taken over after it was sent. Sensitive answers are not shown to an agent, nor are
    those of what was taken over.
    """

    submission_id: str
    council: str
    service: str
    progress: Progress
    rows: tuple[AnswerRow, ...]
    helped: tuple[str, ...]
    claimed: bool


def timeline(session: Session, actor: Actor, shown: Shown, number: int, now: datetime) -> Page:
    """Page `number` (from 1; the last where there are fewer) of what the customer has with the councils.

    An agent sees what belongs to the councils they work for. It takes as many queries for one entry as for a
    hundred. Raises `NotAllowed`.
    """
    if not may(actor, Action.SEE_ACCOUNT, Thing(PARTNERSHIP, actor.customer)):
        raise NotAllowed(Action.SEE_ACCOUNT)
    closed = {Shown.ALL: None, Shown.OPEN: False, Shown.CLOSED: True}[shown]
    wanted = Wanted(actor.customer, actor.councils if actor.acting else None, closed)
    since = now - timedelta(days=KEPT_DAYS)
    count = overview.count(session, wanted, since)
    pages = max(1, -(-count // A_PAGE))
    number = min(max(number, 1), pages)
    listed = overview.page_of(session, wanted, since, A_PAGE, (number - 1) * A_PAGE)
    return Page(_entries(session, listed, now), number, pages, count)


def whole(session: Session, actor: Actor, reference: str, seals: Seals) -> Whole | None:
    """All of one submission of the actor's customer, by its reference however it is spelt; None for any other's.

    Raises `Unopenable` when sensitive answers that are to be shown cannot be opened.
    """
    row = submissions.by_spellings(session, read_reference(reference))
    owned = customers.owned(session, row.id) if row else None
    if row is None or owned is None:
        return None
    if not may(actor, Action.SEE_ACCOUNT, Thing(row.council, owned.customer_id)):
        return None
    claimed = owned.how == "claimed"
    shut = actor.acting or claimed
    told = confirming.confirmation(session, row.id, None if shut else seals, instead=NOT_SHOWN)
    progress = tracking.progress(session, row.id)
    assert told is not None, "a submission that is there has a confirmation"
    assert progress is not None, "a submission that is there has come so far"
    return Whole(row.id, row.council, row.service, progress, told.rows, told.helped, claimed)


def _entries(session: Session, listed: Sequence[Listed], now: datetime) -> tuple[Unsent | Sent, ...]:
    begun = [each.id for each in listed if each.kind == overview.DRAFT]
    ids = [each.id for each in listed if each.kind == overview.SENT]
    found: dict[str, Unsent | Sent] = {**_unsent(session, begun), **_sent(session, ids, now)}
    return tuple(found[each.id] for each in listed if each.id in found)


def _unsent(session: Session, ids: Sequence[str]) -> dict[str, Unsent]:
    rows = overview.drafts(session, ids)
    acting = overview.acting_sessions(session, {row.helped_via for row in rows.values() if row.helped_via})
    helpers = {id_: Channel(each.channel) for id_, each in acting.items()}
    return {
        row.id: Unsent(
            row.id,
            row.council,
            row.service,
            row.changed_at,
            kept_until(row.changed_at),
            helpers.get(row.helped_via or ""),
        )
        for row in rows.values()
    }


def _sent(session: Session, ids: Sequence[str], now: datetime) -> dict[str, Sent]:
    rows = overview.submissions(session, ids)
    parts: dict[str, list[tuple[DeliveryRow, CaseRow | None]]] = {id_: [] for id_ in ids}
    for told, case in overview.parts(session, ids):
        parts[str(told.submission_id)].append((told, case))
    words = overview.last_words(session, ids)
    return {id_: _of(row, parts[id_], words, now) for id_, row in rows.items()}


def _of(
    row: SubmissionRow,
    parts: Sequence[tuple[DeliveryRow, CaseRow | None]],
    words: Mapping[str, str],
    now: datetime,
) -> Sent:
    statuses: list[CaseStatus | None] = [tracking.standing_of(told, case) for told, case in parts]
    status, closed = overall(statuses)
    due, looked_at = (None, False) if closed else _due(row, all(case is None for _, case in parts), now)
    late = due is not None and now > due
    return Sent(
        reference=row.reference,
        council=row.council,
        service_title=row.service_title,
        submitted_at=row.submitted_at,
        status=status,
        closed=closed,
        due=due,
        looked_at=looked_at,
        late=late,
        why=words.get(row.id, "") if late else "",
        helper=Channel(row.helper_channel or Channel.PHONE) if row.helper_id else None,
    )


def _due(row: SubmissionRow, waits: bool, now: datetime) -> tuple[datetime | None, bool]:
    """By when we mean to have done the next thing, and whether that is to look at it: while nobody has, until
    even the end is late."""
    to_look = waits and row.acknowledge_by is not None and not (row.resolve_by and now > row.resolve_by)
    return (row.acknowledge_by, True) if to_look else (row.resolve_by, False)
