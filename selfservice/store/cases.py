"""Cases that back offices opened, the news about them, and how far each back office's news has been read."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, Session, mapped_column

from selfservice.store.base import Base, new_id


class CaseRow(Base):
    """What one back office opened for one submission. `status_at` is when the back office says it was so.

    `closed_at` is when we heard that it was closed, None while it is not: a customer who says that it is not fixed
    opens it again, for which the back office's own clock is left as it was. Two submissions may share a case
    reference: some back offices join reports of the same thing.
    """

    __tablename__ = "cases"

    id: Mapped[str] = mapped_column(sa.String(36), primary_key=True, default=new_id)
    council: Mapped[str] = mapped_column(sa.String(40))
    connector: Mapped[str] = mapped_column(sa.String(60))
    submission_id: Mapped[str] = mapped_column(sa.ForeignKey("submissions.id"))
    delivery_id: Mapped[str] = mapped_column(sa.ForeignKey("deliveries.id"), unique=True)
    case_reference: Mapped[str] = mapped_column(sa.String(200))
    status: Mapped[str] = mapped_column(sa.String(30))
    status_at: Mapped[datetime]
    closed_at: Mapped[datetime | None]
    opened_at: Mapped[datetime]

    __table_args__ = (
        sa.Index(None, "council", "connector", "case_reference"),
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


def opened_by(session: Session, delivery_id: str) -> CaseRow | None:
    """The case that this delivery opened."""
    return session.scalar(sa.select(CaseRow).where(CaseRow.delivery_id == delivery_id))


def to_reopen(session: Session, submission_id: str) -> list[CaseRow]:
    """The cases opened for one submission, locked as news locks them."""
    found = sa.select(CaseRow).where(CaseRow.submission_id == submission_id)
    return list(session.scalars(found.order_by(CaseRow.id).with_for_update()))


def with_reference(session: Session, council: str, connector: str, case_reference: str) -> list[CaseRow]:
    """The cases that a back office knows by this reference, locked: more than one where it joined reports."""
    return list(
        session.scalars(
            sa.select(CaseRow)
            .where(
                CaseRow.council == council,
                CaseRow.connector == connector,
                CaseRow.case_reference == case_reference,
            )
            .order_by(CaseRow.id)
            .with_for_update()
        )
    )


def of_submission_by(session: Session, submission_id: str, council: str, connector: str) -> list[CaseRow]:
    """The cases of one submission at one connector of a council, locked."""
    return list(
        session.scalars(
            sa.select(CaseRow)
            .where(
                CaseRow.submission_id == submission_id,
                CaseRow.council == council,
                CaseRow.connector == connector,
            )
            .order_by(CaseRow.id)
            .with_for_update()
        )
    )


def seen(session: Session, council: str, connector: str, event_id: str) -> bool:
    """Whether this piece of news was recorded before."""
    found = sa.select(StatusUpdateRow.id).where(
        StatusUpdateRow.council == council,
        StatusUpdateRow.connector == connector,
        StatusUpdateRow.event_id == event_id,
    )
    return session.scalar(found) is not None


def waiting_news(
    session: Session, council: str, connector: str, case_reference: str, our_reference: str | None
) -> list[StatusUpdateRow]:
    """News that came before its case was known, oldest first, matched by either reference.

    `our_reference` is None where it does not tell one case of the back office from another.
    """
    return list(
        session.scalars(
            sa.select(StatusUpdateRow)
            .where(
                StatusUpdateRow.council == council,
                StatusUpdateRow.connector == connector,
                StatusUpdateRow.case_id.is_(None),
                sa.or_(
                    StatusUpdateRow.case_reference == case_reference,
                    StatusUpdateRow.our_reference == our_reference,
                ),
            )
            .order_by(StatusUpdateRow.at, StatusUpdateRow.id)
        )
    )


def watermark(session: Session, council: str, connector: str) -> datetime | None:
    """How far the news of a back office has been read."""
    row = session.get(WatermarkRow, (council, connector))
    return row.read_to if row else None


def move_watermark(session: Session, council: str, connector: str, read_to: datetime) -> None:
    """Remember how far the news has been read; never back."""
    row = session.get(WatermarkRow, (council, connector), with_for_update=True)
    if row is None:
        session.add(WatermarkRow(council=council, connector=connector, read_to=read_to))
    elif row.read_to < read_to:
        row.read_to = read_to
    session.flush()
