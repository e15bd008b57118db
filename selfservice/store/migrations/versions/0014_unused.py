"""Columns nobody uses: wrong passwords are counted by what was typed, not by account (operations/locking.py)."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

from selfservice.store.base import Moment

revision: str = "0014"
down_revision: str | None = "0013"
branch_labels: Sequence[str] | None = None
depends_on: Sequence[str] | None = None

TABLES = ("accounts", "staff")


def upgrade() -> None:
    """Drop them."""
    for table in TABLES:
        op.drop_column(table, "locked_until")
        op.drop_column(table, "wrong_tries")


def downgrade() -> None:
    """Have them again, empty as they were."""
    for table in TABLES:
        op.add_column(table, sa.Column("wrong_tries", sa.Integer(), nullable=False, server_default="0"))
        op.add_column(table, sa.Column("locked_until", Moment(), nullable=True))
