"""Files that customers add: kept by key, never by the customer's name for them."""

from collections.abc import Sequence
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, Session, mapped_column

from selfservice.store.base import Base, new_id


class FileRow(Base):
    """One stored file: re-encoded, of a known type, belonging to a draft and later to a submission."""

    __tablename__ = "files"

    id: Mapped[str] = mapped_column(sa.String(36), primary_key=True, default=new_id)
    council: Mapped[str] = mapped_column(sa.String(40))
    draft_id: Mapped[str] = mapped_column(sa.ForeignKey("drafts.id", ondelete="CASCADE"))
    media_type: Mapped[str] = mapped_column(sa.String(60))
    size: Mapped[int]
    sha256: Mapped[str] = mapped_column(sa.String(64))
    stored_at: Mapped[datetime]

    __table_args__ = (sa.Index(None, "draft_id"),)


def of_draft(session: Session, council: str, draft_id: str) -> Sequence[FileRow]:
    """Every file of one draft, in the order in which they were added."""
    found = sa.select(FileRow).where(FileRow.council == council, FileRow.draft_id == draft_id)
    return session.scalars(found.order_by(FileRow.id)).all()


def one_of_draft(session: Session, council: str, draft_id: str, file_id: str) -> FileRow | None:
    """One file, if it belongs to this draft."""
    return session.scalar(
        sa.select(FileRow).where(
            FileRow.council == council, FileRow.draft_id == draft_id, FileRow.id == file_id
        )
    )


def by_id(session: Session, file_id: str) -> FileRow | None:
    """One file of any council; only for whoever has shown a link that we signed for this very file."""
    return session.get(FileRow, file_id)
