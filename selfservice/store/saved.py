"""Links by which saved drafts are come back to."""

from collections.abc import Sequence
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, Session, mapped_column

from selfservice.domain.saved import LinkState
from selfservice.store.base import Base, new_id
from selfservice.store.deliveries import DeliveryAttemptRow, DeliveryRow
from selfservice.store.drafts import DraftRow
from selfservice.store.notifications import NotificationRow


class ReturnLinkRow(Base):
    """One link to one draft. Neither its token nor any code is here: only what they are told by.

    `token_hash` is how a token that comes back is found. `code_of` is the id of the link whose code opens
    this one: its own, or that of the link it was sent in place of. `one_time_id` is the message that carries
    a code of its own, good until `one_time_until` and once. `left_by` is the browser (its holder's hash) that
    had the draft before it was come back to elsewhere.
    """

    __tablename__ = "return_links"

    id: Mapped[str] = mapped_column(sa.String(36), primary_key=True, default=new_id)
    council: Mapped[str] = mapped_column(sa.String(40))
    draft_id: Mapped[str] = mapped_column(sa.ForeignKey("drafts.id", ondelete="CASCADE"))
    medium: Mapped[str] = mapped_column(sa.String(10))
    recipient: Mapped[str] = mapped_column(sa.String(320))
    token_hash: Mapped[str] = mapped_column(sa.String(64), unique=True)
    state: Mapped[str] = mapped_column(sa.String(12), default=LinkState.GOOD)
    wrong_tries: Mapped[int] = mapped_column(default=0)
    one_time_id: Mapped[str | None] = mapped_column(sa.String(36))
    one_time_until: Mapped[datetime | None]
    code_of: Mapped[str] = mapped_column(sa.String(36))
    left_by: Mapped[str | None] = mapped_column(sa.String(64))
    made_at: Mapped[datetime]
    ending_told_at: Mapped[datetime | None]

    __table_args__ = (
        sa.CheckConstraint("state IN ('good', 'locked', 'superseded')", name="state_known"),
        sa.CheckConstraint("wrong_tries >= 0", name="tries_count_up"),
        sa.Index(None, "draft_id"),
    )


def by_token(
    session: Session, token_hash: str, *, lock: bool = False
) -> tuple[ReturnLinkRow, DraftRow] | None:
    """The link of a token, with its draft. `lock` keeps two tries from being counted as one."""
    found = (
        sa.select(ReturnLinkRow, DraftRow)
        .join(DraftRow, DraftRow.id == ReturnLinkRow.draft_id)
        .where(ReturnLinkRow.token_hash == token_hash)
    )
    row = session.execute(found.with_for_update() if lock else found).one_or_none()
    return (row[0], row[1]) if row else None


def latest(session: Session, draft_id: str) -> ReturnLinkRow | None:
    """The newest link of a draft."""
    found = sa.select(ReturnLinkRow).where(ReturnLinkRow.draft_id == draft_id)
    newest = found.order_by(ReturnLinkRow.made_at.desc(), ReturnLinkRow.id.desc()).limit(1)
    return session.scalar(newest)


def supersede(session: Session, draft_id: str) -> None:
    """Let no earlier link of this draft open it any more."""
    session.execute(
        sa.update(ReturnLinkRow)
        .where(ReturnLinkRow.draft_id == draft_id)
        .values(state=LinkState.SUPERSEDED, one_time_id=None, one_time_until=None)
    )


def left_by(session: Session, draft_id: str, holder: str) -> bool:
    """Whether this browser had the draft before it was come back to elsewhere."""
    found = sa.select(ReturnLinkRow.id).where(
        ReturnLinkRow.draft_id == draft_id, ReturnLinkRow.left_by == holder
    )
    return session.scalar(found.limit(1)) is not None


def ending(session: Session, moment: datetime, limit: int) -> Sequence[tuple[ReturnLinkRow, DraftRow]]:
    """Newest links of unsent drafts unchanged since `moment`, whose owners were not told since; locked."""
    newest = (
        sa.select(sa.func.max(ReturnLinkRow.id))
        .where(ReturnLinkRow.draft_id == DraftRow.id)
        .correlate(DraftRow)
        .scalar_subquery()
    )
    told = ReturnLinkRow.ending_told_at
    found = (
        sa.select(ReturnLinkRow, DraftRow)
        .join(DraftRow, DraftRow.id == ReturnLinkRow.draft_id)
        .where(DraftRow.changed_at < moment, DraftRow.submission_id.is_(None), ReturnLinkRow.id == newest)
        .where(sa.or_(told.is_(None), told < DraftRow.changed_at))
        .order_by(DraftRow.changed_at)
        .limit(limit)
        .with_for_update(skip_locked=True)
    )
    return [(row[0], row[1]) for row in session.execute(found)]


def of_drafts_sent_before(session: Session, moment: datetime, limit: int) -> Sequence[str]:
    """Ids of drafts with links that were sent before `moment`."""
    found = (
        sa.select(DraftRow.id)
        .where(DraftRow.submission_id.is_not(None), DraftRow.changed_at < moment)
        .where(sa.exists().where(ReturnLinkRow.draft_id == DraftRow.id))
        .limit(limit)
    )
    return session.scalars(found).all()


def forget(session: Session, draft_ids: Sequence[str]) -> None:
    """Delete the links of these drafts, and every message about them with its delivery."""
    links = sa.select(ReturnLinkRow.id).where(ReturnLinkRow.draft_id.in_(draft_ids))
    messages = sa.select(NotificationRow.id).where(NotificationRow.return_link_id.in_(links))
    deliveries = sa.select(DeliveryRow.id).where(DeliveryRow.notification_id.in_(messages))
    for gone in (
        sa.delete(DeliveryAttemptRow).where(DeliveryAttemptRow.delivery_id.in_(deliveries)),
        sa.delete(DeliveryRow).where(DeliveryRow.notification_id.in_(messages)),
        sa.delete(NotificationRow).where(NotificationRow.return_link_id.in_(links)),
        sa.delete(ReturnLinkRow).where(ReturnLinkRow.draft_id.in_(draft_ids)),
    ):
        session.execute(gone, execution_options={"synchronize_session": False})
