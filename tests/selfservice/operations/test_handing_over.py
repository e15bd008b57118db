"""Warm hand-over by a code: an agent has the draft for a while, the resident sees who, and it always comes back."""

from datetime import datetime, timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa

from selfservice.database import Database
from selfservice.domain.acting import EndedWhy, Reason
from selfservice.domain.draft import DraftGone, DraftSent
from selfservice.domain.handover import Stage
from selfservice.domain.people import Actor, ActorKind, Channel, Verification
from selfservice.domain.permissions import NotAllowed
from selfservice.links import Links
from selfservice.operations import (
    assisting,
    drafting,
    handing_over,
    recognising,
    saving,
    submitting,
    timelines,
    who_has_it,
)
from selfservice.operations.assisting import Verified
from selfservice.store import drafts, interactions
from selfservice.store.base import Base
from selfservice.store.handovers import HandoverRow
from selfservice.store.interactions import ActingSessionRow, InteractionCustomerRow, InteractionRow
from selfservice.store.submissions import SubmissionRow
from selfservice.store.timeline import TimelineEventRow
from tests.factories.handovers import Agent, a_code, acting, an_agent, sign_out, take, told_to, use
from tests.factories.people import a_contact, a_customer
from tests.factories.submitted import BOSTON, NOW, RESIDENT, SEALS, a_draft, completed, settings

ANOTHER_BROWSER = Actor(ActorKind.RESIDENT, "b" * 64)


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
def draft(each_database: Database) -> str:
    """The id of a draft that RESIDENT holds."""
    with each_database.write() as session:
        return a_draft(session).id


@pytest.fixture
def mary(each_database: Database) -> Actor:
    """A customer who is signed in, and known to Boston."""
    with each_database.write() as session:
        row = a_customer(session, "Mary Made-Up", NOW, councils=["boston"])
        return Actor(ActorKind.RESIDENT, row.id, signed_in=True)


def a_draft_of(database: Database, actor: Actor) -> str:
    with database.write() as session:
        return drafting.begin(session, actor, "boston", "fly-tipping", NOW).id


def holder(database: Database, draft: str) -> str:
    with database.read() as session:
        found = drafts.by_id(session, draft)
        assert found is not None
        return found.holder


def has(database: Database, actor: Actor, draft: str) -> bool:
    """Whether this actor has the draft, so that they may see and change it."""
    with database.read() as session:
        return drafting.find(session, actor, draft, SEALS) is not None


def lines(database: Database, draft: str) -> list[TimelineEventRow]:
    """The lines about the passing on of a draft, oldest first."""
    with database.read() as session:
        found = sa.select(TimelineEventRow).where(
            TimelineEventRow.draft_id == draft, TimelineEventRow.what.like("form_%")
        )
        return list(session.scalars(found.order_by(TimelineEventRow.id)))


def stage(database: Database, resident: Actor, draft: str, links: Links, now: datetime = NOW) -> Stage | None:
    told = told_to(database, resident, draft, links, now)
    return told.stage if told else None


def wrong(code: str) -> str:
    return f"{(int(code) + 1) % 1_000_000:06d}"


def test_the_code_gives_the_draft_to_the_agent_and_to_nobody_else(
    each_database: Database, draft: str, links: Links, priya: Agent
) -> None:
    code = a_code(each_database, RESIDENT, draft, links, NOW)
    taken = take(each_database, priya, f"{code[:3]} {code[3:]}", links, later(2))
    assert (taken.draft_id, taken.council, taken.service) == (draft, "boston", "fly-tipping")
    assert has(each_database, acting(each_database, priya), draft)
    assert not has(each_database, RESIDENT, draft)
    told = told_to(each_database, RESIDENT, draft, links, later(3))
    assert told is not None
    assert (told.stage, told.agent, told.since) == (Stage.WITH_AGENT, "Priya Example", later(2))


