"""What cannot be sent, or looked up, ends as a person's work with words, and others flow."""

from dataclasses import replace
from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from integrations.contract import Receipt, Unconfirmed
from selfservice import clock
from selfservice.domain.case import CaseRequest
from selfservice.domain.delivery import Timings
from selfservice.installation import Installation
from selfservice.links import Links
from selfservice.operations import delivering, requesting
from selfservice.operations.delivering import Claim
from selfservice.seals import Seals
from selfservice.store.submissions import SubmissionRow
from tests.factories.submitted import BOSTON, a_submission, anonymous, completed
from tests.workers.offices import SOON, Made, Office, states
from workers import deliver


def _until_a_person_is_needed(one: Installation) -> list[tuple[str, str]]:
    for _ in range(SOON.faults):
        deliver.batch(one)
        with one.database.write() as session:
            delivering.wait_over(session, clock.now(), SOON)
    return states(one)


def test_a_connector_that_is_no_longer_configured_is_a_persons_work(made: Made) -> None:
    one = made(None)
    one.councils = {"boston": replace(BOSTON, connectors={})}
    deliver.one(one)
    words = (
        "The configuration of boston has no connector named street-scene that can be used. Nothing was sent."
    )
    assert states(one) == [("blocked", words)]
    assert _until_a_person_is_needed(one) == [("dead", words)]


def test_a_council_that_is_no_longer_configured_is_a_persons_work(made: Made) -> None:
    one = made(None, whole=completed())
    one.councils = {}
    assert [state for state, _ in _until_a_person_is_needed(one)] == ["dead", "dead"]


def test_a_request_that_cannot_be_built_is_a_persons_work_and_others_flow(
    made: Made, monkeypatch: pytest.MonkeyPatch
) -> None:
    one, build = made(Office(Receipt("C1"))), requesting.request_for
    with one.database.write() as session:
        [other] = a_submission(session, one.links, anonymous(), clock.now()).delivery_ids

    def only_the_other(
        session: Session, held: Claim, links: Links, seals: Seals, same_office: Any
    ) -> CaseRequest:
        if held.delivery_id != other:
            raise TypeError("an answer of a kind that we no longer know")
        return build(session, held, links, seals, same_office)

    monkeypatch.setattr(requesting, "request_for", only_the_other)
    assert sorted(_until_a_person_is_needed(one)) == [
        ("dead", "What was submitted cannot be put into a request. Nothing was sent."),
        ("delivered", "Accepted."),
    ]


def test_an_uncertain_delivery_whose_connector_is_gone_is_held(made: Made) -> None:
    one = made(Office(Unconfirmed("silence")))
    deliver.one(one)
    one.fakes.clear()
    one.councils = {"boston": replace(BOSTON, connectors={})}
    deliver.batch(one)
    [(state, words)] = states(one)
    assert state == "held"
    assert words.endswith("It may have arrived: nobody can look it up.")


def test_a_look_up_that_fails_in_its_own_way_lets_others_go_on(made: Made) -> None:
    class Broken(Office):
        def find_case(self, request: CaseRequest, token: str | None) -> Receipt | None:
            if request.reference == poison:
                raise ZeroDivisionError("a mistake in the connector")
            return super().find_case(request, token)

    office = Broken(Unconfirmed("silence"), Unconfirmed("silence"), found=Receipt("C2"))
    one = made(office, Timings(base=100.0, settle=0.0))
    with one.database.write() as session:
        a_submission(session, one.links, anonymous(), clock.now())
        poison = session.scalars(sa.select(SubmissionRow.reference).order_by(SubmissionRow.id)).first()
    deliver.batch(one)
    assert sorted(states(one)) == [
        ("delivered", "Found by our reference."),
        ("uncertain", "The connector failed: ZeroDivisionError."),
    ]
