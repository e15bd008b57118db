"""Opening an account on the pages: nothing before the address is confirmed, and nothing told of who has one."""

from collections.abc import Callable

import pytest
import sqlalchemy as sa

from selfservice.installation import Installation
from selfservice.store.accounts import AccountRow
from selfservice.store.customers import CustomerRow
from tests.factories.door import PASSWORD, SAM, is_in, mail_of, sams_account, sign_in
from tests.factories.mail import Mail
from tests.journeys.visitor import TOKEN, Visitor

Someone = Callable[[], Visitor]
ADA = "ada.wold@example.org"


@pytest.fixture
def mail(installation: Installation) -> Mail:
    return mail_of(installation)


def sign_up(visitor: Visitor, recipient: str = ADA, **typed: str) -> Visitor:
    visitor.open("/account/sign-up?next=/boston/")
    visitor.press({"name": "Ada Wold", "recipient": recipient, "password": PASSWORD, **typed})
    return visitor


def accounts(installation: Installation) -> int:
    with installation.database.read() as session:
        return len(session.scalars(sa.select(AccountRow.id)).all())


def test_an_account_is_there_once_its_address_is_confirmed(
    visitor: Visitor, installation: Installation, mail: Mail
) -> None:
    sign_up(visitor)
    assert visitor.path == "/account/check-your-messages"
    assert accounts(installation) == 0
    visitor.open(mail.link(ADA))
    assert visitor.title.startswith("Confirm your email address")
    assert accounts(installation) == 0
    visitor.press()
    assert visitor.path == "/boston/"
    assert is_in(visitor)
    visitor.open("/account/sign-out")
    visitor.press()
    assert is_in(sign_in(visitor, recipient=ADA))


def test_pressing_twice_or_going_back_opens_one_account_and_leads_on(
    visitor: Visitor, installation: Installation, mail: Mail
) -> None:
    sign_up(visitor)
    link = mail.link(ADA)
    visitor.open(link)
    visitor.press()
    visitor.open("/account/sessions")
    visitor.press(at=link)
    assert visitor.path == "/account/"
    visitor.open(link)
    assert visitor.path == "/account/"
    assert accounts(installation) == 1


def test_what_a_stranger_typed_does_not_count_where_the_link_is_answered_in_another_browser(
    someone: Someone, installation: Installation, mail: Mail
) -> None:
    stranger, ada = sign_up(someone(), name="Mallory", password="copper meadow violin"), someone()
    ada.open(mail.link(ADA))
    assert "in another browser" in ada.text
    assert "Mallory" not in ada.text
    assert ada.press({"recipient": ADA}).status_code == 422
    assert "Enter your name" in ada.text
    ada.press({"recipient": ADA, "name": "Ada Wold"})
    assert ada.path == "/account/password"
    assert "Your account is open" in ada.text
    assert "Choose a password" in ada.title
    ada.press({"password": PASSWORD})
    assert 'href="/boston/"' in ada.text
    assert not is_in(sign_in(stranger, recipient=ADA, password="copper meadow violin"))
    assert is_in(sign_in(someone(), recipient=ADA))
    with installation.database.read() as session:
        assert session.scalars(sa.select(CustomerRow.name)).all() == ["Ada Wold"]


def test_whoever_has_an_account_is_asked_for_no_name_in_another_browser(
    someone: Someone, installation: Installation, mail: Mail
) -> None:
    sams_account(installation)
    sign_up(someone(), SAM)
    sam = someone()
    sam.open(mail.link(SAM))
    assert 'name="name"' not in sam.text
    sam.press({"recipient": SAM})
    assert sam.path == "/boston/"


def test_a_password_is_nobodys_duty(visitor: Visitor, installation: Installation, mail: Mail) -> None:
    sign_up(visitor, password="")
    visitor.press({"code": mail.code(ADA)})
    assert is_in(visitor)
    with installation.database.read() as session:
        assert session.scalars(sa.select(AccountRow.password_hash)).all() == [None]


def test_whoever_has_an_account_sees_the_same_page_and_is_sent_another_message(
    someone: Someone, installation: Installation, mail: Mail
) -> None:
    sams_account(installation)
    known, unknown = sign_up(someone(), SAM), sign_up(someone(), ADA)
    assert TOKEN.sub("", known.text).replace(SAM, ADA) == TOKEN.sub("", unknown.text)
    assert mail.newest(SAM).subject == "You already have an account"
    known.open(mail.link(SAM))
    known.press()
    assert is_in(known)
    with installation.database.read() as session:
        assert session.scalars(sa.select(CustomerRow.name)).all() == ["Sam Carter"]


@pytest.mark.parametrize(
    ("typed", "field", "words"),
    [
        ({"name": " "}, "name", "Enter your name"),
        ({"name": "A" * 101}, "name", "100 characters or fewer"),
        ({"recipient": "ada@"}, "recipient", "Enter an email address in the correct format"),
        ({"password": "short"}, "password", "at least 12 characters"),
        ({"password": "adawold adawold 1"}, "password", "name or email address"),
        ({"password": "password1234567"}, "password", "people use most"),
    ],
)
def test_what_cannot_be_taken_is_said_beside_its_field(
    visitor: Visitor, mail: Mail, typed: dict[str, str], field: str, words: str
) -> None:
    visitor.open("/account/sign-up")
    fields = {"name": "Ada Wold", "recipient": ADA, "password": PASSWORD, **typed}
    assert visitor.press(fields).status_code == 422
    assert f'href="#{field}"' in visitor.text
    assert words in visitor.text
    assert mail.letters() == []


def test_what_a_weak_password_is_says_the_same_for_whoever_has_an_account(
    someone: Someone, installation: Installation
) -> None:
    sams_account(installation)
    pages = []
    for recipient in (SAM, ADA):
        visitor = someone()
        visitor.open("/account/sign-up")
        visitor.press({"name": "Ada Wold", "recipient": recipient, "password": "short"})
        pages.append(TOKEN.sub("", visitor.text).replace(recipient, ""))
    assert pages[0] == pages[1]


def test_the_message_of_a_sign_up_can_be_sent_again_with_all_that_was_typed(
    visitor: Visitor, mail: Mail, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("selfservice.operations.challenging.SECOND_CLICK_SECONDS", 0)
    sign_up(visitor)
    visitor.press(at="/account/check-your-messages/again")
    visitor.press({"code": mail.code(ADA)}, at="/account/check-your-messages")
    assert visitor.path == "/boston/"
    visitor.open("/account/sign-out")
    visitor.press()
    assert is_in(sign_in(visitor, recipient=ADA))
