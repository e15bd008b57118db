"""axe on every page that any test of the web fetched, in whatever state it was, at 360 and 1280 px: `make axe`.

Each shape of page is judged once, its own scripts running. The rooms that people sign in to are judged whole: a
template of theirs that no test came to fails here.
"""

import os
import re
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from flask import Flask
from playwright.sync_api import Page, Route

from selfservice.app import create_app
from selfservice.database import Database
from selfservice.settings import ROOT
from selfservice.translations import PSEUDO
from tests.browser.conftest import Visitor, axe
from tests.factories.installations import make_installation, make_settings
from tests.sweep.kept import Kept, all_kept

pytestmark = [pytest.mark.slow, pytest.mark.browser]
Come = Callable[[int, bool], Visitor]
HOST = "http://localhost:4711"
TEMPLATES = ROOT / "selfservice" / "web" / "templates"
ROOMS = ("account", "desk", "staff", "supervise", "factors", "handing", "messages", "saving", "progress")
# What axe says of each shape is reported together, this many at most.
MOST_TOLD = 40


@pytest.fixture
def app(database: Database, tmp_path: Path) -> Flask:
    """The application, for what pages ask for beside themselves: style sheets, scripts and themes."""
    settings = make_settings(home=tmp_path, redis_url="", redis_prefix="none", BASE_URL=HOST)
    return create_app(make_installation(settings=settings, database=database))


@pytest.fixture
def pages() -> list[Kept]:
    """What the tests of the web fetched."""
    folder = os.environ.get("SELFSERVICE_PAGES")
    if not folder:
        pytest.skip("no pages were kept: make axe keeps them first")
    return all_kept(Path(folder))


def whole_pages(room: str) -> Iterator[str]:
    """The templates of a room that are pages and not parts of them."""
    for path in sorted((TEMPLATES / room).glob("*.html")):
        if re.search(r'{%-? extends "', path.read_text(encoding="utf-8")):
            yield f"{room}/{path.name}"


def show(page: Page, app: Flask, kept: Kept) -> None:
    """Open a kept page as if it stood at its own address."""
    client = app.test_client()

    def serve(route: Route) -> None:
        if route.request.is_navigation_request():
            route.fulfill(body=kept.html, content_type="text/html; charset=utf-8")
            return
        address = urlsplit(route.request.url)
        with client.open(f"{address.path}?{address.query}", method=route.request.method) as answer:
            route.fulfill(status=answer.status_code, body=answer.data, content_type=answer.content_type)

    page.unroute("**/*")
    page.route("**/*", serve)
    page.goto(HOST + kept.path)


def of_pseudo_words(kept: Kept, violation: str) -> bool:
    """Whether it is of the brackets of a language that nobody reads: "[Show]" is no part of "[Show password]"."""
    pseudo = re.search(r'<html lang="([^"]+)"', kept.html)
    return bool(pseudo and pseudo[1] in PSEUDO) and violation.startswith("label-content-name-mismatch ")


def test_axe_finds_nothing_on_any_of_them(app: Flask, pages: list[Kept], visitor: Come) -> None:
    wrong, counted, helped = [], Counter[str](), 0
    for width in (360, 1280):
        page = visitor(width, True).page
        for kept in pages:
            show(page, app, kept)
            wide, room = page.evaluate(
                "[document.documentElement.scrollWidth, document.documentElement.clientWidth]"
            )
            found = [each for each in axe(page) if not of_pseudo_words(kept, each)]
            found += [f"{wide} px wide in {room} px"] if wide > room else []
            wrong += [f"{kept.template} at {kept.path}, {width} px: {each}" for each in found]
            counted[kept.template.split("/")[0]] += 1
            helped += 'class="helping"' in kept.html
    told = " ".join(f"{room}={number}" for room, number in sorted(counted.items()))
    print(f"axe: pages={counted.total()} helping={helped} violations={len(wrong)} {told}")
    assert wrong == [], "\n".join(wrong[:MOST_TOLD])
    assert helped


@pytest.mark.parametrize("room", ROOMS)
def test_every_page_of_a_room_was_among_them(room: str, pages: list[Kept]) -> None:
    assert set(whole_pages(room)) - {kept.template for kept in pages} == set()
