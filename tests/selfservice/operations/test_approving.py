"""Restricted records: opened to an agent by a second person, for half an hour, and to nobody else."""

from dataclasses import replace
from datetime import timedelta

import pytest

from selfservice.database import Database
from selfservice.domain.people import Actor, Channel, Role
from selfservice.domain.permissions import NotAllowed
from selfservice.domain.signing_in import Helping
from selfservice.operations import approving, assisting, contacts, recognising, sign_ins
from selfservice.operations.approving import GOOD_FOR, WAITS_FOR, Decision
from selfservice.operations.assisting import CannotHelp
from selfservice.store import staff
from selfservice.store.customers import CustomerCouncilRow, CustomerRow
from selfservice.store.timeline import TimelineEventRow
from tests.factories import agents
from tests.factories.office import LATER, Office
from tests.factories.people import as_staff
from tests.factories.submitted import NOW


@pytest.fixture
def office(database: Database) -> Office:
    made = Office(database)
    with database.write() as session:
        session.merge(made.mary).restricted = True
    made.call()
    return made


def supervisor(office: Office, council: str = "boston", name: str = "Graham Example") -> Actor:
    with office.database.write() as session:
        roles = ((council, Role.SUPERVISOR),)
        return as_staff(agents.an_agent(session, NOW, name, roles=roles), roles)


def ask(office: Office) -> str:
    return str(office.do(approving.ask, office.mary.id, "The caller asks about her rubbish"))


def test_a_restricted_record_is_shut_until_a_supervisor_agrees_and_then_for_half_an_hour(
    office: Office,
) -> None:
    with pytest.raises(CannotHelp, match="restricted"):
        office.help(office.mary)
    asked, graham = ask(office), supervisor(office)
    assert office.do(approving.decision, office.mary.id) is Decision.WAITING
    [waiting] = office.do(approving.waiting, agent=graham)
    assert (waiting.id, waiting.agent, waiting.customer) == (asked, "Priya Example", "Mary Made-Up")
    assert office.do(approving.decide, asked, True, agent=graham)
    assert office.do(approving.decision, office.mary.id) is Decision.GRANTED
    office.help(office.mary)
    going = office.helping()
    assert going is not None
    assert going.approval_id == asked
    office.passes(GOOD_FOR)
    office.call()
    with pytest.raises(CannotHelp, match="restricted"):
        office.help(office.mary)
    assert office.do(approving.waiting, agent=graham) == []


def test_the_leave_is_for_whoever_asked_alone(office: Office) -> None:
    office.do(approving.decide, ask(office), True, agent=supervisor(office))
    office.call(agent=office.tom)
    with pytest.raises(CannotHelp, match="restricted"):
        office.help(office.mary, agent=office.tom)


def granted_late(office: Office, after: timedelta) -> None:
    """Have a supervisor agree, and this much time go by before the agent begins to help."""
    office.do(approving.decide, ask(office), True, agent=supervisor(office))
    while after > timedelta(0):
        office.passes(min(after, LATER))
        office.do(contacts.tidy)
        after -= LATER


def helped(office: Office) -> Helping | None:
    """Whom the agent is helping, as every page asks it."""
    with office.database.write() as session:
        secret = sign_ins.begin(
            session, "password", "a browser", office.now, staff_id=office.priya.id, whole=True
        )
        found = sign_ins.member_of_staff(session, secret, office.now)
    return found.helping if found else None


def test_help_ends_with_the_half_hour_whenever_in_it_it_began(office: Office) -> None:
    granted_late(office, timedelta(minutes=25))
    office.help(office.mary)
    found = helped(office)
    assert found is not None
    assert found.until == NOW + GOOD_FOR
    office.passes()
    assert helped(office) is None


def test_naming_somebody_makes_the_help_no_longer_than_the_half_hour(office: Office) -> None:
    granted_late(office, timedelta(minutes=25))
    office.help(None)
    office.do(recognising.recognise, office.mary.id)
    found = helped(office)
    assert found is not None
    assert (found.customer_id, found.until) == (office.mary.id, NOW + GOOD_FOR)


def test_the_leave_of_one_council_is_none_at_another(office: Office) -> None:
    roles = frozenset((council, Role.AGENT) for council in ("boston", "east-lindsey"))
    both = replace(office.priya, councils=frozenset({"boston", "east-lindsey"}), roles=roles)
    with office.database.write() as session:
        staff.set_roles(session, office.priya.id, sorted(roles))
    office.do(approving.decide, ask(office), True, agent=supervisor(office))
    office.do(contacts.start, Channel.PHONE, "east-lindsey", agent=both)
    with pytest.raises(CannotHelp, match="restricted"):
        office.help(office.mary, agent=both)
    assert office.do(approving.decision, office.mary.id, agent=both) is Decision.NONE
    office.do(approving.ask, office.mary.id, "It is about a bin there", agent=both)
    assert office.do(approving.decision, office.mary.id, agent=both) is Decision.WAITING


