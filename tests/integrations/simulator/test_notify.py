"""The simulated GOV.UK Notify: what it takes, its faults, and the text messages beside the e-mails."""

import sqlite3
import time
from pathlib import Path
from typing import Any

import pytest
import requests

from integrations.contract import Unavailable, Unconfirmed
from integrations.messages.texts import Text, Texter
from integrations.simulator.cases import Memory
from integrations.simulator.faults import KINDS
from tests.factories.phones import NOTIFY_KEY, TEMPLATE
from tests.integrations.conftest import Running

BEARER = {"Authorization": "Bearer one.two.three"}
TOLD = {
    "phone_number": "+447700900123",
    "template_id": TEMPLATE,
    "personalisation": {"message": "Boston <b>Council</b>: go on at http://localhost/return/abc now"},
    "reference": "D1",
}


def post(running: Running, headers: dict[str, str] = BEARER, **changes: Any) -> requests.Response:
    address = f"{running.address}/v2/notifications/sms"
    return requests.post(address, json={**TOLD, **changes}, headers=headers, timeout=5)


def listed(running: Running, **asked: str) -> Any:
    answer = requests.get(f"{running.address}/v2/notifications", params=asked, headers=BEARER, timeout=5)
    return answer.json()["notifications"]


def test_what_it_takes_is_listed_by_reference_as_often_as_it_was_sent(running: Running) -> None:
    taken = [post(running) for _ in range(2)]
    assert [answer.status_code for answer in taken] == [201, 201]
    assert taken[0].json()["reference"] == "D1"
    assert [each["id"] for each in listed(running, reference="D1")] == [
        answer.json()["id"] for answer in reversed(taken)
    ]
    assert listed(running, reference="D2") == []
    assert len(listed(running)) == 2


@pytest.mark.parametrize(
    ("changes", "status"),
    [
        ({"headers": {}}, 401),
        ({"headers": {"Authorization": "Bearer one"}}, 401),
        ({"phone_number": "Ada"}, 400),
        ({"template_id": ""}, 400),
        ({"personalisation": {}}, 400),
        ({"personalisation": None}, 400),
    ],
)
def test_it_refuses_as_notify_does(running: Running, changes: dict[str, Any], status: int) -> None:
    answer = post(running, **changes)
    assert answer.status_code == status
    assert answer.json()["errors"][0].keys() == {"error", "message"}
    assert listed(running) == []


# What each fault comes to: how many messages there are, and whether whoever sends can tell.
FAULTS = {
    "slow": (1, None),
    "token": (1, None),
    "error_before": (0, Unconfirmed),
    "error_after": (1, Unconfirmed),
    "reset_before": (0, Unconfirmed),
    "reset_after": (1, Unconfirmed),
    "half_reply": (1, Unconfirmed),
    "no_id": (1, Unconfirmed),
    "late": (0, Unconfirmed),
    "refuse_503": (0, Unavailable),
    "bad_request_400": (0, Exception),
}


@pytest.mark.parametrize("kind", KINDS)
def test_each_fault_does_what_it_says_once(running: Running, kind: str) -> None:
    sends, text = Texter(running.address, NOTIFY_KEY, TEMPLATE), Text("D1", "+447700900123", "Hello")
    asked = {"kind": kind, "seconds": 0.2, "next": 1}
    assert requests.post(f"{running.address}/notify/faults", json=asked, timeout=5).ok
    taken, error = FAULTS[kind]
    if error is None:
        sends.send(text)
    else:
        with pytest.raises(error):
            sends.send(text)
    assert len(listed(running)) == taken
    if kind == "late":
        time.sleep(0.3)
        assert len(listed(running)) == 1
    sends.send(Text("D2", "+447700900123", "Hello"))
    assert sends.find("D2")


def test_questions_go_wrong_when_asked_to(running: Running) -> None:
    for kind in ("error_before", "half_reply"):
        asked = {"kind": kind, "on": "get", "next": 1}
        requests.post(f"{running.address}/notify/faults", json=asked, timeout=5)
        with pytest.raises(Unavailable):
            Texter(running.address, NOTIFY_KEY, TEMPLATE).find("D1")


def test_a_text_message_stands_among_the_e_mails_marked_as_one_with_its_number(running: Running) -> None:
    running.simulator.memory.keep_mail("1", "b@example.org", "a@example.org", "Your report", "Hello", False)
    post(running)
    mailbox = requests.get(f"{running.address}/mailbox/", timeout=5).text
    assert mailbox.index("+447700900123") < mailbox.index("a@example.org")
    assert mailbox.count("Text message</span>") == 1
    page = requests.get(f"{running.address}/mailbox/2", timeout=5).text
    assert "<h1>Text message</h1>" in page
    assert "+447700900123" in page
    assert '<a href="http://localhost/return/abc">' in page
    assert "&lt;b&gt;" in page
    told = requests.get(f"{running.address}/mailbox/messages.json", timeout=5).json()
    assert [(mail["medium"], mail["recipient"]) for mail in told] == [
        ("sms", "+447700900123"),
        ("email", "a@example.org"),
    ]


def test_its_faults_have_a_page_that_leads_back_to_the_mailbox(running: Running) -> None:
    page = requests.get(f"{running.address}/notify/faults", timeout=5).text
    assert "Faults of GOV.UK Notify" in page
    assert 'href="/mailbox/"' in page
    done = requests.post(f"{running.address}/notify/faults", data={"kind": "slow"}, timeout=5)
    assert "In force now" in done.text
    assert "1 fault in force" in requests.get(f"{running.address}/mailbox/", timeout=5).text
    wrong = requests.post(f"{running.address}/notify/faults", data={"kind": "x"}, timeout=5)
    assert wrong.status_code == 400
    assert "There is a problem" in wrong.text


def test_a_mailbox_kept_before_there_were_text_messages_goes_on(tmp_path: Path) -> None:
    with sqlite3.connect(tmp_path / "simulator.sqlite3") as old:
        old.execute(
            "CREATE TABLE mails (id INTEGER PRIMARY KEY AUTOINCREMENT, received REAL NOT NULL,"
            " message_id TEXT NOT NULL, sender TEXT NOT NULL, recipient TEXT NOT NULL,"
            " subject TEXT NOT NULL, body TEXT NOT NULL, duplicate INTEGER NOT NULL)"
        )
        old.execute("INSERT INTO mails VALUES (1, 1.0, 'm', 's', 'r', 'A subject', 'A body', 0)")
    old.close()
    memory = Memory(tmp_path)
    memory.keep_mail("D1", "s", "+447700900123", "", "Hello", False, medium="sms")
    assert [mail.medium for mail in memory.mails()] == ["sms", "email"]
    memory.close()
