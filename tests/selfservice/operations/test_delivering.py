"""Delivering: claim, marker, fence, look-up and breaker, each as the database holds it."""

from collections.abc import Iterator
from datetime import timedelta
from functools import partial
from pathlib import Path

import pytest
import sqlalchemy as sa

from integrations.contract import Receipt, WhenUnknown
from selfservice.database import Database
from selfservice.domain.case import CaseStatus, GivenAnswer
from selfservice.domain.delivery import DeliveryState, Event, Timings
from selfservice.domain.submission import DeliverTo
from selfservice.links import Links
from selfservice.operations import delivering, health, requesting, tracking
from selfservice.operations.delivering import Claim, Outcome
from selfservice.store.cases import CaseRow
from selfservice.store.deliveries import DeliveryAttemptRow, DeliveryRow
from tests.factories.submitted import BOSTON, NOW, SEALS, a_submission, anonymous, completed, settings

T = Timings()
LATER = NOW + timedelta(hours=1)


@pytest.fixture
def links(tmp_path: Path) -> Links:
    return Links(settings(tmp_path))


class Desk:
    """The steps of one delivery, each in a transaction of its own."""

    def __init__(self, database: Database, links: Links) -> None:
        self.database, self.links = database, links

    def submit(self, **changed: object) -> str:
        with self.database.write() as session:
            return a_submission(session, self.links, anonymous(**changed)).delivery_ids[0]

    def claim(self, delivery_id: str | None = None, now=NOW, timings: Timings = T) -> Claim | None:
        with self.database.write() as session:
            return delivering.claim(session, "test", now, timings, delivery_id)

    def sending(self, delivery_id: str | None = None, now=NOW) -> Claim:
        held = self.claim(delivery_id, now)
        assert held is not None
        with self.database.write() as session:
            marked = delivering.mark(session, held, now)
        assert marked is not None
        return marked

    def record(self, held: Claim, event: Event, now=NOW, **more: object) -> bool:
        receipt = Receipt("C1") if event in (Event.ACCEPTED, Event.FOUND) else None
        outcome = Outcome(event, more.pop("receipt", receipt), **more)  # type: ignore[arg-type]
        with self.database.write() as session:
            return delivering.record(session, held, outcome, BOSTON, self.links, now, T, 0.5)

    def row(self, delivery_id: str) -> DeliveryRow:
        with self.database.read() as session:
            row = session.get(DeliveryRow, delivery_id)
        assert row is not None
        return row

    def broken(self, now=NOW) -> list[str]:
        with self.database.read() as session:
            return health.broken(session, now, T)


@pytest.fixture
def desk(each_database: Database, links: Links) -> Iterator[Desk]:
    made = Desk(each_database, links)
    yield made
    assert made.broken() == [], "the invariants hold at the end of every test"


def test_a_delivery_is_claimed_once(desk: Desk) -> None:
    desk.submit()
    first = desk.claim()
    assert first is not None
    assert first.standing.attempt == 1
    assert desk.claim() is None


def test_what_is_not_due_is_not_claimed(desk: Desk) -> None:
    desk.submit()
    assert desk.claim(now=NOW - timedelta(seconds=1)) is None


def test_an_accepted_case_is_known_and_told(desk: Desk) -> None:
    delivery_id = desk.submit()
    assert desk.record(desk.sending(), Event.ACCEPTED)
    assert desk.row(delivery_id).state == DeliveryState.DELIVERED
    with desk.database.read() as session:
        case = session.scalars(sa.select(CaseRow)).one()
        progress = tracking.progress(session, case.submission_id)
    assert case.case_reference == "C1"
    assert progress is not None
    assert [line.words for line in progress.lines] == [
        "We received it.",
        "We passed it to the team that deals with it.",
    ]


def test_a_late_outcome_is_dropped_by_the_fence(desk: Desk) -> None:
    delivery_id = desk.submit()
    slow = desk.sending()
    with desk.database.write() as session:
        assert delivering.lease_over(session, delivery_id, 1, NOW, T)
    assert not desk.record(slow, Event.ACCEPTED)
    assert desk.row(delivery_id).state == DeliveryState.UNCERTAIN


def test_a_worker_that_was_overtaken_cannot_set_its_marker(desk: Desk) -> None:
    delivery_id = desk.submit()
    slow = desk.claim()
    assert slow is not None
    with desk.database.write() as session:
        delivering.lease_over(session, delivery_id, 1, NOW, T)
    assert desk.claim() is not None
    with desk.database.write() as session:
        assert delivering.mark(session, slow, NOW) is None