def test_the_agent_helps_somebody_without_a_name_by_phone_because_they_were_handed_over(
    each_database: Database, draft: str, links: Links, priya: Agent
) -> None:
    take(each_database, priya, a_code(each_database, RESIDENT, draft, links, NOW), links, NOW)
    with each_database.read() as session:
        going = interactions.acting_of(session, priya.id)
        assert going is not None
        contact = interactions.by_id(session, going.interaction_id)
        assert contact is not None
        assert (going.reason, going.customer_id, going.subject) == (Reason.HANDED_OVER, None, going.id)
        assert (going.verification, going.consent, going.service) == (0, "code", "fly-tipping")
        assert (contact.state, contact.channel, contact.council) == ("active", "phone", "boston")
        person = session.scalars(sa.select(InteractionCustomerRow)).one()
        assert person.draft_id == draft


def test_the_draft_of_somebody_signed_in_is_opened_in_their_name_and_is_not_theirs_meanwhile(
    each_database: Database, links: Links, priya: Agent, mary: Actor
) -> None:
    draft = a_draft_of(each_database, mary)
    take(each_database, priya, a_code(each_database, mary, draft, links, NOW), links, NOW)
    agent = acting(each_database, priya)
    assert agent.on_behalf_of == mary.id
    assert has(each_database, agent, draft)
    assert not has(each_database, mary, draft)
    with each_database.write() as session:
        assert handing_over.give_back(session, agent, draft, later(1))
    assert has(each_database, mary, draft)
    assert not has(each_database, agent, draft), "it is never in two hands"


def test_a_form_that_an_agent_has_is_still_on_the_customers_timeline(
    each_database: Database, links: Links, priya: Agent, mary: Actor
) -> None:
    draft = a_draft_of(each_database, mary)
    take(each_database, priya, a_code(each_database, mary, draft, links, NOW), links, NOW)
    with each_database.read() as session:
        page = timelines.timeline(session, mary, timelines.Shown.ALL, 1, NOW)
    [entry] = page.entries
    assert isinstance(entry, timelines.Unsent)
    assert entry.id == draft


def test_a_contact_and_an_acting_session_that_go_on_are_kept(
    each_database: Database, links: Links, priya: Agent, mary: Actor
) -> None:
    draft = a_draft_of(each_database, mary)
    with each_database.write() as session:
        contact = a_contact(session, priya.id, "boston", NOW, Channel.FACE_TO_FACE).id
        sure = Verified(Verification.FULL)
        begun = assisting.start(session, priya.own, mary.id, Reason.CARRY_ON, sure, NOW)
    take(each_database, priya, a_code(each_database, mary, draft, links, NOW), links, NOW)
    with each_database.read() as session:
        going = interactions.acting_of(session, priya.id)
        assert going is not None
        assert (going.id, going.verification, going.interaction_id) == (begun, Verification.FULL, contact)
        assert session.scalar(sa.select(sa.func.count()).select_from(InteractionRow)) == 1


def test_a_strangers_draft_can_be_opened_for_whom_the_agent_is_helping_and_is_theirs_in_the_end(
    each_database: Database, draft: str, links: Links, priya: Agent, mary: Actor
) -> None:
    with each_database.write() as session:
        a_contact(session, priya.id, "boston", NOW, Channel.PHONE)
        assisting.start(session, priya.own, mary.id, Reason.CARRY_ON, Verified(Verification.BASIC), NOW)
    code = a_code(each_database, RESIDENT, draft, links, NOW)
    assert take(each_database, priya, code, links, NOW, for_same=True).draft_id == draft
    answer_and_give_back(each_database, priya, draft)
    row = sent_by(each_database, RESIDENT, draft, links)
    assert (row.customer_id, row.helper_name, row.verification) == (mary.id, "Priya Example", 1)


