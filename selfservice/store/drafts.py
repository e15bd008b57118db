"""Drafts: answers so far, not sent. A row, never a cookie."""

from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, Session, mapped_column

from selfservice.store.base import Base, new_id


class DraftRow(Base):
    """One person's answers to one service, so far.

    `holder` is a hash of the visitor's secret: only that browser may read the draft. `submission_key` is the
    one-time key that makes a second click give the first's reference. `answers` maps question id to value.
    """

    __tablename__ = "drafts"

    id: Mapped[str] = mapped_column(sa.String(36), primary_key=True, default=new_id)
    council: Mapped[str] = mapped_column(sa.String(40))
    service: Mapped[str] = mapped_column(sa.String(60))
    holder: Mapped[str] = mapped_column(sa.String(64))
    submission_key: Mapped[str] = mapped_column(sa.String(36), unique=True, default=new_id)
    answers: Mapped[dict[str, Any]] = mapped_column(default=dict)
    submission_id: Mapped[str | None] = mapped_column(sa.String(36))
    started_at: Mapped[datetime]
    changed_at: Mapped[datetime]

    __table_args__ = (sa.Index(None, "holder"), sa.Index(None, "changed_at"))


def by_id(session: Session, draft_id: str, *, lock: bool = False) -> DraftRow | None:
    """The draft with this id, or None; `lock` keeps others from changing it meanwhile."""
    found = sa.select(DraftRow).where(DraftRow.id == draft_id)
    return session.scalar(found.with_for_update() if lock else found)


def mark_sent(session: Session, draft_id: str, submission_id: str, now: datetime) -> None:
    """Remember which submission the draft became."""
    session.execute(
        sa.update(DraftRow)
        .where(DraftRow.id == draft_id, DraftRow.submission_id.is_(None))
        .values(submission_id=submission_id, changed_at=now)
    )
