"""What customers write about a case: passed on once, looked up where it may have arrived, left to a person else."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
import sqlalchemy as sa

from integrations.contract import Receipt, Rejected, Unavailable, Unconfirmed, WhenUnknown
from selfservice import clock
from selfservice.domain.case import CustomerUpdate, Helper, UpdateKind
from selfservice.domain.people import Channel, Verification
from selfservice.domain.submission import DeliverTo
from selfservice.installation import Installation
from selfservice.operations.corresponding import TAKES_NONE
from selfservice.store.deliveries import DeliveryRow
from selfservice.store.submissions import SubmissionRow
from selfservice.store.timeline import TimelineEventRow
from tests.factories.people import a_customer
from tests.factories.submitted import RESIDENT, completed
from tests.factories.written import agent_of, own, write
from tests.workers.offices import Made, Office
from workers import deliver


class Listening(Office):
    """A back office that takes updates, and answers them as told."""

    def __init__(
        self, *answers: Exception | None, when_unknown: WhenUnknown = WhenUnknown.LOOK_UP, there: bool = False
    ) -> None:
        super().__init__(Receipt("C1"), Receipt("C2"))
        self.update_when_unknown = when_unknown
        self.told, self.there = list(answers), there
        self.added: list[tuple[str, CustomerUpdate]] = []

    def add_update(self, case_reference: str, update: CustomerUpdate) -> None:
        self.added.append((case_reference, update))
        answer = self.told.pop(0) if self.told else None
        if answer:
            raise answer

    def find_update(self, case_reference: str, update: CustomerUpdate) -> bool:
        return self.there


@pytest.fixture
def written(made: Made) -> Callable[..., Installation]:
    def make(office: Any, **more: Any) -> Installation:
        """An installation with a submission that is due, and something that was written about it meanwhile."""
        one = made(office, **more)
        with one.database.write() as session:
            submission_id = session.scalars(sa.select(SubmissionRow.id)).one()
            write(session, RESIDENT, submission_id, clock.now() - timedelta(seconds=1))
        return one

    return make


def updates(one: Installation) -> list[tuple[str, str]]:
    with one.database.read() as session:
        found = sa.select(DeliveryRow).where(DeliveryRow.kind == "update").order_by(DeliveryRow.id)
        return [(row.state, row.last_words) for row in session.scalars(found)]


def test_it_waits_for_the_case_and_is_added_to_it(written: Callable[..., Installation]) -> None:
    office = Listening()
    one = written(office)
    assert deliver.batch(one) == 2
    ((case, update),) = office.added
    assert case == "C1"
    assert (update.kind, update.words, update.reference) == (
        UpdateKind.MESSAGE,
        "More has been dumped",
        office.asked[0].reference,
    )
    with one.database.read() as session:
        row = session.scalars(sa.select(DeliveryRow).where(DeliveryRow.kind == "update")).one()
        lines = session.scalars(sa.select(TimelineEventRow.what)).all()
    assert (row.state, row.case_reference, update.id) == ("delivered", "C1", row.id)
    assert "update_delivered" in lines


@pytest.mark.parametrize(
    ("error", "state"),
    [
        (Rejected("the case is archived"), "blocked"),
        (Unavailable("busy"), "pending"),
        (Unconfirmed("silence"), "uncertain"),
    ],
)
def test_each_error_leads_to_its_state(
    written: Callable[..., Installation], error: Exception, state: str
) -> None:
    one = written(Listening(error))
    deliver.one(one)
    deliver.one(one)
    assert updates(one) == [(state, str(error))]


def test_what_may_have_arrived_is_looked_up_and_not_added_again(
    written: Callable[..., Installation],
) -> None:
    office = Listening(Unconfirmed("silence"), there=True)
    one = written(office)
    deliver.batch(one)
    assert [state for state, _ in updates(one)] == ["delivered"]
    assert len(office.added) == 1


@pytest.mark.parametrize(
    ("promise", "times", "state"),
    [
        (WhenUnknown.LOOK_UP, 2, "delivered"),
        (WhenUnknown.SEND_AGAIN, 2, "delivered"),
        (WhenUnknown.SEND_ONCE_MORE, 2, "delivered"),
        (WhenUnknown.LOOK_UP_OR_HOLD, 1, "held"),
        (WhenUnknown.HOLD, 1, "held"),
    ],
)
def test_what_is_not_found_follows_from_what_the_back_office_promises(
    written: Callable[..., Installation], promise: WhenUnknown, times: int, state: str
) -> None:
    office = Listening(Unconfirmed("silence"), when_unknown=promise)
    one = written(office)
    deliver.batch(one)
    assert [each for each, _ in updates(one)] == [state]
    assert len(office.added) == times
    assert len({update.id for _, update in office.added}) == 1, "the same id each time"


def test_each_part_hears_of_it_under_an_id_of_its_own(written: Callable[..., Installation]) -> None:
    office = Listening()
    parts = (DeliverTo("street-scene", "FLYTIP"), DeliverTo("street-scene", "OTHER"))
    one = written(office, whole=completed(deliver=parts))
    deliver.batch(one)
    assert sorted(case for case, _ in office.added) == ["C1", "C2"]
    assert len({update.id for _, update in office.added}) == 2
    assert {update.contact.name for _, update in office.added} == {"Sam Carter"}


def test_a_back_office_that_has_stopped_taking_messages_is_told_of_to_a_person(
    written: Callable[..., Installation],
) -> None:
    one = written(Office(Receipt("C1")))
    deliver.one(one)
    deliver.one(one)
    assert updates(one) == [("blocked", f"{TAKES_NONE} Nothing was sent.")]


def test_an_agent_who_wrote_it_is_named_beside_the_customer(made: Made) -> None:
    office = Listening()
    one, now = made(office), clock.now()
    with one.database.write() as session:
        submission_id = session.scalars(sa.select(SubmissionRow.id)).one()
        person = a_customer(session, "Mary Made-Up", now, councils=["boston"])
        own(session, submission_id, person.id, now)
        agent = agent_of(session, person, now)
        write(session, agent, submission_id, now - timedelta(seconds=1), by_link=False)
    deliver.batch(one)
    ((_, update),) = office.added
    assert update.helper == Helper(agent.id, "Priya Example", Channel.PHONE, Verification.BASIC)