def test_somebody_elses_form_is_not_opened_for_whom_the_agent_is_helping(
    each_database: Database, links: Links, priya: Agent, mary: Actor
) -> None:
    draft = a_draft_of(each_database, mary)
    with each_database.write() as session:
        other = a_customer(session, "Olu Made-Up", NOW, councils=["boston"]).id
        a_contact(session, priya.id, "boston", NOW, Channel.PHONE)
        assisting.start(session, priya.own, other, Reason.CARRY_ON, Verified(), NOW)
    code = a_code(each_database, mary, draft, links, NOW)
    assert take(each_database, priya, code, links, NOW, for_same=True).why == "another"
    assert holder(each_database, draft) == mary.id
    assert take(each_database, priya, code, links, NOW).draft_id == draft
    assert acting(each_database, priya).on_behalf_of == mary.id


def test_whom_an_agent_may_not_help_they_do_not_help_by_a_code_either(
    each_database: Database, links: Links, priya: Agent, mary: Actor
) -> None:
    draft = a_draft_of(each_database, mary)
    with each_database.write() as session:
        session.execute(sa.text("UPDATE customers SET restricted = TRUE"))
    code = a_code(each_database, mary, draft, links, NOW)
    assert take(each_database, priya, code, links, NOW).why == "restricted"
    assert holder(each_database, draft) == mary.id
    with each_database.read() as session:
        assert session.scalars(sa.select(InteractionRow)).all() == [], "no contact is begun for nothing"


def test_a_code_is_good_once_and_for_a_quarter_of_an_hour(
    each_database: Database, draft: str, links: Links, priya: Agent
) -> None:
    code = a_code(each_database, RESIDENT, draft, links, NOW)
    assert take(each_database, priya, code, links, later(15)).why == "wrong"
    assert stage(each_database, RESIDENT, draft, links, later(15)) is Stage.RUN_OUT
    again = a_code(each_database, RESIDENT, draft, links, later(16))
    assert take(each_database, priya, again, links, later(17)).draft_id == draft
    assert take(each_database, priya, again, links, later(18)).why == "wrong"


def test_a_new_code_takes_the_place_of_the_old(
    each_database: Database, draft: str, links: Links, priya: Agent
) -> None:
    old = a_code(each_database, RESIDENT, draft, links, NOW)
    new = a_code(each_database, RESIDENT, draft, links, later(1))
    assert take(each_database, priya, old, links, later(2)).why == "wrong"
    assert take(each_database, priya, new, links, later(2)).draft_id == draft


def test_codes_that_are_open_differ_and_a_code_that_ran_out_is_free_again(
    each_database: Database, links: Links, priya: Agent, monkeypatch: pytest.MonkeyPatch
) -> None:
    figures = iter(["111111", "111111", "222222", "111111"])
    monkeypatch.setattr(links.spoken, "code", lambda _id: next(figures))
    monkeypatch.setattr(links.spoken, "code_of", lambda _id, told_by: told_by)
    first, second, third = (a_draft_of(each_database, RESIDENT) for _ in range(3))
    a_code(each_database, RESIDENT, first, links, NOW)
    a_code(each_database, RESIDENT, second, links, NOW)
    assert take(each_database, priya, "222222", links, NOW).draft_id == second
    a_code(each_database, RESIDENT, third, links, later(20))
    assert take(each_database, priya, "111111", links, later(21)).draft_id == third


def test_another_councils_agent_is_told_that_it_is_not_the_code(
    each_database: Database, draft: str, links: Links
) -> None:
    code = a_code(each_database, RESIDENT, draft, links, NOW)
    with each_database.write() as session:
        elsewhere = an_agent(session, "Rob Elsewhere", NOW, councils=("south-holland",))
    assert take(each_database, elsewhere, code, links, NOW).why == "wrong"
    assert holder(each_database, draft) == RESIDENT.id


def test_five_wrong_codes_shut_an_agent_out_for_a_quarter_of_an_hour_and_no_other(
    each_database: Database, draft: str, links: Links, priya: Agent
) -> None:
    with each_database.write() as session:
        colleague = an_agent(session, "Sam Example", NOW)
    code = a_code(each_database, RESIDENT, draft, links, later(10))
    told = [take(each_database, priya, wrong(code), links, later(minute)).why for minute in range(10, 15)]
    assert told == ["wrong"] * 4 + ["locked"]
    assert take(each_database, priya, code, links, later(15)).why == "locked"
    new = a_code(each_database, RESIDENT, draft, links, later(28))
    assert take(each_database, priya, new, links, later(28.9)).why == "locked"
    assert take(each_database, priya, new, links, later(29.1)).draft_id == draft
    other = a_code(each_database, RESIDENT, a_draft_of(each_database, RESIDENT), links, later(29))
    assert take(each_database, colleague, other, links, later(29)).draft_id


