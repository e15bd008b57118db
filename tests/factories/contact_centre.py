"""A contact centre for tests: contacts that were, by the columns that figures and supervisors look at."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlalchemy.orm import Session

from selfservice.store.base import new_id
from selfservice.store.interactions import ActingSessionRow, InteractionRow
from selfservice.store.submissions import SubmissionRow


@dataclass
class Was:
    """A contact that was: with whom, how, about what, when, and for how long. `customers` are ids."""

    agent: str
    at: datetime
    council: str = "boston"
    channel: str = "phone"
    service: str | None = "fly-tipping"
    reference: str = ""
    seconds: int = 60
    state: str = "ended"
    customers: Sequence[str | None] = ()
    id: str = field(default_factory=new_id)


def had(session: Session, *contacts: Was) -> None:
    """Put these contacts there, each with an acting session for each of its customers."""
    for each in contacts:
        row = InteractionRow(
            id=each.id, staff_id=each.agent, council=each.council, channel=each.channel,
            service=each.service, reference=each.reference, state=each.state, started_at=each.at,
            active_seconds=each.seconds, seen_at=each.at,
            active_since=each.at if each.state == "active" else None,
        )  # fmt: skip
        session.add(row)
    session.flush()
    for each in contacts:
        for place, customer in enumerate(each.customers):
            session.add(_helped(each, customer, each.at + timedelta(minutes=place)))
    session.flush()


def sent_something(
    session: Session, council: str, service: str, at: datetime, *, helper: str | None = None, number: int = 1
) -> None:
    """Put submissions there that nothing is known of but where, what and when, and who helped."""
    session.execute(
        sa.insert(SubmissionRow),
        [
            {
                "id": new_id(), "council": council, "begun_at_council": council, "reference": new_id()[-20:],
                "service": service, "service_title": service, "submission_key": new_id(), "channel": "web",
                "actor_kind": "resident", "actor_id": "somebody", "helper_id": helper, "answers": [],
                "place": None, "submitted_at": at,
            }
            for _ in range(number)
        ],
    )  # fmt: skip


def _helped(was: Was, customer: str | None, at: datetime) -> ActingSessionRow:
    id_ = new_id()
    return ActingSessionRow(
        id=id_, staff_id=was.agent, staff_name="An agent", interaction_id=was.id, customer_id=customer,
        subject=customer or id_, council=was.council, channel=was.channel, reason="progress",
        service=was.service, started_at=at, seen_at=at, until=at, ended_at=at,
    )  # fmt: skip
