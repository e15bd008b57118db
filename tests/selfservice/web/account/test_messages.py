"""Writing to the team from My Account: of one's own alone, and by an agent who says so."""

import io
import re
from collections.abc import Callable

import pytest
import sqlalchemy as sa

from selfservice import clock
from selfservice.domain.case import CaseStatus
from selfservice.domain.people import Channel, Role, Verification
from selfservice.installation import Installation
from selfservice.operations.assisting import Verified
from selfservice.store.customers import CustomerRow
from selfservice.store.messages import MessageRow
from selfservice.store.timeline import TimelineEventRow
from tests.factories.people import (
    a_contact,
    a_customer,
    a_member_of_staff,
    an_account,
    as_staff,
    help_customer,
    sign_in,
)
from tests.factories.pictures import picture
from tests.factories.submitted import a_submission
from tests.factories.written import open_case, own, tell
from tests.journeys.visitor import Visitor

KEY = re.compile(r'name="key" value="([^"]+)"')
PICTURE = re.compile(r'<img[^>]*src="([^"]+)"')


class Request:
    """A request of Rosa's, and its page in My Account."""

    def __init__(self, installation: Installation) -> None:
        self.installation = installation
        with installation.database.write() as session:
            self.rosa = a_customer(
                session, "Rosa Made-Up", clock.now(), email="rosa@example.org", councils=["boston"]
            )
            accepted = a_submission(session, installation.links, now=clock.now())
            own(session, accepted.submission_id, self.rosa.id, clock.now())
        self.id, self.reference, self.part = (
            accepted.submission_id,
            accepted.reference,
            accepted.delivery_ids[0],
        )
        self.page = f"/account/requests/{accepted.reference}"
        self.link = installation.links.progress("boston", self.id).removeprefix("http://localhost")

    def closed(self) -> None:
        here, now = self.installation, clock.now()
        open_case(here.database, here.links, self.part, now, council=here.councils["boston"])
        tell(
            here.database, here.links, "1", CaseStatus.RESOLVED, now, now, "Cleared – thank you",
            council=here.councils["boston"],
        )  # fmt: skip

    def messages(self) -> list[MessageRow]:
        with self.installation.database.read() as session:
            return list(session.scalars(sa.select(MessageRow).order_by(MessageRow.id)))

    def lines(self, what: str) -> list[TimelineEventRow]:
        with self.installation.database.read() as session:
            found = sa.select(TimelineEventRow).where(TimelineEventRow.what == what)
            return list(session.scalars(found))


@pytest.fixture
def asked(installation: Installation) -> Request:
    return Request(installation)


@pytest.fixture
def signed_in(someone: Callable[[], Visitor], installation: Installation) -> Callable[..., Visitor]:
    def come(person: CustomerRow, email: str = "rosa@example.org") -> Visitor:
        visitor = someone()
        with installation.database.write() as session:
            account = an_account(session, person, clock.now(), email=email)
            sign_in(session, visitor.client, clock.now(), account=account)
        return visitor

    return come


@pytest.fixture
def helping(someone: Callable[[], Visitor], installation: Installation) -> Callable[..., Visitor]:
    def help_them(person: CustomerRow, level: Verification = Verification.BASIC) -> Visitor:
        visitor, now = someone(), clock.now()
        roles = [("boston", Role.AGENT)]
        with installation.database.write() as session:
            member = a_member_of_staff(session, "Priya Example", now, email="priya@example.org", roles=roles)
            a_contact(session, member.id, "boston", now, Channel.PHONE)
            help_customer(session, as_staff(member, roles), person, now, Verified(level))
            sign_in(session, visitor.client, now, member=member)
        return visitor

    return help_them


def write(visitor: Visitor, at: str, words: str, **more: object) -> int:
    key = KEY.search(visitor.text)
    assert key, visitor.title
    return visitor.press({"key": key[1], "message": words, **more}, at=f"{at}/messages").status_code


def test_a_customer_writes_about_their_own_and_reads_the_answer(
    asked: Request, signed_in: Callable[..., Visitor]
) -> None:
    asked.closed()
    visitor = signed_in(asked.rosa)
    visitor.open(asked.page)
    assert "Cleared – thank you" in visitor.text
    photo = (io.BytesIO(picture(kind="JPEG", width=200, height=150, author="Rosa")), "bin.jpg")
    assert write(visitor, asked.page, "Half is still there", about="dispute", files=photo) == 200
    assert visitor.path == asked.page
    for words in ("<strong>You</strong>", "Half is still there", "Reopened", "bin.jpg"):
        assert words in visitor.text
    (shown,) = PICTURE.findall(visitor.text)
    assert shown.startswith(f"{asked.page}/thumbnails/")
    assert visitor.client.get(shown).mimetype == "image/jpeg"


