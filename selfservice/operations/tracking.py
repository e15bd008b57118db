"""News of cases, recorded once and never backwards, and the progress that customers read."""

from datetime import datetime

from sqlalchemy.orm import Session

from selfservice.domain.case import CLOSED, CaseStatus, StatusUpdate
from selfservice.domain.council import Council
from selfservice.domain.people import Actor
from selfservice.domain.places import Place
from selfservice.domain.progress import STATUS_WORDS, Progress, ProgressLine
from selfservice.domain.reference import read_reference
from selfservice.links import Links
from selfservice.operations.submitting import normal_postcode
from selfservice.store import cases, submissions, timeline


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
    the next poll of the worker finds: nothing needs to be rung.
    """
    raise NotImplementedError


def progress(session: Session, submission_id: str) -> Progress | None:
    """How far the submission has come, for whoever holds its signed link."""
    row = submissions.by_id(session, submission_id)
    if row is None:
        return None
    words = Place.from_json(row.place).words if row.place else ""
    return _progress(session, row, words)


def progress_by_reference(session: Session, reference: str, postcode: str) -> Progress | None:
    """The progress alone, with nothing personal, for whoever knows the reference and the postcode."""
    row = submissions.by_spellings(session, read_reference(reference))
    if row is None or normal_postcode(postcode) not in row.lookup_postcodes:
        return None
    return _progress(session, row, "")


def _progress(session: Session, row: submissions.SubmissionRow, place_words: str) -> Progress:
    opened = cases.of_submission(session, row.id)
    statuses = [CaseStatus(case.status) for case in opened]
    # With several back offices the submission is as far as the one that is furthest behind.
    status = next((status for status in statuses if status not in CLOSED), statuses[-1] if statuses else None)
    lines = tuple(
        ProgressLine(line.at, line.words) for line in timeline.of_submission(session, row.id) if line.words
    )
    return Progress(
        council=row.council,
        reference=row.reference,
        service_title=row.service_title,
        submitted_at=row.submitted_at,
        status=STATUS_WORDS[status],
        lines=lines,
        acknowledge_by=row.acknowledge_by,
        resolve_by=row.resolve_by,
        closed=status in CLOSED,
        case_reference=opened[0].case_reference if opened else None,
        place_words=place_words,
    )
