"""The desk in a real browser: a missed bin told on the telephone, by keyboard alone, and every page judged by axe.

The figures of the first are in docs/proof/desk.md.
"""

import re
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta

import pytest
from playwright.sync_api import Page, expect
from sqlalchemy.orm import Session

from selfservice import clock
from selfservice.database import Database
from selfservice.domain.moments import LONDON
from tests.browser.conftest import Demo, Visitor
from tests.factories import agents

pytestmark = pytest.mark.browser

Come = Callable[[int, bool], Visitor]
SignIn = Callable[[Visitor, str], None]
MOST_LOADS, MOST_SECONDS = 8, 90.0
# How quick the fingers are: a key every twentieth of a second when going through fields, five a second when typing.
TAB_MS, TYPE_MS = 50, 200
NUMBER = "01632 960177"


@dataclass
class Keyboard:
    """A page that is used by its keyboard alone: counts what is pressed and how many pages were loaded."""

    page: Page
    loads: int = 0
    keys: int = 0
    held: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.page.on("load", lambda _page: self._loaded())

    def _loaded(self) -> None:
        self.loads += 1

    def press(self, key: str) -> None:
        """Press one key."""
        self.keys += 1
        self.page.keyboard.press(key)
        self.page.wait_for_timeout(TAB_MS)

    def type(self, words: str) -> None:
        """Type some words."""
        self.keys += len(words)
        self.page.keyboard.type(words, delay=TYPE_MS)

    def to(self, selector: str, most: int = 40) -> None:
        """Go on by Tab to what the selector names."""
        for _ in range(most):
            self.press("Tab")
            if self.page.evaluate("(s) => document.activeElement.matches(s)", selector):
                return
        raise AssertionError(f"{selector} is not reached by Tab on {self.page.url}")

    def begin_page(self, address: str) -> None:
        """On the page whose address ends so, skip to its main part."""
        expect(self.page).to_have_url(re.compile(address))
        self.page.wait_for_load_state("load")
        self.press("Tab")
        self.press("Enter")

    def choose(self, name: str, down: int = 0) -> None:
        """In a group of radios, choose the first, or one further down."""
        self.to(f"[name={name}]")
        self.press("Space")
        for _ in range(down):
            self.press("ArrowDown")


def known_customer(session: Session, name: str, number: str = "+441632960177") -> str:
    return agents.mary(session, clock.now(), name=name, email=None, phone=number).id


def contacts_of_today(supervisor: Page, demo: Demo) -> int:
    """How many contacts about missed bins a supervisor's figures count today."""
    today = clock.now().astimezone(LONDON).date()
    supervisor.goto(f"{demo.web}/supervise/figures?from={today}&to={today}&council=boston&service=missed-bin")
    figure = supervisor.locator(
        ".key-figures div", has=supervisor.locator("dt", has_text=re.compile("^Contacts$"))
    )
    return int(figure.locator("dd").inner_text())


def day_of_collection() -> tuple[str, str, str]:
    """The last working day, on which a bin can have been missed."""
    day = clock.now().astimezone(LONDON)
    day -= timedelta(days=0 if day.hour >= 15 else 1)
    while day.weekday() > 4:
        day -= timedelta(days=1)
    return str(day.day), str(day.month), str(day.year)


