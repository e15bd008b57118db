"""People: customers and their accounts, staff and their roles, contacts, acting, hand-overs and messages."""

from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa
from alembic import op

from selfservice.store.base import Json, Moment
from selfservice.store.migrations.rebuilding import rebuild

revision: str = "0007"
down_revision: str | None = "0006"
branch_labels: Sequence[str] | None = None
depends_on: Sequence[str] | None = None

BEFORE = "(submission_id IS NULL) <> (return_link_id IS NULL)"
ABOUT = ("submission_id", "return_link_id", "challenge_id", "handover_id", "customer_id", "staff_id")
SINCE = " + ".join(f"CASE WHEN {each} IS NULL THEN 0 ELSE 1 END" for each in ABOUT) + " = 1"
NEW_ABOUT = ABOUT[2:]
IN_NOTIFICATIONS = ", ".join(f"{each} VARCHAR(36)" for each in NEW_ABOUT)


def upgrade() -> None:
    """Make the tables, and let messages be about other things than submissions and drafts."""
    if op.get_bind().dialect.name == "postgresql":
        op.execute("CREATE EXTENSION IF NOT EXISTS pg_trgm")  # trusted: the owner of a database may
    _staff()
    _customers()
    _interactions()
    _staff_roles()
    _accounts()
    _approvals()
    _customer_addresses()
    _customer_councils()
    _interaction_customers()
    _owned_submissions()
    _acting_sessions()
    _challenges()
    _identities()
    _passkeys()
    _recovery_codes()
    _sign_ins()
    _totps()
    _handovers()
    _messages()
    _notifications()
    _columns()


def downgrade() -> None:
    """Take it back: what is about people goes, with the messages about them, sent or not."""
    about = "submission_id IS NULL AND return_link_id IS NULL"
    gone = f"SELECT id FROM notifications WHERE {about}"  # noqa: S608 - our own names
    op.execute(
        "DELETE FROM delivery_attempts WHERE delivery_id IN"  # noqa: S608 - our own names
        f" (SELECT id FROM deliveries WHERE notification_id IN ({gone}))"
    )
    op.execute(f"DELETE FROM deliveries WHERE notification_id IN ({gone})")  # noqa: S608 - our own names
    op.execute(f"DELETE FROM notifications WHERE {about}")  # noqa: S608 - our own names
    for each in ("challenge_id", "handover_id", "customer_id"):
        op.drop_index(op.f(f"ix_notifications_{each}"), "notifications")
    if op.get_bind().dialect.name == "postgresql":
        op.drop_constraint(op.f("ck_notifications_about_one_thing"), "notifications")
        for each in NEW_ABOUT:
            op.drop_column("notifications", each)
        op.create_check_constraint(op.f("ck_notifications_about_one_thing"), "notifications", BEFORE)
    else:
        rebuild("notifications", "", "", (SINCE, BEFORE), (f", {IN_NOTIFICATIONS}", ""))
    op.drop_index(op.f("ix_deliveries_message_id"), "deliveries")
    op.drop_index(op.f("ix_submissions_acting_session_id"), "submissions")
    for table, columns in _new_columns().items():
        for column in columns:
            op.drop_column(table, column.name)
    for table in TABLES:
        op.drop_table(table)


TABLES = (
    "messages",
    "handovers",
    "totps",
    "sign_ins",
    "recovery_codes",
    "passkeys",
    "identities",
    "challenges",
    "acting_sessions",
    "owned_submissions",
    "interaction_customers",
    "customer_councils",
    "customer_addresses",
    "approvals",
    "accounts",
    "staff_roles",
    "interactions",
    "customers",
    "staff",
)


