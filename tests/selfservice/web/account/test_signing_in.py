"""Signing in on the pages: by password, link and code, from a form and back to it; and every way to be refused."""

from collections.abc import Callable

import pytest
from flask.testing import FlaskClient

from selfservice.installation import Installation
from selfservice.operations import locking
from selfservice.store.accounts import AccountRow
from tests.factories.door import (
    PASSWORD,
    SAM,
    ask_for_link,
    is_in,
    mail_of,
    sams_account,
    sign_in,
)
from tests.factories.mail import Mail, wrong
from tests.factories.reports import fly_tipping
from tests.journeys.visitor import Visitor

Someone = Callable[[], Visitor]
NOBODY = "nobody@example.org"
BEGINNING = list(fly_tipping(where="PE21 6QR", name="Sam Carter", email=SAM, witnessed=False))[:1]


@pytest.fixture
def sam(installation: Installation) -> AccountRow:
    return sams_account(installation)


@pytest.fixture
def mail(installation: Installation) -> Mail:
    return mail_of(installation)


def test_the_right_password_signs_in_and_leads_to_what_was_wanted(visitor: Visitor, sam: AccountRow) -> None:
    sign_in(visitor, wanted="/boston/")
    assert visitor.path == "/boston/"
    assert is_in(visitor)


def test_capitals_in_the_address_do_no_harm(visitor: Visitor, sam: AccountRow) -> None:
    assert is_in(sign_in(visitor, recipient=" Sam.Carter@Example.ORG "))


def test_a_draft_begun_before_is_gone_on_with_after_signing_in(visitor: Visitor, sam: AccountRow) -> None:
    visitor.begin("boston", "fly-tipping")
    visitor.fill_in(BEGINNING)
    page = visitor.path
    assert f"/account/sign-in?next={page}" in visitor.text.replace("%2F", "/")
    sign_in(visitor, wanted=page)
    assert visitor.path == page
    visitor.open("/account/sign-out")
    visitor.press()
    assert visitor.open(page).status_code == 404


@pytest.mark.parametrize("wanted", ["//evil.example/", "https://evil.example/", "/\\evil.example"])
def test_nobody_is_led_elsewhere(visitor: Visitor, sam: AccountRow, wanted: str) -> None:
    visitor.open("/account/sign-in")
    answer = visitor.client.post(
        "/account/sign-in",
        query_string={"next": wanted},
        data={"recipient": SAM, "password": PASSWORD, **visitor.hidden()},
    )
    assert (answer.status_code, answer.location) == (303, "/account/")


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"recipient": "", "password": PASSWORD}, "recipient"),
        ({"recipient": "sam at example", "password": PASSWORD}, "recipient"),
        ({"recipient": SAM, "password": ""}, "password"),
        ({"recipient": "", "do": "send"}, "recipient"),
        ({"recipient": SAM, "password": "not this one at all"}, "password"),
    ],
)
def test_what_cannot_be_taken_is_said_beside_its_field(
    visitor: Visitor, sam: AccountRow, typed: dict[str, str], field: str
) -> None:
    visitor.open("/account/sign-in")
    assert visitor.press(typed).status_code == 422
    assert visitor.title.startswith("Error: ")
    assert f'href="#{field}"' in visitor.text
    assert PASSWORD not in visitor.text


def test_the_page_welcomes_password_managers(visitor: Visitor) -> None:
    visitor.open("/account/sign-in")
    assert 'autocomplete="username"' in visitor.text
    assert 'autocomplete="current-password"' in visitor.text


def test_the_link_signs_in_the_browser_that_asked(visitor: Visitor, sam: AccountRow, mail: Mail) -> None:
    ask_for_link(visitor, wanted="/boston/")
    assert visitor.path == "/account/check-your-messages"
    assert SAM in visitor.text
    visitor.open(mail.link(SAM))
    visitor.press()
    assert visitor.path == "/boston/"
    assert is_in(visitor)


def test_the_code_signs_in_as_well(visitor: Visitor, sam: AccountRow, mail: Mail) -> None:
    ask_for_link(visitor)
    visitor.press({"code": mail.code(SAM)})
    assert is_in(visitor)


