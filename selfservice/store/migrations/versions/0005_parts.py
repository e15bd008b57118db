"""Submissions in parts: more than one back office, and more than one council."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

from selfservice.store.base import Json

revision: str = "0005"
down_revision: str | None = "0004"
branch_labels: Sequence[str] | None = None
depends_on: Sequence[str] | None = None

CASES = sa.text("kind = 'case'")
# What was in order by connector alone before there were parts, is so again.
IN_ORDER = """
    UPDATE deliveries SET position = (
        SELECT count(*) FROM deliveries AS earlier
        WHERE earlier.submission_id = deliveries.submission_id AND earlier.connector = deliveries.connector
        AND earlier.kind = 'case' AND earlier.id < deliveries.id
    ) WHERE kind = 'case'
"""


def upgrade() -> None:
    """Name the parts, count them, and order only what belongs to one case."""
    op.add_column("deliveries", sa.Column("title", sa.String(200), nullable=False, server_default=""))
    op.add_column("deliveries", sa.Column("withheld", Json, nullable=False, server_default="[]"))
    # Until now every submission went to one back office.
    op.add_column("submissions", sa.Column("parts", sa.Integer(), nullable=False, server_default="1"))
    op.drop_index("uq_deliveries_part", "deliveries")
    _index("submission_id", "council", "connector", "service_code", "position")


def downgrade() -> None:
    """Take it back: parts of one connector wait for one another again."""
    op.drop_index("uq_deliveries_part", "deliveries")
    op.execute(IN_ORDER)
    _index("submission_id", "connector", "position")
    op.drop_column("submissions", "parts")
    op.drop_column("deliveries", "withheld")
    op.drop_column("deliveries", "title")


def _index(*columns: str) -> None:
    op.create_index(
        "uq_deliveries_part", "deliveries", list(columns), unique=True,
        postgresql_where=CASES, sqlite_where=CASES,
    )  # fmt: skip
