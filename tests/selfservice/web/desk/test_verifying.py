"""Finding out who a customer is: right or wrong and never what is kept, locked after three, and more while helping."""

import re

import sqlalchemy as sa

from forms.kit import journey
from forms.kit.comparing import today
from forms.kit.service import Page
from selfservice import clock
from selfservice.domain.people import Verification
from selfservice.installation import Installation
from selfservice.store.challenges import ChallengeRow
from selfservice.store.customers import CustomerRow
from selfservice.store.drafts import DraftRow
from selfservice.store.interactions import ActingSessionRow
from selfservice.store.notifications import NotificationRow
from selfservice.store.submissions import SubmissionRow
from selfservice.store.timeline import TimelineEventRow
from tests.factories import agents
from tests.factories.agents import AgentBrowser
from tests.selfservice.web.desk.conftest import At

KEPT = ("1980", "960101", "PE216RY", "PE21 6RY", "Sampleton", "mary@example.org")


def seen(text: str) -> str:
    """What the page shows beside what everybody who searches is shown of a customer."""
    return text.replace("••/••/1980", "").replace("For example, 27 3 1980", "")


def going(installation: Installation) -> ActingSessionRow:
    with installation.database.read() as session:
        return session.scalars(
            sa.select(ActingSessionRow).order_by(ActingSessionRow.started_at.desc())
        ).first()  # type: ignore[return-value]


def test_the_agent_sees_the_questions_and_right_or_wrong_and_nothing_that_is_kept(
    agent: AgentBrowser, mary: CustomerRow
) -> None:
    agent.start_call(q="mary", council="boston")
    page = agent.open(f"/desk/customers/{mary.id}")
    assert "What is your date of birth?" in page.text
    assert "What is the reference" not in page.text, "she has sent nothing"
    agent.help(mary, date_of_birth="4 4 1980", postcode="pe21 6ry")
    assert "Date of birth: that is not what we hold" in agent.text
    assert "Right so far: Postcode" in agent.text
    assert [kept for kept in KEPT if kept in seen(agent.text)] == []
    assert "What is your postcode?" not in agent.text, "it is not asked again"


def test_one_right_answer_is_not_enough_and_the_page_asks_for_another(
    agent: AgentBrowser, mary: CustomerRow, installation: Installation
) -> None:
    agent.start_call(q="mary", council="boston")
    agent.help(mary, name="Mary Made-Up", postcode="PE21 6RY")
    assert "Not enough yet" in agent.text
    assert going(installation) is None
    agent.help(mary, phone="960101")
    assert agent.helping
    assert going(installation).verified_by == ["phone", "postcode", "name"]
    assert going(installation).verification == Verification.BASIC


def test_the_third_wrong_answer_locks_it_for_every_agent_and_the_page_says_until_when(
    agent: AgentBrowser, mary: CustomerRow, installation: Installation, at: At
) -> None:
    agent.start_call(q="mary", council="boston")
    for wrong in ("1 1 1980", "2 1 1980", "3 1 1980"):
        agent.help(mary, date_of_birth=wrong)
    assert "Too many wrong answers" in agent.text
    agent.help(mary, date_of_birth="3 4 1980", postcode="pe21 6ry", phone="960101")
    assert not agent.helping
    with installation.database.write() as session:
        tom = agents.an_agent(session, clock.now(), "Tom Example")
    other = at(tom)
    other.start_call(q="mary", council="boston")
    other.help(mary, date_of_birth="3 4 1980", postcode="pe21 6ry", phone="960101")
    assert "Too many wrong answers" in other.text
    assert not other.helping


def test_without_a_check_a_form_can_be_filled_in_and_nothing_that_is_held_is_shown(
    agent: AgentBrowser, mary: CustomerRow, installation: Installation
) -> None:
    agent.start_call(q="mary", council="boston", service="missed-bin")
    agent.help(mary, do="skip")
    assert agent.path.endswith("/property")
    assert "Sample Street" not in agent.text
    page = agent.open("/account/")
    assert page.status_code == 403
    assert "You do not know yet who this is" in page.text
    assert going(installation).verification == Verification.NONE


def test_why_and_how_they_agreed_are_asked_and_both_are_kept(
    agent: AgentBrowser, mary: CustomerRow, installation: Installation
) -> None:
    agent.start_call(q="mary", council="boston")
    agent.open(f"/desk/customers/{mary.id}")
    address = f"/desk/customers/{mary.id}"
    agent.submit(address, do="start", date_of_birth="3.4.80", postcode="pe216ry")
    assert "Select why you help them" in agent.text
    assert "Select how they agreed" in agent.text
    agent.submit(address, do="start", reason="progress", consent="representative")
    assert (going(installation).reason, going(installation).consent) == ("progress", "representative-1")


def test_what_needs_a_full_check_is_not_sent_before_and_the_check_leads_back_to_it(
    agent: AgentBrowser, mary: CustomerRow, installation: Installation
) -> None:
    agent.start_call(q="mary", council="boston", service="change-of-details")
    agent.help(mary, date_of_birth="3 4 80", postcode="pe216ry")
    assert "This needs three right answers" in agent.text
    agent.help(mary, do="skip")
    assert going(installation).verification == Verification.BASIC
    checked = _finished(installation, agent)
    agent.open(checked)
    assert "check who they are" in agent.text
    agent.submit(checked)
    if agent.page.status_code == 422:
        agent.submit(checked)
    assert agent.page.status_code == 403
    assert "Check who they are before you send this" in agent.text
    with installation.database.read() as session:
        assert session.scalars(sa.select(SubmissionRow)).all() == []
    draft, acting = _draft(installation), going(installation).id
    agent.open("/desk/verify")
    agent.submit(f"/desk/customers/{mary.id}", name="mary made-up", do="check")
    assert agent.path == checked
    assert _draft(installation).answers == draft.answers
    assert (going(installation).id, going(installation).verification) == (acting, Verification.FULL)
    agent.submit(checked)
    if agent.path == checked:
        agent.submit(checked)
    assert agent.path.endswith("/sent")


