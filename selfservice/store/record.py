"""The links of the record: one for each line, made as the last thing before the line is committed.

A council's lines are one chain, so two transactions that write lines of one council must link them one after the
other. They wait for one another only from here to the end of the commit, which is a few statements, and not while
they do what the lines are about.
"""

import hashlib
from functools import cache
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, Session, mapped_column

from selfservice.domain.record import FIRST, line_hash
from selfservice.store.base import Base

NOTED = "lines of the record that are not linked yet"
LOCK = sa.text("SELECT pg_advisory_xact_lock(key) FROM unnest(CAST(:keys AS bigint[])) AS key")


class RecordLinkRow(Base):
    """The place of one line in the record of its council, and the hash of all up to it. Append-only."""

    __tablename__ = "record_links"

    council: Mapped[str] = mapped_column(sa.String(40), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    event_id: Mapped[str] = mapped_column(sa.ForeignKey("timeline_events.id"), unique=True)
    hash: Mapped[str] = mapped_column(sa.String(64))


INSERT = sa.insert(Base.metadata.tables[RecordLinkRow.__tablename__])


def note(session: Session, line: Any) -> None:
    """Have this row, a line that was just added to the session, linked when the session commits."""
    session.info.setdefault(NOTED, []).append(line)


@sa.event.listens_for(Session, "before_commit")
def link(session: Session) -> None:
    """Link the noted lines, in the order in which they were written. A savepoint is no commit yet."""
    if session.in_nested_transaction() or NOTED not in session.info:
        return
    session.flush()  # all that is not about links, while nobody waits for us
    # Lines of a savepoint that was rolled back are no rows of the database.
    lines = [line for line in session.info.pop(NOTED) if sa.inspect(line).persistent]
    councils = sorted({line.council for line in lines})
    if not councils:
        return
    connection = session.connection()
    _wait_for_turn(connection, councils)
    asked = {f"council_{place}": council for place, council in enumerate(councils)}
    last = connection.execute(_last_of(len(councils)), asked)
    heads = {council: (number, hash_) for council, number, hash_ in last}
    links = []
    for line in lines:
        number, before = heads.get(line.council, (0, FIRST))
        number, hash_ = number + 1, line_hash(before, number + 1, held(line))
        heads[line.council] = number, hash_
        links.append({"council": line.council, "number": number, "event_id": line.id, "hash": hash_})
    connection.execute(INSERT, links)


def held(line: Any) -> dict[str, Any]:
    """All that a row holds, by column."""
    return {column.key: getattr(line, column.key) for column in sa.inspect(line).mapper.column_attrs}


def heads(session: Session) -> list[tuple[str, int, str]]:
    """The last link of each council, by its slug: council, number and hash."""
    furthest = sa.select(RecordLinkRow.council, sa.func.max(RecordLinkRow.number)).group_by(
        RecordLinkRow.council
    )
    found = sa.select(RecordLinkRow.council, RecordLinkRow.number, RecordLinkRow.hash).where(
        sa.tuple_(RecordLinkRow.council, RecordLinkRow.number).in_(furthest)
    )
    rows = session.execute(found.order_by(RecordLinkRow.council))
    return [(council, number, hash_) for council, number, hash_ in rows]


def _wait_for_turn(connection: sa.Connection, councils: list[str]) -> None:
    """Let nobody else link lines of these councils until we have committed.

    A statement of its own: one that also read the last links would read what was there before it waited. All wait
    in the same order, so that no two wait for each other. SQLite lets one write at a time anyway.
    """
    if connection.dialect.name == "postgresql":
        connection.execute(LOCK, {"keys": [_key(each) for each in councils]})


def _key(council: str) -> int:
    """The number of the lock of one council's record."""
    return int.from_bytes(hashlib.sha256(f"record of {council}".encode()).digest()[:8], signed=True)


@cache
def _last_of(number: int) -> sa.CompoundSelect[str, int, str]:
    """What asks for the last link of so many councils, each found by one look into the index."""
    return sa.union_all(*(_last(f"council_{place}") for place in range(number)))


def _last(named: str) -> sa.Select[str, int, str]:
    council = sa.bindparam(named, type_=sa.String)
    furthest = sa.select(sa.func.max(RecordLinkRow.number)).where(RecordLinkRow.council == council)
    return sa.select(RecordLinkRow.council, RecordLinkRow.number, RecordLinkRow.hash).where(
        RecordLinkRow.council == council, RecordLinkRow.number == furthest.scalar_subquery()
    )
