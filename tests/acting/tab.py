"""One tab of an agent's browser: the page as it was loaded, which may be stale, and what was loaded before."""

import random
import re
from dataclasses import dataclass, field
from typing import Any

import lxml.html
from flask.testing import FlaskClient

POSTCODE = "PE21 6RY"


@dataclass
class Tab:
    """All tabs share the browser's cookies. `address` and `html` are of the page in view."""

    browser: FlaskClient
    dice: random.Random
    address: str = ""
    html: str = ""
    history: list[tuple[str, str]] = field(default_factory=list)

    def open(self, address: str) -> None:
        """Open an address and follow where it leads."""
        self._show(self.browser.get(address, follow_redirects=True))

    def back(self) -> None:
        """Go back to the page before, as the browser had it: nothing is asked of the server."""
        if self.history:
            self.address, self.html = self.history.pop()

    @property
    def page(self) -> Any:
        """The page in view, parsed."""
        return lxml.html.document_fromstring(self.html)

    @property
    def helped(self) -> str | None:
        """Whom the banner of the page in view names: for whom the agent believes to type."""
        names = self.page.xpath("//section[contains(@class, 'helping')]//strong") if self.html else []
        return names[0].text_content().removeprefix("Helping ").strip() if names else None

    @property
    def in_a_form(self) -> bool:
        """Whether the page in view is one of a form's that takes answers."""
        return self.address.count("/") == 4 and not self.given_back and self._form("//main//form") is not None

    @property
    def given_back(self) -> bool:
        """Whether the page in view refuses what was typed, for who is helped now, and gives it back."""
        return bool(self.html) and bool(self.page.xpath("//main//h2[.='What you typed']"))

    @property
    def to_send(self) -> bool:
        """Whether the page in view is the one whose button sends."""
        return self.address.endswith("/check-answers") and self.in_a_form

    def shown(self, pattern: re.Pattern[str]) -> set[str]:
        """What the main part of the page in view shows of a pattern's group, in words or fields."""
        if not self.html:
            return set()
        parts = self.page.xpath("//main//text() | //main//@value")
        return {found for part in parts for found in pattern.findall(part)}

    def type_and_press(self, canary: str, *, wrong: bool = False, do: str = "") -> None:
        """Fill in the page in view and press its button; with `wrong`, what cannot be taken."""
        form = self._form("//main//form")
        self._post(form, {**self._filled(form, canary, wrong), **({"do": do} if do else {})})

    def press_again(self) -> None:
        """Press the button of a page that gives back what was typed."""
        form = self._form("//main//form")
        if form is not None:
            self._post(form, _hidden(form))

    def press_banner(self, do: str) -> None:
        """Press a button of the banner in view, however old."""
        form = self._form("//section[contains(@class, 'helping')]//form")
        if form is not None:
            self._post(form, {**_hidden(form), "do": do})

    def press_form(self, action: str, **fields: str) -> None:
        """Press the first form of the page in view that posts to this address."""
        form = self._form(f"//form[@action='{action}']")
        if form is not None:
            self._post(form, {**_hidden(form), **fields})

    def token(self) -> str:
        """The token of any form of the page in view."""
        return str((self.page.xpath("//input[@name='csrf_token']/@value") or [""])[0])

    def post(self, address: str, **fields: str) -> None:
        """Post to an address as a form of the page in view would."""
        sent = {"csrf_token": self.token(), **fields}
        self._show(self.browser.post(address, data=sent, follow_redirects=True))

    def _post(self, form: Any, fields: dict[str, Any]) -> None:
        action = form.get("action") or self.address
        answer = self.browser.post(action, data=fields, follow_redirects=True)
        answer.request.environ["wsgi.input"].close()
        self._show(answer)

    def _show(self, answer: Any) -> None:
        assert answer.status_code < 500, f"{answer.request.path} answered {answer.status_code}"
        if self.html:
            self.history = [*self.history[-5:], (self.address, self.html)]
        self.address, self.html = answer.request.path, answer.get_data(as_text=True)

    def _form(self, path: str) -> Any | None:
        return next(iter(self.page.xpath(path)), None) if self.html else None

    def _filled(self, form: Any, canary: str, wrong: bool) -> dict[str, Any]:
        filled: dict[str, Any] = _hidden(form)
        for control in form.xpath(".//input[not(@type='hidden' or @type='file')] | .//textarea"):
            name, kind = control.get("name"), control.get("type", "text")
            if kind in ("radio", "checkbox"):
                filled.setdefault(name, control.get("value"))
                if control.get("value") == "no":
                    filled[name] = "no"
            elif name in ("place", "latitude", "longitude"):
                filled[name] = (canary if wrong else POSTCODE) if name == "place" else ""
            elif name in ("email", "phone", "website"):
                filled[name] = (control.get("value") or "") if not wrong else canary
            else:
                kept = (control.get("value") or control.text or "").strip()
                filled[name] = kept if kept and self.dice.random() < 0.5 else canary
        return filled


def _hidden(form: Any) -> dict[str, Any]:
    return {each.get("name"): each.get("value", "") for each in form.xpath(".//input[@type='hidden']")}
