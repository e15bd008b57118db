"""The record: one line for everything that happened, append-only, each linked to the one before it."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any, NamedTuple

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, Session, mapped_column

from selfservice.domain.people import Actor
from selfservice.store import record
from selfservice.store.base import Base, new_id
from selfservice.store.record import RecordLinkRow

AT_ONCE = 1_000


class TimelineEventRow(Base):
    """One line of the record: who, for whom, what, when, through which channel.

    `council` is its slug, or PARTNERSHIP for what is no single council's. `submission_id`, `customer_id`, `draft_id`
    and `interaction_id` are what it is about, as far as it is; `acting_session_id` is how an agent came to act for
    somebody. `words` is what the customer reads, and is empty for lines that are for staff alone. `detail` holds
    codes and ids, never personal data.
    """

    __tablename__ = "timeline_events"

    id: Mapped[str] = mapped_column(sa.String(36), primary_key=True, default=new_id)
    council: Mapped[str] = mapped_column(sa.String(40))
    submission_id: Mapped[str | None] = mapped_column(sa.ForeignKey("submissions.id"))
    customer_id: Mapped[str | None] = mapped_column(sa.String(36))
    draft_id: Mapped[str | None] = mapped_column(sa.String(36))
    interaction_id: Mapped[str | None] = mapped_column(sa.String(36))
    acting_session_id: Mapped[str | None] = mapped_column(sa.String(36))
    what: Mapped[str] = mapped_column(sa.String(40))
    words: Mapped[str] = mapped_column(sa.Text, default="")
    detail: Mapped[dict[str, Any]] = mapped_column(default=dict)
    actor_kind: Mapped[str] = mapped_column(sa.String(20))
    actor_id: Mapped[str] = mapped_column(sa.String(64))
    on_behalf_of: Mapped[str | None] = mapped_column(sa.String(64))
    channel: Mapped[str] = mapped_column(sa.String(20))
    at: Mapped[datetime]

    __table_args__ = (
        sa.Index(None, "submission_id", "at"),
        sa.Index(None, "customer_id", "at"),
        sa.Index(None, "interaction_id"),
        sa.Index(None, "acting_session_id"),
        sa.Index(None, "council", "at"),
        sa.Index(None, "actor_id", "at"),
        # That the record was proven: few lines, of which the last is looked for.
        sa.Index(
            "ix_timeline_events_checks",
            "council",
            "at",
            postgresql_where=sa.text("what = 'record_verified'"),
            sqlite_where=sa.text("what = 'record_verified'"),
        ),
    )


class LinkedLine(NamedTuple):
    """A link of the record with the line that it is of: all that the line holds, by column, as the database keeps
    it, with `detail` and `at` as text. `line` is None where there is no such line any more."""

    number: int
    hash: str
    event_id: str
    line: Mapping[str, Any] | None


def of_submission(session: Session, submission_id: str) -> list[TimelineEventRow]:
    """Every line about one submission, oldest first."""
    return list(
        session.scalars(
            sa.select(TimelineEventRow)
            .where(TimelineEventRow.submission_id == submission_id)
            .order_by(TimelineEventRow.at, TimelineEventRow.id)
        )
    )


def write_line(
    session: Session,
    actor: Actor,
    council: str,
    submission_id: str | None,
    what: str,
    words: str,
    at: datetime,
    detail: Mapping[str, Any] | None = None,
    *,
    customer_id: str | None = None,
    draft_id: str | None = None,
    interaction_id: str | None = None,
) -> None:
    """Add one line to the record. `words` is what the customer reads, "" for a line for staff alone.

    `council` is PARTNERSHIP for what is no single council's. The line is linked when the session commits.
    """
    line = TimelineEventRow(
        council=council,
        submission_id=submission_id,
        customer_id=customer_id,
        draft_id=draft_id,
        interaction_id=interaction_id,
        what=what,
        words=words,
        detail=dict(detail or {}),
        at=at,
        **_by(actor),
    )
    session.add(line)
    record.note(session, line)


def _by(actor: Actor) -> dict[str, str | None]:
    """What a line says of who did it, by column."""
    return {
        "acting_session_id": actor.via,
        "actor_kind": actor.kind,
        "actor_id": actor.id,
        "on_behalf_of": actor.on_behalf_of,
        "channel": actor.channel,
    }


def linked(session: Session, council: str) -> Iterator[LinkedLine]:
    """Every link of a council's record in order, with its line; some at a time, however long the record is."""
    table = Base.metadata.tables[TimelineEventRow.__tablename__]
    columns = [_as_kept(session, column) for column in table.columns]
    found = (
        sa.select(RecordLinkRow.number, RecordLinkRow.hash, RecordLinkRow.event_id, *columns)
        .outerjoin_from(RecordLinkRow, TimelineEventRow, TimelineEventRow.id == RecordLinkRow.event_id)
        .where(RecordLinkRow.council == council)
        .order_by(RecordLinkRow.number)
    )
    for number, hash_, event_id, *values in session.execute(found, execution_options={"yield_per": AT_ONCE}):
        held = {column.name: value for column, value in zip(columns, values, strict=True)}
        yield LinkedLine(number, hash_, event_id, held if held["id"] is not None else None)


def unlinked(session: Session, council: str | None) -> list[tuple[str, str]]:
    """The council and id of every line, of one council or of all, that no link is of."""
    found = (
        sa.select(TimelineEventRow.council, TimelineEventRow.id)
        .outerjoin(RecordLinkRow, TimelineEventRow.id == RecordLinkRow.event_id)
        .where(RecordLinkRow.event_id.is_(None))
        .order_by(TimelineEventRow.council, TimelineEventRow.id)
    )
    if council is not None:
        found = found.where(TimelineEventRow.council == council)
    return [(row.council, row.id) for row in session.execute(found)]


def _as_kept(session: Session, column: sa.Column[Any]) -> sa.ColumnElement[Any]:
    """A column as it can be read whatever somebody has put there: no date, or no JSON, must stop who looks for it."""
    postgres = session.get_bind().dialect.name == "postgresql"
    if column.name == "at" and postgres:
        in_utc = sa.func.timezone("UTC", column)
        return sa.func.to_char(in_utc, "YYYY-MM-DD HH24:MI:SS.US", type_=sa.Text).label(column.name)
    if column.name in ("at", "detail"):
        return sa.cast(column, sa.Text).label(column.name)
    return column
