"""Contacts that nobody ever had, for the demonstration: played through the operations of real ones, in the past.

So the record has their lines, and figures count them, as they would real ones.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from selfservice.domain.acting import Consent, Reason
from selfservice.domain.contact import Outcome
from selfservice.domain.people import Actor, ActorKind, Channel, Role
from selfservice.operations import assisting, contacts, customers, finding, staffing
from selfservice.operations.customers import New
from selfservice.store import staff, submissions
from selfservice.store.base import new_id
from selfservice.store.staff import StaffRow


@dataclass(frozen=True, slots=True)
class Scene:
    """A contact to be played: by which agent, with whom (their name), how, about what, and for how many seconds.

    `council` and `service` are slugs, `reference` is "" where there is none.
    """

    agent: Actor
    customer: str
    council: str
    channel: Channel
    service: str
    reference: str
    reason: Reason
    outcome: Outcome
    began_at: datetime
    seconds: int


@dataclass(frozen=True, slots=True)
class Sent:
    """A submission that contacts may be about. `council` and `service` are slugs."""

    council: str
    service: str
    reference: str
    at: datetime


def colleague(
    session: Session, name: str, email: str, councils: Collection[str], now: datetime
) -> Actor | None:
    """Make a fictional agent, who has no password and so can never sign in; None if they are there already."""
    if staff.by_email(session, email, lock=True) is not None:
        return None
    roles = frozenset((council, Role.AGENT) for council in councils)
    row = StaffRow(id=new_id(), name=name, email=email, state=staffing.ACTIVE, created_at=now)
    session.add(row)
    session.flush()
    staff.set_roles(session, row.id, roles)
    return Actor(ActorKind.AGENT, row.id, Channel.PHONE, councils=frozenset(councils), roles=roles)


def sent(session: Session, councils: Collection[str], limit: int) -> list[Sent]:
    """What was sent to these councils (slugs) last."""
    rows = submissions.latest(session, councils, limit)
    return [Sent(row.council, row.service, row.reference, row.submitted_at) for row in rows]


def play(session: Session, scene: Scene, known: Mapping[str, str]) -> str:
    """Have a contact, from the first word to the wrap-up; gives the customer's id.

    `known` are the ids of customers by name; whoever is not among them is made a customer.
    """
    actor, at = scene.agent, scene.began_at
    contact = contacts.start(
        session, actor, scene.channel, scene.council, at, service=scene.service, reference=scene.reference
    )
    finding.find(session, actor, scene.customer, at + timedelta(seconds=5), interaction_id=contact)
    customer = known.get(scene.customer)
    if customer is None:
        customer = customers.create(session, actor, New(scene.customer), (), at + timedelta(seconds=10))
    contacts.help_customer(session, actor, customer, scene.reason, Consent.SPOKEN, at + timedelta(seconds=15))
    ended_at = at + timedelta(seconds=scene.seconds)
    contacts.wrap_up(session, actor, contact, scene.outcome, "", ended_at)
    return customer


def look_about(session: Session, actor: Actor, council: str, name: str, customer: str, at: datetime) -> None:
    """Search and look without a contact, which nobody should."""
    for minutes in range(3):
        finding.find(session, actor, name, at + timedelta(minutes=minutes))
    assisting.note_view(session, actor, council, "customer", at + timedelta(minutes=3), customer_id=customer)
