"""Staff sign-in on pages: by invitation, password and second factor; nobody learns who works here."""

import re
from collections.abc import Callable

import pytest

from selfservice.domain.people import Role
from selfservice.installation import Installation
from selfservice.operations import limiting, staff_entry, staffing
from selfservice.store.notifications import NotificationRow
from selfservice.store.staff import StaffRow
from tests.factories.authenticator import Authenticator
from tests.factories.mail import Mail
from tests.factories.people import a_customer, a_member_of_staff, an_account, sign_in
from tests.factories.telling_time import Standing
from tests.journeys.visitor import Visitor
from tests.selfservice.web.second_factors import add_passkey, recovery_codes, set_up_app, use_passkey

EMAIL = "ada.wold@example.org"
PASSWORD = "purple kettle harbour"
AGENT, SUPERVISOR = ("boston", Role.AGENT), ("boston", Role.SUPERVISOR)
OPERATOR = ("boston", Role.OPERATOR)
SET_UP, SECOND = "/staff/set-up", "/staff/second-factor"


@pytest.fixture
def time(monkeypatch: pytest.MonkeyPatch) -> Standing:
    return Standing(monkeypatch)


@pytest.fixture
def mail(installation: Installation) -> Mail:
    return Mail(installation.database, installation.links)


@pytest.fixture
def ada(installation: Installation, time: Standing) -> StaffRow:
    """An agent with a password, who has never signed in."""
    with installation.database.write() as session:
        hashed = installation.passwords.hash(PASSWORD)
        return a_member_of_staff(
            session, "Ada Wold", time.now, email=EMAIL, roles=[AGENT], password_hash=hashed
        )


def give_password(visitor: Visitor, email: str = EMAIL, password: str = PASSWORD, wanted: str = "") -> None:
    visitor.open(f"/staff/sign-in{wanted}")
    visitor.press(email=email, password=password, at=f"/staff/sign-in{wanted}")


def roles(installation: Installation, *given: tuple[str, Role]) -> None:
    with installation.database.write() as session:
        staffing.set_roles(session, EMAIL, given, session.query(StaffRow).one().created_at)


def invited(installation: Installation, time: Standing, mail: Mail) -> str:
    """The link of an invitation to Ada."""
    with installation.database.write() as session:
        council = installation.councils["boston"]
        staffing.add(session, "Ada Wold", EMAIL, [AGENT], council, installation.links, time.now)
    return mail.link(EMAIL)


def test_a_new_member_chooses_a_password_and_sets_up_a_second_factor_before_anything_else(
    visitor: Visitor, installation: Installation, time: Standing, mail: Mail
) -> None:
    link = invited(installation, time, mail)
    time.go_on(hours=20)
    visitor.open(link)
    assert "Ada" not in visitor.text
    visitor.press(email="somebody.else@example.org", password=PASSWORD)
    assert "The link was not sent there" in visitor.text
    visitor.press(email=EMAIL.upper(), password="password1234")
    assert "easy to guess" in visitor.text
    visitor.press(email=EMAIL, password=PASSWORD)
    assert visitor.path == SET_UP
    for shut in ("/staff/", "/staff/security", SECOND):
        visitor.open(shut)
        assert visitor.path == SET_UP, shut
    set_up_app(visitor, SET_UP, time.now)
    assert len(recovery_codes(visitor)) == 10
    assert "Ada Wold" in visitor.text, "signed in by now"
    visitor.open("/staff/")
    assert visitor.path == "/staff/"
    assert "Boston Borough Council" in visitor.text
    visitor.open(link)
    assert "This link has been used" in visitor.text


def test_a_passkey_will_do_as_the_first_second_factor(
    visitor: Visitor, ada: StaffRow, someone: Callable[[], Visitor]
) -> None:
    give_password(visitor)
    key = Authenticator()
    add_passkey(visitor, SET_UP, key)
    assert len(recovery_codes(visitor)) == 10
    there = someone()
    give_password(there, wanted="?next=/staff/security")
    assert there.path == SECOND
    use_passkey(there, key)
    assert there.path == "/staff/security"


