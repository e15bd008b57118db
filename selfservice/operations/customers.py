"""Customers whom nobody knew before: made by an agent in a contact, after a search and a look at who is alike."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy.orm import Session

from selfservice.domain.naming import name_key
from selfservice.domain.people import Actor
from selfservice.domain.permissions import Action, NotAllowed, Thing, may
from selfservice.domain.profile import Preferred
from selfservice.operations import assisting, homes
from selfservice.operations.assisting import CannotHelp
from selfservice.store import customers, interactions, timeline
from selfservice.store.base import new_id
from selfservice.store.customers import CustomerRow

MOST_ALIKE = 5


@dataclass(frozen=True, slots=True)
class New:
    """A customer to be made, as an agent was told. `address` is as the forms keep one; the e-mail address is in any
    case, the telephone number in E.164."""

    name: str
    date_of_birth: date | None = None
    email: str | None = None
    phone: str | None = None
    preferred: Preferred = Preferred.EMAIL
    address: Mapping[str, Any] | None = None


def alike(session: Session, actor: Actor, new: New) -> Sequence[str]:
    """The ids of customers who may be this person already, of those whom the agent may see. Raises `NotAllowed`."""
    _council(session, actor)
    rows = customers.alike(
        session,
        name_key(new.name),
        new.date_of_birth,
        (new.address or {}).get("uprn") or None,
        new.email.lower() if new.email else None,
        new.phone,
        MOST_ALIKE,
    )
    seen = assisting.visible_among(session, actor, [row.id for row in rows])
    return [row.id for row in rows if row.id in seen]


def create(session: Session, actor: Actor, new: New, although: Sequence[str], now: datetime) -> str:
    """Make a customer, known to the council of the contact that the agent has going; gives the id.

    `although` are the ids of those who are alike and, as the agent says, somebody else. Raises `CannotHelp` without a
    contact and `NotAllowed` for who is no agent there.
    """
    council, contact_id = _council(session, actor)
    row = CustomerRow(
        id=new_id(),
        name=new.name,
        name_key=name_key(new.name),
        email=new.email.lower() if new.email else None,
        phone=new.phone,
        date_of_birth=new.date_of_birth,
        preferred=new.preferred,
        created_by=actor.id,
        created_at=now,
        changed_at=now,
    )
    session.add(row)
    session.flush()
    customers.known_to(session, row.id, council, now)
    if new.address:
        homes.first(session, row, new.address, now)
    session.flush()
    timeline.write_line(
        session, actor, council, None, "customer_created", "", now, {"although": list(although)},
        customer_id=row.id, interaction_id=contact_id,
    )  # fmt: skip
    return row.id


def _council(session: Session, actor: Actor) -> tuple[str, str]:
    """The council of the contact that is going on, and the contact's id."""
    contact = interactions.active_of(session, actor.id)
    if contact is None:
        raise CannotHelp("no_contact")
    if not may(actor, Action.CREATE_CUSTOMER, Thing(contact.council)):
        raise NotAllowed(Action.CREATE_CUSTOMER)
    return contact.council, contact.id
