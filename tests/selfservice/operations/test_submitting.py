"""Submitting: everything in one transaction, and the same key gives the same reference."""

import threading
from pathlib import Path

import pytest
import sqlalchemy as sa

from selfservice.database import Database
from selfservice.domain.draft import Draft
from selfservice.domain.reference import read_reference
from selfservice.domain.submission import Accepted, DeliverTo
from selfservice.links import Links
from selfservice.operations import drafting, submitting
from selfservice.store.deliveries import DeliveryRow
from selfservice.store.notifications import NotificationRow
from selfservice.store.submissions import SubmissionRow
from selfservice.store.timeline import TimelineEventRow
from tests.factories.submitted import (
    BOSTON,
    NOW,
    RESIDENT,
    SEALS,
    a_draft,
    a_submission,
    anonymous,
    completed,
    settings,
)


@pytest.fixture
def links(tmp_path: Path) -> Links:
    return Links(settings(tmp_path))


def _count(database: Database, table: type) -> int:
    with database.read() as session:
        return session.scalar(sa.select(sa.func.count()).select_from(table)) or 0


def test_a_submission_its_delivery_its_line_and_its_receipt_are_written_together(
    each_database: Database, links: Links
) -> None:
    with each_database.write() as session:
        accepted = a_submission(session, links)
    assert not accepted.again
    assert len(accepted.delivery_ids) == 2
    assert accepted.reference in read_reference(accepted.reference.lower().replace("-", " "))
    with each_database.read() as session:
        kinds = sorted(session.scalars(sa.select(DeliveryRow.kind)))
        message = session.scalars(sa.select(NotificationRow)).one()
        line = session.scalars(sa.select(TimelineEventRow)).one()
    assert kinds == ["case", "notification"]
    assert line.words == "We received it."
    assert accepted.reference in message.body
    assert "/boston/progress/" in message.body
    assert "01632 960301" in message.body
    for private in ("Sam", "mattress", "PE21", "900123"):
        assert private not in message.body + message.subject


def test_nothing_is_written_when_the_transaction_fails(each_database: Database, links: Links) -> None:
    def fail() -> None:
        with each_database.write() as session:
            a_submission(session, links)
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fail()
    assert _count(each_database, SubmissionRow) == _count(each_database, DeliveryRow) == 0


def test_without_an_address_there_is_no_receipt(each_database: Database, links: Links) -> None:
    with each_database.write() as session:
        accepted = a_submission(session, links, anonymous())
    assert len(accepted.delivery_ids) == 1
    assert _count(each_database, NotificationRow) == 0


def test_a_second_click_gives_the_first_reference_and_writes_nothing(
    each_database: Database, links: Links
) -> None:
    with each_database.write() as session:
        draft = a_draft(session)
        first = submitting.submit(session, RESIDENT, draft, completed(), links, SEALS, NOW, council=BOSTON)
    with each_database.write() as session:
        second = submitting.submit(session, RESIDENT, draft, completed(), links, SEALS, NOW, council=BOSTON)
        found = drafting.find(session, RESIDENT, draft.id, SEALS)
    assert second.again
    assert (second.reference, second.delivery_ids) == (first.reference, first.delivery_ids)
    assert found is not None
    assert found.submission_id == first.submission_id
    assert _count(each_database, SubmissionRow) == 1
    assert _count(each_database, DeliveryRow) == 2


def test_clicks_that_race_give_one_reference(each_database: Database, links: Links) -> None:
    with each_database.write() as session:
        draft = a_draft(session)
    start, given = threading.Barrier(4), list[Accepted]()

    def click(draft: Draft) -> None:
        start.wait()
        with each_database.write() as session:
            given.append(
                submitting.submit(session, RESIDENT, draft, completed(), links, SEALS, NOW, council=BOSTON)
            )

    threads = [threading.Thread(target=click, args=(draft,)) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(given) == 4
    assert len({accepted.reference for accepted in given}) == 1
    assert sorted(accepted.again for accepted in given) == [False, True, True, True]
    assert _count(each_database, SubmissionRow) == 1
    assert _count(each_database, DeliveryRow) == 2


def test_a_reference_that_is_taken_is_drawn_again(
    each_database: Database, links: Links, monkeypatch: pytest.MonkeyPatch
) -> None:
    drawn = iter(["BOS-0000-0000", "BOS-0000-0000", "BOS-1111-1111"])
    monkeypatch.setattr(submitting, "make_reference", lambda _prefix, _below: next(drawn))
    with each_database.write() as session:
        first = a_submission(session, links)
    with each_database.write() as session:
        second = a_submission(session, links)
    assert (first.reference, second.reference) == ("BOS-0000-0000", "BOS-1111-1111")


def test_each_back_office_has_a_delivery_of_its_own_also_in_another_council(
    each_database: Database, links: Links
) -> None:
    parts = (
        DeliverTo("revenues", "MOVE", title="Council tax"),
        DeliverTo("revenues", "MOVE", "east-lindsey", "Council tax"),
        DeliverTo("revenues", "BENEFIT", title="Benefits"),
        DeliverTo("revenues", "MOVE", "boston", "Council tax again"),
    )
    with each_database.write() as session:
        accepted = a_submission(session, links, anonymous(deliver=parts))
    with each_database.read() as session:
        rows = session.execute(
            sa.select(DeliveryRow.council, DeliveryRow.service_code, DeliveryRow.title, DeliveryRow.position)
        ).all()
        owed = session.scalars(sa.select(SubmissionRow.parts)).one()
    assert sorted(map(tuple, rows)) == [
        ("boston", "BENEFIT", "Benefits", 0),
        ("boston", "MOVE", "Council tax", 0),
        ("east-lindsey", "MOVE", "Council tax", 0),
    ]
    assert owed == len(accepted.delivery_ids) == 3


def test_what_nobody_would_hear_of_is_not_accepted(database: Database, links: Links) -> None:
    with pytest.raises(ValueError, match="nobody"), database.write() as session:
        a_submission(session, links, anonymous(deliver=()))


def test_what_goes_to_one_council_is_not_submitted_as_anothers(database: Database, links: Links) -> None:
    with pytest.raises(ValueError, match="south-holland"), database.write() as session:
        a_submission(session, links, completed(council="south-holland"))
