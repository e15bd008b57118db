"""Text messages on their way out: the link put in at the end, looked up when unclear, and never sent twice."""

import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
import requests
import sqlalchemy as sa

from integrations.contract import Rejected, Unavailable, Unconfirmed
from integrations.simulator.building import build
from integrations.simulator.faults import KINDS
from integrations.simulator.server import Server
from selfservice import clock
from selfservice.database import Database
from selfservice.domain.delivery import Timings
from selfservice.installation import Installation
from selfservice.links import Links, hashed
from selfservice.operations import delivering
from selfservice.store.deliveries import DeliveryRow
from selfservice.store.notifications import NotificationRow
from selfservice.store.saved import ReturnLinkRow
from tests.factories.phones import NUMBER, TEXTS, Handset, fits, saved_by_text
from tests.factories.submitted import installation, settings
from tests.workers.offices import SOON, states
from workers import deliver

Texting = Callable[..., Installation]


@pytest.fixture
def texting(each_database: Database, tmp_path: Path) -> Texting:
    def make(handset: Handset | None, timings: Timings = SOON) -> Installation:
        one = installation(each_database, settings(tmp_path), object(), timings=timings)
        one.__dict__["texter"] = handset
        return saved_by_text(one)

    return make


def delivery(one: Installation) -> str:
    """The id of the one delivery."""
    with one.database.read() as session:
        return session.scalars(sa.select(DeliveryRow.id)).one()


def test_it_goes_by_text_with_the_link_that_the_database_does_not_hold(texting: Texting) -> None:
    handset = Handset()
    one = texting(handset)
    assert deliver.batch(one) == 1
    [text] = handset.texts
    assert (text.to, text.reference) == (NUMBER, delivery(one))
    assert text.words.startswith("Boston Borough Council: ")
    token = text.words.split("/return/")[1].split()[0]
    with one.database.read() as session:
        assert session.scalars(sa.select(ReturnLinkRow.token_hash)).one() == hashed(token)
        assert token not in session.scalars(sa.select(NotificationRow.body)).one()
    assert states(one) == [("delivered", "Accepted.")]


@pytest.mark.parametrize(("error", "state"), [(Rejected("no"), "blocked"), (Unavailable("busy"), "pending")])
def test_what_was_surely_not_taken_is_tried_by_the_one_policy(
    texting: Texting, error: Exception, state: str
) -> None:
    one = texting(Handset(error))
    deliver.one(one)
    assert states(one)[0][0] == state


def test_one_that_arrived_after_all_is_found_and_not_sent_again(texting: Texting) -> None:
    handset = Handset(Unconfirmed("silence"), taken_anyway=(Unconfirmed,))
    one = texting(handset)
    deliver.batch(one)
    assert states(one) == [("delivered", "Found by our reference.")]
    assert len(handset.texts) == 1


def test_one_that_surely_did_not_arrive_is_sent_again_however_often(texting: Texting) -> None:
    handset = Handset(*[Unconfirmed("silence")] * 3)
    one = texting(handset)
    deliver.batch(one)
    assert states(one)[0][0] == "delivered"
    assert [text.reference for text in handset.texts] == [delivery(one)]


def test_a_worker_that_died_over_it_may_have_sent_it(texting: Texting) -> None:
    handset = Handset()
    one = texting(handset)
    with one.database.write() as session:
        held = delivering.claim(session, "a worker", clock.now(), one.timings)
        assert held is not None
        delivering.mark(session, held, clock.now())
        handset.texts.append(type("Sent", (), {"reference": held.delivery_id}))
        delivering.lease_over(session, held.delivery_id, 1, clock.now(), one.timings)
    deliver.batch(one)
    assert states(one) == [("delivered", "Found by our reference.")]
    assert len(handset.texts) == 1


def test_it_is_looked_up_only_once_it_has_settled(texting: Texting) -> None:
    one = texting(Handset(Unconfirmed("silence")), replace(SOON, settle=60.0))
    deliver.batch(one)
    assert states(one)[0][0] == "uncertain"
    assert not deliver.one(one)


def test_a_look_up_that_fails_is_asked_again_and_nothing_is_sent_before(texting: Texting) -> None:
    class Away(Handset):
        def find(self, reference: str) -> bool:
            raise Unavailable("away")

    handset = Away(Unconfirmed("silence"))
    one = texting(handset, replace(SOON, base=100.0))
    deliver.batch(one)
    assert states(one) == [("uncertain", "away")]
    assert handset.texts == []


def test_where_nobody_sends_texts_any_more_it_is_a_persons_work(texting: Texting) -> None:
    one = texting(None)
    deliver.one(one)
    words = "This installation can send no text messages: NOTIFY_URL is not set."
    assert states(one) == [("blocked", f"{words} Nothing was sent.")]


def test_an_unclear_one_that_nobody_can_look_up_any_more_is_held(texting: Texting) -> None:
    one = texting(Handset(Unconfirmed("silence")))
    deliver.one(one)
    one.__dict__["texter"] = None
    deliver.one(one)
    assert states(one)[0][0] == "held"


def test_one_whose_key_is_gone_is_a_persons_work(texting: Texting, tmp_path: Path) -> None:
    handset = Handset()
    one = texting(handset)
    one.links = Links(settings(tmp_path, SECRET_KEY="n" * 40))
    deliver.batch(one)
    assert handset.texts == []
    assert states(one) == [("blocked", "The text message cannot be written. Nothing was sent.")]


@pytest.fixture
def notify(tmp_path: Path) -> Iterator[str]:
    """The address of a simulated Notify."""
    simulator = build(tmp_path / "simulator")
    server = Server(("127.0.0.1", 0), simulator)
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()
    simulator.memory.close()


@pytest.mark.parametrize("kind", KINDS)
def test_whatever_goes_wrong_at_notify_the_text_arrives_once(
    database: Database, tmp_path: Path, notify: str, kind: str
) -> None:
    told = settings(tmp_path, **{**TEXTS, "NOTIFY_URL": notify})
    one = saved_by_text(installation(database, told, timings=replace(SOON, settle=0.3)))
    assert one.texts_offered
    requests.post(f"{notify}/notify/faults", json={"kind": kind, "seconds": 0.1, "next": 2}, timeout=5)
    until = time.monotonic() + 20
    while states(one)[0][0] != "delivered":
        assert time.monotonic() < until, states(one)
        deliver.batch(one)
        with database.write() as session:
            delivering.wait_over(session, clock.now(), one.timings)
        time.sleep(0.05)
    [text] = requests.get(f"{notify}/mailbox/messages.json", timeout=5).json()
    assert (text["medium"], text["recipient"]) == ("sms", NUMBER)
    assert "/return/" in fits(text["body"])
