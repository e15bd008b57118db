"""Drafts that can be come back to: the link, the tries at its code, and messages that are about no submission."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

from selfservice.store.base import Moment
from selfservice.store.migrations.rebuilding import rebuild

revision: str = "0003"
down_revision: str | None = "0002"
branch_labels: Sequence[str] | None = None
depends_on: Sequence[str] | None = None

NEEDED, FREE = "submission_id VARCHAR(36) NOT NULL", "submission_id VARCHAR(36)"
ABOUT_SOMETHING = "(submission_id IS NULL) <> (return_link_id IS NULL)"
CASES_HAVE_ONE = "submission_id IS NOT NULL OR kind = 'notification'"
# The same for SQLite, as it stands in a table's own definition.
COLUMN = "return_link_id VARCHAR(36)"
OF_NOTIFICATIONS = (
    "CONSTRAINT fk_notifications_return_link_id FOREIGN KEY(return_link_id) REFERENCES return_links (id),"
    f" CONSTRAINT ck_notifications_about_one_thing CHECK ({ABOUT_SOMETHING})"
)
OF_DELIVERIES = f"CONSTRAINT ck_deliveries_cases_have_a_submission CHECK ({CASES_HAVE_ONE})"


def upgrade() -> None:
    """Make the table of links; let messages and their deliveries be about a draft."""
    op.add_column("drafts", sa.Column("form_version", sa.String(64), nullable=True))
    op.create_table(
        "return_links",
        sa.Column("id", sa.String(36), nullable=False),
        sa.Column("council", sa.String(40), nullable=False),
        sa.Column("draft_id", sa.String(36), nullable=False),
        sa.Column("medium", sa.String(10), nullable=False),
        sa.Column("recipient", sa.String(320), nullable=False),
        sa.Column("token_hash", sa.String(64), nullable=False),
        sa.Column("state", sa.String(12), nullable=False),
        sa.Column("wrong_tries", sa.Integer(), nullable=False),
        sa.Column("one_time_id", sa.String(36), nullable=True),
        sa.Column("one_time_until", Moment(), nullable=True),
        sa.Column("code_of", sa.String(36), nullable=False),
        sa.Column("left_by", sa.String(64), nullable=True),
        sa.Column("made_at", Moment(), nullable=False),
        sa.Column("ending_told_at", Moment(), nullable=True),
        sa.CheckConstraint(
            "state IN ('good', 'locked', 'superseded')", name=op.f("ck_return_links_state_known")
        ),
        sa.CheckConstraint("wrong_tries >= 0", name=op.f("ck_return_links_tries_count_up")),
        sa.ForeignKeyConstraint(
            ["draft_id"], ["drafts.id"], name=op.f("fk_return_links_draft_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_return_links")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_return_links_token_hash")),
    )
    op.create_index(op.f("ix_return_links_draft_id"), "return_links", ["draft_id"], unique=False)
    if op.get_bind().dialect.name == "postgresql":
        _upgrade_postgresql()
    else:
        rebuild("notifications", COLUMN, OF_NOTIFICATIONS, (NEEDED, FREE))
        rebuild("deliveries", "", OF_DELIVERIES, (NEEDED, FREE))
    op.create_index(op.f("ix_notifications_return_link_id"), "notifications", ["return_link_id"])


def _upgrade_postgresql() -> None:
    op.alter_column("notifications", "submission_id", nullable=True)
    op.add_column("notifications", sa.Column("return_link_id", sa.String(36), nullable=True))
    op.create_foreign_key(
        op.f("fk_notifications_return_link_id"), "notifications", "return_links", ["return_link_id"], ["id"]
    )
    op.create_check_constraint(op.f("ck_notifications_about_one_thing"), "notifications", ABOUT_SOMETHING)
    op.alter_column("deliveries", "submission_id", nullable=True)
    op.create_check_constraint(op.f("ck_deliveries_cases_have_a_submission"), "deliveries", CASES_HAVE_ONE)


def downgrade() -> None:
    """Take it back: the links and their messages go, sent or not."""
    op.execute(
        "DELETE FROM delivery_attempts WHERE delivery_id IN (SELECT id FROM deliveries WHERE submission_id IS NULL)"
    )
    op.execute("DELETE FROM deliveries WHERE submission_id IS NULL")
    op.execute("DELETE FROM notifications WHERE submission_id IS NULL")
    op.drop_index(op.f("ix_notifications_return_link_id"), "notifications")
    if op.get_bind().dialect.name == "postgresql":
        op.drop_constraint(op.f("ck_notifications_about_one_thing"), "notifications")
        op.drop_constraint(op.f("ck_deliveries_cases_have_a_submission"), "deliveries")
        op.drop_column("notifications", "return_link_id")
        op.alter_column("notifications", "submission_id", nullable=False)
        op.alter_column("deliveries", "submission_id", nullable=False)
    else:
        taken = ((f", {COLUMN}", ""), (f", {OF_NOTIFICATIONS}", ""), (FREE, NEEDED))
        rebuild("notifications", "", "", *taken)
        rebuild("deliveries", "", "", (f", {OF_DELIVERIES}", ""), (FREE, NEEDED))
    op.drop_table("return_links")
    op.drop_column("drafts", "form_version")
