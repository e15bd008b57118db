"""News of cases, recorded once and never backwards, and the progress that customers read."""

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime

from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from selfservice.domain.case import CLOSED, CaseStatus, StatusUpdate
from selfservice.domain.council import Council
from selfservice.domain.delivery import DeliveryState
from selfservice.domain.people import Actor, ActorKind, Channel
from selfservice.domain.places import Place
from selfservice.domain.progress import (
    NEWS_WORDS,
    STATUS_WORDS,
    Progress,
    ProgressLine,
    ProgressPart,
    moves_on,
    overall,
)
from selfservice.domain.reference import read_reference
from selfservice.links import Links
from selfservice.operations import notifying
from selfservice.operations.submitting import normal_postcode
from selfservice.store import cases, deliveries, submissions, timeline
from selfservice.store.deliveries import DeliveryRow

# The moment of a case's status while there is no news: any is newer, whatever the back office's clock says.
NEVER = datetime(1970, 1, 1, tzinfo=UTC)
# The line of the record that the customer said "this is not fixed".
DISPUTED = "customer_disputed"


def record_update(
    session: Session,
    actor: Actor,
    council: Council,
    connector: str,
    update: StatusUpdate,
    now: datetime,
    *,
    links: Links,
) -> bool:
    """Record one piece of news from `connector` (the council's name for it); False when it was seen before.

    Writes the timeline and, at key stages, a message to the customer with its delivery, which the sweeper or
    the next look of the worker finds: nothing needs to be rung. News of a case that is not known to us waits. What a
    back office only tells us again of what the customer wrote is no news.
    """
    update = update.kept()
    if deliveries.is_update(session, update.repeats or update.event_id, council.slug, connector):
        return False
    kept = _keep(session, council.slug, connector, update, now)
    if kept is None:
        return False
    known = _cases_of(session, council.slug, connector, update)
    for case in known:
        _apply(session, actor, case, kept, council, links, now)
    if known:
        kept.case_id = known[0].id
    session.flush()
    return True


def read_to(session: Session, council: str, connector: str) -> datetime | None:
    """How far the news of a back office has been read; None when it never was."""
    return cases.watermark(session, council, connector)


def record_read(
    session: Session,
    council: Council,
    connector: str,
    updates: Iterable[StatusUpdate],
    read_to: datetime,
    now: datetime,
    *,
    links: Links,
) -> int:
    """Record the news that was polled up to `read_to` and move the watermark with it; how much was new."""
    actor = Actor(ActorKind.BACK_OFFICE, connector, Channel.API)
    new = sum(
        record_update(session, actor, council, connector, update, now, links=links) for update in updates
    )
    cases.move_watermark(session, council.slug, connector, read_to)
    return new


def apply_waiting(
    session: Session, case: cases.CaseRow, council: Council, links: Links, now: datetime
) -> None:
    """Apply to a case that has just become known the news that came before it."""
    submission = submissions.by_id(session, case.submission_id)
    ours = submission.reference if submission else ""
    # Where our reference means several cases of a back office, only its own reference tells which.
    alone = deliveries.only_part_by_reference(session, case.council, case.connector, ours)
    for kept in cases.waiting_news(
        session, case.council, case.connector, case.case_reference, ours if alone else None
    ):
        actor = Actor(ActorKind.BACK_OFFICE, case.connector, Channel.API)
        _apply(session, actor, case, kept, council, links, now)
        kept.case_id = case.id
    session.flush()


def _keep(
    session: Session, council: str, connector: str, update: StatusUpdate, now: datetime
) -> cases.StatusUpdateRow | None:
    """The row of this piece of news, or None when it was recorded before, also just now by somebody else."""
    if cases.seen(session, council, connector, update.event_id):
        return None
    row = cases.StatusUpdateRow(
        council=council,
        connector=connector,
        event_id=update.event_id,
        case_reference=update.case_reference,
        our_reference=update.our_reference,
        status=update.status,
        raw_status=update.raw_status,
        words=update.words,
        at=update.at,
        seen_at=now,
    )
    try:
        with session.begin_nested():
            session.add(row)
    except IntegrityError:
        return None
    return row


def _cases_of(session: Session, council: str, connector: str, update: StatusUpdate) -> list[cases.CaseRow]:
    """The cases that a piece of news is about. By our reference alone only where it can mean but one part."""
    known = cases.with_reference(session, council, connector, update.case_reference)
    if known or not update.our_reference:
        return known
    found = deliveries.only_part_by_reference(session, council, connector, update.our_reference)
    return cases.of_submission_by(session, found, council, connector) if found else []


