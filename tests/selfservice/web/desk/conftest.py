"""An agent of Boston who is signed in, a customer, and the application that both come to."""

from collections.abc import Callable

import pytest
from flask import Flask

from selfservice import clock
from selfservice.installation import Installation
from selfservice.store.customers import CustomerRow
from selfservice.store.staff import StaffRow
from tests.factories import agents
from tests.factories.agents import AgentBrowser
from tests.factories.people import sign_in

At = Callable[[StaffRow], AgentBrowser]


@pytest.fixture
def priya(installation: Installation) -> StaffRow:
    """An agent of Boston."""
    with installation.database.write() as session:
        return agents.an_agent(session, clock.now())


@pytest.fixture
def mary(installation: Installation) -> CustomerRow:
    """A customer of Boston."""
    with installation.database.write() as session:
        return agents.mary(session, clock.now())


@pytest.fixture
def at(installation: Installation, app: Flask) -> At:
    """Signs a member of staff in, in a browser of their own."""

    def signed_in(member: StaffRow) -> AgentBrowser:
        browser = AgentBrowser(app.test_client())
        with installation.database.write() as session:
            sign_in(session, browser.client, clock.now(), member=member)
        return browser

    return signed_in


@pytest.fixture
def agent(at: At, priya: StaffRow) -> AgentBrowser:
    """Priya's browser."""
    return at(priya)
