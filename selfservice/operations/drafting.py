"""Drafts: begun, found and saved, each by the browser that holds it."""

from collections.abc import Mapping
from dataclasses import asdict
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from selfservice.domain.draft import Draft, DraftGone, DraftSent, Mistyped
from selfservice.domain.people import Actor
from selfservice.domain.permissions import Action, may
from selfservice.store import drafts


def begin(session: Session, actor: Actor, council: str, service: str, now: datetime) -> Draft:
    """A new, empty draft of `service` on the page of `council` (slugs), held by the actor's customer."""
    row = drafts.DraftRow(
        council=council, service=service, holder=actor.customer, answers={}, started_at=now, changed_at=now
    )
    session.add(row)
    session.flush()
    return _draft(row)


def find(session: Session, actor: Actor, draft_id: str, *, lock: bool = False) -> Draft | None:
    """The draft with this id, if it is the actor's: somebody else's is as unknown as none.

    `lock` keeps another tab from changing it before this unit of work ends.
    """
    row = _own(session, actor, Action.ASK, draft_id, lock=lock)
    return _draft(row) if row else None


def to_change(session: Session, actor: Actor, action: Action, draft_id: str) -> Draft:
    """The draft with this id for `action`, locked, so that it is not sent before this unit of work ends.

    Raises `DraftGone` when the actor has no such draft and `DraftSent` when it was submitted already.
    """
    return _draft(_to_change(session, actor, action, draft_id))


def save(session: Session, actor: Actor, draft_id: str, given: Mapping[str, Any], now: datetime) -> Draft:
    """The draft with the answers `given` beside those it has now, which another tab may have just changed.

    Raises `DraftGone` when the actor has no such draft and `DraftSent` when it was submitted already.
    """
    row = _to_change(session, actor, Action.ASK, draft_id)
    row.answers = {**row.answers, **given}
    row.mistyped = None
    row.changed_at = now
    session.flush()
    return _draft(row)


def refuse(session: Session, actor: Actor, draft_id: str, mistyped: Mistyped, now: datetime) -> None:
    """Keep what could not be taken, so that its page can be shown again with it. Raises as `save` does."""
    row = _to_change(session, actor, Action.ASK, draft_id)
    row.mistyped = asdict(mistyped)
    row.changed_at = now


def _to_change(session: Session, actor: Actor, action: Action, draft_id: str) -> drafts.DraftRow:
    row = _own(session, actor, action, draft_id, lock=True)
    if row is None:
        raise DraftGone(draft_id)
    if row.submission_id is not None:
        raise DraftSent(draft_id)
    return row


def _own(
    session: Session, actor: Actor, action: Action, draft_id: str, *, lock: bool
) -> drafts.DraftRow | None:
    row = drafts.by_id(session, draft_id, lock=lock)
    return row if row and may(actor, action, row.council, row.holder) else None


def _draft(row: drafts.DraftRow) -> Draft:
    return Draft(
        id=row.id,
        council=row.council,
        service=row.service,
        answers=row.answers,
        submission_key=row.submission_key,
        submission_id=row.submission_id,
        started_at=row.started_at,
        mistyped=Mistyped(**row.mistyped) if row.mistyped else None,
    )