def test_wrong_codes_of_long_ago_do_not_count(
    each_database: Database, draft: str, links: Links, priya: Agent
) -> None:
    for minute in (0, 4, 8, 12):
        assert take(each_database, priya, "000000", links, later(minute)).why == "wrong"
    assert take(each_database, priya, "000000", links, later(15.5)).why == "wrong"
    assert take(each_database, priya, "000000", links, later(16)).why == "locked"


@pytest.mark.parametrize("typed", ["", "12345", "1234567", "code", "٠٠٠٠٠٠"])
def test_what_is_no_code_opens_nothing(
    each_database: Database, draft: str, links: Links, priya: Agent, typed: str
) -> None:
    a_code(each_database, RESIDENT, draft, links, NOW)
    assert take(each_database, priya, typed, links, NOW).why == "wrong"


def test_the_database_holds_no_code(each_database: Database, draft: str, links: Links) -> None:
    code = a_code(each_database, RESIDENT, draft, links, NOW)
    with each_database.read() as session:
        everything = " ".join(
            str(value)
            for table in Base.metadata.sorted_tables
            for row in session.execute(sa.select(table))
            for value in row
        )
    assert code not in everything


def test_a_code_is_still_told_and_taken_after_the_secret_key_was_changed(
    each_database: Database, draft: str, priya: Agent, tmp_path: Path
) -> None:
    old, new = "k" * 40, "n" * 40
    before = Links(settings(tmp_path, SECRET_KEY=old))
    after = Links(settings(tmp_path, SECRET_KEY=new, SECRET_KEY_OLD=old))
    code = a_code(each_database, RESIDENT, draft, before, NOW)
    told = told_to(each_database, RESIDENT, draft, after, NOW)
    assert told is not None
    assert told.code == code
    assert take(each_database, priya, code, after, NOW).draft_id == draft


def test_when_the_resident_agreed_is_kept(each_database: Database, draft: str, links: Links) -> None:
    with each_database.write() as session:
        handing_over.offer(session, RESIDENT, draft, links, later(3), agreed_at=later(1))
    with each_database.read() as session:
        [row] = session.scalars(sa.select(HandoverRow))
        assert (row.consented_at, row.made_at, row.until) == (later(1), later(3), later(18))


def test_whoever_offered_it_goes_on_alone_while_nobody_has_taken_it(
    each_database: Database, draft: str, links: Links, priya: Agent
) -> None:
    code = a_code(each_database, RESIDENT, draft, links, NOW)
    assert has(each_database, RESIDENT, draft), "an offer takes nothing away"
    with each_database.write() as session:
        assert handing_over.withdraw(session, RESIDENT, draft, later(1))
    assert stage(each_database, RESIDENT, draft, links, later(1)) is Stage.NONE
    assert take(each_database, priya, code, links, later(2)).why == "wrong"
    with each_database.write() as session:
        assert not handing_over.withdraw(session, RESIDENT, draft, later(3))


def test_it_is_taken_back_from_under_the_agents_hands(
    each_database: Database, draft: str, links: Links, priya: Agent
) -> None:
    take(each_database, priya, a_code(each_database, RESIDENT, draft, links, NOW), links, NOW)
    agent = acting(each_database, priya)
    with each_database.write() as session:
        assert not handing_over.take_back(session, ANOTHER_BROWSER, draft, later(1))
        assert handing_over.take_back(session, RESIDENT, draft, later(1))
        assert not handing_over.take_back(session, RESIDENT, draft, later(2)), "it is back already"
    assert holder(each_database, draft) == RESIDENT.id
    with pytest.raises(DraftGone), each_database.write() as session:
        drafting.save(session, agent, draft, {"what": "tyres"}, SEALS, later(2))
    with each_database.write() as session:
        assert not handing_over.give_back(session, agent, draft, later(3))
    with each_database.read() as session:
        away = who_has_it.away(session, agent, draft, later(3))
    assert away is not None
    assert (away.with_customer, away.since) == (True, later(1))


