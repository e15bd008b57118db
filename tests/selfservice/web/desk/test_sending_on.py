"""An agent sends a half-finished form to the customer, who opens it by link and code: two browsers at once."""

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
import sqlalchemy as sa
import time_machine
from flask.testing import FlaskClient

from selfservice import clock
from selfservice.installation import Installation
from selfservice.operations import notifying, saving_letters
from selfservice.store.customers import CustomerRow
from selfservice.store.handovers import HandoverRow
from selfservice.store.notifications import NotificationRow
from selfservice.store.submissions import SubmissionRow
from selfservice.web import sending
from tests.factories.agents import AgentBrowser
from tests.factories.people import a_customer, an_account, sign_in
from tests.factories.reports import fly_tipping
from tests.journeys.visitor import TOKEN, Visitor
from tests.selfservice.web.desk.test_handing import CODE

Someone = Callable[[], Visitor]
PAGES = dict(fly_tipping(where="PE21 6QR", name="Mary Made-Up", email="mary@example.org", witnessed=False))
SURE = {"date_of_birth": "3 4 80", "postcode": "pe216ry"}
FULLY = {**SURE, "phone": "960101"}


@pytest.fixture
def customer(someone: Someone) -> AgentBrowser:
    """The browser of the customer's telephone."""
    return AgentBrowser(someone().client)


def begin(agent: AgentBrowser, mary: CustomerRow, **answers: str) -> str:
    """Help Mary with a report; the address of the page in view, which asks several things at once."""
    agent.start_call(service="fly-tipping", council="boston", q="mary")
    agent.help(mary, **(answers or SURE))
    assert agent.path.endswith("/where")
    return agent.path


def send_on(agent: AgentBrowser, **told: object) -> str:
    """Type where it is, and send the form to the customer; the code to say."""
    agent.submit(**PAGES["where"], do="send-on")
    assert agent.path.endswith("/send-on"), agent.title
    agent.submit(**{"to": "other", "recipient": "mary@example.org", "asked": ["photos", "rest"], **told})
    found = CODE.search(agent.text)
    assert found, agent.text
    return found[1]


def link(installation: Installation) -> str:
    """The newest link, without host."""
    with installation.database.read() as session:
        ids = session.scalars(
            sa.select(NotificationRow.id)
            .where(NotificationRow.handover_id.is_not(None))
            .order_by(NotificationRow.id)
        ).all()
        letter = saving_letters.filled_in(
            session, installation.links, ids[-1], notifying.letter(session, ids[-1])
        )
    found = re.search(r"http://localhost(/handover/\S+)", letter.body)
    assert found
    return found[1]


