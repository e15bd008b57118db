"""What is written down of a request: one line of JSON, and nothing personal in it."""

import json
import logging as standard
from collections.abc import Iterator

import pytest
import structlog
from flask import Flask

from selfservice.web import logging, sending
from tests.factories.reports import fly_tipping
from tests.journeys.visitor import Visitor

CANARIES = ("Ada Canary", "ada.canary@example.org", "PE21 6QR", "PE216QR", "pe21", "opposite the mill")


@pytest.fixture(autouse=True)
def _configured(capsys: pytest.CaptureFixture[str]) -> Iterator[None]:
    """Log as in production, and leave no trace in other tests."""
    handlers, level = standard.getLogger().handlers[:], standard.getLogger().level
    logging.configure("DEBUG")
    yield
    structlog.reset_defaults()
    standard.getLogger().handlers[:] = handlers
    standard.getLogger().setLevel(level)


def lines(capsys: pytest.CaptureFixture[str]) -> list[dict[str, object]]:
    """What was written, a mapping for each line."""
    return [json.loads(line) for line in capsys.readouterr().out.splitlines()]


def test_a_whole_report_leaves_nothing_personal_in_the_log(
    visitor: Visitor, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sending, "LEAST_SECONDS", 0.0)
    visitor.begin("boston", "fly-tipping")
    pages = fly_tipping(where="PE21 6QR", name="Ada Canary", email="ada.canary@example.org", witnessed=True)
    visitor.fill_in(pages)
    visitor.send()
    link = visitor.progress_link
    visitor.open(link)
    visitor.open("/progress?reference=Ada+Canary&postcode=PE21+6QR")
    visitor.press({"reference": "Ada Canary", "postcode": "PE21 6QR"})
    written = capsys.readouterr().out
    assert '"answered"' in written
    for canary in (*CANARIES, link.rpartition("/")[2]):
        assert canary.lower() not in written.lower()


def test_a_line_names_request_route_status_and_submission(
    visitor: Visitor, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sending, "LEAST_SECONDS", 0.0)
    visitor.begin("boston", "fly-tipping")
    visitor.fill_in(fly_tipping(where="PE21 6QR", name="", email="", witnessed=False))
    capsys.readouterr()
    visitor.send()
    posted, shown = (line for line in lines(capsys) if line["event"] == "answered")
    assert posted["status"] == 303
    assert posted["route"] == "/<council>/<service>/<draft>/<page>"
    assert posted["submission"] == shown["submission"]
    assert posted["request"] != shown["request"]


def test_a_sane_request_id_is_taken_over_and_another_is_not(visitor: Visitor) -> None:
    for given, taken in (("0a1b2c3d-4e5f", True), ("x" * 200, False), ("a b\tc{}", False), ("", False)):
        page = visitor.client.get("/health/live", headers={"X-Request-Id": given})
        assert (page.headers["X-Request-Id"] == given) is taken


def test_a_failure_is_written_without_its_words_and_shown_with_its_number(
    app: Flask, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_told: object) -> None:
        raise ValueError("could not read Ada Canary")

    monkeypatch.setattr("selfservice.web.home._front", fail)
    page = app.test_client().get("/")
    assert page.status_code == 500
    assert "Ada Canary" not in page.text
    assert page.headers["X-Request-Id"] in page.text
    [failed] = [line for line in lines(capsys) if line["event"] == "failed"]
    assert failed["error"] == ["ValueError"]
    assert "Ada Canary" not in json.dumps(failed)


def test_libraries_are_written_as_json_too_and_without_tracebacks(capsys: pytest.CaptureFixture[str]) -> None:
    standard.getLogger("a.library").info("Ada Canary was here")
    try:
        raise ValueError("Ada Canary")
    except ValueError:
        standard.getLogger("a.library").exception("it failed\r\nand forged a line")
    [line] = lines(capsys)
    assert line["error"] == ["ValueError"]
    assert "Ada Canary" not in json.dumps(line)
