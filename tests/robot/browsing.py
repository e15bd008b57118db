"""Hands in a real browser: by keyboard alone, or by pressing and typing where scripts are off."""

import re
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import ElementHandle
from playwright.sync_api import Page as Tab

from tests.robot.page import Page
from tests.robot.robot import Stuck

MOST_TABS = 250  # presses of Tab before the end of a page must have come
FOCUSED = "() => { const e = document.activeElement; return e && e !== document.body ? e : null }"
Fields = Mapping[str, Any]


class BrowserHands:
    """Hands that point and type."""

    def __init__(self, tab: Tab, web: str) -> None:
        self.tab, self.web = tab, web

    @property
    def path(self) -> str:
        """The address of the page in view."""
        return urlsplit(self.tab.url).path

    @property
    def html(self) -> str:
        """The page in view, as it stands."""
        return self.tab.content()

    def open(self, address: str) -> None:
        """Open an address."""
        self.tab.goto(f"{self.web}{address}")

    def press(self, page: Page, fields: Fields, button: tuple[str, str] | None) -> None:
        """Fill in what is seen and press the button."""
        for name, given in fields.items():
            for control in self.tab.locator(f"main [name='{name}']:not([type=hidden])").element_handles():
                if control.is_visible() or control.get_attribute("type") in ("radio", "checkbox", "file"):
                    self._fill(control, given)
        target = self.tab.locator(self._button(page, button)).last
        with self.tab.expect_navigation():
            target.click()

    def _fill(self, control: ElementHandle, given: Any) -> None:
        kind = control.get_attribute("type") or control.evaluate("e => e.localName")
        if kind in ("radio", "checkbox"):
            control.set_checked(_is_wanted(control, given), force=True)
        elif kind == "select":
            control.select_option(str(given))
        elif kind == "file":
            file, name = given
            control.set_input_files({"name": name, "mimeType": "image/jpeg", "buffer": file.read()})
        else:
            control.fill(str(given))

    @staticmethod
    def _button(page: Page, button: tuple[str, str] | None) -> str:
        named = button or page.button()
        if named:
            return f"main form button[name='{named[0]}'][value='{named[1]}']"
        return "main form button:not(.govuk-button--secondary):not([name]):not([type=button])"


class KeyboardHands(BrowserHands):
    """Hands that only press keys: Tab to go on, Space and arrows to choose, letters to type, Enter to press."""

    def press(self, page: Page, fields: Fields, button: tuple[str, str] | None) -> None:
        """Go through the page by Tab, fill in what has the focus, and press Enter on the button."""
        wanted = button or page.button()
        self.tab.evaluate("() => document.activeElement && document.activeElement.blur()")
        self.tab.locator("body").press("Tab")
        for _ in range(MOST_TABS):
            focused = self.tab.evaluate_handle(FOCUSED).as_element()
            if focused is not None and self._is_button(focused, wanted):
                with self.tab.expect_navigation():
                    self.tab.keyboard.press("Enter")
                return
            if focused is not None:
                self._type(focused, fields)
            self.tab.keyboard.press("Tab")
        raise Stuck(f"{self.path}: no way by Tab to the button {wanted}")

    def _is_button(self, focused: ElementHandle, wanted: tuple[str, str] | None) -> bool:
        if focused.evaluate("e => e.localName") != "button" or not focused.evaluate(
            "e => !!e.closest('main form')"
        ):
            return False
        if wanted is not None:
            return (focused.get_attribute("name"), focused.get_attribute("value")) == wanted
        return not re.search("secondary", focused.get_attribute("class") or "") and not focused.get_attribute(
            "name"
        )

    def _type(self, focused: ElementHandle, fields: Fields) -> None:
        name = focused.get_attribute("name") or ""
        if focused.get_attribute("role") == "combobox":
            self._type_into_list(focused, fields)
            return
        if name not in fields:
            if focused.evaluate("e => e.localName") == "summary":
                self._open_if_needed(focused, fields)
            return
        kind = focused.get_attribute("type") or focused.evaluate("e => e.localName")
        if kind == "radio":
            self._choose(focused, str(fields[name]))
        elif kind == "checkbox":
            if focused.is_checked() != _is_wanted(focused, fields[name]):
                self.tab.keyboard.press("Space")
        elif kind in (
            "select",
            "file",
        ):  # a list by its first letters, a file through the system's own dialogue
            self._fill(focused, fields[name])
        else:
            self.tab.keyboard.press("Control+A")
            self.tab.keyboard.press("Delete")
            self.tab.keyboard.type(str(fields[name]))

    def _type_into_list(self, focused: ElementHandle, fields: Fields) -> None:
        """Type the words of a choice into a list that can be typed into, and take what it offers first."""
        words = focused.evaluate(
            """(input, fields) => {
                const list = input.closest(".govuk-form-group").querySelector("select[name]");
                const wanted = list && [...list.options].find((each) => each.value && each.value === fields[list.name]);
                return wanted ? wanted.text : null;
            }""",
            {name: given for name, given in fields.items() if isinstance(given, str)},
        )
        if words:
            self.tab.keyboard.press("Control+A")
            self.tab.keyboard.type(words)
            self.tab.keyboard.press("ArrowDown")
            self.tab.keyboard.press("Enter")

    def _choose(self, focused: ElementHandle, value: str) -> None:
        """Choose among radios: Space on the first, then arrows until the wanted one is chosen."""
        self.tab.keyboard.press("Space")
        for _ in range(60):
            now = self.tab.evaluate_handle(FOCUSED).as_element()
            if now is not None and now.get_attribute("value") == value:
                return
            self.tab.keyboard.press("ArrowDown")
        raise Stuck(f"{self.path}: no way by arrows to {value}")

    def _open_if_needed(self, summary: ElementHandle, fields: Fields) -> None:
        """Open details that hold something to fill in."""
        within = "e => [...e.closest('details').querySelectorAll('[name]')].map(each => each.name)"
        names = summary.evaluate(within)
        if set(names) & set(fields) and not summary.evaluate("e => e.closest('details').open"):
            self.tab.keyboard.press("Enter")


def _is_wanted(control: ElementHandle, given: Any) -> bool:
    value = control.get_attribute("value")
    return value in given if isinstance(given, list) else value == given