@pytest.mark.parametrize("how", ["stopped", "switched", "signed_out"])
def test_however_the_helping_ends_the_draft_goes_back(
    each_database: Database, draft: str, links: Links, priya: Agent, mary: Actor, how: str
) -> None:
    take(each_database, priya, a_code(each_database, RESIDENT, draft, links, NOW), links, NOW)
    if how == "signed_out":
        sign_out(each_database, priya, later(5))
    else:
        with each_database.write() as session:
            if how == "stopped":
                assisting.stop(session, priya.own, EndedWhy.STOPPED, later(5))
            else:
                assisting.start(session, priya.own, mary.id, Reason.NEW_REQUEST, Verified(), later(5))
    assert holder(each_database, draft) == RESIDENT.id
    told = told_to(each_database, RESIDENT, draft, links, later(6))
    assert told is not None
    assert (told.stage, told.agent, told.since) == (Stage.BACK, "Priya Example", later(5))


def test_what_an_agent_left_lying_is_taken_back_or_goes_back_by_itself(
    each_database: Database, links: Links, priya: Agent
) -> None:
    mine, other = a_draft_of(each_database, RESIDENT), a_draft_of(each_database, ANOTHER_BROWSER)
    take(each_database, priya, a_code(each_database, RESIDENT, mine, links, NOW), links, NOW)
    assert stage(each_database, RESIDENT, mine, links, later(11)) is Stage.LEFT
    with each_database.write() as session:
        assert handing_over.take_back(session, RESIDENT, mine, later(11))
    code = a_code(each_database, ANOTHER_BROWSER, other, links, later(12))
    take(each_database, priya, code, links, later(12))
    with each_database.write() as session:
        assert assisting.end_one_overdue(session, later(40))
    assert holder(each_database, other) == ANOTHER_BROWSER.id
    assert holder(each_database, mine) == RESIDENT.id


def test_only_a_half_hour_later_is_an_agent_who_is_busy_there_no_more(
    each_database: Database, draft: str, links: Links, priya: Agent
) -> None:
    take(each_database, priya, a_code(each_database, RESIDENT, draft, links, NOW), links, NOW)
    use(each_database, priya, later(25))
    assert stage(each_database, RESIDENT, draft, links, later(29)) is Stage.WITH_AGENT
    assert stage(each_database, RESIDENT, draft, links, later(31)) is Stage.LEFT


def test_it_goes_back_to_the_customer_as_whom_the_visitor_has_signed_in_meanwhile(
    each_database: Database, draft: str, links: Links, priya: Agent, mary: Actor
) -> None:
    take(each_database, priya, a_code(each_database, RESIDENT, draft, links, NOW), links, NOW)
    with each_database.write() as session:
        drafting.take_along(session, RESIDENT.id, mary.id)
    assert stage(each_database, mary, draft, links, later(1)) is Stage.WITH_AGENT
    with each_database.write() as session:
        assisting.stop(session, priya.own, EndedWhy.STOPPED, later(5))
    assert has(each_database, mary, draft)


def test_a_link_by_which_it_was_saved_brings_it_elsewhere_and_closes_the_hand_over(
    each_database: Database, draft: str, links: Links, priya: Agent
) -> None:
    with each_database.write() as session:
        saved = saving.save(
            session, RESIDENT, draft, "sam@example.org", BOSTON, "Report fly-tipping", links, NOW
        )
        [link] = session.scalars(sa.text("SELECT id FROM return_links"))
    take(each_database, priya, a_code(each_database, RESIDENT, draft, links, NOW), links, NOW)
    with each_database.write() as session:
        token = links.returning.token(link)
        saving.come_back(
            session, ANOTHER_BROWSER, token, saved.code or "", BOSTON, "Report fly-tipping", links, later(1)
        )
    assert holder(each_database, draft) == ANOTHER_BROWSER.id
    assert stage(each_database, RESIDENT, draft, links, later(2)) is Stage.ELSEWHERE
    with each_database.write() as session:
        assisting.stop(session, priya.own, EndedWhy.STOPPED, later(3))
    assert holder(each_database, draft) == ANOTHER_BROWSER.id


