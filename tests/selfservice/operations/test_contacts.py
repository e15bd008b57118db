"""Contacts: one at a time, counted without pauses, handed to colleagues, and brought back with whom they were about."""

from datetime import timedelta

import pytest
import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError

from selfservice.database import Database
from selfservice.domain.acting import EndedWhy, Reason
from selfservice.domain.contact import ContactState, Outcome, PausedWhy
from selfservice.domain.people import Channel, Role, Verification
from selfservice.domain.permissions import NotAllowed
from selfservice.domain.verifying import GOOD_FOR
from selfservice.operations import assisting, contacts, desks, drafting, sign_ins
from selfservice.operations.contacts import NotThere
from selfservice.store.interactions import ActingSessionRow, InteractionRow
from selfservice.store.timeline import TimelineEventRow
from tests.factories import agents
from tests.factories.office import Office
from tests.factories.submitted import NOW, SEALS


@pytest.fixture
def office(database: Database) -> Office:
    return Office(database)


def test_only_the_seconds_between_starting_and_pausing_count(office: Office) -> None:
    call = office.call()
    office.passes(timedelta(seconds=90))
    office.do(contacts.pause)
    office.passes(timedelta(hours=3))
    office.do(contacts.resume, call)
    office.passes(timedelta(seconds=30))
    assert office.do(contacts.wrap_up, call, Outcome.ANSWERED, "Told when") == 120
    assert office.do(contacts.wrap_up, call, Outcome.OTHER, "again") == 120
    assert (office.row(call).outcome, office.row(call).note) == (Outcome.ANSWERED, "Told when")


def test_one_is_active_at_a_time_and_another_pauses_the_first(office: Office) -> None:
    first = office.call()
    office.help(office.mary)
    second = office.call(channel=Channel.FACE_TO_FACE)
    assert (office.row(first).state, office.row(first).paused_why) == (
        ContactState.PAUSED,
        PausedWhy.SWITCHED,
    )
    assert office.row(second).state == ContactState.ACTIVE
    assert office.helping() is None
    office.do(contacts.resume, first)
    assert office.row(second).state == ContactState.PAUSED
    assert office.row(first).state == ContactState.ACTIVE


def test_each_line_of_a_contact_is_by_its_own_channel_also_when_another_ends_it(office: Office) -> None:
    first = office.call()
    second = office.call(channel=Channel.FACE_TO_FACE)
    office.do(contacts.resume, first)
    with office.database.read() as session:
        written = session.execute(
            sa.select(TimelineEventRow.interaction_id, TimelineEventRow.channel).where(
                TimelineEventRow.interaction_id.in_([first, second])
            )
        ).all()
    assert {tuple(line) for line in written} == {(first, "phone"), (second, "face_to_face")}
    assert len(written) == 5, "started, paused and resumed; started and paused"


def test_the_database_itself_keeps_an_agent_to_one(office: Office) -> None:
    office.call()
    row = InteractionRow(
        staff_id=office.priya.id, council="boston", channel="phone", state="active", started_at=NOW,
        active_since=NOW, seen_at=NOW,
    )  # fmt: skip
    with pytest.raises(IntegrityError), office.database.write() as session:
        session.add(row)


@pytest.mark.parametrize("late", [timedelta(), timedelta(seconds=1), timedelta(days=2)])
def test_one_that_lies_idle_pauses_itself_as_of_when_it_did_however_late_one_looks(
    office: Office, late: timedelta
) -> None:
    call = office.call()
    office.help(office.mary)
    office.passes(timedelta(minutes=10) + late)
    with office.database.read() as session:
        assert desks.going(session, office.priya, office.now) is None
    office.do(contacts.tidy)
    row = office.row(call)
    assert (row.state, row.paused_why, row.active_seconds) == (ContactState.PAUSED, PausedWhy.IDLE, 600)
    assert office.helping() is None


