"""Whom agents may not help because of who they are to each other."""

from datetime import UTC, datetime

import pytest
from sqlalchemy.orm import Session

from selfservice.database import Database
from selfservice.domain.people import Actor
from selfservice.operations import homes, too_close
from selfservice.store.customers import CustomerRow
from tests.factories import accounts, agents
from tests.factories.people import a_customer

NOW = datetime(2026, 11, 3, 10, tzinfo=UTC)


@pytest.fixture
def session(database: Database):
    with database.write() as opened:
        yield opened


@pytest.fixture
def agent(session: Session) -> Actor:
    return accounts.an_agent(session, NOW)[1]


def at_home(session: Session, name: str, home: dict[str, object], **more: object) -> CustomerRow:
    """A customer who lives there."""
    row = a_customer(session, name, NOW, councils=["boston"], **more)
    homes.first(session, row, home, NOW)
    return row


def test_who_uses_their_own_address_of_work_for_themselves_is_known_by_it(
    session: Session, agent: Actor
) -> None:
    own = a_customer(session, "Priya Elsewhere", NOW, councils=["boston"], email="Priya@example.org")
    assert too_close.why(session, agent, own) == "self"
    colleague = accounts.an_agent(session, NOW, name="Rob Colleague")[1]
    assert too_close.why(session, colleague, own) == "staff"


def test_who_signs_in_to_an_account_by_it_is_known_by_it_too(session: Session, agent: Actor) -> None:
    own = accounts.mary_smith(session, NOW, email="priya@example.org")
    own.email = None
    session.flush()
    assert too_close.why(session, agent, own) == "self"


def test_a_household_is_told_by_its_address_also_where_that_was_typed_by_hand(
    session: Session, agent: Actor
) -> None:
    at_home(session, "Priya At Home", agents.HOME, email="priya@example.org")
    same = at_home(session, "Sam At Home", {**agents.HOME, "words": agents.HOME["words"].upper()})
    next_door = at_home(
        session, "Nora Next-Door", {**agents.HOME, "words": "2 Sample Street, Sampleton, PE21 6RY"}
    )
    assert too_close.why(session, agent, same) == "household"
    assert too_close.why(session, agent, next_door) is None


def test_nobody_is_too_close_of_whom_no_address_is_kept(session: Session, agent: Actor) -> None:
    a_customer(session, "Priya At Work", NOW, councils=["boston"], email="priya@example.org")
    assert too_close.why(session, agent, a_customer(session, "Ada", NOW, councils=["boston"])) is None
