"""How a customer was reached before an agent changed that: it is there that they are told of it."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

from selfservice.store.base import Json

revision: str = "0015"
down_revision: str | None = "0014"
branch_labels: Sequence[str] | None = None
depends_on: Sequence[str] | None = None


def upgrade() -> None:
    """None for every acting session so far."""
    op.add_column("acting_sessions", sa.Column("reached_by", Json, nullable=True))


def downgrade() -> None:
    """Forget it."""
    op.drop_column("acting_sessions", "reached_by")
