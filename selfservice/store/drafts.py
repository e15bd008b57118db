"""Drafts: answers so far, not sent. A row, never a cookie."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, Session, mapped_column

from selfservice.domain.files import key_of, thumbnail_key_of
from selfservice.store import keys
from selfservice.store.base import Base, new_id
from selfservice.store.files import FileRow
from selfservice.store.submissions import SubmissionRow


class DraftRow(Base):
    """One person's answers to one service, so far.

    `holder` is a hash of the visitor's secret, the id of a customer, or of the acting session that was given it:
    only they may read the draft. `submission_key` is the one-time key that makes a second click give the first's
    reference. `answers` maps question id to value. `mistyped` is what was last typed and could not be taken, until
    it is mended. `form_version` is the form that the answers were given to. `helped_via` is the acting session by
    which an agent last changed it.
    `prefilled` maps the id of a question to where the answer that was put in for the person came from.
    """

    __tablename__ = "drafts"

    id: Mapped[str] = mapped_column(sa.String(36), primary_key=True, default=new_id)
    council: Mapped[str] = mapped_column(sa.String(40))
    service: Mapped[str] = mapped_column(sa.String(60))
    holder: Mapped[str] = mapped_column(sa.String(64))
    submission_key: Mapped[str] = mapped_column(sa.String(36), unique=True, default=new_id)
    answers: Mapped[dict[str, Any]] = mapped_column(default=dict)
    mistyped: Mapped[dict[str, Any] | None]
    form_version: Mapped[str | None] = mapped_column(sa.String(64))
    submission_id: Mapped[str | None] = mapped_column(sa.String(36))
    helped_via: Mapped[str | None] = mapped_column(sa.String(36))
    prefilled: Mapped[dict[str, Any]] = mapped_column(default=dict, server_default="{}")
    started_at: Mapped[datetime]
    changed_at: Mapped[datetime]

    __table_args__ = (sa.Index(None, "holder"), sa.Index(None, "changed_at"))


# Put together once: every page of a journey asks it.
_FOUND = sa.select(DraftRow).where(DraftRow.id == sa.bindparam("draft_id"))
_LOCKED = _FOUND.with_for_update()


def by_id(session: Session, draft_id: str, *, lock: bool = False) -> DraftRow | None:
    """The draft with this id, or None; `lock` keeps others from changing it meanwhile."""
    return session.scalar(_LOCKED if lock else _FOUND, {"draft_id": draft_id})


def touch(session: Session, draft_id: str, now: datetime) -> None:
    """Remember that somebody still wants this draft, so that it is kept."""
    session.execute(sa.update(DraftRow).where(DraftRow.id == draft_id).values(changed_at=now))


def move(session: Session, holder: str, to: str, *, but: Collection[str] = ()) -> int:
    """Let whoever is `to` hold every draft that `holder` held, `but` these (ids); how many."""
    moved = sa.update(DraftRow).where(DraftRow.holder == holder, DraftRow.id.not_in(but)).values(holder=to)
    ids = session.scalars(moved.returning(DraftRow.id), execution_options={"synchronize_session": "fetch"})
    return len(ids.all())


def helped_via(session: Session, draft_id: str) -> str | None:
    """The id of the acting session by which an agent last changed the draft; None when none ever did."""
    return session.scalar(sa.select(DraftRow.helped_via).where(DraftRow.id == draft_id))


def mark_sent(session: Session, draft_id: str, submission_id: str, now: datetime) -> None:
    """Remember which submission the draft became."""
    session.execute(
        sa.update(DraftRow)
        .where(DraftRow.id == draft_id, DraftRow.submission_id.is_(None))
        .values(submission_id=submission_id, changed_at=now)
    )


def unsent_since(session: Session, moment: datetime, limit: int) -> Sequence[str]:
    """Ids of drafts never sent and unchanged since `moment`, oldest first, locked; those in use left out."""
    accepted = sa.exists().where(SubmissionRow.submission_key == DraftRow.submission_key)
    found = (
        sa.select(DraftRow.id)
        .where(DraftRow.changed_at < moment, DraftRow.submission_id.is_(None), ~accepted)
        .order_by(DraftRow.changed_at)
        .limit(limit)
        .with_for_update(of=DraftRow, skip_locked=True)
    )
    return session.scalars(found).all()


def forget(session: Session, ids: Sequence[str]) -> list[str]:
    """Delete these drafts with their data keys, and the rows of their files, whose keys it gives."""
    if not ids:
        return []
    keys.forget_unsent(session, sa.select(DraftRow.submission_key).where(DraftRow.id.in_(ids)))
    gone = (
        sa.delete(FileRow)
        .where(FileRow.draft_id.in_(ids))
        .returning(FileRow.id, FileRow.media_type, FileRow.thumbnail)
    )
    files = session.execute(gone, execution_options={"synchronize_session": False}).all()
    session.execute(
        sa.delete(DraftRow).where(DraftRow.id.in_(ids)), execution_options={"synchronize_session": False}
    )
    small = [thumbnail_key_of(file_id) for file_id, _, thumbnail in files if thumbnail]
    return [key_of(file_id, media_type) for file_id, media_type, _ in files] + small
