"""Open311: what is posted, what each answer means, how a case is found and its news read."""

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from pytest_httpserver import HTTPServer

from integrations import georeport, http, registry
from integrations.back_office.open311 import Options, to_payload
from integrations.contract import PushesUpdates, Receipt, Rejected, Unavailable, Unconfirmed
from integrations.simulator.faults import Fault
from integrations.simulator.open311 import news as polled
from selfservice.domain.case import CaseStatus, Contact
from selfservice.domain.council import ConnectorChoice
from tests.integrations.conftest import REQUEST, Remembered, Running

OPTIONS = Options(base_url="http://crm.example.org/v2", api_key="key", jurisdiction_id="boston.example.org")


# No database keeps a reference like these; cut short, it would name another case or none.
NEVER_KEPT = [json.dumps([{"service_request_id": odd}]) for odd in ("9" * 201, "\0", "\ud83d")]


def connector(address: str, **options: Any) -> Any:
    told = {"base_url": address, "allow_private": True, "api_key": "key-of-the-simulator", **options}
    return registry.build(ConnectorChoice("street-scene", "open311", told))


def test_the_posted_form() -> None:
    assert to_payload(REQUEST, OPTIONS) == [
        ("api_key", "key"),
        ("jurisdiction_id", "boston.example.org"),
        ("service_code", "FLYTIP"),
        ("lat", "52.977854"),
        ("long", "-0.025058"),
        ("address_string", "Near PE21 6RY, Boston, grid reference TF 327 441"),
        ("attribute[easting]", "532700"),
        ("attribute[northing]", "344100"),
        (
            "description",
            "Report fly-tipping\n\nUrgent.\n\nWhat has been dumped? Household waste, Tyres\n\n"
            "How much is there: A van load\n\nWhere is it? Near PE21 6RY\n\n"
            "Where: Near PE21 6RY, Boston, grid reference TF 327 441\n\nOur reference: BOS-7K4M-2QXP",
        ),
        ("first_name", "Ann Marie"),
        ("last_name", "O'Brien"),
        ("email", "ann@example.org"),
        ("phone", "01632 960123"),
        ("media_url", "https://forms.example.org/photos/one"),
        ("media_url", "https://forms.example.org/photos/two"),
        ("attribute[external_reference]", "BOS-7K4M-2QXP"),
        ("attribute[external_delivery]", "0198f2a0-0000-7000-8000-000000000001"),
        ("attribute[channel]", "web"),
        ("attribute[urgent]", "true"),
        ("attribute[reported_datetime]", "2026-06-03T13:05:09Z"),
        ("attribute[what][]", "household"),
        ("attribute[what][]", "tyres"),
        ("attribute[size]", "van"),
    ]


def test_an_anonymous_report_without_a_place_sends_no_empty_parameters() -> None:
    bare = replace(REQUEST, contact=Contact(), place=None, photo_links=(), answers=(), urgent=False)
    names = [name for name, _ in to_payload(bare, replace(OPTIONS, api_key="", jurisdiction_id=""))]
    assert names == [
        "service_code", "description", "attribute[external_reference]", "attribute[external_delivery]",
        "attribute[channel]", "attribute[urgent]", "attribute[reported_datetime]",
    ]  # fmt: skip


def test_one_name_is_a_first_name() -> None:
    told = dict(to_payload(replace(REQUEST, contact=Contact("Prince")), OPTIONS))
    assert told["first_name"] == "Prince"
    assert "last_name" not in told


def test_the_delivery_is_the_idempotency_key(httpserver: HTTPServer) -> None:
    httpserver.expect_request(
        "/requests.json", headers={"Idempotency-Key": REQUEST.delivery_id}
    ).respond_with_json([{"service_request_id": 638344}])
    assert connector(httpserver.url_for("")).open_case(REQUEST, Remembered()) == Receipt("638344")


def told(status: int, words: object) -> http.Answer:
    return http.Answer(status, {}, words if isinstance(words, bytes) else json.dumps(words).encode())


@pytest.mark.parametrize(
    ("answer", "error"),
    [
        (told(400, [{"code": "400", "description": "service_code was not provided"}]), Rejected),
        (told(404, [{"code": 404, "description": "service_code not found"}]), Rejected),
        (told(422, {"errors": [{"description": "email is invalid"}]}), Rejected),
        (told(400, [{"code": 400, "description": "General Service Error"}]), Unconfirmed),
        (told(400, [{"code": 400, "description": "description: database time-out, try again"}]), Unconfirmed),
        (told(400, [{"code": 400, "description": "CRM is down"}]), Unconfirmed),
        (told(400, [{"code": 400}]), Unconfirmed),
        (told(400, []), Unconfirmed),
        (told(400, b"<html>Bad request</html>"), Unconfirmed),
        (told(404, b"<html>Not found</html>"), Unavailable),
        (told(403, [{"code": 403, "description": "invalid api_key"}]), Unavailable),
        (told(500, [{"code": 500, "description": "description required"}]), Unconfirmed),
        (told(200, b""), type(None)),
    ],
)
def test_only_an_error_about_the_request_is_a_refusal(answer: http.Answer, error: type[Exception]) -> None:
    assert isinstance(georeport.judge(answer), error)


