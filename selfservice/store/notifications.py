"""Notifications: messages to the customer, each with a delivery of its own."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, Session, mapped_column

from selfservice.store.base import Base, new_id

ABOUT = ("submission_id", "return_link_id", "challenge_id", "handover_id", "customer_id", "staff_id")
ABOUT_ONE_THING = " + ".join(f"CASE WHEN {each} IS NULL THEN 0 ELSE 1 END" for each in ABOUT) + " = 1"


class NotificationRow(Base):
    """One message to the customer, as it will be sent. Its delivery says whether it left.

    It is about one thing: a submission, a draft that was saved (`return_link_id`), a challenge, a hand-over, or a
    customer or a member of staff as such. What opens something, a link or a code, is not in `body`: that is
    worked out when the message is sent (operations/saving_letters.py).
    """

    __tablename__ = "notifications"

    id: Mapped[str] = mapped_column(sa.String(36), primary_key=True, default=new_id)
    council: Mapped[str] = mapped_column(sa.String(40))
    submission_id: Mapped[str | None] = mapped_column(sa.ForeignKey("submissions.id"))
    return_link_id: Mapped[str | None] = mapped_column(sa.ForeignKey("return_links.id"))
    challenge_id: Mapped[str | None] = mapped_column(sa.String(36))
    handover_id: Mapped[str | None] = mapped_column(sa.String(36))
    customer_id: Mapped[str | None] = mapped_column(sa.String(36))
    staff_id: Mapped[str | None] = mapped_column(sa.String(36))
    what: Mapped[str] = mapped_column(sa.String(40))
    medium: Mapped[str] = mapped_column(sa.String(10))
    recipient: Mapped[str] = mapped_column(sa.String(320))
    subject: Mapped[str] = mapped_column(sa.String(200))
    body: Mapped[str] = mapped_column(sa.Text)
    created_at: Mapped[datetime]

    __table_args__ = (
        sa.CheckConstraint(ABOUT_ONE_THING, name="about_one_thing"),
        sa.Index(None, "submission_id"),
        sa.Index(None, "return_link_id"),
        sa.Index(None, "challenge_id"),
        sa.Index(None, "handover_id"),
        sa.Index(None, "customer_id"),
    )


def has(session: Session, submission_id: str, what: str) -> bool:
    """Whether there is such a message about this submission."""
    found = sa.select(NotificationRow.id).where(
        NotificationRow.submission_id == submission_id, NotificationRow.what == what
    )
    return session.scalar(found.limit(1)) is not None