def _new_columns() -> dict[str, tuple[sa.Column[Any], ...]]:
    return {
        "drafts": (
            sa.Column("helped_via", sa.String(36), nullable=True),
            sa.Column("prefilled", Json, nullable=False, server_default="{}"),
        ),
        "submissions": (
            sa.Column("customer_id", sa.String(36), nullable=True),
            sa.Column("acting_session_id", sa.String(36), nullable=True),
            sa.Column("helper_id", sa.String(36), nullable=True),
            sa.Column("helper_name", sa.String(200), nullable=True),
            sa.Column("helper_channel", sa.String(20), nullable=True),
            sa.Column("verification", sa.Integer(), nullable=True),
        ),
        "deliveries": (sa.Column("message_id", sa.String(36), nullable=True),),
    }


def _columns() -> None:
    for table, columns in _new_columns().items():
        for column in columns:
            op.add_column(table, column)
    op.create_index(op.f("ix_deliveries_message_id"), "deliveries", ["message_id"])
    op.create_index(op.f("ix_submissions_acting_session_id"), "submissions", ["acting_session_id"])


def _notifications() -> None:
    if op.get_bind().dialect.name == "postgresql":
        op.drop_constraint(op.f("ck_notifications_about_one_thing"), "notifications")
        for each in NEW_ABOUT:
            op.add_column("notifications", sa.Column(each, sa.String(36), nullable=True))
        op.create_check_constraint(op.f("ck_notifications_about_one_thing"), "notifications", SINCE)
    else:
        rebuild("notifications", IN_NOTIFICATIONS, "", (BEFORE, SINCE))
    for each in ("challenge_id", "handover_id", "customer_id"):
        op.create_index(op.f(f"ix_notifications_{each}"), "notifications", [each])