def test_whoever_is_restricted_while_they_are_helped_is_helped_no_longer(office: Office) -> None:
    office.help(office.ada)
    assert helped(office) is not None
    with office.database.write() as session:
        session.merge(office.ada).restricted = True
    assert helped(office) is None


def test_nobody_decides_their_own_request_whatever_their_roles(office: Office) -> None:
    roles = frozenset({*office.priya.roles, ("boston", Role.SUPERVISOR)})
    both = Actor(
        office.priya.kind, office.priya.id, office.priya.channel, councils=office.priya.councils, roles=roles
    )
    with pytest.raises(NotAllowed):
        office.do(approving.decide, ask(office), True, agent=both)
    assert office.do(approving.decision, office.mary.id) is Decision.WAITING


def test_a_supervisor_of_another_council_sees_and_decides_nothing(office: Office) -> None:
    asked, other = ask(office), supervisor(office, "east-lindsey", "Olive Example")
    assert office.do(approving.waiting, agent=other) == []
    with pytest.raises(LookupError):
        office.do(approving.decide, asked, True, agent=other)
    with pytest.raises(LookupError):
        office.do(approving.decide, asked, True, agent=office.tom)


def test_it_is_decided_once_and_a_refusal_may_be_asked_about_again(office: Office) -> None:
    asked, graham = ask(office), supervisor(office)
    assert ask(office) == asked, "while it waits it is the same request"
    assert office.do(approving.decide, asked, False, agent=graham)
    assert not office.do(approving.decide, asked, True, agent=graham)
    assert office.do(approving.decision, office.mary.id) is Decision.REFUSED
    assert ask(office) != asked


def test_a_request_that_nobody_decided_is_no_longer_listed_or_granted(office: Office) -> None:
    asked, graham = ask(office), supervisor(office)
    office.passes(WAITS_FOR + timedelta(seconds=1))
    assert office.do(approving.waiting, agent=graham) == []
    assert not office.do(approving.decide, asked, True, agent=graham)
    assert office.do(approving.decision, office.mary.id) is Decision.NONE


def test_asking_is_of_no_use_for_ones_own_record_a_colleagues_or_ones_household(office: Office) -> None:
    with office.database.write() as session:
        session.merge(office.ada).staff_id = office.priya.id
    with pytest.raises(CannotHelp, match="self"):
        office.do(approving.ask, office.ada.id, "please")
    with office.database.write() as session:
        session.merge(office.ada).staff_id = office.tom.id
    with pytest.raises(CannotHelp, match="staff"):
        office.do(approving.ask, office.ada.id, "please")


def test_somebody_of_ones_own_household_is_helped_by_a_colleague(office: Office) -> None:
    with office.database.write() as session:
        mary, ada = session.merge(office.mary), session.merge(office.ada)
        ada.staff_id, ada.uprn, mary.uprn, mary.restricted = (
            office.priya.id,
            "100000000001",
            "100000000001",
            False,
        )
    with pytest.raises(CannotHelp, match="household"):
        office.help(office.mary)
    office.call(agent=office.tom)
    office.help(office.mary, agent=office.tom)
    assert office.helping(office.tom) is not None


def test_who_asked_and_who_decided_are_lines_of_the_record_about_that_customer(office: Office) -> None:
    asked, graham = ask(office), supervisor(office)
    office.do(approving.decide, asked, True, agent=graham)
    with office.database.read() as session:
        lines = {row.what: row for row in session.query(TimelineEventRow) if row.what.startswith("opening_")}
    assert set(lines) == {"opening_asked", "opening_granted"}
    assert {row.customer_id for row in lines.values()} == {office.mary.id}
    assert (lines["opening_asked"].actor_id, lines["opening_granted"].actor_id) == (
        office.priya.id,
        graham.id,
    )
    assert "rubbish" not in str([row.detail for row in lines.values()])


def test_a_customer_of_another_council_is_as_unknown_as_none(office: Office) -> None:
    with office.database.write() as session:
        session.query(CustomerCouncilRow).filter_by(customer_id=office.ada.id).update(
            {"council": "east-lindsey"}
        )
    with pytest.raises(CannotHelp, match="unknown"):
        office.help(office.ada)
    with office.database.read() as session:
        assert assisting.visible_among(session, office.priya, [office.ada.id, office.mary.id]) == {
            office.mary.id
        }
        assert isinstance(session.get(CustomerRow, office.ada.id), CustomerRow)