def test_a_code_opens_nothing_once_its_draft_was_gone_on_with_elsewhere(
    each_database: Database, draft: str, links: Links, priya: Agent
) -> None:
    code = a_code(each_database, RESIDENT, draft, links, NOW)
    with each_database.write() as session:
        drafts.move(session, RESIDENT.id, ANOTHER_BROWSER.id)
    assert take(each_database, priya, code, links, later(1)).why == "wrong"


def test_an_agent_offers_nothing_to_another_agent(
    each_database: Database, draft: str, links: Links, priya: Agent
) -> None:
    take(each_database, priya, a_code(each_database, RESIDENT, draft, links, NOW), links, NOW)
    agent = acting(each_database, priya)
    with pytest.raises(NotAllowed), each_database.write() as session:
        handing_over.offer(session, agent, draft, links, NOW, agreed_at=NOW)


def test_nobody_offers_what_is_not_theirs_or_was_sent(
    each_database: Database, draft: str, links: Links
) -> None:
    with pytest.raises(DraftGone), each_database.write() as session:
        handing_over.offer(session, ANOTHER_BROWSER, draft, links, NOW, agreed_at=NOW)
    sent_by(each_database, RESIDENT, draft, links)
    with pytest.raises(DraftSent), each_database.write() as session:
        handing_over.offer(session, RESIDENT, draft, links, NOW, agreed_at=NOW)


def test_a_stranger_is_told_nothing(each_database: Database, draft: str, links: Links, priya: Agent) -> None:
    take(each_database, priya, a_code(each_database, RESIDENT, draft, links, NOW), links, NOW)
    assert stage(each_database, ANOTHER_BROWSER, draft, links) is None
    assert stage(each_database, RESIDENT, "0198f2a0-0000-7000-8000-00000000ffff", links) is None
    with each_database.read() as session:
        assert who_has_it.away(session, ANOTHER_BROWSER, draft, NOW) is None


def test_somebody_without_a_name_becomes_a_customer_and_keeps_the_hold(
    each_database: Database, draft: str, links: Links, priya: Agent, mary: Actor
) -> None:
    take(each_database, priya, a_code(each_database, RESIDENT, draft, links, NOW), links, NOW)
    begun = a_draft_of(each_database, acting(each_database, priya))
    with each_database.write() as session:
        recognising.recognise(session, priya.own, mary.id, later(1))
        assisting.step_up(session, priya.own, Verified(Verification.BASIC), later(1))
    agent = acting(each_database, priya)
    assert agent.on_behalf_of == mary.id
    assert has(each_database, agent, draft)
    assert holder(each_database, begun) == mary.id, "what was begun for them is theirs"
    with pytest.raises(assisting.CannotHelp, match="named"), each_database.write() as session:
        recognising.recognise(session, priya.own, mary.id, later(1))
    answer_and_give_back(each_database, priya, draft)
    row = sent_by(each_database, RESIDENT, draft, links)
    assert (row.customer_id, row.verification) == (mary.id, Verification.BASIC)
    with each_database.read() as session:
        assert session.scalars(sa.select(InteractionCustomerRow)).one().customer_id == mary.id


def test_a_form_of_somebody_whom_nobody_checked_is_nobodys_when_it_is_sent_from_their_browser(
    each_database: Database, draft: str, links: Links, priya: Agent, mary: Actor
) -> None:
    take(each_database, priya, a_code(each_database, RESIDENT, draft, links, NOW), links, NOW)
    with each_database.write() as session:
        recognising.recognise(session, priya.own, mary.id, later(1))
    answer_and_give_back(each_database, priya, draft)
    row = sent_by(each_database, RESIDENT, draft, links)
    assert (row.customer_id, row.helper_name, row.verification) == (None, "Priya Example", Verification.NONE)