def test_a_lease_that_is_over_twice_counts_once(desk: Desk) -> None:
    delivery_id = desk.submit()
    desk.claim()
    for expected in (True, False):
        with desk.database.write() as session:
            assert delivering.lease_over(session, delivery_id, 1, NOW, T) is expected
    assert desk.row(delivery_id).crashes == 1


def test_what_belongs_to_a_case_waits_until_it_is_open(desk: Desk) -> None:
    desk.submit()
    first = desk.sending()
    with desk.database.write() as session:
        opening = session.get_one(DeliveryRow, first.delivery_id)
        told = {name: getattr(opening, name) for name in ("council", "submission_id", "kind", "connector")}
        moments = {"due_at": NOW, "created_at": NOW, "trying_since": NOW}
        session.add(DeliveryRow(service_code=first.service_code, position=1, **told, **moments))
    assert desk.claim() is None
    desk.record(first, Event.ACCEPTED)
    assert desk.claim() is not None


def test_no_case_of_a_submission_waits_for_another(desk: Desk) -> None:
    desk.submit(deliver=(DeliverTo("street-scene", "A"), DeliverTo("street-scene", "B")))
    assert [held.service_code for held in (desk.claim(), desk.claim()) if held] == ["A", "B"]


def test_a_part_is_asked_of_its_own_council_and_knows_its_siblings(desk: Desk) -> None:
    elsewhere = DeliverTo("street-scene", "A", "east-lindsey", "Council tax")
    desk.submit(
        deliver=(elsewhere, DeliverTo("street-scene", "A", title="Council tax"), DeliverTo("parks", "B"))
    )
    held = [desk.sending() for _ in range(3)]
    with desk.database.read() as session:
        asked = [
            requesting.request_for(session, each, desk.links, SEALS, partial(_in_one_council, each.council))
            for each in held
        ]
    told = {(request.council, request.service_code): (request.part, request.siblings) for request in asked}
    assert told == {
        ("east-lindsey", "A"): ("Council tax", ()),
        ("boston", "A"): ("Council tax", ("B",)),
        ("boston", "B"): ("", ("A",)),
    }
    assert len({request.reference for request in asked}) == 1
    assert len({request.delivery_id for request in asked}) == 3


def test_a_part_is_not_told_what_it_has_no_need_of(desk: Desk) -> None:
    answers = (GivenAnswer("what", "What?", "A move", "move"), GivenAnswer("money", "Money?", "None", "none"))
    waste, revenues = DeliverTo("waste", "W", without=("money",)), DeliverTo("revenues", "R")
    desk.submit(answers=answers, deliver=(waste, revenues))
    held = [desk.sending() for _ in range(2)]
    with desk.database.read() as session:
        asked = [requesting.request_for(session, each, desk.links, SEALS) for each in held]
    told = {request.service_code: [answer.id for answer in request.answers] for request in asked}
    assert told == {"W": ["what"], "R": ["what", "money"]}


def _in_one_council(mine: str, council: str, _connector: str) -> bool:
    return council == mine


def test_no_more_are_in_flight_than_the_connectors_limit(desk: Desk) -> None:
    for _ in range(T.in_flight + 2):
        desk.submit()
    claimed = [desk.claim() for _ in range(T.in_flight + 2)]
    assert sum(one is not None for one in claimed) == T.in_flight


def test_five_failures_open_the_breaker_and_one_probe_closes_it(desk: Desk) -> None:
    for _ in range(7):
        desk.submit()
    for _ in range(5):
        desk.record(desk.sending(), Event.TURNED_AWAY)
    assert desk.claim() is None, "the breaker is open"
    probe = desk.sending(now=LATER)
    assert desk.claim(now=LATER) is None, "one probe at a time"
    desk.record(probe, Event.ACCEPTED, LATER)
    assert desk.claim(now=LATER) is not None, "it is closed again"


def test_one_councils_breaker_is_not_anothers(desk: Desk) -> None:
    for _ in range(5):
        desk.submit()
    for _ in range(5):
        desk.record(desk.sending(), Event.TURNED_AWAY)
    other = desk.submit(deliver=(DeliverTo("parks", "P"),))
    held = desk.claim()
    assert held is not None
    assert held.delivery_id == other


