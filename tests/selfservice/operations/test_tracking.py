"""News: recorded once, never backwards, waiting for its case; and the progress that customers read."""

from datetime import datetime, timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa

from integrations.contract import Receipt
from selfservice.database import Database
from selfservice.domain.case import CaseStatus, StatusUpdate
from selfservice.domain.delivery import Event, Timings
from selfservice.domain.people import Actor, ActorKind, Channel
from selfservice.domain.progress import Progress
from selfservice.links import Links
from selfservice.operations import delivering, tracking
from selfservice.operations.delivering import Outcome
from selfservice.store import cases
from selfservice.store.cases import StatusUpdateRow
from selfservice.store.notifications import NotificationRow
from selfservice.store.timeline import TimelineEventRow
from tests.factories.submitted import BOSTON, NOW, a_submission, completed, settings

BACK_OFFICE = Actor(ActorKind.BACK_OFFICE, "street-scene", Channel.API)
T = Timings()


class Case:
    """One submission, and its case at the back office."""

    def __init__(self, database: Database, links: Links) -> None:
        self.database, self.links = database, links
        with database.write() as session:
            accepted = a_submission(session, links, completed())
        self.submission_id, self.reference = accepted.submission_id, accepted.reference
        self.delivery_id = accepted.delivery_ids[0]

    def open(self) -> None:
        with self.database.write() as session:
            held = delivering.claim(session, "test", NOW, T, self.delivery_id)
            assert held is not None
            marked = delivering.mark(session, held, NOW)
            assert marked is not None
            outcome = Outcome(Event.ACCEPTED, Receipt("C1"))
            assert delivering.record(session, marked, outcome, BOSTON, self.links, NOW, T, 0.5)

    def news(
        self, event: str, status: CaseStatus | None, minutes: float, words: str = "", **more: str
    ) -> bool:
        at = NOW + timedelta(minutes=minutes)
        update = StatusUpdate(event, more.pop("case", "C1"), status, str(status), at, words, **more)
        with self.database.write() as session:
            return tracking.record_update(
                session,
                BACK_OFFICE,
                BOSTON,
                "street-scene",
                update,
                NOW + timedelta(days=1),
                links=self.links,
            )

    @property
    def progress(self) -> Progress:
        with self.database.read() as session:
            found = tracking.progress(session, self.submission_id)
        assert found is not None
        return found

    @property
    def messages(self) -> list[str]:
        with self.database.read() as session:
            return list(session.scalars(sa.select(NotificationRow.what).order_by(NotificationRow.id)))


@pytest.fixture
def links(tmp_path: Path) -> Links:
    return Links(settings(tmp_path))


@pytest.fixture
def case(each_database: Database, links: Links) -> Case:
    return Case(each_database, links)


def test_news_moves_the_case_and_tells_the_customer(case: Case) -> None:
    case.open()
    case.news("1", CaseStatus.IN_PROGRESS, 10)
    case.news("2", CaseStatus.RESOLVED, 20, "The mattress has gone.")
    assert case.progress.status == "Resolved"
    assert case.progress.closed
    assert case.progress.case_reference == "C1"
    assert [line.words for line in case.progress.lines] == [
        "We received it.",
        "We passed it to the team that deals with it.",
        "Work on it is in progress.",
        "It has been resolved. The mattress has gone.",
    ]
    assert case.messages == ["receipt", "news_in_progress", "news_resolved"]


def test_news_seen_twice_is_recorded_once(case: Case) -> None:
    case.open()
    assert case.news("1", CaseStatus.IN_PROGRESS, 10)
    assert not case.news("1", CaseStatus.IN_PROGRESS, 10)
    assert case.messages == ["receipt", "news_in_progress"]


def test_a_flicker_sends_nothing(case: Case) -> None:
    case.open()
    case.news("1", CaseStatus.RECEIVED, 1)
    case.news("2", CaseStatus.OPEN, 2)
    assert case.progress.status == "With the team"
    assert case.messages == ["receipt"]


