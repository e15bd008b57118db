"""Messages about a submission, both ways, kept apart from the record so that they can be forgotten."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, Session, mapped_column

from selfservice.store.base import Base, new_id
from selfservice.store.drafts import DraftRow
from selfservice.store.files import FileRow
from selfservice.store.submissions import SubmissionRow


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


def by_id(session: Session, message_id: str) -> MessageRow | None:
    """The message with this id."""
    return session.get(MessageRow, message_id)


def by_key(session: Session, one_time_key: str) -> MessageRow | None:
    """The message that was written under this one-time key."""
    return session.scalar(sa.select(MessageRow).where(MessageRow.one_time_key == one_time_key))


def draft_of(session: Session, submission: SubmissionRow) -> DraftRow | None:
    """The draft that became this submission, which has the files that go with messages too."""
    return session.scalar(sa.select(DraftRow).where(DraftRow.submission_key == submission.submission_key))


def files_never_sent(session: Session, before: datetime, limit: int) -> Sequence[FileRow]:
    """Files that were added to a message before this moment, and that no message was sent with; oldest first."""
    sent = sa.exists().where(MessageRow.one_time_key == FileRow.message_key)
    found = sa.select(FileRow).where(FileRow.message_key.is_not(None), FileRow.stored_at < before, ~sent)
    return session.scalars(found.order_by(FileRow.id).limit(limit)).all()