@pytest.mark.parametrize(
    ("when_unknown", "found", "state"),
    [
        (WhenUnknown.LOOK_UP, Receipt("C7"), DeliveryState.DELIVERED),
        (WhenUnknown.LOOK_UP, None, DeliveryState.PENDING),
        (WhenUnknown.LOOK_UP_OR_HOLD, Receipt("C7"), DeliveryState.DELIVERED),
        (WhenUnknown.LOOK_UP_OR_HOLD, None, DeliveryState.HELD),
        (WhenUnknown.SEND_AGAIN, None, DeliveryState.PENDING),
        (WhenUnknown.HOLD, None, DeliveryState.HELD),
        (WhenUnknown.LOOK_UP, Receipt(None, "token"), DeliveryState.UNCERTAIN),
    ],
)
def test_what_is_uncertain_is_decided_by_what_the_back_office_can_promise(
    desk: Desk, when_unknown: WhenUnknown, found: Receipt | None, state: DeliveryState
) -> None:
    delivery_id = desk.submit()
    desk.record(desk.sending(), Event.UNCONFIRMED)
    with desk.database.read() as session:
        assert delivering.doubtful(session, NOW, T) is None, "it has not settled"
        held = delivering.doubtful(session, LATER, T)
        assert held is not None
        outcome = delivering.verdict(session, held, when_unknown, found)
    assert desk.record(held, outcome.event, LATER, receipt=outcome.receipt)
    assert desk.row(delivery_id).state == state


def test_a_mail_is_sent_once_more_and_then_held(desk: Desk, links: Links) -> None:
    with desk.database.write() as session:
        case, mail = a_submission(session, links, completed()).delivery_ids
    desk.record(desk.sending(case), Event.ACCEPTED)
    now = NOW
    for state in (DeliveryState.PENDING, DeliveryState.HELD):
        now += timedelta(hours=1)
        desk.record(desk.sending(mail, now), Event.UNCONFIRMED, now)
        now += timedelta(hours=1)
        with desk.database.read() as session:
            held = delivering.doubtful(session, now, T)
            assert held is not None
            assert delivering.was_unclear(session, held)
            outcome = delivering.verdict(session, held, WhenUnknown.SEND_ONCE_MORE, None)
        desk.record(held, outcome.event, now)
        assert desk.row(mail).state == state


def test_a_token_is_polled_and_never_posted_again(desk: Desk) -> None:
    delivery_id = desk.submit()
    desk.record(desk.sending(), Event.TAKEN, receipt=Receipt(None, "T1"), settle=5.0)
    with desk.database.read() as session:
        held = delivering.doubtful(session, LATER, T)
        assert held is not None
        assert held.token == "T1"
        assert delivering.verdict(session, held, WhenUnknown.LOOK_UP, None).event is Event.ASK_LATER
    desk.record(held, Event.FOUND, LATER, receipt=Receipt("C9", "T1"))
    assert desk.row(delivery_id).case_reference == "C9"


def test_each_try_is_on_record(desk: Desk) -> None:
    delivery_id = desk.submit()
    desk.record(desk.sending(), Event.TURNED_AWAY, words="busy")
    desk.record(desk.sending(now=LATER), Event.ACCEPTED, LATER)
    with desk.database.read() as session:
        tries = session.scalars(sa.select(DeliveryAttemptRow).order_by(DeliveryAttemptRow.attempt)).all()
    assert [(one.attempt, one.outcome, one.words) for one in tries] == [
        (1, "turned_away", "busy"),
        (2, "accepted", ""),
    ]
    assert all(one.delivery_id == delivery_id and one.sending_at and one.ended_at for one in tries)


def test_two_submissions_may_share_a_case(desk: Desk) -> None:
    for _ in range(2):
        desk.submit()
        desk.record(desk.sending(), Event.ACCEPTED)
    with desk.database.read() as session:
        assert [case.status for case in session.scalars(sa.select(CaseRow))] == [CaseStatus.RECEIVED] * 2


def test_invariants_find_what_is_broken(each_database: Database, links: Links) -> None:
    desk = Desk(each_database, links)
    delivery_id = desk.submit()
    much_later = NOW + timedelta(days=1)
    assert desk.broken(much_later) == ["1 deliveries due and not seen for two leases"]
    with each_database.write() as session:
        session.execute(sa.delete(DeliveryRow).where(DeliveryRow.id == delivery_id))
    assert desk.broken() == ["1 submissions without each of their deliveries"]


def test_counts_say_how_things_stand(desk: Desk) -> None:
    desk.submit()
    with desk.database.read() as session:
        counts = health.counts(session, NOW + timedelta(seconds=90))
        text = health.prometheus(session, NOW)
    assert counts.accepted == {"boston": 1}
    assert counts.deliveries == {("boston", "street-scene", "pending"): 1}
    assert counts.oldest_seconds == 90
    assert 'selfservice_deliveries{council="boston",connector="street-scene",state="pending"} 1\n' in text
