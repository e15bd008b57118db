"""Figures on a page: those that are asked for, all of them agreeing with each other, one's own councils' alone."""

import csv
import io
import re
from datetime import timedelta

import lxml.html

from selfservice import clock
from selfservice.domain.moments import LONDON
from selfservice.domain.people import Role
from tests.factories.agents import AgentBrowser
from tests.selfservice.web.supervise.conftest import Centre, Signed

OF_CONTACTS = (
    "time-by-channel",
    "time-by-service",
    "contacts-by-day",
    "contacts-by-weekday",
    "contacts-by-hour",
)
OF_SUBMISSIONS = ("assisted-by-week", "assisted-by-service")
EVERY = (*OF_CONTACTS, *OF_SUBMISSIONS, "repeats-by-service", "time-by-agent")


def table(browser: AgentBrowser, name: str, query: str = "") -> list[dict[str, str]]:
    """A table as it is downloaded, its last row that of all of them."""
    answer = browser.client.get(f"/supervise/figures/{name}.csv{query}")
    assert answer.status_code == 200
    return list(csv.DictReader(io.StringIO(answer.get_data().decode("utf-8-sig"), newline="")))


def columns(rows: list[dict[str, str]], name: str) -> tuple[int, int]:
    """The sum of a column, and what stands in the row of all."""
    return sum(int(row[name]) for row in rows[:-1]), int(rows[-1][name])


def test_all_figures_agree_with_each_other(signed: Signed, centre: Centre) -> None:
    browser = signed(Role.SUPERVISOR, "boston")
    tables = {name: table(browser, name) for name in EVERY}
    contacts = {
        columns(tables[name], "Contacts")
        for name in (*OF_CONTACTS[:4], "repeats-by-service", "time-by-agent")
    }
    assert contacts == {(12, 12)}
    assert columns(tables["contacts-by-hour"], "All") == (12, 12)
    days = [int(tables["contacts-by-hour"][-1][each["Day"]]) for each in tables["contacts-by-weekday"][:-1]]
    assert days == [int(each["Contacts"]) for each in tables["contacts-by-weekday"][:-1]]
    totals = {
        columns(tables[name], "Total (seconds)")
        for name in ("time-by-channel", "time-by-service", "time-by-agent")
    }
    assert totals == {(60 * 78, 60 * 78)}
    repeats = {
        columns(tables[name], "Repeats")
        for name in ("time-by-channel", "time-by-service", "repeats-by-service")
    }
    assert len(repeats) == 1
    ((every, in_all),) = repeats
    assert every == in_all > 0
    assert {columns(tables[name], "Submissions") for name in OF_SUBMISSIONS} == {(4, 4)}
    assert {columns(tables[name], "Helped with") for name in OF_SUBMISSIONS} == {(1, 1)}
    page = lxml.html.document_fromstring(browser.open("/supervise/figures").text)
    key = {
        each.find("dt").text: each.find("dd").text for each in page.xpath("//dl[@class='key-figures']/div")
    }
    assert key["Contacts"] == "12"
    assert key["Active time"] == "1 h 18 min"
    assert key["Repeat contacts"] == f"{every / 12 * 100:.0f}%"
    assert key["Submissions helped with"] == "25%"


def test_what_a_table_shows_is_what_its_file_says(signed: Signed, centre: Centre) -> None:
    browser = signed(Role.SUPERVISOR, "boston")
    page = lxml.html.document_fromstring(browser.open("/supervise/figures").text)
    shown = page.xpath("//section[@aria-labelledby='time-by-channel']//tr")
    rows = [[cell.text_content().strip() for cell in row.xpath("th | td")] for row in shown]
    assert rows[0] == ["Channel", "Contacts", "Median", "9 in 10 within", "Total", "Repeats"]
    told = table(browser, "time-by-channel")
    assert [(row[0], row[1]) for row in rows[1:]] == [(each["Channel"], each["Contacts"]) for each in told]
    assert rows[-1][2:5] == ["6 min 0 s", "11 min 0 s", "1 h 18 min"]
    assert [told[-1][f"{name} (seconds)"] for name in ("Median", "9 in 10 within", "Total")] == [
        "360",
        "660",
        "4680",
    ]


