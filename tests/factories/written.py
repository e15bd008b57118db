"""Submissions whose cases stand as a test wants them, and what customers write about them."""

from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from integrations.contract import Receipt
from selfservice.database import Database
from selfservice.domain.case import CaseStatus, StatusUpdate, UpdateKind
from selfservice.domain.council import Council
from selfservice.domain.delivery import Event, Timings
from selfservice.domain.people import Actor, ActorKind, Channel, Role, Verification
from selfservice.links import Links
from selfservice.operations import corresponding, delivering, tracking
from selfservice.operations.assisting import Verified
from selfservice.operations.corresponding import Sent, Written
from selfservice.operations.delivering import Outcome
from selfservice.store.base import new_id
from selfservice.store.customers import CustomerRow, OwnedSubmissionRow
from tests.factories.people import a_contact, a_member_of_staff, as_staff, help_customer
from tests.factories.submitted import BOSTON

T = Timings()
BACK_OFFICE = Actor(ActorKind.BACK_OFFICE, "street-scene", Channel.API)


def open_case(
    database: Database,
    links: Links,
    delivery_id: str,
    now: datetime,
    case: str = "C1",
    council: Council = BOSTON,
) -> None:
    """Have a delivery end as one that was accepted does."""
    with database.write() as session:
        held = delivering.claim(session, "test", now, T, delivery_id)
        assert held is not None
        marked = delivering.mark(session, held, now)
        assert marked is not None
        outcome = Outcome(Event.ACCEPTED, Receipt(case))
        assert delivering.record(session, marked, outcome, council, links, now, T, 0.5)


def tell(
    database: Database, links: Links, event: str, status: CaseStatus, at: datetime, now: datetime, words: str = "",
    *, case: str = "C1", council: Council = BOSTON, **more: Any,
) -> bool:  # fmt: skip
    """Have the back office tell something of a case; whether it was news."""
    update = StatusUpdate(event, case, status, str(status), at, words, **more)
    with database.write() as session:
        return tracking.record_update(session, BACK_OFFICE, council, "street-scene", update, now, links=links)


def own(
    session: Session, submission_id: str, customer_id: str, now: datetime, council: str = "boston"
) -> None:
    """Let a submission be a customer's."""
    session.add(
        OwnedSubmissionRow(
            submission_id=submission_id, customer_id=customer_id, council=council, how="sent", since=now
        )
    )
    session.flush()


def agent_of(
    session: Session, customer: CustomerRow, now: datetime, *, level: Verification = Verification.BASIC,
    council: str = "boston",
) -> Actor:  # fmt: skip
    """An agent of a council who helps this customer by phone, and is so sure of who they are."""
    roles = [(council, Role.AGENT)]
    email = f"priya.{new_id()}@example.org"
    member = a_member_of_staff(session, "Priya Example", now, email=email, roles=roles)
    a_contact(session, member.id, council, now, Channel.PHONE)
    going = help_customer(session, as_staff(member, roles), customer, now, Verified(level))
    return Actor(ActorKind.AGENT, member.id, Channel.PHONE, customer.id, frozenset([council]), going)


def write(
    session: Session, actor: Actor, submission_id: str, now: datetime, words: str = "More has been dumped",
    *, kind: UpdateKind = UpdateKind.MESSAGE, key: str | None = None, by_link: bool = True, takes: bool = True,
    parts: tuple[str, ...] = (),
) -> Sent:  # fmt: skip
    """Write something, by the signed link unless it says otherwise."""
    written = Written(kind, words, key or new_id(), parts)
    return corresponding.write(
        session, actor, submission_id, written, now, by_link=by_link, takes=lambda _council, _name: takes
    )
