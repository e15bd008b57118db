"""Messages about a submission, both ways, kept apart from the record so that they can be forgotten."""

from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, Session, mapped_column

from selfservice.store.base import Base, new_id


class MessageRow(Base):
    """One message. `kind` is "message", "files" (photos added later) or "dispute" ("this is not fixed").

    `written_by` is "customer" or "council". The actor's columns say who wrote it, as in the record.
    """

    __tablename__ = "messages"

    id: Mapped[str] = mapped_column(sa.String(36), primary_key=True, default=new_id)
    council: Mapped[str] = mapped_column(sa.String(40))
    submission_id: Mapped[str] = mapped_column(sa.ForeignKey("submissions.id"))
    kind: Mapped[str] = mapped_column(sa.String(10))
    written_by: Mapped[str] = mapped_column(sa.String(10))
    words: Mapped[str] = mapped_column(sa.Text, default="")
    file_ids: Mapped[list[Any]] = mapped_column(default=list)
    actor_kind: Mapped[str] = mapped_column(sa.String(20))
    actor_id: Mapped[str] = mapped_column(sa.String(64))
    on_behalf_of: Mapped[str | None] = mapped_column(sa.String(64))
    acting_session_id: Mapped[str | None] = mapped_column(sa.ForeignKey("acting_sessions.id"))
    one_time_key: Mapped[str] = mapped_column(sa.String(36), unique=True)
    at: Mapped[datetime]

    __table_args__ = (
        sa.CheckConstraint("kind IN ('message', 'files', 'dispute')", name="kind_known"),
        sa.CheckConstraint("written_by IN ('customer', 'council')", name="writer_known"),
        sa.Index(None, "submission_id", "at"),
    )


def of_submission(session: Session, submission_id: str) -> list[MessageRow]:
    """Every message about a submission, oldest first."""
    found = sa.select(MessageRow).where(MessageRow.submission_id == submission_id)
    return list(session.scalars(found.order_by(MessageRow.at, MessageRow.id)))
