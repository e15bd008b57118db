"""An account by mobile number alone: opened, signed in to and changed by codes in text messages."""

from pathlib import Path

import pytest

from selfservice.database import Database
from selfservice.installation import Installation
from tests.factories.door import PASSWORD, PHONE, ask_for_link, is_in, mail_of, sams_account, sign_in
from tests.factories.installations import make_installation, make_settings
from tests.factories.phones import TEXTS, Handset, fits
from tests.journeys.visitor import Visitor


@pytest.fixture
def installation(database: Database, tmp_path: Path) -> Installation:
    """An installation that sends text messages."""
    settings = make_settings(home=tmp_path, redis_url="", redis_prefix="none", **TEXTS)
    made = make_installation(settings=settings, database=database)
    made.__dict__["texter"] = Handset()
    return made


def test_an_account_is_opened_by_a_number_alone(visitor: Visitor, installation: Installation) -> None:
    visitor.open("/account/sign-up")
    visitor.press({"name": "Sam Carter", "recipient": "07700 900123"})
    assert "Check your text messages" in visitor.title
    assert "07700 900123" in visitor.text
    text = fits(mail_of(installation).newest(PHONE).body)
    assert "/account/link/" not in text
    visitor.press({"code": mail_of(installation).code(PHONE)})
    assert is_in(visitor)


def test_the_number_signs_in_by_code_or_password_however_it_is_typed(
    visitor: Visitor, installation: Installation
) -> None:
    sams_account(installation, phone=PHONE)
    ask_for_link(visitor, recipient="+44 7700 900 123")
    visitor.press({"code": mail_of(installation).code(PHONE)})
    assert is_in(visitor)
    visitor.open("/account/sign-out")
    visitor.press()
    assert is_in(sign_in(visitor, recipient="07700900123", password=PASSWORD))


def test_a_number_that_nobody_has_is_answered_in_the_same_way(
    visitor: Visitor, installation: Installation
) -> None:
    ask_for_link(visitor, recipient="07700 900456")
    assert visitor.path == "/account/check-your-messages"
    assert "There is no account with it" in fits(mail_of(installation).newest("+447700900456").body)


@pytest.mark.parametrize("typed", ["01632 960001", "07700", "sam.carter"])
def test_what_is_neither_an_address_nor_a_mobile_number_is_not_taken(visitor: Visitor, typed: str) -> None:
    visitor.open("/account/sign-in")
    assert visitor.press({"recipient": typed, "do": "send"}).status_code == 422
    assert "UK mobile number" in visitor.text
