"""Claiming: only by a code that went to the address on the submission, told to nobody else, and to be undone."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck
from hypothesis import settings as examples
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from selfservice.database import Database
from selfservice.domain.case import Contact
from selfservice.domain.messages import Medium
from selfservice.domain.people import Actor, ActorKind
from selfservice.domain.permissions import NotAllowed
from selfservice.links import Links
from selfservice.operations import accounts, claiming, leaving, limiting, recording, timelines
from selfservice.operations.challenging import Asker
from selfservice.store import customers
from selfservice.store.challenges import ChallengeRow
from selfservice.store.customers import CustomerRow
from selfservice.store.notifications import NotificationRow
from selfservice.store.timeline import TimelineEventRow
from tests.factories.accounts import (
    COUNCILS,
    an_agent,
    as_customer,
    helping,
    mary_smith,
    sent,
)
from tests.factories.mail import Mail, wrong
from tests.factories.people import a_customer, an_account
from tests.factories.submitted import BOSTON, NOW, SEALS, settings

BROWSER = "b" * 64
ASKER = Asker(BROWSER)
GUEST = Actor(ActorKind.RESIDENT, "f" * 64)
SAM = "sam.carter@example.org"
NOWHERE = "BOS-7K4M-2QXB"


@dataclass
class Desk:
    """What claims are made with, each step in a unit of work of its own."""

    database: Database
    links: Links

    @property
    def mail(self) -> Mail:
        return Mail(self.database, self.links)

    def guest_sends(self, contact: Contact | None = None) -> tuple[str, str]:
        """The id and the reference of what somebody sent without an account."""
        with self.database.write() as session:
            done = sent(session, GUEST, self.links, NOW, contact=contact or Contact("Sam Carter", SAM, ""))
        return done.submission_id, done.reference

    def ask(self, who: Actor, reference: str, *, texts: bool = True, asker: Asker = ASKER) -> str:
        with self.database.write() as session:
            return claiming.ask(
                session, who, reference, COUNCILS, asker, self.links, NOW, texts_offered=texts
            ).id

    def take(self, who: Actor, claim: str, code: str, *, browser: str = BROWSER) -> str | None:
        with self.database.write() as session:
            taken = claiming.take(
                session, who, claim, browser, code, COUNCILS, self.links, NOW, texts_offered=True
            )
        return taken[0] if taken else None

    def owner(self, submission_id: str) -> str | None:
        with self.database.read() as session:
            return customers.owner_of(session, submission_id)


@pytest.fixture
def desk(database: Database, tmp_path: Path) -> Desk:
    return Desk(database, Links(settings(tmp_path)))


@pytest.fixture
def mary(database: Database) -> CustomerRow:
    with database.write() as session:
        return mary_smith(session, NOW)


def test_the_code_that_went_to_the_address_on_it_makes_it_theirs(desk: Desk, mary: CustomerRow) -> None:
    submission, reference = desk.guest_sends()
    claim = desk.ask(as_customer(mary), reference.lower())
    assert desk.owner(submission) is None
    assert desk.take(as_customer(mary), claim, desk.mail.code(SAM)) == reference
    with desk.database.read() as session:
        owned = customers.owned(session, submission)
        assert owned is not None
        assert (owned.customer_id, owned.how, owned.since) == (mary.id, "claimed", NOW)
        assert "boston" in customers.councils_of(session, mary.id)
        assert timelines.whole(session, as_customer(mary), reference, SEALS) is not None
        assert session.scalars(sa.select(TimelineEventRow.what)).all().count("claimed") == 1


def test_no_code_goes_to_whoever_asks(desk: Desk, mary: CustomerRow) -> None:
    desk.ask(as_customer(mary), desk.guest_sends()[1])
    assert {letter.recipient for letter in desk.mail.letters()} == {SAM}


def test_a_wrong_code_another_browser_and_another_customer_take_nothing(
    desk: Desk, mary: CustomerRow
) -> None:
    submission, reference = desk.guest_sends()
    with desk.database.write() as session:
        ben = a_customer(session, "Ben Fenn", NOW)
    claim = desk.ask(as_customer(mary), reference)
    code = desk.mail.code(SAM)
    assert desk.take(as_customer(mary), claim, wrong(code)) is None
    assert desk.take(as_customer(mary), claim, code, browser="c" * 64) is None
    assert desk.take(as_customer(mary), "0198f2a0-0000-7000-8000-000000000001", code) is None
    assert desk.owner(submission) is None
    assert desk.take(as_customer(ben), claim, code) is None, "it was asked for by Mary"
    assert desk.owner(submission) is None


def test_what_has_no_address_what_is_unknown_and_what_is_somebodys_send_nothing(
    desk: Desk, mary: CustomerRow
) -> None:
    with desk.database.write() as session:
        ben = a_customer(session, "Ben Fenn", NOW)
        an_account(session, ben, NOW, email="ben@example.org")
        of_ben = sent(session, as_customer(ben), desk.links, NOW).reference
        of_mary = sent(session, as_customer(mary), desk.links, NOW).reference
    nameless = desk.guest_sends(Contact())[1]
    before = len(desk.mail.letters())
    for reference in (of_ben, of_mary, nameless, NOWHERE, "nonsense", ""):
        claim = desk.ask(as_customer(mary), reference)
        assert desk.take(as_customer(mary), claim, "000000") is None
    assert len(desk.mail.letters()) == before
    with desk.database.read() as session:
        assert session.scalars(sa.select(ChallengeRow)).all() == []


def test_a_mobile_number_alone_gets_its_code_by_text_where_texts_are_sent(
    desk: Desk, mary: CustomerRow
) -> None:
    submission, reference = desk.guest_sends(Contact("Sam Carter", "", "+447700900123"))
    desk.ask(as_customer(mary), reference, texts=False)
    with desk.database.read() as session:
        assert session.scalars(sa.select(NotificationRow.challenge_id)).all() == []
    claim = desk.ask(as_customer(mary), reference)
    assert desk.take(as_customer(mary), claim, desk.mail.code("+447700900123")) == reference
    assert desk.owner(submission) == mary.id
    with desk.database.read() as session:
        media = set(session.execute(sa.select(NotificationRow.medium, NotificationRow.what)).all())
    assert {("sms", "claim"), ("sms", "claimed")} <= media


def test_what_an_agent_sent_for_somebody_without_an_account_can_be_claimed_and_goes_back_when_undone(
    desk: Desk, mary: CustomerRow
) -> None:
    with desk.database.write() as session:
        tom = a_customer(session, "Tom Allsop", NOW, councils=("boston",))
        _member, staff = an_agent(session, NOW)
        agent = helping(session, staff, tom, NOW)
        done = sent(session, agent, desk.links, NOW)
        assert customers.owner_of(session, done.submission_id) == tom.id
    claim = desk.ask(as_customer(mary), done.reference)
    assert desk.take(as_customer(mary), claim, desk.mail.code(SAM)) == done.reference
    assert desk.owner(done.submission_id) == mary.id
    told = desk.links.read_unclaim(undo_token(desk))
    assert told is not None
    with desk.database.write() as session:
        assert claiming.undo(session, *told, NOW)
    assert desk.owner(done.submission_id) == tom.id


def test_whoever_leaves_gives_back_what_they_claimed_and_not_what_they_sent(
    desk: Desk, mary: CustomerRow
) -> None:
    with desk.database.write() as session:
        tom = a_customer(session, "Tom Allsop", NOW, councils=("boston",))
        toms = sent(session, as_customer(tom), desk.links, NOW)
        own = sent(session, as_customer(mary), desk.links, NOW)
    nobodys, reference = desk.guest_sends()
    for each in (toms.reference, reference):
        assert desk.take(as_customer(mary), desk.ask(as_customer(mary), each), desk.mail.code(SAM)) == each
    with desk.database.write() as session:
        leaving.leave(session, as_customer(mary), NOW)
    assert desk.owner(toms.submission_id) == tom.id
    assert desk.owner(nobodys) is None
    assert desk.owner(own.submission_id) is None


def test_claims_leave_the_door_open_whatever_address_they_are_sent_to(
    desk: Desk, mary: CustomerRow, monkeypatch: pytest.MonkeyPatch
) -> None:
    """By refusing to send there, the door would tell which address is on what somebody else sent."""
    monkeypatch.setattr("selfservice.operations.challenging.SECOND_CLICK_SECONDS", 0)
    most, asker = limiting.CLAIMS_TO_ADDRESS.times, Asker(BROWSER, "192.0.2.1")
    others = [f"sam{number}@example.org" for number in range(limiting.CHALLENGES_BY_NETWORK.times)]
    claims = set()
    for address in [SAM] * (most + 2) + others:
        reference = desk.guest_sends(Contact("Sam Carter", address, ""))[1]
        claims.add(desk.ask(as_customer(mary), reference, asker=asker))
    assert len(claims) == most + 2 + len(others), "one too many looks the same"
    assert sum("code is" in each.body for each in desk.mail.letters(SAM)) == most
    with desk.database.write() as session:
        assert accounts.ask_to_sign_in(session, SAM, BOSTON, asker, desk.links, NOW) is not None


def test_every_address_on_it_is_told_and_the_link_is_not_in_the_database(
    desk: Desk, mary: CustomerRow
) -> None:
    both = Contact("Sam Carter", SAM, "+447700900123")
    reference = desk.guest_sends(both)[1]
    desk.take(as_customer(mary), desk.ask(as_customer(mary), reference), desk.mail.code(SAM))
    with desk.database.read() as session:
        told = session.scalars(sa.select(NotificationRow).where(NotificationRow.what == "claimed")).all()
    assert {(row.medium, row.recipient) for row in told} == {
        (Medium.EMAIL, SAM),
        (Medium.SMS, "+447700900123"),
    }
    assert all("{link}" in row.body and "unclaim" not in row.body for row in told)
    assert "/account/unclaim/" in desk.mail.newest(SAM).body
    assert "Mary" not in desk.mail.newest(SAM).body


def undo_token(desk: Desk, to: str = SAM) -> str:
    return desk.mail.newest(to).body.partition("/account/unclaim/")[2].split()[0]


def test_whoever_reads_the_address_undoes_it_for_14_days_and_once(desk: Desk, mary: CustomerRow) -> None:
    submission, reference = desk.guest_sends()
    desk.take(as_customer(mary), desk.ask(as_customer(mary), reference), desk.mail.code(SAM))
    told = desk.links.read_unclaim(undo_token(desk))
    assert told is not None
    late = NOW + timedelta(days=14)
    with desk.database.write() as session:
        found = claiming.look(session, *told, NOW)
        assert found is not None
        assert (found.reference, found.until) == (reference, late)
        assert claiming.look(session, *told, late) is None
        assert not claiming.undo(session, *told, late)
    assert desk.owner(submission) == mary.id
    with desk.database.write() as session:
        assert claiming.undo(session, *told, late - timedelta(seconds=1))
        assert not claiming.undo(session, *told, NOW)
    assert desk.owner(submission) is None
    with desk.database.read() as session:
        assert timelines.whole(session, as_customer(mary), reference, SEALS) is None
        assert recording.verify(session) == []


def test_the_link_of_an_earlier_claim_does_not_undo_a_later_one(desk: Desk, mary: CustomerRow) -> None:
    submission, reference = desk.guest_sends()
    desk.take(as_customer(mary), desk.ask(as_customer(mary), reference), desk.mail.code(SAM))
    told = desk.links.read_unclaim(undo_token(desk))
    assert told is not None
    with desk.database.write() as session:
        owned = customers.owned(session, submission)
        assert owned is not None
        owned.since = NOW + timedelta(days=1)
    with desk.database.write() as session:
        assert not claiming.undo(session, *told, NOW + timedelta(days=2))


@pytest.mark.parametrize("token", ["", "nonsense", "WyJhIl0.abc"])
def test_a_link_that_we_did_not_sign_is_none(desk: Desk, token: str) -> None:
    assert desk.links.read_unclaim(token) is None
    assert desk.links.read_unclaim(desk.links.progress("boston", "x").rpartition("/")[2]) is None


def test_nobody_claims_for_another_nor_without_an_account(desk: Desk, mary: CustomerRow) -> None:
    reference = desk.guest_sends()[1]
    with desk.database.write() as session:
        _member, staff = an_agent(session, NOW)
        agent = helping(session, staff, mary, NOW)
    for who in (agent, staff, GUEST):
        with pytest.raises(NotAllowed):
            desk.ask(who, reference)
        with pytest.raises(NotAllowed):
            desk.take(who, "x", "000000")


def test_asking_and_trying_are_limited_whatever_there_is(desk: Desk, mary: CustomerRow) -> None:
    who = as_customer(mary)
    with desk.database.write() as session:
        asked = [claiming.may_ask(session, who, NOWHERE, NOW) for _ in range(6)]
        assert asked == [True] * limiting.CLAIMS_OF_REFERENCE.times + [False]
        tried = [claiming.may_try(session, who, NOW) for _ in range(limiting.CLAIM_TRIES.times + 1)]
        assert tried == [True] * limiting.CLAIM_TRIES.times + [False]


@contextmanager
def statements(database: Database) -> Iterator[list[str]]:
    heard: list[str] = []

    def hear(*told: object) -> None:
        heard.append(" ".join(str(told[2]).split()[:3]))

    sa.event.listen(database.engine, "before_cursor_execute", hear)
    yield heard
    sa.event.remove(database.engine, "before_cursor_execute", hear)


def test_the_same_is_asked_of_the_database_whether_there_is_such_a_submission(
    desk: Desk, mary: CustomerRow
) -> None:
    """The time it takes tells nothing, for the same is done in either case."""
    done = []
    for reference in (desk.guest_sends()[1], NOWHERE, desk.guest_sends(Contact())[1]):
        with statements(desk.database) as heard:
            desk.ask(as_customer(mary), reference)
        done.append([each for each in heard if not each.startswith(("SAVEPOINT", "RELEASE", "ROLLBACK"))])
    assert done[0] == done[1] == done[2]


class Claims(RuleBasedStateMachine):
    """Whatever two customers try, in whatever order: nobody comes to have a thing without its own code."""

    desk: Desk

    def __init__(self) -> None:
        super().__init__()
        with self.desk.database.write() as session:
            self.people = [as_customer(a_customer(session, name, NOW)) for name in ("Mary", "Ben")]
        self.things = [self.desk.guest_sends(Contact("S", f"s{number}@example.org", "")) for number in (1, 2)]
        self.claims: list[tuple[str, int, int]] = []
        self.entitled: set[tuple[int, int]] = set()

    @rule(person=st.sampled_from([0, 1]), thing=st.sampled_from([0, 1]))
    def ask(self, person: int, thing: int) -> None:
        claim = self.desk.ask(self.people[person], self.things[thing][1])
        self.claims.append((claim, person, thing))

    @precondition(lambda self: self.claims)
    @rule(data=st.data(), by=st.sampled_from([0, 1]), of=st.sampled_from([0, 1]))
    def try_the_code_of_a_mailbox(self, data: st.DataObject, by: int, of: int) -> None:
        claim, person, thing = data.draw(st.sampled_from(self.claims))
        letters = [
            each for each in self.desk.mail.letters(f"s{of + 1}@example.org") if "code is" in each.body
        ]
        if letters:
            taken = self.desk.take(self.people[by], claim, self.desk.mail.code(f"s{of + 1}@example.org"))
            if taken is not None:
                assert (by, of) == (person, thing), "a code opens what it was sent for, to who asked"
                self.entitled.add((by, thing))

    @precondition(lambda self: self.claims)
    @rule(data=st.data(), code=st.sampled_from(["000000", "123456", ""]))
    def guess(self, data: st.DataObject, code: str) -> None:
        claim, person, thing = data.draw(st.sampled_from(self.claims))
        if self.desk.take(self.people[person], claim, code) is not None:
            self.entitled.add((person, thing))  # one in a million

    @invariant()
    def nobody_reads_without_having_answered(self) -> None:
        for thing, (_id, reference) in enumerate(self.things):
            for person, who in enumerate(self.people):
                with self.desk.database.read() as session:
                    seen = timelines.whole(session, who, reference, SEALS) is not None
                assert not seen or (person, thing) in self.entitled


def test_no_order_of_steps_gives_read_access_without_the_code(desk: Desk) -> None:
    class OfThisDesk(Claims):
        pass

    OfThisDesk.desk = desk
    run_state_machine_as_test(
        OfThisDesk,
        settings=examples(
            max_examples=8, stateful_step_count=12, deadline=None,
            suppress_health_check=[HealthCheck.too_slow],
        ),
    )  # fmt: skip
