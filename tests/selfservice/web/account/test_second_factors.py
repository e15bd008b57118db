"""A customer's second factors on pages: setting them up, signing in with them, and what nobody does for another."""

import re
from collections.abc import Callable

import pytest
import sqlalchemy as sa

from selfservice.domain.people import Channel, Role
from selfservice.installation import Installation
from selfservice.operations import limiting
from selfservice.operations.assisting import Verified
from selfservice.store.accounts import AccountRow
from selfservice.store.notifications import NotificationRow
from selfservice.store.sign_ins import SignInRow
from tests.factories.authenticator import Authenticator
from tests.factories.door import is_in
from tests.factories.people import (
    a_contact,
    a_customer,
    a_member_of_staff,
    an_account,
    as_staff,
    help_customer,
    sign_in,
)
from tests.factories.telling_time import Standing
from tests.journeys.visitor import Visitor
from tests.selfservice.web.second_factors import (
    add_passkey,
    recovery_codes,
    set_up_app,
    take_up,
    use_passkey,
)

BASE = "/account/security"
EMAIL = "maya.okafor@example.org"
PASSWORD = "purple kettle harbour"
AGENT = ("boston", Role.AGENT)


@pytest.fixture
def time(monkeypatch: pytest.MonkeyPatch) -> Standing:
    return Standing(monkeypatch)


@pytest.fixture
def account(installation: Installation, time: Standing) -> AccountRow:
    """Maya's account."""
    with installation.database.write() as session:
        customer = a_customer(session, "Maya Okafor", time.now, email=EMAIL)
        hashed = installation.passwords.hash(PASSWORD)
        return an_account(session, customer, time.now, email=EMAIL, password_hash=hashed)


@pytest.fixture
def maya(visitor: Visitor, installation: Installation, account: AccountRow, time: Standing) -> Visitor:
    """Maya, who has just signed in."""
    with installation.database.write() as session:
        sign_in(session, visitor.client, time.now, account=account)
    visitor.open(BASE)
    return visitor


def again(someone: Callable[[], Visitor], wanted: str = "") -> Visitor:
    """Maya in another browser, who has given her password."""
    visitor = someone()
    visitor.open(f"/account/sign-in{wanted}")
    visitor.press(recipient=EMAIL, password=PASSWORD)
    return visitor


def written(installation: Installation) -> list[str]:
    with installation.database.read() as session:
        return [row.body for row in session.query(NotificationRow).order_by(NotificationRow.id)]


def test_an_app_is_set_up_and_asked_for_from_then_on(
    maya: Visitor, someone: Callable[[], Visitor], installation: Installation, time: Standing
) -> None:
    app = take_up(maya, BASE)
    maya.press(code="123")
    assert "This is not the code" in maya.text
    assert maya.title.startswith("Error:")
    maya.press(code=app.at(time.now))
    assert maya.title.startswith("Your recovery codes")
    assert len(recovery_codes(maya)) == 10
    assert "An app that shows codes was set up" in written(installation)[-1]

    there = again(someone, "?next=/account/sessions")
    assert there.path == "/account/second-factor"
    there.open("/account/sessions")
    assert there.path == "/account/second-factor", "half a sign-in opens nothing else"
    there.press(code=app.at(time.now))
    assert "This code is not right" in there.text, "it was used to set the app up"
    there.press(code=app.at(time.go_on(minutes=1)))
    assert there.path == "/account/sessions"


def test_a_factor_that_is_added_or_removed_signs_out_every_other_browser(
    maya: Visitor, someone: Callable[[], Visitor], time: Standing
) -> None:
    by_password = again(someone)
    assert is_in(by_password)
    app = set_up_app(maya, BASE, time.now)
    assert is_in(maya)
    assert not is_in(by_password)
    time.go_on(minutes=1)
    by_app = again(someone)
    by_app.press(code=app.at(time.now))
    assert is_in(by_app)
    maya.press(at=f"{BASE}/remove", which="app")
    assert is_in(maya)
    assert not is_in(by_app)


def test_a_recovery_code_lets_in_once_and_its_owner_is_told(
    maya: Visitor, someone: Callable[[], Visitor], installation: Installation, time: Standing
) -> None:
    set_up_app(maya, BASE, time.now)
    code = recovery_codes(maya)[0]
    there = again(someone)
    there.press(code=code)
    assert there.path == BASE
    assert "You signed in with a recovery code" in there.text
    assert "You have 9 recovery codes left" in there.text
    assert "A recovery code was used" in written(installation)[-1]
    elsewhere = again(someone)
    elsewhere.press(code=code)
    assert elsewhere.path == "/account/second-factor"