@pytest.mark.parametrize(
    "body", ["", "<html>", "[]", "[{}]", '[{"service_request_id": ""}]', "null", '["x"]', "{}", *NEVER_KEPT]
)
def test_200_without_an_id_is_unconfirmed(httpserver: HTTPServer, body: str) -> None:
    httpserver.expect_request("/requests.json").respond_with_data(body)
    with pytest.raises(Unconfirmed):
        connector(httpserver.url_for("")).open_case(REQUEST, Remembered())


@pytest.mark.parametrize("fault", ["error_after", "reset_after", "half_reply", "no_id"])
@pytest.mark.parametrize("lookup", ["reference", "window"])
def test_what_was_taken_without_our_knowing_is_found(running: Running, fault: str, lookup: str) -> None:
    there = connector(running.open311(), lookup=lookup)
    running.simulator.faults.add("boston", Fault(fault, 0, left=1))
    recent = replace(REQUEST, submitted_at=datetime.now(UTC))
    with pytest.raises(Unconfirmed):
        there.open_case(recent, Remembered())
    assert there.find_case(recent, None) == Receipt("B-1001")
    assert running.simulator.memory.effects("boston") == {REQUEST.reference: 1}


def test_a_siblings_case_is_not_taken_for_our_own(running: Running) -> None:
    there = connector(running.open311(), lookup="reference")
    sibling = replace(REQUEST, delivery_id="the sibling's", service_code="BENEFIT", siblings=("FLYTIP",))
    mine = replace(REQUEST, siblings=("BENEFIT",))
    there.open_case(sibling, Remembered())
    assert there.find_case(mine, None) is None
    there.open_case(mine, Remembered())
    assert there.find_case(mine, None) == Receipt("B-1002")
    assert there.find_case(sibling, None) == Receipt("B-1001")


@pytest.mark.parametrize(
    ("row", "found"),
    [
        ({"service_code": "FLYTIP"}, Receipt("9")),
        ({"service_code": "MOVED_BY_STAFF"}, Receipt("9")),
        ({}, Receipt("9")),
        ({"service_code": "BENEFIT"}, None),
        ({"service_code": "BENEFIT", "external_delivery": REQUEST.delivery_id}, Receipt("9")),
        ({"service_code": "FLYTIP", "external_delivery": "another"}, None),
    ],
)
def test_a_server_that_gives_back_less_is_asked_by_the_service_code(
    httpserver: HTTPServer, row: dict[str, str], found: Receipt | None
) -> None:
    row = {"service_request_id": "9", "external_reference": REQUEST.reference, **row}
    httpserver.expect_request("/requests.json").respond_with_json([row])
    there = connector(httpserver.url_for(""), lookup="reference")
    assert there.find_case(replace(REQUEST, siblings=("BENEFIT",)), None) == found


def test_where_nothing_tells_two_parts_apart_a_person_does(httpserver: HTTPServer) -> None:
    row = {"service_request_id": "9", "external_reference": REQUEST.reference, "service_code": "FLYTIP"}
    httpserver.expect_request("/requests.json").respond_with_json([row])
    there = connector(httpserver.url_for(""), lookup="reference")
    with pytest.raises(Unavailable, match="which part"):
        there.find_case(replace(REQUEST, siblings=("FLYTIP",)), None)


def test_a_late_one_is_found_once_it_is_there(running: Running) -> None:
    import time

    there = connector(running.open311(), lookup="reference")
    running.simulator.faults.add("boston", Fault("late", 0.4, left=1))
    with pytest.raises(Unconfirmed):
        there.open_case(REQUEST, Remembered())
    assert there.find_case(REQUEST, None) is None
    time.sleep(0.5)
    assert there.find_case(REQUEST, None) == Receipt("B-1001")


def test_a_token_is_polled_and_never_posted_again(running: Running) -> None:
    there = connector(running.open311())
    running.simulator.faults.add("boston", Fault("token", 0.0, left=1))
    steps = Remembered()
    receipt = there.open_case(REQUEST, steps)
    assert receipt.case_reference is None
    assert there.open_case(REQUEST, steps) == receipt
    assert there.find_case(REQUEST, receipt.token) == Receipt("B-1001", receipt.token)
    assert running.simulator.memory.effects("boston") == {REQUEST.reference: 1}


