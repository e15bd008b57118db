"""The keys under which sensitive answers are sealed."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

from selfservice.store.base import Moment

revision: str = "0004"
down_revision: str | None = "0003"
branch_labels: Sequence[str] | None = None
depends_on: Sequence[str] | None = None


def upgrade() -> None:
    """Add the table of wrapped data keys."""
    op.create_table(
        "data_keys",
        sa.Column("owner", sa.String(length=36), nullable=False),
        sa.Column("council", sa.String(length=40), nullable=False),
        sa.Column("key_id", sa.String(length=40), nullable=False),
        sa.Column("wrapped", sa.String(length=120), nullable=False),
        sa.Column("created_at", Moment(), nullable=False),
        sa.PrimaryKeyConstraint("owner", name=op.f("pk_data_keys")),
    )
    op.create_index(op.f("ix_data_keys_key_id"), "data_keys", ["key_id"], unique=False)


def downgrade() -> None:
    """Drop the table. Whatever was sealed can then never be opened again."""
    op.drop_table("data_keys")
