"""A long list that can be typed into: it is seen to be one, and chooses nothing of its own accord."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import Demo, Visitor

pytestmark = pytest.mark.browser

Come = Callable[[int, bool], Visitor]


def list_of(page: Page, demo: Demo) -> tuple[Locator, Locator]:
    """What is typed into, and the list behind it that is posted."""
    page.goto(f"{demo.web}/styleguide/select")
    return page.get_by_role("combobox").first, page.locator("select[data-type-ahead]").first


def test_opening_it_shows_all_and_leaving_it_chooses_nothing(demo: Demo, visitor: Come) -> None:
    visited = visitor(360, True)
    typed, kept = list_of(visited.page, demo)
    expect(visited.page.locator(".autocomplete__dropdown-arrow-down").first).to_be_visible()
    typed.click()
    offered = visited.page.get_by_role("option")
    expect(offered).to_have_count(kept.locator("option:not([value=''])").count())
    visited.page.locator("h1").click()
    expect(offered.first).to_be_hidden()
    expect(typed).to_have_value("")
    expect(kept).to_have_value("")


def test_arrow_and_enter_choose_what_is_offered_first(demo: Demo, visitor: Come) -> None:
    visited = visitor(1280, True)
    typed, kept = list_of(visited.page, demo)
    first = kept.locator("option:not([value=''])").first
    words, value = first.inner_text(), first.get_attribute("value")
    typed.click()
    visited.page.keyboard.type(words[:3])
    visited.page.keyboard.press("ArrowDown")
    visited.page.keyboard.press("Enter")
    expect(typed).to_have_value(words)
    expect(kept).to_have_value(str(value))
