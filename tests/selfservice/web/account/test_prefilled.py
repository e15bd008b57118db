"""Forms are filled in from the account, say so, and change the account only when they are asked to."""

import re
from collections.abc import Callable

import pytest
import sqlalchemy as sa

from selfservice import clock
from selfservice.installation import Installation
from selfservice.store.customers import CustomerRow
from selfservice.store.drafts import DraftRow
from selfservice.store.staff import StaffRow
from selfservice.store.submissions import SubmissionRow
from selfservice.store.timeline import TimelineEventRow
from tests.factories.accounts import MARY
from tests.factories.agents import AgentBrowser
from tests.factories.people import a_customer
from tests.factories.reports import fly_tipping
from tests.journeys.visitor import Visitor

NOTE = "From your account. Change it if it is different this time."
NOTE_OF_AGENTS = "From the customer’s account. Change it if it is different this time."
REPORT = [
    each
    for each in fly_tipping(where="PE21 6RY", name="", email="", witnessed=False)
    if each[0] != "about-you"
]


def at_about_you(browser: Visitor) -> str:
    """Report fly-tipping up to the page that asks who it is; the page."""
    browser.begin("boston", "fly-tipping")
    browser.fill_in(REPORT)
    assert browser.path.endswith("/about-you")
    return browser.text


def value_of(text: str, name: str) -> str:
    found = re.search(rf'<input[^>]* name="{name}"[^>]*>', text)
    assert found, f"no {name}"
    value = re.search(r' value="([^"]*)"', found[0])
    return value[1] if value else ""


def draft(installation: Installation) -> DraftRow:
    with installation.database.read() as session:
        return session.scalars(sa.select(DraftRow).order_by(DraftRow.started_at.desc())).all()[0]


def test_what_the_account_holds_stands_in_the_form_and_says_where_it_came_from(marys: AgentBrowser) -> None:
    page = at_about_you(marys)
    assert value_of(page, "name") == "Mary Smith"
    assert value_of(page, "email") == MARY
    assert value_of(page, "phone") == "01632 960001"
    assert page.count(NOTE) == 3


def test_nothing_is_kept_of_it_before_the_person_goes_on(
    marys: AgentBrowser, installation: Installation
) -> None:
    at_about_you(marys)
    assert "name" not in draft(installation).answers


def test_check_answers_shows_the_source_beside_what_was_left_so(
    marys: AgentBrowser, installation: Installation
) -> None:
    at_about_you(marys)
    marys.submit(marys.path, name="Mary J Smith")
    assert marys.path.endswith("/check-answers")
    assert marys.text.count("From your account") == 2
    assert draft(installation).prefilled == {"email": "account", "phone": "account"}


def test_coming_back_to_change_it_still_says_so_until_it_is_different(
    marys: AgentBrowser, installation: Installation
) -> None:
    at_about_you(marys)
    marys.submit(marys.path)
    about = marys.path.replace("check-answers", "about-you")
    assert marys.open(f"{about}?change=1").text.count(NOTE) == 3
    marys.submit(f"{about}?change=1")
    assert len(draft(installation).prefilled) == 3
    marys.open(f"{about}?change=1")
    marys.submit(f"{about}?change=1", phone="01632 960002", email="")
    assert draft(installation).prefilled == {"name": "account"}
    assert draft(installation).answers["email"] is None
    page = marys.open(f"{about}?change=1").text
    assert page.count(NOTE) == 1
    assert value_of(page, "email") == "", "left blank on purpose"


def test_a_mistake_is_shown_with_what_was_typed_and_claims_no_source(marys: AgentBrowser) -> None:
    at_about_you(marys)
    marys.submit(marys.path, email="mary@")
    assert marys.title.startswith("Error:")
    assert value_of(marys.text, "email") == "mary@"
    assert marys.text.count(NOTE) == 2


def test_an_address_is_put_in_where_the_form_asks_for_the_own_home(
    marys: AgentBrowser, installation: Installation
) -> None:
    marys.begin("boston", "missed-bin")
    assert value_of(marys.text, "property-postcode") == "PE21 6RY"
    assert "1 Example Street, Boston</option>" in marys.text
    assert NOTE in marys.text
    marys.submit(marys.path)
    assert draft(installation).prefilled == {"property": "account"}
    assert draft(installation).answers["property"]["uprn"] == "999090257401"