def _staff() -> None:
    op.create_table(
        "staff",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("email", sa.String(length=320), nullable=False),
        sa.Column("password_hash", sa.String(length=200), nullable=True),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("wrong_tries", sa.Integer(), server_default="0", nullable=False),
        sa.Column("locked_until", Moment(), nullable=True),
        sa.Column("created_at", Moment(), nullable=False),
        sa.Column("disabled_at", Moment(), nullable=True),
        sa.CheckConstraint("state IN ('invited', 'active', 'disabled')", name=op.f("ck_staff_state_known")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_staff")),
        sa.UniqueConstraint("email", name=op.f("uq_staff_email")),
    )


def _customers() -> None:
    op.create_table(
        "customers",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("name_key", sa.String(length=200), nullable=False),
        sa.Column("email", sa.String(length=320), nullable=True),
        sa.Column("phone", sa.String(length=20), nullable=True),
        sa.Column("other_phone", sa.String(length=20), nullable=True),
        sa.Column("date_of_birth", sa.Date(), nullable=True),
        sa.Column("postcode", sa.String(length=8), nullable=True),
        sa.Column("uprn", sa.String(length=12), nullable=True),
        sa.Column("preferred", sa.String(length=10), server_default="email", nullable=False),
        sa.Column("language", sa.String(length=10), server_default="en", nullable=False),
        sa.Column("needs", Json, server_default="[]", nullable=False),
        sa.Column("needs_words", sa.Text(), server_default="", nullable=False),
        sa.Column("household", Json, server_default="[]", nullable=False),
        sa.Column("restricted", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("staff_id", sa.String(length=36), nullable=True),
        sa.Column("verify_wrong", sa.Integer(), server_default="0", nullable=False),
        sa.Column("verify_locked_until", Moment(), nullable=True),
        sa.Column("created_by", sa.String(length=64), nullable=False),
        sa.Column("created_at", Moment(), nullable=False),
        sa.Column("changed_at", Moment(), nullable=False),
        sa.Column("forgotten_at", Moment(), nullable=True),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name=op.f("fk_customers_staff_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_customers")),
        sa.UniqueConstraint("staff_id", name=op.f("uq_customers_staff_id")),
    )
    op.create_index(op.f("ix_customers_email"), "customers", ["email"], unique=False)
    op.create_index(
        "ix_customers_name_trigrams",
        "customers",
        ["name_key"],
        unique=False,
        postgresql_using="gin",
        postgresql_ops={"name_key": "gin_trgm_ops"},
    )
    op.create_index(op.f("ix_customers_other_phone"), "customers", ["other_phone"], unique=False)
    op.create_index(op.f("ix_customers_phone"), "customers", ["phone"], unique=False)
    op.create_index(op.f("ix_customers_postcode"), "customers", ["postcode"], unique=False)
    op.create_index(op.f("ix_customers_uprn"), "customers", ["uprn"], unique=False)


def _interactions() -> None:
    op.create_table(
        "interactions",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("staff_id", sa.String(length=36), nullable=False),
        sa.Column("council", sa.String(length=40), nullable=False),
        sa.Column("channel", sa.String(length=20), nullable=False),
        sa.Column("service", sa.String(length=60), nullable=True),
        sa.Column("call_id", sa.String(length=100), server_default="", nullable=False),
        sa.Column("reference", sa.String(length=40), server_default="", nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("handed_to", sa.String(length=36), nullable=True),
        sa.Column("started_at", Moment(), nullable=False),
        sa.Column("active_since", Moment(), nullable=True),
        sa.Column("active_seconds", sa.Integer(), server_default="0", nullable=False),
        sa.Column("seen_at", Moment(), nullable=False),
        sa.Column("paused_why", sa.String(length=20), server_default="", nullable=False),
        sa.Column("ended_at", Moment(), nullable=True),
        sa.Column("outcome", sa.String(length=30), server_default="", nullable=False),
        sa.Column("note", sa.Text(), server_default="", nullable=False),
        sa.CheckConstraint(
            "(state = 'active') = (active_since IS NOT NULL)",
            name=op.f("ck_interactions_counts_while_active"),
        ),
        sa.CheckConstraint(
            "state IN ('active', 'paused', 'handed', 'ended')", name=op.f("ck_interactions_state_known")
        ),
        sa.ForeignKeyConstraint(["handed_to"], ["staff.id"], name=op.f("fk_interactions_handed_to")),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name=op.f("fk_interactions_staff_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_interactions")),
    )
    op.create_index(
        op.f("ix_interactions_council_interactions_started_at"),
        "interactions",
        ["council", "started_at"],
        unique=False,
    )
    op.create_index(op.f("ix_interactions_handed_to"), "interactions", ["handed_to"], unique=False)
    op.create_index(
        op.f("ix_interactions_staff_id_interactions_started_at"),
        "interactions",
        ["staff_id", "started_at"],
        unique=False,
    )
    op.create_index(
        op.f("ix_interactions_state_interactions_seen_at"), "interactions", ["state", "seen_at"], unique=False
    )
    op.create_index(
        "uq_interactions_one_active",
        "interactions",
        ["staff_id"],
        unique=True,
        postgresql_where=sa.text("state = 'active'"),
        sqlite_where=sa.text("state = 'active'"),
    )


def _staff_roles() -> None:
    op.create_table(
        "staff_roles",
        sa.Column("staff_id", sa.String(length=36), nullable=False),
        sa.Column("council", sa.String(length=40), nullable=False),
        sa.Column("role", sa.String(length=20), nullable=False),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name=op.f("fk_staff_roles_staff_id")),
        sa.PrimaryKeyConstraint("staff_id", "council", "role", name=op.f("pk_staff_roles")),
    )


def _accounts() -> None:
    op.create_table(
        "accounts",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("customer_id", sa.String(length=36), nullable=False),
        sa.Column("email", sa.String(length=320), nullable=True),
        sa.Column("phone", sa.String(length=20), nullable=True),
        sa.Column("password_hash", sa.String(length=200), nullable=True),
        sa.Column("wrong_tries", sa.Integer(), server_default="0", nullable=False),
        sa.Column("locked_until", Moment(), nullable=True),
        sa.Column("created_at", Moment(), nullable=False),
        sa.Column("signed_in_at", Moment(), nullable=True),
        sa.CheckConstraint("email IS NOT NULL OR phone IS NOT NULL", name=op.f("ck_accounts_reachable")),
        sa.ForeignKeyConstraint(["customer_id"], ["customers.id"], name=op.f("fk_accounts_customer_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_accounts")),
        sa.UniqueConstraint("customer_id", name=op.f("uq_accounts_customer_id")),
        sa.UniqueConstraint("email", name=op.f("uq_accounts_email")),
        sa.UniqueConstraint("phone", name=op.f("uq_accounts_phone")),
    )