def test_the_second_factor_is_asked_for_always(
    visitor: Visitor, ada: StaffRow, someone: Callable[[], Visitor], time: Standing
) -> None:
    give_password(visitor)
    app = set_up_app(visitor, SET_UP, time.now)
    there = someone()
    give_password(there)
    assert there.path == SECOND
    for shut in ("/staff/", "/staff/security", SET_UP):
        there.open(shut)
        assert there.path == SECOND, shut
    there.press(code="000000")
    assert "This code is not right" in there.text
    there.press(code=app.at(time.go_on(minutes=1)))
    assert there.client.get("/staff/").status_code == 200


def test_nobody_adds_a_second_factor_who_has_one_to_give(
    visitor: Visitor, ada: StaffRow, someone: Callable[[], Visitor], time: Standing
) -> None:
    give_password(visitor)
    set_up_app(visitor, SET_UP, time.now)
    thief = someone()
    give_password(thief)
    for method, page in (("POST", "/app/begin"), ("GET", "/app"), ("POST", "/app"), ("POST", "/passkey")):
        answer = thief.client.open(f"{SET_UP}{page}", method=method, data=thief.hidden())
        assert answer.headers.get("Location") == SECOND


@pytest.mark.parametrize(
    ("given", "leads"),
    [([AGENT, SUPERVISOR], "/desk/"), ([SUPERVISOR], "/supervise/"), ([OPERATOR], "/staff/")],
)
def test_where_one_begins_to_work_is_by_ones_roles(
    visitor: Visitor, ada: StaffRow, installation: Installation, time: Standing,
    given: list[tuple[str, Role]], leads: str,
) -> None:  # fmt: skip
    roles(installation, *given)
    give_password(visitor)
    app = set_up_app(visitor, SET_UP, time.now)
    visitor.open("/staff/")
    visitor.press(at="/staff/sign-out")
    give_password(visitor)
    answer = visitor.client.post(SECOND, data={**visitor.hidden(), "code": app.at(time.go_on(minutes=1))})
    assert answer.headers["Location"] == leads


def test_the_page_of_ones_work_says_what_each_role_is_good_for(
    visitor: Visitor, installation: Installation, ada: StaffRow, time: Standing
) -> None:
    roles(installation, OPERATOR, ("south-holland", Role.OPERATOR), AGENT)
    with installation.database.write() as session:
        sign_in(session, visitor.client, time.now, member=ada)
    visitor.open("/staff/")
    assert "You look after what is sent to back offices" in visitor.text
    assert "South Holland District Council" in visitor.text
    assert 'href="/desk/"' in visitor.text
    assert 'href="/supervise/"' not in visitor.text


def test_who_is_known_and_who_is_not_are_answered_alike(
    someone: Callable[[], Visitor], ada: StaffRow, installation: Installation, time: Standing
) -> None:
    with installation.database.write() as session:
        a_member_of_staff(session, "Bo Fen", time.now, email="bo.fen@example.org", roles=[AGENT])
        gone = a_member_of_staff(
            session, "Cy Marsh", time.now, email="cy.marsh@example.org", roles=[AGENT],
            password_hash=ada.password_hash,
        )  # fmt: skip
        gone.state = staffing.DISABLED
    answers = set()
    for email in (EMAIL, "bo.fen@example.org", "cy.marsh@example.org", "nobody@example.org"):
        visitor = someone()
        give_password(visitor, email, PASSWORD if email != EMAIL else "another password")
        assert visitor.page is not None
        answers.add((visitor.page.status_code, _plain(visitor.text, email)))
        visitor.open("/staff/reset")
        visitor.press(email=email)
        answers.add((visitor.page.status_code, _plain(visitor.text, email)))
    assert len(answers) == 2


def test_ten_wrong_passwords_shut_the_way_and_a_link_opens_another(
    visitor: Visitor, ada: StaffRow, time: Standing, mail: Mail
) -> None:
    visitor.open("/staff/sign-in")
    for _ in range(staff_entry.LOCK.most):
        assert "Wait 15 minutes" not in visitor.text
        visitor.press(email=EMAIL, password="another password")
    assert "Wait 15 minutes" in visitor.text
    visitor.press(email=EMAIL, password=PASSWORD)
    assert visitor.path == "/staff/sign-in", "the right one neither"
    assert "A wrong password was typed 10 times" in mail.newest(EMAIL).body
    visitor.open(mail.link(EMAIL))
    visitor.press(password="quiet lantern orchard")
    assert visitor.path == SET_UP
    assert "A new password was chosen" in mail.newest(EMAIL).body


