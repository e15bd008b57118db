"""Keeping a copy in a real browser: the page to print, the PDF as a download, and the e-mail that arrives."""

import io
import re
import time
from collections.abc import Callable
from pathlib import Path

import pikepdf
import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import PICTURES, Demo, Visitor

pytestmark = pytest.mark.browser

Come = Callable[[int, bool], Visitor]
MAIL_SECONDS = 15.0
SAID = "Łukasz’s mattress, by the gate. العربية 中文 😀 " + "verylongword" * 12
widths = pytest.mark.parametrize("width", [360, 1280])
scripting = pytest.mark.parametrize("scripts", [True, False], ids=["javascript", "no-javascript"])


def press(page: Page, words: str = "Continue") -> None:
    page.get_by_role("button", name=words, exact=True).click()


def on(page: Page, slug: str) -> None:
    expect(page).to_have_url(re.compile(rf"/{slug}($|\?|#)"))
    page.wait_for_load_state("load")


def report(visitor: Visitor, demo: Demo, email: str) -> None:
    """Report fly-tipping; the confirmation is then in view."""
    page = visitor.page
    page.goto(f"{demo.web}/boston/fly-tipping/")
    press(page, "Start now")
    on(page, "where")
    page.locator("#place").fill("PE21 6JT")
    press(page)
    on(page, "exact-place")
    page.get_by_label(re.compile("Describe exactly")).fill(SAID)
    press(page)
    for slug, label in (
        ("land", "Road, pavement or verge"),
        ("what", "Garden waste"),
        ("size", "One item"),
        ("road", "No"),
        ("witnessed", "No"),
    ):
        on(page, slug)
        page.get_by_label(label, exact=True).check()
        press(page)
    on(page, "photos")
    press(page)
    on(page, "about-you")
    page.get_by_label(re.compile("^Email address")).fill(email)
    press(page)
    on(page, "check-answers")
    time.sleep(2.1)  # quicker than anybody types, it would be asked once more
    press(page, "Send report")
    on(page, "sent")


def papers(visitor: Visitor, name: str) -> int:
    """How many sheets of A4 the page in view takes when printed; the PDF is kept where pictures are."""
    printed = visitor.page.pdf(format="A4")
    if PICTURES:
        (Path(PICTURES) / f"{visitor.width}-{name}.pdf").write_bytes(printed)
    with pikepdf.open(io.BytesIO(printed)) as pdf:
        return len(pdf.pages)


@widths
@scripting
def test_a_copy_is_kept_in_three_ways(demo: Demo, visitor: Come, width: int, scripts: bool) -> None:
    someone = visitor(width, scripts)
    email = f"copy-{width}-{scripts}@example.org".lower()
    report(someone, demo, email)
    page = someone.page
    someone.judged("copy-offered")

    page.get_by_role("link", name="See a copy to print").click()
    on(page, "sent/copy")
    someone.judged("copy-to-print")
    expect(page.get_by_role("article")).to_contain_text(SAID.strip())
    page.emulate_media(media="print")
    expect(page.get_by_role("navigation").first).not_to_be_visible()
    expect(page.get_by_role("contentinfo")).not_to_be_visible()
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    assert papers(someone, "copy-printed") <= 2
    page.emulate_media(media="screen")
    page.go_back()

    on(page, "sent")
    with page.expect_download() as coming:
        page.get_by_role("link", name=re.compile("^Download a copy")).click()
    assert re.fullmatch(r"BOS-[\w-]+\.pdf", coming.value.suggested_filename)
    with pikepdf.open(coming.value.path()) as pdf:
        assert pdf.Root.MarkInfo.Marked

    press(page, "Email me this copy")
    expect(page.get_by_text("A copy is on its way to")).to_be_visible()
    someone.judged("copy-on-its-way")
    page.reload()
    expect(page.get_by_role("button", name="Email me this copy")).to_have_count(0)
    assert arrived(page, demo, email)


def arrived(page: Page, demo: Demo, email: str) -> bool:
    """Whether the copy came to this address, with its PDF."""
    until = time.monotonic() + MAIL_SECONDS
    while time.monotonic() < until:
        mails = page.request.get(f"{demo.simulator}/mailbox/messages.json").json()
        if any(mail["recipient"] == email and "Attached: BOS-" in mail["body"] for mail in mails):
            return True
        time.sleep(0.2)
    return False
