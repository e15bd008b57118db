"""Two people at once: a resident stuck on moving home, and the agent who helps from their own browser.

The form goes from hand to hand by a code and by a link in a text message; what is sent in the end names the resident
as the customer and the agent as whoever helped, everywhere it is told.
"""

import json
import re
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

import pytest
import sqlalchemy as sa
from playwright.sync_api import Page, expect

from integrations.simulator.cases import Memory
from selfservice import clock
from selfservice.database import Database
from selfservice.demo_people import STAFF
from selfservice.demo_staff import FILE, code_of
from selfservice.domain.moments import LONDON
from selfservice.store.submissions import SubmissionRow
from selfservice.store.timeline import TimelineEventRow
from tests.browser.conftest import Demo, Visitor
from tests.browser.test_walk import mails_to, on, press
from tests.factories import agents

pytestmark = pytest.mark.browser

Come = Callable[[int, bool], Visitor]
SECONDS = 20.0
AGENT = STAFF[0]
NAME, EMAIL, PHONE = "Rosa Samplewright", "rosa.samplewright@example.org", "+447700900145"
HELPED = "Priya Marsh of Customer Services helped you with it by phone."


@dataclass(frozen=True)
class Rosa:
    """The customer as the council knows her, and the database that says so."""

    id: str
    kept: Database


@pytest.fixture
def rosa(kept: Database) -> Rosa:
    with kept.write() as session:
        row = agents.mary(session, clock.now(), name=NAME, email=EMAIL, phone=PHONE)
    return Rosa(row.id, kept)


def address(page: Page, name: str, line: str, postcode: str) -> None:
    """Enter an address by hand."""
    page.locator(f"#{name}-postcode").fill(postcode)
    page.locator("main details summary").first.click()
    page.locator(f"#{name}-line1").fill(line)
    page.locator(f"#{name}-town").fill("Sampleton")
    press(page)


def date(page: Page, name: str, days: int) -> None:
    """Enter the day so many days from today."""
    day = clock.now().astimezone(LONDON) + timedelta(days=days)
    for part in ("day", "month", "year"):
        page.locator(f"#{name}-{part}").fill(str(getattr(day, part)))


def choose(page: Page, **chosen: str) -> None:
    for name, value in chosen.items():
        page.locator(f"[name={name}][value={value}]").check()


def sign_in(agent: Visitor, demo: Demo) -> None:
    """Sign the agent in at their desk."""
    page = agent.page
    logins = json.loads((demo.home / FILE).read_text(encoding="ascii"))
    page.goto(f"{demo.web}/staff/sign-in?next=/desk/")
    page.get_by_label("Email address").fill(AGENT.email)
    page.get_by_label("Password", exact=True).fill(
        next(login["password"] for login in logins if login["email"] == AGENT.email)
    )
    press(page, "Sign in")
    on(agent, "second-factor")
    page.get_by_label("Six-digit code").fill(code_of(demo.home, AGENT.email, clock.now()) or "")
    press(page)
    on(agent, "desk/")


def ask_for_help(resident: Visitor, demo: Demo) -> str:
    """Begin to tell of moving home, get stuck, and ask for help; the code on the screen."""
    page = resident.page
    page.goto(f"{demo.web}/boston/moving-home/")
    press(page, "Start now")
    on(resident, "old-address")
    address(page, "old_address", "1 Sample Street", "PE21 6RY")
    on(resident, "new-address")
    address(page, "new_address", "2 Sample Street", "PE21 6QR")
    on(resident, "account")
    press(page, "Get help with this form")
    on(resident, "help-from-us")
    resident.judged("help-asked")
    press(page, "Get a code")
    expect(page.locator(".govuk-error-summary")).to_contain_text("Select that you agree")
    resident.judged("help-error")
    page.get_by_label(re.compile("^I agree")).check()
    press(page, "Get a code")
    expect(page.locator("h1")).to_have_text("Tell the agent this code")
    resident.judged("help-code")
    return page.locator(".code").inner_text()


def open_by_code(agent: Visitor, code: str) -> None:
    page = agent.page
    page.get_by_role("link", name="I have a code for a form").click()
    on(agent, "desk/handover")
    agent.judged("desk-handover")
    page.get_by_label("Code").fill(code)
    press(page, "Open the form")
    on(agent, "account")
    expect(page.locator(".helping")).to_contain_text("somebody without a name")
    agent.judged("desk-handed-over")


def verify(agent: Visitor, demo: Demo, rosa: Rosa) -> None:
    """Say that it is Rosa, and check it fully."""
    page = agent.page
    page.goto(f"{demo.web}/desk/customers/{rosa.id}")
    agent.judged("desk-recognise")
    press(page, "This is who I am helping")
    on(agent, "account")
    page.goto(f"{demo.web}/desk/verify")
    page.locator("#date_of_birth").fill("3 April 1980")
    page.locator("#postcode").fill("pe21 6ry")
    page.locator("#phone").fill("900145")
    press(page, "Check")
    on(agent, "account")
    expect(page.locator(".helping")).to_contain_text(f"Helping {NAME}")
    expect(page.locator(".helping")).to_contain_text("checked: full")


def complete_half(agent: Visitor) -> None:
    page = agent.page
    date(page, "moved_out", 3)
    date(page, "moved_in", 4)
    choose(page, old_home="kept", old_furnished="empty", who_is_there="nobody")


