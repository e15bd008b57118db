"""The job: what each answer of a back office, or of a mail server, leads to."""

import os
import signal
import time
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from integrations.contract import Receipt, Rejected, Unavailable, Unconfirmed
from integrations.messages.smtp import Mail
from selfservice.domain.case import CaseRequest
from selfservice.domain.delivery import Timings
from selfservice.store.deliveries import DeliveryStepRow
from tests.factories.submitted import completed
from tests.workers.offices import Made, Office, states
from workers import deliver
from workers.children import Children, hard_limit


class Post:
    """A mail server that answers as told."""

    def __init__(self, *answers: Exception | None) -> None:
        self.answers, self.sent = list(answers), list[Mail]()

    def send(self, mail: Mail) -> None:
        self.sent.append(mail)
        answer = self.answers.pop(0)
        if answer:
            raise answer


def test_an_accepted_case_is_delivered_and_nothing_more_is_due(made: Made) -> None:
    office = Office(Receipt("C1"))
    one = made(office)
    assert deliver.batch(one) == 1
    assert states(one) == [("delivered", "Accepted.")]
    assert office.asked[0].service_code == "FLYTIP"
    assert deliver.batch(one) == 0


@pytest.mark.parametrize(
    ("error", "state"),
    [
        (Rejected("no such street"), "blocked"),
        (Unavailable("busy"), "pending"),
        (Unconfirmed("silence"), "uncertain"),
        (ZeroDivisionError("a mistake in the connector"), "uncertain"),
    ],
)
def test_each_error_leads_to_its_state(made: Made, error: Exception, state: str) -> None:
    one = made(Office(error))
    deliver.one(one)
    assert states(one)[0][0] == state
    assert "mistake" not in states(one)[0][1], "only what a connector says on purpose is kept"


def test_an_answer_without_a_reference_is_no_delivery(made: Made) -> None:
    one = made(Office(Receipt()))
    deliver.one(one)
    assert states(one) == [("uncertain", "It answered without a reference.")]


def test_a_token_is_polled_until_there_is_a_reference(made: Made) -> None:
    office = Office(Receipt(None, "T1"))
    one = made(office)
    deliver.one(one)
    deliver.one(one)
    assert states(one)[0][0] == "uncertain"
    office.found = Receipt("C5", "T1")
    deliver.batch(one)
    assert states(one)[0][0] == "delivered"
    assert len(office.asked) == 1


def test_what_is_uncertain_is_looked_up_and_not_sent_again(made: Made) -> None:
    office = Office(Unconfirmed("silence"), found=Receipt("C1"))
    one = made(office)
    deliver.batch(one)
    assert states(one)[0][0] == "delivered"
    assert len(office.asked) == 1


def test_what_is_surely_not_there_is_sent_again(made: Made) -> None:
    office = Office(Unconfirmed("silence"), Receipt("C1"))
    one = made(office)
    deliver.batch(one)
    assert states(one)[0][0] == "delivered"
    assert len(office.asked) == 2


def test_too_late_to_begin_is_not_sent(made: Made) -> None:
    office = Office(Receipt("C1"))
    one = made(office, Timings(lease=5, send=4))
    deliver.one(one)
    assert office.asked == []
    assert states(one) == [("pending", "It was too late to begin sending.")]


def test_the_receipt_is_mailed_with_a_fixed_message_id_and_marked_when_sent_once_more(made: Made) -> None:
    post = Post(Unconfirmed("silence"), None)
    one = made(Office(Receipt("C1")), whole=completed())
    one.mailer = post
    deliver.batch(one)
    assert [state for state, _ in states(one)] == ["delivered", "delivered"]
    first, second = post.sent
    assert first.message_id == second.message_id
    assert (first.possible_duplicate, second.possible_duplicate) == (False, True)
    assert first.to == "sam.carter@example.org"
    assert first.from_ == "Boston Borough Council <boston@example.org>"


def test_a_second_unclear_mail_is_held(made: Made) -> None:
    one = made(Office(Receipt("C1")), whole=completed())
    one.mailer = Post(Unconfirmed("silence"), Unconfirmed("silence"))
    deliver.batch(one)
    assert [state for state, _ in states(one)] == ["delivered", "held"]


def test_a_finished_step_is_not_repeated(made: Made) -> None:
    calls = []

    class Steps(Office):
        def open_case(self, request: CaseRequest, steps: Any) -> Receipt:
            steps.once("upload", lambda: calls.append("upload") or "file-7")
            return super().open_case(request, steps)

    one = made(Steps(Unavailable("busy"), Receipt("C1")))
    deliver.batch(one)
    assert states(one)[0][0] == "delivered"
    assert calls == ["upload"]
    with one.database.read() as session:
        assert session.scalars(sa.select(DeliveryStepRow.result)).one() == "file-7"


def test_a_call_beyond_its_hard_limit_ends_the_process() -> None:
    pid = os.fork()
    if pid == 0:
        with hard_limit(0.2):
            try:
                time.sleep(30)
            except BaseException:
                time.sleep(30)
        os._exit(0)
    _, status = os.waitpid(pid, 0)
    assert os.WIFSIGNALED(status)
    assert os.WTERMSIG(status) == signal.SIGALRM


def test_children_are_limited_and_die_with_their_parent(tmp_path: Path) -> None:
    told = tmp_path / "pid"

    def parent() -> None:
        children = Children(1)
        assert children.start(lambda: (told.write_text(str(os.getpid())), time.sleep(30)))
        assert not children.start(lambda: None)
        while not told.exists() or not told.read_text():
            time.sleep(0.01)
        os.kill(os.getpid(), signal.SIGKILL)

    pid = os.fork()
    if pid == 0:
        parent()
    os.waitpid(pid, 0)
    child = int(told.read_text())
    end = time.monotonic() + 5
    while Path(f"/proc/{child}").exists() and "Z" not in Path(f"/proc/{child}/stat").read_text().split()[2]:
        assert time.monotonic() < end, "the child outlived its parent"
        time.sleep(0.01)


def test_a_child_that_hangs_is_killed() -> None:
    children = Children(1, longest=0.1)
    children.start(lambda: time.sleep(30))
    time.sleep(0.3)
    children.reap()
    children.wait()
    assert children.room
