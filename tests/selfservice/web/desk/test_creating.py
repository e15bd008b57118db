"""Making a customer: after a search, with those who are alike shown first, and without an email address."""

import pytest
import sqlalchemy as sa

from selfservice.installation import Installation
from selfservice.store.customers import CustomerRow
from tests.factories.agents import AgentBrowser

NEW = {
    "name": "Zed Nobody", "date_of_birth-day": "1", "date_of_birth-month": "2", "date_of_birth-year": "1990",
    "preferred": "letter", "address-postcode": "PE21 6RY", "address-line1": "3 Sample Street",
    "address-town": "Sampleton",
}  # fmt: skip


def customers(installation: Installation) -> list[CustomerRow]:
    with installation.database.read() as session:
        return list(session.scalars(sa.select(CustomerRow).order_by(CustomerRow.created_at)))


@pytest.fixture
def looked(agent: AgentBrowser) -> AgentBrowser:
    """An agent who has looked for somebody, and found nobody."""
    agent.start_call(council="boston", q="zed nobody")
    assert "Nobody was found" in agent.text
    return agent


def test_nobody_is_made_before_they_were_looked_for(agent: AgentBrowser, installation: Installation) -> None:
    agent.start_call(council="boston")
    assert "/desk/create" not in agent.text
    agent.open("/desk/create")
    assert agent.path == "/desk/find"
    token = agent.form("/desk/find").fields["csrf_token"]
    agent.client.post("/desk/create", data={**NEW, "csrf_token": token})
    assert customers(installation) == []


def test_a_customer_is_made_without_an_email_and_can_be_helped_at_once(
    looked: AgentBrowser, installation: Installation
) -> None:
    looked.open("/desk/create")
    looked.submit("/desk/create", **NEW)
    [made] = customers(installation)
    assert (made.name, made.preferred, made.email, made.postcode) == ("Zed Nobody", "letter", None, "PE216RY")
    assert looked.path == f"/desk/customers/{made.id}"
    looked.help(made, date_of_birth="1 2 1990", postcode="pe21 6ry")
    assert looked.helping


def test_the_way_that_they_prefer_must_lead_to_them(looked: AgentBrowser, installation: Installation) -> None:
    looked.open("/desk/create")
    looked.submit("/desk/create", name="Zed", preferred="email")
    assert "Enter their email address, or choose another way" in looked.text
    looked.submit("/desk/create", preferred="phone")
    assert "Enter their phone number, or choose another way" in looked.text
    looked.submit("/desk/create", preferred="letter")
    assert "Enter their postcode, or choose another way" in looked.text
    assert customers(installation) == []


def test_those_who_are_alike_are_shown_masked_and_only_saying_so_makes_another(
    looked: AgentBrowser, mary: CustomerRow, installation: Installation
) -> None:
    looked.open("/desk/create")
    alike = {
        **NEW,
        "name": "Mary Made-Up",
        "date_of_birth-day": "3",
        "date_of_birth-month": "4",
        "date_of_birth-year": "1980",
    }
    looked.submit("/desk/create", **alike)
    assert "Is it one of these?" in looked.text
    assert f"/desk/customers/{mary.id}" in looked.text
    assert "mary@example.org" not in looked.text
    looked.submit("/desk/create")
    assert len(customers(installation)) == 1, "pressing Create again says nothing of them"
    looked.submit("/desk/create", do="anyway")
    assert len(customers(installation)) == 2


def test_addresses_are_looked_up_by_postcode_as_in_any_form(looked: AgentBrowser) -> None:
    looked.open("/desk/create")
    looked.submit("/desk/create", **{**NEW, "address-line1": "", "address-town": "", "do": "find:address"})
    assert not looked.title.startswith("Error:")
    looked.submit("/desk/create", **{"address-postcode": "nowhere", "do": "find:address"})
    assert "Enter a full UK postcode" in looked.text
