"""The product's whole job in a real browser: from the map to "resolved", judged by axe on every page.

Each page is judged as it opens and in its error state, at 360 and 1280 pixels, with JavaScript and without.
"""

import io
import re
import time
from collections.abc import Callable

import pytest
from PIL import Image, ImageDraw
from playwright.sync_api import Page, expect

from tests.browser.conftest import Demo, Visitor

pytestmark = pytest.mark.browser

Come = Callable[[int, bool], Visitor]
CASE_SECONDS = 3.0
NEWS_SECONDS = 20.0
widths = pytest.mark.parametrize("width", [360, 1280])
scripting = pytest.mark.parametrize("scripts", [True, False], ids=["javascript", "no-javascript"])


def photo() -> bytes:
    """A JPEG that says where it was taken."""
    picture = Image.new("RGB", (640, 480), "#8fa9b8")
    draw = ImageDraw.Draw(picture)
    draw.rectangle((0, 250, 640, 480), fill="#5e7247")  # a verge, with a mattress on it
    draw.polygon([(120, 300), (430, 260), (540, 350), (210, 410)], fill="#e8e2d4", outline="#8a8272")
    draw.polygon([(210, 410), (540, 350), (540, 385), (210, 447)], fill="#b9b09c", outline="#8a8272")
    exif = Image.Exif()
    exif.get_ifd(0x8825)[1] = "N"
    kept = io.BytesIO()
    picture.save(kept, "JPEG", exif=exif)
    return kept.getvalue()


def press(page: Page, words: str = "Continue") -> None:
    page.get_by_role("button", name=words, exact=True).click()


def on(visitor: Visitor, slug: str) -> None:
    """Wait until the page with this slug is there: a click does not wait for the page that it leads to."""
    expect(visitor.page).to_have_url(re.compile(rf"/{slug}($|\?|#)"))
    expect(visitor.page.get_by_role("contentinfo")).to_be_visible()


def wrong_then(visitor: Visitor, name: str, message: str) -> None:
    """Continue without an answer: the page says what is wrong, the summary leads to the field."""
    visitor.judged(name)
    press(visitor.page)
    summary = visitor.page.locator(".govuk-error-summary")
    expect(summary).to_contain_text(message)
    expect(visitor.page).to_have_title(re.compile("^Error: "))
    visitor.judged(f"{name}-error")
    link = summary.get_by_role("link").first
    target = (link.get_attribute("href") or "").removeprefix("#")
    link.click()
    assert target
    assert (
        visitor.page.evaluate("document.activeElement && document.activeElement.id") == target
        or not visitor.scripts
    )


def choose(visitor: Visitor, name: str, message: str, label: str) -> None:
    """A page of choices: first none, then one."""
    on(visitor, name)
    wrong_then(visitor, name, message)
    visitor.page.get_by_label(label, exact=True).check()
    press(visitor.page)


def begin(visitor: Visitor, demo: Demo, council: str = "boston") -> None:
    visitor.page.goto(f"{demo.web}/{council}/")
    visitor.judged("council")
    visitor.page.get_by_role("link", name="Report fly-tipping").first.click()
    visitor.judged("start")
    press(visitor.page, "Start now")


def say_where(visitor: Visitor) -> None:
    """With JavaScript a pin on the map, without it a postcode."""
    page = visitor.page
    if visitor.scripts:
        expect(page.locator(".map-view")).to_be_visible()
    wrong_then(visitor, "where", "Enter where it is")
    if visitor.scripts:
        view = page.locator(".map-view")
        view.scroll_into_view_if_needed()
        view.click()
        expect(page.locator(".map-status")).to_contain_text("Pin put")
        visitor.judged("where-pin")
    else:
        page.locator("#place").fill("PE21 6JT")
    press(page)
    expect(page).to_have_url(re.compile("/exact-place"))
    expect(page.locator("main")).to_contain_text("PE2")
    visitor.judged("exact-place")
    page.get_by_label(re.compile("Describe exactly")).fill("By the gate")
    press(page)


def answer_the_questions(visitor: Visitor) -> None:
    choose(visitor, "land", "Select the kind of land", "Road, pavement or verge")
    choose(visitor, "what", "Select what was dumped", "Garden waste")
    choose(visitor, "size", "Select how much there is", "One item")
    choose(visitor, "road", "Select yes if it is blocking the road", "No")
    choose(visitor, "witnessed", "Select yes if you saw it happen", "No")


