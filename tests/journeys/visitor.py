"""A visitor without JavaScript: opens pages, fills in their forms, follows where it is led."""

import re
from collections.abc import Iterable, Mapping
from typing import Any

from flask.testing import FlaskClient
from werkzeug.test import TestResponse

TOKEN = re.compile(r'name="csrf_token" value="([^"]+)"')
STAMP = re.compile(r'name="stamp" value="([^"]+)"')
TITLE = re.compile(r"<title>([^<]+)</title>")
REFERENCE = re.compile(r'class="reference">([^<]+)<')
PROGRESS = re.compile(r'href="([^"]*/progress/[^"]+)"')


class Visitor:
    """One browser: `page` is what it shows now."""

    def __init__(self, client: FlaskClient) -> None:
        self.client = client
        self.page: TestResponse | None = None

    @property
    def path(self) -> str:
        """The address in the address bar, without host."""
        assert self.page is not None
        return self.page.request.path

    @property
    def text(self) -> str:
        """The page as its HTML."""
        assert self.page is not None
        return self.page.text

    @property
    def title(self) -> str:
        """The page's title."""
        found = TITLE.search(self.text)
        assert found, self.text[:300]
        return found[1]

    def open(self, url: str) -> TestResponse:
        """Open an address and follow where it leads."""
        self.page = self.client.get(url, follow_redirects=True)
        return self.page

    def press(self, fields: Mapping[str, Any] | None = None, *, at: str = "", **more: Any) -> TestResponse:
        """Fill in the form of the page and press its button; follow where that leads."""
        assert self.page is not None
        action = at or (self.page.request.full_path.rstrip("?"))
        data = {**self.hidden(), **(fields or {}), **more}
        self.page = self.client.post(action, data=data, follow_redirects=True)
        self.page.request.environ["wsgi.input"].close()  # a large upload's own temporary file
        return self.page

    def hidden(self) -> dict[str, str]:
        """What the form of the page carries unseen."""
        found = {"csrf_token": TOKEN.search(self.text), "stamp": STAMP.search(self.text)}
        return {name: match[1] for name, match in found.items() if match}

    def begin(self, council: str, service: str) -> TestResponse:
        """Open the start page of a service and press Start."""
        self.open(f"/{council}/{service}/")
        return self.press()

    def fill_in(self, pages: Iterable[tuple[str, Mapping[str, Any]]]) -> None:
        """Answer page after page; each must be the one that was expected."""
        for slug, fields in pages:
            assert self.path.endswith(f"/{slug}"), f"expected {slug}, on {self.path}: {self.title}"
            self.press(fields)

    def send(self) -> str:
        """Press the button on check answers, once more where asked to, and read the reference."""
        self.press()
        if self.path.endswith("/check-answers"):
            self.press()
        assert self.path.endswith("/sent"), self.title
        return self.reference

    @property
    def reference(self) -> str:
        """The reference on the page."""
        found = REFERENCE.search(self.text)
        assert found, self.title
        return found[1]

    @property
    def progress_link(self) -> str:
        """The signed link on the confirmation, without host."""
        found = PROGRESS.search(self.text)
        assert found, self.title
        return found[1].removeprefix("http://localhost")
