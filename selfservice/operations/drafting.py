"""Drafts: begun, found and saved, each by the browser that holds it."""

from collections.abc import Collection, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from selfservice.domain.draft import Draft, DraftGone, DraftSent, Mistyped
from selfservice.domain.people import Actor
from selfservice.domain.permissions import Action, NotAllowed, Thing, may
from selfservice.operations import certainty, holding, sealing
from selfservice.operations.sealing import Envelope
from selfservice.seals import Seals
from selfservice.store import customers, drafts, interactions, timeline

ACCOUNT = "account"  # where an answer came from that was put in for the person


def begin(
    session: Session,
    actor: Actor,
    council: str,
    service: str,
    now: datetime,
    *,
    form_version: str | None = None,
) -> Draft:
    """A new, empty draft of `service` on the page of `council` (slugs), held by the actor's customer.

    Raises `NotAllowed` for an agent of other councils.
    """
    if not may(actor, Action.ASK, Thing(council)):
        raise NotAllowed(Action.ASK)
    row = drafts.DraftRow(
        council=council,
        service=service,
        holder=actor.customer,
        helped_via=actor.via,
        answers={},
        form_version=form_version,
        started_at=now,
        changed_at=now,
    )
    session.add(row)
    session.flush()
    if actor.signed_in or actor.acting:
        _note_begun(session, actor, row, now)
    return _draft(row, {}, None)


def take_along(session: Session, visitor: str, customer_id: str) -> int:
    """Let a customer who has just signed in go on with what they began before, in this browser (its holder's hash);
    how many drafts that were."""
    holding.follow(session, visitor, customer_id)
    return drafts.move(session, visitor, customer_id)


def find(session: Session, actor: Actor, draft_id: str, seals: Seals, *, lock: bool = False) -> Draft | None:
    """The draft with this id, if it is the actor's: somebody else's is as unknown as none.

    `lock` keeps another tab from changing it before this unit of work ends. Raises `Unopenable` when its
    sensitive answers cannot be opened; where they are no longer kept, they are left out. Raises `NotVerified` for an
    agent who does not know yet who the customer is whose draft from before this is.
    """
    row = _own(session, actor, Action.ASK, draft_id, lock=lock)
    if row is None:
        return None
    from_before = actor.acting and not certainty.has_a_hand_in(session, actor, row)
    return replace(opened(session, row, seals), from_before=from_before)


def opened(session: Session, row: drafts.DraftRow, seals: Seals) -> Draft:
    """The draft in this row, its sensitive answers open; only for whoever holds it. Raises `Unopenable`."""
    envelope = Envelope.of_draft(session, seals, row)
    answers = sealing.answers_of_draft(envelope, row)
    return _draft(row, answers, sealing.mistyped_of_draft(envelope, row))


def to_change(session: Session, actor: Actor, action: Action, draft_id: str) -> Draft:
    """The draft with this id for `action`, locked, so that it is not sent before this unit of work ends.

    Sensitive answers are not among its answers: nobody needs them for this. Raises `DraftGone` when the actor
    has no such draft and `DraftSent` when it was submitted already.
    """
    row = _to_change(session, actor, action, draft_id)
    return _draft(row, sealing.in_the_clear(row), None)


def save(
    session: Session,
    actor: Actor,
    draft_id: str,
    given: Mapping[str, Any],
    seals: Seals,
    now: datetime,
    *,
    form_version: str | None = None,
    from_account: Collection[str] = (),
) -> Draft:
    """The draft with the answers `given` beside those it has now, which another tab may have just changed.

    `form_version` is the form that they now all stand in, or None to leave that as it was. `from_account` are those
    of them (question ids) that were put in from the customer's account and left so. Sensitive answers are kept
    sealed. Raises `DraftGone` when the actor has no such draft, `DraftSent` when it was submitted already, and
    `Unopenable` as `find` does.
    """
    row = _to_change(session, actor, Action.ASK, draft_id)
    envelope = Envelope.of_draft(session, seals, row)
    sealing.keep_answers(envelope, row, given, seals, now)
    row.mistyped = None
    row.prefilled = _prefilled(row, given, from_account)
    _note_help(session, actor, row)
    row.form_version = form_version or row.form_version
    row.changed_at = now
    session.flush()
    return _draft(row, sealing.answers_of_draft(envelope, row), None)


def refuse(
    session: Session, actor: Actor, draft_id: str, mistyped: Mistyped, seals: Seals, now: datetime
) -> None:
    """Keep what could not be taken, so that its page can be shown again with it. Raises as `save` does."""
    row = _to_change(session, actor, Action.ASK, draft_id)
    envelope = Envelope.of_draft(session, seals, row)
    sealing.keep_mistyped(envelope, row, mistyped, seals, now)
    _note_help(session, actor, row)
    row.changed_at = now


def _note_help(session: Session, actor: Actor, row: drafts.DraftRow) -> None:
    """Remember the agent who changes a draft for a customer, and that it is the one they are working on."""
    if actor.via is not None:
        row.helped_via = actor.via
        interactions.note_draft(session, actor.via, row.id)


def _note_begun(session: Session, actor: Actor, row: drafts.DraftRow, now: datetime) -> None:
    """Remember that the council knows this customer now, and who began it for them."""
    if customers.by_id(session, row.holder) is not None:
        customers.known_to(session, row.holder, row.council, now)
    if actor.acting:
        interactions.note_draft(session, actor.via or "", row.id)
        timeline.write_line(
            session, actor, row.council, None, "draft_begun", "", now, {"service": row.service},
            customer_id=actor.customer, draft_id=row.id,
        )  # fmt: skip


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
    if row is None or not may(actor, action, Thing(row.council, _holder(row, actor))):
        return None
    if holding.is_with_customer(session, actor, row):
        return None
    certainty.be_sure_to_see(session, actor, row)
    return row


def _holder(row: drafts.DraftRow, actor: Actor) -> str:
    """Who has the draft: what was handed over to an acting session is the customer's for whom it acts."""
    return actor.customer if actor.via is not None and row.holder == actor.via else row.holder


def _prefilled(
    row: drafts.DraftRow, given: Mapping[str, Any], from_account: Collection[str]
) -> dict[str, str]:
    """Where answers came from that nobody has given differently since."""
    left = {question: source for question, source in row.prefilled.items() if question not in given}
    return left | dict.fromkeys(from_account, ACCOUNT)


def _draft(row: drafts.DraftRow, answers: Mapping[str, Any], mistyped: Mistyped | None) -> Draft:
    return Draft(
        id=row.id,
        council=row.council,
        service=row.service,
        answers=answers,
        submission_key=row.submission_key,
        submission_id=row.submission_id,
        started_at=row.started_at,
        changed_at=row.changed_at,
        mistyped=mistyped,
        form_version=row.form_version,
        prefilled=row.prefilled,
    )
