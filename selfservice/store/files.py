"""Files that customers add: kept by key, never by the customer's name for them."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

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