def send_it_back(agent: Visitor) -> str:
    """Send the form to Rosa's own telephone; the code to say."""
    page = agent.page
    press(page, "Send to the customer")
    on(agent, "send-on")
    expect(page.get_by_label("07700 900145")).to_be_checked()
    page.get_by_label(re.compile("Read the declaration")).check()
    agent.judged("desk-send-on")
    press(page, "Send it")
    on(agent, "sent-on")
    agent.judged("desk-sent-on")
    return page.locator(".code").inner_text()


def link_in_text(page: Page, demo: Demo) -> str:
    """The link in the text message, at the address at which the tests find the demonstration."""
    until = time.monotonic() + SECONDS
    while time.monotonic() < until:
        for body in mails_to(page, demo, PHONE):
            if found := re.search(r"http://[^/\s]+(/handover/\S+)", body):
                return f"{demo.web}{found[1]}"
        time.sleep(0.2)
    raise AssertionError("no text message came")


def finish(resident: Visitor) -> str:
    """Answer what is left, and send it; its reference."""
    page = resident.page
    on(resident, "account")
    press(page)
    steps: dict[str, dict[str, str]] = {
        **{
            slug: {} for slug in ("dates", "old-home", "old-furnished", "old-home-now")
        },  # as the agent left them
        "new-home": {"new_home": "family"},
        "new-furnished": {"new_furnished": "furnished"},
        "who-was-there": {},
        "people": {},
        "single-discount": {"single_discount": "yes"},
        "direct-debit": {"direct_debit": "none"},
    }
    for slug, chosen in steps.items():
        on(resident, slug)
        choose(page, **chosen)
        press(page)
    on(resident, "about-you")
    page.locator("#name").fill(NAME)
    page.locator("#email").fill(EMAIL)
    press(page)
    on(resident, "declaration")
    page.locator("#declaration").check()
    press(page)
    on(resident, "check-answers")
    resident.judged("help-check-answers")
    page.locator("form[data-fresh] .govuk-button").first.click()
    on(resident, "sent")
    return page.locator(".reference").first.inner_text()


def test_a_resident_and_an_agent_fill_in_one_form_in_turn(demo: Demo, visitor: Come, rosa: Rosa) -> None:
    resident, agent = visitor(360, True), visitor(1280, True)
    code = ask_for_help(resident, demo)
    sign_in(agent, demo)
    open_by_code(agent, code)
    expect(resident.page.locator("h1")).to_have_text("An agent has your form at the moment", timeout=15_000)
    expect(resident.page.locator("[data-state]")).to_have_text("Priya Marsh has your form now")
    resident.judged("help-with-agent")

    verify(agent, demo, rosa)
    complete_half(agent)
    code = send_it_back(agent)
    resident.page.goto(link_in_text(resident.page, demo))
    resident.judged("handover-code")
    resident.page.get_by_label("Six-digit code").fill(code)
    press(resident.page, "Go on with the form")
    on(resident, "asked-for")
    resident.judged("handover-asked-for")
    agent.page.get_by_role("link", name="See whether they have opened it").click()
    expect(agent.page.locator("h1")).to_have_text("The customer has this form")
    agent.judged("desk-with-customer")
    agent.page.goto(f"{demo.web}/desk/")
    expect(agent.page.locator("main")).to_contain_text("with the customer since")
    agent.judged("desk-passed-on")

    resident.page.get_by_role("button", name="Go on", exact=True).click()
    reference = finish(resident)
    the_submission_names_both(rosa, reference)
    the_case_names_both(demo, reference)
    the_receipt_names_the_agent(resident.page, demo, reference)


def the_submission_names_both(rosa: Rosa, reference: str) -> None:
    with rosa.kept.read() as session:
        row = session.scalars(sa.select(SubmissionRow).where(SubmissionRow.reference == reference)).one()
        line = session.scalars(
            sa.select(TimelineEventRow).where(
                TimelineEventRow.submission_id == row.id, TimelineEventRow.what == "submitted"
            )
        ).one()
    assert (row.customer_id, row.actor_kind, row.channel) == (rosa.id, "resident", "web")
    assert (row.helper_name, row.helper_channel, row.verification) == (AGENT.name, "phone", 2)
    assert line.customer_id == rosa.id
    assert line.detail == {"helper": row.helper_id, "helper_channel": "phone", "verification": 2}


def the_case_names_both(demo: Demo, reference: str) -> None:
    """What the back office was sent, as the simulator keeps it."""
    memory, until = Memory(demo.home / "simulator"), time.monotonic() + SECONDS
    try:
        while not (cases := memory.cases("boston-revenues", reference=reference)):
            assert time.monotonic() < until, "no case came"
            time.sleep(0.2)
    finally:
        memory.close()
    told = cases[0].told
    assert (told("first_name"), told("last_name"), told("email")) == ("Rosa", "Samplewright", EMAIL)
    assert (told("attribute[channel]"), told("attribute[helped_by]")) == ("web", AGENT.name)
    assert (told("attribute[helped_channel]"), told("attribute[verification]")) == ("phone", "full")


def the_receipt_names_the_agent(page: Page, demo: Demo, reference: str) -> None:
    until = time.monotonic() + SECONDS
    while not any(reference in body and HELPED in body for body in mails_to(page, demo, EMAIL)):
        assert time.monotonic() < until, "no e-mail came that says who helped"
        time.sleep(0.2)
