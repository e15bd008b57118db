"""Challenges: links and codes sent to an address, to see that whoever asked for them reads what goes there."""

from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, Session, mapped_column

from selfservice.domain.challenge import ChallengeState
from selfservice.store.base import Base, new_id, one
from selfservice.store.deliveries import DeliveryAttemptRow, DeliveryRow
from selfservice.store.notifications import NotificationRow


class ChallengeRow(Base):
    """One link or code that was sent. Neither its token nor its code is here: only what they are told by.

    `purpose` says what it opens (`domain.challenge.Purpose`). `browser` is the hash of the browser that asked for
    it, "" where whoever is asked did not ask. `account_id`, `staff_id` or `submission_id` is whose it is; one for
    whoever has the address (`Purpose.of_address`) has an account's once it has signed somebody in. `detail` holds what
    will be done once it is answered, never a secret in the clear; it is emptied with the answer.
    """

    __tablename__ = "challenges"

    id: Mapped[str] = mapped_column(sa.String(36), primary_key=True, default=new_id)
    purpose: Mapped[str] = mapped_column(sa.String(20))
    council: Mapped[str] = mapped_column(sa.String(40))
    account_id: Mapped[str | None] = mapped_column(sa.ForeignKey("accounts.id", ondelete="CASCADE"))
    staff_id: Mapped[str | None] = mapped_column(sa.ForeignKey("staff.id"))
    submission_id: Mapped[str | None] = mapped_column(sa.ForeignKey("submissions.id"))
    medium: Mapped[str] = mapped_column(sa.String(10))
    recipient: Mapped[str] = mapped_column(sa.String(320))
    token_hash: Mapped[str] = mapped_column(sa.String(64), unique=True)
    browser: Mapped[str] = mapped_column(sa.String(64))
    state: Mapped[str] = mapped_column(sa.String(12), default=ChallengeState.GOOD)
    wrong_tries: Mapped[int] = mapped_column(default=0, server_default="0")
    detail: Mapped[dict[str, Any]] = mapped_column(default=dict)
    made_at: Mapped[datetime]
    until: Mapped[datetime]

    __table_args__ = (
        sa.CheckConstraint("state IN ('good', 'used', 'locked', 'superseded')", name="state_known"),
        sa.Index(None, "account_id"),
        sa.Index(None, "recipient"),
        sa.Index(None, "until"),
    )


def by_token(session: Session, token_hash: str, *, lock: bool = False) -> ChallengeRow | None:
    """The challenge of a token. `lock` keeps two tries from being counted as one."""
    found = sa.select(ChallengeRow).where(ChallengeRow.token_hash == token_hash)
    return one(session, found, lock=lock)


def by_id(session: Session, challenge_id: str, *, lock: bool = False) -> ChallengeRow | None:
    """The challenge with this id."""
    found = sa.select(ChallengeRow).where(ChallengeRow.id == challenge_id)
    return one(session, found, lock=lock)


def just_made(
    session: Session, purpose: str, recipient: str, browser: str, since: datetime
) -> ChallengeRow | None:
    """The good challenge that this browser asked for since that moment, if it did."""
    found = sa.select(ChallengeRow).where(
        ChallengeRow.purpose == purpose,
        ChallengeRow.recipient == recipient,
        ChallengeRow.browser == browser,
        ChallengeRow.state == ChallengeState.GOOD,
        ChallengeRow.made_at > since,
    )
    return session.scalar(found.order_by(ChallengeRow.made_at.desc()).limit(1))


def supersede(session: Session, purpose: str, recipient: str) -> None:
    """Let no earlier challenge of this purpose to this address open anything."""
    _supersede(session, ChallengeRow.purpose == purpose, ChallengeRow.recipient == recipient)


def supersede_of_account(session: Session, account_id: str) -> None:
    """Let nothing that was sent for this account, such as to a new address of it, open anything."""
    _supersede(session, ChallengeRow.account_id == account_id)


def supersede_of_staff(session: Session, staff_id: str) -> None:
    """Let nothing that was sent to a member of staff open anything."""
    _supersede(session, ChallengeRow.staff_id == staff_id)


def forget_before(session: Session, moment: datetime) -> None:
    """Delete every challenge that was good until before `moment`, and every message about one that is as old."""
    messages = sa.select(NotificationRow.id).where(
        NotificationRow.challenge_id.is_not(None), NotificationRow.created_at < moment
    )
    deliveries = sa.select(DeliveryRow.id).where(DeliveryRow.notification_id.in_(messages))
    for gone in (
        sa.delete(DeliveryAttemptRow).where(DeliveryAttemptRow.delivery_id.in_(deliveries)),
        sa.delete(DeliveryRow).where(DeliveryRow.notification_id.in_(messages)),
        sa.delete(NotificationRow).where(NotificationRow.id.in_(messages)),
        sa.delete(ChallengeRow).where(ChallengeRow.until < moment),
    ):
        session.execute(gone, execution_options={"synchronize_session": False})


def _supersede(session: Session, *which: sa.ColumnElement[bool]) -> None:
    session.execute(
        sa.update(ChallengeRow)
        .where(*which, ChallengeRow.state == ChallengeState.GOOD)
        .values(state=ChallengeState.SUPERSEDED),
        execution_options={"synchronize_session": "fetch"},
    )
