"""Two councils on one installation, crawled against each other: nothing of one is seen by the people of the other.

A resident, an agent and a supervisor of each council open every page that they can reach by links, and then every
address that the people of the other council reached. What is the other's own (names, addresses, answers, notes,
references) must stand on none of these pages.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urljoin, urlsplit

import lxml.html
import pytest
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from selfservice import clock
from selfservice.app import create_app
from selfservice.database import Database
from selfservice.domain.acting import EndedWhy
from selfservice.domain.case import Contact, GivenAnswer
from selfservice.domain.people import Actor, ActorKind, Channel, Role, Verification
from selfservice.domain.places import Place, Precision
from selfservice.domain.submission import DeliverTo
from selfservice.installation import Installation
from selfservice.operations import assisting, drafting, submitting
from selfservice.operations.assisting import Verified
from tests.factories.installations import make_installation, make_settings
from tests.factories.people import (
    a_contact,
    a_customer,
    a_member_of_staff,
    an_account,
    as_staff,
    help_customer,
    sign_in,
)
from tests.factories.submitted import completed
from tests.house.standings import Stage

MOST_PAGES = 60
# Pages that are the same for everybody, and many: the services of a council are no secret.
PUBLIC = ("/static/", "/progress", "/return/")
FROM = {
    "resident": ("/account/", "/account/profile"),
    "agent": ("/desk/",),
    "supervisor": ("/supervise/", "/supervise/figures", "/supervise/patterns"),
}


@dataclass
class World:
    """One council with its people, and the words that nobody of another council may read."""

    council: str
    words: tuple[str, ...]
    browsers: dict[str, FlaskClient] = field(default_factory=dict)
    seen: dict[str, set[str]] = field(default_factory=dict)


@pytest.fixture
def stage(database: Database, tmp_path: Path) -> Stage:
    settings = make_settings(home=tmp_path, redis_url="", redis_prefix="none")
    installation = make_installation(settings=settings, database=database)
    return Stage(create_app(installation), installation)


def world(stage: Stage, council: str, word: str, postcode: str) -> World:
    """A council whose customer, agent, supervisor, draft, submission and contact all carry `word`."""
    made = World(council, (word, postcode))
    made.browsers = {who: stage.app.test_client() for who in FROM}
    with stage.installation.database.write() as session:
        _people(session, stage.installation, made, word, postcode)
    return made


def _people(session: Session, installation: Installation, made: World, word: str, postcode: str) -> None:
    now, council = clock.now(), made.council
    customer = a_customer(
        session, f"Rosa {word}", now, councils=[council], email=f"rosa.{word}@example.org".lower(),
        postcode=postcode.replace(" ", ""), needs_words=f"Please ask for {word}",
    )  # fmt: skip
    account = an_account(session, customer, now, email=f"rosa.{word}@example.org".lower())
    sign_in(session, made.browsers["resident"], now, account=account)
    agent_roles, over = [(council, Role.AGENT)], [(council, Role.SUPERVISOR), (council, Role.AUDITOR)]
    agent = a_member_of_staff(
        session, f"Agent {word}", now, email=f"agent.{word}@example.org".lower(), roles=agent_roles
    )
    sign_in(session, made.browsers["agent"], now, member=agent)
    supervisor = a_member_of_staff(
        session, f"Supervisor {word}", now, email=f"super.{word}@example.org".lower(), roles=over
    )
    sign_in(session, made.browsers["supervisor"], now, member=supervisor)
    resident = Actor(ActorKind.RESIDENT, customer.id, signed_in=True)
    _tells(session, installation, made, resident, word, postcode)
    contact = a_contact(session, agent.id, council, now, Channel.PHONE)
    contact.note = f"They spoke of {word}"
    actor = as_staff(agent, agent_roles)
    help_customer(session, actor, customer, now, Verified(Verification.BASIC))
    assisting.stop(session, actor, EndedWhy.STOPPED, now)


def _tells(
    session: Session, installation: Installation, made: World, resident: Actor, word: str, postcode: str
) -> None:
    now, council = clock.now(), made.council
    draft = drafting.begin(session, resident, council, "fly-tipping", now)
    drafting.save(session, resident, draft.id, {"detail": f"Behind {word}"}, installation.seals, now)
    whole = completed(
        council=council, begun_at=council, contact=Contact(f"Rosa {word}", "", ""),
        answers=(GivenAnswer("detail", "Describe it", f"Behind {word}", f"Behind {word}"),),
        place=Place(532700, 344100, Precision.PIN, "a pin", f"Near {word}", council=council),
        lookup_postcodes=(postcode,), deliver=(DeliverTo("street-scene", "FLYTIP"),),
    )  # fmt: skip
    sent = submitting.submit(
        session, resident, drafting.begin(session, resident, council, "fly-tipping", now), whole,
        installation.links, installation.seals, now, council=installation.councils[council],
    )  # fmt: skip
    made.words = (*made.words, sent.reference)


def links_of(html: str, at: str) -> Iterator[str]:
    for href in lxml.html.document_fromstring(html).xpath("//a/@href"):
        found = urlsplit(urljoin(f"http://localhost{at}", href))
        if found.netloc == "localhost" and found.scheme == "http":
            yield found.path + (f"?{found.query}" if found.query else "")


def opened(browser: FlaskClient, address: str) -> str:
    """What a browser is shown at an address, its redirects followed; "" where it is no page."""
    answer = browser.get(address, follow_redirects=True)
    assert answer.status_code < 500, f"{address} answered {answer.status_code}"
    return (
        answer.get_data(as_text=True)
        if answer.mimetype in ("text/html", "application/json", "text/csv")
        else ""
    )


def crawl(made: World, who: str) -> dict[str, str]:
    """Every page that somebody reaches by links from where they begin, by its address."""
    browser, waiting, shown = made.browsers[who], [*FROM[who], f"/{made.council}/"], dict[str, str]()
    while waiting and len(shown) < MOST_PAGES:
        address = waiting.pop(0)
        if address in shown or address.startswith(PUBLIC):
            continue
        shown[address] = opened(browser, address)
        if shown[address].startswith("<!DOCTYPE"):
            # Services of the council come last: they are many, and the same for everybody.
            waiting += sorted(
                links_of(shown[address], address), key=lambda each: each.startswith(f"/{made.council}/")
            )
    made.seen[who] = set(shown)
    return shown


def found(pages: dict[str, str], words: tuple[str, ...]) -> list[str]:
    return [
        f"{word} at {address}"
        for address, html in pages.items()
        for word in words
        if word.lower() in html.lower()
    ]


def test_nothing_of_one_council_is_seen_by_the_people_of_the_other(stage: Stage) -> None:
    boston = world(stage, "boston", "Quillwort", "PE20 3TT")
    lindsey = world(stage, "east-lindsey", "Zephyrine", "LN11 9XX")
    for here, there in ((boston, lindsey), (lindsey, boston)):
        for who in FROM:
            pages = crawl(here, who)
            assert len(pages) >= 3, f"{who} of {here.council} reached {sorted(pages)}"
            assert found(pages, there.words) == []
        assert found({"": opened(here.browsers["resident"], "/account/")}, here.words[2:])
    for here, there in ((boston, lindsey), (lindsey, boston)):
        for who, browser in here.browsers.items():
            for other in FROM:
                for address in sorted(there.seen[other] - here.seen[who]):
                    assert found({address: opened(browser, address)}, there.words) == [], (
                        f"{who} at {other}'s {address}"
                    )