def test_the_customer_goes_on_with_the_same_form_sends_it_and_is_the_customer(
    agent: AgentBrowser, mary: CustomerRow, customer: AgentBrowser, installation: Installation,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    monkeypatch.setattr(sending, "LEAST_SECONDS", 0.0)
    page = begin(agent, mary)
    code = send_on(agent, words="The side with the number, please")
    assert "mary@example.org" in agent.text
    assert "not opened yet" in agent.open("/desk/").text
    customer.open(link(installation))
    assert customer.title.startswith("Enter your code")
    assert "The side with the number" not in customer.text, "what is asked is shown once the code is right"
    customer.submit(code=code)
    assert customer.path.endswith("/asked-for")
    assert "Priya Example of Customer Services asks you to" in customer.text
    assert "The side with the number, please" in customer.text
    assert "Answer the questions that are left" in customer.text
    customer.open(re.search(r'href="([^"]+)"[^>]*>Go on</a>', customer.text)[1])  # type: ignore[index]
    assert customer.path.endswith("/exact-place"), "what the agent had typed on the page is kept"
    agent.open(page)
    assert "With the customer since" in agent.text
    assert "Report fly-tipping: with the customer since" in agent.open("/desk/").text
    customer.fill_in([(slug, fields) for slug, fields in PAGES.items() if slug != "where"])
    customer.send()
    with installation.database.read() as session:
        sent = session.scalars(sa.select(SubmissionRow)).one()
    assert (sent.customer_id, sent.actor_kind, sent.helper_name, sent.helper_channel, sent.verification) == (
        mary.id, "resident", "Priya Example", "phone", 1,
    )  # fmt: skip
    agent.open(page)
    assert "The customer has sent this form" in agent.text


def test_until_the_link_is_opened_the_agent_goes_on_and_then_no_more(
    agent: AgentBrowser, mary: CustomerRow, customer: AgentBrowser, installation: Installation
) -> None:
    page = begin(agent, mary)
    code = send_on(agent)
    agent.open(page)
    assert "Send to the customer" in agent.text
    form = agent.form(page)
    assert form.fields["place"] == "PE21 6QR"
    customer.open(link(installation))
    customer.submit(code=code)
    answer = agent.client.post(page, data={**form.fields, "land": "highway"}, follow_redirects=True)
    assert answer.status_code == 409
    assert "The customer has this form now" in answer.text
    assert "highway" in answer.text


def test_scanners_use_nothing_up_and_a_second_look_leads_back_in(
    agent: AgentBrowser, mary: CustomerRow, customer: AgentBrowser, installation: Installation
) -> None:
    begin(agent, mary)
    code = send_on(agent)
    address = link(installation)
    for _ in range(6):
        assert customer.client.get(address).status_code == 200
        assert FlaskClient.open(customer.client, address, method="HEAD").status_code == 200
    customer.open(address)
    customer.submit(code=code)
    assert customer.path.endswith("/asked-for")
    customer.open(address)
    assert customer.path.endswith("/asked-for")


def test_five_wrong_codes_lock_the_link_and_the_agent_sees_that(
    agent: AgentBrowser, mary: CustomerRow, customer: AgentBrowser, installation: Installation
) -> None:
    begin(agent, mary)
    code = send_on(agent)
    done = agent.path
    wrong = f"{(int(code.replace(' ', '')) + 1) % 1_000_000:06d}"
    customer.open(link(installation))
    customer.submit(code="")
    assert "Enter your six-digit code" in customer.text
    for _ in range(4):
        customer.submit(code=wrong)
        assert "This is not the code" in customer.text
    customer.submit(code=wrong)
    assert customer.page is not None
    assert customer.page.status_code == 410
    assert "We have locked this link" in customer.title
    agent.open(done)
    assert "The link is locked" in agent.title
    agent.open(agent.path.replace("/sent-on", "/send-on"))
    agent.submit(to="email", asked=["rest"])
    new = CODE.search(agent.text)
    assert new
    customer.open(link(installation))
    customer.submit(code=new[1])
    assert customer.path.endswith("/asked-for")


def test_a_date_of_birth_opens_it_only_after_a_full_check(
    agent: AgentBrowser, mary: CustomerRow, customer: AgentBrowser, installation: Installation
) -> None:
    begin(agent, mary, **FULLY)
    send_on(agent)
    assert "their date of birth opens it too" in agent.text
    customer.open(link(installation))
    customer.submit(born="4 4 1980")
    assert "This is not the date of birth that we hold" in customer.text
    customer.submit(born="3 April 1980")
    assert customer.path.endswith("/asked-for")


def test_only_what_the_agent_may_see_of_the_customer_is_offered(
    agent: AgentBrowser, mary: CustomerRow
) -> None:
    agent.start_call(service="fly-tipping", council="boston", q="mary")
    agent.open(f"/desk/customers/{mary.id}")
    agent.submit(f"/desk/customers/{mary.id}", reason="new_request", consent="spoken", do="skip")
    agent.submit(do="send-on")
    assert "mary@example.org" not in agent.text
    agent.submit(asked=["rest"])
    assert agent.title.startswith("Error:")
    assert "Enter an email address" in agent.text


def test_the_form_asks_what_is_wanted_and_only_for_what_there_is(
    agent: AgentBrowser, mary: CustomerRow, installation: Installation
) -> None:
    begin(agent, mary)
    agent.submit(do="send-on")
    assert "Add photos or documents" in agent.text
    assert "mary@example.org" in agent.text, "she has shown who she is"
    agent.submit(to="email", asked=[])
    assert "Select what you need from them" in agent.text
    with installation.database.read() as session:
        assert session.scalars(sa.select(HandoverRow)).all() == []


def test_an_account_of_somebody_else_does_not_get_it(
    agent: AgentBrowser, mary: CustomerRow, customer: AgentBrowser, installation: Installation
) -> None:
    begin(agent, mary)
    code = send_on(agent)
    with installation.database.write() as session:
        olu = a_customer(session, "Olu Made-Up", clock.now(), email="olu@example.org")
        account = an_account(session, olu, clock.now(), email="olu@example.org")
        sign_in(session, customer.client, clock.now(), account=account)
    customer.open(link(installation))
    customer.submit(code=code)
    assert "somebody else’s than of the account you are signed in to" in customer.text


def test_it_goes_back_to_customer_services_by_a_code(
    agent: AgentBrowser, mary: CustomerRow, customer: AgentBrowser, installation: Installation
) -> None:
    page = begin(agent, mary)
    code = send_on(agent)
    customer.open(link(installation))
    customer.submit(code=code)
    assert "back to Customer Services" in customer.text
    customer.open(page.rpartition("/")[0] + "/help-from-us")
    customer.press({"agree": "yes", "do": "ask"})
    found = CODE.search(customer.text)
    assert found
    agent.open("/desk/handover")
    agent.submit("/desk/handover", code=found[1], whose="same")
    assert agent.path.endswith("/exact-place")
    assert "Give it back" in agent.text
    customer.open(page)
    assert "Priya Example has your form now" in customer.text


@pytest.mark.parametrize(("days", "heading"), [(8, "This link has run out"), (0, "There is a newer link")])
def test_links_that_open_nothing_say_why(
    agent: AgentBrowser, mary: CustomerRow, customer: AgentBrowser, installation: Installation, days: int,
    heading: str,
) -> None:  # fmt: skip
    begin(agent, mary)
    send_on(agent)
    address = link(installation)
    if not days:
        agent.open(agent.path.replace("/sent-on", "/send-on"))
        agent.submit(to="email", asked=["rest"])
    with time_machine.travel(clock.now() + timedelta(days=days), tick=True):
        page = customer.open(address)
    assert page.status_code == 410
    assert heading in customer.title


def test_a_link_of_nobody_and_an_agent_at_a_link(
    agent: AgentBrowser, mary: CustomerRow, customer: AgentBrowser, installation: Installation
) -> None:
    assert customer.open("/handover/" + "x" * 43).status_code == 410
    assert "This link no longer works" in customer.title
    begin(agent, mary)
    code = send_on(agent)
    page = agent.open(link(installation))
    assert page.status_code == 403
    assert "This link is for the customer" in agent.title
    agent.open("/desk/")
    posted = agent.client.post(
        link(installation), data={"code": code, "csrf_token": TOKEN.search(agent.text)[1]}
    )
    assert posted.status_code == 403


def test_an_agent_of_nobody_sends_nothing(agent: AgentBrowser) -> None:
    answer = agent.client.get("/boston/fly-tipping/0198f2a0-0000-7000-8000-000000000001/send-on")
    assert answer.status_code == 409
    assert "Go to your desk" in answer.text
