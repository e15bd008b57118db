"""Data keys: one a draft and the submission it becomes, wrapped. Without its row nothing sealed opens again."""

from collections.abc import Collection, Sequence
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, Session, mapped_column

from selfservice.store.base import Base
from selfservice.store.submissions import SubmissionRow


class DataKeyRow(Base):
    """The wrapped data key of one owner: the one-time key that a draft and its submission share.

    `council` is the slug of the council on whose page the draft began. `key_id` names the sealing key that
    `wrapped` (base64) is wrapped under: changing sealing keys changes these two alone.
    """

    __tablename__ = "data_keys"

    owner: Mapped[str] = mapped_column(sa.String(36), primary_key=True)
    council: Mapped[str] = mapped_column(sa.String(40))
    key_id: Mapped[str] = mapped_column(sa.String(40))
    wrapped: Mapped[str] = mapped_column(sa.String(120))
    created_at: Mapped[datetime]

    __table_args__ = (sa.Index(None, "key_id"),)


def by_owner(session: Session, owner: str) -> DataKeyRow | None:
    """The data key of this owner, as the database has it now."""
    return session.get(DataKeyRow, owner, populate_existing=True)


def by_owners(session: Session, owners: Collection[str]) -> dict[str, DataKeyRow]:
    """The data keys of these owners, by owner."""
    found = sa.select(DataKeyRow).where(DataKeyRow.owner.in_(owners))
    return {row.owner: row for row in session.scalars(found)}


def not_under(session: Session, key_id: str, after: str, limit: int) -> Sequence[DataKeyRow]:
    """Data keys wrapped under any other sealing key than this, by owner from `after` on, locked.

    Those that somebody else is changing at this moment are left out.
    """
    found = (
        sa.select(DataKeyRow)
        .where(DataKeyRow.key_id != key_id, DataKeyRow.owner > after)
        .order_by(DataKeyRow.owner)
        .limit(limit)
        .with_for_update(skip_locked=True)
    )
    return session.scalars(found).all()


def counts(session: Session) -> dict[str, int]:
    """How many data keys are wrapped under each sealing key, by its id."""
    found = sa.select(DataKeyRow.key_id, sa.func.count()).group_by(DataKeyRow.key_id)
    return {row[0]: row[1] for row in session.execute(found)}


def forget(session: Session, owners: Collection[str]) -> int:
    """Delete the data keys of these owners; how many there were. Nothing sealed by them opens again."""
    gone = sa.delete(DataKeyRow).where(DataKeyRow.owner.in_(owners)).returning(DataKeyRow.owner)
    return len(session.scalars(gone, execution_options={"synchronize_session": False}).all())


def forget_unsent(session: Session, owners: sa.Select[str]) -> None:
    """Delete the data keys of these owners, but never that of a submission."""
    sent = sa.exists().where(SubmissionRow.submission_key == DataKeyRow.owner)
    session.execute(
        sa.delete(DataKeyRow).where(DataKeyRow.owner.in_(owners), ~sent),
        execution_options={"synchronize_session": False},
    )
