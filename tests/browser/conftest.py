"""A real Chromium, the whole demonstration on ports of its own, and a judge of accessibility.

Where there is no Chromium the tests are skipped with a line that says so; with CI=true that is a failure.
`make browser` installs one. Pictures are kept in the folder that SELFSERVICE_PICTURES names, if it does.
"""

import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Page, Route, expect, sync_playwright

from selfservice import clock
from selfservice.database import Database
from selfservice.demo_people import STAFF
from selfservice.operations import sign_ins
from selfservice.settings import ROOT
from selfservice.store import staff

FLAGS = (
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
)  # fmt: skip
AXE = ROOT / "node_modules" / "axe-core" / "axe.min.js"
PICTURES = os.environ.get("SELFSERVICE_PICTURES")
START_SECONDS = 120.0


@dataclass(frozen=True)
class Demo:
    """A running demonstration: where its web and its back offices are, and the folder that it keeps its state in."""

    web: str
    simulator: str
    home: Path


@dataclass
class Visitor:
    """Somebody with a browser of one width, with or without JavaScript, whose every page is judged."""

    page: Page
    width: int
    scripts: bool
    mirror: Page | None = None
    seen: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)

    def judged(self, name: str) -> None:
        """Judge the page in view, and keep a picture of it called `name`."""
        self.seen.append(name)
        self.page.wait_for_load_state("load")
        expect(self.page.locator("h1")).to_be_visible()
        if PICTURES:
            kind = "" if self.scripts else "-without-javascript"
            path = Path(PICTURES) / f"{self.width}{kind}-{name}.png"
            self.page.screenshot(path=path, full_page=True, animations="disabled")
        wide, room = self.page.evaluate(
            "[document.documentElement.scrollWidth, document.documentElement.clientWidth]"
        )
        assert wide <= room, f"{name}: {wide} px wide in {room} px"
        violations = axe(self.page if self.mirror is None else mirrored(self.page, self.mirror))
        assert violations == [], f"{name} at {self.width} px:\n" + "\n".join(violations)
        assert self.complaints == [], f"{name}: {self.complaints}"


def mirrored(page: Page, mirror: Page) -> Page:
    """The page in view as it stands, shown in `mirror` without the scripts of its own.

    axe is itself a script, and cannot run where JavaScript is off.
    """
    content, address = page.content(), page.url

    def serve(route: Route) -> None:
        if route.request.is_navigation_request():
            route.fulfill(body=content, content_type="text/html; charset=utf-8")
        elif route.request.resource_type == "script":
            route.abort()
        else:
            route.continue_()

    mirror.unroute("**/*")
    mirror.route("**/*", serve)
    mirror.goto(address)
    return mirror


def axe(page: Page) -> list[str]:
    """What axe-core finds wrong with the page in view, each with the rule and where."""
    page.evaluate(AXE.read_text(encoding="utf-8"))
    found: dict[str, Any] = page.evaluate("() => axe.run(document, {resultTypes: ['violations']})")
    return [
        f"{wrong['id']} ({wrong['impact']}): {wrong['help']}: {[node['target'] for node in wrong['nodes']]}"
        for wrong in found["violations"]
    ]


def free_ports(number: int) -> list[int]:
    """Ports on which nobody listens just now."""
    with ExitStack() as held:
        sockets = [held.enter_context(socket.socket()) for _ in range(number)]
        for each in sockets:
            each.bind(("127.0.0.1", 0))
        return [each.getsockname()[1] for each in sockets]


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Demo]:
    """The whole demonstration, as `make demo` runs it, on an empty home folder; stopped by one signal."""
    home = tmp_path_factory.mktemp("demo")
    ports = dict(zip(("PORT", "SIMULATOR_PORT", "SMTP_PORT"), map(str, free_ports(3))))
    kept = {name: value for name, value in os.environ.items() if name in {"PATH", "HOME", "LANG", "TMPDIR"}}
    output = home / "demo.log"
    with output.open("wb") as log:
        running = subprocess.Popen(
            [sys.executable, "-m", "selfservice.cli", "demo"],
            cwd=ROOT,
            env={**kept, **ports, "SELFSERVICE_HOME": str(home), "PYTHONUNBUFFERED": "1"},
            stdout=log,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    try:
        deadline = time.monotonic() + START_SECONDS
        while "The demonstration is running" not in output.read_text(encoding="utf-8"):
            assert running.poll() is None, output.read_text(encoding="utf-8")
            assert time.monotonic() < deadline, output.read_text(encoding="utf-8")
            time.sleep(0.1)
        # The web by the name that the demonstration tells: browsers have no passkeys at a bare address.
        web, simulator = f"http://localhost:{ports['PORT']}", f"http://127.0.0.1:{ports['SIMULATOR_PORT']}"
        yield Demo(web, simulator, home)
    finally:
        running.send_signal(signal.SIGTERM)
        status = running.wait(30)
    assert status == 0, output.read_text(encoding="utf-8")


@pytest.fixture
def kept(demo: Demo) -> Iterator[Database]:
    """The demonstration's own database."""
    database = Database(f"sqlite:///{demo.home / 'selfservice.sqlite3'}")
    yield database
    database.close()


@pytest.fixture
def sign_in(demo: Demo, kept: Database) -> Callable[[Visitor, str], None]:
    """Signs one of the demonstration's staff in, by role, for tests that are not about signing in."""

    def sign(visitor: Visitor, role: str) -> None:
        email = next(worker.email for worker in STAFF if worker.roles == (role,))
        with kept.write() as session:
            member = staff.by_email(session, email)
            assert member is not None
            secret = sign_ins.begin(
                session, "password", "a browser of the tests", clock.now(), staff_id=member.id, whole=True
            )
        visitor.page.context.add_cookies([{"name": "selfservice-staff", "value": secret, "url": demo.web}])

    return sign


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Chromium, once for all tests of this process."""
    names = ("chromium", "chromium-browser", "google-chrome")
    path = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, names)), None)
    if path is None:
        words = "there is no Chromium on this machine: make browser installs one where it can"
        (pytest.fail if os.environ.get("CI") == "true" else pytest.skip)(words)
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=path, args=list(FLAGS), headless=True)
        yield chromium
        chromium.close()


@pytest.fixture
def visitor(browser: Browser) -> Iterator[Callable[[int, bool], Visitor]]:
    """Makes visitors; everything that the browser complains of is held against the page."""
    with ExitStack() as opened:

        def come(width: int, scripts: bool = True) -> Visitor:
            context = browser.new_context(
                viewport={"width": width, "height": 800}, java_script_enabled=scripts, locale="en-GB"
            )
            opened.callback(context.close)
            page = context.new_page()
            page.set_default_timeout(15_000)
            made = Visitor(page, width, scripts)
            if not scripts:
                mirrors = browser.new_context(viewport={"width": width, "height": 800}, locale="en-GB")
                opened.callback(mirrors.close)
                made.mirror = mirrors.new_page()
            page.on("console", lambda message: _complaint(made, message))
            page.on("pageerror", lambda error: made.complaints.append(str(error)))
            return made

        yield come


def _complaint(visitor: Visitor, message: ConsoleMessage) -> None:
    # A page that was answered with 422 (a mistake to mend) is no complaint.
    if message.type == "error" and not re.search(r"status of 4(00|04|10|22)", message.text):
        visitor.complaints.append(message.text)