def _apply(
    session: Session,
    actor: Actor,
    case: cases.CaseRow,
    kept: cases.StatusUpdateRow,
    council: Council,
    links: Links,
    now: datetime,
) -> None:
    """Move the case on, unless the news is old; write the line that the customer reads, and tell them."""
    submission = submissions.by_id(session, case.submission_id)
    if submission is None:
        return
    detail = {
        "delivery": case.delivery_id,
        "case_reference": case.case_reference,
        "raw_status": kept.raw_status,
        "event": kept.event_id,
    }
    if kept.status is None:
        timeline.write_line(
            session, actor, case.council, case.submission_id, "status_unknown", "", now, detail
        )
        return
    status, at = CaseStatus(kept.status), min(kept.at, now)
    current = moves_on(CaseStatus(case.status), case.status_at, status, at)
    changed = current and case.status != status
    # What the back office's clock says is shown in its place, but never before the case was there.
    shown_at = min(max(at, case.opened_at), now)
    if changed or kept.words or not current:
        words = " ".join(part for part in (NEWS_WORDS[status], kept.words) if part)
        timeline.write_line(
            session, actor, case.council, case.submission_id, f"case_{status}", words, shown_at, detail
        )
    if current:
        case.status, case.status_at = status, at
    if changed:
        case.closed_at = now if status in CLOSED else None
        part = notifying.part_named(session, submission, case.delivery_id)
        notifying.news(session, submission, council, links, status, kept.words, now, part=part)


def progress(session: Session, submission_id: str) -> Progress | None:
    """How far the submission has come, for whoever holds its signed link."""
    row = submissions.by_id(session, submission_id)
    if row is None:
        return None
    words = Place.from_json(row.place).words if row.place else ""
    return _progress(session, row, words, timeline.of_submission(session, row.id))


def progress_by_reference(session: Session, reference: str, postcode: str) -> Progress | None:
    """The progress alone, with nothing personal, for whoever knows the reference and the postcode."""
    row = submissions.by_spellings(session, read_reference(reference))
    if row is None or normal_postcode(postcode) not in row.lookup_postcodes:
        return None
    lines = [line for line in timeline.of_submission(session, row.id) if line.what != DISPUTED]
    return _progress(session, row, "", lines)


def _progress(
    session: Session,
    row: submissions.SubmissionRow,
    place_words: str,
    lines: Sequence[timeline.TimelineEventRow],
) -> Progress:
    told = deliveries.parts(session, row.id)
    opened = {case.delivery_id: case for case in cases.of_submission(session, row.id)}
    statuses = [standing_of(each, opened.get(each.id)) for each in told]
    status, closed = overall(statuses)
    parts = {
        each.id: _part(row, each, standing, opened.get(each.id)) for each, standing in zip(told, statuses)
    }
    named = parts if len(parts) > 1 else {}
    return Progress(
        council=row.council,
        reference=row.reference,
        service_title=row.service_title,
        submitted_at=row.submitted_at,
        status=status,
        lines=tuple(_line(line, named.get(str(line.detail.get("delivery")))) for line in lines if line.words),
        acknowledge_by=row.acknowledge_by,
        resolve_by=row.resolve_by,
        closed=closed,
        case_reference=next((part.case_reference for part in parts.values()), None),
        place_words=place_words,
        parts=tuple(parts.values()),
    )


def standing_of(told: DeliveryRow, case: cases.CaseRow | None) -> CaseStatus | None:
    """Where one part stands; None while it has no case."""
    if case is None:
        return CaseStatus.CANCELLED if told.state == DeliveryState.CANCELLED else None
    return CaseStatus(case.status)


def _part(
    row: submissions.SubmissionRow, told: DeliveryRow, status: CaseStatus | None, case: cases.CaseRow | None
) -> ProgressPart:
    return ProgressPart(
        title=told.title or row.service_title,
        council=told.council,
        status=STATUS_WORDS[status],
        closed=status in CLOSED,
        case_reference=case.case_reference if case else None,
    )


def _line(line: timeline.TimelineEventRow, part: ProgressPart | None) -> ProgressLine:
    return ProgressLine(line.at, line.words, *((part.title, part.council) if part else ()))