def test_a_new_secret_comes_with_the_second_factor(
    maya: Visitor, someone: Callable[[], Visitor], time: Standing
) -> None:
    app = set_up_app(maya, BASE, time.now)
    there = again(someone)
    before = there.client.get_cookie("selfservice-account")
    there.press(code=app.at(time.go_on(minutes=1)))
    after = there.client.get_cookie("selfservice-account")
    assert before
    assert after
    assert before.value != after.value
    thief = someone()
    thief.client.set_cookie("selfservice-account", before.value)
    thief.open("/account/sessions")
    assert thief.path == "/account/sign-in"


def test_after_too_many_wrong_codes_none_is_taken_for_a_while(
    maya: Visitor, someone: Callable[[], Visitor], time: Standing
) -> None:
    app = set_up_app(maya, BASE, time.now)
    there = again(someone)
    for _ in range(limiting.FACTOR_TRIES.times):
        there.press(code="000000")
    there.press(code=app.at(time.go_on(minutes=1)), at="/account/second-factor")
    assert there.page is not None
    assert there.page.status_code == 429
    assert "Wait 15 minutes" in there.text


def test_a_code_must_be_typed(maya: Visitor, someone: Callable[[], Visitor], time: Standing) -> None:
    set_up_app(maya, BASE, time.now)
    there = again(someone)
    there.press(code=" - ")
    assert "Enter a code" in there.text


def test_a_passkey_is_added_and_taken_as_second_step(
    maya: Visitor, someone: Callable[[], Visitor], installation: Installation
) -> None:
    key = Authenticator()
    add_passkey(maya, BASE, key)
    assert len(recovery_codes(maya)) == 10
    assert "A passkey was added" in written(installation)[-1]
    there = again(someone)
    assert there.path == "/account/second-factor"
    use_passkey(there, key)
    assert there.path == "/account/"


def test_a_passkey_alone_is_a_whole_sign_in(
    maya: Visitor, someone: Callable[[], Visitor], time: Standing
) -> None:
    key = Authenticator()
    add_passkey(maya, BASE, key)
    set_up_app(maya, BASE, time.now)
    there = someone()
    there.open("/account/sign-in/passkey?next=/account/sessions")
    use_passkey(there, key)
    assert there.path == "/account/sessions"


def test_a_passkey_alone_must_have_seen_to_it_that_it_is_they(
    maya: Visitor, someone: Callable[[], Visitor]
) -> None:
    key = Authenticator(verifies=False)
    add_passkey(maya, BASE, key)
    there = someone()
    there.open("/account/sign-in/passkey")
    use_passkey(there, key)
    assert "This passkey was not accepted" in there.text
    assert there.title.startswith("Error:")


def test_the_page_to_sign_in_leads_to_passkeys(visitor: Visitor) -> None:
    visitor.open("/account/sign-in?next=/account/sessions")
    assert 'href="/account/sign-in/passkey?next=/account/sessions"' in visitor.text


def test_an_answer_that_was_not_asked_for_is_refused(maya: Visitor, someone: Callable[[], Visitor]) -> None:
    key = Authenticator()
    add_passkey(maya, BASE, key)
    there = again(someone)
    there.press(answer='{"id": "AAAA"}')
    assert "This passkey was not accepted" in there.text
    there.press(answer="not JSON at all")
    assert there.path == "/account/second-factor"


def test_passkeys_are_called_otherwise_and_taken_away(
    maya: Visitor, someone: Callable[[], Visitor], installation: Installation
) -> None:
    add_passkey(maya, BASE, Authenticator(), name="  Key \n in the drawer ")
    maya.open(BASE)
    assert "Key in the drawer" in maya.text
    maya.open(_link(maya, "rename"))
    maya.press(name=" ", which=_which(maya))
    assert "Enter a name" in maya.text
    maya.press(name="<b>Key</b> at work", which=_which(maya))
    assert "&lt;b&gt;Key&lt;/b&gt; at work" in maya.text
    assert "The passkey has its new name" in maya.text
    maya.open(_link(maya, "remove"))
    assert "You have nothing else set up" in maya.text
    maya.press(which=_which(maya))
    assert "The passkey was removed" in maya.text
    assert "Recovery codes" not in maya.text
    assert "A passkey was taken from your account" in written(installation)[-1]
    assert again(someone).path == "/account/"


