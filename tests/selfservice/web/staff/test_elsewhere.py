"""Staff sign-in by the organisation's own provider, with one that is real: groups say what somebody may do here."""

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from html import unescape

import pytest

from integrations.identity import discovery
from selfservice import clock
from selfservice.domain.people import Role
from selfservice.installation import Installation
from selfservice.operations import staffing
from selfservice.sign_in_file import StaffSignIn
from selfservice.store import staff
from selfservice.store.staff import StaffRow
from tests.factories.openid_provider import NOBODY, PEOPLE, OpenIDProvider, Person, Way
from tests.factories.people import a_member_of_staff
from tests.factories.telling_time import Standing
from tests.journeys.visitor import Visitor
from tests.selfservice.web.second_factors import set_up_app

ADDRESS = re.compile(r'href="(http://127\.0\.0\.1:\d+/authorize[^"]+)"')
AGENT = ("boston", Role.AGENT)
GRANTS = {
    "Customer services": frozenset({AGENT}),
    "Customer services leaders": frozenset({AGENT, ("boston", Role.SUPERVISOR)}),
}
ADA = "ada.wold@example.org"


@pytest.fixture
def elsewhere() -> Iterator[OpenIDProvider]:
    discovery.forget()
    with OpenIDProvider() as provider:
        yield provider
    discovery.forget()


@pytest.fixture
def configured(installation: Installation, elsewhere: OpenIDProvider) -> StaffSignIn:
    """The provider is that of staff, and asks for a second factor itself."""
    provider = elsewhere.provider(name="staff", label="Work account")
    installation.staff_sign_in = StaffSignIn(provider, GRANTS, "provider", frozenset({"mfa"}))
    return installation.staff_sign_in


def come(visitor: Visitor, elsewhere: OpenIDProvider, person: str = "agent", wanted: str = "") -> None:
    """Press the button, choose who it is over there, and come back."""
    visitor.open(f"/staff/sign-in{wanted}")
    visitor.press(at=f"/staff/openid/begin{wanted}")
    found = ADDRESS.search(visitor.text)
    assert found, visitor.text
    back = elsewhere.answer(unescape(found[1]), person)
    answer = visitor.client.get("/staff/openid/back", query_string=back)
    visitor.page = answer
    if answer.status_code == 303 and not answer.headers["Location"].startswith(("/desk", "/supervise")):
        visitor.open(answer.headers["Location"])


def is_now(elsewhere: OpenIDProvider, **changes: object) -> None:
    """Ada is somebody else at the provider by now."""
    ada = next(person for person in PEOPLE if person.subject == "agent")
    elsewhere.people = (replace(ada, **changes),)  # type: ignore[arg-type]


def member(installation: Installation) -> StaffRow | None:
    with installation.database.read() as session:
        return staff.by_email(session, ADA)


@pytest.mark.usefixtures("configured")
def test_who_comes_for_the_first_time_is_a_member_with_the_roles_of_their_groups(
    visitor: Visitor, elsewhere: OpenIDProvider, installation: Installation
) -> None:
    come(visitor, elsewhere)
    assert visitor.page is not None
    assert visitor.page.headers["Location"] == "/desk/", "the provider has asked for a second factor"
    visitor.open("/staff/")
    assert "Ada Wold" in visitor.text
    assert "Boston Borough Council" in visitor.text
    row = member(installation)
    assert row is not None
    assert row.password_hash is None


@pytest.mark.usefixtures("configured")
def test_groups_are_looked_at_each_time(
    visitor: Visitor, elsewhere: OpenIDProvider, someone: Callable[[], Visitor], installation: Installation
) -> None:
    come(visitor, elsewhere)
    is_now(elsewhere, groups=("Customer services leaders",))
    come(someone(), elsewhere)
    visitor.open("/staff/")
    assert "See the work of agents" in visitor.text, "in every browser at once"
    is_now(elsewhere, groups=("Gardeners",))
    there = someone()
    come(there, elsewhere)
    assert "You are in no group that is let in here" in there.text
    visitor.open("/staff/")
    assert visitor.path == "/staff/sign-in", "out at once, everywhere"
    row = member(installation)
    assert row is not None
    with installation.database.read() as session:
        assert staff.roles_of(session, row.id) == frozenset()


@pytest.mark.usefixtures("configured")
def test_who_is_in_no_group_is_not_let_in_and_not_made_a_member(
    visitor: Visitor, elsewhere: OpenIDProvider, installation: Installation
) -> None:
    come(visitor, elsewhere, "rosa")
    assert visitor.page is not None
    assert visitor.page.status_code == 403
    with installation.database.read() as session:
        assert session.query(StaffRow).count() == 0


