"""Second factors in a real browser: an app with and without scripts, passkeys by an authenticator of the browser."""

import json
import re
from collections.abc import Callable

import pyotp
import pytest
from playwright.sync_api import Page, expect

from selfservice import clock
from selfservice.demo_people import STAFF
from selfservice.demo_staff import FILE, code_of
from tests.browser.conftest import Demo, Visitor
from tests.browser.test_walk import mails_to, on, press

pytestmark = pytest.mark.browser

Come = Callable[[int, bool], Visitor]
AUTHENTICATOR = {
    "protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True,
    "isUserVerified": True, "automaticPresenceSimulation": True,
}  # fmt: skip
CODE = re.compile(r"[Yy]our code is: (\d{3} \d{3})")


def with_authenticator(page: Page) -> None:
    """Give the browser of this page an authenticator that always says yes."""
    tools = page.context.new_cdp_session(page)
    tools.send("WebAuthn.enable")
    tools.send("WebAuthn.addVirtualAuthenticator", {"options": AUTHENTICATOR})


def sign_in_as_staff(visitor: Visitor, demo: Demo, email: str) -> None:
    """Give e-mail address and password."""
    logins = json.loads((demo.home / FILE).read_text(encoding="ascii"))
    password = next(login["password"] for login in logins if login["email"] == email)
    visitor.page.goto(f"{demo.web}/staff/sign-in?next=/staff/")
    visitor.judged("staff-sign-in")
    visitor.page.get_by_label("Email address").fill(email)
    visitor.page.get_by_label("Password", exact=True).fill(password)
    press(visitor.page, "Sign in")
    on(visitor, "second-factor")
    visitor.judged("staff-second-factor")


@pytest.mark.parametrize(("width", "who"), [(360, 0), (1280, 1)])
def test_staff_sign_in_by_a_code_and_then_by_a_passkey(
    demo: Demo, visitor: Come, width: int, who: int
) -> None:
    member, email = visitor(width, True), STAFF[who].email
    page = member.page
    with_authenticator(page)
    sign_in_as_staff(member, demo, email)
    page.get_by_label("Six-digit code").fill("000000")
    press(page)
    expect(page.locator(".govuk-error-summary")).to_contain_text("This code is not right")
    page.get_by_label("Six-digit code").fill(code_of(demo.home, email, clock.now()) or "")
    press(page)
    expect(page.locator("h1")).to_have_text("Your work")
    member.judged("staff-home")

    page.get_by_role("link", name="Your second factors").click()
    on(member, "security")
    page.get_by_role("button", name="Add a passkey").click()
    on(member, "passkey")
    member.judged("passkey")
    page.get_by_label("What do you want to call it?").fill("Key of the tests")
    press(page, "Add a passkey")
    expect(page.locator("h1")).to_have_text("Your recovery codes")
    page.goto(f"{demo.web}/staff/security")
    expect(page.locator("main")).to_contain_text("Key of the tests")
    member.judged("security")

    page.goto(f"{demo.web}/staff/")
    press(page, "Sign out")
    sign_in_as_staff(member, demo, email)
    press(page, "Use a passkey")
    expect(page.locator("h1")).to_have_text("Your work")


def test_a_passkey_that_is_not_given_is_told_of_and_loses_nothing(demo: Demo, visitor: Come) -> None:
    somebody = visitor(360, True)
    with_authenticator(somebody.page)
    somebody.page.goto(f"{demo.web}/account/sign-in/passkey")
    somebody.judged("passkey-sign-in")
    press(somebody.page, "Use a passkey")
    expect(somebody.page.get_by_role("alert")).to_contain_text("No passkey was given")
    expect(somebody.page.get_by_role("button", name="Use a passkey")).to_be_enabled()


def test_a_resident_sets_an_app_up_without_scripts_and_signs_in_with_it(demo: Demo, visitor: Come) -> None:
    resident = visitor(360, False)
    open_account(resident, demo, "ines.pereira.codes@example.org")
    page = resident.page
    page.goto(f"{demo.web}/account/security")
    resident.judged("account-security")
    press(page, "Set up an app")
    on(resident, "app")
    resident.judged("account-app")
    app = pyotp.TOTP(page.locator(".secret").inner_text().replace(" ", ""))
    page.get_by_label("Six-digit code").fill(app.now())
    press(page)
    expect(page.locator(".recovery-codes li")).to_have_count(10)
    resident.judged("account-codes")
    expect(page.get_by_role("button", name="Print this page")).to_be_hidden()
    code = page.locator(".recovery-codes li").first.inner_text()
    page.goto(f"{demo.web}/account/security/passkey")
    expect(page.locator("main")).to_contain_text("scripts are switched off")

    again = visitor(360, False)
    again.page.goto(f"{demo.web}/account/sign-in")
    again.page.get_by_label("Email address").fill("ines.pereira.codes@example.org")
    again.page.get_by_label("Password", exact=True).fill("purple kettle harbour")
    press(again.page, "Sign in")
    on(again, "second-factor")
    again.judged("account-second-factor")
    again.page.get_by_label("Six-digit code").fill(code)
    press(again.page)
    on(again, "security")


def test_a_resident_signs_in_by_a_passkey_alone(demo: Demo, visitor: Come) -> None:
    resident = visitor(1280, True)
    page = resident.page
    with_authenticator(page)
    open_account(resident, demo, "tom.allsop.key@example.org")
    page.goto(f"{demo.web}/account/security/passkey")
    press(page, "Add a passkey")
    expect(page.locator(".recovery-codes li")).to_have_count(10)
    page.context.clear_cookies()
    page.goto(f"{demo.web}/account/sign-in?next=/account/security")
    page.get_by_role("link", name="Sign in with a passkey").click()
    press(page, "Use a passkey")
    on(resident, "security")


def open_account(visitor: Visitor, demo: Demo, email: str) -> None:
    """Open an account with the code that is sent."""
    page = visitor.page
    page.goto(f"{demo.web}/account/sign-up")
    page.get_by_label("Your name").fill("Ines Pereira")
    page.get_by_label("Email address").fill(email)
    page.get_by_label("Password (optional)").fill("purple kettle harbour")
    press(page)
    on(visitor, "check-your-messages")
    for _ in range(100):
        found = [match[1] for body in mails_to(page, demo, email) if (match := CODE.search(body))]
        if found:
            break
        page.wait_for_timeout(200)
    page.get_by_label("Six-digit code").fill(found[-1])
    press(page)
    expect(page).to_have_url(re.compile(r"/account/$"))
