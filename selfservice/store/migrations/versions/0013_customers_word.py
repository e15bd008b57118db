"""The customer's word after sending: files that go with messages, and since when a case has been closed."""

from collections.abc import Sequence
from pathlib import Path

import sqlalchemy as sa
from alembic import op

from selfservice.store.base import Moment

revision: str = "0013"
down_revision: str | None = max(
    number for each in Path(__file__).parent.glob("00??_*.py") if (number := each.name[:4]) < revision
)
branch_labels: Sequence[str] | None = None
depends_on: Sequence[str] | None = None

CLOSED = "'resolved', 'no_further_action', 'duplicate', 'not_ours', 'cancelled'"
UPDATES = "(SELECT id FROM deliveries WHERE kind = 'update')"


def upgrade() -> None:
    """Add both columns. Of a case that is closed already, the back office's own moment is the best that is known."""
    op.add_column("cases", sa.Column("closed_at", Moment(), nullable=True))
    op.execute(f"UPDATE cases SET closed_at = status_at WHERE status IN ({CLOSED})")  # noqa: S608 - our own words
    op.add_column("files", sa.Column("message_key", sa.String(36), nullable=True))
    op.create_index(op.f("ix_files_message_key"), "files", ["message_key"])


def downgrade() -> None:
    """Take it back: what customers wrote stays, what would have taken it to back offices and its files go."""
    for table in ("delivery_attempts", "delivery_steps"):
        op.execute(f"DELETE FROM {table} WHERE delivery_id IN {UPDATES}")  # noqa: S608 - our own names
    op.execute("DELETE FROM deliveries WHERE kind = 'update'")
    op.execute("DELETE FROM files WHERE message_key IS NOT NULL")
    op.drop_index(op.f("ix_files_message_key"), "files")
    op.drop_column("files", "message_key")
    op.drop_column("cases", "closed_at")