@pytest.mark.usefixtures("configured")
def test_where_the_provider_asked_for_one_proof_alone_we_ask_for_another(
    visitor: Visitor,
    elsewhere: OpenIDProvider,
    someone: Callable[[], Visitor],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    time = Standing(monkeypatch)
    is_now(elsewhere, amr=("pwd",))
    come(visitor, elsewhere)
    assert visitor.path == "/staff/set-up"
    app = set_up_app(visitor, "/staff/set-up", time.now)
    there = someone()
    come(there, elsewhere, wanted="?next=/staff/security")
    assert there.path == "/staff/second-factor"
    there.press(code=app.at(time.go_on(minutes=1)), at=there.page.request.full_path if there.page else "")
    assert there.path == "/staff/security"


def test_where_ours_is_wanted_it_is_asked_for_whatever_the_provider_did(
    visitor: Visitor, elsewhere: OpenIDProvider, installation: Installation, configured: StaffSignIn
) -> None:
    installation.staff_sign_in = replace(configured, second_factor="ours", amr=frozenset())
    come(visitor, elsewhere)
    assert visitor.path == "/staff/set-up"


@pytest.mark.usefixtures("configured")
def test_who_is_disabled_here_stays_out(
    visitor: Visitor, elsewhere: OpenIDProvider, installation: Installation
) -> None:
    come(visitor, elsewhere)
    with installation.database.write() as session:
        staffing.disable(session, ADA, clock.now())
    come(visitor, elsewhere)
    assert "Your staff account here is shut" in visitor.text
    visitor.open("/staff/")
    assert visitor.path == "/staff/sign-in"


def test_somebody_elses_address_is_not_taken_over(
    visitor: Visitor, elsewhere: OpenIDProvider, installation: Installation, configured: StaffSignIn
) -> None:
    with installation.database.write() as session:
        a_member_of_staff(session, "Ada Wold", clock.now(), email=ADA, roles=[AGENT])
    untrusted = replace(configured.provider, trusts_email=False)
    installation.staff_sign_in = replace(configured, provider=untrusted)
    come(visitor, elsewhere)
    assert "Another account here has your email address already" in visitor.text
    installation.staff_sign_in = configured
    come(visitor, elsewhere)
    assert visitor.page is not None
    assert visitor.page.headers["Location"] == "/desk/"


@pytest.mark.usefixtures("configured")
def test_who_says_no_over_there_is_back_where_they_began(visitor: Visitor, elsewhere: OpenIDProvider) -> None:
    come(visitor, elsewhere, NOBODY)
    assert visitor.path == "/staff/sign-in"


@pytest.mark.usefixtures("configured")
@pytest.mark.parametrize(
    ("way", "status"),
    [(Way.WRONG_NONCE, 400), (Way.FORGED, 400), (Way.OTHER_ISSUER, 400), (Way.REFUSES_CODE, 400)],
)
def test_an_answer_that_does_not_hold_lets_nobody_in(
    visitor: Visitor, elsewhere: OpenIDProvider, installation: Installation, way: Way, status: int
) -> None:
    elsewhere.ways.add(way)
    come(visitor, elsewhere)
    assert visitor.page is not None
    assert visitor.page.status_code == status
    assert member(installation) is None


@pytest.mark.usefixtures("configured")
def test_an_answer_is_good_once_and_in_the_browser_that_asked(
    visitor: Visitor, elsewhere: OpenIDProvider, someone: Callable[[], Visitor]
) -> None:
    visitor.open("/staff/sign-in")
    visitor.press(at="/staff/openid/begin")
    found = ADDRESS.search(visitor.text)
    assert found
    back = elsewhere.answer(unescape(found[1]), "agent")
    thief = someone()
    assert thief.client.get("/staff/openid/back", query_string=back).status_code == 400
    assert visitor.client.get("/staff/openid/back", query_string=back).status_code == 303
    assert visitor.client.get("/staff/openid/back", query_string=back).status_code == 400


@pytest.mark.usefixtures("configured")
def test_a_provider_that_is_away_is_told_of(visitor: Visitor, elsewhere: OpenIDProvider) -> None:
    elsewhere.ways.add(Way.AWAY)
    visitor.open("/staff/sign-in")
    visitor.press(at="/staff/openid/begin")
    assert visitor.page is not None
    assert visitor.page.status_code == 503
    assert "We cannot reach" in visitor.text
    visitor.open("/staff/sign-in")
    assert "Sign in with Work account" in visitor.text


def test_without_a_provider_there_is_no_such_way(visitor: Visitor) -> None:
    visitor.open("/staff/sign-in")
    assert "/staff/openid/begin" not in visitor.text
    visitor.press(at="/staff/openid/begin")
    assert visitor.page is not None
    assert visitor.page.status_code == 404


def test_a_person_without_an_email_address_cannot_be_told_apart(
    visitor: Visitor, elsewhere: OpenIDProvider, configured: StaffSignIn
) -> None:
    elsewhere.people = (Person("agent", email="", groups=("Customer services",), amr=("mfa",)),)
    come(visitor, elsewhere)
    assert "It does not tell us your email address" in visitor.text