def test_a_network_that_tries_too_often_is_turned_away(
    visitor: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limiting, "STAFF_TRIES", limiting.Limit("staff-tries", times=1, minutes=15))
    give_password(visitor, "nobody@example.org")
    give_password(visitor, "another@example.org")
    assert visitor.page is not None
    assert visitor.page.status_code == 429


def test_what_is_left_out_is_asked_for(visitor: Visitor) -> None:
    give_password(visitor, "", "")
    assert "Enter your email address" in visitor.text
    assert "Enter your password" in visitor.text
    give_password(visitor, "ada", PASSWORD)
    assert "Enter an email address in the correct format" in visitor.text
    visitor.open("/staff/reset")
    visitor.press(email="ada")
    assert "Enter an email address in the correct format" in visitor.text


def test_a_new_password_still_wants_the_second_factor(
    visitor: Visitor, ada: StaffRow, someone: Callable[[], Visitor], time: Standing, mail: Mail
) -> None:
    give_password(visitor)
    app = set_up_app(visitor, SET_UP, time.now)
    there = someone()
    there.open("/staff/reset")
    there.press(email=EMAIL)
    assert "Read your email" in there.text
    link = mail.link(EMAIL)
    there.open(link)
    there.open(link)
    there.press(password="quiet lantern orchard")
    assert there.path == SECOND
    assert visitor.open("/staff/security").request.path == "/staff/sign-in", "signed out everywhere else"
    there.press(code=app.at(time.go_on(minutes=1)))
    assert there.client.get("/staff/").status_code == 200


def test_a_link_in_another_browser_wants_the_address_too(
    visitor: Visitor, ada: StaffRow, someone: Callable[[], Visitor], mail: Mail
) -> None:
    visitor.open("/staff/reset")
    visitor.press(email=EMAIL)
    other = someone()
    other.open(mail.link(EMAIL))
    other.press(password="quiet lantern orchard")
    assert "Enter your email address" in other.text
    other.press(password="quiet lantern orchard", email=EMAIL)
    assert other.path == SET_UP


def test_a_link_for_something_else_opens_nothing_here(
    visitor: Visitor, installation: Installation, time: Standing, mail: Mail
) -> None:
    with installation.database.write() as session:
        an_account(session, a_customer(session, "Maya Okafor", time.now), time.now, email="maya@example.org")
    visitor.open("/account/reset")
    visitor.press(recipient="maya@example.org")
    token = mail.token("maya@example.org")
    assert visitor.open(f"/staff/link/{token}").status_code == 410
    assert visitor.open("/staff/link/nonsense").status_code == 410
    assert visitor.page is not None
    assert "strict-origin" in visitor.page.headers["Referrer-Policy"]


def test_who_is_disabled_is_out_at_the_next_click(
    visitor: Visitor, ada: StaffRow, installation: Installation, time: Standing
) -> None:
    give_password(visitor)
    set_up_app(visitor, SET_UP, time.now)
    with installation.database.write() as session:
        staffing.disable(session, EMAIL, time.now)
    visitor.open("/staff/")
    assert visitor.path == "/staff/sign-in"
    give_password(visitor)
    assert "This password does not fit" in visitor.text


def test_signing_in_as_staff_signs_the_resident_out_of_this_browser(
    visitor: Visitor,
    ada: StaffRow,
    installation: Installation,
    someone: Callable[[], Visitor],
    time: Standing,
) -> None:
    with installation.database.write() as session:
        account = an_account(
            session, a_customer(session, "Ada Wold", time.now), time.now, email="ada@example.org"
        )
        sign_in(session, visitor.client, time.now, account=account)
    old = visitor.client.get_cookie("selfservice-account")
    assert old
    give_password(visitor)
    assert visitor.client.get_cookie("selfservice-account") is None
    thief = someone()
    thief.client.set_cookie("selfservice-account", old.value)
    thief.open("/account/sessions")
    assert thief.path == "/account/sign-in"


