"""Customers with accounts, and the agents who help them, as operations are told who acts."""

from collections.abc import Collection
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from forms.kit.samples import HOUSE
from selfservice.domain.case import CaseStatus
from selfservice.domain.people import Actor, ActorKind, Channel, Role, Verification
from selfservice.domain.submission import Accepted
from selfservice.links import Links
from selfservice.operations import drafting, submitting
from selfservice.operations.assisting import Verified
from selfservice.store import deliveries
from selfservice.store.cases import CaseRow
from selfservice.store.customers import CustomerRow
from selfservice.store.staff import StaffRow
from tests.factories.people import (
    a_contact,
    a_customer,
    a_member_of_staff,
    an_account,
    as_staff,
    help_customer,
)
from tests.factories.submitted import BOSTON, SEALS, completed

MARY = "mary.smith@example.org"
# Another house, in another council.
OLD_LANE: dict[str, Any] = {
    **HOUSE,
    "uprn": "999100000012",
    "lines": ["12 Old Lane", "Louth"],
    "postcode": "LN11 9NS",
    "words": "12 Old Lane, Louth, LN11 9NS",
    "council": "east-lindsey",
}


def mary_smith(session: Session, now: datetime, **more: Any) -> CustomerRow:
    """A customer of Boston with an account, whom we can ring."""
    known = {"email": MARY, "phone": "+441632960001", "councils": ("boston",), **more}
    row = a_customer(session, "Mary Smith", now, **known)
    an_account(session, row, now, email=known["email"])
    return row


def as_customer(row: CustomerRow) -> Actor:
    """A customer who has signed in."""
    return Actor(ActorKind.RESIDENT, row.id, Channel.WEB, signed_in=True)


def an_agent(
    session: Session, now: datetime, *, councils: Collection[str] = ("boston",), name: str = "Priya Example"
) -> tuple[StaffRow, Actor]:
    """An agent of these councils with a contact by phone going on, and how they act in their own name."""
    roles = [(council, Role.AGENT) for council in councils]
    email = f"{name.split()[0].lower()}@example.org"
    member = a_member_of_staff(session, name, now, email=email, roles=roles)
    a_contact(session, member.id, next(iter(councils)), now, Channel.PHONE)
    return member, as_staff(member, roles)


def helping(
    session: Session,
    staff: Actor,
    customer: CustomerRow | None,
    now: datetime,
    level: Verification = Verification.BASIC,
) -> Actor:
    """The agent from now on, acting for this customer, whom they have checked so far."""
    verified = Verified(level, ("name", "postcode"), "spoken-1")
    via = help_customer(session, staff, customer, now, verified)
    subject = customer.id if customer else via
    return Actor(
        ActorKind.AGENT, staff.id, Channel.PHONE,
        on_behalf_of=subject, councils=staff.councils, via=via, roles=staff.roles,
    )  # fmt: skip


EAST_LINDSEY = replace(BOSTON, slug="east-lindsey", name="East Lindsey District Council", prefix="EL")
COUNCILS = {"boston": BOSTON, "east-lindsey": EAST_LINDSEY}


def sent(
    session: Session, who: Actor, links: Links, now: datetime, *, council: str = "boston", **changed: Any
) -> Accepted:
    """A report of fly-tipping that this actor sent to a council; `changed` are parts of what was told."""
    draft = drafting.begin(session, who, council, "fly-tipping", now)
    whole = completed(council=council, begun_at=council, **changed)
    return submitting.submit(session, who, draft, whole, links, SEALS, now, council=COUNCILS[council])


def opened(session: Session, submission_id: str, status: CaseStatus, now: datetime) -> None:
    """Have a back office open a case for each part of a submission, which stands so."""
    for part in deliveries.parts(session, submission_id):
        session.add(
            CaseRow(
                council=part.council, connector=part.connector, submission_id=submission_id,
                delivery_id=part.id, case_reference=f"C-{part.id[-6:]}", status=status, status_at=now,
                opened_at=now,
            )
        )  # fmt: skip
    session.flush()
