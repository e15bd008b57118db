"""Signing in by an account elsewhere, at a real provider: there and back, to the right account or to none."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
import requests

from selfservice.database import Database
from selfservice.installation import Installation
from tests.factories.door import SAM, is_in, mail_of, sams_account, sign_in
from tests.factories.installations import make_installation, make_settings
from tests.factories.openid_provider import OpenIDProvider, Way
from tests.factories.people import a_customer, an_account
from tests.factories.telling_time import Standing
from tests.journeys.visitor import Visitor

Someone = Callable[[], Visitor]
ROSA = "rosa.marsh@example.org"
ADA = "ada.wold@example.org"


@pytest.fixture
def provider() -> Iterator[OpenIDProvider]:
    with OpenIDProvider() as running:
        yield running


@pytest.fixture(params=[True])
def installation(
    request: pytest.FixtureRequest, database: Database, tmp_path: Path, provider: OpenIDProvider
) -> Installation:
    """An installation where residents may sign in by the provider; `param` says whether its addresses are trusted."""
    settings = make_settings(home=tmp_path, redis_url="", redis_prefix="none")
    chosen = provider.provider(trusts_email=request.param)
    return make_installation(settings=settings, database=database, resident_providers=(chosen,))


untrusted = pytest.mark.parametrize("installation", [False], indirect=True)


def go(visitor: Visitor, person: str = "rosa", page: str = "/account/sign-in", **fields: str) -> Any:
    """Press the provider's button on a page, sign in there as this person, and come back; the answer to that."""
    visitor.open(page)
    wanted = urlsplit(page).query
    visitor.press(fields, at=f"/account/openid/example/begin?{wanted}")
    assert visitor.page is not None
    address = visitor.page.headers["Refresh"].partition("url=")[2]
    came = requests.get(address, params={"person": person}, allow_redirects=False, timeout=5)
    back = urlsplit(came.headers["Location"])
    assert back.path == "/account/openid/example/back"
    return visitor.open(f"{back.path}?{back.query}")


def rosas_account(installation: Installation) -> str:
    from selfservice import clock

    with installation.database.write() as session:
        customer = a_customer(session, "Rosa Marsh", clock.now(), email=ROSA)
        return an_account(session, customer, clock.now(), email=ROSA).id


def test_the_account_with_the_trusted_address_is_signed_in_to_and_led_on(
    visitor: Visitor, installation: Installation
) -> None:
    rosas_account(installation)
    go(visitor, page="/account/sign-in?next=/boston/")
    assert visitor.path == "/boston/"
    assert is_in(visitor)
    assert "Example account" in mail_of(installation).letters(ROSA)[0].body
    visitor.open("/account/sign-in-details")
    assert "Connected since" in visitor.text


def test_a_trusted_address_without_an_account_opens_one(visitor: Visitor) -> None:
    go(visitor)
    assert is_in(visitor)
    visitor.open("/account/sign-in-details")
    assert ROSA in visitor.text


@untrusted
def test_an_untrusted_address_signs_nobody_in_and_asks_to_open_an_account(
    someone: Someone, installation: Installation
) -> None:
    rosas_account(installation)
    visitor = someone()
    go(visitor)
    assert visitor.path == "/account/sign-up"
    assert f'value="{ROSA}"' in visitor.text
    assert 'value="Rosa Marsh"' in visitor.text
    assert not is_in(visitor)


@untrusted
def test_an_account_opened_after_that_is_connected_once_its_address_is_confirmed(
    someone: Someone, installation: Installation
) -> None:
    visitor = someone()
    go(visitor)
    visitor.press({"name": "Rosa Marsh", "recipient": ROSA})
    visitor.press({"code": mail_of(installation).code(ROSA)})
    assert is_in(visitor)
    other = someone()
    go(other)
    assert is_in(other)


@untrusted
def test_the_next_person_at_a_shared_computer_is_told_whose_it_is_and_goes_on_without_it(
    someone: Someone, installation: Installation
) -> None:
    shared = someone()
    go(shared)
    shared.open("/account/sign-up")
    assert f"It is the account of Rosa Marsh, {ROSA}" in shared.text
    shared.press({"do": "not_you"})
    assert "Example account is not connected" not in shared.text
    assert ROSA not in shared.text
    shared.press({"name": "Ada Wold", "recipient": ADA})
    shared.press({"code": mail_of(installation).code(ADA)})
    assert is_in(shared)
    other = someone()
    go(other)
    assert not is_in(other)


