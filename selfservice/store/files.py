"""Files that customers add: kept by key, never by the customer's name for them."""

from collections.abc import Sequence
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, Session, mapped_column

from selfservice.domain.files import Scan
from selfservice.store.base import Base, new_id, one

NAME_LENGTH = 120


class FileRow(Base):
    """One stored file, of a known type: an answer to one question of a draft, and later of a submission.

    One that goes with a message about a submission has the draft of that, no question, and as `message_key` the
    message's one-time key, whether or not the message was sent yet.

    `name` is what the customer calls it, for the customer alone. `thumbnail` says that there is a small
    picture of it. `scan` is where it stands with the virus scanner. `scan_at` is when something is next to be
    done about that: scan it, or delete the bytes of what was infected; None when nothing is.
    """

    __tablename__ = "files"

    id: Mapped[str] = mapped_column(sa.String(36), primary_key=True, default=new_id)
    council: Mapped[str] = mapped_column(sa.String(40))
    draft_id: Mapped[str] = mapped_column(sa.ForeignKey("drafts.id", ondelete="CASCADE"))
    question: Mapped[str] = mapped_column(sa.String(60))
    message_key: Mapped[str | None] = mapped_column(sa.String(36))
    media_type: Mapped[str] = mapped_column(sa.String(100))
    size: Mapped[int]
    sha256: Mapped[str] = mapped_column(sa.String(64))
    name: Mapped[str] = mapped_column(sa.String(NAME_LENGTH))
    thumbnail: Mapped[bool]
    scan: Mapped[str] = mapped_column(sa.String(12))
    scan_at: Mapped[datetime | None]
    stored_at: Mapped[datetime]

    __table_args__ = (sa.Index(None, "draft_id"), sa.Index(None, "scan_at"), sa.Index(None, "message_key"))


_IS_ANSWER = FileRow.message_key.is_(None)


def of_draft(session: Session, council: str, draft_id: str) -> Sequence[FileRow]:
    """Every file of one draft's own answers, in the order in which they were added."""
    found = sa.select(FileRow).where(FileRow.council == council, FileRow.draft_id == draft_id, _IS_ANSWER)
    return session.scalars(found.order_by(FileRow.id)).all()


def one_of_draft(session: Session, council: str, draft_id: str, file_id: str) -> FileRow | None:
    """One file, if it belongs to this draft's own answers."""
    return session.scalar(
        sa.select(FileRow).where(
            FileRow.council == council, FileRow.draft_id == draft_id, FileRow.id == file_id, _IS_ANSWER
        )
    )


def of_messages(session: Session, draft_id: str) -> Sequence[FileRow]:
    """Every file that goes with a message about the submission that this draft became, sent or not, in order."""
    found = sa.select(FileRow).where(FileRow.draft_id == draft_id, ~_IS_ANSWER)
    return session.scalars(found.order_by(FileRow.id)).all()


def by_id(session: Session, file_id: str, *, lock: bool = False) -> FileRow | None:
    """One file of any council; only for the scanner, and for whoever has shown a link that we signed for it."""
    found = sa.select(FileRow).where(FileRow.id == file_id)
    return one(session, found, lock=lock)


def scans_of(session: Session, file_ids: Sequence[str]) -> dict[str, Scan]:
    """Where each of these files stands with the scanner; those that are gone are left out."""
    found = sa.select(FileRow.id, FileRow.scan).where(FileRow.id.in_(file_ids))
    return {file_id: Scan(scan) for file_id, scan in session.execute(found)}


def to_see_to(session: Session, now: datetime, again: datetime, limit: int) -> list[str]:
    """Ids of files that something is to be done about by now, longest first; they are next at `again`."""
    due = (
        sa.select(FileRow.id)
        .where(FileRow.scan_at <= now)
        .order_by(FileRow.scan_at)
        .limit(limit)
        .with_for_update(skip_locked=True)
    )
    ids = list(session.scalars(due))
    if ids:
        put_off = sa.update(FileRow).where(FileRow.id.in_(ids)).values(scan_at=again)
        session.execute(put_off, execution_options={"synchronize_session": False})
    return ids


def forget(session: Session, ids: Sequence[str]) -> None:
    """Delete the rows of these files."""
    gone = sa.delete(FileRow).where(FileRow.id.in_(ids))
    session.execute(gone, execution_options={"synchronize_session": False})