def test_the_housekeeping_pauses_what_lies_idle_and_ends_what_lasted_too_long(office: Office) -> None:
    call = office.call()
    office.help(office.mary)
    office.call(agent=office.tom)
    office.passes(timedelta(minutes=40))
    with office.database.write() as session:
        assert assisting.end_one_overdue(session, office.now)
        assert not assisting.end_one_overdue(session, office.now)
    for more in (True, True, False):
        with office.database.write() as session:
            assert contacts.pause_one_idle(session, office.now) is more
    assert office.row(call).active_seconds == 600
    with office.database.read() as session:
        ended = session.scalars(sa.select(ActingSessionRow)).one()
    assert (ended.ended_why, ended.ended_at) == (EndedWhy.TOO_LONG, NOW + timedelta(minutes=10))


def test_using_any_page_keeps_a_contact_from_pausing(office: Office) -> None:
    call = office.call()
    with office.database.write() as session:
        secret = sign_ins.begin(
            session, "password", "a browser", office.now, staff_id=office.priya.id, whole=True
        )
    for _ in range(4):
        office.passes(timedelta(minutes=9))
        with office.database.write() as session:
            sign_ins.note_use(session, secret, office.now)
    office.do(contacts.tidy)
    assert office.row(call).state == ContactState.ACTIVE


def test_resuming_brings_back_the_customer_and_the_draft_in_a_new_acting_session(office: Office) -> None:
    call = office.call()
    before = office.help(office.mary, date_of_birth="3 4 1980", postcode="PE21 6RY")
    with office.database.write() as session:
        draft = drafting.begin(session, office.acting(), "boston", "missed-bin", office.now)
    office.do(contacts.pause)
    office.passes()
    resumed = office.do(contacts.resume, call)
    assert resumed.draft == ("boston", "missed-bin", draft.id)
    again = office.helping()
    assert again is not None
    assert again.id == resumed.acting_id != before
    assert (again.customer_id, again.verification) == (office.mary.id, Verification.BASIC)
    assert (again.reason, again.consent) == (Reason.NEW_REQUEST, "spoken-1")


def test_resuming_what_has_paused_itself_counts_none_of_the_time_between(office: Office) -> None:
    call = office.call()
    office.passes(timedelta(hours=2))
    office.do(contacts.resume, call)
    office.passes(timedelta(seconds=5))
    assert office.do(contacts.wrap_up, call, Outcome.OTHER, "") == 605


def test_the_draft_that_comes_back_is_the_one_that_was_last_worked_on(office: Office) -> None:
    call = office.call()
    office.help(office.mary)
    with office.database.write() as session:
        first, second = (
            drafting.begin(session, office.acting(), "boston", service, office.now)
            for service in ("missed-bin", "litter")
        )
        drafting.save(session, office.acting(), first.id, {"bin": "food"}, SEALS, office.now)
    office.do(contacts.pause)
    assert office.do(contacts.resume, call).draft == ("boston", "missed-bin", first.id)
    assert second.id != first.id


def test_what_was_proven_long_ago_is_not_brought_back(office: Office) -> None:
    call = office.call()
    office.help(office.mary, date_of_birth="3 4 1980", postcode="PE21 6RY")
    office.do(contacts.pause)
    office.passes(GOOD_FOR)
    office.do(contacts.resume, call)
    again = office.helping()
    assert again is not None
    assert again.verification == Verification.NONE


def test_resuming_ends_whatever_help_is_in_progress_and_pauses_its_contact(office: Office) -> None:
    first = office.call()
    office.help(office.mary)
    second = office.call()
    office.help(office.ada)
    office.do(contacts.resume, first)
    going = office.helping()
    assert going is not None
    assert going.customer_id == office.mary.id
    assert office.row(second).state == ContactState.PAUSED
    with office.database.read() as session:
        assert (
            len(session.scalars(sa.select(ActingSessionRow).where(ActingSessionRow.ended_at.is_(None))).all())
            == 1
        )


def test_somebody_without_a_name_comes_back_with_their_draft(office: Office) -> None:
    call = office.call()
    office.help(None)
    with office.database.write() as session:
        draft = drafting.begin(session, office.acting(), "boston", "missed-bin", office.now)
    office.do(contacts.pause)
    resumed = office.do(contacts.resume, call)
    assert resumed.draft == ("boston", "missed-bin", draft.id)
    with office.database.write() as session:
        assert drafting.find(session, office.acting(), draft.id, SEALS) is not None


