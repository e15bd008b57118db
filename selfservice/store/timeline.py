"""The record: one line for everything that happened, append-only."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, Session, mapped_column

from selfservice.domain.people import Actor
from selfservice.store.base import Base, new_id


class TimelineEventRow(Base):
    """One line of the record: who, for whom, what, when, through which channel.

    `words` is what the customer reads, and is empty for lines that are for staff alone. `detail` holds codes
    and ids, never personal data.
    """

    __tablename__ = "timeline_events"

    id: Mapped[str] = mapped_column(sa.String(36), primary_key=True, default=new_id)
    council: Mapped[str] = mapped_column(sa.String(40))
    submission_id: Mapped[str] = mapped_column(sa.ForeignKey("submissions.id"))
    what: Mapped[str] = mapped_column(sa.String(40))
    words: Mapped[str] = mapped_column(sa.Text, default="")
    detail: Mapped[dict[str, Any]] = mapped_column(default=dict)
    actor_kind: Mapped[str] = mapped_column(sa.String(20))
    actor_id: Mapped[str] = mapped_column(sa.String(64))
    on_behalf_of: Mapped[str | None] = mapped_column(sa.String(64))
    channel: Mapped[str] = mapped_column(sa.String(20))
    at: Mapped[datetime]

    __table_args__ = (sa.Index(None, "submission_id", "at"),)


def of_submission(session: Session, submission_id: str) -> list[TimelineEventRow]:
    """Every line about one submission, oldest first."""
    return list(
        session.scalars(
            sa.select(TimelineEventRow)
            .where(TimelineEventRow.submission_id == submission_id)
            .order_by(TimelineEventRow.at, TimelineEventRow.id)
        )
    )


def write_line(
    session: Session,
    actor: Actor,
    council: str,
    submission_id: str,
    what: str,
    words: str,
    at: datetime,
    detail: Mapping[str, Any] | None = None,
) -> None:
    """Add one line to the record. `words` is what the customer reads, "" for a line for staff alone."""
    session.add(
        TimelineEventRow(
            council=council,
            submission_id=submission_id,
            what=what,
            words=words,
            detail=dict(detail or {}),
            actor_kind=actor.kind,
            actor_id=actor.id,
            on_behalf_of=actor.on_behalf_of,
            channel=actor.channel,
            at=at,
        )
    )
