"""Residents who press the button: real HTTP to the real web, and never giving up.

One walks through the questions in a browser of its own; the draft that comes of it is then copied, so that
there are as many finished drafts as are to be sent. Each is sent from check answers, again and again with the
same draft while nobody answers or the web says that it cannot, as by somebody who presses the button again.
"""

import contextlib
import re
import threading
import time
from collections import Counter
from collections.abc import Iterator
from datetime import timedelta
from queue import Empty, Queue
from random import Random

import requests
import sqlalchemy as sa

from selfservice.database import Database
from selfservice.store.base import new_id
from selfservice.store.drafts import DraftRow
from tests.factories.reports import fly_tipping

START = "/boston/fly-tipping/"
TOKEN = re.compile(r'name="csrf_token" value="([^"]+)"')
REFERENCE = re.compile(r'class="reference">([^<]+)<')
# Seconds: to connect, and to wait for an answer, before the button is pressed again.
PATIENCE = (1.0, 8.0)
REST_SECONDS = 0.1
CLICKED_TWICE = 0.05


class Browser:
    """One visitor's cookies, and the token that the forms of this visitor carry."""

    def __init__(self, web: str) -> None:
        self.web, self.token = web, ""
        self.session = requests.Session()

    def copy(self, web: str = "") -> "Browser":
        """The same visitor in another tab, with a connection of its own; at another address if told one."""
        other = Browser(web or self.web)
        other.session.cookies.update(self.session.cookies)
        other.token = self.token
        return other

    def walk(self) -> str:
        """Answer every question and stop at check answers; the id of the draft."""
        page = self.session.get(self.web + START, timeout=30)
        page = self._press(page, {})
        for slug, fields in fly_tipping(where="PE21 6QR", name="", email="", witnessed=False):
            assert page.url.endswith(f"/{slug}"), page.url
            page = self._press(page, fields)
        assert page.url.endswith("/check-answers"), page.url
        self.token = TOKEN.findall(page.text)[0]
        return page.url.split("/")[-2]

    def _press(self, page: requests.Response, fields: dict[str, str | list[str]]) -> requests.Response:
        data = {"csrf_token": TOKEN.findall(page.text)[0], **fields}
        pressed = self.session.post(page.url, data=data, timeout=30)
        assert pressed.ok, (pressed.status_code, pressed.url)
        return pressed

    def send(self, draft: str) -> tuple[str, str]:
        """Press the button on check answers once: how it was answered, and where that leads."""
        try:
            answer = self.session.post(
                f"{self.web}{START}{draft}/check-answers",
                data={"csrf_token": self.token},
                timeout=PATIENCE,
                allow_redirects=False,
            )
        except requests.Timeout:
            return "time-out", ""
        except requests.RequestException:
            return "no answer", ""
        return str(answer.status_code), answer.headers.get("Location", "")

    def reference(self, draft: str) -> str | None:
        """The reference on the confirmation, if the web shows it now."""
        with contextlib.suppress(requests.RequestException):
            page = self.session.get(f"{self.web}{START}{draft}/sent", timeout=PATIENCE, allow_redirects=False)
            found = REFERENCE.search(page.text) if page.ok else None
            return found[1] if found else None
        return None


class Residents:
    """Several tabs that send drafts until none is left; what was said of each is kept."""

    def __init__(self, browser: Browser, drafts: list[str], dice: Random) -> None:
        self.browser = browser
        self.left: Queue[str] = Queue()
        self.number, self.clicked_twice = len(drafts), 0
        for draft in drafts:
            self.left.put(draft)
            if dice.random() < CLICKED_TWICE:  # two tabs will send it, most likely at the same time
                self.left.put(draft)
                self.clicked_twice += 1
        self.said: dict[str, set[str]] = {}
        self.answers: Counter[str] = Counter()
        self.took: list[float] = []
        self.over, self.room = threading.Event(), threading.Event()
        self.room.set()
        self._lock = threading.Lock()
        self._threads: list[threading.Thread] = []

    def begin(self, tabs: int) -> None:
        """Let that many tabs send at once."""
        self._threads = [threading.Thread(target=self._work, daemon=True) for _ in range(tabs)]
        for thread in self._threads:
            thread.start()

    @property
    def done(self) -> bool:
        """Whether every tab has finished."""
        return not any(thread.is_alive() for thread in self._threads)

    def stop(self) -> None:
        """Give up; every tab ends with what it is at."""
        self.over.set()

    def _work(self) -> None:
        browser = self.browser.copy()
        while not self.over.is_set():
            if not self.room.wait(0.2):
                continue
            try:
                draft = self.left.get_nowait()
            except Empty:
                return
            self._send(browser, draft)

    def _send(self, browser: Browser, draft: str) -> None:
        start = time.monotonic()
        for answer, leads_to in self._until_over(browser, draft):
            with self._lock:
                self.answers[answer] += 1
            if answer == "303" and leads_to.endswith(f"/{draft}/sent"):
                break
        else:
            return
        took = time.monotonic() - start
        while not self.over.is_set():
            reference = browser.reference(draft)
            if reference:
                with self._lock:
                    self.took.append(took)
                    self.said.setdefault(draft, set()).add(reference)
                return
            time.sleep(REST_SECONDS)

    def _until_over(self, browser: Browser, draft: str) -> Iterator[tuple[str, str]]:
        while not self.over.is_set():
            yield browser.send(draft)
            time.sleep(REST_SECONDS)


def copies(database: Database, draft: str, number: int) -> list[str]:
    """Write that many copies of a finished draft, of the same visitor; their ids."""
    with database.write() as session:
        row = session.get_one(DraftRow, draft)
        begun = row.started_at - timedelta(minutes=5)
        ids = [new_id() for _ in range(number)]
        told = {"council": row.council, "service": row.service, "holder": row.holder, "answers": row.answers}
        rows = [{"id": one, "started_at": begun, "changed_at": begun, **told} for one in ids]
        session.execute(sa.insert(DraftRow), rows)
    return ids
