"""The record: lines that are about no submission, and a link for each line, so that no change goes unnoticed.

Lines that are there already are linked as they stand. Lines that an older version of the program writes after this
step are linked by nobody: stop its processes first.
"""

from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa
from alembic import op

from selfservice.domain.record import FIRST, line_hash
from selfservice.store.base import Json, Moment
from selfservice.store.migrations.rebuilding import rebuild

revision: str = "0006"
down_revision: str | None = "0005"
branch_labels: Sequence[str] | None = None
depends_on: Sequence[str] | None = None

NEEDED, FREE = "submission_id VARCHAR(36) NOT NULL", "submission_id VARCHAR(36)"
ABOUT = ("customer_id", "draft_id", "interaction_id", "acting_session_id")
# The same for SQLite, as it stands in a table's own definition.
COLUMNS = ", ".join(f"{each} VARCHAR(36)" for each in ABOUT)
INDEXES = {
    "ix_timeline_events_customer_id_timeline_events_at": ["customer_id", "at"],
    "ix_timeline_events_interaction_id": ["interaction_id"],
    "ix_timeline_events_acting_session_id": ["acting_session_id"],
}
AT_ONCE = 1_000

LINES = sa.table(
    "timeline_events",
    *(
        sa.column(name, sa.String())
        for name in (
            *("id", "council", "submission_id", "what", "words"),
            *("actor_kind", "actor_id", "on_behalf_of", "channel"),
        )
    ),
    sa.column("detail", Json),
    sa.column("at", Moment()),
)
LINKS = sa.table("record_links", *(sa.column(name) for name in ("council", "number", "event_id", "hash")))


def upgrade() -> None:
    """Let lines be about other things than submissions; link every line that is there."""
    if op.get_bind().dialect.name == "postgresql":
        op.alter_column("timeline_events", "submission_id", nullable=True)
        for name in ABOUT:
            op.add_column("timeline_events", sa.Column(name, sa.String(36), nullable=True))
    else:
        rebuild("timeline_events", COLUMNS, "", (NEEDED, FREE))
    for index, columns in INDEXES.items():
        op.create_index(index, "timeline_events", columns)
    op.create_table(
        "record_links",
        sa.Column("council", sa.String(40), nullable=False),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("event_id", sa.String(36), nullable=False),
        sa.Column("hash", sa.String(64), nullable=False),
        sa.ForeignKeyConstraint(["event_id"], ["timeline_events.id"], name=op.f("fk_record_links_event_id")),
        sa.PrimaryKeyConstraint("council", "number", name=op.f("pk_record_links")),
        sa.UniqueConstraint("event_id", name=op.f("uq_record_links_event_id")),
    )
    _link_lines(op.get_bind())
    _guard_links()


def downgrade() -> None:
    """Take the links away, and the lines that are about no submission, for which there was no place before."""
    op.drop_table("record_links")
    _delete_lines_about_no_submission()
    for index in INDEXES:
        op.drop_index(index, "timeline_events")
    if op.get_bind().dialect.name == "postgresql":
        for name in ABOUT:
            op.drop_column("timeline_events", name)
        op.alter_column("timeline_events", "submission_id", nullable=False)
    else:
        rebuild("timeline_events", "", "", (f", {COLUMNS}", ""), (FREE, NEEDED))


def _link_lines(connection: sa.Connection) -> None:
    """Chain what is there, council by council, in the order in which it happened."""
    in_order = sa.select(LINES).order_by(LINES.c.council, LINES.c.at, LINES.c.id)
    heads: dict[str, tuple[int, str]] = {}
    lines = connection.execute(in_order, execution_options={"yield_per": AT_ONCE})
    for some in lines.mappings().partitions():
        connection.execute(sa.insert(LINKS), [_linked(line, heads) for line in some])


def _linked(line: Any, heads: dict[str, tuple[int, str]]) -> dict[str, Any]:
    council = line["council"]
    number, before = heads.get(council, (0, FIRST))
    heads[council] = number + 1, line_hash(before, number + 1, line)
    number, hash_ = heads[council]
    return {"council": council, "number": number, "event_id": line["id"], "hash": hash_}


def _guard_links() -> None:
    if op.get_bind().dialect.name == "postgresql":
        op.execute(
            "CREATE TRIGGER record_links_append_only BEFORE UPDATE OR DELETE ON record_links"
            " FOR EACH ROW EXECUTE FUNCTION refuse_change()"
        )
        return
    for verb in ("UPDATE", "DELETE"):
        op.execute(
            f"CREATE TRIGGER record_links_no_{verb.lower()} BEFORE {verb} ON record_links FOR EACH ROW"
            " BEGIN SELECT RAISE(ABORT, 'record_links is append-only'); END"
        )


def _delete_lines_about_no_submission() -> None:
    """With the guard off, which lets no line go."""
    delete = "DELETE FROM timeline_events WHERE submission_id IS NULL"
    if op.get_bind().dialect.name == "postgresql":
        op.execute("ALTER TABLE timeline_events DISABLE TRIGGER timeline_events_append_only")
        op.execute(delete)
        op.execute("ALTER TABLE timeline_events ENABLE TRIGGER timeline_events_append_only")
        return
    guard = "SELECT sql FROM sqlite_master WHERE type = 'trigger' AND name = 'timeline_events_no_delete'"
    kept = str(op.get_bind().scalar(sa.text(guard)))
    op.execute("DROP TRIGGER timeline_events_no_delete")
    op.execute(delete)
    op.execute(kept)
