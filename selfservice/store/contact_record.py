"""What the record says of contacts: the searches, what customers proved, and what was done for them."""

from collections.abc import Collection, Sequence
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session, aliased

from selfservice.domain.people import ActorKind, Verification
from selfservice.store.customers import OwnedSubmissionRow
from selfservice.store.interactions import ActingSessionRow
from selfservice.store.submissions import SubmissionRow
from selfservice.store.timeline import TimelineEventRow


def lines(
    session: Session, interaction_id: str, what: Collection[str], *, customer_id: str | None = None
) -> Sequence[TimelineEventRow]:
    """The lines of these kinds in a contact, oldest first; with `customer_id` those about that customer alone."""
    found = sa.select(TimelineEventRow).where(
        TimelineEventRow.interaction_id == interaction_id, TimelineEventRow.what.in_(what)
    )
    if customer_id is not None:
        found = found.where(TimelineEventRow.customer_id == customer_id)
    return session.scalars(found.order_by(TimelineEventRow.at, TimelineEventRow.id)).all()


def untold(
    session: Session,
    ended_since: datetime,
    looking: Collection[str],
    told: str,
    limit: int,
    *,
    staff_id: str | None = None,
) -> Sequence[ActingSessionRow]:
    """Acting sessions that ended since, in which something other than `looking` was done for a customer, and of which
    no line called `told` says that the customer was told. Locked; `staff_id` leaves all but one agent's out."""
    done, said = aliased(TimelineEventRow), aliased(TimelineEventRow)
    found = sa.select(ActingSessionRow).where(
        ActingSessionRow.ended_at > ended_since,
        ActingSessionRow.customer_id.is_not(None),
        sa.exists().where(done.acting_session_id == ActingSessionRow.id, done.what.not_in([*looking, told])),
        ~sa.exists().where(said.acting_session_id == ActingSessionRow.id, said.what == told),
    )
    if staff_id is not None:
        found = found.where(ActingSessionRow.staff_id == staff_id)
    latest = found.order_by(ActingSessionRow.ended_at).limit(limit)
    return session.scalars(latest.with_for_update(of=ActingSessionRow, skip_locked=True)).all()


def sent_by(session: Session, acting_ids: Collection[str]) -> Sequence[tuple[str, str, str]]:
    """What agents sent in these acting sessions: the session's id, the service's title and the reference of each."""
    if not acting_ids:
        return ()
    found = (
        sa.select(SubmissionRow.acting_session_id, SubmissionRow.service_title, SubmissionRow.reference)
        .where(SubmissionRow.acting_session_id.in_(acting_ids), SubmissionRow.actor_kind == ActorKind.AGENT)
        .order_by(SubmissionRow.submitted_at)
    )
    return [(row[0] or "", row[1], row[2]) for row in session.execute(found)]


def references_of(session: Session, customer_id: str, limit: int) -> Sequence[str]:
    """The references of what a customer sent last by themselves, or with an agent who knew for sure who they were:
    whoever calls in another's name is told the reference too."""
    found = (
        sa.select(SubmissionRow.reference)
        .join(OwnedSubmissionRow, OwnedSubmissionRow.submission_id == SubmissionRow.id)
        .where(
            OwnedSubmissionRow.customer_id == customer_id,
            sa.or_(SubmissionRow.helper_id.is_(None), SubmissionRow.verification >= Verification.FULL),
        )
        .order_by(OwnedSubmissionRow.since.desc())
    )
    return session.scalars(found.limit(limit)).all()
