"""What a browser does of its own accord: a second tab, Back after submit, a double click, an hour without a hand."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Demo, Visitor
from tests.browser.test_walk import mails_to, on, press

pytestmark = pytest.mark.browser

Come = Callable[[int, bool], Visitor]
ANSWERS = {
    "land": "Road, pavement or verge",
    "what": "Garden waste",
    "size": "One item",
    "road": "No",
    "witnessed": "No",
}
widths = pytest.mark.parametrize("width", [360, 1280])


def bring(visitor: Visitor, demo: Demo, to: str) -> Page:
    """Bring a visitor to the page with this slug, without looking at the pages before."""
    page = visitor.page
    page.goto(f"{demo.web}/boston/fly-tipping/")
    press(page, "Start now")
    page.locator("#place").fill("PE21 6JT")
    press(page)
    on(visitor, "exact-place")
    press(page)
    for slug, label in ANSWERS.items():
        on(visitor, slug)
        if slug == to:
            return page
        page.get_by_label(label, exact=True).check()
        press(page)
    for slug in ("photos", "about-you"):
        on(visitor, slug)
        press(page)
    on(visitor, "check-answers")
    return page


def reference(page: Page) -> str:
    expect(page.locator(".reference")).to_be_visible()
    return page.locator(".reference").inner_text().strip()


def cases(page: Page, demo: Demo, told: str) -> int:
    """How many cases the back office has of this reference."""
    page.goto(f"{demo.simulator}/boston/?pause=1")
    return page.locator("article").filter(has_text=told).count()


@widths
def test_saved_on_one_device_and_finished_on_another(demo: Demo, visitor: Come, width: int) -> None:
    desk, phone = visitor(width, True), visitor(width, True)
    email = f"sam.{width}@example.org"
    page = bring(desk, demo, "size")
    page.get_by_label("One item", exact=True).check()
    press(page, "Save and come back later")
    on(desk, "save")
    desk.judged("save")
    press(page, "Send the link")
    expect(page.locator(".govuk-error-summary")).to_contain_text("Enter an email address")
    desk.judged("save-error")
    page.get_by_label("Email address").fill(email)
    press(page, "Send the link")
    on(desk, "saved")
    code = page.locator(".code").inner_text().strip()
    desk.judged("saved")

    link = come_by_mail(phone, demo, email)
    phone.judged("return")
    phone.page.get_by_label("Six-digit code").fill("000 000" if code != "000 000" else "000 001")
    press(phone.page, "Go on with my answers")
    expect(phone.page.locator(".govuk-error-summary")).to_contain_text("This is not the code")
    phone.judged("return-error")
    press(phone.page, "Send me a code")
    expect(phone.page.locator(".notice")).to_contain_text("We have sent a code")
    phone.judged("return-code-sent")
    phone.page.get_by_label("Six-digit code").fill(code)
    press(phone.page, "Go on with my answers")
    on(phone, "road")
    page.goto(page.url.replace("/saved", "/road"))
    expect(page.get_by_role("heading", level=1)).to_have_text("You went on with this on another device")
    desk.judged("went-elsewhere")

    phone.page.goto(link)
    for _ in range(5):
        phone.page.get_by_label("Six-digit code").fill("no code 0")
        press(phone.page, "Go on with my answers")
    expect(phone.page.get_by_role("heading", level=1)).to_have_text("We have locked this link")
    phone.judged("return-locked")
    press(phone.page, "Send a new link")
    expect(phone.page.get_by_role("heading", level=1)).to_have_text("There is a newer link")
    phone.judged("return-superseded")


def come_by_mail(visitor: Visitor, demo: Demo, email: str) -> str:
    """Open the link in the e-mail once it is there; its address."""
    page = visitor.page
    for _ in range(100):
        found = [re.search(r"http\S+/return/\S+", body) for body in mails_to(page, demo, email)]
        if any(found):
            break
        page.wait_for_timeout(100)
    link = next(match[0] for match in found if match)
    page.goto(link)
    expect(page.get_by_role("heading", level=1)).to_have_text("Enter your code")
    return link


def test_saved_by_text_message_and_opened_on_the_phone_that_it_went_to(demo: Demo, visitor: Come) -> None:
    desk, phone = visitor(1280, True), visitor(360, True)
    page = bring(desk, demo, "size")
    press(page, "Save and come back later")
    page.get_by_label("Email address or mobile number").fill("07700 900 1")
    press(page, "Send the link")
    expect(page.locator(".govuk-error-summary")).to_contain_text("or a UK mobile number")
    desk.judged("save-text-error")
    page.get_by_label("Email address or mobile number").fill("07700 900 142")
    press(page, "Send the link")
    on(desk, "saved")
    code = page.locator(".code").inner_text().strip()
    desk.judged("saved-text")

    phone.page.goto(f"{demo.simulator}/mailbox/?pause=1")
    text = phone.page.locator("article", has_text="+447700900142")
    for _ in range(100):
        if text.count():
            break
        phone.page.wait_for_timeout(100)
        phone.page.reload()
    expect(text).to_contain_text("Text message")
    phone.judged("mailbox-text")
    text.get_by_role("link").click()
    phone.judged("mailbox-text-open")
    phone.page.get_by_role("link", name="/return/").click()
    expect(phone.page.get_by_role("heading", level=1)).to_have_text("Enter your code")
    phone.judged("return-text")
    phone.page.get_by_label("Six-digit code").fill(code)
    press(phone.page, "Go on with my answers")
    on(phone, "size")


def test_a_second_tab_and_back_after_submit_lead_to_the_one_confirmation(demo: Demo, visitor: Come) -> None:
    resident = visitor(1280, True)
    page = bring(resident, demo, "check-answers")
    other = page.context.new_page()
    other.goto(page.url)
    page.wait_for_timeout(1500)  # whoever is quicker is asked to press once more
    press(page, "Send report")
    told = reference(page)
    press(other, "Send report")
    assert reference(other) == told
    other.go_back()
    assert reference(other) == told
    page.go_back()
    assert reference(page) == told
    page.reload()
    assert reference(page) == told
    page.wait_for_timeout(1500)
    assert cases(page, demo, told) == 1


def test_a_double_click_sends_once(demo: Demo, visitor: Come) -> None:
    page = bring(visitor(360, True), demo, "check-answers")
    page.wait_for_timeout(2000)  # whoever is quicker than that is asked to press once more
    page.get_by_role("button", name="Send report").dblclick()
    told = reference(page)
    page.wait_for_timeout(1500)
    assert cases(page, demo, told) == 1


@widths
def test_an_hour_without_a_hand_is_warned_of_and_loses_nothing(demo: Demo, visitor: Come, width: int) -> None:
    resident = visitor(width, True)
    page = resident.page
    page.clock.install()
    bring(resident, demo, "size")
    page.get_by_label("One item", exact=True).check()
    dialog = page.locator("dialog.timeout")
    expect(dialog).not_to_be_visible()

    page.clock.fast_forward("58:01")
    expect(dialog).to_be_visible()
    expect(dialog).to_be_focused()
    expect(dialog).to_contain_text("2 minutes")
    resident.judged("timeout")
    page.keyboard.press("Escape")
    expect(dialog).not_to_be_visible()
    expect(page.get_by_label("One item", exact=True)).to_be_checked()

    page.clock.fast_forward("58:01")
    expect(dialog).to_be_visible()
    page.get_by_role("button", name="Stay on this page").click()
    expect(dialog).not_to_be_visible()

    page.clock.fast_forward("58:01")
    expect(dialog).to_be_visible()
    page.clock.fast_forward("01:05")
    expect(dialog).to_contain_text("1 minute")
    page.clock.fast_forward("01:05")
    expect(page.get_by_role("heading", level=1)).to_have_text("We saved your answers")
    resident.judged("kept")
    page.get_by_role("button", name="Go on", exact=True).click()
    on(resident, "road")
    page.go_back()
    page.goto(page.url.replace("/kept", "/size"))
    expect(page.get_by_label("One item", exact=True)).to_be_checked()


def test_whoever_is_typing_is_not_asked_whether_they_are_there(demo: Demo, visitor: Come) -> None:
    resident = visitor(1280, True)
    page = resident.page
    page.clock.install()
    bring(resident, demo, "size")
    before = page.locator("input[name=csrf_token]").first.input_value()
    page.wait_for_timeout(1100)  # tokens differ by the second
    page.clock.fast_forward("55:00")
    page.get_by_label("One item", exact=True).check()
    with page.expect_response(re.compile("/stay$")):
        page.clock.fast_forward("03:01")
    expect(page.locator("input[name=csrf_token]").first).not_to_have_value(before)
    expect(page.locator("dialog.timeout")).not_to_be_visible()


def test_without_the_website_nothing_typed_is_thrown_away(demo: Demo, visitor: Come) -> None:
    resident = visitor(360, True)
    page = resident.page
    page.clock.install()
    bring(resident, demo, "size")
    page.get_by_label("One item", exact=True).check()
    page.context.set_offline(True)
    page.clock.fast_forward("58:01")
    page.clock.fast_forward("02:05")
    expect(page.locator("dialog.timeout")).to_contain_text("We cannot reach the website")
    resident.complaints.clear()  # the browser's own words about the missing network
    resident.judged("timeout-away")
    page.context.set_offline(False)
    page.get_by_role("button", name="Stay on this page").click()
    expect(page.locator("dialog.timeout")).not_to_be_visible()
    expect(page.get_by_label("One item", exact=True)).to_be_checked()
    press(page)
    on(resident, "road")
