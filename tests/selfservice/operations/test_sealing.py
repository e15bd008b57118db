"""Sensitive answers: sealed in every row, open for their holder and the back office, lost without their key."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from selfservice.database import Database
from selfservice.domain.case import Contact, GivenAnswer
from selfservice.domain.delivery import Timings
from selfservice.domain.draft import Draft, Mistyped
from selfservice.links import Links
from selfservice.operations import (
    confirming,
    delivering,
    drafting,
    housekeeping,
    requesting,
    sealing,
    submitting,
)
from selfservice.sealing_keys import SealingKeys, new_key
from selfservice.seals import Seals, UnknownKey, Unopenable, is_sealed
from selfservice.store import drafts, keys
from selfservice.store.drafts import DraftRow
from selfservice.store.keys import DataKeyRow
from selfservice.store.submissions import SubmissionRow
from tests.factories.kept import all_rows
from tests.factories.submitted import BOSTON, NOW, RESIDENT, a_draft, completed, settings

CANARY = "canary-in-the-mine"
OWN = new_key()
SENSITIVE = {"fly-tipping": frozenset({"illness", "household"})}
SEALS = Seals(SealingKeys((OWN,)), SENSITIVE)
HOUSEHOLD = [{"name": CANARY, "born": "2009-01-01"}, {"name": "Ada", "born": None}]
ANSWERS = {"illness": CANARY, "household": HOUSEHOLD, "what": "mattress", "blank": None}


@pytest.fixture
def links(tmp_path: Path) -> Links:
    return Links(settings(tmp_path))


def saved(session: Session, answers: dict[str, Any] = ANSWERS, seals: Seals = SEALS) -> Draft:
    return drafting.save(session, RESIDENT, a_draft(session).id, answers, seals, NOW)


def sent(session: Session, draft: Draft, links: Links) -> str:
    """The id of the submission that the draft becomes."""
    answers = (
        GivenAnswer("illness", "What is it?", f"Shown {CANARY}", CANARY, sensitive=True),
        GivenAnswer("what", "What has been dumped?", "A mattress", "mattress"),
    )
    whole = completed(answers=answers, contact=Contact())
    accepted = submitting.submit(session, RESIDENT, draft, whole, links, SEALS, NOW, council=BOSTON)
    return accepted.submission_id


def request(session: Session, links: Links, seals: Seals = SEALS) -> Any:
    held = delivering.claim(session, "a-worker", NOW, Timings())
    assert held is not None
    return requesting.request_for(session, held, links, seals)


def test_a_draft_is_kept_sealed_and_opens_for_its_holder(each_database: Database) -> None:
    with each_database.write() as session:
        draft = saved(session)
        assert draft.answers == ANSWERS
    with each_database.read() as session:
        found = drafting.find(session, RESIDENT, draft.id, SEALS)
        row = session.scalars(sa.select(DraftRow)).one()
        assert found is not None
        assert found.answers == ANSWERS
        assert {name: is_sealed(value) for name, value in row.answers.items()} == {
            "illness": True, "household": True, "what": False, "blank": False,
        }  # fmt: skip
        assert b"mattress" in all_rows(each_database)
        assert CANARY.encode() not in all_rows(each_database)


def test_what_could_not_be_taken_is_kept_sealed_and_given_back(each_database: Database) -> None:
    mistyped = Mistyped("illness", {"illness": [CANARY], "household-1-name": [CANARY]}, (CANARY,))
    with each_database.write() as session:
        draft = a_draft(session)
        drafting.refuse(session, RESIDENT, draft.id, mistyped, SEALS, NOW)
    assert CANARY.encode() not in all_rows(each_database)
    with each_database.read() as session:
        found = drafting.find(session, RESIDENT, draft.id, SEALS)
    assert found is not None
    assert found.mistyped is not None
    assert (found.mistyped.page, found.mistyped.typed) == (mistyped.page, mistyped.typed)
    assert tuple(found.mistyped.told) == mistyped.told


def test_saving_again_leaves_what_is_sealed_and_seals_what_was_not(each_database: Database) -> None:
    with each_database.write() as session:
        draft = saved(session, {"illness": CANARY}, Seals(SealingKeys((OWN,)), {}))  # not sensitive, then
    with each_database.write() as session:
        drafting.save(session, RESIDENT, draft.id, {"what": "mattress"}, SEALS, NOW)
    assert CANARY.encode() not in all_rows(each_database)
    with each_database.read() as session:
        before = session.scalars(sa.select(DraftRow.answers)).one()
    with each_database.write() as session:
        after = drafting.save(session, RESIDENT, draft.id, {"what": "tyres"}, SEALS, NOW)
    with each_database.read() as session:
        assert session.scalars(sa.select(DraftRow.answers)).one()["illness"] == before["illness"]
    assert after.answers == {"illness": CANARY, "what": "tyres"}


def test_what_needs_no_sensitive_answer_is_given_none(each_database: Database) -> None:
    with each_database.write() as session:
        draft = saved(session)
        plain = drafting.to_change(session, RESIDENT, drafting.Action.ADD_FILE, draft.id)
    assert plain.answers == {"what": "mattress", "blank": None}


def test_a_submission_is_kept_sealed_and_opens_for_the_holder_and_the_back_office(
    each_database: Database, links: Links
) -> None:
    with each_database.write() as session:
        submission = sent(session, saved(session), links)
    assert CANARY.encode() not in all_rows(each_database)
    with each_database.write() as session:
        [illness, what] = request(session, links).answers
        copy = confirming.confirmation(session, submission, SEALS)
        assert session.scalar(sa.select(sa.func.count()).select_from(DataKeyRow)) == 1
    assert (illness.value, illness.shown, illness.sensitive) == (CANARY, f"Shown {CANARY}", True)
    assert (what.value, what.sensitive) == ("mattress", False)
    assert copy is not None
    assert [row.lines for row in copy.rows] == [(f"Shown {CANARY}",), ("A mattress",)]


def test_submissions_from_before_there_was_sealing_still_open(each_database: Database, links: Links) -> None:
    """Their rows say nothing of what is sensitive, and never change."""
    row = SubmissionRow(
        begun_at_council="boston",
        submission_key="k",
        answers=[{"id": "what", "question": "What?", "shown": "A mattress", "value": "mattress"}],
    )
    with each_database.read() as session:
        [answer] = sealing.answers_of_submission(session, SEALS, row)
    assert answer == GivenAnswer("what", "What?", "A mattress", "mattress")


def test_a_ciphertext_moved_to_another_row_or_question_does_not_open(each_database: Database) -> None:
    with each_database.write() as session:
        mine, theirs = saved(session), saved(session)
        rows = {row.id: row for row in session.scalars(sa.select(DraftRow))}
        mine_row, their_row = rows[mine.id], rows[theirs.id]
        mine_row.answers = {**mine_row.answers, "household": mine_row.answers["illness"]}
        their_row.answers = {**their_row.answers, "illness": mine_row.answers["illness"]}
    for draft in (mine, theirs):
        with each_database.read() as session, pytest.raises(Unopenable):
            drafting.find(session, RESIDENT, draft.id, SEALS)


def test_a_data_key_moved_to_another_row_does_not_open(each_database: Database) -> None:
    with each_database.write() as session:
        saved(session)
        theirs = saved(session)
        first, second = session.scalars(sa.select(DataKeyRow).order_by(DataKeyRow.owner))
        first.wrapped, second.wrapped = second.wrapped, first.wrapped
    with each_database.read() as session, pytest.raises(Unopenable):
        drafting.find(session, RESIDENT, theirs.id, SEALS)


def test_with_its_data_key_gone_an_answer_is_no_longer_kept(each_database: Database, links: Links) -> None:
    with each_database.write() as session:
        draft = saved(session)
        submission = sent(session, draft, links)
        assert sealing.shred(session, [draft.submission_key, "of-nobody"]) == 1
    with each_database.write() as session:
        found = drafting.find(session, RESIDENT, draft.id, SEALS)
        copy = confirming.confirmation(session, submission, SEALS)
        with pytest.raises(Unopenable, match="deleted"):
            request(session, links)
    assert found is not None
    assert found.answers == {"what": "mattress", "blank": None}
    assert copy is not None
    assert [row.lines for row in copy.rows] == [("(no longer kept)",), ("A mattress",)]


def test_a_draft_whose_data_key_is_gone_can_be_filled_in_again(each_database: Database) -> None:
    mistyped = Mistyped("illness", {"illness": [CANARY]})
    with each_database.write() as session:
        draft = saved(session)
        drafting.refuse(session, RESIDENT, draft.id, mistyped, SEALS, NOW)
        sealing.shred(session, [draft.submission_key])
    with each_database.write() as session:
        lost = drafting.find(session, RESIDENT, draft.id, SEALS)
        assert lost is not None
        assert lost.mistyped is None
        drafting.refuse(session, RESIDENT, draft.id, mistyped, SEALS, NOW)
        again = drafting.save(session, RESIDENT, draft.id, {"illness": "better"}, SEALS, NOW)
    assert again.answers == {"what": "mattress", "blank": None, "illness": "better"}


def test_a_draft_that_is_forgotten_takes_its_data_key_and_a_submission_keeps_its_own(
    each_database: Database, links: Links
) -> None:
    with each_database.write() as session:
        saved(session)
        kept = saved(session)
        sent(session, kept, links)
        session.execute(sa.update(DraftRow).values(submission_id=None))  # as if it was never marked
    with each_database.write() as session:
        assert housekeeping.forget_unsent(session, NOW + timedelta(days=31))[0] == 1
    with each_database.read() as session:
        assert session.scalars(sa.select(DataKeyRow.owner)).all() == [kept.submission_key]


def test_the_draft_of_a_submission_may_go_without_the_data_key(each_database: Database, links: Links) -> None:
    with each_database.write() as session:
        draft = saved(session)
        sent(session, draft, links)
        drafts.forget(session, [draft.id])
    with each_database.write() as session:
        assert request(session, links).answers[0].value == CANARY


def test_under_a_key_that_is_not_there_nothing_opens_and_nothing_is_lost(each_database: Database) -> None:
    stranger = Seals(SealingKeys((new_key(),)), SENSITIVE)
    with each_database.write() as session:
        draft = saved(session)
    with each_database.read() as session, pytest.raises(UnknownKey, match=OWN.id):
        drafting.find(session, RESIDENT, draft.id, stranger)
    with pytest.raises(UnknownKey), each_database.write() as session:
        drafting.save(session, RESIDENT, draft.id, {"illness": "other"}, stranger, NOW)
    with each_database.read() as session:
        found = drafting.find(session, RESIDENT, draft.id, SEALS)
    assert found is not None
    assert found.answers == ANSWERS


def test_of_two_clicks_that_seal_at_once_the_first_ones_data_key_counts(
    each_database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    with each_database.write() as session:
        first = sealing.Envelope(session, SEALS, "boston", "one-owner").key_or_new(NOW)
        unseen, look = iter([None]), keys.by_owner
        monkeypatch.setattr(keys, "by_owner", lambda *asked: next(unseen, look(*asked)))
        assert sealing.Envelope(session, SEALS, "boston", "one-owner").key_or_new(NOW) == first
        assert next(unseen, "was looked for") == "was looked for"


@pytest.mark.parametrize("answers", [{"what": "mattress"}, ANSWERS], ids=["plain", "sensitive"])
def test_what_sealing_costs_in_queries(database: Database, answers: dict[str, Any]) -> None:
    """A draft without sensitive answers costs none; with any, one to find it and one to save it."""
    costs = []
    for seals in (Seals(SealingKeys((OWN,)), {}), SEALS):
        with database.write() as session:
            draft = saved(session, answers, seals)
        asked: list[str] = []
        counter = lambda *told: asked.append(told[2])  # noqa: E731, B023 - the very list of this round
        sa.event.listen(database.engine, "before_cursor_execute", counter)
        with database.write() as session:
            drafting.find(session, RESIDENT, draft.id, seals)
            finding = len(asked)
            drafting.save(session, RESIDENT, draft.id, {"what": "tyres"}, seals, NOW)
        sa.event.remove(database.engine, "before_cursor_execute", counter)
        costs.append((finding, len(asked) - finding))
    plain, sealed = costs
    more = 1 if answers is ANSWERS else 0
    assert sealed == (plain[0] + more, plain[1] + more)


def test_a_draft_moved_to_another_council_does_not_open(each_database: Database) -> None:
    with each_database.write() as session:
        draft = saved(session)
        session.execute(sa.update(DraftRow).values(council="south-holland"))
    with each_database.read() as session, pytest.raises(Unopenable):
        drafting.find(session, RESIDENT, draft.id, SEALS)
