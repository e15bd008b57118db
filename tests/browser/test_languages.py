"""Pages in languages that are longer than English, or run the other way, in a real browser.

Pseudo-languages stand for them: every page type at 320, 360 and 1280 pixels, judged by axe, and none wider than
its window.
"""

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from threading import Thread

import pytest
from playwright.sync_api import Page, expect
from werkzeug.serving import make_server

from selfservice.app import create_app, warm
from selfservice.database import Database
from tests.browser.conftest import Visitor, free_ports
from tests.factories.installations import make_installation, make_settings

pytestmark = pytest.mark.browser

Come = Callable[[int, bool], Visitor]
PLACE = "PE21 6QR"
JOURNEY = (
    ("exact-place", {}),
    ("land", {"land": "highway"}),
    ("what", {"what": "tyres"}),
    ("size", {"size": "car-boot"}),
    ("road", {"road": "no"}),
    ("witnessed", {"witnessed": "yes"}),
    ("when", {"when-day": "1", "when-month": "3", "when-year": "2025"}),
    ("who", {}),
    ("registration", {}),
    ("statement", {"statement": "no"}),
    ("photos", {}),
    ("about-you", {"name": "Ada Marsh", "email": "ada@example.org"}),
)


@pytest.fixture
def web(database: Database, tmp_path: Path) -> Iterator[str]:
    """The web in three languages; its address."""
    [port] = free_ports(1)
    told = {"LANGUAGES": "en,en-XA,ar-XB", "BASE_URL": f"http://127.0.0.1:{port}"}
    settings = make_settings(home=tmp_path, redis_url="", redis_prefix="none", **told)
    app = create_app(make_installation(settings=settings, database=database))
    warm(app)
    server = make_server("127.0.0.1", port, app, threaded=True)
    serving = Thread(target=server.serve_forever, daemon=True)
    serving.start()
    yield f"http://127.0.0.1:{port}"
    server.shutdown()
    serving.join()
    server.server_close()


def go_on(page: Page) -> None:
    """Press the form's main button, whatever it is called in this language."""
    page.locator("main form button:not(.govuk-button--secondary):not(.link-button)").last.click()


def fill_in(page: Page, fields: dict[str, str]) -> None:
    for name, value in fields.items():
        control = page.locator(f"[name='{name}']").first
        if control.get_attribute("type") in ("radio", "checkbox"):
            page.locator(f"[name='{name}'][value='{value}']").check()
        else:
            control.fill(value)


def on(page: Page, slug: str) -> None:
    expect(page).to_have_url(re.compile(rf"/{slug}($|\?|#)"))
    expect(page.get_by_role("contentinfo")).to_be_visible()


@pytest.mark.parametrize("width", [320, 360, 1280])
@pytest.mark.parametrize(("tag", "direction"), [("en-XA", "ltr"), ("ar-XB", "rtl")])
def test_pages_hold_longer_words_and_run_the_other_way(
    web: str, visitor: Come, width: int, tag: str, direction: str
) -> None:
    resident = visitor(width, True)
    page = resident.page

    def judged(name: str) -> None:
        assert page.evaluate(
            "[document.documentElement.lang, getComputedStyle(document.body).direction]"
        ) == [
            tag,
            direction,
        ]
        resident.judged(f"{tag}-{name}")

    page.goto(f"{web}/?language={tag}")
    judged("home")
    page.goto(f"{web}/boston/")
    judged("council")
    page.goto(f"{web}/boston/fly-tipping/")
    judged("start")
    go_on(page)
    on(page, "where")
    expect(page.locator(".map-view")).to_be_visible()
    judged("where")
    go_on(page)
    expect(page.locator(".govuk-error-summary")).to_be_visible()
    judged("where-error")
    page.locator("#place").fill(PLACE)
    go_on(page)
    for slug, fields in JOURNEY:
        on(page, slug)
        judged(slug)
        if slug in ("land", "when"):
            go_on(page)
            expect(page.locator(".govuk-error-summary")).to_be_visible()
            judged(f"{slug}-error")
        fill_in(page, fields)
        go_on(page)
    on(page, "check-answers")
    judged("check-answers")
    go_on(page)
    on(page, "sent")
    judged("sent")
    page.goto(page.locator("a[href*='/progress/']").first.get_attribute("href") or "")
    judged("progress")
    page.goto(f"{web}/progress")
    go_on(page)
    expect(page.locator(".govuk-error-summary")).to_be_visible()
    judged("find-error")
    page.goto(f"{web}/boston/no-such-service/")
    judged("not-found")


def test_a_language_is_chosen_by_keyboard_and_the_page_stays(web: str, visitor: Come) -> None:
    page = visitor(360, True).page
    page.goto(f"{web}/boston/fly-tipping/")
    link = page.locator(".site-header__languages a[lang='ar-XB']")
    link.focus()
    page.keyboard.press("Enter")
    expect(page.locator("html")).to_have_attribute("dir", "rtl")
    expect(page).to_have_url(f"{web}/boston/fly-tipping/")
    expect(page.locator(".site-header__languages [aria-current]")).to_be_visible()


def test_the_counter_of_characters_speaks_the_language_of_the_page(web: str, visitor: Come) -> None:
    page = visitor(1280, True).page
    page.goto(f"{web}/boston/fly-tipping/?language=en-XA")
    go_on(page)
    on(page, "where")
    page.locator("#place").fill(PLACE)
    go_on(page)
    on(page, "exact-place")
    page.locator("#place_detail").fill("x" * 490)
    expect(page.locator(".govuk-character-count__status")).to_have_text(re.compile(r"^\[Ýööûû ĥååṽéé 10 "))
