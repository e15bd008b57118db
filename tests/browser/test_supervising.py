"""The pages of supervisors and auditors in a real browser, over the demonstration's contacts, judged by axe."""

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from selfservice import clock
from selfservice.database import Database
from selfservice.domain.people import Channel, Role
from selfservice.operations import approving
from tests.browser.conftest import Demo, Visitor
from tests.factories.people import a_contact, a_customer, a_member_of_staff, as_staff

pytestmark = pytest.mark.browser

Come = Callable[[int, bool], Visitor]
SignIn = Callable[[Visitor, str], None]
PAGES = {
    "supervisor": {
        "live": "/supervise/",
        "figures": "/supervise/figures",
        "figures-of-one": "/supervise/figures?council=boston&service=fly-tipping",
        "figures-wrong": "/supervise/figures?from=2026-13-01",
        "patterns": "/supervise/patterns",
    },
    "auditor": {
        "patterns-with-lines": "/supervise/patterns",
        "record": "/supervise/record",
        "record-without-lines": "/supervise/record?what=nothing",
    },
}


def a_request(kept: Database, width: int) -> str:
    """An agent's request to open a restricted record; its id."""
    now, roles = clock.now(), [("boston", Role.AGENT)]
    with kept.write() as session:
        email = f"asks-{width}@example.org"
        actor = as_staff(a_member_of_staff(session, "Agnes Asks", now, email=email, roles=roles), roles)
        person = a_customer(session, f"Greta Guarded-{width}", now, councils=["boston"], restricted=True)
        a_contact(session, actor.id, "boston", now, Channel.PHONE)
        return approving.ask(session, actor, person.id, "She has called about her assisted collection", now)


@pytest.mark.parametrize(("width", "scripts"), [(360, True), (1280, True), (320, False)])
def test_everybody_can_use_every_page(
    visitor: Come, demo: Demo, kept: Database, sign_in: SignIn, width: int, scripts: bool
) -> None:
    """320 pixels are what a screen of 1280 has at a zoom of four."""
    someone, request = visitor(width, scripts), a_request(kept, width)
    page = someone.page
    for role, pages in PAGES.items():
        page.context.clear_cookies()
        sign_in(someone, role)
        for name, address in pages.items():
            page.goto(f"{demo.web}{address}")
            someone.judged(f"supervise-{name}")
            page.locator("details").evaluate_all("all => all.forEach(each => { each.open = true })")
            someone.judged(f"supervise-{name}-open")
    page.get_by_role("button", name="Check it now").click()
    expect(page.locator("#chain ~ p").first).to_contain_text("was as it was written")
    page.context.clear_cookies()
    sign_in(someone, "supervisor")
    page.goto(f"{demo.web}/supervise/approvals/{request}")
    someone.judged("supervise-decide")
    page.get_by_role("button", name="Say no").click()
    expect(page.locator(".notice")).to_contain_text("They were told no")


def test_charts_can_be_read_in_colours_of_ones_own_and_on_paper(
    visitor: Come, demo: Demo, sign_in: SignIn
) -> None:
    someone = visitor(360, True)
    sign_in(someone, "supervisor")
    page = someone.page
    page.goto(f"{demo.web}/supervise/figures")
    bar, second = page.locator(".chart__bar--0").first, page.locator(".chart__bar--1").first

    def colour(what: str) -> tuple[str, str]:
        drawn = f"each => getComputedStyle(each).{what}"
        return bar.evaluate(drawn), second.evaluate(drawn)

    page.emulate_media(forced_colors="active")
    first, other = colour("fill")
    assert first != other
    assert len(set(colour("stroke"))) == 1
    assert bar.evaluate("each => getComputedStyle(each).fill") == page.locator(
        ".chart__words"
    ).first.evaluate("each => getComputedStyle(each).fill")
    page.emulate_media(forced_colors="none", media="print")
    expect(bar).to_be_visible()
    expect(page.locator(".supervise-filter")).to_be_hidden()
    small = page.locator(".chart__words").first.evaluate("each => each.getBoundingClientRect().height")
    assert small >= 11