def test_a_call_about_a_missed_bin_takes_eight_pages_and_a_keyboard(
    visitor: Come, demo: Demo, kept: Database, sign_in: SignIn
) -> None:
    with kept.write() as session:
        known_customer(session, "Nora Keystroke")
    someone, supervisor = visitor(1280, True), visitor(1280, True)
    sign_in(someone, "agent")
    sign_in(supervisor, "supervisor")
    before = contacts_of_today(supervisor.page, demo)
    keyboard, page = Keyboard(someone.page), someone.page
    began = time.monotonic()
    page.goto(
        f"{demo.web}/desk/start?channel=phone&service=missed-bin&council=boston&cli={NUMBER}&call_id=77"
    )

    keyboard.begin_page("/desk/start")
    keyboard.press("Tab")
    keyboard.press("Enter")

    keyboard.begin_page("/desk/find$")
    keyboard.to("a.desk-found__name")
    keyboard.press("Enter")

    keyboard.begin_page("/desk/customers/")
    keyboard.to("#date_of_birth")
    keyboard.type("3 4 1980")
    keyboard.to("#postcode")
    keyboard.type("pe216ry")
    keyboard.choose("consent")
    keyboard.press("Enter")

    keyboard.begin_page("/property$")
    expect(page.locator("#property-line1")).to_have_value("1 Sample Street")
    keyboard.choose("bin")
    for part, value in zip(("day", "month", "year"), day_of_collection()):
        keyboard.to(f"#collection_day-{part}")
        keyboard.type(value)
    keyboard.choose("assisted", down=1)
    for name in ("right_bin", "closed", "only_right", "who_else"):
        keyboard.choose(name)
    keyboard.press("Enter")

    supervisor.page.goto(f"{demo.web}/supervise/")
    expect(supervisor.page.locator("section", has_text="Contacts going on")).to_contain_text(
        re.compile(r"Priya Marsh\s+Phone · Report a missed .*Helping", re.DOTALL)
    )

    keyboard.begin_page("/out$")
    keyboard.choose("out")
    keyboard.press("Enter")

    keyboard.begin_page("/check-answers$")
    keyboard.to("main form button.govuk-button")
    keyboard.press("Enter")

    keyboard.begin_page("/sent$")
    keyboard.to("[name=outcome]")
    keyboard.press("Enter")
    expect(page).to_have_url(re.compile("/desk/"))
    expect(page.locator(".notice")).to_contain_text("The contact is wrapped up")

    seconds = time.monotonic() - began
    print(f"desk: loads={keyboard.loads} keys={keyboard.keys} seconds={seconds:.1f}")
    assert keyboard.loads <= MOST_LOADS
    assert seconds < MOST_SECONDS
    assert contacts_of_today(supervisor.page, demo) == before + 1
    assert someone.complaints == []


@pytest.mark.parametrize(
    ("width", "scripts"), [(320, True), (360, False), (1280, True)], ids=["zoomed", "no-javascript", "wide"]
)
def test_every_page_of_the_desk_is_one_that_everybody_can_use(
    visitor: Come, demo: Demo, kept: Database, sign_in: SignIn, width: int, scripts: bool
) -> None:
    """320 pixels are what a screen of 1280 has at a zoom of four."""
    name = f"Judy Axe-{width}"
    with kept.write() as session:
        customer = known_customer(session, name, f"+44163296{width:04d}")
    someone = visitor(width, scripts)
    sign_in(someone, "agent")
    page = someone.page

    def main(words: str) -> None:
        page.locator("main").get_by_role("button", name=words, exact=True).click()

    page.goto(f"{demo.web}/desk/start")
    someone.judged("desk-start")
    main("Start")
    someone.judged("desk-start-error")
    page.locator("#channel").check()
    page.locator("[name=council][value=boston]").check()
    page.locator("#service").select_option("missed-bin")
    page.locator("#q").fill(name)
    main("Start")
    someone.judged("desk-found")
    page.get_by_role("link", name=name).click()
    someone.judged("desk-customer")
    page.locator("#date_of_birth").fill("1 1 1980")
    main("Check and start helping")
    someone.judged("desk-customer-error")
    page.locator("#date_of_birth").fill("3 4 1980")
    page.locator("#postcode").fill("PE21 6RY")
    page.locator("#consent").check()
    main("Check and start helping")
    expect(page).to_have_url(re.compile("/property"))
    someone.judged("desk-form")
    main("Continue")
    someone.judged("desk-form-error")
    page.goto(f"{demo.web}/desk/")
    someone.judged("desk")
    page.goto(f"{demo.web}/desk/find")
    page.locator("#q").fill("nobody of such a name")
    main("Search")
    someone.judged("desk-nobody")
    page.goto(f"{demo.web}/desk/create")
    someone.judged("desk-create")
    page.goto(f"{demo.web}/desk/wrap-up")
    someone.judged("desk-wrap-up")
    main("Wrap up")
    someone.judged("desk-wrap-up-error")
    page.locator("#outcome").check()
    main("Wrap up")
    expect(page.locator(".notice")).to_contain_text("The contact is wrapped up")
    someone.judged("desk-wrapped-up")
    page.goto(f"{demo.web}/desk/customers/{customer}")
    expect(page).to_have_url(re.compile("/desk/$"))
