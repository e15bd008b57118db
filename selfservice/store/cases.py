"""Cases that back offices opened, the news about them, and how far each back office's news has been read."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, Session, mapped_column

from selfservice.store.base import Base, new_id


class CaseRow(Base):
    """What one back office opened for one submission. `status_at` is when the back office says it was so."""

    __tablename__ = "cases"

    id: Mapped[str] = mapped_column(sa.String(36), primary_key=True, default=new_id)
    council: Mapped[str] = mapped_column(sa.String(40))
    connector: Mapped[str] = mapped_column(sa.String(60))
    submission_id: Mapped[str] = mapped_column(sa.ForeignKey("submissions.id"))
    delivery_id: Mapped[str] = mapped_column(sa.ForeignKey("deliveries.id"), unique=True)
    case_reference: Mapped[str] = mapped_column(sa.String(200))
    status: Mapped[str] = mapped_column(sa.String(30))
    status_at: Mapped[datetime]
    opened_at: Mapped[datetime]

    __table_args__ = (
        sa.UniqueConstraint("council", "connector", "case_reference"),
        sa.Index(None, "submission_id"),
    )


class StatusUpdateRow(Base):
    """One piece of news: seen twice, recorded once. `case_id` is null while its case is not known to us."""

    __tablename__ = "status_updates"

    id: Mapped[str] = mapped_column(sa.String(36), primary_key=True, default=new_id)
    council: Mapped[str] = mapped_column(sa.String(40))
    connector: Mapped[str] = mapped_column(sa.String(60))
    event_id: Mapped[str] = mapped_column(sa.String(200))
    case_reference: Mapped[str] = mapped_column(sa.String(200))
    our_reference: Mapped[str | None] = mapped_column(sa.String(20))
    case_id: Mapped[str | None] = mapped_column(sa.ForeignKey("cases.id"))
    status: Mapped[str | None] = mapped_column(sa.String(30))
    raw_status: Mapped[str] = mapped_column(sa.String(100))
    words: Mapped[str] = mapped_column(sa.Text, default="")
    at: Mapped[datetime]
    seen_at: Mapped[datetime]

    __table_args__ = (
        sa.UniqueConstraint("council", "connector", "event_id"),
        sa.Index(None, "case_id", "at"),
    )


class WatermarkRow(Base):
    """How far a back office's news has been read; moves only in the transaction that recorded the news."""

    __tablename__ = "watermarks"

    council: Mapped[str] = mapped_column(sa.String(40), primary_key=True)
    connector: Mapped[str] = mapped_column(sa.String(60), primary_key=True)
    read_to: Mapped[datetime]


def of_submission(session: Session, submission_id: str) -> list[CaseRow]:
    """The cases opened for one submission, oldest first."""
    return list(
        session.scalars(
            sa.select(CaseRow)
            .where(CaseRow.submission_id == submission_id)
            .order_by(CaseRow.opened_at, CaseRow.id)
        )
    )
