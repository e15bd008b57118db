"""Sending a half-finished form on to the customer: a link and a code said aloud, five tries, one holder."""

import re
from collections.abc import Callable
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from selfservice.database import Database
from selfservice.domain.acting import EndedWhy, Reason
from selfservice.domain.draft import DraftGone
from selfservice.domain.handover import Ask, HandoverState, Stage
from selfservice.domain.messages import Medium
from selfservice.domain.people import Actor, ActorKind, Channel, Verification
from selfservice.domain.permissions import NotAllowed
from selfservice.links import Links
from selfservice.operations import (
    assisting,
    drafting,
    handing_over,
    housekeeping,
    notifying,
    saving_letters,
    sending_on,
    submitting,
    who_has_it,
)
from selfservice.operations.assisting import Verified
from selfservice.operations.sending_on import SentOn, Tried, Wanted
from selfservice.store import drafts
from selfservice.store.handovers import HandoverRow
from selfservice.store.interactions import InteractionRow
from selfservice.store.notifications import NotificationRow
from selfservice.store.submissions import SubmissionRow
from tests.factories.handovers import Agent, a_code, acting, an_agent, take, told_to
from tests.factories.people import a_contact, a_customer
from tests.factories.phones import NUMBER, fits
from tests.factories.submitted import BOSTON, NOW, RESIDENT, SEALS, a_draft, completed, settings

PHONE = Actor(ActorKind.RESIDENT, "a" * 64)  # the browser of the customer's telephone
TITLE = "Report fly-tipping"
BORN = date(1958, 4, 21)
BY_TEXT = Wanted(Medium.SMS, NUMBER, (Ask.PHOTOS, Ask.REST), "The side with the number, please")


def later(minutes: float) -> datetime:
    return NOW + timedelta(minutes=minutes)


@pytest.fixture
def links(tmp_path: Path) -> Links:
    return Links(settings(tmp_path))


@pytest.fixture
def priya(each_database: Database) -> Agent:
    with each_database.write() as session:
        return an_agent(session, "Priya Example", NOW)


@pytest.fixture
def mary(each_database: Database) -> Actor:
    """A customer, as she is when she has signed in."""
    with each_database.write() as session:
        row = a_customer(session, "Mary Made-Up", NOW, date_of_birth=BORN, email="mary@example.org")
        return Actor(ActorKind.RESIDENT, row.id, signed_in=True)


Help = Callable[..., str]


@pytest.fixture
def help_mary(each_database: Database, priya: Agent, mary: Actor) -> Help:
    """Has Priya help Mary, as sure of her as is told, and begin a form for her; gives the draft's id."""

    def begin(level: Verification = Verification.BASIC) -> str:
        with each_database.write() as session:
            a_contact(session, priya.id, "boston", NOW, Channel.PHONE)
            assisting.start(session, priya.own, mary.id, Reason.NEW_REQUEST, Verified(level), NOW)
            actor = priya.acting(session)
            draft = drafting.begin(session, actor, "boston", "fly-tipping", NOW)
            drafting.save(session, actor, draft.id, {"what": "tyres"}, SEALS, NOW)
            return draft.id

    return begin


def send_on(
    database: Database, agent: Agent, draft: str, links: Links, now: datetime = NOW, wanted: Wanted = BY_TEXT
) -> SentOn:
    with database.write() as session:
        return sending_on.send_on(session, agent.acting(session), draft, wanted, BOSTON, TITLE, links, now)


def token(database: Database, links: Links) -> str:
    """The token in the message last sent."""
    found = re.search(r"/handover/(\S+)", mails(database, links)[-1].body)
    assert found
    return found[1]


def mails(database: Database, links: Links) -> list[notifying.Letter]:
    with database.read() as session:
        ids = session.scalars(sa.select(NotificationRow.id).order_by(NotificationRow.id)).all()
        return [
            saving_letters.filled_in(session, links, each, notifying.letter(session, each)) for each in ids
        ]


