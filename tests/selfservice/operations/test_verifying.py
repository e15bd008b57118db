"""Finding out who a customer is: compared on the server, locked for all agents, and good for an hour in one contact."""

from datetime import timedelta

import pytest
import sqlalchemy as sa

from selfservice.database import Database
from selfservice.domain.people import Channel, Verification
from selfservice.domain.permissions import NotVerified
from selfservice.domain.verifying import GOOD_FOR, LOCKED_FOR, Document, Proof
from selfservice.links import Links
from selfservice.operations import drafting, submitting, verifying
from selfservice.operations.assisting import CannotHelp
from selfservice.store import customers
from selfservice.store.customers import CustomerRow
from selfservice.store.submissions import SubmissionRow
from tests.factories.office import Office
from tests.factories.submitted import BOSTON, SEALS, a_submission, anonymous, settings

RIGHT = {"date_of_birth": "3 April 1980", "postcode": "pe21 6ry", "name": "made-up mary"}


@pytest.fixture
def office(database: Database, tmp_path_factory: pytest.TempPathFactory) -> Office:
    made = Office(database, Links(settings(tmp_path_factory.mktemp("home"))))
    made.call()
    return made


def kept(office: Office) -> CustomerRow:
    with office.database.read() as session:
        found = customers.by_id(session, office.mary.id)
        assert found is not None
        return found


def test_answers_are_right_or_wrong_and_make_a_level(office: Office) -> None:
    judged = office.judge(office.mary, **RIGHT, phone="111111")
    assert (set(judged.right), judged.wrong) == ({Proof.BORN, Proof.POSTCODE, Proof.NAME}, (Proof.PHONE,))
    assert judged.standing.level is Verification.FULL
    assert kept(office).verify_wrong == 0, "who was found out fully begins anew"


def test_only_what_is_held_is_asked(office: Office) -> None:
    asked = office.do(verifying.standing, office.mary.id).questions
    assert asked == (Proof.BORN, Proof.POSTCODE, Proof.NAME, Proof.LAST_LINE, Proof.PHONE)
    with office.database.write() as session:
        row = session.merge(office.mary)
        row.date_of_birth = row.phone = None
    assert Proof.BORN not in office.do(verifying.standing, office.mary.id).questions
    judged = office.judge(office.mary, date_of_birth="", phone="960101")
    assert (judged.right, judged.wrong) == ((), ())


def test_what_was_right_once_is_not_compared_again(office: Office) -> None:
    office.judge(office.mary, postcode="PE21 6RY")
    judged = office.judge(office.mary, postcode="LN1 1AA")
    assert judged.wrong == ()
    assert judged.standing.proven == (Proof.POSTCODE,)


def test_the_third_wrong_answer_locks_and_nothing_after_it_is_compared(office: Office) -> None:
    office.judge(office.mary, date_of_birth="1 1 1980")
    office.judge(office.mary, date_of_birth="2 1 1980")
    judged = office.judge(office.mary, postcode="LN1 1AA", name="mary made-up")
    assert judged.wrong == (Proof.POSTCODE,)
    assert judged.right == (), "the name came after the third wrong answer"
    assert judged.standing.locked_until == office.now + LOCKED_FOR


def test_a_lock_holds_for_other_agents_and_in_other_contacts_until_its_time_is_over(office: Office) -> None:
    for day in range(1, 4):
        office.judge(office.mary, date_of_birth=f"{day} 1 1980")
    office.call(agent=office.tom)
    judged = office.judge(office.mary, agent=office.tom, **RIGHT)
    assert (judged.right, judged.standing.level) == ((), Verification.NONE)
    office.passes(LOCKED_FOR)
    office.call(agent=office.tom)
    assert office.judge(office.mary, agent=office.tom, **RIGHT).standing.level is Verification.FULL


def test_passing_at_basic_does_not_give_more_tries_for_the_rest(office: Office) -> None:
    office.judge(office.mary, phone="960101", postcode="PE21 6RY", date_of_birth="1 1 1980")
    assert kept(office).verify_wrong == 1
    office.judge(office.mary, date_of_birth="2 1 1980")
    office.judge(office.mary, date_of_birth="3 1 1980")
    assert kept(office).verify_locked_until is not None