def _approvals() -> None:
    op.create_table(
        "approvals",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("customer_id", sa.String(length=36), nullable=False),
        sa.Column("council", sa.String(length=40), nullable=False),
        sa.Column("asked_by", sa.String(length=36), nullable=False),
        sa.Column("interaction_id", sa.String(length=36), nullable=False),
        sa.Column("reason", sa.String(length=200), nullable=False),
        sa.Column("asked_at", Moment(), nullable=False),
        sa.Column("decided_by", sa.String(length=36), nullable=True),
        sa.Column("decided_at", Moment(), nullable=True),
        sa.Column("granted", sa.Boolean(), nullable=True),
        sa.Column("until", Moment(), nullable=True),
        sa.CheckConstraint(
            "decided_by IS NULL OR decided_by <> asked_by", name=op.f("ck_approvals_second_person")
        ),
        sa.ForeignKeyConstraint(["asked_by"], ["staff.id"], name=op.f("fk_approvals_asked_by")),
        sa.ForeignKeyConstraint(["customer_id"], ["customers.id"], name=op.f("fk_approvals_customer_id")),
        sa.ForeignKeyConstraint(["decided_by"], ["staff.id"], name=op.f("fk_approvals_decided_by")),
        sa.ForeignKeyConstraint(
            ["interaction_id"], ["interactions.id"], name=op.f("fk_approvals_interaction_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_approvals")),
    )
    op.create_index(op.f("ix_approvals_asked_by"), "approvals", ["asked_by"], unique=False)
    op.create_index(
        op.f("ix_approvals_council_approvals_decided_at"),
        "approvals",
        ["council", "decided_at"],
        unique=False,
    )


def _customer_addresses() -> None:
    op.create_table(
        "customer_addresses",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("customer_id", sa.String(length=36), nullable=False),
        sa.Column("words", sa.String(length=300), nullable=False),
        sa.Column("postcode", sa.String(length=8), nullable=False),
        sa.Column("uprn", sa.String(length=12), nullable=True),
        sa.Column("council", sa.String(length=40), nullable=True),
        sa.Column("answer", Json, nullable=False),
        sa.Column("current", sa.Boolean(), nullable=False),
        sa.Column("since", Moment(), nullable=False),
        sa.ForeignKeyConstraint(
            ["customer_id"],
            ["customers.id"],
            name=op.f("fk_customer_addresses_customer_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_customer_addresses")),
    )
    op.create_index(
        op.f("ix_customer_addresses_customer_id"), "customer_addresses", ["customer_id"], unique=False
    )
    op.create_index(op.f("ix_customer_addresses_uprn"), "customer_addresses", ["uprn"], unique=False)