def test_late_news_never_moves_a_case_backwards(case: Case) -> None:
    case.open()
    case.news("2", CaseStatus.RESOLVED, 20)
    case.news("1", CaseStatus.IN_PROGRESS, 10)
    assert case.progress.status == "Resolved"
    assert [line.words for line in case.progress.lines][-1] == "It has been resolved."
    assert case.messages == ["receipt", "news_resolved"]


def test_of_one_second_a_closing_stays_closed_in_either_order(case: Case) -> None:
    case.open()
    case.news("2", CaseStatus.RESOLVED, 10)
    case.news("1", CaseStatus.IN_PROGRESS, 10)
    assert case.progress.status == "Resolved"
    case.news("3", CaseStatus.REOPENED, 10)
    assert case.progress.status == "Reopened"


def test_a_closed_case_can_be_opened_again(case: Case) -> None:
    case.open()
    case.news("1", CaseStatus.RESOLVED, 10)
    case.news("2", CaseStatus.REOPENED, 20)
    assert not case.progress.closed


def test_a_status_that_we_do_not_know_keeps_the_case_and_is_there_for_operators(case: Case) -> None:
    case.open()
    case.news("1", CaseStatus.IN_PROGRESS, 10)
    before = case.progress.lines
    case.news("2", None, 20)
    assert case.progress.status == "In progress"
    assert case.progress.lines == before
    with case.database.read() as session:
        assert "status_unknown" in session.scalars(sa.select(TimelineEventRow.what)).all()


@pytest.mark.parametrize("by", ["case reference", "our reference"])
def test_news_of_an_unknown_case_waits_for_it(case: Case, by: str) -> None:
    if by == "our reference":
        assert case.news("1", CaseStatus.IN_PROGRESS, 1, case="other", our_reference=case.reference)
    else:
        assert case.news("1", CaseStatus.IN_PROGRESS, 1)
    assert case.progress.status == "Received"
    case.open()
    assert case.progress.status == "In progress"
    with case.database.read() as session:
        assert session.scalars(sa.select(StatusUpdateRow.case_id)).one() is not None


def test_news_from_a_clock_that_is_slow_still_counts(case: Case) -> None:
    case.open()
    case.news("1", CaseStatus.IN_PROGRESS, -30)
    assert case.progress.status == "In progress"
    assert all(line.at >= NOW for line in case.progress.lines)


def test_the_watermark_moves_with_the_news_and_never_back(each_database: Database, links: Links) -> None:
    def read(read_to: datetime) -> datetime | None:
        with each_database.write() as session:
            tracking.record_read(session, BOSTON, "street-scene", [], read_to, NOW, links=links)
        with each_database.read() as session:
            return cases.watermark(session, "boston", "street-scene")

    assert read(NOW) == NOW
    assert read(NOW - timedelta(hours=1)) == NOW


def test_reference_and_postcode_open_the_progress_alone(case: Case) -> None:
    with case.database.read() as session:
        found = tracking.progress_by_reference(session, case.reference.lower().replace("-", " "), "pe216ry")
        assert tracking.progress_by_reference(session, case.reference, " Pe21-6ry. ") is not None
        assert tracking.progress_by_reference(session, case.reference, "PE20 1AA") is None
        assert tracking.progress_by_reference(session, "BOS-0000-0001", "PE21 6RY") is None
    assert found is not None
    assert found.place_words == ""
    assert case.progress.place_words == "Near PE21 6RY, Boston"


def test_every_message_is_friendly_and_holds_nothing_personal(case: Case) -> None:
    case.open()
    for minute, status in enumerate(CaseStatus):
        case.news(str(minute), status, minute)
    with case.database.read() as session:
        messages = session.scalars(sa.select(NotificationRow)).all()
    assert len(messages) == 10
    for message in messages:
        assert case.reference in message.subject
        assert case.reference in message.body
        assert "Boston Borough Council" in message.body
        assert "/boston/progress/" in message.body
        assert not any(private in message.body for private in ("Sam", "mattress", "PE21", "900123"))
