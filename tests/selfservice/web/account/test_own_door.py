"""What whoever has signed in changes about it: passwords, addresses and sign-ins, each after a fresh proof."""

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from flask.testing import FlaskClient

from selfservice import clock
from selfservice.installation import Installation
from selfservice.store.accounts import AccountRow
from selfservice.store.sign_ins import SignInRow
from tests.factories.door import PASSWORD, SAM, ask_for_link, is_in, mail_of, sams_account, sign_in
from tests.factories.mail import Mail
from tests.journeys.visitor import Visitor

Someone = Callable[[], Visitor]
NEW, BETTER = "sam@carter.example.org", "copper meadow violin"


@pytest.fixture
def sam(installation: Installation) -> AccountRow:
    return sams_account(installation)


@pytest.fixture
def mail(installation: Installation) -> Mail:
    return mail_of(installation)


def let_pass(installation: Installation, minutes: int = 11) -> None:
    """So long is it since everybody proved themselves."""
    with installation.database.write() as session:
        for row in session.query(SignInRow):
            row.proved_at -= timedelta(minutes=minutes)


def test_whoever_forgot_their_password_chooses_a_new_one(
    someone: Someone, sam: AccountRow, mail: Mail
) -> None:
    elsewhere, visitor = sign_in(someone()), someone()
    visitor.open("/account/sign-in?next=/boston/")
    visitor.open(re.search(r'href="(/account/reset[^"]*)"', visitor.text)[1])  # type: ignore[index]
    visitor.press({"recipient": SAM})
    visitor.open(mail.link(SAM))
    visitor.press()
    assert visitor.path == "/account/password"
    assert visitor.press({"password": "sam.carter sam"}).status_code == 422
    visitor.press({"password": BETTER})
    assert visitor.path == "/account/password-changed"
    assert 'href="/boston/"' in visitor.text
    assert not is_in(elsewhere)
    assert mail.newest(SAM).subject == "Your password was changed"
    assert is_in(sign_in(someone(), password=BETTER))
    assert not is_in(sign_in(someone()))


@pytest.mark.parametrize("ending", ["password", "everywhere"])
def test_a_change_of_address_that_a_thief_began_ends_with_their_sign_in(
    someone: Someone, installation: Installation, sam: AccountRow, mail: Mail, ending: str
) -> None:
    thief, visitor = sign_in(someone()), sign_in(someone())
    thief.open("/account/sign-in-details/address")
    thief.press({"recipient": NEW})
    if ending == "password":
        visitor.open("/account/password")
        visitor.press({"password": BETTER})
    else:
        visitor.open("/account/sessions")
        visitor.press({"do": "everywhere"})
    assert not is_in(thief)
    assert thief.open("/account/check-your-messages").status_code == 410
    other = someone()
    assert other.open(mail.link(NEW)).status_code == 410
    with installation.database.read() as session:
        assert [row.email for row in session.query(AccountRow)] == [SAM]


def test_a_new_password_gives_this_browser_a_new_secret(
    someone: Someone, installation: Installation, sam: AccountRow
) -> None:
    visitor, thief = sign_in(someone()), someone()
    copied = visitor.client.get_cookie("selfservice-account")
    assert copied is not None
    visitor.open("/account/password")
    visitor.press({"password": BETTER})
    thief.client.set_cookie("selfservice-account", copied.value)
    assert is_in(visitor)
    assert not is_in(thief)


def test_a_fresh_proof_takes_the_forms_of_before_with_it(visitor: Visitor, sam: AccountRow) -> None:
    sign_in(visitor)
    visitor.open("/account/prove")
    before = visitor.hidden()["csrf_token"]
    visitor.press({"password": PASSWORD})
    visitor.open("/account/sessions")
    assert visitor.press({"csrf_token": before, "do": "everywhere"}).status_code == 400
    assert is_in(visitor)


def test_a_changed_address_signs_out_every_other_browser(
    someone: Someone, sam: AccountRow, mail: Mail
) -> None:
    other, visitor = sign_in(someone()), sign_in(someone())
    visitor.open("/account/sign-in-details/address")
    visitor.press({"recipient": NEW})
    visitor.press({"code": mail.code(NEW)})
    assert is_in(visitor)
    assert not is_in(other)


def test_a_code_leads_to_the_new_password_as_the_link_does(
    visitor: Visitor, sam: AccountRow, mail: Mail
) -> None:
    visitor.open("/account/reset")
    visitor.press({"recipient": SAM})
    visitor.press({"code": mail.code(SAM)})
    assert visitor.path == "/account/password"


@pytest.mark.parametrize("page", ["/account/password", "/account/sign-in-details/address"])
def test_who_has_not_proven_themselves_for_a_while_is_asked_to(
    visitor: Visitor, installation: Installation, sam: AccountRow, page: str
) -> None:
    sign_in(visitor)
    assert visitor.open(page).status_code == 200
    assert visitor.path == page
    let_pass(installation)
    visitor.open(page)
    assert visitor.path == "/account/prove"
    assert visitor.press({"password": "not this one at all"}).status_code == 422
    before = visitor.client.get_cookie("selfservice-account")
    visitor.press({"password": PASSWORD})
    assert visitor.path == page
    after = visitor.client.get_cookie("selfservice-account")
    assert before is not None
    assert after is not None
    assert before.value != after.value