def _customer_councils() -> None:
    op.create_table(
        "customer_councils",
        sa.Column("customer_id", sa.String(length=36), nullable=False),
        sa.Column("council", sa.String(length=40), nullable=False),
        sa.Column("since", Moment(), nullable=False),
        sa.ForeignKeyConstraint(
            ["customer_id"],
            ["customers.id"],
            name=op.f("fk_customer_councils_customer_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("customer_id", "council", name=op.f("pk_customer_councils")),
    )
    op.create_index(
        op.f("ix_customer_councils_council_customer_councils_customer_id"),
        "customer_councils",
        ["council", "customer_id"],
        unique=False,
    )


def _interaction_customers() -> None:
    op.create_table(
        "interaction_customers",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("interaction_id", sa.String(length=36), nullable=False),
        sa.Column("customer_id", sa.String(length=36), nullable=True),
        sa.Column("draft_id", sa.String(length=36), nullable=True),
        sa.Column("started_at", Moment(), nullable=False),
        sa.Column("ended_at", Moment(), nullable=True),
        sa.ForeignKeyConstraint(
            ["customer_id"], ["customers.id"], name=op.f("fk_interaction_customers_customer_id")
        ),
        sa.ForeignKeyConstraint(
            ["interaction_id"], ["interactions.id"], name=op.f("fk_interaction_customers_interaction_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_interaction_customers")),
    )
    op.create_index(
        op.f("ix_interaction_customers_customer_id"), "interaction_customers", ["customer_id"], unique=False
    )
    op.create_index(
        op.f("ix_interaction_customers_interaction_id"),
        "interaction_customers",
        ["interaction_id"],
        unique=False,
    )


def _owned_submissions() -> None:
    op.create_table(
        "owned_submissions",
        sa.Column("submission_id", sa.String(length=36), nullable=False),
        sa.Column("customer_id", sa.String(length=36), nullable=False),
        sa.Column("council", sa.String(length=40), nullable=False),
        sa.Column("how", sa.String(length=10), nullable=False),
        sa.Column("since", Moment(), nullable=False),
        sa.ForeignKeyConstraint(
            ["customer_id"], ["customers.id"], name=op.f("fk_owned_submissions_customer_id")
        ),
        sa.ForeignKeyConstraint(
            ["submission_id"], ["submissions.id"], name=op.f("fk_owned_submissions_submission_id")
        ),
        sa.PrimaryKeyConstraint("submission_id", name=op.f("pk_owned_submissions")),
    )
    op.create_index(
        op.f("ix_owned_submissions_customer_id_owned_submissions_since"),
        "owned_submissions",
        ["customer_id", "since"],
        unique=False,
    )


def _acting_sessions() -> None:
    op.create_table(
        "acting_sessions",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("staff_id", sa.String(length=36), nullable=False),
        sa.Column("staff_name", sa.String(length=200), nullable=False),
        sa.Column("interaction_id", sa.String(length=36), nullable=False),
        sa.Column("customer_id", sa.String(length=36), nullable=True),
        sa.Column("subject", sa.String(length=64), nullable=False),
        sa.Column("council", sa.String(length=40), nullable=False),
        sa.Column("channel", sa.String(length=20), nullable=False),
        sa.Column("reason", sa.String(length=30), nullable=False),
        sa.Column("service", sa.String(length=60), nullable=True),
        sa.Column("verification", sa.Integer(), nullable=False),
        sa.Column("verified_by", Json, nullable=False),
        sa.Column("consent", sa.String(length=30), server_default="", nullable=False),
        sa.Column("approval_id", sa.String(length=36), nullable=True),
        sa.Column("started_at", Moment(), nullable=False),
        sa.Column("seen_at", Moment(), nullable=False),
        sa.Column("until", Moment(), nullable=False),
        sa.Column("ended_at", Moment(), nullable=True),
        sa.Column("ended_why", sa.String(length=20), server_default="", nullable=False),
        sa.ForeignKeyConstraint(
            ["approval_id"], ["approvals.id"], name=op.f("fk_acting_sessions_approval_id")
        ),
        sa.ForeignKeyConstraint(
            ["customer_id"], ["customers.id"], name=op.f("fk_acting_sessions_customer_id")
        ),
        sa.ForeignKeyConstraint(
            ["interaction_id"], ["interactions.id"], name=op.f("fk_acting_sessions_interaction_id")
        ),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name=op.f("fk_acting_sessions_staff_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_acting_sessions")),
    )
    op.create_index(
        op.f("ix_acting_sessions_council_acting_sessions_started_at"),
        "acting_sessions",
        ["council", "started_at"],
        unique=False,
    )
    op.create_index(
        op.f("ix_acting_sessions_customer_id_acting_sessions_started_at"),
        "acting_sessions",
        ["customer_id", "started_at"],
        unique=False,
    )
    op.create_index(
        op.f("ix_acting_sessions_interaction_id"), "acting_sessions", ["interaction_id"], unique=False
    )
    op.create_index(
        "uq_acting_sessions_one_going",
        "acting_sessions",
        ["staff_id"],
        unique=True,
        postgresql_where=sa.text("ended_at IS NULL"),
        sqlite_where=sa.text("ended_at IS NULL"),
    )


def _challenges() -> None:
    op.create_table(
        "challenges",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("purpose", sa.String(length=20), nullable=False),
        sa.Column("council", sa.String(length=40), nullable=False),
        sa.Column("account_id", sa.String(length=36), nullable=True),
        sa.Column("staff_id", sa.String(length=36), nullable=True),
        sa.Column("submission_id", sa.String(length=36), nullable=True),
        sa.Column("medium", sa.String(length=10), nullable=False),
        sa.Column("recipient", sa.String(length=320), nullable=False),
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("browser", sa.String(length=64), nullable=False),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("wrong_tries", sa.Integer(), server_default="0", nullable=False),
        sa.Column("detail", Json, nullable=False),
        sa.Column("made_at", Moment(), nullable=False),
        sa.Column("until", Moment(), nullable=False),
        sa.CheckConstraint(
            "state IN ('good', 'used', 'locked', 'superseded')", name=op.f("ck_challenges_state_known")
        ),
        sa.ForeignKeyConstraint(
            ["account_id"], ["accounts.id"], name=op.f("fk_challenges_account_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name=op.f("fk_challenges_staff_id")),
        sa.ForeignKeyConstraint(
            ["submission_id"], ["submissions.id"], name=op.f("fk_challenges_submission_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_challenges")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_challenges_token_hash")),
    )
    op.create_index(op.f("ix_challenges_account_id"), "challenges", ["account_id"], unique=False)
    op.create_index(op.f("ix_challenges_recipient"), "challenges", ["recipient"], unique=False)
    op.create_index(op.f("ix_challenges_until"), "challenges", ["until"], unique=False)


def _identities() -> None:
    op.create_table(
        "identities",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("account_id", sa.String(length=36), nullable=True),
        sa.Column("staff_id", sa.String(length=36), nullable=True),
        sa.Column("issuer", sa.String(length=300), nullable=False),
        sa.Column("subject", sa.String(length=255), nullable=False),
        sa.Column("label", sa.String(length=100), nullable=False),
        sa.Column("added_at", Moment(), nullable=False),
        sa.CheckConstraint(
            "(account_id IS NULL) <> (staff_id IS NULL)", name=op.f("ck_identities_one_owner")
        ),
        sa.ForeignKeyConstraint(
            ["account_id"], ["accounts.id"], name=op.f("fk_identities_account_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name=op.f("fk_identities_staff_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_identities")),
        sa.UniqueConstraint("issuer", "subject", name=op.f("uq_identities_issuer_subject")),
    )
    op.create_index(op.f("ix_identities_account_id"), "identities", ["account_id"], unique=False)
    op.create_index(op.f("ix_identities_staff_id"), "identities", ["staff_id"], unique=False)


def _passkeys() -> None:
    op.create_table(
        "passkeys",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("account_id", sa.String(length=36), nullable=True),
        sa.Column("staff_id", sa.String(length=36), nullable=True),
        sa.Column("credential_id", sa.String(length=1400), nullable=False),
        sa.Column("public_key", sa.Text(), nullable=False),
        sa.Column("sign_count", sa.BigInteger(), nullable=False),
        sa.Column("transports", Json, nullable=False),
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.Column("added_at", Moment(), nullable=False),
        sa.Column("used_at", Moment(), nullable=True),
        sa.CheckConstraint("(account_id IS NULL) <> (staff_id IS NULL)", name=op.f("ck_passkeys_one_owner")),
        sa.ForeignKeyConstraint(
            ["account_id"], ["accounts.id"], name=op.f("fk_passkeys_account_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name=op.f("fk_passkeys_staff_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_passkeys")),
        sa.UniqueConstraint("credential_id", name=op.f("uq_passkeys_credential_id")),
    )
    op.create_index(op.f("ix_passkeys_account_id"), "passkeys", ["account_id"], unique=False)
    op.create_index(op.f("ix_passkeys_staff_id"), "passkeys", ["staff_id"], unique=False)


def _recovery_codes() -> None:
    op.create_table(
        "recovery_codes",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("account_id", sa.String(length=36), nullable=True),
        sa.Column("staff_id", sa.String(length=36), nullable=True),
        sa.Column("code_hash", sa.String(length=64), nullable=False),
        sa.Column("made_at", Moment(), nullable=False),
        sa.Column("used_at", Moment(), nullable=True),
        sa.CheckConstraint(
            "(account_id IS NULL) <> (staff_id IS NULL)", name=op.f("ck_recovery_codes_one_owner")
        ),
        sa.ForeignKeyConstraint(
            ["account_id"], ["accounts.id"], name=op.f("fk_recovery_codes_account_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name=op.f("fk_recovery_codes_staff_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_recovery_codes")),
    )
    op.create_index(op.f("ix_recovery_codes_account_id"), "recovery_codes", ["account_id"], unique=False)
    op.create_index(op.f("ix_recovery_codes_staff_id"), "recovery_codes", ["staff_id"], unique=False)


def _sign_ins() -> None:
    op.create_table(
        "sign_ins",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("secret_hash", sa.String(length=64), nullable=False),
        sa.Column("account_id", sa.String(length=36), nullable=True),
        sa.Column("staff_id", sa.String(length=36), nullable=True),
        sa.Column("standing", sa.String(length=20), nullable=False),
        sa.Column("method", sa.String(length=20), nullable=False),
        sa.Column("browser", sa.String(length=100), nullable=False),
        sa.Column("started_at", Moment(), nullable=False),
        sa.Column("seen_at", Moment(), nullable=False),
        sa.Column("proved_at", Moment(), nullable=False),
        sa.Column("ended_at", Moment(), nullable=True),
        sa.Column("ended_why", sa.String(length=20), server_default="", nullable=False),
        sa.CheckConstraint("standing IN ('second_factor', 'whole')", name=op.f("ck_sign_ins_standing_known")),
        sa.CheckConstraint("(account_id IS NULL) <> (staff_id IS NULL)", name=op.f("ck_sign_ins_one_owner")),
        sa.ForeignKeyConstraint(
            ["account_id"], ["accounts.id"], name=op.f("fk_sign_ins_account_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name=op.f("fk_sign_ins_staff_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sign_ins")),
        sa.UniqueConstraint("secret_hash", name=op.f("uq_sign_ins_secret_hash")),
    )
    op.create_index(op.f("ix_sign_ins_account_id"), "sign_ins", ["account_id"], unique=False)
    op.create_index(op.f("ix_sign_ins_seen_at"), "sign_ins", ["seen_at"], unique=False)
    op.create_index(op.f("ix_sign_ins_staff_id"), "sign_ins", ["staff_id"], unique=False)


def _totps() -> None:
    op.create_table(
        "totps",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("account_id", sa.String(length=36), nullable=True),
        sa.Column("staff_id", sa.String(length=36), nullable=True),
        sa.Column("sealed", Json, nullable=False),
        sa.Column("last_step", sa.BigInteger(), nullable=True),
        sa.Column("added_at", Moment(), nullable=False),
        sa.Column("confirmed_at", Moment(), nullable=True),
        sa.CheckConstraint("(account_id IS NULL) <> (staff_id IS NULL)", name=op.f("ck_totps_one_owner")),
        sa.ForeignKeyConstraint(
            ["account_id"], ["accounts.id"], name=op.f("fk_totps_account_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name=op.f("fk_totps_staff_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_totps")),
        sa.UniqueConstraint("account_id", name=op.f("uq_totps_account_id")),
        sa.UniqueConstraint("staff_id", name=op.f("uq_totps_staff_id")),
    )


def _handovers() -> None:
    op.create_table(
        "handovers",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("council", sa.String(length=40), nullable=False),
        sa.Column("draft_id", sa.String(length=36), nullable=False),
        sa.Column("direction", sa.String(length=12), nullable=False),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("code_hash", sa.String(length=64), nullable=True),
        sa.Column("token_hash", sa.String(length=64), nullable=True),
        sa.Column("medium", sa.String(length=10), nullable=True),
        sa.Column("recipient", sa.String(length=320), nullable=True),
        sa.Column("wrong_tries", sa.Integer(), server_default="0", nullable=False),
        sa.Column("held_by", sa.String(length=64), nullable=False),
        sa.Column("taken_by", sa.String(length=64), nullable=True),
        sa.Column("customer_id", sa.String(length=36), nullable=True),
        sa.Column("acting_session_id", sa.String(length=36), nullable=True),
        sa.Column("ask", sa.String(length=200), server_default="", nullable=False),
        sa.Column("made_at", Moment(), nullable=False),
        sa.Column("until", Moment(), nullable=False),
        sa.Column("consented_at", Moment(), nullable=True),
        sa.Column("taken_at", Moment(), nullable=True),
        sa.Column("over_at", Moment(), nullable=True),
        sa.CheckConstraint(
            "direction IN ('to_agent', 'to_customer')", name=op.f("ck_handovers_direction_known")
        ),
        sa.CheckConstraint(
            "state IN ('offered', 'taken', 'over', 'locked', 'superseded')",
            name=op.f("ck_handovers_state_known"),
        ),
        sa.ForeignKeyConstraint(
            ["acting_session_id"], ["acting_sessions.id"], name=op.f("fk_handovers_acting_session_id")
        ),
        sa.ForeignKeyConstraint(["customer_id"], ["customers.id"], name=op.f("fk_handovers_customer_id")),
        sa.ForeignKeyConstraint(
            ["draft_id"], ["drafts.id"], name=op.f("fk_handovers_draft_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_handovers")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_handovers_token_hash")),
    )
    op.create_index(op.f("ix_handovers_draft_id"), "handovers", ["draft_id"], unique=False)
    op.create_index(
        "uq_handovers_code",
        "handovers",
        ["code_hash"],
        unique=True,
        postgresql_where=sa.text("state = 'offered'"),
        sqlite_where=sa.text("state = 'offered'"),
    )
    op.create_index(
        "uq_handovers_one_open",
        "handovers",
        ["draft_id"],
        unique=True,
        postgresql_where=sa.text("state IN ('offered', 'taken')"),
        sqlite_where=sa.text("state IN ('offered', 'taken')"),
    )


def _messages() -> None:
    op.create_table(
        "messages",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("council", sa.String(length=40), nullable=False),
        sa.Column("submission_id", sa.String(length=36), nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("written_by", sa.String(length=10), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("file_ids", Json, nullable=False),
        sa.Column("actor_kind", sa.String(length=20), nullable=False),
        sa.Column("actor_id", sa.String(length=64), nullable=False),
        sa.Column("on_behalf_of", sa.String(length=64), nullable=True),
        sa.Column("acting_session_id", sa.String(length=36), nullable=True),
        sa.Column("one_time_key", sa.String(length=36), nullable=False),
        sa.Column("at", Moment(), nullable=False),
        sa.CheckConstraint("kind IN ('message', 'files', 'dispute')", name=op.f("ck_messages_kind_known")),
        sa.CheckConstraint("written_by IN ('customer', 'council')", name=op.f("ck_messages_writer_known")),
        sa.ForeignKeyConstraint(
            ["acting_session_id"], ["acting_sessions.id"], name=op.f("fk_messages_acting_session_id")
        ),
        sa.ForeignKeyConstraint(
            ["submission_id"], ["submissions.id"], name=op.f("fk_messages_submission_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_messages")),
        sa.UniqueConstraint("one_time_key", name=op.f("uq_messages_one_time_key")),
    )
    op.create_index(
        op.f("ix_messages_submission_id_messages_at"), "messages", ["submission_id", "at"], unique=False
    )