def test_opening_the_link_as_often_as_scanners_do_changes_nothing(
    someone: Someone, sam: AccountRow, mail: Mail
) -> None:
    visitor, scanner = ask_for_link(someone()), someone()
    for _ in range(5):
        assert FlaskClient.open(scanner.client, mail.link(SAM), method="HEAD").status_code == 200
        assert scanner.open(mail.link(SAM)).status_code == 200
    visitor.open(mail.link(SAM))
    visitor.press()
    assert is_in(visitor)


def test_a_link_that_was_used_opens_nothing_more(someone: Someone, sam: AccountRow, mail: Mail) -> None:
    visitor, other = ask_for_link(someone()), someone()
    visitor.open(mail.link(SAM))
    visitor.press()
    other.open("/account/sign-in")
    assert other.press({"recipient": SAM}, at=mail.link(SAM)).status_code == 410
    assert "This link has been used" in other.text
    assert not is_in(other)
    visitor.press(at=mail.link(SAM), csrf_token="of a page from before")
    assert visitor.path != mail.link(SAM), "who is signed in by it is led on, not told off"


def test_another_browser_is_asked_where_the_link_was_sent(
    someone: Someone, sam: AccountRow, mail: Mail
) -> None:
    ask_for_link(someone())
    phone = someone()
    phone.open(mail.link(SAM))
    assert SAM not in phone.text
    assert phone.press().status_code == 422
    assert phone.press({"recipient": NOBODY}).status_code == 422
    phone.press({"recipient": SAM.title()})
    assert is_in(phone)


def test_five_wrong_addresses_lock_the_link(someone: Someone, sam: AccountRow, mail: Mail) -> None:
    ask_for_link(someone())
    thief = someone()
    thief.open(mail.link(SAM))
    statuses = [thief.press({"recipient": NOBODY}).status_code for _ in range(5)]
    assert statuses == [422] * 4 + [410]
    assert "We have locked this link" in thief.text


def test_the_sixth_code_is_refused_though_it_is_right(visitor: Visitor, sam: AccountRow, mail: Mail) -> None:
    ask_for_link(visitor)
    code = mail.code(SAM)
    statuses = [visitor.press({"code": wrong(code)}).status_code for _ in range(5)]
    assert statuses == [422] * 4 + [410]
    assert "We have locked this code" in visitor.text
    visitor.press({"code": code}, at="/account/check-your-messages")
    assert not is_in(visitor)


