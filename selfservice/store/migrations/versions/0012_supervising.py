"""Supervising: the lines of a council by their moments, those of one member of staff, and the last checks."""

from collections.abc import Sequence
from pathlib import Path

import sqlalchemy as sa
from alembic import op

revision: str = "0012"
down_revision: str | None = max(
    number for each in Path(__file__).parent.glob("00??_*.py") if (number := each.name[:4]) < revision
)
branch_labels: Sequence[str] | None = None
depends_on: Sequence[str] | None = None

CHECKS = sa.text("what = 'record_verified'")
BY_COUNCIL = "ix_timeline_events_council_timeline_events_at"
BY_ACTOR = "ix_timeline_events_actor_id_timeline_events_at"
LAST_CHECKS = "ix_timeline_events_checks"


def upgrade() -> None:
    """Make the indexes."""
    op.create_index(op.f(BY_COUNCIL), "timeline_events", ["council", "at"])
    op.create_index(op.f(BY_ACTOR), "timeline_events", ["actor_id", "at"])
    op.create_index(
        op.f(LAST_CHECKS), "timeline_events", ["council", "at"], postgresql_where=CHECKS, sqlite_where=CHECKS
    )


def downgrade() -> None:
    """Drop them."""
    for name in (LAST_CHECKS, BY_ACTOR, BY_COUNCIL):
        op.drop_index(op.f(name), "timeline_events")
