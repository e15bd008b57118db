"""Mary, who has an account, in her browser; Ben, who has another; and Priya, an agent, who may help Mary."""

from collections.abc import Callable

import pytest
from flask import Flask

from forms.kit.samples import HOUSE
from selfservice import clock
from selfservice.installation import Installation
from selfservice.operations import homes
from selfservice.store import accounts
from selfservice.store.customers import CustomerRow
from tests.factories import people
from tests.factories.accounts import an_agent, as_customer, helping, mary_smith
from tests.factories.agents import AgentBrowser
from tests.factories.people import a_customer, an_account

SignIn = Callable[[CustomerRow], AgentBrowser]


@pytest.fixture
def mary(installation: Installation) -> CustomerRow:
    """A customer of Boston with an account, at home in 1 Example Street."""
    now = clock.now()
    with installation.database.write() as session:
        row = mary_smith(session, now)
        homes.add(session, as_customer(row), HOUSE, now, current=True)
        return row


@pytest.fixture
def ben(installation: Installation) -> CustomerRow:
    """Another customer with an account, of whom little is held."""
    now = clock.now()
    with installation.database.write() as session:
        row = a_customer(session, "Ben Fenn", now, email="ben@example.org", councils=("boston",))
        an_account(session, row, now, email="ben@example.org")
        return row


@pytest.fixture
def signed_in(installation: Installation, app: Flask) -> SignIn:
    """Signs a customer in, in a browser of their own."""

    def come(row: CustomerRow) -> AgentBrowser:
        browser = AgentBrowser(app.test_client())
        with installation.database.write() as session:
            account = accounts.of_customer(session, row.id)
            people.sign_in(session, browser.client, clock.now(), account=account)
        return browser

    return come


@pytest.fixture
def marys(signed_in: SignIn, mary: CustomerRow) -> AgentBrowser:
    """Mary's browser."""
    return signed_in(mary)


@pytest.fixture
def bens(signed_in: SignIn, ben: CustomerRow) -> AgentBrowser:
    """Ben's browser."""
    return signed_in(ben)


@pytest.fixture
def agents(installation: Installation, app: Flask, mary: CustomerRow) -> AgentBrowser:
    """The browser of Priya, an agent of Boston who is helping Mary."""
    browser, now = AgentBrowser(app.test_client()), clock.now()
    with installation.database.write() as session:
        member, staff = an_agent(session, now)
        helping(session, staff, mary, now)
        people.sign_in(session, browser.client, now, member=member)
    return browser
