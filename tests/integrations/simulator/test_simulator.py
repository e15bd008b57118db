"""The simulated back office: what it takes, its faults, its pages, its pushes."""

import json
import socket
import subprocess
import sys
import threading
import time
from pathlib import Path
from typing import Any

import pytest
import requests
from pytest_httpserver import HTTPServer

from integrations import signing
from integrations.simulator.building import build
from integrations.simulator.cases import Memory
from integrations.simulator.faults import KINDS, Fault, Faults, read
from tests.integrations.conftest import Running

FORM = {
    "api_key": "key-of-the-simulator",
    "service_code": "FLYTIP",
    "description": "Tyres <script>alert(1)</script>",
    "lat": "52.97",
    "long": "-0.02",
    "media_url": "https://forms.example.org/photos/one",
    "attribute[external_reference]": "BOS-1",
}


def post(running: Running, **changes: str) -> requests.Response:
    return requests.post(f"{running.open311()}/requests.json", data={**FORM, **changes}, timeout=5)


def effects(running: Running) -> Any:
    return requests.get(f"{running.address}/boston/effects.json", timeout=5).json()


def test_a_resent_case_is_a_second_case(running: Running) -> None:
    assert [post(running).json()[0]["service_request_id"] for _ in range(2)] == ["B-1001", "B-1002"]
    assert effects(running) == {"BOS-1": 2}
    listed = requests.get(f"{running.open311()}/requests.json?external_reference=BOS-1", timeout=5).json()
    assert [case["service_request_id"] for case in listed] == ["B-1002", "B-1001"]
    assert requests.get(f"{running.open311()}/requests.json?external_reference=BOS-2", timeout=5).json() == []
    assert requests.get(f"{running.open311('east-lindsey')}/requests.json", timeout=5).json() == []
    assert (
        requests.get(f"{running.open311('east-lindsey')}/requests/B-1001.json", timeout=5).status_code == 404
    )


ADDED = {
    "api_key": "key-of-the-simulator", "update_id": "ours-1", "service_request_id": "B-1001", "status": "OPEN",
    "updated_datetime": "2026-06-04T08:00:00Z", "description": "More <b>tyres</b>",
    "media_url": "https://forms.example.org/photos/two",
}  # fmt: skip


def add(running: Running, **changes: str) -> requests.Response:
    address = f"{running.open311()}/servicerequestupdates.json"
    return requests.post(address, data={**ADDED, **changes}, timeout=5)


def test_a_resent_update_is_a_second_update_and_the_case_shows_both(running: Running) -> None:
    post(running)
    ids = [add(running).json()[0]["update_id"] for _ in range(2)]
    assert len(set(ids)) == 2
    assert requests.get(f"{running.address}/boston/added.json", timeout=5).json() == {"ours-1": 2}
    listed = requests.get(f"{running.open311()}/servicerequestupdates.json", timeout=5).json()
    assert [(each["update_id"], each["update_id_ext"]) for each in listed] == [
        (each, "ours-1") for each in ids
    ]
    page = requests.get(f"{running.address}/boston/cases/B-1001", timeout=5).text
    assert page.count("From the customer") == 2
    assert "More &lt;b&gt;tyres&lt;/b&gt;" in page
    assert 'src="https://forms.example.org/photos/two"' in page


@pytest.mark.parametrize(
    ("changes", "status"),
    [
        ({"api_key": "x"}, 403),
        ({"update_id": ""}, 400),
        ({"description": ""}, 400),
        ({"service_request_id": "B-1002"}, 404),
    ],
)
def test_it_refuses_an_update_that_lacks_something(
    running: Running, changes: dict[str, str], status: int
) -> None:
    post(running)
    assert add(running, **changes).status_code == status
    assert requests.get(f"{running.address}/boston/added.json", timeout=5).json() == {}


def test_what_a_customer_adds_is_no_word_of_the_office(running: Running) -> None:
    post(running)
    memory = running.simulator.memory
    memory.change(memory.cases("boston")[0], "fixed", "Cleared")
    add(running, status="REOPEN")
    (case,) = memory.cases("boston")
    assert (case.status, case.words) == ("reopened", "Cleared")


@pytest.mark.parametrize(
    ("changes", "status"),
    [({"api_key": "x"}, 403), ({"service_code": ""}, 400), ({"description": ""}, 400), ({"lat": ""}, 400)],
)
def test_it_refuses_as_geo_report_does(running: Running, changes: dict[str, str], status: int) -> None:
    answer = post(running, **changes)
    assert answer.status_code == status
    assert answer.json()[0].keys() == {"code", "description"}
    assert effects(running) == {}


