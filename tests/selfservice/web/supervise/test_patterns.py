"""What is worth a look on a page: found, drawn, and linked to the lines for who may read them."""

import re
from datetime import timedelta

from selfservice import clock
from selfservice.domain.moments import LONDON
from selfservice.domain.people import Role
from tests.selfservice.web.supervise.conftest import Centre, Signed


def test_what_was_found_and_drawn_is_told_by_agent_and_id_and_no_customers_name(
    signed: Signed, centre: Centre
) -> None:
    page = signed(Role.SUPERVISOR, "boston").open("/supervise/patterns").text
    assert "Priya Vos" in page
    assert "Reporting or asking for something" in page
    for hidden in ("Hidden", "Unseen", "Canary", "/supervise/record"):
        assert hidden not in page


def test_auditors_get_to_the_lines_and_the_lines_are_there(signed: Signed, centre: Centre) -> None:
    browser = signed(Role.AUDITOR, "boston")
    page = browser.open("/supervise/patterns").text
    today = clock.now().astimezone(LONDON).date()
    address = f"/supervise/record?council=boston&amp;day={today}&amp;staff={centre.agent}&amp;customer="
    assert address in page
    start = page.index(address)
    lines = browser.open(page[start : page.index('"', start)].replace("&amp;", "&")).text
    assert re.findall(r'class="look__what">(\w+)<', lines) == ["helping_started"]


def test_weeks_can_be_gone_through_but_not_into_the_future(signed: Signed, centre: Centre) -> None:
    browser = signed(Role.SUPERVISOR, "boston")
    today = clock.now().astimezone(LONDON).date()
    assert "The week after" not in browser.open("/supervise/patterns").text
    assert "The week after" not in browser.open(f"/supervise/patterns?until={today + timedelta(days=3)}").text
    before = browser.open(f"/supervise/patterns?until={today - timedelta(days=7)}").text
    assert "The week after" in before
    assert "Nothing stands out" in before


def test_another_councils_patterns_are_not_there(signed: Signed, centre: Centre) -> None:
    browser = signed(Role.AUDITOR, "east-lindsey")
    assert browser.client.get("/supervise/patterns?council=boston").status_code == 404
    page = browser.open("/supervise/patterns?council=east-lindsey").text
    assert "Elsewhere Canary" in page
    assert "Priya Vos" not in page
