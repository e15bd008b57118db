"""Drafts: begun, found and saved by the browser that holds them."""

import pytest

from selfservice.database import Database
from selfservice.domain.draft import DraftGone, DraftSent
from selfservice.domain.people import Actor, ActorKind
from selfservice.operations import drafting
from selfservice.store import drafts
from tests.factories.submitted import NOW, RESIDENT, SEALS, a_draft


def test_a_saved_draft_is_found_with_its_answers(each_database: Database) -> None:
    with each_database.write() as session:
        draft = a_draft(session)
    with each_database.write() as session:
        drafting.save(session, RESIDENT, draft.id, {"what": "mattress"}, SEALS, NOW)
    with each_database.read() as session:
        found = drafting.find(session, RESIDENT, draft.id, SEALS)
    assert found is not None
    assert found.answers == {"what": "mattress"}
    assert found.submission_key == draft.submission_key
    assert not found.sent


def test_what_another_tab_has_saved_meanwhile_stays(each_database: Database) -> None:
    with each_database.write() as session:
        draft = a_draft(session)
    with each_database.write() as session:
        drafting.save(session, RESIDENT, draft.id, {"what": "mattress"}, SEALS, NOW)
    with each_database.write() as session:
        saved = drafting.save(session, RESIDENT, draft.id, {"land": "council"}, SEALS, NOW)
    assert saved.answers == {"what": "mattress", "land": "council"}


def test_somebody_elses_draft_is_as_unknown_as_none(each_database: Database) -> None:
    somebody = Actor(ActorKind.RESIDENT, "0" * 64)
    with each_database.write() as session:
        draft = a_draft(session)
    with each_database.write() as session:
        assert drafting.find(session, somebody, draft.id, SEALS) is None
        with pytest.raises(DraftGone):
            drafting.save(session, somebody, draft.id, {}, SEALS, NOW)


def test_a_draft_that_was_sent_no_longer_changes(each_database: Database) -> None:
    with each_database.write() as session:
        draft = a_draft(session)
        drafts.mark_sent(session, draft.id, "some-submission", NOW)
    with each_database.write() as session, pytest.raises(DraftSent):
        drafting.save(session, RESIDENT, draft.id, {}, SEALS, NOW)
