"""The first shape of the tables, and the guards that no program can step over.

The guards are triggers: one refuses every change of a delivery's state that is not among `ARROWS`, others
every change or removal of what is append-only. They are written out here, and not taken from the program,
because a step that was released never changes; a test holds that they agree with the program.
"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from selfservice.store.base import Moment

revision: str = "0001"
down_revision: str | None = None
branch_labels: Sequence[str] | None = None
depends_on: Sequence[str] | None = None

JSON = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")
CASES = sa.text("kind = 'case'")

STATES = (
    *("pending", "claimed", "sending", "uncertain", "blocked"),
    *("delivered", "held", "dead", "resolved", "cancelled"),
)
# From each state of a delivery, the states that may follow.
ARROWS = {
    "pending": ("claimed",),
    "claimed": ("sending", "pending", "dead"),
    "sending": ("delivered", "pending", "blocked", "dead", "uncertain"),
    "uncertain": ("delivered", "pending", "held", "dead"),
    "blocked": ("pending",),
    "held": ("pending", "resolved", "cancelled"),
    "dead": ("pending", "resolved", "cancelled"),
}
APPEND_ONLY = ("submissions", "timeline_events")


def upgrade() -> None:
    """Make every table and its guards."""
    _breakers()
    _drafts()
    _limits()
    _submissions()
    _watermarks()
    _files()
    _notifications()
    _timeline_events()
    _deliveries()
    _cases()
    _delivery_attempts()
    _delivery_steps()
    _status_updates()
    if op.get_bind().dialect.name == "postgresql":
        _guards_of_postgresql()
    else:
        _guards_of_sqlite()


def _allowed() -> str:
    return " OR ".join(
        f"(OLD.state = '{before}' AND NEW.state IN ({', '.join(repr(state) for state in after)}))"
        for before, after in ARROWS.items()
    )


def _guards_of_postgresql() -> None:
    op.execute(
        f"""
        CREATE FUNCTION refuse_arrow() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            IF NOT ({_allowed()}) THEN
                RAISE EXCEPTION 'a delivery that is % cannot become %', OLD.state, NEW.state
                    USING ERRCODE = 'check_violation';
            END IF;
            RETURN NEW;
        END $$
        """
    )
    op.execute(
        "CREATE TRIGGER deliveries_arrows BEFORE UPDATE OF state ON deliveries FOR EACH ROW"
        " WHEN (OLD.state IS DISTINCT FROM NEW.state) EXECUTE FUNCTION refuse_arrow()"
    )
    op.execute(
        """
        CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'check_violation';
        END $$
        """
    )
    for table in APPEND_ONLY:
        op.execute(
            f"CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE ON {table}"
            " FOR EACH ROW EXECUTE FUNCTION refuse_change()"
        )


def _guards_of_sqlite() -> None:
    op.execute(
        "CREATE TRIGGER deliveries_arrows BEFORE UPDATE OF state ON deliveries FOR EACH ROW"
        f" WHEN OLD.state <> NEW.state AND NOT ({_allowed()})"
        " BEGIN SELECT RAISE(ABORT, 'a delivery in this state cannot become that'); END"
    )
    for table in APPEND_ONLY:
        for verb in ("UPDATE", "DELETE"):
            op.execute(
                f"CREATE TRIGGER {table}_no_{verb.lower()} BEFORE {verb} ON {table} FOR EACH ROW"
                f" BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
            )


def _breakers() -> None:
    op.create_table(
        "breakers",
        sa.Column("council", sa.String(length=40), nullable=False),
        sa.Column("connector", sa.String(length=60), nullable=False),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("opened", sa.Integer(), nullable=False),
        sa.Column("open_until", Moment(), nullable=True),
        sa.PrimaryKeyConstraint("council", "connector", name=op.f("pk_breakers")),
    )


def _drafts() -> None:
    op.create_table(
        "drafts",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("council", sa.String(length=40), nullable=False),
        sa.Column("service", sa.String(length=60), nullable=False),
        sa.Column("holder", sa.String(length=64), nullable=False),
        sa.Column("submission_key", sa.String(length=36), nullable=False),
        sa.Column("answers", JSON, nullable=False),
        sa.Column("mistyped", JSON, nullable=True),
        sa.Column("submission_id", sa.String(length=36), nullable=True),
        sa.Column("started_at", Moment(), nullable=False),
        sa.Column("changed_at", Moment(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_drafts")),
        sa.UniqueConstraint("submission_key", name=op.f("uq_drafts_submission_key")),
    )
    op.create_index(op.f("ix_drafts_changed_at"), "drafts", ["changed_at"], unique=False)
    op.create_index(op.f("ix_drafts_holder"), "drafts", ["holder"], unique=False)


def _limits() -> None:
    op.create_table(
        "limits",
        sa.Column("key", sa.String(length=64), nullable=False),
        sa.Column("window", Moment(), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("key", "window", name=op.f("pk_limits")),
    )


def _submissions() -> None:
    op.create_table(
        "submissions",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("council", sa.String(length=40), nullable=False),
        sa.Column("begun_at_council", sa.String(length=40), nullable=False),
        sa.Column("reference", sa.String(length=20), nullable=False),
        sa.Column("service", sa.String(length=60), nullable=False),
        sa.Column("service_title", sa.String(length=200), nullable=False),
        sa.Column("submission_key", sa.String(length=36), nullable=False),
        sa.Column("channel", sa.String(length=20), nullable=False),
        sa.Column("actor_kind", sa.String(length=20), nullable=False),
        sa.Column("actor_id", sa.String(length=64), nullable=False),
        sa.Column("on_behalf_of", sa.String(length=64), nullable=True),
        sa.Column("urgent", sa.Boolean(), nullable=False),
        sa.Column("answers", JSON, nullable=False),
        sa.Column("place", JSON, nullable=True),
        sa.Column("contact", JSON, nullable=False),
        sa.Column("file_ids", JSON, nullable=False),
        sa.Column("lookup_postcodes", JSON, nullable=False),
        sa.Column("acknowledge_by", Moment(), nullable=True),
        sa.Column("resolve_by", Moment(), nullable=True),
        sa.Column("submitted_at", Moment(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_submissions")),
        sa.UniqueConstraint("reference", name=op.f("uq_submissions_reference")),
        sa.UniqueConstraint("submission_key", name=op.f("uq_submissions_submission_key")),
    )
    op.create_index(
        op.f("ix_submissions_council_submissions_submitted_at"),
        "submissions",
        ["council", "submitted_at"],
        unique=False,
    )


def _watermarks() -> None:
    op.create_table(
        "watermarks",
        sa.Column("council", sa.String(length=40), nullable=False),
        sa.Column("connector", sa.String(length=60), nullable=False),
        sa.Column("read_to", Moment(), nullable=False),
        sa.PrimaryKeyConstraint("council", "connector", name=op.f("pk_watermarks")),
    )


def _files() -> None:
    op.create_table(
        "files",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("council", sa.String(length=40), nullable=False),
        sa.Column("draft_id", sa.String(length=36), nullable=False),
        sa.Column("media_type", sa.String(length=60), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("stored_at", Moment(), nullable=False),
        sa.ForeignKeyConstraint(
            ["draft_id"], ["drafts.id"], name=op.f("fk_files_draft_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_files")),
    )
    op.create_index(op.f("ix_files_draft_id"), "files", ["draft_id"], unique=False)


def _notifications() -> None:
    op.create_table(
        "notifications",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("council", sa.String(length=40), nullable=False),
        sa.Column("submission_id", sa.String(length=36), nullable=False),
        sa.Column("what", sa.String(length=40), nullable=False),
        sa.Column("medium", sa.String(length=10), nullable=False),
        sa.Column("recipient", sa.String(length=320), nullable=False),
        sa.Column("subject", sa.String(length=200), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("created_at", Moment(), nullable=False),
        sa.ForeignKeyConstraint(
            ["submission_id"], ["submissions.id"], name=op.f("fk_notifications_submission_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_notifications")),
    )
    op.create_index(op.f("ix_notifications_submission_id"), "notifications", ["submission_id"], unique=False)


def _timeline_events() -> None:
    op.create_table(
        "timeline_events",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("council", sa.String(length=40), nullable=False),
        sa.Column("submission_id", sa.String(length=36), nullable=False),
        sa.Column("what", sa.String(length=40), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("detail", JSON, nullable=False),
        sa.Column("actor_kind", sa.String(length=20), nullable=False),
        sa.Column("actor_id", sa.String(length=64), nullable=False),
        sa.Column("on_behalf_of", sa.String(length=64), nullable=True),
        sa.Column("channel", sa.String(length=20), nullable=False),
        sa.Column("at", Moment(), nullable=False),
        sa.ForeignKeyConstraint(
            ["submission_id"], ["submissions.id"], name=op.f("fk_timeline_events_submission_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_timeline_events")),
    )
    op.create_index(
        op.f("ix_timeline_events_submission_id_timeline_events_at"),
        "timeline_events",
        ["submission_id", "at"],
        unique=False,
    )


def _deliveries() -> None:
    op.create_table(
        "deliveries",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("council", sa.String(length=40), nullable=False),
        sa.Column("submission_id", sa.String(length=36), nullable=False),
        sa.Column("notification_id", sa.String(length=36), nullable=True),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("connector", sa.String(length=60), nullable=False),
        sa.Column("service_code", sa.String(length=60), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("attempt", sa.Integer(), nullable=False),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("faults", sa.Integer(), nullable=False),
        sa.Column("crashes", sa.Integer(), nullable=False),
        sa.Column("due_at", Moment(), nullable=False),
        sa.Column("settle_until", Moment(), nullable=True),
        sa.Column("rung_at", Moment(), nullable=True),
        sa.Column("token", sa.String(length=200), nullable=True),
        sa.Column("case_reference", sa.String(length=200), nullable=True),
        sa.Column("last_words", sa.Text(), nullable=False),
        sa.Column("created_at", Moment(), nullable=False),
        sa.Column("trying_since", Moment(), nullable=False),
        sa.Column("finished_at", Moment(), nullable=True),
        sa.CheckConstraint(
            "state <> 'delivered' OR kind <> 'case' OR case_reference IS NOT NULL",
            name=op.f("ck_deliveries_delivered_has_case"),
        ),
        sa.CheckConstraint(
            f"state IN ({', '.join(repr(state) for state in STATES)})",
            name=op.f("ck_deliveries_state_known"),
        ),
        sa.CheckConstraint("attempt >= 0", name=op.f("ck_deliveries_attempt_counts_up")),
        sa.ForeignKeyConstraint(
            ["notification_id"], ["notifications.id"], name=op.f("fk_deliveries_notification_id")
        ),
        sa.ForeignKeyConstraint(
            ["submission_id"], ["submissions.id"], name=op.f("fk_deliveries_submission_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_deliveries")),
        sa.UniqueConstraint("notification_id", name=op.f("uq_deliveries_notification_id")),
    )
    op.create_index(
        op.f("ix_deliveries_council_deliveries_connector_deliveries_state"),
        "deliveries",
        ["council", "connector", "state"],
        unique=False,
    )
    op.create_index(
        op.f("ix_deliveries_state_deliveries_due_at"), "deliveries", ["state", "due_at"], unique=False
    )
    op.create_index(op.f("ix_deliveries_submission_id"), "deliveries", ["submission_id"], unique=False)
    op.create_index(
        "uq_deliveries_part",
        "deliveries",
        ["submission_id", "connector", "position"],
        unique=True,
        postgresql_where=CASES,
        sqlite_where=CASES,
    )


def _cases() -> None:
    op.create_table(
        "cases",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("council", sa.String(length=40), nullable=False),
        sa.Column("connector", sa.String(length=60), nullable=False),
        sa.Column("submission_id", sa.String(length=36), nullable=False),
        sa.Column("delivery_id", sa.String(length=36), nullable=False),
        sa.Column("case_reference", sa.String(length=200), nullable=False),
        sa.Column("status", sa.String(length=30), nullable=False),
        sa.Column("status_at", Moment(), nullable=False),
        sa.Column("opened_at", Moment(), nullable=False),
        sa.ForeignKeyConstraint(["delivery_id"], ["deliveries.id"], name=op.f("fk_cases_delivery_id")),
        sa.ForeignKeyConstraint(["submission_id"], ["submissions.id"], name=op.f("fk_cases_submission_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_cases")),
        sa.UniqueConstraint("delivery_id", name=op.f("uq_cases_delivery_id")),
    )
    op.create_index(
        op.f("ix_cases_council_cases_connector_cases_case_reference"),
        "cases",
        ["council", "connector", "case_reference"],
        unique=False,
    )
    op.create_index(op.f("ix_cases_submission_id"), "cases", ["submission_id"], unique=False)


def _delivery_attempts() -> None:
    op.create_table(
        "delivery_attempts",
        sa.Column("delivery_id", sa.String(length=36), nullable=False),
        sa.Column("attempt", sa.Integer(), nullable=False),
        sa.Column("council", sa.String(length=40), nullable=False),
        sa.Column("worker", sa.String(length=80), nullable=False),
        sa.Column("claimed_at", Moment(), nullable=False),
        sa.Column("sending_at", Moment(), nullable=True),
        sa.Column("ended_at", Moment(), nullable=True),
        sa.Column("outcome", sa.String(length=40), nullable=True),
        sa.Column("words", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["delivery_id"], ["deliveries.id"], name=op.f("fk_delivery_attempts_delivery_id")
        ),
        sa.PrimaryKeyConstraint("delivery_id", "attempt", name=op.f("pk_delivery_attempts")),
    )


def _delivery_steps() -> None:
    op.create_table(
        "delivery_steps",
        sa.Column("delivery_id", sa.String(length=36), nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("council", sa.String(length=40), nullable=False),
        sa.Column("result", sa.Text(), nullable=False),
        sa.Column("finished_at", Moment(), nullable=False),
        sa.ForeignKeyConstraint(
            ["delivery_id"], ["deliveries.id"], name=op.f("fk_delivery_steps_delivery_id")
        ),
        sa.PrimaryKeyConstraint("delivery_id", "name", name=op.f("pk_delivery_steps")),
    )


def _status_updates() -> None:
    op.create_table(
        "status_updates",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("council", sa.String(length=40), nullable=False),
        sa.Column("connector", sa.String(length=60), nullable=False),
        sa.Column("event_id", sa.String(length=200), nullable=False),
        sa.Column("case_reference", sa.String(length=200), nullable=False),
        sa.Column("our_reference", sa.String(length=20), nullable=True),
        sa.Column("case_id", sa.String(length=36), nullable=True),
        sa.Column("status", sa.String(length=30), nullable=True),
        sa.Column("raw_status", sa.String(length=100), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("at", Moment(), nullable=False),
        sa.Column("seen_at", Moment(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_status_updates_case_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_status_updates")),
        sa.UniqueConstraint(
            "council", "connector", "event_id", name=op.f("uq_status_updates_council_connector_event_id")
        ),
    )
    op.create_index(
        op.f("ix_status_updates_case_id_status_updates_at"), "status_updates", ["case_id", "at"], unique=False
    )
