"""Files: which question each answers, what it is called, and whether it has been scanned.

Until now there were photos alone, of one question, which nothing scanned: the rows that are there say so.
"""

from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa
from alembic import op

revision: str = "0002"
down_revision: str | None = "0001"
branch_labels: Sequence[str] | None = None
depends_on: Sequence[str] | None = None

MOMENT = sa.DateTime(timezone=True)
# What the rows that are there get; a new row says each of these itself.
FOR_OLD_ROWS: dict[str, Any] = {
    "question": "photos",
    "name": "",
    "thumbnail": sa.false(),
    "scan": "unscanned",
}


def upgrade() -> None:
    """Add the columns, and take the defaults away again that only served the rows already there."""
    with op.batch_alter_table("files") as files:
        files.alter_column("media_type", type_=sa.String(100), existing_nullable=False)
        files.add_column(_filled("question", sa.String(60)))
        files.add_column(_filled("name", sa.String(120)))
        files.add_column(_filled("thumbnail", sa.Boolean()))
        files.add_column(_filled("scan", sa.String(12)))
        files.add_column(sa.Column("scan_at", MOMENT, nullable=True))
    with op.batch_alter_table("files") as files:
        for name in FOR_OLD_ROWS:
            files.alter_column(name, server_default=None)
        files.create_index(op.f("ix_files_scan_at"), ["scan_at"])


def downgrade() -> None:
    """Take the columns away. `media_type` stays as wide as it is: there may be documents by now."""
    with op.batch_alter_table("files") as files:
        files.drop_index(op.f("ix_files_scan_at"))
        for name in ("question", "name", "thumbnail", "scan", "scan_at"):
            files.drop_column(name)


def _filled(name: str, kind: Any) -> sa.Column[Any]:
    return sa.Column(name, kind, nullable=False, server_default=FOR_OLD_ROWS[name])
