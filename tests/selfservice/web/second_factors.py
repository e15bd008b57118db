"""What tests of second factors do on pages: set an app up, add a passkey, read recovery codes."""

import re
from datetime import datetime

import pyotp
from werkzeug.test import TestResponse

from tests.factories.authenticator import Authenticator
from tests.journeys.visitor import Visitor

SECRET = re.compile(r'class="govuk-body secret"[^>]*>([A-Z2-7 ]+)<')
CODE = re.compile(r"<li>([0-9a-z]{4}(?:-[0-9a-z]{4}){5})</li>")
OPTIONS = re.compile(r'data-options="([^"]+)"')


def take_up(visitor: Visitor, base: str) -> pyotp.TOTP:
    """Begin to set an app up: the app with the secret that is shown."""
    visitor.open(base)
    visitor.press(at=f"{base}/app/begin")
    found = SECRET.search(visitor.text)
    assert found, visitor.title
    return pyotp.TOTP(found[1].replace(" ", ""))


def set_up_app(visitor: Visitor, base: str, now: datetime) -> pyotp.TOTP:
    """Set an app up."""
    app = take_up(visitor, base)
    visitor.press(code=app.at(now))
    return app


def add_passkey(visitor: Visitor, base: str, key: Authenticator, name: str = "My phone") -> TestResponse:
    """Add a passkey, as the page's script does."""
    visitor.open(f"{base}/passkey")
    return visitor.press(answer=key.register(asked(visitor)), name=name)


def use_passkey(visitor: Visitor, key: Authenticator) -> TestResponse:
    """Press the button for a passkey on the page that is open."""
    return visitor.press(answer=key.sign_in(asked(visitor)))


def asked(visitor: Visitor) -> str:
    """What the page's script asks the browser for."""
    found = OPTIONS.search(visitor.text)
    assert found, visitor.title
    answer = visitor.client.post(found[1], data=visitor.hidden())
    assert answer.status_code == 200, answer.text
    assert answer.is_json
    return answer.text


def recovery_codes(visitor: Visitor) -> list[str]:
    """The codes on the page."""
    return CODE.findall(visitor.text)
