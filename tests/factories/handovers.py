"""Residents and agents who pass a draft to and fro: what tests of hand-overs begin with."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from selfservice.database import Database
from selfservice.domain.people import Actor, ActorKind, Channel, Role
from selfservice.links import Links
from selfservice.operations import handing_over, sign_ins, who_has_it
from selfservice.operations.handing_over import Taken
from selfservice.operations.who_has_it import Standing
from selfservice.store import interactions
from selfservice.store.staff import StaffRow
from tests.factories.people import a_member_of_staff, as_staff

EVERYWHERE = ("boston", "east-lindsey", "south-holland")


@dataclass(frozen=True)
class Agent:
    """A member of staff who is an agent at these councils."""

    id: str
    name: str
    councils: tuple[str, ...]

    @property
    def own(self) -> Actor:
        """The agent in their own name."""
        roles = frozenset((council, Role.AGENT) for council in self.councils)
        return Actor(ActorKind.AGENT, self.id, Channel.PHONE, councils=frozenset(self.councils), roles=roles)

    def acting(self, session: Session) -> Actor:
        """The agent for whomever they are helping; in their own name while that is nobody."""
        going = interactions.acting_of(session, self.id)
        if going is None:
            return self.own
        return Actor(
            ActorKind.AGENT,
            self.id,
            Channel(going.channel),
            on_behalf_of=going.subject,
            councils=self.own.councils,
            via=going.id,
            roles=self.own.roles,
        )


def an_agent(session: Session, name: str, now: datetime, *, councils: tuple[str, ...] = EVERYWHERE) -> Agent:
    """An agent with this name."""
    roles = [(council, Role.AGENT) for council in councils]
    address = f"{name.lower().replace(' ', '.')}@example.org"
    row: StaffRow = a_member_of_staff(session, name, now, email=address, roles=roles)
    assert as_staff(row, roles).councils == frozenset(councils)
    return Agent(row.id, name, councils)


def a_code(database: Database, holder: Actor, draft: str, links: Links, now: datetime) -> str:
    """The code by which the holder of a draft (its id) has just offered it to an agent."""
    with database.write() as session:
        handing_over.offer(session, holder, draft, links, now, agreed_at=now)
    told = told_to(database, holder, draft, links, now)
    assert told is not None
    assert told.code
    return told.code


def told_to(database: Database, resident: Actor, draft: str, links: Links, now: datetime) -> Standing | None:
    """How the draft stands, as the resident is told."""
    with database.read() as session:
        return who_has_it.standing(session, resident, draft, links, now)


def take(
    database: Database, agent: Agent, code: str, links: Links, now: datetime, *, for_same: bool = False
) -> Taken:
    """What comes of it when an agent enters a code."""
    with database.write() as session:
        return handing_over.take(session, agent.own, code, links, now, for_same=for_same)


def acting(database: Database, agent: Agent) -> Actor:
    """The agent for whomever they are helping now."""
    with database.read() as session:
        return agent.acting(session)


def use(database: Database, agent: Agent, now: datetime) -> None:
    """Let an agent be busy now with whomever they are helping."""
    with database.write() as session:
        going = interactions.acting_of(session, agent.id)
        if going is not None:
            going.seen_at = now


def sign_out(database: Database, agent: Agent, now: datetime) -> None:
    """Sign an agent in and out again: whatever they were doing for somebody ends."""
    with database.write() as session:
        secret = sign_ins.begin(session, "password", "a browser", now, staff_id=agent.id, whole=True)
        found = sign_ins.member_of_staff(session, secret, now)
        assert found is not None
        sign_ins.end(session, found.id, "signed_out", now)