def test_what_was_proven_holds_for_an_hour_and_in_that_contact_alone(office: Office) -> None:
    contact = office.call()
    office.judge(office.mary, **RIGHT)
    with office.database.read() as session:
        before = office.now + GOOD_FOR - timedelta(seconds=1)
        assert verifying.so_far(session, contact, office.mary.id, before).level is Verification.FULL
        after = office.now + GOOD_FOR
        assert verifying.so_far(session, contact, office.mary.id, after).level is Verification.NONE
    office.call()
    assert office.do(verifying.standing, office.mary.id).level is Verification.NONE


def test_one_customers_answers_prove_nothing_of_another(office: Office) -> None:
    office.judge(office.mary, **RIGHT)
    assert office.do(verifying.standing, office.ada.id).level is Verification.NONE


def test_more_answers_while_helping_make_the_same_acting_session_surer(office: Office) -> None:
    acting = office.help(office.mary, postcode="pe216ry", phone="960101")
    going = office.helping()
    assert going is not None
    assert (going.id, going.verification) == (acting, Verification.BASIC)
    office.judge(office.mary, date_of_birth="3 4 1980")
    going = office.helping()
    assert going is not None
    assert (going.id, going.verification) == (acting, Verification.FULL)
    assert going.verified_by == [Proof.BORN, Proof.PHONE, Proof.POSTCODE]


def test_answers_of_another_customer_change_nothing_of_whom_the_agent_helps(office: Office) -> None:
    office.help(office.ada)
    office.judge(office.mary, **RIGHT)
    going = office.helping()
    assert going is not None
    assert (going.customer_id, going.verification) == (office.ada.id, Verification.NONE)


def test_documents_are_seen_face_to_face_alone(office: Office) -> None:
    with pytest.raises(CannotHelp):
        office.do(verifying.documents_seen, office.mary.id, Document.PASSPORT)
    office.call(channel=Channel.FACE_TO_FACE)
    assert office.do(verifying.documents_seen, office.mary.id, Document.PASSPORT).level is Verification.FULL


def test_without_a_contact_nobody_is_asked_anything(office: Office) -> None:
    with pytest.raises(CannotHelp):
        office.judge(office.mary, agent=office.tom, **RIGHT)


def test_a_reference_of_theirs_is_taken(office: Office) -> None:
    with office.database.write() as session:
        sent = a_submission(session, office.links, anonymous())
        session.add(
            customers.OwnedSubmissionRow(
                submission_id=sent.submission_id, customer_id=office.mary.id, council="boston", how="claimed",
                since=office.now,
            )
        )  # fmt: skip
    assert office.judge(office.mary, reference=sent.reference.lower().replace("-", " ")).right == (
        Proof.REFERENCE,
    )
    assert office.judge(office.ada, reference=sent.reference).right == ()


def test_a_reference_that_an_agent_told_somebody_less_than_sure_proves_nothing(office: Office) -> None:
    office.help(office.mary, date_of_birth="3 4 1980", postcode="PE21 6RY")
    with office.database.write() as session:
        agent = office.acting()
        draft = drafting.begin(session, agent, "boston", "fly-tipping", office.now)
        done = submitting.submit(
            session, agent, draft, anonymous(), office.links, SEALS, office.now, council=BOSTON
        )
    judged = office.judge(office.mary, reference=done.reference)
    assert judged.right == ()
    assert judged.standing.level is Verification.BASIC


@pytest.mark.parametrize("needs", [Verification.BASIC, Verification.FULL])
def test_an_agent_does_not_send_what_needs_them_to_be_surer_and_the_draft_stays(
    office: Office, needs: Verification
) -> None:
    office.help(office.mary)
    with office.database.write() as session:
        draft = drafting.begin(session, office.acting(), "boston", "fly-tipping", office.now)
    told = anonymous(verified=needs)
    with pytest.raises(NotVerified) as refused, office.database.write() as session:
        submitting.submit(
            session, office.acting(), draft, told, office.links, SEALS, office.now, council=BOSTON
        )
    assert (refused.value.needs, refused.value.has) == (needs, Verification.NONE)
    office.judge(office.mary, **RIGHT)
    with office.database.write() as session:
        submitting.submit(
            session, office.acting(), draft, told, office.links, SEALS, office.now, council=BOSTON
        )
    with office.database.read() as session:
        sent = session.scalars(sa.select(SubmissionRow)).one()
    assert (sent.customer_id, sent.verification) == (office.mary.id, Verification.FULL)
