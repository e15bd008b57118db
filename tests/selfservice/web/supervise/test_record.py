"""The record on a page: filtered, page by page, to take away, proven; for auditors of that council, and noted."""

import csv
import io
import re

import pytest
import sqlalchemy as sa

from selfservice import clock
from selfservice.domain.people import SYSTEM, Actor, ActorKind, Role
from selfservice.installation import Installation
from selfservice.operations import reading_record
from selfservice.store.timeline import TimelineEventRow, write_line
from tests.selfservice.web.supervise.conftest import Centre, Signed

LINE = re.compile(r'class="look__what">(\w+)<')


def reads(installation: Installation) -> list[dict[str, object]]:
    with installation.database.read() as session:
        found = sa.select(TimelineEventRow.detail).where(TimelineEventRow.what == "record_read")
        return list(session.scalars(found.order_by(TimelineEventRow.at, TimelineEventRow.id)))


def test_the_lines_of_the_council_are_told_with_names_of_staff_and_ids_of_the_rest(
    signed: Signed, centre: Centre, installation: Installation
) -> None:
    browser = signed(Role.AUDITOR, "boston")
    page = browser.open("/supervise/record").text
    assert "opening_asked" in page
    assert "Priya Vos" in page
    assert centre.customer in page
    for hidden in ("Hidden", "Unseen", "Called from", "Canary"):
        assert hidden not in page
    assert reads(installation) == [{"lines": len(LINE.findall(page))}]
    assert "record_read" in browser.open("/supervise/record").text


def test_a_page_holds_fifty_and_the_older_ones_follow_each_once(
    signed: Signed, installation: Installation
) -> None:
    with installation.database.write() as session:
        for number in range(120):
            write_line(session, SYSTEM, "boston", None, f"line{number}", "", clock.now())
    browser = signed(Role.AUDITOR, "boston")
    seen: list[str] = []
    address: str | None = "/supervise/record?day="
    while address:
        page = browser.open(address).text
        found = re.search(r'href="([^"]+)" rel="next"', page)
        address = found[1].replace("&amp;", "&") if found else None
        seen += [each for each in LINE.findall(page) if each.startswith("line")]
    assert sorted(seen) == sorted(f"line{number}" for number in range(120))


def test_an_address_that_was_tampered_with_begins_at_the_latest(
    signed: Signed, installation: Installation
) -> None:
    with installation.database.write() as session:
        write_line(session, SYSTEM, "boston", None, "opened", "", clock.now())
    browser = signed(Role.AUDITOR, "boston")
    for before in ("x", "1.", "99999999999999999999.id", "-1.id", "٣.id", "1"):
        assert "opened" in browser.open(f"/supervise/record?before={before}").text


def test_lines_are_found_by_who_about_whom_what_and_when(
    signed: Signed, centre: Centre, installation: Installation
) -> None:
    browser = signed(Role.AUDITOR, "boston")
    asked = f"staff={centre.agent}&customer={centre.customer}&what=opening_asked"
    assert LINE.findall(browser.open(f"/supervise/record?{asked}").text) == ["opening_asked"]
    assert "There is no such line" in browser.open(f"/supervise/record?{asked}&day=2020-01-01").text
    assert reads(installation)[0] == {
        "staff": centre.agent, "customer": centre.customer, "what": "opening_asked", "lines": 1,
    }  # fmt: skip


@pytest.mark.parametrize("typed", ["Nora Quill", "mary@example.org", "PE21 6RY", "0198f2a0", "<b>"])
def test_a_customer_is_asked_for_by_id_alone_and_nothing_else_that_is_typed_is_kept(
    signed: Signed, centre: Centre, installation: Installation, typed: str
) -> None:
    browser = signed(Role.AUDITOR, "boston")
    page = browser.client.get("/supervise/record", query_string={"customer": typed})
    assert page.status_code == 422
    assert "Enter the customer’s id, such as it stands in a line of the record" in page.text
    assert LINE.findall(page.text) == []
    assert "There is no such line" not in page.text
    file = browser.client.get("/supervise/record.csv", query_string={"customer": typed})
    assert (file.status_code, file.location.partition("?")[0]) == (303, "/supervise/record")
    assert reads(installation) == []


