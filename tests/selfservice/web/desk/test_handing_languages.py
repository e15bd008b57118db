"""Hand-over in another language: every page of it, on both sides, has nothing that translators were not given."""

import pytest
from flask import Flask

from selfservice import clock
from selfservice.app import create_app
from selfservice.domain.people import Role
from selfservice.installation import Installation
from tests.factories import agents
from tests.factories.agents import AgentBrowser
from tests.factories.people import sign_in
from tests.selfservice.web.desk.test_handing import CODE, half_way, open_form, press
from tests.selfservice.web.desk.test_languages import NAMES
from tests.selfservice.web.desk.test_sending_on import link
from tests.selfservice.web.test_languages import ACCENTED, KNOWN, installation  # noqa: F401 - a fixture
from tests.untranslated import ReadingClient


@pytest.fixture
def app(installation: Installation) -> Flask:  # noqa: F811 - the fixture
    """The web application in three languages, whose every page is read."""
    made = create_app(installation)
    made.test_client_class = ReadingClient
    ReadingClient.known = (*KNOWN, *NAMES, "car-boot", "The agent’s own words")
    return made


def abroad(app: Flask) -> AgentBrowser:
    browser = AgentBrowser(app.test_client())
    browser.open(f"/?language={ACCENTED}")
    assert f'<html lang="{ACCENTED}"' in browser.text
    return browser


def code_of(browser: AgentBrowser) -> str:
    found = CODE.search(browser.text)
    assert found, browser.text
    return found[1]


def test_every_page_of_a_hand_over_is_translated(app: Flask, installation: Installation) -> None:  # noqa: F811
    resident, agent = abroad(app), abroad(app)
    with installation.database.write() as session:
        member = agents.an_agent(session, clock.now(), roles=[("boston", Role.AGENT)])
        mary = agents.mary(session, clock.now())
        sign_in(session, agent.client, clock.now(), member=member)
    half_way(resident)
    page = resident.path
    resident.press({"do": "help"})
    resident.press({"do": "ask"})
    resident.press({"do": "ask", "agree": "yes"})
    open_form(agent, "000000")
    open_form(agent, code_of(resident))
    resident.open(page)
    resident.press({"size": "car-boot"})
    agent.open(f"/desk/customers/{mary.id}")
    agent.submit(f"/desk/customers/{mary.id}/recognise")
    agent.open("/desk/handover")
    agent.submit("/desk/handover")
    agent.open(page)
    agent.submit(do="send-on")
    agent.submit(asked=[])
    agent.submit(recipient="mary@example.org", asked=["photos", "rest"], words="The agent’s own words")
    code = code_of(agent)
    agent.open("/desk/")
    phone = abroad(app)
    phone.open(link(installation))
    phone.submit(code="000000")
    phone.submit(code=code)
    assert phone.path.endswith("/asked-for")
    agent.open(page)
    agent.open("/desk/")
    resident.open(page)
    phone.open(page.rpartition("/")[0] + "/help-from-us")
    phone.press({"do": "ask", "agree": "yes"})
    press(phone, "stop")
    abroad(app).open(link(installation))
