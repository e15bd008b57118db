"""Claiming on pages: the same for whatever reference, until the right code is given; and undone by whoever reads it."""

import re

import pytest
from flask import Flask

from selfservice import clock
from selfservice.domain.case import Contact
from selfservice.domain.people import Actor, ActorKind
from selfservice.installation import Installation
from selfservice.store import customers
from selfservice.store.customers import CustomerRow
from tests.factories.accounts import sent
from tests.factories.agents import AgentBrowser
from tests.factories.mail import Mail, wrong
from tests.journeys.visitor import Visitor

SAM = "sam.carter@example.org"
NOWHERE = "BOS-7K4M-2QXB"


@pytest.fixture
def guests(installation: Installation) -> tuple[str, str]:
    """The id and the reference of what Sam sent without an account."""
    guest = Actor(ActorKind.RESIDENT, "f" * 64)
    with installation.database.write() as session:
        done = sent(session, guest, installation.links, clock.now(), contact=Contact("Sam", SAM, ""))
    return done.submission_id, done.reference


@pytest.fixture
def mail(installation: Installation) -> Mail:
    return Mail(installation.database, installation.links)


def ask(browser: AgentBrowser, reference: str) -> str:
    """Ask for it; the page that follows, without what differs in every page."""
    browser.open("/account/claim")
    browser.submit("/account/claim", reference=reference)
    return re.sub(r'value="[^"]+"', "", browser.text)


def owner(installation: Installation, submission: str) -> str | None:
    with installation.database.read() as session:
        return customers.owner_of(session, submission)


def test_a_code_adds_it_and_shows_it(
    marys: AgentBrowser, mary: CustomerRow, guests: tuple[str, str], mail: Mail, installation: Installation
) -> None:
    ask(marys, guests[1])
    assert marys.path == "/account/claim/code"
    marys.submit("/account/claim/code", code=mail.code(SAM))
    assert marys.path == f"/account/requests/{guests[1]}"
    assert "Added to your account. We told the address on it." in marys.text
    assert owner(installation, guests[0]) == mary.id
    assert guests[1] in marys.open("/account/").text


def test_the_page_is_the_same_whether_there_is_such_a_thing(
    marys: AgentBrowser, guests: tuple[str, str]
) -> None:
    assert ask(marys, guests[1]) == ask(marys, NOWHERE) == ask(marys, "nonsense")


def test_a_wrong_code_says_the_same_whatever_is_wrong_and_however_often(
    marys: AgentBrowser, guests: tuple[str, str], mail: Mail, installation: Installation
) -> None:
    told = set()
    for reference in (guests[1], NOWHERE):
        ask(marys, reference)
        for _ in range(6):
            marys.submit("/account/claim/code", code=wrong(mail.code(SAM)))
            told.add(re.sub(r'value="[^"]+"', "", marys.text))
    assert len(told) == 1
    ask(marys, guests[1])
    assert owner(installation, guests[0]) is None


def test_an_empty_reference_and_an_empty_code_are_asked_for_again(
    marys: AgentBrowser, guests: tuple[str, str]
) -> None:
    marys.open("/account/claim")
    marys.submit("/account/claim", reference="  ")
    assert "Enter the reference" in marys.text
    ask(marys, guests[1])
    marys.submit("/account/claim/code", code="")
    assert "Enter the six-digit code that we sent" in marys.text


def test_whoever_asked_for_nothing_is_asked_for_the_reference(marys: AgentBrowser) -> None:
    marys.open("/account/claim/code")
    assert marys.path == "/account/claim"


def test_the_code_is_of_no_use_to_another_customer(
    marys: AgentBrowser, bens: AgentBrowser, guests: tuple[str, str], mail: Mail, installation: Installation
) -> None:
    ask(marys, guests[1])
    ask(bens, NOWHERE)
    bens.submit("/account/claim/code", code=mail.code(SAM))
    assert bens.title.startswith("Error:")
    assert owner(installation, guests[0]) is None


def test_asking_too_often_is_refused_whatever_there_is(marys: AgentBrowser) -> None:
    statuses = []
    for _ in range(6):
        marys.open("/account/claim")
        statuses.append(marys.submit("/account/claim", reference=NOWHERE).status_code)
    assert statuses == [200] * 5 + [429]


def test_whoever_reads_the_address_takes_it_out_again_by_a_button(
    marys: AgentBrowser, app: Flask, guests: tuple[str, str], mail: Mail, installation: Installation
) -> None:
    ask(marys, guests[1])
    marys.submit("/account/claim/code", code=mail.code(SAM))
    link = mail.newest(SAM).body.partition("http://localhost")[2].split()[0]
    sam = Visitor(app.test_client())
    for _ in range(3):
        assert sam.open(link).status_code == 200
        assert guests[1] in sam.text
    assert owner(installation, guests[0]) is not None, "looking undoes nothing"
    sam.press({}, at=link)
    assert "Taken out of the account" in sam.text
    assert owner(installation, guests[0]) is None
    assert marys.open(f"/account/requests/{guests[1]}").status_code == 404
    assert sam.open(link).status_code == 410
    assert sam.open("/account/unclaim/nonsense").status_code == 410


def test_an_agent_claims_nothing_for_anybody(agents: AgentBrowser, guests: tuple[str, str]) -> None:
    for address in ("/account/claim", "/account/claim/code"):
        assert agents.open(address).status_code == 403
        assert agents.client.post(address, data={"reference": guests[1]}).status_code == 403
