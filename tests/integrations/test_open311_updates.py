"""Open311: what is posted of a customer's update, what each answer means, and what is not taken for news."""

import json
import time
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from pytest_httpserver import HTTPServer

from integrations import georeport_updates, registry
from integrations.contract import Rejected, TakesUpdates, Unavailable, Unconfirmed, WhenUnknown
from integrations.simulator.faults import Fault
from selfservice.domain.case import CaseStatus, Contact, UpdateKind
from selfservice.domain.council import ConnectorChoice
from tests.integrations.conftest import REQUEST, UPDATE, Remembered, Running

OURS = (("api_key", "key"), ("jurisdiction_id", "boston.example.org"))
RECENT = replace(UPDATE, at=datetime.now(UTC))


def connector(address: str, **options: Any) -> Any:
    told = {"base_url": address, "allow_private": True, "api_key": "key-of-the-simulator", **options}
    return registry.build(ConnectorChoice("street-scene", "open311", told))


def test_the_posted_form() -> None:
    assert georeport_updates.form("B-1001", UPDATE, OURS) == [
        ("api_key", "key"),
        ("jurisdiction_id", "boston.example.org"),
        ("update_id", "0198f2a0-0000-7000-8000-000000000002"),
        ("service_request_id", "B-1001"),
        ("status", "OPEN"),
        ("updated_datetime", "2026-06-04T08:00:01Z"),
        (
            "description",
            "There is more of it now, behind O'Brien's gate – two mattresses & <a> fridge\n\n"
            "Files that the customer added: 2.\n\n"
            "1 file is being checked for viruses. Its link works as soon as that is done.\n\n"
            "Our reference: BOS-7K4M-2QXP",
        ),
        ("first_name", "Ann Marie"),
        ("last_name", "O'Brien"),
        ("email", "ann@example.org"),
        ("phone", "01632 960123"),
        ("public_anonymity_required", "TRUE"),
        ("media_url", "https://forms.example.org/photos/three"),
        ("media_url", "https://forms.example.org/photos/four"),
    ]


@pytest.mark.parametrize(
    ("kind", "closed", "status"),
    [
        (UpdateKind.MESSAGE, False, "OPEN"),
        (UpdateKind.MESSAGE, True, "CLOSED"),
        (UpdateKind.FILES, True, "CLOSED"),
        (UpdateKind.DISPUTE, True, "REOPEN"),
    ],
)
def test_only_a_dispute_opens_a_closed_case_again(kind: UpdateKind, closed: bool, status: str) -> None:
    told = dict(georeport_updates.form("B-1", replace(UPDATE, kind=kind, case_closed=closed), ()))
    assert told["status"] == status


def test_somebody_who_left_no_name_sends_no_empty_parameters() -> None:
    bare = replace(UPDATE, contact=Contact(), file_links=(), files_held_back=0, kind=UpdateKind.DISPUTE)
    told = georeport_updates.form("B-1", bare, (("api_key", ""),))
    assert [name for name, _ in told] == [
        "update_id", "service_request_id", "status", "updated_datetime", "description",
        "public_anonymity_required",
    ]  # fmt: skip
    assert dict(told)["description"].startswith("The customer says that this is not fixed.")


def test_our_id_is_the_idempotency_key(httpserver: HTTPServer) -> None:
    httpserver.expect_request(
        "/servicerequestupdates.json", method="POST", headers={"Idempotency-Key": UPDATE.id}
    ).respond_with_json([{"update_id": 7}])
    connector(httpserver.url_for("")).add_update("9", UPDATE)
    httpserver.check_assertions()


@pytest.mark.parametrize("body", ["", "<html>", "[]", "[{}]", '[{"update_id": ""}]', "null", "{}"])
def test_200_without_an_id_is_unconfirmed(httpserver: HTTPServer, body: str) -> None:
    httpserver.expect_request("/servicerequestupdates.json").respond_with_data(body)
    with pytest.raises(Unconfirmed):
        connector(httpserver.url_for("")).add_update("9", UPDATE)


