"""Several tabs of one agent: what stands in an old one never goes to whoever is helped now, and is given back."""

import re

import pytest
import sqlalchemy as sa

from selfservice import clock
from selfservice.installation import Installation
from selfservice.store import interactions
from selfservice.store.customers import CustomerRow
from selfservice.store.drafts import DraftRow
from selfservice.store.interactions import ActingSessionRow
from selfservice.store.staff import StaffRow
from tests.factories import agents
from tests.factories.agents import AgentBrowser

ANSWER = {"place": "PE21 6RY"}


@pytest.fixture
def tab(agent: AgentBrowser) -> AgentBrowser:
    """Another tab of the same browser."""
    return AgentBrowser(agent.client)


@pytest.fixture
def ada(installation: Installation) -> CustomerRow:
    with installation.database.write() as session:
        return agents.mary(session, clock.now(), name="Ada Made-Up", email="ada@example.org", phone=None)


def help_in(tab: AgentBrowser, customer: CustomerRow) -> None:
    """Without a check, straight into a form about litter."""
    tab.help(customer, do="skip")


def drafts(installation: Installation) -> list[DraftRow]:
    with installation.database.read() as session:
        return list(session.scalars(sa.select(DraftRow).order_by(DraftRow.started_at)))


def test_a_form_of_somebody_else_is_refused_gives_back_what_was_typed_and_saves_nothing(
    agent: AgentBrowser, tab: AgentBrowser, mary: CustomerRow, ada: CustomerRow, installation: Installation
) -> None:
    agent.start_call(service="litter", council="boston", q="made-up")
    help_in(agent, mary)
    of_mary = agent.path
    help_in(tab, ada)
    agent.submit(of_mary, place="Typed for Mary")
    assert agent.page is not None
    assert agent.page.status_code == 409
    assert "This form is not of the person you are helping" in agent.text
    assert "Typed for Mary" in agent.text
    assert "Helping Ada" in agent.title, "the banner says whom it would have gone to"
    assert all(row.answers == {} and row.mistyped is None for row in drafts(installation))
    assert tab.open(of_mary).status_code == 409
    help_in(tab, mary)
    agent.submit(**ANSWER)
    assert "What you typed is still here" in agent.text, "it was written before she was helped again"
    agent.submit()
    assert agent.path.startswith(of_mary.rpartition("/")[0]), "and goes where it belongs"
    of_mary_now, of_ada, new = drafts(installation)
    assert of_mary_now.mistyped is not None
    assert of_mary_now.mistyped["typed"]["place"] == ["PE21 6RY"]
    assert (of_ada.mistyped, new.mistyped) == (None, None)


def test_after_stopping_in_another_tab_nothing_is_sent_in_the_agents_own_name(
    agent: AgentBrowser, tab: AgentBrowser, mary: CustomerRow, installation: Installation
) -> None:
    agent.start_call(service="litter", council="boston", q="mary")
    help_in(agent, mary)
    of_mary = agent.path
    tab.open("/desk/")
    tab.submit("/desk/stop", do="stop")
    agent.submit(of_mary, **ANSWER)
    assert agent.page is not None
    assert agent.page.status_code == 409
    assert "You are not helping anybody at the moment" in agent.text
    assert "PE21 6RY" in agent.text
    begun = tab.client.post(
        "/boston/litter/", data={"csrf_token": tab.form("/desk/start").fields["csrf_token"]}
    )
    assert begun.status_code == 409
    assert len(drafts(installation)) == 1


def test_the_banner_of_an_old_tab_stops_nobody_else(
    agent: AgentBrowser, tab: AgentBrowser, mary: CustomerRow, ada: CustomerRow, installation: Installation
) -> None:
    agent.start_call(service="litter", council="boston", q="made-up")
    help_in(agent, mary)
    help_in(tab, ada)
    old = agent.form("/desk/stop").fields
    for do in ("stop", "pause"):
        agent.page = agent.client.post("/desk/stop", data={**old, "do": do}, follow_redirects=True)
        assert "You had stopped helping them already" in agent.text
        assert "Helping Ada" in agent.title


def test_a_form_of_the_record_that_was_open_for_another_customer_changes_nothing(
    agent: AgentBrowser, tab: AgentBrowser, mary: CustomerRow, ada: CustomerRow, installation: Installation
) -> None:
    """Its token is of before: whatever page it stood on, it is refused."""
    agent.start_call(council="boston", q="made-up")
    agent.help(mary, date_of_birth="3 4 1980", postcode="PE21 6RY")
    agent.open("/account/profile/name")
    form = agent.form(agent.path)
    tab.help(ada, date_of_birth="3 4 1980", postcode="PE21 6RY")
    answer = agent.client.post(agent.path, data={**form.fields, "name": "Typed for Mary"})
    assert answer.status_code == 400
    with installation.database.read() as session:
        names = set(session.scalars(sa.select(CustomerRow.name)))
    assert names == {"Mary Made-Up", "Ada Made-Up"}


def test_another_call_in_another_tab_pauses_the_first_and_ends_its_help(
    agent: AgentBrowser, tab: AgentBrowser, mary: CustomerRow, installation: Installation
) -> None:
    agent.start_call(service="litter", council="boston", q="mary")
    help_in(agent, mary)
    of_mary = agent.path
    tab.start_call(council="boston")
    assert agent.open(of_mary).status_code == 409
    tab.open("/desk/")
    assert "Mary Made-Up" in tab.text
    tab.submit("/desk/resume")
    assert tab.path == of_mary, "resuming leads back to the draft"
    assert "Helping Mary" in tab.title


def test_one_acting_session_goes_on_at_a_time_whatever_is_pressed(
    agent: AgentBrowser,
    tab: AgentBrowser,
    mary: CustomerRow,
    ada: CustomerRow,
    priya: StaffRow,
    installation: Installation,
) -> None:
    agent.start_call(service="litter", council="boston", q="made-up")
    for person in (mary, ada, mary):
        help_in(agent, person)
        help_in(tab, ada)
    with installation.database.read() as session:
        rows = session.scalars(sa.select(ActingSessionRow)).all()
        going = interactions.acting_of(session, priya.id)
    assert len(rows) == 6
    assert going is not None
    assert [row.id for row in rows if row.ended_at is None] == [going.id]
    assert {row.ended_why for row in rows if row.ended_at} == {"switched"}


def test_no_page_of_the_desk_carries_a_name_in_its_address(agent: AgentBrowser, mary: CustomerRow) -> None:
    agent.start_call(council="boston", q="mary")
    addresses = re.findall(r'(?:href|action)="([^"]+)"', agent.text)
    assert addresses
    assert f"/desk/customers/{mary.id}" in addresses
    others = [each for each in addresses if mary.id not in each]
    assert not [each for each in others if re.search("mary|made|PE21|101", each, re.IGNORECASE)]