def open_link(
    database: Database, token: str, links: Links, *, code: str = "", born: str = "",
    actor: Actor = PHONE, now: datetime = NOW,
) -> Tried:  # fmt: skip
    with database.write() as session:
        return sending_on.take(session, actor, token, links, now, code=code, born=born)


def wrong(code: str) -> str:
    return f"{(int(code) + 1) % 1_000_000:06d}"


def holder(database: Database, draft: str) -> str:
    with database.read() as session:
        found = drafts.by_id(session, draft)
        assert found is not None
        return found.holder


def has(database: Database, actor: Actor, draft: str) -> bool:
    with database.read() as session:
        return drafting.find(session, actor, draft, SEALS) is not None


def contacts(session: Session) -> list[str]:
    """The ids of all contacts."""
    return list(session.scalars(sa.select(InteractionRow.id)))


def test_a_link_that_nobody_opened_is_on_the_desk_until_it_runs_out(
    each_database: Database, links: Links, priya: Agent, help_mary: Help
) -> None:
    send_on(each_database, priya, help_mary(), links)
    with each_database.read() as session:
        [[waiting]] = who_has_it.passed_on(session, contacts(session), later(9)).values()
        assert waiting.taken_at is None
        assert who_has_it.passed_on(session, contacts(session), NOW + timedelta(days=8)) == {}


def test_the_link_and_the_code_together_give_the_draft_to_the_customers_browser(
    each_database: Database, links: Links, priya: Agent, help_mary: Help
) -> None:
    draft = help_mary()
    sent = send_on(each_database, priya, draft, links)
    assert has(each_database, acting(each_database, priya), draft), "until then the agent goes on with it"
    tried = open_link(each_database, token(each_database, links), links, code=sent.code, now=later(5))
    assert tried.draft_id == draft
    assert has(each_database, PHONE, draft)
    assert not has(each_database, acting(each_database, priya), draft)
    with each_database.read() as session:
        [[passed]] = who_has_it.passed_on(session, contacts(session), later(6)).values()
        assert (passed.service, passed.sent_at, passed.taken_at) == ("fly-tipping", NOW, later(5))
        asked = who_has_it.asked(session, draft)
    assert asked == who_has_it.Asked("Priya Example", (Ask.PHOTOS, Ask.REST), BY_TEXT.words)


def test_the_message_has_the_link_and_neither_code_nor_answer_nor_the_agents_words(
    each_database: Database, links: Links, priya: Agent, help_mary: Help
) -> None:
    draft = help_mary()
    for wanted in (BY_TEXT, Wanted(Medium.EMAIL, "mary@example.org", (Ask.REST,), "Mary’s own words")):
        sent = send_on(each_database, priya, draft, links, wanted=wanted)
        mail = mails(each_database, links)[-1]
        assert mail.recipient == sent.address == wanted.address
        assert "/handover/" in mail.body
        for kept_out in (sent.code, f"{sent.code[:3]} {sent.code[3:]}", "tyres", wanted.words, "Mary"):
            assert kept_out not in mail.body + mail.subject
    assert "9 March 2026" in mail.body
    fits(mails(each_database, links)[0].body)


def test_the_database_holds_neither_token_nor_code(
    each_database: Database, links: Links, priya: Agent, help_mary: Help
) -> None:
    sent = send_on(each_database, priya, help_mary(), links)
    with each_database.read() as session:
        everything = " ".join(
            str(value)
            for table in (HandoverRow, NotificationRow)
            for row in session.execute(sa.select(*sa.inspect(table).columns))
            for value in row
        )
    assert sent.code not in everything
    assert token(each_database, links) not in everything


