"""Forms are answered from the account of the customer, and never from that of whoever acts for them."""

from datetime import date
from typing import Any

import pytest
from sqlalchemy.orm import Session

from forms.kit.own import Own
from forms.kit.samples import HOUSE
from selfservice.database import Database
from selfservice.domain.people import Actor, ActorKind
from selfservice.operations import drafting, homes, prefilling, profiles
from selfservice.store.customers import CustomerRow
from tests.factories.accounts import MARY, OLD_LANE, an_agent, as_customer, helping, mary_smith
from tests.factories.people import a_customer, an_account
from tests.factories.submitted import NOW, SEALS

VISITOR = Actor(ActorKind.RESIDENT, "f" * 64)


def mary_at_home(session: Session) -> CustomerRow:
    row = mary_smith(session, NOW, date_of_birth=date(1952, 3, 27))
    homes.add(session, as_customer(row), HOUSE, NOW, current=True)
    return row


def of_mary() -> dict[Own, Any]:
    return {
        Own.NAME: "Mary Smith",
        Own.EMAIL: MARY,
        Own.PHONE: "+441632960001",
        Own.BORN: "1952-03-27",
        Own.ADDRESS: HOUSE,
    }


def test_what_the_account_holds_is_known_to_the_customer_and_to_who_helps_them(database: Database) -> None:
    with database.write() as session:
        row = mary_at_home(session)
        _member, staff = an_agent(session, NOW)
        agent = helping(session, staff, row, NOW)
        assert prefilling.known(session, as_customer(row)) == of_mary()
        assert prefilling.known(session, agent) == of_mary()


def test_nothing_is_known_of_visitors_of_staff_in_their_own_name_and_of_somebody_without_a_name(
    database: Database,
) -> None:
    with database.write() as session:
        mary_at_home(session)
        _member, staff = an_agent(session, NOW)
        nameless = helping(session, staff, None, NOW)
        for who in (VISITOR, staff, nameless):
            assert prefilling.known(session, who) == {}


def test_an_agent_with_a_record_of_their_own_never_lends_it(database: Database) -> None:
    """What a rival does: the employee's own name and number in the client's form."""
    with database.write() as session:
        ben = a_customer(session, "Ben Fenn", NOW, councils=("boston",))
        member, staff = an_agent(session, NOW)
        a_customer(
            session, "Priya Example", NOW, staff_id=member.id, email=member.email, phone="+441632960999"
        )
        agent = helping(session, staff, ben, NOW)
        assert prefilling.known(session, agent) == {Own.NAME: "Ben Fenn"}


def test_the_customer_whom_one_helps_now_is_the_source_and_not_the_one_before(database: Database) -> None:
    with database.write() as session:
        mary, ben = mary_at_home(session), a_customer(session, "Ben Fenn", NOW, councils=("boston",))
        _member, staff = an_agent(session, NOW)
        helping(session, staff, mary, NOW)
        now_ben = helping(session, staff, ben, NOW)
        assert prefilling.known(session, now_ben) == {Own.NAME: "Ben Fenn"}


def test_a_home_in_a_council_that_the_agent_does_not_work_for_stays_unknown(database: Database) -> None:
    with database.write() as session:
        row = mary_smith(session, NOW)
        homes.add(session, as_customer(row), OLD_LANE, NOW, current=True)
        _member, staff = an_agent(session, NOW)
        agent = helping(session, staff, row, NOW)
        assert Own.ADDRESS not in prefilling.known(session, agent)
        assert prefilling.known(session, as_customer(row))[Own.ADDRESS] == OLD_LANE


def test_only_what_differs_is_worth_keeping_and_never_an_email_address(database: Database) -> None:
    given: dict[Own, Any] = {
        Own.NAME: "MARY  SMITH",
        Own.EMAIL: "new@example.org",
        Own.PHONE: "+447700900001",
        Own.BORN: "1952-03-27",
        Own.ADDRESS: OLD_LANE,
    }
    with database.write() as session:
        row = mary_at_home(session)
        worth = prefilling.worth_keeping(session, as_customer(row), given)
        assert worth == {Own.PHONE: "+447700900001", Own.ADDRESS: OLD_LANE}
        assert prefilling.worth_keeping(session, as_customer(row), of_mary()) == {}
        assert prefilling.worth_keeping(session, VISITOR, given) == {}


def test_what_is_kept_is_what_was_worth_it(database: Database) -> None:
    given: dict[Own, Any] = {
        Own.NAME: "Mary Jones",
        Own.EMAIL: "new@example.org",
        Own.PHONE: "+447700900001",
        Own.ADDRESS: OLD_LANE,
    }
    with database.write() as session:
        row = mary_at_home(session)
        prefilling.keep(session, as_customer(row), given, NOW)
        found = profiles.profile(session, as_customer(row))
        assert found is not None
        assert found.current_home is not None
        assert (found.name, found.email, found.phone) == ("Mary Jones", MARY, "+447700900001")
        assert found.date_of_birth == date(1952, 3, 27)
        assert found.current_home.words == OLD_LANE["words"]
        assert prefilling.worth_keeping(session, as_customer(row), given) == {}


def test_a_number_beside_the_one_they_sign_in_by_takes_the_second_place(database: Database) -> None:
    with database.write() as session:
        row = a_customer(session, "Tom Allsop", NOW, phone="+447700900102")
        an_account(session, row, NOW, email=None, phone="+447700900102")
        prefilling.keep(session, as_customer(row), {Own.PHONE: "+441632960002"}, NOW)
        assert (row.phone, row.other_phone) == ("+447700900102", "+441632960002")


def test_a_visitor_keeps_nothing(database: Database) -> None:
    with database.write() as session:
        row = mary_at_home(session)
        prefilling.keep(session, VISITOR, {Own.NAME: "Mary Jones"}, NOW)
        assert row.name == "Mary Smith"


@pytest.mark.parametrize(
    ("given", "from_account", "left"),
    [
        ({"name": "Mary Jones"}, [], {"email"}),
        ({"name": None, "email": None}, [], set()),
        ({"name": "Mary Smith"}, ["name"], {"name", "email"}),
        ({"details": "It is still there"}, [], {"name", "email"}),
        ({"phone": "+441632960001"}, ["phone"], {"name", "email", "phone"}),
    ],
)
def test_a_draft_knows_what_came_from_the_account_until_it_is_answered_differently(
    database: Database, given: dict[str, Any], from_account: list[str], left: set[str]
) -> None:
    with database.write() as session:
        mary = as_customer(mary_smith(session, NOW))
        begun = drafting.begin(session, mary, "boston", "fly-tipping", NOW)
        answers = {"name": "Mary Smith", "email": MARY}
        drafting.save(session, mary, begun.id, answers, SEALS, NOW, from_account=list(answers))
        after = drafting.save(session, mary, begun.id, given, SEALS, NOW, from_account=from_account)
        assert after.prefilled == dict.fromkeys(left, "account")
        found = drafting.find(session, mary, begun.id, SEALS)
        assert found is not None
        assert found.prefilled == after.prefilled
