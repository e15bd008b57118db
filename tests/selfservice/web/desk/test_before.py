"""What a customer did before they called: shut to an agent who does not know yet who they are, and each look a line."""

from dataclasses import replace
from datetime import timedelta

import pytest
import sqlalchemy as sa
from flask import Flask

from selfservice import clock
from selfservice.domain.case import GivenAnswer
from selfservice.domain.people import Actor, ActorKind
from selfservice.domain.permissions import Action
from selfservice.installation import Installation
from selfservice.operations import contacts, drafting, holding, submitting
from selfservice.store.customers import CustomerRow
from selfservice.store.interactions import ActingSessionRow, InteractionRow
from selfservice.store.sign_ins import SignInRow
from selfservice.store.timeline import TimelineEventRow
from selfservice.web import sending
from tests.factories.accounts import as_customer
from tests.factories.agents import AgentBrowser
from tests.factories.people import an_account, sign_in
from tests.factories.reports import fly_tipping
from tests.factories.submitted import completed
from tests.journeys.visitor import Visitor

PROGRESS = "/boston/progress/"
KNOWN = {"date_of_birth": "3 4 1980", "postcode": "PE21 6RY"}


@pytest.fixture(autouse=True)
def _at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Believe quick visitors."""
    monkeypatch.setattr(sending, "LEAST_SECONDS", 0.0)


@pytest.fixture
def at_home(app: Flask, mary: CustomerRow, installation: Installation) -> Visitor:
    """Mary's own browser, in which she has filled in a report and not sent it."""
    with installation.database.write() as session:
        account = an_account(session, session.merge(mary), clock.now(), email="mary@example.org")
        visitor = Visitor(app.test_client())
        sign_in(session, visitor.client, clock.now(), account=account)
    visitor.begin("boston", "fly-tipping")
    visitor.fill_in(
        fly_tipping(where="PE21 6QR", witnessed=False, name="Zoë Łuczak", email="zoe@example.org")
    )
    return visitor


def looks(installation: Installation) -> list[str]:
    """What agents looked at, as the record has it."""
    with installation.database.read() as session:
        lines = session.scalars(sa.select(TimelineEventRow).where(TimelineEventRow.what == "viewed"))
        return [str(line.detail["what"]) for line in lines]


def asks_who_they_are(agent: AgentBrowser, path: str) -> bool:
    """Whether the page at this address is shut, and leads to the check."""
    page = agent.open(path)
    return page.status_code == 403 and "/desk/verify" in page.text and "Zoë" not in page.text


def test_a_draft_opens_once_they_have_shown_who_they_are(
    agent: AgentBrowser, at_home: Visitor, mary: CustomerRow, installation: Installation
) -> None:
    agent.start_call(council="boston", service="fly-tipping")
    agent.help(mary, do="skip")
    assert asks_who_they_are(agent, at_home.path)
    agent.open("/desk/verify")
    agent.submit(f"/desk/customers/{mary.id}", do="check", **KNOWN)
    before = looks(installation).count("form")
    agent.open(at_home.path)
    assert "Zoë Łuczak" in agent.text
    assert looks(installation).count("form") == before + 1


def test_what_they_sent_opens_then_without_its_signed_link_and_each_look_is_a_line(
    agent: AgentBrowser, at_home: Visitor, mary: CustomerRow, installation: Installation
) -> None:
    at_home.send()
    sent = at_home.path
    agent.start_call(council="boston", service="fly-tipping")
    agent.help(mary, do="skip")
    for path in (sent, f"{sent}/copy", f"{sent}/copy.pdf"):
        assert asks_who_they_are(agent, path)
    agent.help(mary, **KNOWN)
    for path in (sent, f"{sent}/copy"):
        assert "Zoë Łuczak" in agent.open(path).text
        assert PROGRESS not in agent.text
    assert agent.client.get(f"{sent}/copy.pdf").status_code == 200
    assert looks(installation).count("request") == 3


def test_what_the_agent_has_just_sent_is_shown_with_its_link_to_pass_on(
    agent: AgentBrowser, mary: CustomerRow, installation: Installation
) -> None:
    agent.start_call(council="boston", service="fly-tipping")
    agent.help(mary, do="skip")
    form = agent.path.rpartition("/")[0]
    with installation.database.write() as session:
        going = session.scalars(sa.select(ActingSessionRow)).one()
        who = replace(holding.acting_in(going), councils=frozenset({"boston"}))
        draft = drafting.to_change(session, who, Action.SUBMIT, form.rpartition("/")[2])
        submitting.submit(
            session, who, draft, completed(), installation.links, installation.seals, clock.now(),
            council=installation.councils["boston"],
        )  # fmt: skip
    assert PROGRESS in agent.open(f"{form}/sent").text
    assert PROGRESS in agent.open(f"{form}/sent/copy").text
    assert "request" not in looks(installation), "that they sent it is a line already"


def test_nothing_of_a_form_is_kept_in_the_record_of_somebody_less_than_sure(
    agent: AgentBrowser, at_home: Visitor, mary: CustomerRow
) -> None:
    at_home.send()
    agent.start_call(council="boston", service="fly-tipping")
    agent.help(mary, **KNOWN)
    assert "Save these" not in agent.open(at_home.path).text
    token = agent.form("/desk/stop").fields["csrf_token"]
    kept = agent.client.post(f"{at_home.path}/account", data={"csrf_token": token})
    assert kept.status_code == 409
    assert "Do a full check first" in kept.text
    agent.help(mary, **KNOWN, name="Mary Made-Up")
    assert "Save these" in agent.open(at_home.path).text


def test_sensitive_answers_of_what_was_sent_are_shown_to_no_agent(
    agent: AgentBrowser, mary: CustomerRow, installation: Installation
) -> None:
    told = GivenAnswer("ill", "What is your illness?", "canary", "canary", sensitive=True)
    with installation.database.write() as session:
        draft = drafting.begin(session, as_customer(mary), "boston", "fly-tipping", clock.now())
        submitting.submit(
            session, as_customer(mary), draft, completed(answers=(told,)), installation.links,
            installation.seals, clock.now(), council=installation.councils["boston"],
        )  # fmt: skip
    agent.start_call(council="boston", service="fly-tipping")
    agent.help(mary, **KNOWN, name="Mary Made-Up")
    for path in ("sent", "sent/copy"):
        page = agent.open(f"/boston/fly-tipping/{draft.id}/{path}")
        assert "What is your illness?" in page.text
        assert "canary" not in page.text
        assert "Given, not shown here" in page.text


def test_a_contact_whose_proofs_ran_out_is_resumed_at_the_check(
    agent: AgentBrowser, mary: CustomerRow, installation: Installation, monkeypatch: pytest.MonkeyPatch
) -> None:
    agent.start_call(council="boston", service="fly-tipping")
    agent.help(mary, **KNOWN)
    form = agent.path
    with installation.database.write() as session:
        contact = session.scalars(sa.select(InteractionRow)).one()
        contacts.pause(session, Actor(ActorKind.AGENT, contact.staff_id), clock.now())
    later = clock.now() + timedelta(minutes=61)
    monkeypatch.setattr(clock, "now", lambda: later)
    with installation.database.write() as session:
        for row in session.scalars(sa.select(SignInRow)):
            row.seen_at = later
    agent.open("/desk/")
    agent.submit("/desk/resume")
    assert agent.path == f"/desk/customers/{mary.id}"
    assert asks_who_they_are(agent, form)
    agent.open("/desk/verify")
    agent.submit(f"/desk/customers/{mary.id}", do="check", **KNOWN)
    assert agent.path == form, "the check leads back to where it stood"