def test_a_post_without_a_fresh_proof_changes_nothing(
    visitor: Visitor, installation: Installation, sam: AccountRow, mail: Mail
) -> None:
    sign_in(visitor)
    visitor.open("/account/password")
    let_pass(installation)
    visitor.press({"password": BETTER})
    assert visitor.path == "/account/prove"
    assert [letter.subject for letter in mail.letters(SAM)] == ["A new sign-in to your account"]


def test_a_code_is_as_good_a_proof_as_the_password(
    visitor: Visitor, installation: Installation, sam: AccountRow, mail: Mail
) -> None:
    sign_in(visitor)
    let_pass(installation)
    visitor.open("/account/password")
    visitor.press({"do": "send", "to": SAM})
    visitor.press({"code": mail.code(SAM)})
    assert visitor.path == "/account/password"


def test_wrong_proofs_are_counted_with_wrong_passwords_at_the_door(
    visitor: Visitor, installation: Installation, sam: AccountRow
) -> None:
    sign_in(visitor)
    let_pass(installation)
    visitor.open("/account/prove")
    for _ in range(10):
        visitor.press({"password": "not this one at all"})
    visitor.press({"password": PASSWORD})
    assert visitor.path == "/account/prove"
    assert "10 times in a row" in visitor.text


def test_a_proof_is_sent_to_their_own_address_alone(visitor: Visitor, sam: AccountRow, mail: Mail) -> None:
    sign_in(visitor)
    visitor.open("/account/prove")
    visitor.press({"do": "send", "to": "thief@example.org"})
    assert mail.letters("thief@example.org") == []
    assert mail.newest().recipient == SAM


def test_an_address_is_changed_by_a_message_to_the_new_one(
    visitor: Visitor, sam: AccountRow, mail: Mail
) -> None:
    sign_in(visitor)
    visitor.open("/account/sign-in-details")
    assert SAM in visitor.text
    visitor.open("/account/sign-in-details/address")
    visitor.press({"recipient": NEW})
    assert visitor.path == "/account/check-your-messages"
    visitor.press({"code": mail.code(NEW)})
    assert visitor.path == "/account/sign-in-details"
    assert NEW in visitor.text
    assert "has been changed" in visitor.text
    assert mail.newest(SAM).subject == "How you sign in was changed"


def test_an_address_of_another_account_looks_the_same_and_changes_nothing(
    visitor: Visitor, installation: Installation, sam: AccountRow, mail: Mail
) -> None:
    from tests.factories.people import a_customer, an_account

    with installation.database.write() as session:
        other = a_customer(session, "Rosa Marsh", clock.now())
        an_account(session, other, clock.now(), email="rosa.marsh@example.org")
    sign_in(visitor)
    visitor.open("/account/sign-in-details/address")
    visitor.press({"recipient": "rosa.marsh@example.org"})
    assert visitor.path == "/account/check-your-messages"
    assert "has an account already" in mail.newest("rosa.marsh@example.org").subject


def test_the_only_way_in_is_not_taken_away(visitor: Visitor, sam: AccountRow) -> None:
    sign_in(visitor)
    visitor.open("/account/sign-in-details")
    assert "Remove" not in visitor.text
    visitor.open("/account/sessions")
    assert visitor.press({"remove": "email"}, at="/account/sign-in-details").status_code == 409
    assert "Add another first" in visitor.text


def test_the_list_says_where_and_signs_out_there(someone: Someone, sam: AccountRow) -> None:
    phone, desk = sign_in(someone()), someone()
    desk.client.environ_base["HTTP_USER_AGENT"] = "Mozilla/5.0 (Windows NT 10.0; rv:128.0) Firefox/128.0"
    sign_in(desk)
    desk.open("/account/sessions")
    assert "Firefox, Windows" in desk.text
    ids = re.findall(r'name="id" value="([^"]+)"', desk.text)
    assert len(ids) == 2
    desk.press({"id": ids[1]})
    assert "You are signed out there" in desk.text
    assert not is_in(phone)
    assert is_in(desk)


def test_signing_out_everywhere_is_everywhere(someone: Someone, sam: AccountRow) -> None:
    phone, desk = sign_in(someone()), sign_in(someone())
    desk.open("/account/sessions")
    desk.press({"do": "everywhere"})
    assert desk.path == "/account/signed-out"
    assert not is_in(phone)
    assert not is_in(desk)


def test_signing_out_is_pressed_and_leaves_nothing_to_go_back_to(visitor: Visitor, sam: AccountRow) -> None:
    sign_in(visitor)
    visitor.open("/account/sign-out")
    assert is_in(visitor), "opening the page signs nobody out"
    kept = visitor.client.get_cookie("selfservice-account")
    visitor.open("/account/sign-out")
    answer = FlaskClient.post(visitor.client, "/account/sign-out", data=visitor.hidden())
    assert answer.headers["Clear-Site-Data"] == '"cache"'
    assert not is_in(visitor)
    assert kept is not None
    visitor.client.set_cookie("selfservice-account", kept.value)
    assert not is_in(visitor)
    assert visitor.open("/account/sign-out").status_code == 200
    assert visitor.path == "/account/signed-out"


def test_a_sign_in_by_link_in_a_second_tab_is_the_same_browsers(
    visitor: Visitor, sam: AccountRow, mail: Mail
) -> None:
    ask_for_link(visitor)
    sign_in(visitor)
    assert is_in(visitor)
    assert visitor.open("/account/check-your-messages").status_code in (200, 404)
    assert visitor.path == "/account/"
