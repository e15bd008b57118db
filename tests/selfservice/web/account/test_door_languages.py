"""The door of My Account in another language: no page of it has anything that translators were not given."""

import pytest
from flask import Flask

from selfservice.app import create_app
from selfservice.installation import Installation
from tests.factories.door import PASSWORD, SAM, mail_of
from tests.factories.mail import wrong
from tests.journeys.visitor import Visitor
from tests.selfservice.web.test_languages import ACCENTED, KNOWN, installation  # noqa: F401 - a fixture
from tests.untranslated import ReadingClient


@pytest.fixture
def app(installation: Installation) -> Flask:  # noqa: F811 - the fixture
    """The web application in three languages, whose every page is read."""
    made = create_app(installation)
    made.test_client_class = ReadingClient
    ReadingClient.known = (*KNOWN, "Firefox, Windows")
    return made


def test_the_door_is_translated(app: Flask, installation: Installation) -> None:  # noqa: F811 - the fixture
    mail, visitor = mail_of(installation), Visitor(app.test_client())
    visitor.client.environ_base["HTTP_USER_AGENT"] = "Mozilla/5.0 (Windows NT 10.0; rv:128.0) Firefox/128.0"
    visitor.open(f"/account/sign-in?language={ACCENTED}")
    assert f'<html lang="{ACCENTED}"' in visitor.text
    visitor.press({"recipient": "x", "password": ""})
    for _ in range(11):
        visitor.press({"recipient": SAM, "password": "wrong again"})
    visitor.open("/account/reset")
    visitor.press({"recipient": ""})
    visitor.press({"recipient": SAM})
    visitor.open("/account/link/none")
    visitor.open("/account/sign-up")
    visitor.press({"name": "", "recipient": "x", "password": "short"})
    visitor.press({"name": "Sam Carter", "recipient": SAM, "password": PASSWORD})
    visitor.press({"code": ""})
    visitor.press({"code": wrong(mail.code(SAM))})
    stranger = Visitor(app.test_client())
    stranger.open(f"/account/sign-in?language={ACCENTED}")
    stranger.open(mail.link(SAM))
    stranger.press()
    stranger.press({"recipient": "else@example.org"})
    visitor.open(mail.link(SAM))
    visitor.press()
    assert f'<html lang="{ACCENTED}"' in visitor.text, "the language stays with whoever signs in"
    stranger.open(mail.link(SAM))
    for page in ("sign-in-details", "sign-in-details/address", "sessions", "password", "prove"):
        visitor.open(f"/account/{page}")
    visitor.press({"password": "wrong again"})
    visitor.open("/account/password")
    visitor.press({"password": "short"})
    visitor.press({"password": "copper meadow violin"})
    visitor.open("/account/sign-out")
    visitor.press()
    assert visitor.path == "/account/signed-out"
    ReadingClient.known = KNOWN