@pytest.mark.parametrize("asked", ["staff=Nora+Quill", "what=Nora+Quill"])
def test_what_no_list_of_the_form_has_is_not_found_and_not_kept(
    signed: Signed, centre: Centre, installation: Installation, asked: str
) -> None:
    browser = signed(Role.AUDITOR, "boston")
    for address in ("/supervise/record", "/supervise/record.csv"):
        assert browser.client.get(f"{address}?{asked}").status_code == 404
    assert reads(installation) == []


def test_an_id_that_was_copied_in_capitals_is_the_same(signed: Signed, centre: Centre) -> None:
    page = signed(Role.AUDITOR, "boston").open(f"/supervise/record?customer={centre.customer.upper()}").text
    assert "opening_asked" in LINE.findall(page)


def test_the_file_says_the_same_as_the_page_and_is_noted_too(
    signed: Signed, centre: Centre, installation: Installation
) -> None:
    browser = signed(Role.AUDITOR, "boston")
    answer = browser.client.get(f"/supervise/record.csv?customer={centre.customer}")
    rows = list(csv.DictReader(io.StringIO(answer.get_data().decode("utf-8-sig"), newline="")))
    assert [(row["what"], row["name"], row["customer"]) for row in rows] == [
        ("opening_asked", "Priya Vos", centre.customer)
    ]
    assert rows[0]["detail"] == f"agent: {centre.agent} · approval: {centre.request}"
    assert reads(installation) == [{"customer": centre.customer, "lines": 1}]


def test_another_councils_record_is_not_there_by_any_way(
    signed: Signed, centre: Centre, installation: Installation
) -> None:
    browser = signed(Role.AUDITOR, "east-lindsey")
    token = browser.open("/supervise/record") and browser.hidden()
    for council in ("boston", "partnership", "nowhere"):
        for address in ("/supervise/record", "/supervise/record.csv"):
            assert browser.client.get(f"{address}?council={council}").status_code == 404
        told = {**token, "council": council}
        assert browser.client.post("/supervise/record/check", data=told).status_code == 404
    page = browser.open(f"/supervise/record?customer={centre.customer}").text
    assert "There is no such line" in page
    assert "Priya Vos" not in page
    assert len(reads(installation)) == 2


def test_whoever_audits_every_council_reads_what_is_none_of_theirs_alone(
    signed: Signed, installation: Installation
) -> None:
    with installation.database.write() as session:
        actor = Actor(ActorKind.RESIDENT, "somebody")
        write_line(session, actor, "partnership", None, "account_made", "", clock.now())
    of_all = signed(Role.AUDITOR, *installation.councils)
    assert "account_made" in of_all.open("/supervise/record?council=partnership").text


def test_the_record_is_proven_by_a_button_and_the_page_says_what_came_of_it(
    signed: Signed, centre: Centre, monkeypatch: pytest.MonkeyPatch
) -> None:
    browser = signed(Role.AUDITOR, "boston")
    assert "Nobody has checked it yet" in browser.open("/supervise/record").text
    assert "was as it was written" in browser.submit("/supervise/record/check").text
    monkeypatch.setattr(reading_record.recording, "verify", lambda *_: ["wrong", "wrong"])
    assert "2 things are not as they were written" in browser.submit("/supervise/record/check").text
    monkeypatch.setattr(reading_record, "MOST_CHECKED", 1)
    told = {**browser.hidden(), "council": "boston"}
    page = browser.client.post("/supervise/record/check", data=told, follow_redirects=True).text
    assert "it is checked by the command alone" in page
    assert "Check it now" not in page