def test_every_chart_has_a_title_words_a_table_and_a_file(signed: Signed, centre: Centre) -> None:
    browser = signed(Role.SUPERVISOR, "boston")
    page = lxml.html.document_fromstring(browser.open("/supervise/figures").text)
    cards = page.xpath("//section[contains(@class, 'chart-card')]")
    assert [card.get("aria-labelledby") for card in cards] == list(EVERY)
    for card in cards:
        (drawing,) = card.xpath(".//*[local-name()='svg']")
        assert drawing.get("role") == "img"
        assert all(
            drawing.xpath(f"./*[local-name()='{name}']")[0].text_content() for name in ("title", "desc")
        )
        assert card.xpath(".//details//table")
        (link,) = card.xpath(".//a[@download]")
        assert browser.client.get(link.get("href")).mimetype == "text/csv"


def test_agents_are_told_apart_for_supervisors_alone(signed: Signed, centre: Centre) -> None:
    supervisor = signed(Role.SUPERVISOR, "boston")
    assert [row["Agent"] for row in table(supervisor, "time-by-agent")] == ["Priya Vos", "All"]
    for role in (Role.SERVICE_OWNER, Role.AUDITOR):
        browser = signed(role, "boston")
        assert "Priya Vos" not in browser.open("/supervise/figures").text
        assert browser.client.get("/supervise/figures/time-by-agent.csv").status_code == 404


def test_another_councils_figures_are_not_there(signed: Signed, centre: Centre) -> None:
    one, both = signed(Role.SUPERVISOR, "boston"), signed(Role.SUPERVISOR, "boston", "east-lindsey")
    for address in ("/supervise/figures", "/supervise/figures/time-by-channel.csv"):
        for unknown in ("council=east-lindsey", "council=nowhere", "service=no-such-service"):
            assert one.client.get(f"{address}?{unknown}").status_code == 404
    assert "Canary" not in one.open("/supervise/figures").text
    counted = [
        columns(table(both, "time-by-channel", query), "Contacts")[1] for query in ("", "?council=boston")
    ]
    assert counted == [24, 12]
    of_one_service = table(both, "time-by-service", "?council=boston&service=fly-tipping")
    assert [row["Service"] for row in of_one_service] == ["Report fly-tipping", "All"]


def test_the_days_asked_for_are_those_shown(signed: Signed, centre: Centre) -> None:
    browser = signed(Role.SUPERVISOR, "boston")
    yesterday = (clock.now() - timedelta(days=1)).astimezone(LONDON).date()
    query = f"?from={yesterday}&to={yesterday}"
    assert columns(table(browser, "time-by-channel", query), "Contacts") == (1, 1)
    assert [row["Day"] for row in table(browser, "contacts-by-day", query)] == [yesterday.isoformat(), "All"]
    page = browser.open(f"/supervise/figures{query}").text
    assert f"time-by-channel.csv?from={yesterday}&amp;to={yesterday}" in page
    assert len(table(browser, "contacts-by-day")) == 31


WRONG = {
    "from=soon": ("from", "Enter the first day as a date"),
    "to=2026-02-30": ("to", "Enter the last day as a date"),
    "from=2026-03-02&to=2026-03-01": ("to", "not before the first day"),
    "from=2024-03-01&to=2026-03-01": ("from", "at most a year before"),
}


def test_days_that_make_no_period_are_told_beside_their_box(signed: Signed) -> None:
    browser = signed(Role.SUPERVISOR, "boston")
    for query, (field, words) in WRONG.items():
        answer = browser.open(f"/supervise/figures?{query}")
        assert answer.status_code == 422
        assert words in answer.text
        assert re.search(rf'id="{field}-error"', answer.text)
        assert "chart-card" not in answer.text
        assert browser.client.get(f"/supervise/figures/time-by-channel.csv?{query}").status_code == 404


def test_a_period_without_anything_is_told_so(signed: Signed, centre: Centre) -> None:
    browser = signed(Role.SUPERVISOR, "boston")
    page = browser.open("/supervise/figures?from=2020-01-01&to=2020-01-31").text
    assert page.count("Nothing in this period.") >= 5
    assert columns(table(browser, "contacts-by-day", "?from=2020-01-01&to=2020-01-31"), "Contacts") == (0, 0)