@pytest.mark.parametrize(
    ("status", "words", "error"),
    [
        (404, "service_request_id not found", Rejected),
        (400, "update_id is invalid", Rejected),
        (400, "General Service Error", Unconfirmed),
        (404, "", Unavailable),
    ],
)
def test_what_an_answer_means(
    httpserver: HTTPServer, status: int, words: str, error: type[Exception]
) -> None:
    told = [{"code": status, "description": words}] if words else []
    httpserver.expect_request("/servicerequestupdates.json").respond_with_json(told, status=status)
    with pytest.raises(error):
        connector(httpserver.url_for("")).add_update("9", UPDATE)


@pytest.mark.parametrize(
    ("options", "promised"),
    [({}, WhenUnknown.LOOK_UP_OR_HOLD), ({"lists_updates": True}, WhenUnknown.LOOK_UP)],
)
def test_not_found_is_believed_where_the_council_says_so(
    options: dict[str, Any], promised: WhenUnknown
) -> None:
    there = connector("http://127.0.0.1:9", **options)
    assert isinstance(there, TakesUpdates)
    assert there.update_when_unknown is promised


def test_a_server_without_the_extension_takes_none() -> None:
    assert not isinstance(connector("http://127.0.0.1:9", takes_updates=False), TakesUpdates)


@pytest.mark.parametrize("fault", ["error_after", "reset_after", "half_reply", "no_id", "late"])
def test_what_was_added_without_our_knowing_is_found(running: Running, fault: str) -> None:
    there = connector(running.open311())
    there.open_case(REQUEST, Remembered())
    running.simulator.faults.add("boston", Fault(fault, 0.3, left=1))
    with pytest.raises(Unconfirmed):
        there.add_update("B-1001", RECENT)
    time.sleep(0.4 if fault == "late" else 0)
    assert there.find_update("B-1001", RECENT)
    assert running.simulator.memory.added("boston") == {RECENT.id: 1}


@pytest.mark.parametrize("told", [{"update_id": UPDATE.id}, {"update_id": "8", "update_id_ext": UPDATE.id}])
def test_our_id_is_known_as_theirs_and_beside_theirs(httpserver: HTTPServer, told: dict[str, str]) -> None:
    httpserver.expect_request("/servicerequestupdates.json").respond_with_json([{"update_id": "7"}, told])
    assert connector(httpserver.url_for("")).find_update("9", UPDATE)
    assert "api_key" not in httpserver.log[0][0].url


def test_what_we_added_says_so_when_it_comes_back_among_the_news(running: Running) -> None:
    there = connector(running.open311())
    there.open_case(REQUEST, Remembered())
    there.add_update("B-1001", RECENT)
    memory = running.simulator.memory
    memory.change(memory.cases("boston")[0], "in_progress", "Thank you")
    now = datetime.now(UTC)
    ours, theirs = there.updates(now - timedelta(minutes=1), now + timedelta(minutes=1))
    assert ours.repeats == RECENT.id
    assert (theirs.words, theirs.repeats) == ("Thank you", theirs.event_id)


def test_a_dispute_opens_the_case_again_there(running: Running) -> None:
    there = connector(running.open311())
    there.open_case(REQUEST, Remembered())
    memory = running.simulator.memory
    memory.change(memory.cases("boston")[0], "fixed", "Cleared")
    there.add_update("B-1001", replace(RECENT, id="one", case_closed=True))
    assert memory.cases("boston")[0].status == "fixed"
    there.add_update("B-1001", replace(RECENT, id="two", case_closed=True, kind=UpdateKind.DISPUTE))
    assert memory.cases("boston")[0].status == "reopened"
    now = datetime.now(UTC)
    news = list(there.updates(now - timedelta(minutes=1), now + timedelta(minutes=1)))
    assert news[-1].status is CaseStatus.REOPENED


def test_the_words_are_masked_when_an_error_repeats_them(httpserver: HTTPServer) -> None:
    body = json.dumps([{"code": 400, "description": f"description is invalid: {UPDATE.words}"}])
    httpserver.expect_request("/servicerequestupdates.json").respond_with_data(body, status=400)
    with pytest.raises(Rejected) as refused:
        connector(httpserver.url_for("")).add_update("9", UPDATE)
    assert "mattresses" not in str(refused.value)
