"""What is held of a customer: read and changed by them and by who helps them, each change with both names."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from forms.kit.samples import HOUSE
from selfservice.database import Database
from selfservice.domain.people import Actor, ActorKind, Channel, Verification
from selfservice.domain.permissions import NotAllowed, NotVerified
from selfservice.domain.profile import Need, Preferred
from selfservice.operations import homes, profiles
from selfservice.store import customers
from selfservice.store.customers import CustomerRow
from selfservice.store.timeline import TimelineEventRow
from tests.factories.accounts import OLD_LANE, an_agent, as_customer, helping, mary_smith
from tests.factories.people import a_customer, an_account
from tests.factories.submitted import NOW

VISITOR = Actor(ActorKind.RESIDENT, "f" * 64)
CHANGES: dict[str, Callable[[Session, Actor], Any]] = {
    "name": lambda session, who: profiles.change_name(session, who, "Mary Jones", None, NOW),
    "phones": lambda session, who: profiles.change_phones(session, who, "+441632960002", None, NOW),
    "ways": lambda session, who: profiles.change_ways(session, who, Preferred.LETTER, "en", NOW),
    "needs": lambda session, who: profiles.change_needs(session, who, [Need.BRAILLE], "", NOW),
    "household": lambda session, who: profiles.change_household(session, who, [{"full_name": "Tom"}], NOW),
    "address": lambda session, who: homes.add(session, who, HOUSE, NOW, current=True),
}
each_change = pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)


def lines(session: Session, what: str = "profile_changed") -> list[TimelineEventRow]:
    return list(session.scalars(sa.select(TimelineEventRow).where(TimelineEventRow.what == what)))


def test_everything_changed_is_read_again(database: Database) -> None:
    with database.write() as session:
        row = mary_smith(session, NOW)
        mary = as_customer(row)
        profiles.change_name(session, mary, "Siobhán O’Neill", date(1952, 3, 27), NOW)
        profiles.change_phones(session, mary, "+447700900001", "+441632960002", NOW)
        profiles.change_ways(session, mary, Preferred.SMS, "cy", NOW)
        profiles.change_needs(session, mary, [Need.LARGE_PRINT, Need.PHONE_NOT_WRITE], "Ring twice", NOW)
        profiles.change_household(session, mary, [{"full_name": "Tom Smith", "born": "2012-04-01"}], NOW)
        found = profiles.profile(session, mary)
    assert found is not None
    assert (found.name, found.date_of_birth) == ("Siobhán O’Neill", date(1952, 3, 27))
    assert (found.phone, found.other_phone) == ("+447700900001", "+441632960002")
    assert (found.preferred, found.language) == (Preferred.SMS, "cy")
    assert (found.needs, found.needs_words) == (("large_print", "phone_not_write"), "Ring twice")
    assert found.household == ({"full_name": "Tom Smith", "born": "2012-04-01"},)
    assert row.name_key == "siobhan oneill"


@each_change
def test_a_change_by_the_customer_is_written_down_without_what_it_is(
    database: Database, change: Callable[[Session, Actor], Any]
) -> None:
    with database.write() as session:
        row = mary_smith(session, NOW)
        change(session, as_customer(row))
        [line] = lines(session)
        assert (line.customer_id, line.actor_kind, line.on_behalf_of) == (row.id, "resident", None)
        assert line.words == ""
        assert line.detail.keys() == {"changed"}
        assert not {"Mary Jones", "Tom", "PE21 6RY", "+441632960002"} & set(line.detail["changed"])


@each_change
def test_a_change_by_an_agent_is_written_down_with_both(
    database: Database, change: Callable[[Session, Actor], Any]
) -> None:
    with database.write() as session:
        row = mary_smith(session, NOW)
        member, staff = an_agent(session, NOW)
        agent = helping(session, staff, row, NOW, Verification.FULL)
        change(session, agent)
        [line] = lines(session)
        assert (line.actor_id, line.on_behalf_of, line.customer_id) == (member.id, row.id, row.id)
        assert line.acting_session_id == agent.via
        assert line.channel == Channel.PHONE


@pytest.mark.parametrize("what", CHANGES)
def test_what_somebody_is_known_by_wants_an_agent_who_is_fully_sure(database: Database, what: str) -> None:
    """Whoever could change it when they are less sure would pass the full check with it."""
    with database.write() as session:
        row = mary_smith(session, NOW)
        _member, staff = an_agent(session, NOW)
        agent = helping(session, staff, row, NOW, Verification.BASIC)
        if what in ("ways", "needs", "household"):
            CHANGES[what](session, agent)
            assert lines(session)
        else:
            with pytest.raises(NotVerified):
                CHANGES[what](session, agent)
            assert not lines(session)


def test_so_do_moving_and_removing_an_address(database: Database) -> None:
    with database.write() as session:
        row = mary_smith(session, NOW)
        home = homes.add(session, as_customer(row), OLD_LANE, NOW, current=False)
        _member, staff = an_agent(session, NOW, councils=("boston", "east-lindsey"))
        agent = helping(session, staff, row, NOW, Verification.BASIC)
        for change in (homes.move_in, homes.remove):
            with pytest.raises(NotVerified):
                change(session, agent, home, NOW)


@each_change
def test_a_visitor_and_staff_in_their_own_name_change_nothing(
    database: Database, change: Callable[[Session, Actor], Any]
) -> None:
    with database.write() as session:
        mary_smith(session, NOW)
        _member, staff = an_agent(session, NOW)
        for who in (VISITOR, staff):
            with pytest.raises(NotAllowed):
                change(session, who)
        assert lines(session) == []


def test_somebody_without_a_name_has_no_profile_and_gets_none(database: Database) -> None:
    with database.write() as session:
        _member, staff = an_agent(session, NOW)
        nameless = helping(session, staff, None, NOW)
        assert profiles.profile(session, nameless) is None
        with pytest.raises(profiles.NoProfile):
            profiles.change_name(session, nameless, "Anybody", None, NOW)


def test_one_customer_never_changes_another(database: Database) -> None:
    with database.write() as session:
        mary, ben = mary_smith(session, NOW), a_customer(session, "Ben Fenn", NOW)
        profiles.change_name(session, as_customer(ben), "Benjamin Fenn", None, NOW)
        assert (mary.name, ben.name) == ("Mary Smith", "Benjamin Fenn")


def test_the_number_that_somebody_signs_in_by_is_changed_by_nobody_here(database: Database) -> None:
    with database.write() as session:
        row = a_customer(session, "Tom Allsop", NOW, phone="+447700900102", councils=("boston",))
        an_account(session, row, NOW, email=None, phone="+447700900102")
        _member, staff = an_agent(session, NOW)
        for who in (as_customer(row), helping(session, staff, row, NOW, Verification.FULL)):
            with pytest.raises(profiles.SignInDetail):
                profiles.change_phones(session, who, "+447700900103", None, NOW)
        profiles.change_phones(session, as_customer(row), "+447700900102", "+441632960002", NOW)
        assert (row.phone, row.other_phone) == ("+447700900102", "+441632960002")


def test_moving_in_makes_the_home_before_an_earlier_one_and_is_what_they_are_found_by(
    database: Database,
) -> None:
    with database.write() as session:
        row = mary_smith(session, NOW)
        mary = as_customer(row)
        homes.add(session, mary, HOUSE, NOW, current=True)
        homes.add(session, mary, OLD_LANE, NOW, current=True)
        assert (row.postcode, row.uprn) == ("LN119NS", "999100000012")
        found = profiles.homes(session, mary, row.id)
        assert [(home.words, home.current) for home in found] == [
            ("12 Old Lane, Louth, LN11 9NS", True),
            ("1 Example Street, Boston, PE21 6RY", False),
        ]
        homes.move_in(session, mary, found[1].id, NOW)
        assert [home.current for home in profiles.homes(session, mary, row.id)] == [True, False]
        assert (row.postcode, row.uprn) == ("PE216RY", "999090257401")


def test_a_council_with_an_address_knows_the_customer(database: Database) -> None:
    with database.write() as session:
        row = mary_smith(session, NOW, councils=())
        homes.add(session, as_customer(row), OLD_LANE, NOW, current=False)
        assert customers.councils_of(session, row.id) == {"east-lindsey"}


def test_an_address_outside_the_partnership_makes_it_known_to_nobody(database: Database) -> None:
    with database.write() as session:
        row = mary_smith(session, NOW, councils=())
        away = {**HOUSE, "uprn": "", "words": "1 Rue Exemple, Lille, 59000", "postcode": "59000 LILLE CEDEX"}
        homes.add(session, as_customer(row), {**away, "council": None}, NOW, current=True)
        assert customers.councils_of(session, row.id) == frozenset()
        assert row.postcode == "59000LIL", "cut to what its column holds"


def test_the_same_address_is_kept_once(database: Database) -> None:
    with database.write() as session:
        row = mary_smith(session, NOW)
        by_hand = {**HOUSE, "uprn": "", "by_hand": True, "words": "2 EXAMPLE STREET, BOSTON"}
        for answer in (HOUSE, HOUSE, by_hand, {**by_hand, "words": "2 Example Street, Boston"}):
            homes.add(session, as_customer(row), answer, NOW, current=False)
        assert len(profiles.homes(session, as_customer(row), row.id)) == 2


def test_removing_where_they_live_leaves_nothing_to_be_found_by(database: Database) -> None:
    with database.write() as session:
        row = mary_smith(session, NOW)
        home = homes.add(session, as_customer(row), HOUSE, NOW, current=True)
        homes.remove(session, as_customer(row), home, NOW)
        assert profiles.homes(session, as_customer(row), row.id) == ()
        assert (row.postcode, row.uprn) == (None, None)


def test_nobody_moves_into_or_removes_the_home_of_another(database: Database) -> None:
    with database.write() as session:
        mary, ben = mary_smith(session, NOW), a_customer(session, "Ben Fenn", NOW)
        home = homes.add(session, as_customer(mary), HOUSE, NOW, current=True)
        for change in (homes.move_in, homes.remove):
            with pytest.raises(homes.NoSuchHome):
                change(session, as_customer(ben), home, NOW)


def test_an_agent_sees_no_home_in_a_council_that_they_do_not_work_for(database: Database) -> None:
    with database.write() as session:
        row = mary_smith(session, NOW)
        home = homes.add(session, as_customer(row), OLD_LANE, NOW, current=True)
        homes.add(session, as_customer(row), HOUSE, NOW, current=False)
        _member, staff = an_agent(session, NOW)
        agent = helping(session, staff, row, NOW, Verification.FULL)
        found = profiles.profile(session, agent)
        assert found is not None
        assert [each.words for each in found.homes] == ["1 Example Street, Boston, PE21 6RY"]
        assert found.current_home is None
        with pytest.raises(homes.NoSuchHome):
            homes.remove(session, agent, home, NOW)


def test_there_is_an_end_to_addresses(database: Database) -> None:
    with database.write() as session:
        row = mary_smith(session, NOW)
        for number in range(homes.MOST):
            homes.add(session, as_customer(row), {**HOUSE, "uprn": str(1000 + number)}, NOW, current=False)
        with pytest.raises(homes.TooMany):
            homes.add(session, as_customer(row), OLD_LANE, NOW, current=False)


def test_a_customer_who_was_forgotten_has_no_profile(database: Database) -> None:
    with database.write() as session:
        row = mary_smith(session, NOW)
        session.get_one(CustomerRow, row.id).forgotten_at = NOW
        session.flush()
        assert profiles.profile(session, as_customer(row)) is None
