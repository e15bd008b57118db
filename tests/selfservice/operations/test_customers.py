"""Making customers: those who are alike are told first, staff and other councils' customers are none of them."""

from datetime import date

import pytest

from selfservice.database import Database
from selfservice.domain.people import Role
from selfservice.domain.permissions import NotAllowed
from selfservice.domain.profile import Preferred
from selfservice.operations import customers, finding
from selfservice.operations.assisting import CannotHelp
from selfservice.operations.customers import New
from selfservice.store import addresses
from selfservice.store import customers as kept
from selfservice.store.customers import CustomerCouncilRow
from selfservice.store.timeline import TimelineEventRow
from tests.factories import agents
from tests.factories.office import Office
from tests.factories.people import as_staff
from tests.factories.submitted import NOW

HOME = {**agents.HOME, "uprn": "100000000001", "by_hand": False}
NOBODY = New("Zed Nobody", date(1990, 1, 1), "zed@example.org", "+441632960555", Preferred.LETTER, HOME)


@pytest.fixture
def office(database: Database) -> Office:
    made = Office(database)
    made.call()
    return made


def alike(office: Office, new: New) -> set[str]:
    with office.database.read() as session:
        return set(customers.alike(session, office.priya, new))


def test_nobody_is_like_somebody_new(office: Office) -> None:
    assert alike(office, NOBODY) == set()
    assert alike(office, New("Mary Made-Up")) == set(), "a name alone is no likeness"


@pytest.mark.parametrize(
    "new",
    [
        New("Somebody Else", email="MARY@example.org"),
        New("MARY  MADE-UP", date(1980, 4, 3)),
        New("Máry Made-Up", address={**HOME}),
    ],
)
def test_likeness_is_by_address_by_name_and_day_and_by_name_and_home(office: Office, new: New) -> None:
    with office.database.write() as session:
        session.merge(office.mary).uprn = "100000000001"
    assert alike(office, new) == {office.mary.id}


def test_likeness_is_by_either_number(office: Office) -> None:
    with office.database.write() as session:
        session.merge(office.ada).other_phone = "+441632960999"
    assert alike(office, New("Somebody Else", phone="+441632960999")) == {office.ada.id}


def test_staff_and_customers_of_other_councils_are_not_told_of(office: Office) -> None:
    with office.database.write() as session:
        session.merge(office.mary).staff_id = office.tom.id
        session.query(CustomerCouncilRow).filter_by(customer_id=office.ada.id).update(
            {"council": "east-lindsey"}
        )
    assert alike(office, New("X", email="mary@example.org")) == set()
    assert alike(office, New("X", email="ada@example.org")) == set()


def test_a_new_customer_needs_no_email_lives_somewhere_and_is_found_at_once(office: Office) -> None:
    new = New("Zoë  O’Neill", None, None, None, Preferred.LETTER, HOME)
    made = office.do(customers.create, new, [office.mary.id])
    with office.database.read() as session:
        row = kept.by_id(session, made)
        assert row is not None
        assert (row.name_key, row.preferred, row.email, row.created_by) == (
            "zoe oneill", "letter", None, office.priya.id,
        )  # fmt: skip
        assert (row.postcode, row.uprn) == ("PE216RY", "100000000001")
        [home] = addresses.of_customer(session, made)
        assert home.current
        assert kept.councils_of(session, made) == {"boston"}
        [line] = [each for each in session.query(TimelineEventRow) if each.what == "customer_created"]
    assert line.detail == {"although": [office.mary.id]}
    assert line.customer_id == made
    [found] = office.do(finding.find, "zoe oneill")
    assert found.customer_id == made


def test_making_one_takes_a_contact_and_the_role(office: Office) -> None:
    with pytest.raises(CannotHelp):
        office.do(customers.create, NOBODY, [], agent=office.tom)
    with office.database.write() as session:
        roles = (("boston", Role.SUPERVISOR),)
        graham = as_staff(agents.an_agent(session, NOW, "Graham Example", roles=roles), roles)
    with pytest.raises((CannotHelp, NotAllowed)):
        office.do(customers.create, NOBODY, [], agent=graham)
