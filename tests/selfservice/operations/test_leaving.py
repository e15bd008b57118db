"""Leaving: a copy of everything for the customer alone, and then nothing of them but what they sent."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from forms.kit.samples import HOUSE
from selfservice.database import Database
from selfservice.domain.case import Contact, GivenAnswer
from selfservice.domain.files import Scan
from selfservice.domain.people import Actor, ActorKind
from selfservice.domain.permissions import NotAllowed
from selfservice.domain.profile import Need
from selfservice.links import Links
from selfservice.operations import drafting, exporting, homes, leaving, notifying, profiles, recording, saving
from selfservice.operations import sign_ins as signing_in
from selfservice.sealing_keys import SealingKey, SealingKeys
from selfservice.seals import Seals
from selfservice.store import customers, factors
from selfservice.store.accounts import AccountRow, IdentityRow, PasskeyRow, RecoveryCodeRow, TotpRow
from selfservice.store.base import Base
from selfservice.store.challenges import ChallengeRow
from selfservice.store.customers import CustomerRow
from selfservice.store.drafts import DraftRow
from selfservice.store.files import FileRow
from selfservice.store.interactions import ActingSessionRow, ApprovalRow, InteractionRow
from selfservice.store.keys import DataKeyRow
from selfservice.store.messages import MessageRow
from selfservice.store.notifications import NotificationRow
from selfservice.store.sign_ins import SignInRow
from selfservice.store.submissions import SubmissionRow
from tests.factories.accounts import an_agent, as_customer, helping, sent
from tests.factories.people import a_customer, an_account
from tests.factories.submitted import BOSTON, NOW, SEALS, settings

# Words that stand nowhere but where the customer is: none may be left when they have left.
CANARY = "Kanarienvogel"
EMAIL = f"{CANARY.lower()}@example.org"
SEALING = Seals(
    SealingKeys((SealingKey("key-of-the-tests", bytes(range(32))),)), {"fly-tipping": frozenset({"secret"})}
)


@pytest.fixture
def links(tmp_path: Path) -> Links:
    return Links(settings(tmp_path))


def canary(session: Session, links: Links) -> CustomerRow:
    """A customer of whom something is kept in every place that there is."""
    row = a_customer(
        session, f"Mary {CANARY}", NOW, email=EMAIL, phone="+447700900555", other_phone="+441632960555",
        date_of_birth=date(1952, 3, 27), councils=("boston",),
    )  # fmt: skip
    account = an_account(session, row, NOW, email=EMAIL, phone="+447700900555", password_hash="argon")
    mary = as_customer(row)
    profiles.change_name(session, mary, f"Mary {CANARY}", date(1952, 3, 27), NOW)
    profiles.change_needs(session, mary, [Need.BRAILLE], f"{CANARY} needs", NOW)
    profiles.change_household(session, mary, [{"full_name": f"Tom {CANARY}"}], NOW)
    homes.add(session, mary, {**HOUSE, "words": f"1 {CANARY} Street"}, NOW, current=True)
    of_account(session, account.id)
    drafts_of(session, mary, links)
    words_about(session, row)
    notice = NotificationRow(
        council="boston", customer_id=row.id, what="helped", medium="email", recipient=EMAIL,
        subject=f"Hello {CANARY}", body=CANARY, created_at=NOW,
    )  # fmt: skip
    asked = ChallengeRow(
        purpose="sign_up", council="boston", medium="email", recipient=EMAIL, token_hash="t" * 64,
        browser="b" * 64, detail={}, made_at=NOW, until=NOW,
    )  # fmt: skip
    session.add(asked)
    session.flush()
    code = NotificationRow(
        council="boston", challenge_id=asked.id, what="sign_up", medium="email", recipient=EMAIL,
        subject=CANARY, body=CANARY, created_at=NOW,
    )  # fmt: skip
    notifying.post(session, [notice, code], NOW)
    return row


def words_about(session: Session, row: CustomerRow) -> None:
    """What an agent wrote of her in words of their own."""
    member, staff = an_agent(session, NOW, name="Wanda Writes")
    going = session.get_one(ActingSessionRow, helping(session, staff, row, NOW).via)
    going.reached_by = {"preferred": "email", "phone": None, "email": f"{CANARY}@example.org"}
    contact = session.scalars(sa.select(InteractionRow).where(InteractionRow.staff_id == member.id)).one()
    contact.note = f"She spoke of {CANARY}"
    asked = ApprovalRow(
        customer_id=row.id, council="boston", asked_by=member.id, interaction_id=contact.id,
        reason=f"About {CANARY}", asked_at=NOW,
    )  # fmt: skip
    session.add(asked)
    session.flush()


def of_account(session: Session, account_id: str) -> None:
    signing_in.begin(session, "password", f"Browser of {CANARY}", NOW, account_id=account_id, whole=True)
    totp = TotpRow(account_id=account_id, sealed={}, added_at=NOW, confirmed_at=NOW)
    elsewhere = IdentityRow(
        account_id=account_id, issuer="https://id.example.org", subject=CANARY, label="Other", added_at=NOW
    )
    passkey = PasskeyRow(
        account_id=account_id, credential_id=CANARY, public_key="k", name=f"Key of {CANARY}", added_at=NOW
    )
    code = RecoveryCodeRow(account_id=account_id, code_hash="h" * 64, made_at=NOW)
    session.add_all([totp, elsewhere, passkey, code])
    session.flush()
    session.add(DataKeyRow(owner=totp.id, council="partnership", key_id="k", wrapped="w", created_at=NOW))
    session.flush()


def drafts_of(session: Session, mary: Actor, links: Links) -> None:
    """One that was sent, and one that was not, with a sealed answer, a file and a link to come back by."""
    sent_one = drafting.begin(session, mary, "boston", "fly-tipping", NOW)
    drafting.save(session, mary, sent_one.id, {"details": f"{CANARY} sent"}, SEALS, NOW)
    row = session.get_one(DraftRow, sent_one.id)
    done = sent(session, mary, links, NOW, contact=Contact("Mary", "kept@example.org", ""))
    row.submission_id = done.submission_id
    begun = drafting.begin(session, mary, "boston", "fly-tipping", NOW)
    drafting.save(session, mary, begun.id, {"details": CANARY, "secret": CANARY}, SEALING, NOW)
    session.add(
        FileRow(
            id="0198f2a0-0000-7000-8000-00000000000f", council="boston", draft_id=begun.id, question="photos",
            media_type="image/jpeg", size=1, sha256="s" * 64, name=f"{CANARY}.jpg", thumbnail=False,
            scan=Scan.CLEAN, stored_at=NOW,
        )
    )  # fmt: skip
    session.flush()
    saving.save(session, mary, begun.id, EMAIL, BOSTON, "Report fly-tipping", links, NOW)


def everything_kept(session: Session) -> str:
    """All that the database holds, as text."""
    session.flush()
    kept = []
    for table in Base.metadata.sorted_tables:
        kept += [str(tuple(row)) for row in session.execute(sa.select(table))]
    return "\n".join(kept)


def test_nothing_of_them_is_left_but_what_they_sent(each_database: Database, links: Links) -> None:
    with each_database.write() as session:
        row = canary(session, links)
        mary = as_customer(row)
    with each_database.write() as session:
        assert CANARY in everything_kept(session)
        files = leaving.leave(session, mary, NOW)
    assert files == ["0f/0198f2a0-0000-7000-8000-00000000000f.jpg"]
    with each_database.read() as session:
        kept = everything_kept(session)
        for word in (CANARY, EMAIL, "+447700900555", "+441632960555", "1952-03-27"):
            assert word.lower() not in kept.lower(), word
        gone = session.get_one(CustomerRow, row.id)
        assert gone.forgotten_at == NOW
        for kind in (AccountRow, SignInRow, PasskeyRow, TotpRow, IdentityRow, RecoveryCodeRow, ChallengeRow):
            assert session.scalars(sa.select(kind)).all() == [], kind.__name__
        assert session.scalars(sa.select(DataKeyRow)).all() == []
        assert customers.councils_of(session, row.id) == frozenset()


def test_what_was_sent_stays_with_the_council_and_is_nobodys(database: Database, links: Links) -> None:
    with database.write() as session:
        row = canary(session, links)
        leaving.leave(session, as_customer(row), NOW)
    with database.read() as session:
        [submission] = session.scalars(sa.select(SubmissionRow)).all()
        assert submission.contact["email"] == "kept@example.org"
        assert submission.answers[0]["shown"] == "A mattress"
        assert customers.owner_of(session, submission.id) is None
        drafts = session.scalars(sa.select(DraftRow)).all()
        assert drafts
        assert all(draft.submission_id and draft.answers == {} for draft in drafts)


def test_the_record_stays_whole_and_says_that_they_left(database: Database, links: Links) -> None:
    with database.write() as session:
        row = canary(session, links)
    with database.write() as session:
        leaving.leave(session, as_customer(row), NOW)
    with database.read() as session:
        assert recording.verify(session) == []
        lines = session.execute(sa.text("SELECT what FROM timeline_events ORDER BY at, id")).scalars().all()
        assert "left" in lines


def test_whoever_has_left_is_signed_in_nowhere_and_cannot_leave_again(
    database: Database, links: Links
) -> None:
    with database.write() as session:
        row = canary(session, links)
        account = session.scalars(sa.select(AccountRow)).one()
        secret = signing_in.begin(session, "password", "b", NOW, account_id=account.id, whole=True)
        leaving.leave(session, as_customer(row), NOW)
    with database.write() as session:
        assert signing_in.resident(session, secret, NOW) is None
        assert not factors.has_any(session, account.id, None)
        with pytest.raises(profiles.NoProfile):
            leaving.leave(session, as_customer(row), NOW)


def test_others_are_let_be(database: Database, links: Links) -> None:
    with database.write() as session:
        row, ben = canary(session, links), a_customer(session, "Ben Fenn", NOW, email="ben@example.org")
        an_account(session, ben, NOW, email="ben@example.org")
        drafting.begin(session, as_customer(ben), "boston", "missed-bin", NOW)
        leaving.leave(session, as_customer(row), NOW)
        assert profiles.profile(session, as_customer(ben)) is not None
        assert [
            each.holder for each in session.scalars(sa.select(DraftRow)) if each.service == "missed-bin"
        ] == [ben.id]
        assert session.scalars(sa.select(AccountRow.customer_id)).all() == [ben.id]


@pytest.mark.parametrize(
    "done", [leaving.leave, lambda session, who, _now: exporting.everything(session, who, SEALS)]
)
def test_nobody_does_it_for_another(database: Database, links: Links, done: Any) -> None:
    with database.write() as session:
        row = canary(session, links)
        _member, staff = an_agent(session, NOW)
        agent = helping(session, staff, row, NOW)
        for who in (agent, staff, Actor(ActorKind.RESIDENT, "f" * 64)):
            with pytest.raises(NotAllowed):
                done(session, who, NOW)
        assert session.get_one(CustomerRow, row.id).forgotten_at is None


def test_a_copy_holds_everything_and_can_be_told_as_json(database: Database, links: Links) -> None:
    with database.write() as session:
        row = canary(session, links)
        [submission] = session.scalars(sa.select(SubmissionRow)).all()
        session.add(
            MessageRow(
                council="boston", submission_id=submission.id, kind="message", written_by="council",
                words="We came by", actor_kind="back_office", actor_id="x", one_time_key="k", at=NOW,
            )
        )  # fmt: skip
        session.flush()
        held = exporting.everything(session, as_customer(row), SEALING)
    told = json.loads(json.dumps(held, default=lambda value: value.isoformat()))
    assert told["details"]["name"] == f"Mary {CANARY}"
    assert told["details"]["date_of_birth"] == "1952-03-27"
    assert told["addresses"][0]["words"] == f"1 {CANARY} Street"
    assert told["account"]["email"] == EMAIL
    assert (told["account"]["app"], told["account"]["passkeys"]) == (True, [f"Key of {CANARY}"])
    assert [each["browser"] for each in told["account"]["sign_ins"]] == [f"Browser of {CANARY}"]
    assert told["drafts"][0]["answers"] == {"details": CANARY, "secret": CANARY}
    [request] = told["requests"]
    assert request["answers"] == [{"question": "What has been dumped?", "answer": "A mattress"}]
    assert request["told"][0]["words"] == "We received it."
    assert [each["words"] for each in request["messages"]] == ["We came by"]
    assert {line["what"] for line in told["record"]} >= {"profile_changed", "submitted"}
    assert EMAIL in {each["to"] for each in told["letters"]}
    assert "argon" not in json.dumps(told)


def test_a_copy_leaves_out_the_sensitive_answers_of_what_was_claimed(
    database: Database, links: Links
) -> None:
    told = (GivenAnswer("born", "Date of birth", "27 March 1952", "1952-03-27", sensitive=True),)
    with database.write() as session:
        row = a_customer(session, "Mary Smith", NOW)
        done = sent(session, as_customer(row), links, NOW, answers=told)
        before = exporting.everything(session, as_customer(row), SEALS)["requests"][0]
        owned = customers.owned(session, done.submission_id)
        assert owned is not None
        owned.how = "claimed"
        after = exporting.everything(session, as_customer(row), SEALS)["requests"][0]
    assert before["answers"][0]["answer"] == "27 March 1952"
    assert after["answers"][0]["answer"] == "Given, not shown here"


@contextmanager
def counted(database: Database) -> Iterator[list[str]]:
    asked: list[str] = []

    def hear(*told: object) -> None:
        asked.append(str(told[2]))

    sa.event.listen(database.engine, "before_cursor_execute", hear)
    yield asked
    sa.event.remove(database.engine, "before_cursor_execute", hear)


def test_a_copy_takes_as_many_queries_for_many_as_for_one(database: Database, links: Links) -> None:
    with database.write() as session:
        mary = as_customer(a_customer(session, "Mary Smith", NOW))
        sent(session, mary, links, NOW)
        drafting.begin(session, mary, "boston", "missed-bin", NOW)
    with counted(database) as few, database.read() as session:
        exporting.everything(session, mary, SEALS)
    with database.write() as session:
        for _ in range(8):
            sent(session, mary, links, NOW)
            drafting.begin(session, mary, "boston", "missed-bin", NOW)
    with counted(database) as many, database.read() as session:
        assert len(exporting.everything(session, mary, SEALS)["requests"]) == 9
    assert len(many) == len(few)