def _draft(installation: Installation) -> DraftRow:
    with installation.database.read() as session:
        return session.scalars(sa.select(DraftRow)).one()


def _finished(installation: Installation, agent: AgentBrowser) -> str:
    """Answer every page of the draft in view by its examples; the address of check answers."""
    service = installation.services["boston"]["change-of-details"]
    answers, day = {}, today(clock.now(), installation.bank_holidays)
    while not journey.finished(service, answers | day):
        page = journey.path(service, answers | day)[-1]
        assert isinstance(page, Page)
        for question in page.asked:
            value = question.examples(("boston",))[0]
            answers[question.id] = value
        answers |= journey.seen(page)
    with installation.database.write() as session:
        row = session.scalars(sa.select(DraftRow)).one()
        row.answers = answers
    return f"/boston/change-of-details/{row.id}/check-answers"


def test_a_code_goes_to_their_own_address_and_counts_once_they_have_told_it(
    agent: AgentBrowser, mary: CustomerRow, installation: Installation
) -> None:
    agent.start_call(q="mary", council="boston")
    address = f"/desk/customers/{mary.id}"
    agent.open(address)
    assert "Send a code by text message" not in agent.text, "nobody sends texts from here"
    agent.submit(address, do="send-code:email")
    assert "Which code did we send you?" in agent.text
    code = _code(installation)
    agent.submit(address, do="start", code="000 000" if code != "000000" else "000 001")
    assert "That is not the code that we sent last" in agent.text
    agent.help(mary, code=f"{code[:3]} {code[3:]}", postcode="pe216ry")
    assert agent.helping
    assert going(installation).verified_by == ["postcode", "code"]


def _code(installation: Installation) -> str:
    with installation.database.read() as session:
        message = session.scalars(sa.select(NotificationRow)).one()
        row = session.scalars(sa.select(ChallengeRow)).one()
        assert message.recipient == "mary@example.org"
        code = installation.links.challenges.code(row.id, row.id, row.token_hash)
        assert "Your code is: {code}" in message.body, "it is put in as it is sent, and not kept"
        return code


def test_documents_count_face_to_face_alone(
    agent: AgentBrowser, mary: CustomerRow, installation: Installation
) -> None:
    agent.start_call(q="mary", council="boston")
    agent.help(mary, document="passport")
    assert not agent.helping
    agent.start_call(q="mary", council="boston", channel="face_to_face")
    agent.help(mary, document="passport", consent="in_person")
    assert agent.helping
    assert going(installation).verification == Verification.FULL


def test_every_look_and_every_answer_is_a_line_of_the_record_without_what_was_said(
    agent: AgentBrowser, mary: CustomerRow, installation: Installation
) -> None:
    agent.start_call(q="Mary Made", council="boston")
    agent.help(mary, date_of_birth="1 1 1980", postcode="pe216ry")
    asked = ("viewed", "not_proved", "proved")
    with installation.database.read() as session:
        lines = session.scalars(sa.select(TimelineEventRow).order_by(TimelineEventRow.at)).all()
    assert {(line.what, line.detail.get("by")) for line in lines if line.what in asked} == {
        ("viewed", None),
        ("not_proved", "date_of_birth"),
        ("proved", "postcode"),
    }
    searched = next(line for line in lines if line.what == "searched")
    assert searched.detail == {"by": ["name"], "found": 1}
    assert not re.search("Mary|Made|216|1980", str([line.detail for line in lines]))
    assert {line.words for line in lines} == {""}


def test_whoever_cannot_be_asked_enough_can_still_be_helped(
    agent: AgentBrowser, installation: Installation
) -> None:
    with installation.database.write() as session:
        bare = agents.mary(
            session, clock.now(), name="Ada Made-Up", phone=None, email=None, date_of_birth=None
        )
    agent.start_call(q="ada", council="boston")
    agent.help(bare, name="ada made-up", postcode="pe216ry", last_line="sampleton")
    assert "Not enough yet" in agent.text
    agent.help(bare, do="skip")
    assert agent.helping


def test_what_they_are_known_by_wants_a_full_check_and_what_was_typed_is_given_back(
    agent: AgentBrowser, mary: CustomerRow, installation: Installation
) -> None:
    """Somebody known at basic would else have the date of birth changed, and tell it."""
    born = {"date_of_birth-day": "1", "date_of_birth-month": "1", "date_of_birth-year": "1999"}
    agent.start_call(council="boston", service="benefit-change")
    agent.help(mary, phone="960101", postcode="PE21 6RY")
    agent.help(mary, do="skip")
    agent.open("/account/profile/name")
    page = agent.submit("/account/profile/name", **born)
    assert page.status_code == 409
    assert "Do a full check first" in page.text
    assert "1999" in page.text
    given_back = agent.form("/account/profile/name")
    agent.open("/desk/verify")
    agent.submit(f"/desk/customers/{mary.id}", do="check", date_of_birth="1 1 1999")
    assert going(installation).verification == Verification.BASIC
    agent.submit(f"/desk/customers/{mary.id}", do="check", date_of_birth="3 4 1980")
    assert going(installation).verification == Verification.FULL
    answer = agent.client.post(given_back.action, data=given_back.fields, follow_redirects=True)
    assert "1 January 1999" in answer.text