def test_the_secret_before_the_second_factor_is_good_for_nothing_after(
    visitor: Visitor, ada: StaffRow, someone: Callable[[], Visitor], time: Standing
) -> None:
    give_password(visitor)
    half = visitor.client.get_cookie("selfservice-staff")
    assert half
    set_up_app(visitor, SET_UP, time.now)
    whole = visitor.client.get_cookie("selfservice-staff")
    assert whole
    assert whole.value != half.value
    thief = someone()
    thief.client.set_cookie("selfservice-staff", half.value)
    thief.open(SECOND)
    assert thief.path == "/staff/sign-in"


def test_who_signs_out_is_out(visitor: Visitor, ada: StaffRow, time: Standing) -> None:
    give_password(visitor)
    set_up_app(visitor, SET_UP, time.now)
    visitor.open("/staff/")
    visitor.press(at="/staff/sign-out")
    assert "You have signed out" in visitor.text
    visitor.open("/staff/")
    assert visitor.path == "/staff/sign-in"


def test_the_way_out_is_at_the_top_of_every_page_also_for_who_has_no_role(
    visitor: Visitor, ada: StaffRow, installation: Installation, time: Standing
) -> None:
    visitor.open("/staff/sign-out")
    assert visitor.path == "/staff/sign-in", "nobody is signed in"
    with installation.database.write() as session:
        sign_in(session, visitor.client, time.now, member=ada)
    roles(installation)
    visitor.open("/staff/")
    assert "This page is not for your role" in visitor.text
    assert 'href="/staff/sign-out"' in visitor.text
    visitor.open("/staff/sign-out")
    visitor.press()
    assert "You have signed out" in visitor.text


def test_the_only_second_factor_of_staff_stays(
    visitor: Visitor, ada: StaffRow, time: Standing, mail: Mail
) -> None:
    give_password(visitor)
    set_up_app(visitor, SET_UP, time.now)
    visitor.open("/staff/security/remove?which=app")
    assert "This is your only second factor" in visitor.text
    visitor.open("/staff/security")
    visitor.press(which="app", at="/staff/security/remove")
    assert "This is your only second factor" in visitor.text
    add_passkey(visitor, "/staff/security", Authenticator())
    visitor.open("/staff/security/remove?which=app")
    visitor.press(which="app")
    assert "The app was removed" in visitor.text
    assert "The app that shows codes was removed" in mail.newest(EMAIL).body


def test_a_change_wants_a_fresh_proof_by_the_second_factor(
    visitor: Visitor, ada: StaffRow, time: Standing
) -> None:
    give_password(visitor)
    app = set_up_app(visitor, SET_UP, time.now)
    time.go_on(minutes=11)
    visitor.open("/staff/security/codes")
    assert visitor.path == "/staff/prove"
    visitor.press(code="000000")
    assert "This code is not right" in visitor.text
    visitor.press(code=app.at(time.go_on(minutes=1)))
    assert visitor.path == "/staff/security"
    visitor.open("/staff/security/codes")
    visitor.press()
    assert len(recovery_codes(visitor)) == 10


def test_a_recovery_code_of_staff_is_told_of_and_leads_to_where_one_sets_up_anew(
    visitor: Visitor, ada: StaffRow, someone: Callable[[], Visitor], time: Standing, mail: Mail
) -> None:
    give_password(visitor)
    set_up_app(visitor, SET_UP, time.now)
    code = recovery_codes(visitor)[5]
    there = someone()
    give_password(there)
    there.press(code=code)
    assert there.path == "/staff/security"
    assert "remove it here and set up another" in there.text
    assert "one of your recovery codes" in mail.newest(EMAIL).body


def test_no_token_and_no_code_is_in_the_database(
    visitor: Visitor, installation: Installation, time: Standing, mail: Mail
) -> None:
    token = invited(installation, time, mail).rpartition("/")[2]
    with installation.database.read() as session:
        assert token not in session.query(NotificationRow).one().body


def test_a_page_open_for_too_long_is_asked_again(visitor: Visitor, ada: StaffRow) -> None:
    for page in ("/staff/sign-in", "/staff/reset"):
        visitor.open(page)
        visitor.press(email=EMAIL, password=PASSWORD, csrf_token="an old one")
        assert "This page had been open for a long time" in visitor.text
    give_password(visitor)
    assert visitor.path == SET_UP


def _plain(page: str, email: str) -> str:
    return re.sub(r'(name="csrf_token" value=")[^"]+', r"\1", page).replace(email, "EMAIL")
