"""Supervising: what goes on and what it came to, at one's own councils and nowhere else."""

from datetime import date, timedelta

import pytest

from selfservice.database import Database
from selfservice.domain.contact import ContactState
from selfservice.domain.figures import Period
from selfservice.domain.people import Actor, ActorKind, Channel, Role
from selfservice.domain.permissions import NotAllowed
from selfservice.operations import contacts, supervising
from selfservice.operations.assisting import Verified
from selfservice.operations.supervising import NotTheirs
from tests.factories.contact_centre import Was, had, sent_something
from tests.factories.people import a_customer, a_member_of_staff, as_staff, help_customer
from tests.factories.submitted import NOW

MONTH = Period(date(2026, 2, 1), date(2026, 3, 2))


def somebody(*roles: tuple[str, Role]) -> Actor:
    return Actor(ActorKind.AGENT, "somebody", roles=frozenset(roles))


SUPERVISOR = somebody(("boston", Role.SUPERVISOR))
OF_TWO = somebody(("boston", Role.SUPERVISOR), ("east-lindsey", Role.AUDITOR), ("south-holland", Role.AGENT))


def agent(session, council: str = "boston", name: str = "Priya Example") -> Actor:
    roles = [(council, Role.AGENT)]
    email = f"{name.split()[0].lower()}-{council}@example.org"
    return as_staff(a_member_of_staff(session, name, NOW, email=email, roles=roles), roles)


def test_councils_are_those_of_a_role_that_supervises_and_no_other_is_known() -> None:
    assert supervising.councils(OF_TWO) == {"boston", "east-lindsey"}
    assert supervising.councils(OF_TWO, "east-lindsey") == {"east-lindsey"}
    for unknown in ("south-holland", "nowhere"):
        with pytest.raises(NotTheirs):
            supervising.councils(OF_TWO, unknown)
    with pytest.raises(NotAllowed):
        supervising.councils(somebody(("boston", Role.AGENT), ("boston", Role.OPERATOR)))


def test_what_goes_on_is_told_without_customers_and_for_ones_own_councils_alone(
    each_database: Database,
) -> None:
    with each_database.write() as session:
        priya, asha = agent(session), agent(session, name="Asha Example")
        mary = a_customer(session, "Mary Canary", NOW, councils=["boston"])
        waits = contacts.start(session, priya, Channel.EMAIL, "boston", NOW - timedelta(minutes=20))
        contacts.hand_over(session, priya, waits, asha.id, NOW - timedelta(minutes=15))
        contacts.start(session, asha, Channel.LETTER, "boston", NOW - timedelta(minutes=12))
        contacts.start(session, priya, Channel.PHONE, "boston", NOW - timedelta(minutes=5), service="litter")
        help_customer(session, priya, mary, NOW, Verified())
        ended = contacts.start(session, agent(session, name="Ben Example"), Channel.PHONE, "boston", NOW)
        contacts.wrap_up(session, agent_of(session, ended), ended, contacts.Outcome.ANSWERED, "", NOW)
        contacts.start(session, agent(session, "east-lindsey"), Channel.PHONE, "east-lindsey", NOW)
    with each_database.read() as session:
        told = supervising.live(session, SUPERVISOR, None, NOW)
        assert len(supervising.live(session, OF_TWO, None, NOW)) == 4
        assert len(supervising.live(session, OF_TWO, "east-lindsey", NOW)) == 1
    assert [
        (each.agent, each.state, each.channel, each.helping, each.idle, each.handed_to, each.seconds)
        for each in told
    ] == [
        ("Priya Example", ContactState.ACTIVE, Channel.PHONE, True, False, "", 300),
        ("Asha Example", ContactState.ACTIVE, Channel.LETTER, False, True, "", 600),
        ("Priya Example", ContactState.HANDED, Channel.EMAIL, False, False, "Asha Example", 300),
    ]
    assert "Canary" not in repr(told)


def agent_of(session, contact_id: str) -> Actor:
    row = contacts.interactions.by_id(session, contact_id)
    assert row is not None
    return Actor(ActorKind.AGENT, row.staff_id, roles=frozenset({("boston", Role.AGENT)}))


def test_figures_are_of_ones_own_councils_and_agents_told_apart_only_by_their_supervisor(
    database: Database,
) -> None:
    with database.write() as session:
        priya, john = agent(session), agent(session, "east-lindsey", "John Example")
        far = agent(session, "south-holland", "Far Example")
        had(
            session,
            Was(priya.id, NOW, seconds=100),
            Was(priya.id, NOW, seconds=20),
            Was(john.id, NOW, council="east-lindsey", seconds=7, channel="email", service=None),
            Was(far.id, NOW, council="south-holland", seconds=5),
        )
        sent_something(session, "boston", "litter", NOW, helper=priya.id)
        sent_something(session, "south-holland", "litter", NOW, number=4)
    with database.read() as session:
        told = supervising.of_period(session, OF_TWO, MONTH)
        boston = supervising.of_period(session, OF_TWO, MONTH, "boston", "fly-tipping")
        audited = supervising.of_period(session, somebody(("boston", Role.AUDITOR)), MONTH)
        names = supervising.names(session, list(told.by_agent))
    assert (told.all.contacts, told.all.seconds, told.all.median) == (3, 127, 20)
    assert {key: each.contacts for key, each in told.by_channel.items()} == {"phone": 2, "email": 1}
    assert {key: each.contacts for key, each in told.by_service.items()} == {"fly-tipping": 2, None: 1}
    assert {key: each.contacts for key, each in told.by_agent.items()} == {priya.id: 2}
    assert names == {priya.id: "Priya Example"}
    assert told.moments.all == 3
    assert (told.assisted_in_all.submissions, told.assisted_in_all.assisted) == (1, 1)
    assert (boston.all.contacts, boston.assisted_in_all.submissions) == (2, 0)
    assert (audited.all.contacts, audited.by_agent) == (2, {})
    with database.read() as session, pytest.raises(NotTheirs):
        supervising.of_period(session, OF_TWO, MONTH, "south-holland")
