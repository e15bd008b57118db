"""How sure an agent must be of the customer whom they act for: to send, to change, and to see what was there before.

What the agent did in this very contact they know already. What the customer did by themselves wants two right answers,
as their record does: an id in an address shows nobody who is on the telephone.
"""

from sqlalchemy.orm import Session

from selfservice.domain.people import Actor, ActorKind, Verification
from selfservice.domain.permissions import NotVerified
from selfservice.store import interactions, submissions
from selfservice.store.drafts import DraftRow
from selfservice.store.interactions import ActingSessionRow


def be_sure(session: Session, actor: Actor, needs: Verification) -> None:
    """Raises `NotVerified` for an agent who is less sure of the customer than this needs."""
    if not actor.acting:
        return
    has = _level(_going(session, actor))
    if has < needs:
        raise NotVerified(needs, has)


def be_sure_to_see(session: Session, actor: Actor, draft: DraftRow) -> None:
    """Raises `NotVerified` for an agent who does not know who the customer is, at a draft or what it became in which
    they had no hand in this contact."""
    if not actor.acting or actor.via == draft.holder:
        return
    before = _by(session, draft)
    if before == actor.via:
        return
    going = _going(session, actor)
    has = _level(going)
    if has < Verification.BASIC and not _as_it_was_left(session, going, before, draft):
        raise NotVerified(Verification.BASIC, has)


def has_a_hand_in(session: Session, actor: Actor, draft: DraftRow) -> bool:
    """Whether it was in this acting session that the draft was last worked on, or sent."""
    return actor.via in (draft.holder, _by(session, draft))


def sent_by(session: Session, actor: Actor, submission_id: str) -> bool:
    """Whether whoever has the draft of this sent it themselves: an agent in this acting session."""
    if not actor.acting:
        return True
    row = submissions.by_id(session, submission_id)
    return row is not None and _sent_in(row) == actor.via


def _by(session: Session, draft: DraftRow) -> str | None:
    """The acting session in which the draft was sent by an agent, or where it was not sent, last worked on."""
    if draft.submission_id is None:
        return draft.helped_via
    row = submissions.by_id(session, draft.submission_id)
    return _sent_in(row) if row else None


def _sent_in(row: submissions.SubmissionRow) -> str | None:
    return row.acting_session_id if row.actor_kind == ActorKind.AGENT else None


def _as_it_was_left(
    session: Session, going: ActingSessionRow | None, before: str | None, draft: DraftRow
) -> bool:
    """Whether this contact left the draft so, when nobody knew either who it was: nothing of an account is in it."""
    then = interactions.acting_by_id(session, before) if before else None
    if going is None or then is None or then.interaction_id != going.interaction_id:
        return False
    untouched = then.ended_at is not None and draft.changed_at <= then.ended_at
    return untouched and _level(then) is Verification.NONE


def _going(session: Session, actor: Actor) -> ActingSessionRow | None:
    return interactions.acting_by_id(session, actor.via or "")


def _level(going: ActingSessionRow | None) -> Verification:
    return Verification(going.verification) if going else Verification.NONE