def add_a_photo(visitor: Visitor) -> None:
    """A file that is no picture is refused and loses nothing; a real one is shown."""
    page = visitor.page
    expect(page).to_have_url(re.compile("/photos"))
    visitor.judged("photos")
    files = page.locator("input[type=file]")
    files.set_input_files({"name": "notes.jpg", "mimeType": "image/jpeg", "buffer": b"not a picture"})
    press(page, "Upload")
    expect(page.locator(".govuk-error-summary")).to_be_visible()
    visitor.judged("photos-error")
    page.locator("input[type=file]").set_input_files(
        {"name": "mattress.jpg", "mimeType": "image/jpeg", "buffer": photo()}
    )
    press(page, "Upload")
    expect(page.locator(".photos__picture")).to_have_count(1)
    visitor.judged("photos-added")
    press(page)


def say_who(visitor: Visitor, email: str) -> None:
    page = visitor.page
    expect(page).to_have_url(re.compile("/about-you"))
    visitor.judged("about-you")
    page.get_by_label(re.compile("^Email address")).fill("maya at example")
    press(page)
    expect(page.locator(".govuk-error-summary")).to_be_visible()
    visitor.judged("about-you-error")
    page.get_by_label(re.compile("^Full name")).fill("Maya Okafor")
    page.get_by_label(re.compile("^Email address")).fill(email)
    press(page)


def change_one(visitor: Visitor) -> None:
    """Change comes back to check answers, with the new answer."""
    page = visitor.page
    expect(page.get_by_role("heading", level=1)).to_have_text("Check your answers")
    visitor.judged("check-answers")
    page.get_by_role("link", name=re.compile("Change.*How much is there")).click()
    page.get_by_label("A small van full", exact=True).check()
    press(page)
    expect(page.get_by_role("heading", level=1)).to_have_text("Check your answers")
    expect(page.locator("main")).to_contain_text("A small van full")


def send(visitor: Visitor) -> str:
    press(visitor.page, "Send report")
    on(visitor, "(sent|check-answers)")
    if visitor.page.url.endswith("/check-answers"):  # a browser that is driven may be quicker than any person
        visitor.page.get_by_role("button", name=re.compile("^Send")).click()
    expect(visitor.page.locator(".reference")).to_be_visible()
    visitor.judged("sent")
    return visitor.page.locator(".reference").inner_text().strip()


def case_of(page: Page, demo: Demo, council: str, reference: str, seconds: float) -> None:
    """Open the case at the back office; it must be there within `seconds`."""
    deadline = time.monotonic() + seconds
    while True:
        page.goto(f"{demo.simulator}/{council}/")
        found = page.locator("article").filter(has_text=reference)
        if found.count():
            break
        assert time.monotonic() < deadline, f"no case of {reference} within {seconds} s"
        page.wait_for_timeout(50)
    assert found.count() == 1
    found.get_by_role("link").first.click()


def until_shown(page: Page, words: str) -> None:
    """Load the page again until it shows `words`."""
    deadline = time.monotonic() + NEWS_SECONDS
    while words not in page.locator("main").inner_text():
        assert time.monotonic() < deadline, f"{words!r} did not appear:\n{page.locator('main').inner_text()}"
        page.wait_for_timeout(200)
        page.reload()


def mails_to(page: Page, demo: Demo, email: str) -> list[str]:
    every = page.request.get(f"{demo.simulator}/mailbox/messages.json").json()
    return [mail["body"] for mail in every if email in mail["recipient"]]


@widths
@scripting
def test_a_report_reaches_the_back_office_and_its_news_the_resident(
    demo: Demo, visitor: Come, width: int, scripts: bool
) -> None:
    email = f"maya.{width}{'.js' if scripts else ''}@example.org"
    resident = visitor(width, scripts)
    begin(resident, demo)
    say_where(resident)
    answer_the_questions(resident)
    add_a_photo(resident)
    say_who(resident, email)
    change_one(resident)
    reference = send(resident)

    officer = visitor(width, scripts)
    case_of(officer.page, demo, "boston", reference, CASE_SECONDS)
    officer.judged("back-office-case")
    expect(officer.page.locator("main")).to_contain_text("By the gate")
    officer.page.get_by_role("button", name="Set in progress").click()

    resident.page.get_by_role("link", name="see its progress").click()
    until_shown(resident.page, "In progress")
    resident.judged("progress")
    officer.page.get_by_label("What to tell the resident").fill("Cleared by the crew this morning")
    officer.page.get_by_role("button", name="Close as resolved").click()
    until_shown(resident.page, "Cleared by the crew this morning")
    resident.judged("progress-resolved")

    deadline = time.monotonic() + NEWS_SECONDS
    while not any("Cleared by the crew" in body for body in mails_to(officer.page, demo, email)):
        assert time.monotonic() < deadline, mails_to(officer.page, demo, email)
        officer.page.wait_for_timeout(200)
    assert any(reference in body for body in mails_to(officer.page, demo, email))
    officer.page.goto(f"{demo.simulator}/mailbox/?pause=1")
    officer.judged("mailbox")


