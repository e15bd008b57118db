"""`selfservice customer`: whom not every agent may help is said by whoever runs the installation."""

import pytest
from sqlalchemy.orm import Session

from selfservice import clock
from selfservice.cli import main
from selfservice.database import Database
from selfservice.domain.people import Actor, Role
from selfservice.operations import assisting
from selfservice.operations.assisting import CannotHelp
from selfservice.store import interactions
from selfservice.store.timeline import TimelineEventRow
from tests.factories import accounts
from tests.factories.people import a_customer, a_member_of_staff

pytestmark = pytest.mark.usefixtures("command_home")
MARY, PRIYA = "mary.smith@example.org", "priya@example.org"


def said(capsys: pytest.CaptureFixture[str], *arguments: str, status: int = 0) -> str:
    assert main(["customer", *arguments]) == status
    told = capsys.readouterr()
    return told.out + told.err


def why_not(session: Session, agent: Actor, customer: str) -> str:
    """Why the agent may not help this customer; "" if they may."""
    try:
        assisting.may_help(session, agent, customer, clock.now())
    except CannotHelp as refused:
        return refused.why
    return ""


def test_a_restricted_record_opens_with_an_approval_alone_and_whoever_helped_stops(
    capsys: pytest.CaptureFixture[str], database: Database
) -> None:
    with database.write() as session:
        row = accounts.mary_smith(session, clock.now())
        mary, (_, agent) = row.id, accounts.an_agent(session, clock.now())
        accounts.helping(session, agent, row, clock.now())
    assert "with a supervisor's approval alone" in said(capsys, "restrict", MARY.upper())
    with database.write() as session:
        assert interactions.acting_of(session, agent.id) is None
        assert why_not(session, agent, mary) == "restricted"
    assert mary in said(capsys, "open", mary)
    with database.write() as session:
        assert why_not(session, agent, mary) == ""
        written = [line.what for line in session.query(TimelineEventRow) if line.what.startswith("customer_")]
    assert written == ["customer_restricted", "customer_opened"]


def test_a_customer_who_is_a_member_of_staff_is_helped_by_nobody(
    capsys: pytest.CaptureFixture[str], database: Database
) -> None:
    with database.write() as session:
        mary = accounts.mary_smith(session, clock.now()).id
        _, agent = accounts.an_agent(session, clock.now())
        roles = [("boston", Role.AGENT)]
        a_member_of_staff(session, "Mary Smith", clock.now(), email="m.smith@example.org", roles=roles)
        a_customer(session, "Another Mary", clock.now(), councils=["boston"])
    assert "is a member of staff" in said(capsys, "staff", MARY, "M.Smith@example.org")
    with database.write() as session:
        assert why_not(session, agent, mary) == "staff"


def test_what_cannot_be_done_is_told_in_a_line(
    capsys: pytest.CaptureFixture[str], database: Database
) -> None:
    with database.write() as session:
        accounts.mary_smith(session, clock.now())
        other = a_customer(session, "Another Mary", clock.now(), councils=["boston"]).id
        accounts.an_agent(session, clock.now())
    assert "not one customer" in said(capsys, "restrict", "nobody@example.org", status=2)
    assert "no member of staff" in said(capsys, "staff", MARY, "nobody@example.org", status=2)
    said(capsys, "staff", MARY, PRIYA)
    assert "another record" in said(capsys, "staff", other, PRIYA, status=2)
