"""The record: one line for everything that happened, append-only."""

from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

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