@untrusted
def test_it_is_kept_for_ten_minutes_and_until_somebody_signs_out(
    someone: Someone, monkeypatch: pytest.MonkeyPatch
) -> None:
    time = Standing(monkeypatch)
    shared = someone()
    go(shared)
    time.go_on(minutes=10)
    told = {"name": "Ada Wold", "recipient": ADA, "elsewhere": "1"}
    assert shared.press(told).status_code == 400
    assert "too long ago" in shared.text
    shared.open("/account/sign-up")
    assert ROSA not in shared.text
    go(shared)
    assert ROSA in shared.text
    shared.press(at="/account/sign-out")
    shared.open("/account/sign-up")
    assert ROSA not in shared.text


@untrusted
def test_a_strangers_is_not_connected_to_the_account_that_somebody_confirms_in_another_browser(
    someone: Someone, installation: Installation
) -> None:
    stranger, ada = someone(), someone()
    go(stranger)
    stranger.press({"name": "Ada Wold", "recipient": ADA})
    ada.open(mail_of(installation).link(ADA))
    ada.press({"recipient": ADA, "name": "Ada Wold"})
    assert is_in(ada)
    other = someone()
    go(other)
    assert not is_in(other)


@untrusted
def test_it_is_connected_from_within_the_account_whatever_its_address(
    someone: Someone, installation: Installation
) -> None:
    sams_account(installation)
    visitor = sign_in(someone())
    go(visitor, page="/account/sign-in-details", do="connect")
    assert visitor.path == "/account/sign-in-details"
    assert "Connected since" in visitor.text
    other = someone()
    go(other)
    assert is_in(other)
    other.open("/account/sign-in-details")
    assert SAM in other.text


@untrusted
def test_whoever_came_by_it_is_signed_out_once_it_is_disconnected_and_its_owner_is_told(
    someone: Someone, installation: Installation
) -> None:
    sams_account(installation)
    visitor, thief = sign_in(someone()), someone()
    go(visitor, page="/account/sign-in-details", do="connect")
    go(thief)
    assert is_in(thief)
    visitor.open("/account/sign-in-details")
    found = re.search(r'name="remove" value="([0-9a-f-]{36})"', visitor.text)
    assert found
    visitor.press({"remove": found[1]})
    assert is_in(visitor)
    assert not is_in(thief)
    assert "no longer be signed in to" in mail_of(installation).newest(SAM).body


def test_one_that_is_somebody_elses_is_not_connected(someone: Someone, installation: Installation) -> None:
    rosas_account(installation)
    go(someone())
    sams_account(installation)
    visitor = sign_in(someone())
    assert go(visitor, page="/account/sign-in-details", do="connect").status_code == 409


def test_who_says_no_over_there_is_back_at_the_door(visitor: Visitor) -> None:
    go(visitor, person="nobody", page="/account/sign-in?next=/boston/")
    assert visitor.path == "/account/sign-in"
    assert re.search(r'action="/account/sign-in\?next=/boston/"', visitor.text)


@pytest.mark.parametrize(
    ("way", "status"),
    [(Way.WRONG_NONCE, 400), (Way.OTHER_ISSUER, 400), (Way.REFUSES_CODE, 400)],
    ids=str,
)
def test_an_answer_that_does_not_hold_signs_nobody_in(
    visitor: Visitor, provider: OpenIDProvider, way: Way, status: int
) -> None:
    visitor.open("/account/sign-in")
    provider.ways.add(way)
    assert go(visitor).status_code == status
    assert not is_in(visitor)


def test_an_answer_is_good_once_and_in_the_browser_that_began(someone: Someone) -> None:
    visitor, thief = someone(), someone()
    go(visitor)
    assert visitor.page is not None
    again = next(each.request.full_path for each in visitor.page.history if "/back" in each.request.path)
    for other in (visitor, thief):
        assert other.open(again).status_code == 400
        assert "You have not been signed in" in other.text
    assert not is_in(thief)


def test_a_provider_that_is_away_leaves_the_other_ways(visitor: Visitor, provider: OpenIDProvider) -> None:
    provider.ways.add(Way.AWAY)
    visitor.open("/account/sign-in")
    visitor.press(at="/account/openid/example/begin")
    assert visitor.page is not None
    assert visitor.page.status_code == 503
    assert 'href="/account/sign-in"' in visitor.text


def test_a_provider_that_nobody_configured_is_none(visitor: Visitor) -> None:
    visitor.open("/account/sign-in")
    visitor.press(at="/account/openid/another/begin")
    assert visitor.page is not None
    assert visitor.page.status_code == 404
