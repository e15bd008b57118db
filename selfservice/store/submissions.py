"""Submissions: what the customer told us. They never change."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, Session, mapped_column

from selfservice.store.base import Base, new_id


class SubmissionRow(Base):
    """One accepted submission.

    `begun_at_council` is the council on whose page it began; `council` the one that it went to. `answers` is
    a list of {id, question, shown, value} as the customer saw them. `lookup_postcodes` are the normalised
    postcodes that, with the reference, open the progress alone. `parts` is how many back offices must hear of it.
    `customer_id` is the customer, where there is one. Where an agent helped, sent it or had a hand in it,
    `acting_session_id`, `helper_id` and `helper_name` say who, `helper_channel` how the customer had reached them, and
    `verification` how sure they were of who it was: never the other way round.
    """

    __tablename__ = "submissions"

    id: Mapped[str] = mapped_column(sa.String(36), primary_key=True, default=new_id)
    council: Mapped[str] = mapped_column(sa.String(40))
    begun_at_council: Mapped[str] = mapped_column(sa.String(40))
    reference: Mapped[str] = mapped_column(sa.String(20), unique=True)
    service: Mapped[str] = mapped_column(sa.String(60))
    service_title: Mapped[str] = mapped_column(sa.String(200))
    submission_key: Mapped[str] = mapped_column(sa.String(36), unique=True)
    channel: Mapped[str] = mapped_column(sa.String(20))
    actor_kind: Mapped[str] = mapped_column(sa.String(20))
    actor_id: Mapped[str] = mapped_column(sa.String(64))
    on_behalf_of: Mapped[str | None] = mapped_column(sa.String(64))
    customer_id: Mapped[str | None] = mapped_column(sa.String(36))
    acting_session_id: Mapped[str | None] = mapped_column(sa.String(36))
    helper_id: Mapped[str | None] = mapped_column(sa.String(36))
    helper_name: Mapped[str | None] = mapped_column(sa.String(200))
    helper_channel: Mapped[str | None] = mapped_column(sa.String(20))
    verification: Mapped[int | None]
    urgent: Mapped[bool] = mapped_column(default=False)
    parts: Mapped[int] = mapped_column(default=1, server_default="1")
    answers: Mapped[list[Any]]
    place: Mapped[dict[str, Any] | None]
    contact: Mapped[dict[str, Any]] = mapped_column(default=dict)
    file_ids: Mapped[list[Any]] = mapped_column(default=list)
    lookup_postcodes: Mapped[list[Any]] = mapped_column(default=list)
    acknowledge_by: Mapped[datetime | None]
    resolve_by: Mapped[datetime | None]
    submitted_at: Mapped[datetime]

    __table_args__ = (sa.Index(None, "council", "submitted_at"), sa.Index(None, "acting_session_id"))


def by_id(session: Session, submission_id: str) -> SubmissionRow | None:
    """The submission with this id."""
    return session.get(SubmissionRow, submission_id)


def lock(session: Session, submission_id: str) -> SubmissionRow | None:
    """The submission with this id; whoever else writes about it waits for this unit of work to end."""
    found = sa.select(SubmissionRow).where(SubmissionRow.id == submission_id)
    return session.scalar(found.with_for_update(key_share=True))


def by_key(session: Session, submission_key: str) -> SubmissionRow | None:
    """The submission accepted under this one-time key."""
    return session.scalar(sa.select(SubmissionRow).where(SubmissionRow.submission_key == submission_key))


def by_reference(session: Session, council: str, reference: str) -> SubmissionRow | None:
    """The submission of this council with this reference, as we write references."""
    return session.scalar(
        sa.select(SubmissionRow).where(SubmissionRow.council == council, SubmissionRow.reference == reference)
    )


def by_spellings(session: Session, references: Collection[str]) -> SubmissionRow | None:
    """The submission with one of these references, whichever council it went to: they are unique over all."""
    if not references:
        return None
    return session.scalar(sa.select(SubmissionRow).where(SubmissionRow.reference.in_(references)))


def latest(session: Session, councils: Collection[str], limit: int) -> Sequence[SubmissionRow]:
    """What was sent to these councils (slugs) last, the latest first."""
    found = sa.select(SubmissionRow).where(SubmissionRow.council.in_(councils))
    return session.scalars(found.order_by(SubmissionRow.submitted_at.desc()).limit(limit)).all()
