"""Sending: once however often it is pressed, never lost, and never refused to a person."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Barrier, Thread

import pytest
import sqlalchemy as sa
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from selfservice.database import Database
from selfservice.installation import Installation
from selfservice.store.deliveries import DeliveryRow
from selfservice.store.submissions import SubmissionRow
from selfservice.web import sending
from tests.factories.reports import fly_tipping
from tests.journeys.visitor import Visitor

PAGES = list(fly_tipping(where="PE21 6QR", name="Ada Marsh", email="ada@example.org", witnessed=False))


@pytest.fixture(autouse=True)
def _at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Believe quick visitors, but for the tests that are about them."""
    monkeypatch.setattr(sending, "LEAST_SECONDS", 0.0)


@pytest.fixture
def ready(visitor: Visitor) -> Visitor:
    """A visitor at check answers."""
    visitor.begin("boston", "fly-tipping")
    visitor.fill_in(PAGES)
    assert visitor.path.endswith("/check-answers")
    return visitor


def submissions(database: Database) -> int:
    """How many there are."""
    with database.read() as session:
        return session.scalar(sa.select(sa.func.count()).select_from(SubmissionRow)) or 0


def test_pressing_twice_gives_the_same_reference(ready: Visitor, database: Database) -> None:
    check, carried = ready.path, ready.hidden()
    first = ready.send()
    ready.client.post(check, data=carried)
    ready.open(check)
    assert ready.path.endswith("/sent")
    assert ready.reference == first
    assert submissions(database) == 1


def test_two_tabs_at_the_same_moment_give_one_submission(
    ready: Visitor, database: Database, app: object
) -> None:
    check, carried = ready.path, ready.hidden()
    cookie = ready.client.get_cookie("selfservice")
    together, seen = Barrier(2), []

    def press() -> None:
        client = app.test_client()  # type: ignore[attr-defined]
        client.set_cookie("selfservice", cookie.value)  # type: ignore[union-attr]
        together.wait()
        seen.append(client.post(check, data=carried).status_code)

    tabs = [Thread(target=press) for _ in range(2)]
    for tab in tabs:
        tab.start()
    for tab in tabs:
        tab.join()
    assert seen == [303, 303]
    assert submissions(database) == 1


def test_every_page_of_a_sent_report_shows_its_confirmation(ready: Visitor) -> None:
    check = ready.path
    reference = ready.send()
    for slug in ("where", "check-answers", "sent", "photos", "no-such-page"):
        ready.open(check.replace("/check-answers", f"/{slug}"))
        assert ready.reference == reference
    answered = ready.client.post(check.replace("/check-answers", "/size"), data={"size": "single-item"})
    assert answered.status_code == 303


def test_the_delivery_is_rung_for_after_it_was_committed(
    ready: Visitor, database: Database, installation: Installation
) -> None:
    rung: list[str] = []

    class Bell:
        def ring_soon(self, delivery_ids: tuple[str, ...]) -> None:
            with database.read() as session:
                rung.extend(
                    session.scalars(sa.select(DeliveryRow.id).where(DeliveryRow.id.in_(delivery_ids)))
                )

    installation.doorbell = Bell()  # type: ignore[assignment]
    ready.send()
    with database.read() as session:
        assert set(rung) == set(session.scalars(sa.select(DeliveryRow.id)))
    assert len(rung) == 2  # the case, and the receipt


def test_a_filled_trap_asks_for_one_more_press_and_then_believes(ready: Visitor, database: Database) -> None:
    page = ready.press({"website": "https://spam.example"})
    assert page.status_code == 422
    assert "press the button once more" in ready.text
    assert submissions(database) == 0
    ready.press({"website": "https://spam.example"})
    assert ready.path.endswith("/sent")


def test_somebody_too_quick_is_asked_to_press_once_more(
    ready: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sending, "LEAST_SECONDS", 3600.0)
    assert ready.press().status_code == 422
    ready.press()
    assert ready.path.endswith("/sent")


def test_an_old_token_at_check_answers_sends_nothing_and_can_be_pressed_again(
    ready: Visitor, database: Database
) -> None:
    assert ready.press(csrf_token="old").status_code == 400
    assert submissions(database) == 0
    ready.press()
    assert ready.path.endswith("/sent")


@contextmanager
def away(database: Database, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The database does not answer."""

    @contextmanager
    def refuse() -> Iterator[Session]:
        raise OperationalError("SELECT", {}, Exception("connection refused"))
        yield

    with monkeypatch.context() as patched:
        patched.setattr(database, "write", refuse)
        patched.setattr(database, "read", refuse)
        yield


def test_while_the_database_is_away_nothing_is_lost_and_the_same_key_works_after(
    ready: Visitor, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    with away(database, monkeypatch):
        page = ready.press()
        assert page.status_code == 503
        assert "are kept" in ready.text
        assert page.headers["Retry-After"] == "60"
        assert "Traceback" not in ready.text
    ready.press(ready_again(ready))
    assert ready.path.endswith("/sent")
    assert submissions(database) == 1


def test_what_was_typed_while_the_database_was_away_goes_along_to_be_sent_again(
    visitor: Visitor, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    visitor.begin("boston", "fly-tipping")
    visitor.press({"place": "PE21 6QR"})
    with away(database, monkeypatch):
        visitor.press({"place_detail": 'By the "old" mill'})
        assert "By the &#34;old&#34; mill" in visitor.text
    visitor.press({"place_detail": 'By the "old" mill'})
    assert visitor.path.endswith("/land")


def ready_again(visitor: Visitor) -> dict[str, str]:
    """What the page's form of trying again carries."""
    import re

    return dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)">', visitor.text))


def test_the_confirmation_is_for_the_sender_alone(ready: Visitor, someone: Callable[[], Visitor]) -> None:
    ready.send()
    assert someone().open(ready.path).status_code == 404


def test_another_tab_that_unfinished_the_report_is_noticed(ready: Visitor, database: Database) -> None:
    check, carried = ready.path, ready.hidden()
    ready.open(check.replace("check-answers", "witnessed") + "?change=1")
    ready.press({"witnessed": "yes"})
    ready.press(carried, at=check)
    assert ready.path.endswith("/when")
    assert submissions(database) == 0
