"""Hand-overs: a draft passed from a resident to an agent by a code, or from an agent to a resident by a link."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, Session, mapped_column

from selfservice.domain.handover import HandoverState
from selfservice.store.base import Base, new_id


class HandoverRow(Base):
    """One passing on of a draft. Neither its token nor its code is here: only what they are told by.

    `direction` is "to_agent" or "to_customer". `code_hash` is how the six figures are told among those that are
    open ("to_agent"), `token_hash` how the link's token is ("to_customer"). `held_by` is who had the draft when it
    was offered, `taken_by` who has it since: both as in `drafts.holder`. `acting_session_id` is the agent's, on
    either side. `consented_at` is when the resident agreed that an agent sees the draft. It is over when it is
    given back, used, or no longer good.
    """

    __tablename__ = "handovers"

    id: Mapped[str] = mapped_column(sa.String(36), primary_key=True, default=new_id)
    council: Mapped[str] = mapped_column(sa.String(40))
    draft_id: Mapped[str] = mapped_column(sa.ForeignKey("drafts.id", ondelete="CASCADE"))
    direction: Mapped[str] = mapped_column(sa.String(12))
    state: Mapped[str] = mapped_column(sa.String(12), default=HandoverState.OFFERED)
    code_hash: Mapped[str | None] = mapped_column(sa.String(64))
    token_hash: Mapped[str | None] = mapped_column(sa.String(64), unique=True)
    medium: Mapped[str | None] = mapped_column(sa.String(10))
    recipient: Mapped[str | None] = mapped_column(sa.String(320))
    wrong_tries: Mapped[int] = mapped_column(default=0, server_default="0")
    held_by: Mapped[str] = mapped_column(sa.String(64))
    taken_by: Mapped[str | None] = mapped_column(sa.String(64))
    customer_id: Mapped[str | None] = mapped_column(sa.ForeignKey("customers.id"))
    acting_session_id: Mapped[str | None] = mapped_column(sa.ForeignKey("acting_sessions.id"))
    ask: Mapped[str] = mapped_column(sa.String(200), default="", server_default="")
    made_at: Mapped[datetime]
    until: Mapped[datetime]
    consented_at: Mapped[datetime | None]
    taken_at: Mapped[datetime | None]
    over_at: Mapped[datetime | None]

    __table_args__ = (
        sa.CheckConstraint("direction IN ('to_agent', 'to_customer')", name="direction_known"),
        sa.CheckConstraint(
            "state IN ('offered', 'taken', 'over', 'locked', 'superseded')", name="state_known"
        ),
        # A draft is on offer, or with the other side, once at a time.
        sa.Index(
            "uq_handovers_one_open",
            "draft_id",
            unique=True,
            postgresql_where=sa.text("state IN ('offered', 'taken')"),
            sqlite_where=sa.text("state IN ('offered', 'taken')"),
        ),
        sa.Index(
            "uq_handovers_code",
            "code_hash",
            unique=True,
            postgresql_where=sa.text("state = 'offered'"),
            sqlite_where=sa.text("state = 'offered'"),
        ),
        sa.Index(None, "draft_id"),
    )


def open_of_draft(session: Session, draft_id: str, *, lock: bool = False) -> HandoverRow | None:
    """The hand-over of a draft that is on offer or taken."""
    found = sa.select(HandoverRow).where(
        HandoverRow.draft_id == draft_id,
        HandoverRow.state.in_([HandoverState.OFFERED, HandoverState.TAKEN]),
    )
    return session.scalar(found.with_for_update() if lock else found)
