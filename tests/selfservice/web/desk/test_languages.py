"""The desk in another language: every page in its states has nothing that translators were not given."""

import pytest
from flask import Flask

from selfservice import clock
from selfservice.app import create_app
from selfservice.database import Database
from selfservice.domain.people import Role
from selfservice.installation import Installation
from selfservice.store.customers import CustomerRow
from tests.factories import agents
from tests.factories.agents import AgentBrowser
from tests.factories.people import sign_in
from tests.selfservice.web.test_languages import ACCENTED, KNOWN, installation  # noqa: F401 - a fixture
from tests.untranslated import ReadingClient

# Data: names, and what of a customer is shown.
NAMES = (
    "Mary Made-Up",
    "Priya Example",
    "Tom Example",
    "(Sample|Example) Street",
    "Sampleton",
    "Zed Nobody",
    "nobody",
)


@pytest.fixture
def app(installation: Installation) -> Flask:  # noqa: F811 - the fixture
    """The web application in three languages, whose every page is read."""
    made = create_app(installation)
    made.test_client_class = ReadingClient
    ReadingClient.known = (*KNOWN, *NAMES)
    return made


def agent_of_two(app: Flask, database: Database) -> tuple[AgentBrowser, CustomerRow]:
    browser = AgentBrowser(app.test_client())
    with database.write() as session:
        roles = [("boston", Role.AGENT), ("east-lindsey", Role.AGENT)]
        member = agents.an_agent(session, clock.now(), roles=roles)
        agents.an_agent(session, clock.now(), "Tom Example", roles=roles)
        mary = agents.mary(session, clock.now())
        sign_in(session, browser.client, clock.now(), member=member)
    browser.open(f"/?language={ACCENTED}")
    assert f'<html lang="{ACCENTED}"' in browser.text
    return browser, mary


def test_the_desk_is_translated(
    app: Flask,
    database: Database,
) -> None:
    agent, mary = agent_of_two(app, database)
    address = f"/desk/customers/{mary.id}"
    agent.open("/desk/")
    agent.submit("/desk/start")
    agent.submit("/desk/start", channel="phone", council="boston", service="missed-bin", q="zed nobody")
    agent.submit("/desk/nameless")
    agent.open("/desk/create")
    agent.submit("/desk/create")
    born = {"date_of_birth-day": "3", "date_of_birth-month": "4", "date_of_birth-year": "1980"}
    agent.submit("/desk/create", name="Mary Made-Up", preferred="email", email="z@example.org", **born)
    agent.submit("/desk/find", q="") if agent.path == "/desk/find" else agent.open("/desk/find")
    agent.submit("/desk/find", q="")
    agent.submit("/desk/find", q="mary")
    agent.open(address)
    agent.submit(address, do="start", date_of_birth="1 1 1980", postcode="PE21 6RY")
    agent.submit(address, do="send-code:email")
    agent.submit(address, do="start", date_of_birth="3 4 1980", reason="")
    agent.submit(address, do="start", reason="new_request", consent="spoken")
    agent.open("/desk/")
    agent.submit("/desk/hand-over")
    agent.open("/desk/verify")
    agent.open("/desk/wrap-up")
    agent.submit("/desk/wrap-up")
    agent.open("/desk/")
    agent.submit("/desk/pause")
    agent.submit("/desk/resume")
    agent.open("/desk/wrap-up")
    agent.submit("/desk/wrap-up", outcome="cut_off")
    agent.open("/desk/customers/none")
    ReadingClient.known = KNOWN


def test_why_somebody_cannot_be_helped_is_translated(
    app: Flask,
    database: Database,
) -> None:
    agent, mary = agent_of_two(app, database)
    agent.start_call(council="boston", channel="face_to_face", q="mary")
    agent.open(f"/desk/customers/{mary.id}")
    with database.write() as session:
        session.merge(mary).restricted = True
    agent.open(f"/desk/customers/{mary.id}")
    agent.submit(f"/desk/customers/{mary.id}/ask")
    agent.submit(f"/desk/customers/{mary.id}/ask", reason="She called")
    with database.write() as session:
        session.merge(mary).restricted = False
    agent.start_call(council="boston", q="mary", service="council-tax-discount")
    for day in ("1", "2", "3"):
        agent.help(mary, date_of_birth=f"{day} 1 1980")
    agent.help(mary, do="skip")
    agent.open("/account/")
    ReadingClient.known = KNOWN
