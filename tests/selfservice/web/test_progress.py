"""Following a report: in full by its link, the progress alone by reference and postcode."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from selfservice import clock
from selfservice.web import sending
from tests.factories.reports import fly_tipping
from tests.journeys.visitor import Visitor


@pytest.fixture
def sent(visitor: Visitor, monkeypatch: pytest.MonkeyPatch) -> Visitor:
    """A visitor on the confirmation of their report."""
    monkeypatch.setattr(sending, "LEAST_SECONDS", 0.0)
    visitor.begin("boston", "fly-tipping")
    visitor.fill_in(fly_tipping(where="PE21 6QR", name="Ada Marsh", email="ada@example.org", witnessed=False))
    visitor.send()
    return visitor


def ask(visitor: Visitor, reference: str, postcode: str) -> int:
    """Ask for the progress; the status of the answer."""
    visitor.open("/progress")
    return visitor.press({"reference": reference, "postcode": postcode}).status_code


def test_the_signed_link_shows_the_progress_to_anybody_who_has_it(
    sent: Visitor, someone: Callable[[], Visitor]
) -> None:
    other = someone()
    assert other.open(sent.progress_link).status_code == 200
    assert sent.reference in other.text
    assert "PE21 6QR" in other.text
    assert "ada@example.org" not in other.text
    assert "Ada Marsh" not in other.text


def test_a_link_that_was_cut_short_or_is_anothers_council_says_what_to_do(sent: Visitor) -> None:
    link = sent.progress_link
    for wrong in (link[:-4], link.replace("/boston/", "/east-lindsey/"), "/boston/progress/nothing"):
        assert sent.open(wrong).status_code == 404
        assert "We cannot find what this link leads to" in sent.text


def test_reference_and_postcode_show_the_progress_and_nothing_personal(
    sent: Visitor, someone: Callable[[], Visitor]
) -> None:
    other, reference = someone(), sent.reference
    for spelling in (reference, reference.lower(), reference.replace("-", " ")):
        assert ask(other, spelling, "pe216qr") == 200
        assert reference in other.text
        for personal in ("Ada Marsh", "ada@example.org", "TF 3", "Grid reference", "opposite the mill"):
            assert personal not in other.text
    assert "postcode" not in other.path
    assert other.path == "/progress"


def test_a_wrong_postcode_and_an_unknown_reference_are_answered_alike(sent: Visitor) -> None:
    reference = sent.reference
    pages = []
    for wrong, postcode in ((reference, "PE21 9ZZ"), ("BOS-0000-0000", "PE21 6QR")):
        assert ask(sent, wrong, postcode) == 422
        pages.append(without(sent, wrong, postcode))
    assert pages[0] == pages[1]


def without(visitor: Visitor, *typed: str) -> str:
    """The page without what was typed and without what is new in every page."""
    text = visitor.text.replace(visitor.hidden()["csrf_token"], "")
    for each in typed:
        text = text.replace(each, "")
    return text


def test_both_are_asked_for(visitor: Visitor) -> None:
    assert ask(visitor, "", "") == 422
    assert 'href="#reference"' in visitor.text
    assert 'href="#postcode"' in visitor.text


def test_the_eleventh_try_from_an_address_has_to_wait(
    visitor: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    start = clock.now()
    monkeypatch.setattr(clock, "now", lambda: start)
    for number in range(10):
        assert ask(visitor, f"BOS-{number:04}-0000", "PE21 6QR") == 422
    assert ask(visitor, "BOS-9999-0000", "PE21 6QR") == 429
    assert "15 minutes" in visitor.text
    monkeypatch.setattr(clock, "now", lambda: start + timedelta(minutes=16))
    assert ask(visitor, "BOS-9999-0000", "PE21 6QR") == 422


def test_the_eleventh_try_at_a_reference_has_to_wait_wherever_it_comes_from(
    sent: Visitor, someone: Callable[[], Visitor], monkeypatch: pytest.MonkeyPatch
) -> None:
    start, reference, last = clock.now(), sent.reference, 200
    monkeypatch.setattr(clock, "now", lambda: start)
    for number in range(11):
        other = someone()
        other.client.environ_base["REMOTE_ADDR"] = f"192.0.2.{number}"
        last = ask(other, reference, "PE21 9ZZ" if number < 10 else "PE21 6QR")
    assert last == 429


def test_spelling_a_reference_otherwise_brings_no_more_tries(
    sent: Visitor, someone: Callable[[], Visitor], monkeypatch: pytest.MonkeyPatch
) -> None:
    start, reference, last = clock.now(), sent.reference, 200
    monkeypatch.setattr(clock, "now", lambda: start)
    for number in range(11):
        other = someone()
        other.client.environ_base["REMOTE_ADDR"] = f"192.0.2.{number}"
        spelt = [reference, reference.lower(), reference.replace("-", "."), reference.replace("B", " B")]
        last = ask(other, spelt[number % 4].replace("BOS", "B0S"), "PE21 9ZZ")
    assert last == 429


def test_one_home_is_one_visitor_however_its_long_addresses_are_written(
    someone: Callable[[], Visitor], monkeypatch: pytest.MonkeyPatch
) -> None:
    start, last = clock.now(), 200
    monkeypatch.setattr(clock, "now", lambda: start)
    for number in range(11):
        other = someone()
        other.client.environ_base["REMOTE_ADDR"] = (
            f"2001:db8::{number + 1}" if number % 2 else f"2001:db8:0:0:{number}::7"
        )
        last = ask(other, f"BOS-{number:04}-0000", "PE21 6QR")
    assert last == 429