def test_how_sure_an_agent_was_is_not_said_of_somebody_else(
    each_database: Database, draft: str, links: Links, priya: Agent, mary: Actor
) -> None:
    take(each_database, priya, a_code(each_database, RESIDENT, draft, links, NOW), links, NOW)
    with each_database.write() as session:
        recognising.recognise(session, priya.own, mary.id, later(1))
        assisting.step_up(session, priya.own, Verified(Verification.FULL), later(1))
        olu = a_customer(session, "Olu Made-Up", NOW).id
    answer_and_give_back(each_database, priya, draft)
    with each_database.write() as session:
        drafting.take_along(session, RESIDENT.id, olu)
    row = sent_by(each_database, Actor(ActorKind.RESIDENT, olu, signed_in=True), draft, links)
    assert (row.customer_id, row.helper_name, row.verification) == (olu, "Priya Example", Verification.NONE)


def test_what_the_agent_sends_is_told_to_whoever_handed_it_over(
    each_database: Database, draft: str, links: Links, priya: Agent
) -> None:
    take(each_database, priya, a_code(each_database, RESIDENT, draft, links, NOW), links, NOW)
    sent_by(each_database, acting(each_database, priya), draft, links)
    assert stage(each_database, RESIDENT, draft, links, later(1)) is Stage.SENT
    with each_database.write() as session:
        assisting.stop(session, priya.own, EndedWhy.STOPPED, later(5))
    with each_database.read() as session:
        mine = drafting.find(session, RESIDENT, draft, SEALS)
        assert mine is not None
        assert mine.sent


def test_every_change_of_hands_is_a_line_with_who_had_it_and_who_has_it(
    each_database: Database, links: Links, priya: Agent, mary: Actor
) -> None:
    draft = a_draft_of(each_database, mary)
    take(each_database, priya, a_code(each_database, mary, draft, links, NOW), links, NOW)
    agent = acting(each_database, priya)
    with each_database.write() as session:
        handing_over.give_back(session, agent, draft, later(1))
    offered, taken, back = lines(each_database, draft)
    assert (offered.what, offered.actor_id) == ("form_offered", mary.id)
    assert (taken.what, taken.actor_id, taken.on_behalf_of) == ("form_taken", priya.id, mary.id)
    assert (taken.detail["from"], taken.detail["to"]) == (mary.id, agent.via)
    assert (back.what, back.detail["from"], back.detail["to"]) == ("form_given_back", agent.via, mary.id)
    assert {taken.customer_id, back.customer_id} == {mary.id}
    assert {line.council for line in (offered, taken, back)} == {"boston"}


def answer_and_give_back(database: Database, agent: Agent, draft: str) -> None:
    """Have the agent answer something and give the draft back."""
    actor = acting(database, agent)
    with database.write() as session:
        drafting.save(session, actor, draft, {"what": "tyres"}, SEALS, later(2))
        assert handing_over.give_back(session, actor, draft, later(3))


def sent_by(database: Database, actor: Actor, draft: str, links: Links) -> SubmissionRow:
    """The submission that a draft becomes when this actor sends it."""
    with database.write() as session:
        held = drafting.find(session, actor, draft, SEALS)
        assert held is not None
        sent = submitting.submit(session, actor, held, completed(), links, SEALS, later(4), council=BOSTON)
    with database.read() as session:
        row = session.get(SubmissionRow, sent.submission_id)
        assert row is not None
        return row


def test_a_submission_ends_nothing_of_an_acting_session(
    each_database: Database, draft: str, links: Links, priya: Agent
) -> None:
    take(each_database, priya, a_code(each_database, RESIDENT, draft, links, NOW), links, NOW)
    sent_by(each_database, acting(each_database, priya), draft, links)
    with each_database.read() as session:
        assert session.scalars(sa.select(ActingSessionRow)).one().ended_at is None