@pytest.mark.parametrize(
    ("kind", "answers", "taken"),
    [
        ("error_before", 500, 0), ("error_after", 500, 1), ("reset_before", None, 0),
        ("reset_after", None, 1),
        ("half_reply", None, 1), ("no_id", 200, 1), ("token", 200, 1), ("late", None, 0), ("slow", 200, 1),
        ("refuse_503", 503, 0), ("bad_request_400", 400, 0),
    ],
)  # fmt: skip
def test_each_fault_does_what_it_says_once(
    running: Running, kind: str, answers: int | None, taken: int
) -> None:
    asked = {"kind": kind, "seconds": 0.2, "next": 1}
    assert requests.post(f"{running.address}/boston/faults", json=asked, timeout=5).json() == {
        "in_force": [kind]
    }
    if answers is None:
        with pytest.raises(requests.RequestException):
            post(running)
    else:
        assert post(running).status_code == answers
    assert effects(running).get("BOS-1", 0) == taken
    if kind == "late":
        time.sleep(0.3)
        assert effects(running) == {"BOS-1": 1}
    assert post(running, **{"attribute[external_reference]": "BOS-2"}).json()[0]["service_request_id"]


def test_every_kind_of_fault_is_tested_above() -> None:
    marks = test_each_fault_does_what_it_says_once.pytestmark  # type: ignore[attr-defined]
    assert {case[0] for case in marks[0].args[1]} == set(KINDS)


def test_faults_are_for_some_calls_in_a_hundred_and_by_seed() -> None:
    def befallen(seed: int) -> list[bool]:
        faults = Faults(seed)
        faults.add("boston", Fault("error_before", 0, probability=0.3))
        return [faults.take("boston", "post") is not None for _ in range(300)]

    assert befallen(1) == befallen(1) != befallen(2)
    assert 60 < sum(befallen(1)) < 120


def test_faults_befall_only_the_calls_and_the_council_they_are_for(running: Running) -> None:
    asked = {"kind": "error_before", "on": "get"}
    requests.post(f"{running.address}/boston/faults", json=asked, timeout=5)
    assert requests.get(f"{running.open311()}/services.json", timeout=5).status_code == 500
    assert requests.get(f"{running.open311('south-holland')}/services.json", timeout=5).ok
    assert post(running).ok
    requests.post(f"{running.address}/boston/faults/clear", timeout=5)
    assert requests.get(f"{running.open311()}/services.json", timeout=5).ok


@pytest.mark.parametrize(
    "told", [{}, {"kind": "x"}, {"kind": "slow", "seconds": "x"}, {"kind": "slow", "probability": 2},
             {"kind": "slow", "next": "-1"}, {"kind": "slow", "on": "put"}],
)  # fmt: skip
def test_a_fault_that_makes_no_sense_is_told_so(told: dict[str, object], running: Running) -> None:
    with pytest.raises(ValueError):
        read(told)
    assert requests.post(f"{running.address}/boston/faults", json=told, timeout=5).status_code == 400
    page = requests.post(f"{running.address}/boston/faults", data=told, timeout=5)
    assert page.status_code == 400
    assert "There is a problem" in page.text


def test_moving_a_case_on_pushes_signed_news(tmp_path: Path, httpserver: HTTPServer) -> None:
    httpserver.expect_ordered_request("/callbacks/boston/street-scene").respond_with_data(status=500)
    httpserver.expect_ordered_request("/callbacks/boston/street-scene").respond_with_data(status=204)
    simulator = build(tmp_path, callbacks=httpserver.url_for("/"), push_secret="shared")
    case = simulator.memory.open_case("boston", list(FORM.items()))
    with httpserver.wait(timeout=5):
        moved = simulator.post(f"/boston/cases/{case.id}", {"status": "fixed", "words": "Cleared"}, False)
    assert moved.status == 303
    (request, _), *again = httpserver.log
    assert signing.verify(["shared"], request.headers[signing.HEADER], request.data, time.time())
    told = json.loads(request.data)["updates"]
    assert told[0]["update_id"] == "B-1001-1"
    assert told[0]["status"] == "fixed"
    polled = simulator.open311.get("boston", "servicerequestupdates.json", {})
    assert json.loads(polled.body) == told
    assert all(call.data == request.data for call, _ in again)  # tried again, the same
    simulator.memory.close()


