"""Whether the process lives, can serve, and how deliveries go."""

from contextlib import contextmanager

import pytest
from flask import Flask
from sqlalchemy.exc import OperationalError

from selfservice.database import Database
from selfservice.installation import Installation
from selfservice.web import sending
from tests.factories.reports import fly_tipping
from tests.journeys.visitor import Visitor


def test_it_lives_without_asking_anything(app: Flask) -> None:
    assert app.test_client().get("/health/live").json == {"status": "alive"}


def test_it_is_ready_when_the_database_has_our_tables(app: Flask) -> None:
    answer = app.test_client().get("/health/ready")
    assert answer.status_code == 200
    assert answer.json["database"] == "well"
    assert answer.json["doorbell"].startswith("none")


def test_it_is_not_ready_while_the_database_is_away(
    app: Flask, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    @contextmanager
    def refuse() -> object:
        raise OperationalError("SELECT", {}, Exception("refused"))
        yield

    monkeypatch.setattr(database, "read", refuse)
    answer = app.test_client().get("/health/ready")
    assert answer.status_code == 503
    assert answer.json["status"] == "not ready"


def test_it_is_ready_without_redis_and_says_so(app: Flask, installation: Installation) -> None:
    from selfservice.doorbell import Doorbell

    installation.doorbell = Doorbell("redis://127.0.0.1:1/0", "none")
    answer = app.test_client().get("/health/ready")
    assert answer.status_code == 200
    assert answer.json["doorbell"].startswith("does not answer")


def test_the_figures_count_what_was_accepted_and_what_is_owed(
    app: Flask, visitor: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sending, "LEAST_SECONDS", 0.0)
    visitor.begin("boston", "fly-tipping")
    visitor.fill_in(fly_tipping(where="PE21 6QR", name="", email="", witnessed=False))
    visitor.send()
    text = app.test_client().get("/metrics").text
    assert 'selfservice_submissions_accepted{council="boston"} 1' in text
    assert 'state="pending"' in text


def test_a_proxy_on_this_machine_opens_the_figures_to_nobody(app: Flask) -> None:
    for name in ("X-Forwarded-For", "Forwarded", "X-Real-IP"):
        assert app.test_client().get("/metrics", headers={name: "198.51.100.7"}).status_code == 404
    assert app.test_client().get("/metrics").status_code == 200
