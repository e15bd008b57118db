"""One's own data on pages: a fresh proof first, all of it to read and take away, and an end that nothing undoes."""

import json
from collections.abc import Callable
from datetime import timedelta

import sqlalchemy as sa

from selfservice import clock
from selfservice.installation import Installation
from selfservice.operations import drafting
from selfservice.store.accounts import AccountRow
from selfservice.store.customers import CustomerRow
from selfservice.store.sign_ins import SignInRow
from tests.factories.accounts import MARY, as_customer, sent
from tests.factories.agents import AgentBrowser

PAGES = ("/account/export", "/account/export.json", "/account/delete")


def grow_stale(installation: Installation) -> None:
    """Let a while pass since they proved who they are."""
    with installation.database.write() as session:
        session.execute(sa.update(SignInRow).values(proved_at=clock.now() - timedelta(minutes=11)))


def test_all_of_it_is_shown_and_taken_away(
    marys: AgentBrowser, mary: CustomerRow, installation: Installation
) -> None:
    with installation.database.write() as session:
        reference = sent(session, as_customer(mary), installation.links, clock.now()).reference
        drafting.begin(session, as_customer(mary), "boston", "missed-bin", clock.now())
    page = marys.open("/account/export")
    for words in ("Mary Smith", MARY, "1 Example Street", reference, "A mattress", "Tell us that we missed"):
        assert words in page.text
    answer = marys.open("/account/export.json")
    assert answer.headers["Content-Disposition"] == "attachment; filename=my-account.json"
    assert answer.headers["Cache-Control"] == "no-store"
    told = json.loads(answer.text)
    assert told["details"]["email"] == MARY
    assert [each["reference"] for each in told["requests"]] == [reference]


def test_a_proof_of_long_ago_is_not_enough(marys: AgentBrowser, installation: Installation) -> None:
    grow_stale(installation)
    for address in PAGES:
        marys.open(address)
        assert marys.path == "/account/prove"
        assert "Mary Smith" not in marys.text.partition("<main")[2]
    marys.press({"agreed": "agreed"}, at="/account/delete")
    assert marys.path == "/account/prove"
    with installation.database.read() as session:
        assert session.scalars(sa.select(AccountRow)).all() != []


def test_deleting_says_what_is_kept_and_wants_to_be_understood(
    marys: AgentBrowser, installation: Installation
) -> None:
    page = marys.open("/account/delete")
    assert "What is kept, and why" in page.text
    marys.submit("/account/delete")
    assert "Select that you understand this cannot be undone" in marys.text
    assert marys.title.startswith("Error:")
    with installation.database.read() as session:
        assert session.scalars(sa.select(AccountRow)).all() != []


def test_once_deleted_nobody_is_signed_in_and_nothing_opens(
    marys: AgentBrowser,
    mary: CustomerRow,
    signed_in: Callable[[CustomerRow], AgentBrowser],
    installation: Installation,
) -> None:
    elsewhere = signed_in(mary)
    elsewhere.open("/account/")
    marys.open("/account/delete")
    marys.submit("/account/delete", agreed="agreed")
    assert marys.path == "/account/deleted"
    assert "Your account is deleted" in marys.text
    assert "My Account" not in marys.text.partition("<main")[0]
    for browser in (marys, elsewhere):
        browser.open("/account/")
        assert browser.path == "/account/sign-in"
    with installation.database.read() as session:
        gone = session.get_one(CustomerRow, mary.id)
        assert (gone.name, gone.email, session.scalars(sa.select(SignInRow)).all()) == ("", None, [])


def test_an_agent_does_none_of_it_for_anybody(agents: AgentBrowser, installation: Installation) -> None:
    for address in PAGES:
        assert agents.open(address).status_code == 403
    assert agents.client.post("/account/delete", data={"agreed": "agreed"}).status_code == 403
    with installation.database.read() as session:
        assert session.scalars(sa.select(AccountRow)).all() != []
