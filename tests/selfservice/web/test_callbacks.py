"""News pushed by back offices: believed only when signed, and recorded once."""

import json
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st

from integrations import signing
from selfservice import clock
from selfservice.database import Database
from selfservice.store.cases import StatusUpdateRow
from selfservice.web.callbacks import strict_json
from tests.factories.installations import PUSH_SECRET

ADDRESS = "/callbacks/boston/street-scene"


@pytest.fixture
def address(installation: Any) -> str:
    """Where Boston's first connector pushes to."""
    return f"/callbacks/boston/{next(iter(installation.councils['boston'].connectors))}"


def push(app: Flask, address: str, body: bytes, header: str | None = None) -> Any:
    """Push a body, signed with the right secret unless a header is given."""
    signed = header if header is not None else signing.sign(PUSH_SECRET, int(clock.now().timestamp()), body)
    headers = {signing.HEADER: signed, "Content-Type": "application/json"}
    return app.test_client().post(address, data=body, headers=headers)


def news(event_id: str) -> bytes:
    """News of a case that is in progress, as an Open311 back office tells it."""
    update = {
        "update_id": event_id,
        "service_request_id": "SS-1",
        "status": "IN_PROGRESS",
        "updated_datetime": clock.now().isoformat(),
        "description": "On our list",
    }
    return json.dumps({"updates": [update]}).encode()


def recorded(database: Database) -> int:
    """How many pieces of news were recorded."""
    with database.read() as session:
        return session.scalar(sa.select(sa.func.count()).select_from(StatusUpdateRow)) or 0


def test_signed_news_is_recorded_once(app: Flask, address: str, database: Database) -> None:
    body = news("one")
    assert push(app, address, body).json == {"received": 1, "new": 1}
    assert push(app, address, body).json == {"received": 1, "new": 0}
    assert recorded(database) == 1


@pytest.mark.parametrize(
    ("key", "odd"),
    [
        ("description", "Cleared\x00 today"),
        ("description", "half a character \ud83d"),
        ("description", "x" * 50_000),
        ("status", "IN\x00PROGRESS" * 30),
        ("external_reference", "x" * 300),
        ("external_reference", "\x00"),
    ],
)
def test_news_that_no_database_would_take_as_it_is_is_recorded_all_the_same(
    app: Flask, address: str, database: Database, key: str, odd: str
) -> None:
    told = json.loads(news("odd"))
    told["updates"][0][key] = odd
    assert push(app, address, json.dumps(told).encode()).json == {"received": 1, "new": 1}
    assert recorded(database) == 1


@pytest.mark.parametrize(
    ("key", "odd"),
    [
        ("update_id", "x" * 201),
        ("update_id", "\x00"),
        ("service_request_id", "x" * 201),
        ("updated_datetime", "0001-01-01T00:00:00+14:00"),
    ],
)
def test_news_that_names_nothing_we_could_keep_is_refused_in_words(
    app: Flask, address: str, database: Database, key: str, odd: str
) -> None:
    told = json.loads(news("odd"))
    told["updates"][0][key] = odd
    answer = push(app, address, json.dumps(told).encode())
    assert (answer.status_code, "could not be read" in answer.text) == (400, True)
    assert recorded(database) == 0


def test_what_is_not_signed_is_refused(app: Flask, address: str, database: Database) -> None:
    body = news("one")
    good = signing.sign(PUSH_SECRET, int(clock.now().timestamp()), body)
    old = signing.sign(PUSH_SECRET, int(clock.now().timestamp()) - 400, body)
    other = signing.sign("another secret altogether", int(clock.now().timestamp()), body)
    for header in ("", "t=1,v1=00", good[:-1], old, other):
        assert push(app, address, body, header).status_code == 401
    assert push(app, address, body + b" ", good).status_code == 401
    assert recorded(database) == 0


def test_an_unknown_council_or_connector_is_answered_as_a_bad_signature(app: Flask) -> None:
    answers = [push(app, f"/callbacks/{where}", b"[]") for where in ("lincoln/x", "boston/nothing")]
    assert [answer.status_code for answer in answers] == [401, 401]
    assert answers[0].data == answers[1].data


@pytest.mark.parametrize(
    "body", [b"", b"{", b'{"a": NaN}', b'{"a": 1, "a": 2}', b"[" * 5000, b"\xff\xfe", b'"text"', b"[1]"]
)
def test_a_signed_body_that_cannot_be_read_is_refused_in_words(
    app: Flask, address: str, database: Database, body: bytes
) -> None:
    answer = push(app, address, body)
    assert answer.status_code == 400
    assert answer.json["error"]
    assert recorded(database) == 0


def test_a_body_over_64_kilobytes_is_refused(app: Flask, address: str) -> None:
    assert push(app, address, b" " * 70_000).status_code == 413


@given(st.recursive(st.none() | st.booleans() | st.text() | st.integers(), st.lists, max_leaves=10))
def test_strict_json_reads_what_is_json(value: object) -> None:
    assert strict_json(json.dumps(value).encode()) == value