def test_a_token_without_an_id_yet_is_still_an_opened_case(running: Running) -> None:
    there = connector(running.open311())
    running.simulator.faults.add("boston", Fault("token", 60.0, left=1))
    receipt = there.open_case(REQUEST, Remembered())
    assert there.find_case(REQUEST, receipt.token) == receipt


def test_a_server_that_ignores_our_filter_is_not_believed(httpserver: HTTPServer) -> None:
    httpserver.expect_request("/requests.json").respond_with_json(
        [{"service_request_id": "9", "description": "Our reference: BOS-7K4M-2QXP-X"}]
    )
    with pytest.raises(Unavailable, match="does not filter"):
        connector(httpserver.url_for(""), lookup="reference").find_case(REQUEST, None)


def test_the_window_is_read_page_by_page_and_ends(httpserver: HTTPServer) -> None:
    pages = {
        "1": [{"service_request_id": "1"}],
        "2": [{"service_request_id": "2", "description": REQUEST.reference}],
    }
    for page, rows in pages.items():
        httpserver.expect_request("/requests.json", query_string=None).respond_with_json([])
        asked = {
            "jurisdiction_id": "b", "service_code": "FLYTIP", "start_date": "2026-06-03T12:05:09Z",
            "extensions": "true", "page": page,
        }  # fmt: skip
        httpserver.expect_oneshot_request("/requests.json", query_string=asked).respond_with_json(rows)
    assert connector(httpserver.url_for(""), jurisdiction_id="b").find_case(REQUEST, None) == Receipt("2")
    assert all("api_key" not in request.url for request, _ in httpserver.log)


def test_a_server_without_pages_is_asked_twice_at_most(httpserver: HTTPServer) -> None:
    httpserver.expect_request("/requests.json").respond_with_json([{"service_request_id": "1"}])
    assert connector(httpserver.url_for("")).find_case(REQUEST, None) is None
    assert len(httpserver.log) == 2


def test_pushed_and_polled_news_is_the_same(running: Running) -> None:
    there = connector(running.open311())
    there.open_case(REQUEST, Remembered())
    memory = running.simulator.memory
    case = memory.cases("boston")[0]
    updates = [memory.change(case, "in_progress", ""), memory.change(case, "fixed", "Cleared – thank you")]
    body = json.dumps({"updates": [polled(update) for update in updates]}).encode()
    now = datetime.now(UTC)
    read = list(there.updates(now - timedelta(minutes=1), now))
    assert isinstance(there, PushesUpdates)
    assert read == list(there.read_push(body))
    assert [update.status for update in read] == [CaseStatus.IN_PROGRESS, CaseStatus.RESOLVED]
    assert read[1].words == "Cleared – thank you"
    assert read[1].our_reference == REQUEST.reference
    assert read[1].case_reference == "B-1001"
    assert list(there.updates(now + timedelta(minutes=1), now + timedelta(minutes=2))) == []


@pytest.mark.parametrize(
    "body", [b"", b"\xff", b"[]", b"{}", b'{"updates": 1}', b'{"updates": [1]}',
             b'{"updates": [{"update_id": "1"}]}',
             b'{"updates": [{"update_id": "1", "service_request_id": "2", "updated_datetime": "x"}]}'],
)  # fmt: skip
def test_malformed_pushes_are_told_as_such(body: bytes) -> None:
    with pytest.raises(ValueError):
        list(connector("http://127.0.0.1:9").read_push(body))


def test_one_unreadable_item_does_not_hold_up_the_rest(httpserver: HTTPServer) -> None:
    good = {
        "update_id": 7,
        "service_request_id": "B-1",
        "status": "A1",
        "updated_datetime": "2026-06-03T14:00:00",
    }
    httpserver.expect_request("/servicerequestupdates.json").respond_with_json(
        [{"status": "open"}, good, "?"]
    )
    there = connector(httpserver.url_for(""), statuses={"a1": "planned"})
    (update,) = there.updates(datetime(2026, 6, 3, tzinfo=UTC), datetime(2026, 6, 4, tzinfo=UTC))
    assert update.event_id == "7"
    assert update.status is CaseStatus.PLANNED
    assert update.at == datetime(2026, 6, 3, 13, tzinfo=UTC)  # a local time without a zone is London's


def test_checking_one_that_is_away_says_so(running: Running) -> None:
    running.simulator.faults.add("boston", Fault("refuse_503", 1, on="get"))
    health = connector(running.open311()).check()
    assert not health.well
    assert "503" in health.words


def test_a_wrong_key_can_be_mended_so_it_is_tried_again(running: Running) -> None:
    with pytest.raises(Unavailable):
        connector(running.open311(), api_key="wrong").open_case(REQUEST, Remembered())
    assert running.simulator.memory.effects("boston") == {}