def test_after_five_wrong_codes_the_right_one_opens_nothing(
    each_database: Database, links: Links, priya: Agent, help_mary: Help
) -> None:
    draft = help_mary()
    sent = send_on(each_database, priya, draft, links)
    held, before = token(each_database, links), holder(each_database, draft)
    open_ = [open_link(each_database, held, links, code=wrong(sent.code)).looked.open for _ in range(5)]
    assert open_ == [True] * 4 + [False]
    tried = open_link(each_database, held, links, code=sent.code)
    assert (tried.draft_id, tried.looked.state) == (None, HandoverState.LOCKED)
    assert holder(each_database, draft) == before
    with each_database.read() as session:
        told = sending_on.last_sent_on(session, priya.acting(session), draft, links)
    assert told is not None
    assert told.state is HandoverState.LOCKED
    new = send_on(each_database, priya, draft, links)
    assert open_link(each_database, token(each_database, links), links, code=new.code).draft_id == draft


def test_looking_at_a_link_changes_nothing(
    each_database: Database, links: Links, priya: Agent, help_mary: Help
) -> None:
    draft = help_mary()
    sent = send_on(each_database, priya, draft, links)
    held = token(each_database, links)
    for _ in range(10):
        with each_database.read() as session:
            assert sending_on.look(session, held, NOW).open
    assert open_link(each_database, held, links, code=sent.code).draft_id == draft


def test_a_link_is_good_once_and_for_seven_days_and_until_a_newer_one(
    each_database: Database, links: Links, priya: Agent, help_mary: Help
) -> None:
    draft = help_mary()
    old = send_on(each_database, priya, draft, links)
    first = token(each_database, links)
    new = send_on(each_database, priya, draft, links, later(1))
    second = token(each_database, links)
    assert open_link(each_database, first, links, code=old.code).looked.state is HandoverState.SUPERSEDED
    week = timedelta(days=7, minutes=1)
    assert not open_link(each_database, second, links, code=new.code, now=NOW + week).looked.open
    assert open_link(each_database, second, links, code=new.code, now=NOW + timedelta(days=6)).draft_id
    assert open_link(each_database, second, links, code=new.code, actor=RESIDENT).draft_id is None
    assert has(each_database, PHONE, draft)


def test_a_link_that_is_none_leads_nowhere(each_database: Database, links: Links) -> None:
    with each_database.read() as session:
        assert sending_on.look(session, "x" * 43, NOW) == sending_on.Looked()
    assert open_link(each_database, "x" * 43, links, code="123456") == Tried(sending_on.Looked())


@pytest.mark.parametrize("level", [Verification.NONE, Verification.BASIC, Verification.FULL])
def test_a_date_of_birth_opens_it_for_a_customer_who_was_fully_verified(
    each_database: Database, links: Links, priya: Agent, help_mary: Help, level: Verification
) -> None:
    draft = help_mary(level)
    assert send_on(each_database, priya, draft, links).by_birth_date is (level is Verification.FULL)
    held = token(each_database, links)
    assert open_link(each_database, held, links, born="12 4 1958").draft_id is None
    tried = open_link(each_database, held, links, born="21st April 58")
    assert (tried.draft_id == draft) is (level is Verification.FULL)
    with each_database.read() as session:
        wrongs = session.scalars(sa.select(HandoverRow.wrong_tries)).one()
    assert wrongs == (1 if level is Verification.FULL else 2)


def test_whoever_is_signed_in_has_it_as_themselves_and_nobody_elses_account_gets_it(
    each_database: Database, links: Links, priya: Agent, mary: Actor, help_mary: Help
) -> None:
    draft = help_mary()
    sent = send_on(each_database, priya, draft, links)
    held = token(each_database, links)
    with each_database.write() as session:
        olu = Actor(ActorKind.RESIDENT, a_customer(session, "Olu Made-Up", NOW).id, signed_in=True)
    tried = open_link(each_database, held, links, code=sent.code, actor=olu)
    assert (tried.another, tried.draft_id) == (True, None)
    assert not has(each_database, olu, draft)
    assert open_link(each_database, held, links, code=sent.code, actor=mary).draft_id == draft
    assert has(each_database, mary, draft)
    assert not has(each_database, acting(each_database, priya), draft), "never in two hands"
    with each_database.read() as session:
        away = who_has_it.away(session, priya.acting(session), draft, NOW)
    assert away is not None
    assert (away.with_customer, away.since, away.sent) == (True, NOW, False)