def test_each_connector_of_a_council_has_an_office_of_its_own(tmp_path: Path, httpserver: HTTPServer) -> None:
    httpserver.expect_ordered_request("/callbacks/east-lindsey/revenues").respond_with_data(status=204)
    simulator = build(tmp_path, callbacks=httpserver.url_for("/"), push_secret="shared")
    memory = simulator.memory
    case = memory.open_case("east-lindsey-revenues", list(FORM.items()))
    assert case.id == "ELR-1001"
    assert memory.cases("east-lindsey") == memory.cases("east-lindsey-customer-services") == []
    with httpserver.wait(timeout=5):
        simulator.post(f"/east-lindsey-revenues/cases/{case.id}", {"status": "investigating"}, False)
    assert json.loads(simulator.open311.get("east-lindsey", "servicerequestupdates.json", {}).body) == []
    memory.close()


def test_what_is_not_about_a_place_needs_none(running: Running) -> None:
    assert post(running, service_code="MOVE", lat="").status_code == 200


def test_closing_needs_a_reason_and_moving_on_does_not(running: Running) -> None:
    post(running)
    address = f"{running.address}/boston/cases/B-1001"
    refused = requests.post(address, data={"status": "fixed", "words": "  "}, timeout=5)
    assert refused.status_code == 400
    assert "Tell the resident why" in refused.text
    assert requests.post(address, data={"words": "x"}, timeout=5).status_code == 400
    assert requests.post(address, data={"status": "in_progress"}, timeout=5).ok
    done = requests.post(address, data={"status": "fixed", "words": "Cleared"}, timeout=5)
    assert "Resolved" in done.text
    assert "Open it again" in done.text


def test_pages_show_what_came_and_run_nothing_of_it(running: Running) -> None:
    post(running)
    for path in (
        "/",
        "/boston/",
        "/boston/cases/B-1001",
        "/boston/faults",
        "/mailbox/",
        "/nothing",
        "/boston/x",
    ):
        page = requests.get(running.address + path, timeout=5)
        assert page.status_code == (404 if path in ("/nothing", "/boston/x") else 200)
        assert page.text.count("<h1") == 1
        assert "<script" not in page.text
        assert "style=" not in page.text
        assert page.headers["Content-Security-Policy"].startswith("default-src 'none'")
    case = requests.get(f"{running.address}/boston/cases/B-1001", timeout=5).text
    assert "Tyres &lt;script&gt;" in case
    assert 'src="https://forms.example.org/photos/one"' in case
    assert "BOS-1" in case


def test_lists_follow_what_happens_unless_paused(running: Running) -> None:
    for path in ("/", "/boston/", "/mailbox/"):
        assert 'http-equiv="refresh"' in requests.get(running.address + path, timeout=5).text
        assert 'http-equiv="refresh"' not in requests.get(f"{running.address}{path}?pause=1", timeout=5).text


@pytest.mark.parametrize(
    "headers", [{"Origin": "https://evil.example"}, {"Sec-Fetch-Site": "cross-site"}, {"Origin": "null"}]
)
def test_another_sites_page_can_change_nothing(running: Running, headers: dict[str, str]) -> None:
    post(running)
    for path in ("/boston/cases/B-1001", "/boston/faults"):
        told = {"status": "in_progress", "kind": "slow"}
        assert requests.post(running.address + path, data=told, headers=headers, timeout=5).status_code == 403
    assert running.simulator.memory.cases("boston")[0].status == "open"


def test_many_at_once_are_all_taken(running: Running) -> None:
    def some() -> None:
        for _ in range(10):
            post(running)

    threads = [threading.Thread(target=some) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert effects(running) == {"BOS-1": 80}


def test_it_remembers_over_a_restart(tmp_path: Path) -> None:
    for taken in (1, 2):
        memory = Memory(tmp_path)
        memory.open_case("boston", list(FORM.items()))
        assert memory.effects("boston") == {"BOS-1": taken}
        memory.close()


def test_the_program_starts_says_where_and_stops(tmp_path: Path) -> None:
    program = [
        sys.executable,
        "-m",
        "integrations.simulator",
        "--port",
        "0",
        "--smtp-port",
        "0",
        "--home",
        str(tmp_path),
    ]
    with subprocess.Popen(program, stdout=subprocess.PIPE, text=True) as running:
        assert running.stdout
        address = running.stdout.readline().split()[-1]
        assert requests.get(address, timeout=5).ok
        running.terminate()
        assert running.wait(10) == 0


def test_a_taken_port_gets_one_clear_line(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        program = [sys.executable, "-m", "integrations.simulator", "--port", port, "--home", str(tmp_path)]
        ended = subprocess.run(program, capture_output=True, text=True, timeout=20, check=False)
    assert ended.returncode == 1
    assert ended.stderr.startswith("simulator: cannot start: Address already in use")
    assert ended.stderr.count("\n") == 1
