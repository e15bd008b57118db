"""Two agents of a council and two customers, for tests of operations: their time goes on as the tests say."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

from selfservice.database import Database
from selfservice.domain.acting import Consent, Reason
from selfservice.domain.people import Actor, Channel
from selfservice.domain.verifying import Proof
from selfservice.links import Links
from selfservice.operations import contacts, verifying
from selfservice.operations.verifying import Judged
from selfservice.store import interactions
from selfservice.store.customers import CustomerRow
from selfservice.store.interactions import ActingSessionRow, InteractionRow
from tests.factories import agents
from tests.factories.people import as_staff
from tests.factories.submitted import NOW

LATER = timedelta(minutes=5)


class Office:
    """Two agents of Boston, Priya and Tom, and two customers, Mary and Ada; `now` goes on as they work."""

    def __init__(self, database: Database, links: Links | None = None) -> None:
        self.database = database
        self._links = links
        self.now = NOW
        with database.write() as session:
            roles = agents.AGENT_OF_BOSTON
            self.priya = as_staff(agents.an_agent(session, NOW), roles)
            self.tom = as_staff(agents.an_agent(session, NOW, "Tom Example"), roles)
            self.mary = agents.mary(session, NOW)
            self.ada = agents.mary(session, NOW, name="Ada Made-Up", email="ada@example.org")

    def call(self, agent: Actor | None = None, channel: Channel = Channel.PHONE) -> str:
        """Begin a contact about a missed bin; its id."""
        with self.database.write() as session:
            return contacts.start(
                session, agent or self.priya, channel, "boston", self.now, service="missed-bin"
            )

    def help(self, customer: CustomerRow | None, agent: Actor | None = None, **answers: str) -> str:
        """Begin to help a customer, who has given these answers; the acting session's id."""
        agent = agent or self.priya
        if customer is not None and answers:
            self.judge(customer, agent, **answers)
        with self.database.write() as session:
            return contacts.help_customer(
                session,
                agent,
                customer.id if customer else None,
                Reason.NEW_REQUEST,
                Consent.SPOKEN,
                self.now,
            )

    def do(self, what: Any, *args: Any, agent: Actor | None = None, **more: Any) -> Any:
        """Have an agent (Priya) do this now, in a unit of work of its own."""
        with self.database.write() as session:
            return what(session, agent or self.priya, *args, self.now, **more)

    def row(self, contact_id: str) -> InteractionRow:
        """A contact as it is kept."""
        with self.database.read() as session:
            found = interactions.by_id(session, contact_id)
            assert found is not None
            return found

    def helping(self, agent: Actor | None = None) -> ActingSessionRow | None:
        """The acting session of an agent (Priya), if one goes on."""
        with self.database.read() as session:
            return interactions.acting_of(session, (agent or self.priya).id)

    def acting(self, agent: Actor | None = None) -> Actor:
        """The agent (Priya) for whoever they are helping."""
        going = self.helping(agent)
        assert going is not None
        return replace(agent or self.priya, on_behalf_of=going.subject, via=going.id)

    def judge(self, customer: CustomerRow, agent: Actor | None = None, **answers: str) -> Judged:
        """Compare what the caller answered, by the names of proofs."""
        told = {Proof(name): value for name, value in answers.items()}
        return self.do(verifying.judge, customer.id, told, agent=agent)  # type: ignore[no-any-return]

    @property
    def links(self) -> Links:
        """What signs links, where the test gave one."""
        assert self._links is not None
        return self._links

    def passes(self, time: timedelta = LATER) -> None:
        """Let time go by."""
        self.now += time
