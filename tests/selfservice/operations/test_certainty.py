"""How sure an agent must be to see the forms of whom they help: of their own work in this contact they know already."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from selfservice.database import Database
from selfservice.domain.draft import Draft
from selfservice.domain.people import Actor
from selfservice.domain.permissions import NotVerified
from selfservice.operations import contacts, drafting
from tests.factories.accounts import as_customer
from tests.factories.office import Office
from tests.factories.submitted import SEALS

Made = Callable[[Actor], Draft]


@pytest.fixture
def office(database: Database) -> Office:
    made = Office(database)
    made.call()
    return made


@pytest.fixture
def begun(office: Office) -> Made:
    """Begins a form as somebody and answers a question of it."""

    def made(who: Actor) -> Draft:
        with office.database.write() as session:
            draft = drafting.begin(session, who, "boston", "fly-tipping", office.now)
            return drafting.save(session, who, draft.id, {"details": "told"}, SEALS, office.now)

    return made


def found(office: Office, draft: Draft) -> Draft | None:
    with office.database.read() as session:
        return drafting.find(session, office.acting(), draft.id, SEALS)


def resume(office: Office, after: timedelta) -> None:
    """Pause the contact, and go on with it in a new acting session."""
    going = office.helping()
    assert going is not None
    office.do(contacts.pause)
    office.passes(after)
    office.do(contacts.resume, going.interaction_id)


def test_what_the_customer_began_by_themselves_wants_two_right_answers(office: Office, begun: Made) -> None:
    draft = begun(as_customer(office.mary))
    office.help(office.mary)
    with pytest.raises(NotVerified):
        found(office, draft)
    with pytest.raises(NotVerified), office.database.write() as session:
        drafting.save(session, office.acting(), draft.id, {"details": "other"}, SEALS, office.now)
    office.judge(office.mary, date_of_birth="3 4 1980", postcode="PE21 6RY")
    seen = found(office, draft)
    assert seen is not None
    assert seen.from_before


def test_what_the_agent_began_for_them_wants_none(office: Office, begun: Made) -> None:
    office.help(office.mary)
    seen = found(office, begun(office.acting()))
    assert seen is not None
    assert not seen.from_before


@pytest.mark.parametrize("somebody", ["mary", None])
def test_it_is_still_theirs_to_go_on_with_after_a_pause_of_the_same_contact(
    office: Office, begun: Made, somebody: str | None
) -> None:
    office.help(office.mary if somebody else None)
    draft = begun(office.acting())
    resume(office, timedelta(minutes=5))
    assert found(office, draft) is not None


def test_not_once_the_customer_has_gone_on_with_it_meanwhile(office: Office, begun: Made) -> None:
    office.help(office.mary)
    draft, mary = begun(office.acting()), as_customer(office.mary)
    going = office.helping()
    assert going is not None
    office.do(contacts.pause)
    office.passes()
    with office.database.write() as session:
        drafting.save(session, mary, draft.id, {"details": "at home"}, SEALS, office.now)
    office.do(contacts.resume, going.interaction_id)
    with pytest.raises(NotVerified):
        found(office, draft)


def test_not_once_what_was_proven_has_run_out(office: Office, begun: Made) -> None:
    office.help(office.mary, date_of_birth="3 4 1980", postcode="PE21 6RY")
    draft = begun(office.acting())
    resume(office, timedelta(hours=2))
    with pytest.raises(NotVerified):
        found(office, draft)


def test_not_in_another_contact(office: Office, begun: Made) -> None:
    office.help(office.mary)
    draft = begun(office.acting())
    office.call()
    office.help(office.mary)
    with pytest.raises(NotVerified):
        found(office, draft)
