"""Where an agent helps, a form is asked on as few pages as its own conditions allow, by the same rules."""

import pytest
import sqlalchemy as sa
from flask import Flask

from selfservice import clock
from selfservice.installation import Installation
from selfservice.store.customers import CustomerRow
from selfservice.store.drafts import DraftRow
from tests.factories import agents
from tests.factories.agents import AgentBrowser
from tests.factories.people import sign_in
from tests.journeys.visitor import Visitor
from tests.selfservice.web.desk.test_a_call import MISSED, yesterday_or_today


@pytest.fixture
def agent(installation: Installation, app: Flask) -> AgentBrowser:
    """An agent in a form about a missed bin, for Mary."""
    browser = AgentBrowser(app.test_client())
    with installation.database.write() as session:
        member, mary = agents.an_agent(session, clock.now()), agents.mary(session, clock.now())
        sign_in(session, browser.client, clock.now(), member=member)
    browser.start_call(service="missed-bin", council="boston", q="mary")
    browser.help(mary, date_of_birth="3 4 1980", postcode="PE21 6RY")
    return browser


def draft(installation: Installation) -> DraftRow:
    with installation.database.read() as session:
        return session.scalars(sa.select(DraftRow)).one()


def test_everything_that_can_be_asked_stands_on_one_page_and_the_rest_follows(
    agent: AgentBrowser, installation: Installation
) -> None:
    assert "Which bin was missed?" in agent.text
    assert "Email address" in agent.text
    assert "edge of your property by 6am" not in agent.text, "that hangs on an answer"
    agent.submit(**{**MISSED, "assisted": "no"}, **yesterday_or_today())
    assert agent.path.endswith("/out")
    assert "Which bin was missed?" not in agent.text, "it was answered"
    agent.submit(out="yes")
    assert agent.path.endswith("/check-answers")
    assert draft(installation).answers["name"] == "Mary Made-Up"


def test_a_resident_is_asked_one_thing_at_a_time_whatever_they_post(visitor: Visitor) -> None:
    visitor.begin("boston", "missed-bin")
    assert "Which bin was missed?" not in visitor.text
    visitor.press({"together": "property bin", "bin": "recycling"})
    assert visitor.title.startswith("Error:")
    assert "Select which bin" not in visitor.text


def test_mistakes_are_told_all_at_once_and_nothing_typed_is_lost(agent: AgentBrowser) -> None:
    agent.submit(bin="recycling", anything_else="By the gate")
    assert agent.title.startswith("Error:")
    assert "Select yes if the lid was closed" in agent.text
    assert "By the gate" in agent.text
    assert agent.form().fields["bin"] == ["recycling"]
    agent.submit(**MISSED, **yesterday_or_today())
    assert agent.path.endswith("/check-answers")
    assert "By the gate" in agent.text


def test_an_answer_that_ends_the_journey_ends_it_without_the_rest(
    agent: AgentBrowser, installation: Installation
) -> None:
    agent.submit(
        bin="recycling",
        **{"collection_day-day": "1", "collection_day-month": "1", "collection_day-year": "2020"},
    )
    assert agent.path.endswith("/too-late")
    assert set(draft(installation).answers) == {"property", "bin", "collection_day"}


def test_one_answer_is_changed_on_a_page_of_its_own(agent: AgentBrowser) -> None:
    agent.submit(**MISSED, **yesterday_or_today())
    agent.open(agent.path.replace("check-answers", "closed?change=1"))
    assert "Which bin was missed?" not in agent.text
    agent.submit(closed="yes")
    assert agent.path.endswith("/check-answers")


def test_what_was_typed_so_far_is_kept_when_it_is_left_for_later(
    agent: AgentBrowser, installation: Installation
) -> None:
    agent.submit(bin="recycling", do="save")
    assert agent.path.endswith("/save")
    kept = draft(installation).answers
    assert (kept["bin"], kept["name"]) == ("recycling", "Mary Made-Up")
    assert "closed" not in kept, "what was not asked yet is no mistake"


def test_addresses_are_found_within_a_page_of_several(agent: AgentBrowser) -> None:
    agent.submit(
        **{
            "property-postcode": "PE21 8QR",
            "property-line1": "",
            "property-town": "",
            "do": "find:property",
            "bin": "recycling",
        }
    )
    assert not agent.title.startswith("Error:")
    assert agent.form().fields["bin"] == ["recycling"], "what was typed beside it stays"


def test_somebody_whom_nobody_has_checked_gets_nothing_put_in(
    agent: AgentBrowser, installation: Installation
) -> None:
    with installation.database.write() as session:
        mary = session.scalars(sa.select(CustomerRow)).one()
    agent.start_call(service="missed-bin", council="boston", q="mary")
    agent.help(mary, do="skip")
    assert "Which bin was missed?" in agent.text
    assert "Sample Street" not in agent.text
    assert "mary@example.org" not in agent.text