def test_mistakes_are_told_and_what_was_typed_is_kept(
    asked: Request, signed_in: Callable[..., Visitor]
) -> None:
    visitor = signed_in(asked.rosa)
    visitor.open(asked.page)
    assert write(visitor, asked.page, "") == 422
    assert visitor.title.startswith("Error:")
    assert visitor.open(f"{asked.page}/messages").request.path == asked.page
    assert visitor.open(f"/account/requests/{asked.reference.lower()}/messages").request.path == asked.page


def test_what_was_written_by_the_link_says_so_in_the_account(
    asked: Request, signed_in: Callable[..., Visitor], someone: Callable[[], Visitor]
) -> None:
    other = someone()
    other.open(asked.link)
    assert write(other, asked.link, "Written by the link") == 200
    visitor = signed_in(asked.rosa)
    visitor.open(asked.page)
    assert "You, by the link that we sent" in visitor.text


def test_somebody_elses_is_as_unknown_as_none(
    asked: Request, signed_in: Callable[..., Visitor], installation: Installation
) -> None:
    owner = signed_in(asked.rosa)
    owner.open(asked.page)
    photo = (io.BytesIO(picture(kind="JPEG", width=200, height=150, author="Rosa")), "bin.jpg")
    write(owner, asked.page, "Mine", files=photo)
    (shown,) = PICTURE.findall(owner.text)
    with installation.database.write() as session:
        otto = a_customer(session, "Otto Made-Up", clock.now(), councils=["boston"])
    other = signed_in(otto, "otto@example.org")
    other.open("/account/")
    token = re.search(r'name="csrf_token" value="([^"]+)"', other.open("/boston/fly-tipping/").text)
    assert token
    answer = other.client.post(
        f"{asked.page}/messages", data={"csrf_token": token[1], "message": "Not mine", "key": "k" * 36}
    )
    assert answer.status_code == 404
    for path in (asked.page, f"{asked.page}/messages", shown, shown.replace("thumbnails", "files")[:-4]):
        assert other.client.get(path).status_code == 404
    assert [row.words for row in asked.messages()] == ["Mine"]


def test_an_agent_writes_for_the_customer_who_reads_by_whom(
    asked: Request, signed_in: Callable[..., Visitor], helping: Callable[..., Visitor]
) -> None:
    agent = helping(asked.rosa)
    agent.open(asked.page)
    assert write(agent, asked.page, "She asks for it to be soon") == 200
    assert "Priya Example of Customer Services for the customer" in agent.text
    (message,) = asked.messages()
    assert message.on_behalf_of == asked.rosa.id
    (line,) = asked.lines("customer_wrote")
    assert (line.actor_id, line.on_behalf_of, line.words) == (message.actor_id, asked.rosa.id, "")
    visitor = signed_in(asked.rosa)
    visitor.open(asked.page)
    assert "Priya Example of Customer Services for you" in visitor.text
    visitor.open("/account/who-looked")
    assert "Wrote to a team for you" in visitor.text


def test_an_agent_at_the_link_of_their_customer_reads_it_and_that_is_written_down(
    asked: Request, helping: Callable[..., Visitor]
) -> None:
    agent = helping(asked.rosa)
    agent.open(asked.link)
    assert 'id="messages"' in agent.text
    (line,) = asked.lines("viewed")
    assert line.detail == {"what": "messages"}
    assert write(agent, asked.link, "She asks for it to be soon") == 200


def test_an_agent_who_does_not_know_yet_who_it_is_reads_nothing_by_the_link(
    asked: Request, helping: Callable[..., Visitor]
) -> None:
    agent = helping(asked.rosa, Verification.NONE)
    assert agent.open(asked.link).status_code == 200
    assert 'id="messages"' not in agent.text
    assert asked.lines("viewed") == []


def test_an_agent_who_helps_another_sees_none_of_it(
    asked: Request, helping: Callable[..., Visitor], installation: Installation
) -> None:
    with installation.database.write() as session:
        otto = a_customer(session, "Otto Made-Up", clock.now(), councils=["boston"])
    agent = helping(otto)
    assert agent.open(f"{asked.page}/messages").status_code == 404
    agent.open(asked.link)
    assert 'id="messages"' not in agent.text
    assert asked.lines("viewed") == []