def test_what_is_another_persons_is_not_found(
    maya: Visitor, someone: Callable[[], Visitor], installation: Installation, time: Standing
) -> None:
    add_passkey(maya, BASE, Authenticator())
    maya.open(BASE)
    link = _link(maya, "remove")
    other = someone()
    with installation.database.write() as session:
        customer = a_customer(session, "Tom Allsop", time.now)
        theirs = an_account(session, customer, time.now, email="tom.allsop@example.org")
        sign_in(session, other.client, time.now, account=theirs)
    assert other.open(link).status_code == 404
    assert other.open(link.replace("remove", "rename")).status_code == 404
    other.open(BASE)
    other.press(which=link.rpartition("=")[2], at=f"{BASE}/remove")
    maya.open(BASE)
    assert "My phone" in maya.text


def test_new_recovery_codes_take_the_place_of_the_old(
    maya: Visitor, someone: Callable[[], Visitor], time: Standing
) -> None:
    set_up_app(maya, BASE, time.now)
    old = recovery_codes(maya)
    maya.open(f"{BASE}/codes")
    maya.press()
    new = recovery_codes(maya)
    assert len(new) == 10
    assert not set(old) & set(new)
    there = again(someone)
    there.press(code=old[0])
    assert there.path == "/account/second-factor"
    there.press(code=new[0])
    assert there.path == BASE


def test_there_are_no_recovery_codes_for_nothing(maya: Visitor) -> None:
    maya.open(f"{BASE}/codes")
    assert maya.path == BASE


def test_a_change_wants_a_fresh_proof(maya: Visitor, time: Standing, installation: Installation) -> None:
    token = maya.hidden()
    time.go_on(minutes=11)
    for page in ("/app", "/passkey", "/codes", "/remove?which=app", "/rename?which=x"):
        answer = maya.client.get(f"{BASE}{page}")
        assert answer.headers.get("Location") == f"/account/prove?next={BASE}", page
    for page in ("/app/begin", "/app", "/passkey/options", "/passkey", "/codes", "/remove", "/rename"):
        answer = maya.client.post(f"{BASE}{page}", data={**token, "which": "app"})
        assert answer.headers.get("Location") == f"/account/prove?next={BASE}", page
    assert written(installation) == []
    maya.open(BASE)
    assert maya.path == BASE, "looking does not"


def test_an_agent_who_helps_can_do_none_of_it(
    visitor: Visitor, installation: Installation, account: AccountRow, time: Standing
) -> None:
    with installation.database.write() as session:
        row = a_member_of_staff(session, "Ada Wold", time.now, email="ada.wold@example.org", roles=[AGENT])
        customer = session.merge(a_customer(session, "Mary Made-Up", time.now))
        a_contact(session, row.id, "boston", time.now, Channel.PHONE)
        help_customer(session, as_staff(row, [AGENT]), customer, time.now, Verified())
        sign_in(session, visitor.client, time.now, member=row)
    for page in ("", "/app", "/passkey", "/codes"):
        assert visitor.open(f"{BASE}{page}").status_code == 403
    assert visitor.open("/account/sign-in/passkey").status_code == 403
    assert visitor.open("/staff/security").status_code == 200
    assert visitor.open("/staff/security/codes").status_code == 409


def test_a_page_that_was_open_for_too_long_is_asked_again(
    maya: Visitor, someone: Callable[[], Visitor], time: Standing
) -> None:
    app = set_up_app(maya, BASE, time.now)
    there = again(someone)
    code = app.at(time.go_on(minutes=1))
    there.press(code=code, csrf_token="an old one")
    assert "This page had been open for a long time" in there.text
    there.press(code=code)
    assert there.path == "/account/"


def test_who_stops_half_way_is_signed_out(
    maya: Visitor, someone: Callable[[], Visitor], installation: Installation, time: Standing
) -> None:
    set_up_app(maya, BASE, time.now)
    there = again(someone)
    there.press(at="/account/sign-out")
    with installation.database.read() as session:
        half = sa.select(SignInRow).where(SignInRow.standing == "second_factor", SignInRow.ended_at.is_(None))
        assert session.scalar(half) is None
    there.open(BASE)
    assert there.path == "/account/sign-in"


def _link(visitor: Visitor, what: str) -> str:
    found = re.search(rf'href="({BASE}/{what}\?which=[^"]+)"', visitor.text)
    assert found, visitor.text
    return found[1]


def _which(visitor: Visitor) -> str:
    found = re.search(r'name="which" value="([^"]+)"', visitor.text)
    assert found
    return found[1]