def test_an_address_of_somebody_else_is_not_put_in(marys: AgentBrowser) -> None:
    marys.begin("boston", "empty-property")
    assert value_of(marys.text, "property-postcode") == ""
    assert NOTE not in marys.text


def test_a_visitor_is_given_nothing(someone: Callable[[], Visitor], mary: CustomerRow) -> None:
    visitor = someone()
    page = at_about_you(visitor)
    assert (value_of(page, "name"), value_of(page, "email"), value_of(page, "phone")) == ("", "", "")
    assert NOTE not in page


def test_an_agents_form_is_filled_in_from_the_customer_whom_they_help(
    agents: AgentBrowser, mary: CustomerRow, installation: Installation
) -> None:
    """Never from the agent's own record, though they have one."""
    with installation.database.write() as session:
        member = session.scalars(sa.select(StaffRow)).one()
        a_customer(
            session,
            "Priya Example",
            clock.now(),
            staff_id=member.id,
            email=member.email,
            phone="+441632960999",
        )
    agents.open("/boston/fly-tipping/")
    agents.press()
    assert value_of(agents.text, "name") == "Mary Smith"
    assert value_of(agents.text, "email") == MARY
    assert NOTE_OF_AGENTS in agents.text
    assert "priya@example.org" not in agents.text
    assert "960999" not in agents.text
    with installation.database.read() as session:
        seen = session.scalars(sa.select(TimelineEventRow).where(TimelineEventRow.what == "viewed")).all()
    assert {(line.detail["what"], line.customer_id) for line in seen} == {("form", mary.id)}


def test_what_differs_is_offered_and_saved_only_when_asked(
    marys: AgentBrowser, mary: CustomerRow, installation: Installation
) -> None:
    at_about_you(marys)
    marys.submit(marys.path, phone="07700 900 001")
    marys.send()
    assert "Save these in your account?" in marys.text
    assert "07700 900001" in marys.text
    assert phone_of(installation, mary) == "+441632960001", "nothing was asked for yet"
    keep = marys.path + "/account"
    marys.submit(keep)
    assert "Saved in your account." in marys.text
    assert "Save these in your account?" not in marys.text
    assert phone_of(installation, mary) == "+447700900001"


def phone_of(installation: Installation, row: CustomerRow) -> str | None:
    with installation.database.read() as session:
        return session.get_one(CustomerRow, row.id).phone


def test_nothing_is_offered_where_nothing_differs_nor_to_a_visitor(
    marys: AgentBrowser, someone: Callable[[], Visitor]
) -> None:
    at_about_you(marys)
    marys.submit(marys.path)
    marys.send()
    assert "in your account?" not in marys.text
    visitor = someone()
    at_about_you(visitor)
    visitor.press({"name": "Sam Carter", "email": "sam@example.org", "phone": "01632 960123"})
    visitor.send()
    assert "in your account?" not in visitor.text
    visitor.press({}, at=visitor.path + "/account")
    assert visitor.path.endswith("/sent")


def test_nobody_keeps_anything_from_the_form_of_another(
    marys: AgentBrowser, bens: AgentBrowser, mary: CustomerRow, ben: CustomerRow, installation: Installation
) -> None:
    at_about_you(marys)
    marys.submit(marys.path, phone="07700 900 001")
    marys.send()
    bens.open("/account/claim")
    assert bens.press({}, at=marys.path + "/account").status_code == 404
    assert phone_of(installation, ben) is None
    assert phone_of(installation, mary) == "+441632960001"


@pytest.mark.parametrize("name", ["name", "email", "phone"])
def test_what_is_left_out_of_a_form_is_left_out_of_what_is_sent(
    marys: AgentBrowser, installation: Installation, name: str
) -> None:
    at_about_you(marys)
    marys.submit(marys.path, **{name: ""})
    marys.send()
    with installation.database.read() as session:
        contact = session.scalars(sa.select(SubmissionRow)).one().contact
    assert contact[name] == ""
