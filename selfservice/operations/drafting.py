"""Drafts: begun, found and saved, each by the browser that holds it."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from selfservice.domain.draft import Draft, DraftGone, DraftSent
from selfservice.domain.people import Actor
from selfservice.store import drafts


def begin(session: Session, _actor: Actor, council: str, service: str, holder: str, now: datetime) -> Draft:
    """A new, empty draft of `service` on the page of `council` (slugs), held by the hash `holder`."""
    row = drafts.DraftRow(
        council=council, service=service, holder=holder, answers={}, started_at=now, changed_at=now
    )
    session.add(row)
    session.flush()
    return _draft(row)


def find(session: Session, draft_id: str, holder: str, *, lock: bool = False) -> Draft | None:
    """The draft with this id, if `holder` holds it: somebody else's is as unknown as none.

    `lock` keeps another tab from changing it before this unit of work ends.
    """
    row = drafts.held_by(session, draft_id, holder, lock=lock)
    return _draft(row) if row else None


def save(
    session: Session, _actor: Actor, draft_id: str, holder: str, given: Mapping[str, Any], now: datetime
) -> Draft:
    """The draft with the answers `given` beside those it has now, which another tab may have just changed.

    Raises `DraftGone` when `holder` holds no such draft and `DraftSent` when it was submitted already.
    """
    row = drafts.held_by(session, draft_id, holder, lock=True)
    if row is None:
        raise DraftGone(draft_id)
    if row.submission_id is not None:
        raise DraftSent(draft_id)
    row.answers = {**row.answers, **given}
    row.changed_at = now
    session.flush()
    return _draft(row)


def _draft(row: drafts.DraftRow) -> Draft:
    return Draft(
        id=row.id,
        council=row.council,
        service=row.service,
        answers=row.answers,
        submission_key=row.submission_key,
        submission_id=row.submission_id,
        started_at=row.started_at,
    )