@widths
@scripting
def test_the_pages_around_the_journey(demo: Demo, visitor: Come, width: int, scripts: bool) -> None:
    resident = visitor(width, scripts)
    page = resident.page
    page.goto(f"{demo.web}/")
    resident.judged("home")
    page.goto(f"{demo.web}/progress")
    resident.judged("find")
    press(page, "Show progress")
    expect(page.locator(".govuk-error-summary")).to_be_visible()
    resident.judged("find-error")
    page.goto(f"{demo.web}/boston/no-such-service/")
    resident.judged("not-found")
    page.goto(f"{demo.simulator}/?pause=1")
    resident.judged("back-offices")


def place(visitor: Visitor, demo: Demo, postcode: str) -> None:
    begin(visitor, demo)
    visitor.page.locator("#place").fill(postcode)
    press(visitor.page)


def test_a_place_in_spalding_goes_to_south_holland_though_begun_at_boston(demo: Demo, visitor: Come) -> None:
    resident = visitor(1280, True)
    place(resident, demo, "PE11 1AU")
    expect(resident.page.locator("main")).to_contain_text("PE11 1AU")
    press(resident.page)
    answers = {"land": "Road, pavement or verge", "what": "Garden waste", "size": "One item"}
    for slug, label in (answers | {"road": "No", "witnessed": "No"}).items():
        on(resident, slug)
        resident.page.get_by_label(label, exact=True).check()
        press(resident.page)
    on(resident, "photos")
    press(resident.page)  # no photo
    on(resident, "about-you")
    press(resident.page)  # nobody named
    on(resident, "check-answers")
    reference = send(resident)
    expect(resident.page.locator("main")).to_contain_text("South Holland District Council")
    officer = visitor(1280, True)
    case_of(officer.page, demo, "south-holland", reference, CASE_SECONDS)
    officer.page.goto(f"{demo.simulator}/boston/")
    expect(officer.page.locator("main")).not_to_contain_text(reference)


@widths
def test_a_place_in_sleaford_names_north_kesteven_and_is_not_sent(
    demo: Demo, visitor: Come, width: int
) -> None:
    resident = visitor(width, True)
    place(resident, demo, "NG34 7SF")
    expect(resident.page.get_by_role("heading", level=1)).to_have_text("This place is outside our area")
    expect(resident.page.locator("main")).to_contain_text("North Kesteven")
    expect(resident.page.locator("main")).to_contain_text("Nothing has been sent")
    resident.judged("elsewhere")


@widths
@scripting
def test_what_a_witness_is_asked(demo: Demo, visitor: Come, width: int, scripts: bool) -> None:
    resident = visitor(width, scripts)
    page = resident.page
    place(resident, demo, "PE21 6JT")
    press(page)
    page.get_by_label("Somebody’s home or garden", exact=True).check()
    press(page)
    expect(page.get_by_role("heading", level=1)).to_have_text("Waste on private land")
    resident.judged("private-land")
    page.get_by_role("link", name="Back", exact=True).click()
    answers = {"land": "Farmland", "what": "Tyres", "size": "One item", "road": "No", "witnessed": "Yes"}
    for slug, label in answers.items():
        on(resident, slug)
        page.get_by_label(label, exact=True).check()
        press(page)
    on(resident, "when")
    wrong_then(resident, "when", "Enter the date you saw it")
    for part, typed in (("Day", "20"), ("Month", "November"), ("Year", "2026")):
        page.get_by_label(part, exact=True).fill(typed)
    press(page)
    on(resident, "who")
    resident.judged("who")
    press(page)
    on(resident, "registration")
    resident.judged("registration")
    press(page)
    choose(resident, "statement", "Select yes if you would make a statement", "Yes")
    on(resident, "photos")
    press(page)  # no photo
    on(resident, "about-you")
    wrong_then(resident, "about-a-witness", "Enter your full name")


def test_the_browsers_own_back_works_after_a_mistake(demo: Demo, visitor: Come) -> None:
    resident = visitor(360, True)
    page = resident.page
    place(resident, demo, "nowhere at all")
    expect(page).to_have_title(re.compile("^Error: "))
    page.reload()
    expect(page.locator("#place")).to_have_value("nowhere at all")
    page.locator("#place").fill("PE21 6JT")
    press(page)
    expect(page.get_by_role("heading", level=1)).to_have_text("Check the place")
    page.go_back()
    expect(page.get_by_role("heading", level=1)).to_have_text("Where is the fly-tipping?")
    expect(page.locator("#place")).to_have_value("PE21 6JT")
    page.go_forward()
    expect(page.get_by_role("heading", level=1)).to_have_text("Check the place")