def test_an_agent_opens_no_link_for_anybody(
    each_database: Database, links: Links, priya: Agent, help_mary: Help
) -> None:
    sent = send_on(each_database, priya, help_mary(), links)
    agent = acting(each_database, priya)
    held = token(each_database, links)
    assert open_link(each_database, held, links, code=sent.code, actor=agent).draft_id is None


def test_only_an_agent_who_has_the_draft_sends_it_on(
    each_database: Database, links: Links, priya: Agent, help_mary: Help
) -> None:
    draft = help_mary()
    with each_database.write() as session, pytest.raises(NotAllowed):
        sending_on.send_on(session, RESIDENT, draft, BY_TEXT, BOSTON, TITLE, links, NOW)
    with each_database.write() as session:
        others = a_draft(session).id
    with pytest.raises(DraftGone):
        send_on(each_database, priya, others, links)


def test_the_customer_who_was_verified_is_the_customer_although_nobody_is_signed_in(
    each_database: Database, links: Links, priya: Agent, mary: Actor, help_mary: Help
) -> None:
    draft = help_mary(Verification.FULL)
    sent = send_on(each_database, priya, draft, links)
    open_link(each_database, token(each_database, links), links, code=sent.code)
    with each_database.write() as session:
        held = drafting.find(session, PHONE, draft, SEALS)
        assert held is not None
        accepted = submitting.submit(
            session, PHONE, held, completed(), links, SEALS, later(9), council=BOSTON
        )
        row = session.get(SubmissionRow, accepted.submission_id)
        assert row is not None
        assert (row.customer_id, row.actor_kind, row.channel) == (mary.id, "resident", "web")
        assert (row.helper_name, row.helper_channel, row.verification) == ("Priya Example", "phone", 2)
        receipt = session.scalars(
            sa.select(NotificationRow.body).where(NotificationRow.submission_id == row.id)
        ).one()
    assert "Priya Example of Customer Services helped you with it by phone." in receipt
    with each_database.read() as session:
        assert who_has_it.passed_on(session, contacts(session), NOW) == {}, "it was sent"
        away = who_has_it.away(session, priya.acting(session), draft, NOW)
    assert away is not None
    assert away.sent


@pytest.mark.parametrize(
    ("was", "needs"),
    [(Verification.NONE, Verification.NONE), (Verification.BASIC, Verification.FULL)],
)
def test_it_is_nobodys_where_the_agent_was_not_as_sure_as_the_service_wants(
    each_database: Database, links: Links, priya: Agent, help_mary: Help, was: Verification,
    needs: Verification,
) -> None:  # fmt: skip
    draft = help_mary(was)
    sent = send_on(each_database, priya, draft, links)
    open_link(each_database, token(each_database, links), links, code=sent.code)
    with each_database.write() as session:
        held = drafting.find(session, PHONE, draft, SEALS)
        assert held is not None
        accepted = submitting.submit(
            session, PHONE, held, completed(verified=needs), links, SEALS, later(9), council=BOSTON
        )
        row = session.get(SubmissionRow, accepted.submission_id)
        assert row is not None
        assert (row.customer_id, row.helper_name, row.verification) == (None, "Priya Example", 0)


