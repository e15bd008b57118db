"""The reckoning of chaos sees what it is there to see: a judge that cannot find fault proves nothing."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from selfservice.database import Database
from selfservice.domain.submission import DeliverTo
from selfservice.links import Links
from selfservice.operations import submitting
from selfservice.store.deliveries import DeliveryRow
from tests.factories.submitted import BOSTON, NOW, RESIDENT, SEALS, a_draft, anonymous, settings
from tests.faults.reckoning import Reckoning, reckon

Sent = Callable[..., tuple[str, str]]


@pytest.fixture
def sent(database: Database, tmp_path: Path) -> Sent:
    """Sends a report whose deliveries then stand at `state`; draft and reference."""

    def send(*state: str, **changed: Any) -> tuple[str, str]:
        links = Links(settings(tmp_path))
        with database.write() as session:
            draft = a_draft(session)
            accepted = submitting.submit(
                session, RESIDENT, draft, anonymous(**changed), links, SEALS, NOW, council=BOSTON
            )
            for step in state:
                session.execute(
                    sa.update(DeliveryRow)
                    .where(DeliveryRow.submission_id == accepted.submission_id)
                    .values(state=step, case_reference="C1")
                )
        return draft.id, accepted.reference

    return send


DELIVERED = ("claimed", "sending", "delivered")
HELD = ("claimed", "sending", "uncertain", "held")


def test_all_is_well_when_each_was_applied_once(database: Database, sent: Sent) -> None:
    draft, reference = sent(*DELIVERED)
    assert reckon(database, {draft: {reference}}, {reference: 1}) == Reckoning()


def test_a_reference_without_a_row_is_lost(database: Database, sent: Sent) -> None:
    draft, reference = sent(*DELIVERED)
    found = reckon(database, {draft: {reference}, "another": {"BOS-GONE"}}, {reference: 1})
    assert found == Reckoning(lost={"BOS-GONE"})


def test_delivered_without_an_effect_is_lost(database: Database, sent: Sent) -> None:
    draft, reference = sent(*DELIVERED)
    assert reckon(database, {draft: {reference}}, {}) == Reckoning(lost={reference})


def test_two_effects_are_doubled_also_when_it_is_held(database: Database, sent: Sent) -> None:
    (draft, reference), (other, held) = sent(*DELIVERED), sent(*HELD)
    found = reckon(database, {draft: {reference}, other: {held}}, {reference: 2, held: 2})
    assert found == Reckoning(doubled={reference, held}, held={held})


def test_each_part_has_an_effect_of_its_own(database: Database, sent: Sent) -> None:
    parts = (DeliverTo("revenues", "A"), DeliverTo("revenues", "A", "east-lindsey"))
    draft, reference = sent(*DELIVERED, deliver=parts)
    said = {draft: {reference}}
    assert reckon(database, said, {reference: 2}) == Reckoning()
    assert reckon(database, said, {reference: 3}) == Reckoning(doubled={reference})
    assert reckon(database, said, {reference: 1}) == Reckoning(lost={reference})


def test_an_effect_of_nobodys_is_doubled(database: Database, sent: Sent) -> None:
    draft, reference = sent(*DELIVERED)
    found = reckon(database, {draft: {reference}}, {reference: 1, "BOS-GHOST": 1})
    assert found == Reckoning(doubled={"BOS-GHOST"})


def test_two_references_for_one_draft_are_doubled(database: Database, sent: Sent) -> None:
    (draft, reference), (_, other) = sent(*DELIVERED), sent(*DELIVERED)
    found = reckon(database, {draft: {reference, other}}, {reference: 1, other: 1})
    assert found == Reckoning(lost={other}, doubled={draft})


def test_what_is_held_is_neither_lost_nor_doubled(database: Database, sent: Sent) -> None:
    draft, reference = sent(*HELD)
    found = reckon(database, {draft: {reference}}, {})
    assert found == Reckoning(held={reference})
    assert found.well


@pytest.mark.parametrize("state", [(), ("claimed", "dead")])
def test_what_is_neither_delivered_nor_held_is_unfinished(
    database: Database, sent: Sent, state: tuple[str, ...]
) -> None:
    draft, reference = sent(*state)
    found = reckon(database, {draft: {reference}}, {})
    assert found == Reckoning(unfinished={reference})
    assert not found.well