def test_what_did_not_arrive_is_sent_again_and_the_one_before_is_void(
    visitor: Visitor, sam: AccountRow, mail: Mail, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("selfservice.operations.challenging.SECOND_CLICK_SECONDS", 0)
    ask_for_link(visitor, wanted="/boston/")
    old = mail.link(SAM)
    visitor.press(at="/account/check-your-messages/again")
    assert "We have sent it again" in visitor.text
    assert mail.link(SAM) != old
    assert visitor.open(old).status_code == 410
    assert "There is a newer link" in visitor.text
    visitor.open(mail.link(SAM))
    visitor.press()
    assert visitor.path == "/boston/"


def test_pressing_twice_sends_one_message(visitor: Visitor, sam: AccountRow, mail: Mail) -> None:
    ask_for_link(visitor)
    ask_for_link(visitor)
    assert len(mail.letters(SAM)) == 1
    visitor.press({"code": mail.code(SAM)})
    assert is_in(visitor)


def test_too_many_messages_to_one_address_are_refused_whoever_has_it(
    visitor: Visitor, sam: AccountRow, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("selfservice.operations.challenging.SECOND_CLICK_SECONDS", 0)
    for recipient in (SAM, NOBODY):
        statuses = []
        for _ in range(6):
            ask_for_link(visitor, recipient=recipient)
            assert visitor.page is not None
            statuses.append(visitor.page.status_code)
        assert statuses == [200] * 5 + [429]
    assert "We have sent too many messages" in visitor.text


def test_ten_wrong_passwords_shut_that_way_and_leave_the_other(
    visitor: Visitor, sam: AccountRow, mail: Mail
) -> None:
    visitor.open("/account/sign-in")
    for _ in range(locking.PASSWORD.most):
        assert visitor.press({"recipient": SAM, "password": "wrong again"}).status_code == 422
    assert "10 times in a row" in visitor.text
    visitor.press({"recipient": SAM, "password": PASSWORD})
    assert "10 times in a row" in visitor.text
    assert mail.newest(SAM).subject == "A wrong password was entered many times"
    visitor.open(mail.link(SAM))
    visitor.press()
    assert is_in(visitor)


def test_signing_in_gives_the_browser_new_secrets(visitor: Visitor, sam: AccountRow) -> None:
    """Whoever planted a cookie before knows nothing of the session after (fixation)."""
    visitor.open("/account/sign-in")
    before = visitor.client.get_cookie("selfservice")
    token = visitor.hidden()["csrf_token"]
    visitor.client.set_cookie("selfservice-account", "planted")
    sign_in(visitor)
    after, secret = visitor.client.get_cookie("selfservice"), visitor.client.get_cookie("selfservice-account")
    assert before is not None
    assert secret is not None
    assert secret.value != "planted"
    assert after is None or after.value != before.value
    assert visitor.client.post("/account/sessions", data={"csrf_token": token}).status_code == 400


def test_an_expired_page_asks_once_more_and_sends_nothing(
    visitor: Visitor, sam: AccountRow, mail: Mail
) -> None:
    visitor.open("/account/sign-in")
    assert visitor.press({"recipient": SAM, "do": "send"}, csrf_token="old").status_code == 400
    assert f'value="{SAM}"' in visitor.text
    assert mail.letters() == []
    visitor.press({"recipient": SAM, "do": "send"})
    assert len(mail.letters()) == 1


def test_no_token_code_or_password_is_in_a_log_or_a_referrer(
    visitor: Visitor, sam: AccountRow, mail: Mail, capsys: pytest.CaptureFixture[str]
) -> None:
    from selfservice.web.logging import configure

    configure("INFO")
    sign_in(visitor, password="not this one at all")
    ask_for_link(visitor)
    answer = visitor.open(mail.link(SAM))
    assert answer.headers["Referrer-Policy"] == "same-origin, strict-origin"
    visitor.press()
    logged = capsys.readouterr().out
    assert "/account/link/<token>" in logged
    for secret in (
        mail.token(SAM),
        mail.code(SAM).replace(" ", ""),
        SAM,
        "not this one at all",
        "Sam Carter",
    ):
        assert secret not in logged


def test_a_page_of_an_account_leads_to_signing_in_and_back(visitor: Visitor, sam: AccountRow) -> None:
    visitor.open("/account/sessions")
    assert visitor.path == "/account/sign-in"
    visitor.press({"recipient": SAM, "password": PASSWORD})
    assert visitor.path == "/account/sessions"


def test_whoever_is_signed_in_is_led_on(visitor: Visitor, sam: AccountRow) -> None:
    sign_in(visitor)
    for page in ("/account/sign-in", "/account/sign-up", "/account/check-your-messages"):
        answer = visitor.client.get(f"{page}?next=/boston/")
        assert answer.status_code == 303
        assert answer.location in ("/boston/", "/account/")


def test_a_browser_not_seen_before_is_told_of_and_the_same_one_again_is_not(
    someone: Someone, sam: AccountRow, mail: Mail
) -> None:
    browser = sign_in(someone())
    assert [letter.subject for letter in mail.letters(SAM)] == ["A new sign-in to your account"]
    browser.open("/account/sign-out")
    browser.press()
    sign_in(browser)
    assert len(mail.letters(SAM)) == 1
    sign_in(someone())
    assert len(mail.letters(SAM)) == 2


def test_a_cookie_that_we_did_not_sign_makes_no_browser_known(
    visitor: Visitor, sam: AccountRow, mail: Mail
) -> None:
    visitor.client.set_cookie("selfservice-known", f'["{sam.id}"].x.y')
    sign_in(visitor)
    assert len(mail.letters(SAM)) == 1
