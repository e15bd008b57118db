"""Hand-overs: a draft may be offered onwards while the other side has it, and what is asked for stands in a list."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

from selfservice.store.base import Json

revision: str = "0010"
down_revision: str | None = "0007"
branch_labels: Sequence[str] | None = None
depends_on: Sequence[str] | None = None

BEFORE, SINCE = "uq_handovers_one_open", "uq_handovers_one_of_each"
OPEN = sa.text("state IN ('offered', 'taken')")


def upgrade() -> None:
    """Let one be on offer and one be taken, each once for a draft."""
    op.drop_index(op.f(BEFORE), "handovers")
    op.create_index(
        op.f(SINCE), "handovers", ["draft_id", "state"], unique=True,
        postgresql_where=OPEN, sqlite_where=OPEN,
    )  # fmt: skip
    op.add_column("handovers", sa.Column("asked", Json, nullable=False, server_default="[]"))
    op.create_index(op.f("ix_handovers_acting_session_id"), "handovers", ["acting_session_id"])


def downgrade() -> None:
    """Take it back: an offer made by whoever has the draft from another is no longer good."""
    op.drop_index(op.f("ix_handovers_acting_session_id"), "handovers")
    op.drop_column("handovers", "asked")
    op.drop_index(op.f(SINCE), "handovers")
    op.execute(
        "UPDATE handovers SET state = 'superseded' WHERE state = 'offered' AND draft_id IN"
        " (SELECT draft_id FROM handovers WHERE state = 'taken')"
    )
    op.create_index(
        op.f(BEFORE), "handovers", ["draft_id"], unique=True, postgresql_where=OPEN, sqlite_where=OPEN
    )
