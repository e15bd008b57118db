"""The desk itself: what goes on, what waits, what a colleague gave, and whom an agent may not help."""

import pytest
import sqlalchemy as sa

from selfservice import clock
from selfservice.domain.people import Role
from selfservice.installation import Installation
from selfservice.operations import approving
from selfservice.store.customers import CustomerRow
from selfservice.store.interactions import ApprovalRow, InteractionRow
from selfservice.store.staff import StaffRow
from tests.factories import agents
from tests.factories.agents import AGENT_OF_BOSTON, AgentBrowser
from tests.factories.people import a_customer, as_staff
from tests.selfservice.web.desk.conftest import At


@pytest.fixture
def tom(installation: Installation) -> StaffRow:
    """A colleague."""
    with installation.database.write() as session:
        return agents.an_agent(session, clock.now(), "Tom Example")


def test_a_contact_is_paused_resumed_and_wrapped_up_from_the_desk(
    agent: AgentBrowser, mary: CustomerRow, installation: Installation
) -> None:
    agent.start_call(council="boston", q="mary")
    agent.open("/desk/")
    agent.submit("/desk/pause")
    assert "Going on now" in agent.text
    assert "Nothing." in agent.text
    agent.submit("/desk/resume")
    agent.open("/desk/wrap-up")
    agent.submit("/desk/wrap-up")
    assert "Select what came of it" in agent.text
    agent.submit("/desk/wrap-up", outcome="answered")
    assert "A question was answered" in agent.text
    with installation.database.read() as session:
        assert session.scalars(sa.select(InteractionRow.state)).all() == ["ended"]


def test_a_contact_is_handed_to_a_colleague_who_goes_on_with_its_form(
    agent: AgentBrowser, mary: CustomerRow, tom: StaffRow, at: At
) -> None:
    agent.start_call(service="litter", council="boston", q="mary")
    agent.help(mary, date_of_birth="3 4 1980", postcode="PE21 6RY")
    form = agent.path
    agent.open("/desk/")
    agent.submit("/desk/hand-over")
    assert "Choose the colleague" in agent.text
    agent.submit("/desk/hand-over", colleague=tom.id)
    assert "Handed to Tom Example, who has not taken it yet" in agent.text
    assert not agent.helping
    colleague = at(tom)
    colleague.open("/desk/")
    assert "From Priya Example" in colleague.text
    colleague.submit("/desk/take")
    assert colleague.path == form
    assert "Helping Mary Made-Up" in colleague.title
    agent.open("/desk/")
    assert "Handed to Tom" not in agent.text


def test_a_colleagues_contact_is_as_unknown_as_none(
    agent: AgentBrowser, tom: StaffRow, at: At, installation: Installation
) -> None:
    agent.start_call(council="boston")
    with installation.database.read() as session:
        contact = session.scalars(sa.select(InteractionRow.id)).one()
    colleague = at(tom)
    colleague.open("/desk/")
    token = colleague.form("/desk/start").fields["csrf_token"]
    for way in ("resume", "take", "wrap-up"):
        answer = colleague.client.post(
            f"/desk/{way}", data={"csrf_token": token, "contact": contact, "outcome": "sent"}
        )
        assert answer.status_code == 404


def test_of_whom_little_is_held_no_more_is_said_than_is_true(
    agent: AgentBrowser, installation: Installation
) -> None:
    with installation.database.write() as session:
        a_customer(session, "Ann Example", clock.now(), councils=["boston"], email="ann@example.org")
        a_customer(session, "Ann Example", clock.now(), councils=["boston"], phone="+441632960123")
    agent.start_call(council="boston", q="ann example")
    assert "no date of birth, phone or address in their record · has no account" in agent.text
    assert "phone ends in 123" in agent.text
    assert "nothing more is held" not in agent.text
    assert "ann@example.org" not in agent.text


def test_ones_own_record_a_colleagues_and_ones_household_are_refused_with_what_to_do(
    agent: AgentBrowser, mary: CustomerRow, priya: StaffRow, tom: StaffRow, installation: Installation
) -> None:
    agent.start_call(council="boston", q="mary")
    for member, words in ((priya, "This is your own record"), (tom, "This is the record of a colleague")):
        with installation.database.write() as session:
            session.merge(mary).staff_id = member.id
        page = agent.open(f"/desk/customers/{mary.id}")
        assert (page.status_code, words in page.text) == (403, True)
    with installation.database.write() as session:
        own = agents.mary(session, clock.now(), name="Priya At-Home", staff_id=priya.id)
        row = session.merge(mary)
        row.staff_id, row.uprn, own.uprn = None, "100000000001", "100000000001"
    page = agent.open(f"/desk/customers/{mary.id}")
    assert (page.status_code, "somebody of your own household" in page.text) == (403, True)
    for unknown in ("no-such-customer", "x" * 200):
        assert agent.open(f"/desk/customers/{unknown}").status_code == 404


def test_a_restricted_record_is_asked_for_and_opens_once_a_supervisor_agrees(
    agent: AgentBrowser, mary: CustomerRow, installation: Installation
) -> None:
    with installation.database.write() as session:
        session.merge(mary).restricted = True
    agent.start_call(council="boston", q="mary made-up")
    assert "Restricted" in agent.text
    assert "••/••/1980" not in agent.text
    agent.open(f"/desk/customers/{mary.id}")
    address = f"/desk/customers/{mary.id}/ask"
    agent.submit(address)
    assert "Enter why you need to open it" in agent.text
    agent.submit(address, reason="She asks about her bin")
    assert "You have asked for it" in agent.text
    with installation.database.write() as session:
        roles = (("boston", Role.SUPERVISOR),)
        graham = as_staff(agents.an_agent(session, clock.now(), "Graham Example", roles=roles), roles)
        approving.decide(session, graham, session.scalars(sa.select(ApprovalRow.id)).one(), True, clock.now())
    agent.help(mary, date_of_birth="3 4 1980", postcode="PE21 6RY")
    assert agent.helping


def test_whoever_does_not_work_as_an_agent_has_no_desk(installation: Installation, at: At) -> None:
    with installation.database.write() as session:
        roles = [("boston", Role.SUPERVISOR), ("boston", Role.AUDITOR)]
        member = agents.an_agent(session, clock.now(), "Graham Example", roles=roles)
    browser = at(member)
    for address in ("/desk/start", "/desk/find", "/desk/create", "/desk/wrap-up"):
        assert browser.open(address).status_code == 403


def test_without_a_contact_the_pages_of_one_lead_to_the_desk(agent: AgentBrowser, mary: CustomerRow) -> None:
    for address in (
        "/desk/find",
        "/desk/create",
        "/desk/wrap-up",
        "/desk/verify",
        f"/desk/customers/{mary.id}",
    ):
        agent.open(address)
        assert agent.path == "/desk/", address


def test_an_agent_of_one_council_is_not_asked_which_it_is(agent: AgentBrowser) -> None:
    agent.open("/desk/")
    assert "Which council is it about?" not in agent.text
    assert agent.form("/desk/start").fields["council"] == AGENT_OF_BOSTON[0][0]