def test_a_colleague_takes_what_was_handed_over_with_its_customer_and_its_seconds(office: Office) -> None:
    call = office.call()
    office.help(office.mary)
    office.passes(timedelta(seconds=60))
    office.do(contacts.hand_over, call, office.tom.id)
    assert office.helping() is None
    with office.database.read() as session:
        [handed] = desks.desk(session, office.tom, office.now).handed_to_me
    assert (handed.id, handed.with_whom) == (call, "Priya Example")
    office.passes(timedelta(hours=1))
    office.do(contacts.take, call, agent=office.tom)
    going = office.helping(office.tom)
    assert going is not None
    assert going.customer_id == office.mary.id
    office.passes(timedelta(seconds=20))
    assert office.do(contacts.wrap_up, call, Outcome.PASSED_ON, "", agent=office.tom) == 80
    with pytest.raises(NotThere):
        office.do(contacts.resume, call)


def test_nobody_takes_what_was_not_handed_to_them_and_nothing_goes_to_who_is_no_agent_there(
    office: Office,
) -> None:
    call = office.call()
    with pytest.raises(NotThere):
        office.do(contacts.take, call, agent=office.tom)
    with pytest.raises(NotThere):
        office.do(contacts.resume, call, agent=office.tom)
    with office.database.write() as session:
        roles = [("east-lindsey", Role.AGENT)]
        stranger = agents.an_agent(session, NOW, "Sam Example", roles=roles)
    with pytest.raises(NotThere):
        office.do(contacts.hand_over, call, stranger.id)
    with pytest.raises(NotThere):
        office.do(contacts.hand_over, call, office.priya.id)
    assert office.row(call).state == ContactState.ACTIVE


def test_whoever_handed_it_over_may_take_it_back_until_it_is_taken(office: Office) -> None:
    call = office.call()
    office.do(contacts.hand_over, call, office.tom.id)
    office.do(contacts.resume, call)
    assert office.row(call).state == ContactState.ACTIVE
    with pytest.raises(NotThere):
        office.do(contacts.take, call, agent=office.tom)


def test_a_customer_who_may_no_longer_be_helped_is_not_brought_back(office: Office) -> None:
    call = office.call()
    office.help(office.mary)
    office.do(contacts.pause)
    with office.database.write() as session:
        session.merge(office.mary).restricted = True
    resumed = office.do(contacts.resume, call)
    assert (resumed.acting_id, resumed.draft, resumed.not_helped) == (None, None, "restricted")
    assert office.row(call).state == ContactState.ACTIVE


@pytest.mark.parametrize(("channel", "council"), [(Channel.WEB, "boston"), (Channel.PHONE, "south-holland")])
def test_a_contact_is_of_an_agents_own_council_and_by_a_channel_that_reaches_agents(
    office: Office, channel: Channel, council: str
) -> None:
    with pytest.raises(NotAllowed), office.database.write() as session:
        contacts.start(session, office.priya, channel, council, NOW)


def test_every_change_of_a_contact_is_a_line_of_the_record(office: Office) -> None:
    call = office.call()
    office.do(contacts.pause)
    office.do(contacts.hand_over, call, office.tom.id)
    office.do(contacts.take, call, agent=office.tom)
    office.do(contacts.wrap_up, call, Outcome.OTHER, "what the caller said", agent=office.tom)
    with office.database.read() as session:
        lines = session.scalars(
            sa.select(TimelineEventRow).where(TimelineEventRow.interaction_id == call)
        ).all()
    assert sorted(line.what for line in lines) == [
        "contact_ended", "contact_handed", "contact_paused", "contact_resumed", "contact_started", "contact_taken",
    ]  # fmt: skip
    assert "what the caller said" not in str([line.detail for line in lines])


def test_a_desk_lists_each_customer_of_a_contact_once(office: Office) -> None:
    call = office.call()
    for customer in (office.mary, office.ada, office.mary):
        office.help(customer)
    with office.database.read() as session:
        active = desks.desk(session, office.priya, office.now).active
    assert active is not None
    assert active.id == call
    assert [person.name for person in active.people] == ["Mary Made-Up", "Ada Made-Up"]
