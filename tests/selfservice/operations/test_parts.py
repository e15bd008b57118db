"""One submission in several parts, in two councils: each followed on its own, all of it shown as one."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa

from integrations.contract import Receipt
from selfservice.database import Database
from selfservice.domain.case import CaseStatus, StatusUpdate
from selfservice.domain.council import Council
from selfservice.domain.delivery import DeliveryState, Event, Timings
from selfservice.domain.people import Actor, ActorKind, Channel
from selfservice.domain.progress import Progress
from selfservice.domain.submission import DeliverTo
from selfservice.links import Links
from selfservice.operations import confirming, delivering, health, tracking
from selfservice.operations.delivering import Claim, Outcome
from selfservice.store import counts
from selfservice.store.counts import Balance
from selfservice.store.deliveries import DeliveryRow
from selfservice.store.notifications import NotificationRow
from tests.factories.submitted import BOSTON, NOW, a_submission, completed, settings

T = Timings()
LINDSEY = replace(BOSTON, slug="east-lindsey", name="East Lindsey District Council", prefix="ELI")
COUNCILS = {"boston": BOSTON, "east-lindsey": LINDSEY}
PARTS = (
    DeliverTo("revenues", "MOVE", "boston", "Council tax"),
    DeliverTo("revenues", "BENEFIT", "boston", "Benefits"),
    DeliverTo("revenues", "MOVE", "east-lindsey", "Council tax"),
)


class Move:
    """A move from Boston to East Lindsey, and the back offices that hear of it."""

    def __init__(self, database: Database, links: Links) -> None:
        self.database, self.links = database, links
        with database.write() as session:
            accepted = a_submission(session, links, completed(deliver=PARTS, service_title="Moving home"))
        self.submission_id, self.reference = accepted.submission_id, accepted.reference

    def send(self, council: str, code: str, event: Event = Event.ACCEPTED, case: str = "C1") -> None:
        """Send one part, which ends so."""
        with self.database.write() as session:
            held = delivering.claim(session, "test", NOW, T, self.part(council, code))
            assert held is not None
            marked = delivering.mark(session, held, NOW)
            assert marked is not None
            self._record(session, marked, event, case)

    def send_all(self) -> None:
        """Send every part. The two councils call their cases alike."""
        self.send("boston", "MOVE", case="C1")
        self.send("boston", "BENEFIT", case="C2")
        self.send("east-lindsey", "MOVE", case="C1")

    def _record(self, session: sa.orm.Session, held: Claim, event: Event, case: str) -> None:
        outcome = Outcome(event, Receipt(case) if event is Event.ACCEPTED else None)
        council = COUNCILS[held.council]
        assert delivering.record(session, held, outcome, council, self.links, NOW, T, 0.5)

    def part(self, council: str, code: str) -> str:
        with self.database.read() as session:
            found = sa.select(DeliveryRow.id).where(
                DeliveryRow.council == council, DeliveryRow.service_code == code
            )
            return session.scalars(found).one()

    def news(
        self, council: Council, status: CaseStatus, minutes: float, *, case: str = "C1", ours: bool = False
    ) -> None:
        """News pushed by the revenues of a council."""
        speaker = Actor(ActorKind.BACK_OFFICE, "revenues", Channel.API)
        at = NOW + timedelta(minutes=minutes)
        reference = self.reference if ours else None
        update = StatusUpdate(f"{case}-{minutes}", case, status, str(status), at, "", reference)
        with self.database.write() as session:
            later = NOW + timedelta(days=1)
            tracking.record_update(session, speaker, council, "revenues", update, later, links=self.links)

    @property
    def progress(self) -> Progress:
        with self.database.read() as session:
            found = tracking.progress(session, self.submission_id)
        assert found is not None
        return found

    @property
    def standing(self) -> dict[tuple[str, str], str]:
        return {(part.council, part.title): part.status for part in self.progress.parts}


@pytest.fixture
def move(each_database: Database, tmp_path: Path) -> Move:
    return Move(each_database, Links(settings(tmp_path)))


def test_each_part_has_its_own_status_and_the_whole_is_closed_when_all_are(move: Move) -> None:
    move.send_all()
    move.news(BOSTON, CaseStatus.RESOLVED, 10)
    assert move.standing == {
        ("boston", "Council tax"): "Resolved",
        ("boston", "Benefits"): "Received",
        ("east-lindsey", "Council tax"): "Received",
    }
    assert (move.progress.status, move.progress.closed) == ("Received", False)
    move.news(BOSTON, CaseStatus.RESOLVED, 20, case="C2")
    assert not move.progress.closed
    move.news(LINDSEY, CaseStatus.RESOLVED, 30)
    assert (move.progress.status, move.progress.closed) == ("Resolved", True)


def test_lines_of_the_timeline_say_which_part_they_are_about(move: Move) -> None:
    move.send("east-lindsey", "MOVE")
    move.news(LINDSEY, CaseStatus.PLANNED, 10)
    told = [(line.title, line.council) for line in move.progress.lines]
    assert told == [("", ""), ("Council tax", "east-lindsey"), ("Council tax", "east-lindsey")]


def test_a_part_that_nobody_can_deliver_holds_no_other_back(move: Move) -> None:
    for _ in range(T.faults):
        with move.database.write() as session:
            session.execute(sa.update(DeliveryRow).values(due_at=NOW))
            delivering.wait_over(session, NOW, T)
        move.send("boston", "MOVE", Event.REJECTED)
        with move.database.write() as session:
            session.execute(sa.update(DeliveryRow).values(due_at=NOW))
            delivering.wait_over(session, NOW + timedelta(days=1), T)
    move.send("boston", "BENEFIT", case="C2")
    move.send("east-lindsey", "MOVE")
    with move.database.read() as session:
        states = dict(session.execute(sa.select(DeliveryRow.id, DeliveryRow.state)).all())
    assert states[move.part("boston", "MOVE")] == DeliveryState.DEAD
    assert states[move.part("boston", "BENEFIT")] == DeliveryState.DELIVERED
    assert states[move.part("east-lindsey", "MOVE")] == DeliveryState.DELIVERED


def test_our_reference_alone_names_a_part_only_where_the_back_office_has_one(move: Move) -> None:
    move.send_all()
    move.news(BOSTON, CaseStatus.RESOLVED, 10, case="renamed", ours=True)
    move.news(LINDSEY, CaseStatus.RESOLVED, 20, case="renamed", ours=True)
    assert move.standing == {
        ("boston", "Council tax"): "Received",
        ("boston", "Benefits"): "Received",
        ("east-lindsey", "Council tax"): "Resolved",
    }


def test_news_that_came_first_waits_for_its_own_part(move: Move) -> None:
    move.news(BOSTON, CaseStatus.RESOLVED, 10, case="C2", ours=True)
    move.send("boston", "MOVE")
    assert move.standing["boston", "Council tax"] == "Received"
    move.send("boston", "BENEFIT", case="C2")
    assert move.standing["boston", "Benefits"] == "Resolved"
    assert move.standing["boston", "Council tax"] == "Received"


def test_a_message_names_the_part_and_comes_from_the_council_whose_it_is(move: Move) -> None:
    move.send("east-lindsey", "MOVE")
    move.news(LINDSEY, CaseStatus.RESOLVED, 10)
    with move.database.read() as session:
        receipt, news = session.scalars(sa.select(NotificationRow).order_by(NotificationRow.id)).all()
    assert "3 teams" in receipt.body
    assert (receipt.council, news.council) == ("boston", "east-lindsey")
    assert "Council tax" in news.subject
    assert "Council tax, East Lindsey District Council" in news.body
    assert "/boston/progress/" in news.body


def test_the_confirmation_says_who_was_told(move: Move) -> None:
    with move.database.read() as session:
        found = confirming.confirmation(session, move.submission_id, None)
    assert found is not None
    assert [(part.title, part.council) for part in found.told] == [
        (part.title, part.council) for part in PARTS
    ]


def test_each_council_balances_what_its_own_back_offices_were_to_hear(move: Move) -> None:
    move.send("boston", "MOVE")
    move.send("east-lindsey", "MOVE", Event.TURNED_AWAY)
    with move.database.read() as session:
        told = counts.balance(session, NOW, NOW + timedelta(days=1))
        assert counts.balance(session, NOW + timedelta(days=1), NOW + timedelta(days=2)) == {}
    assert told == {
        "boston": Balance(accepted=2, delivered=1, in_progress=1),
        "east-lindsey": Balance(accepted=1, in_progress=1),
    }


def test_a_part_without_its_delivery_is_told_to_an_operator(move: Move) -> None:
    with move.database.read() as session:
        assert health.broken(session, NOW, T) == []
    lost = move.part("boston", "BENEFIT")
    with move.database.write() as session:
        session.execute(sa.delete(DeliveryRow).where(DeliveryRow.id == lost))
    with move.database.read() as session:
        assert health.broken(session, NOW, T) == ["1 submissions without each of their deliveries"]