def test_it_comes_back_to_the_agent_by_a_code_and_goes_back_again(
    each_database: Database, links: Links, priya: Agent, help_mary: Help
) -> None:
    draft = help_mary()
    sent = send_on(each_database, priya, draft, links)
    open_link(each_database, token(each_database, links), links, code=sent.code)
    code = a_code(each_database, PHONE, draft, links, later(10))
    assert take(each_database, priya, code, links, later(11), for_same=True).draft_id == draft
    assert has(each_database, acting(each_database, priya), draft)
    assert not has(each_database, PHONE, draft)
    with each_database.write() as session:
        assisting.stop(session, priya.own, EndedWhy.STOPPED, later(12))
    assert holder(each_database, draft) == PHONE.id


def test_a_form_that_came_by_a_code_goes_on_by_a_link_and_the_first_browser_is_told(
    each_database: Database, links: Links, priya: Agent
) -> None:
    with each_database.write() as session:
        draft = a_draft(session).id
    take(each_database, priya, a_code(each_database, RESIDENT, draft, links, NOW), links, NOW)
    sent = send_on(each_database, priya, draft, links, later(1))
    told = told_to(each_database, RESIDENT, draft, links, later(2))
    assert told is not None
    assert told.stage is Stage.WITH_AGENT
    open_link(each_database, token(each_database, links), links, code=sent.code, now=later(3))
    told = told_to(each_database, RESIDENT, draft, links, later(4))
    assert told is not None
    assert told.stage is Stage.ELSEWHERE
    with each_database.write() as session:
        assisting.stop(session, priya.own, EndedWhy.STOPPED, later(5))
    assert holder(each_database, draft) == PHONE.id, (
        "what the customer has does not go back to where it began"
    )


def test_what_the_customer_has_is_not_given_back_over_their_head(
    each_database: Database, links: Links, priya: Agent, help_mary: Help
) -> None:
    draft = help_mary()
    sent = send_on(each_database, priya, draft, links)
    open_link(each_database, token(each_database, links), links, code=sent.code)
    with each_database.write() as session:
        agent = priya.acting(session)
        assert not handing_over.give_back(session, agent, draft, later(1))
        assert not handing_over.is_handed_over(session, agent, draft)
    assert holder(each_database, draft) == PHONE.id


def test_the_link_opens_what_was_given_back_meanwhile(
    each_database: Database, links: Links, priya: Agent
) -> None:
    with each_database.write() as session:
        draft = a_draft(session).id
    take(each_database, priya, a_code(each_database, RESIDENT, draft, links, NOW), links, NOW)
    sent = send_on(each_database, priya, draft, links, later(1))
    with each_database.write() as session:
        assisting.stop(session, priya.own, EndedWhy.STOPPED, later(5))
    assert holder(each_database, draft) == RESIDENT.id
    held = token(each_database, links)
    assert open_link(each_database, held, links, code=sent.code, now=later(60)).draft_id == draft
    assert holder(each_database, draft) == PHONE.id


def test_hand_overs_and_their_messages_are_forgotten_with_the_draft_and_a_month_after_it_was_sent(
    each_database: Database, links: Links, priya: Agent, help_mary: Help
) -> None:
    draft = help_mary()
    sent = send_on(each_database, priya, draft, links)
    with each_database.write() as session:
        actor = priya.acting(session)
        other = drafting.begin(session, actor, "boston", "fly-tipping", NOW).id
    send_on(each_database, priya, other, links)
    open_link(each_database, token(each_database, links), links, code=sent.code)
    with each_database.write() as session:
        held = drafting.find(session, priya.acting(session), draft, SEALS)
        assert held is not None
        submitting.submit(
            session, priya.acting(session), held, completed(), links, SEALS, NOW, council=BOSTON
        )
    with each_database.write() as session:
        assert housekeeping.forget_unsent(session, NOW + timedelta(days=31))[0] == 1
        assert housekeeping.forget_links(session, NOW + timedelta(days=31)) == 1
    with each_database.read() as session:
        assert session.scalars(sa.select(HandoverRow)).all() == []
        assert session.scalars(sa.select(NotificationRow.what)).all() == ["receipt"]
