"""What an owner changes about signing in: told to where it matters, by nobody else, and never so that nobody can."""

from datetime import timedelta
from pathlib import Path
from threading import Event, Thread
from typing import Any

import pytest
import sqlalchemy as sa

from integrations.identity.passwords import Passwords
from selfservice.database import Database
from selfservice.domain.challenge import ChallengeState, Purpose
from selfservice.domain.messages import Medium
from selfservice.domain.people import Actor, ActorKind, Channel
from selfservice.domain.permissions import NotAllowed
from selfservice.domain.signing_in import SignedIn
from selfservice.links import Links
from selfservice.operations import account_changes, accounts, browsers, challenging, locking, sign_ins
from selfservice.operations.account_changes import LastWay
from selfservice.operations.accounts import Arrival
from selfservice.operations.challenging import Asker
from selfservice.operations.locking import Standing
from selfservice.store.accounts import AccountRow, IdentityRow
from selfservice.store.customers import CustomerRow
from selfservice.store.timeline import TimelineEventRow
from tests.factories.mail import Mail
from tests.factories.people import a_customer, an_account
from tests.factories.submitted import BOSTON, HOLDER, NOW, settings

OLD, NEW, PHONE = "sam.carter@example.org", "sam@carter.example.org", "+447700900123"
ASKER = Asker(HOLDER, "192.0.2.1")
LATER = NOW + timedelta(minutes=1)
HASH = Passwords(cheap=True).hash("lantern tulip harbour")


@pytest.fixture
def links(tmp_path: Path) -> Links:
    return Links(settings(tmp_path))


@pytest.fixture
def mail(database: Database, links: Links) -> Mail:
    return Mail(database, links)


@pytest.fixture
def sam(database: Database) -> Actor:
    """Sam, who has signed in."""
    with database.write() as session:
        customer = a_customer(session, "Sam Carter", NOW, email=OLD)
        an_account(session, customer, NOW, email=OLD)
        return Actor(ActorKind.RESIDENT, customer.id, Channel.WEB, signed_in=True)


def account(database: Database) -> AccountRow:
    with database.read() as session:
        return session.scalars(sa.select(AccountRow).where(AccountRow.email.in_([OLD, NEW]))).one()


def signed_in(database: Database, browser: str = "Firefox, Windows") -> tuple[str, SignedIn]:
    """A browser in which Sam is signed in: its secret, and who that is."""
    with database.write() as session:
        secret = sign_ins.begin(
            session, "password", browser, NOW, account_id=account(database).id, whole=True
        )
        person = sign_ins.resident(session, secret, NOW)
    assert person is not None
    return secret, person


def still_in(database: Database, secret: str) -> bool:
    with database.read() as session:
        return sign_ins.resident(session, secret, NOW) is not None


def test_a_new_password_signs_out_every_other_browser_and_is_told(
    database: Database, sam: Actor, mail: Mail
) -> None:
    (here, person), (elsewhere, _) = signed_in(database), signed_in(database)
    with database.write() as session:
        account_changes.set_password(session, sam, HASH, person.id, BOSTON, NOW)
    assert account(database).password_hash == HASH
    assert still_in(database, here)
    assert not still_in(database, elsewhere)
    assert mail.newest(OLD).subject == "Your password was changed"


def test_a_new_password_opens_the_way_that_wrong_ones_had_shut(database: Database, sam: Actor) -> None:
    _, person = signed_in(database)
    with database.write() as session:
        for _ in range(11):
            locking.try_once(session, locking.PASSWORD, OLD, NOW)
        account_changes.set_password(session, sam, HASH, person.id, BOSTON, NOW)
        assert locking.try_once(session, locking.PASSWORD, OLD, NOW) is Standing.OPEN


def test_a_new_address_counts_once_it_is_confirmed_and_the_one_before_is_told(
    database: Database, sam: Actor, mail: Mail, links: Links
) -> None:
    with database.write() as session:
        account_changes.ask_new_address(session, sam, NEW, BOSTON, ASKER, links, NOW)
    assert account(database).email == OLD
    with database.write() as session:
        opened = challenging.answer_link(session, mail.token(NEW), HOLDER, LATER).opened
        assert opened is not None
        account_changes.take_address(session, opened, None, BOSTON, LATER)
    assert account(database).email == NEW
    assert mail.newest().recipient == OLD
    assert "call us at once" in mail.newest().body
    with database.read() as session:
        customer = session.scalars(sa.select(CustomerRow)).one()
        lines = session.scalars(sa.select(TimelineEventRow.what)).all()
    assert customer.email == NEW
    assert lines == ["address_changed"]


def test_an_address_that_the_customer_is_written_to_by_is_not_overwritten_by_one_to_sign_in_with(
    database: Database, sam: Actor, mail: Mail, links: Links
) -> None:
    with database.write() as session:
        customer = session.scalars(sa.select(CustomerRow)).one()
        customer.email = "letters@example.org"
    with database.write() as session:
        account_changes.ask_new_address(session, sam, NEW, BOSTON, ASKER, links, NOW)
    with database.write() as session:
        opened = challenging.answer_link(session, mail.token(NEW), HOLDER, LATER).opened
        assert opened is not None
        account_changes.take_address(session, opened, None, BOSTON, LATER)
    with database.read() as session:
        assert session.scalars(sa.select(CustomerRow.email)).one() == "letters@example.org"


def test_an_address_that_another_account_has_is_told_there_and_opens_nothing(
    database: Database, sam: Actor, mail: Mail, links: Links
) -> None:
    with database.write() as session:
        other = a_customer(session, "Rosa Marsh", NOW)
        an_account(session, other, NOW, email="rosa.marsh@example.org")
        made = account_changes.ask_new_address(
            session, sam, "rosa.marsh@example.org", BOSTON, ASKER, links, NOW
        )
    assert made is not None
    letter = mail.newest("rosa.marsh@example.org")
    assert letter.subject == "This email address has an account already"
    assert "/account/link/" not in letter.body


def test_an_address_that_was_taken_while_it_was_confirmed_is_not_given_twice(
    database: Database, sam: Actor, mail: Mail, links: Links
) -> None:
    with database.write() as session:
        account_changes.ask_new_address(session, sam, NEW, BOSTON, ASKER, links, NOW)
    with database.write() as session:
        an_account(session, a_customer(session, "Rosa Marsh", NOW), NOW, email=None, phone=PHONE).email = NEW
    with database.write() as session:
        opened = challenging.answer_link(session, mail.token(NEW), HOLDER, LATER).opened
        assert opened is not None
        assert account_changes.take_address(session, opened, None, BOSTON, LATER) is None
    with database.read() as session:
        assert session.scalars(sa.select(AccountRow.email).order_by(AccountRow.email)).all() == [OLD, NEW]


def test_a_number_is_added_and_taken_away_but_never_the_last_way_in(
    database: Database, sam: Actor, mail: Mail, links: Links
) -> None:
    with database.write() as session, pytest.raises(LastWay):
        account_changes.remove_address(session, sam, Medium.EMAIL, "", BOSTON, NOW)
    with database.write() as session:
        made = account_changes.ask_new_address(session, sam, PHONE, BOSTON, ASKER, links, NOW)
    assert made is not None
    with database.write() as session:
        opened = challenging.answer_code(session, made.id, HOLDER, mail.code(PHONE), links, LATER).opened
        assert opened is not None
        assert opened.purpose is Purpose.NEW_ADDRESS
        account_changes.take_address(session, opened, None, BOSTON, LATER)
        assert account_changes.sign_in_details(session, sam).addresses == (OLD, PHONE)
        account_changes.remove_address(session, sam, Medium.EMAIL, "", BOSTON, LATER)
        assert account_changes.sign_in_details(session, sam).addresses == (PHONE,)
    assert mail.newest(OLD).subject == "How you sign in was changed"


def test_an_account_elsewhere_signs_in_to_one_account_alone(
    database: Database, sam: Actor, mail: Mail
) -> None:
    identity = {"issuer": "https://login.example.org", "subject": "rosa", "label": "Example account"}
    with database.write() as session:
        other = a_customer(session, "Rosa Marsh", NOW)
        an_account(session, other, NOW, email="rosa.marsh@example.org")
        rosa = Actor(ActorKind.RESIDENT, other.id, signed_in=True)
        assert account_changes.connect_elsewhere(session, sam, identity, BOSTON, NOW)
        assert account_changes.connect_elsewhere(session, sam, identity, BOSTON, NOW) == ()
        assert account_changes.connect_elsewhere(session, rosa, identity, BOSTON, NOW) is None
        [connected] = account_changes.sign_in_details(session, sam).connected
        account_changes.disconnect(session, rosa, connected.id, "", BOSTON, NOW)
        assert account_changes.sign_in_details(session, sam).connected
        account_changes.disconnect(session, sam, connected.id, "", BOSTON, NOW)
        assert session.scalars(sa.select(IdentityRow)).all() == []
    assert "no longer be signed in to by your account with Example account" in mail.newest(OLD).body


def test_every_change_of_a_way_in_ends_the_other_sign_ins(
    database: Database, sam: Actor, mail: Mail, links: Links
) -> None:
    identity = {"issuer": "https://login.example.org", "subject": "sam", "label": "Example account"}
    here, person = signed_in(database)
    first, second, third = (signed_in(database)[0] for _ in range(3))
    with database.write() as session:
        account_changes.connect_elsewhere(session, sam, identity, BOSTON, NOW)
        made = account_changes.ask_new_address(session, sam, PHONE, BOSTON, ASKER, links, NOW)
        assert made is not None
    assert still_in(database, first)
    with database.write() as session:
        opened = challenging.answer_code(session, made.id, HOLDER, mail.code(PHONE), links, LATER).opened
        assert opened is not None
        account_changes.take_address(session, opened, person.id, BOSTON, LATER)
    assert [still_in(database, each) for each in (here, first, second, third)] == [True, False, False, False]
    for change in ("disconnect", "remove"):
        other, _ = signed_in(database)
        with database.write() as session:
            if change == "remove":
                account_changes.remove_address(session, sam, Medium.SMS, person.id, BOSTON, LATER)
            else:
                [connected] = account_changes.sign_in_details(session, sam).connected
                account_changes.disconnect(session, sam, connected.id, person.id, BOSTON, LATER)
        assert (still_in(database, here), still_in(database, other)) == (True, False), change


@pytest.mark.parametrize("ending", ["password", "everywhere", "reset"])
def test_a_new_address_that_waits_to_be_confirmed_is_dropped_by_what_shuts_others_out(
    database: Database, sam: Actor, mail: Mail, links: Links, ending: str
) -> None:
    _, person = signed_in(database)
    with database.write() as session:
        account_changes.ask_new_address(session, sam, NEW, BOSTON, ASKER, links, NOW)
    token = mail.token(NEW)
    with database.write() as session:
        if ending == "password":
            account_changes.set_password(session, sam, HASH, person.id, BOSTON, NOW)
        elif ending == "everywhere":
            browsers.end_all(session, person, NOW)
        else:
            accounts.ask_to_reset(session, OLD, BOSTON, ASKER, links, NOW)
    if ending == "reset":
        with database.write() as session:
            reset = challenging.answer_link(session, mail.token(OLD), HOLDER, LATER).opened
            assert reset is not None
            accounts.enter_by(session, reset, Arrival("Firefox, Windows", HOLDER), BOSTON, LATER)
    with database.write() as session:
        answered = challenging.answer_link(session, token, HOLDER, LATER)
    assert (answered.opened, answered.state) == (None, ChallengeState.SUPERSEDED)


def test_a_secret_that_is_renewed_while_all_are_ended_is_ended_with_them(
    database: Database, sam: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    _, person = signed_in(database)
    renewing, ending, begin = Event(), Event(), sign_ins.begin
    new: list[str | None] = []

    def slowly(*told: Any, **more: Any) -> str:
        renewing.set()
        ending.wait(1)  # what ends them all waits for this one: a second is long for a database
        return begin(*told, **more)

    def renew() -> None:
        with database.write() as session:
            new.append(sign_ins.renew(session, person.id, "link", NOW))

    monkeypatch.setattr(sign_ins, "begin", slowly)
    thread = Thread(target=renew)
    thread.start()
    assert renewing.wait(5)
    with database.write() as session:
        browsers.end_all(session, person, NOW)
    ending.set()
    thread.join()
    assert new[0] is None or not still_in(database, new[0])


def test_nobody_does_any_of_it_for_another(database: Database, sam: Actor, links: Links) -> None:
    agent = Actor(
        ActorKind.AGENT, "agent", Channel.PHONE, on_behalf_of=sam.id, councils=frozenset({"boston"}), via="x"
    )
    visitor = Actor(ActorKind.RESIDENT, HOLDER)
    for other in (agent, visitor):
        with database.write() as session:
            with pytest.raises(NotAllowed):
                account_changes.sign_in_details(session, other)
            with pytest.raises(NotAllowed):
                account_changes.set_password(session, other, HASH, "x", BOSTON, NOW)
            with pytest.raises(NotAllowed):
                account_changes.ask_new_address(session, other, NEW, BOSTON, ASKER, links, NOW)
            with pytest.raises(NotAllowed):
                account_changes.remove_address(session, other, Medium.EMAIL, "x", BOSTON, NOW)
            with pytest.raises(NotAllowed):
                account_changes.disconnect(session, other, "x", "x", BOSTON, NOW)


def test_the_list_of_browsers_begins_with_this_one_and_leaves_out_what_is_over(
    database: Database, sam: Actor
) -> None:
    _, first = signed_in(database, "Safari, iPhone")
    _, second = signed_in(database, "Firefox, Windows")
    with database.read() as session:
        listed = browsers.of_account(session, second, NOW)
        assert [(each.browser, each.here) for each in listed] == [
            ("Firefox, Windows", True), ("Safari, iPhone", False),
        ]  # fmt: skip
        assert browsers.of_account(session, first, NOW + timedelta(days=1)) == ()


def test_one_browser_or_every_one_is_signed_out(database: Database, sam: Actor) -> None:
    here, person = signed_in(database)
    phone, other = signed_in(database)
    with database.write() as session:
        browsers.end_one(session, person, other.id, NOW)
    assert (still_in(database, here), still_in(database, phone)) == (True, False)
    with database.write() as session:
        browsers.end_all(session, person, NOW)
    assert not still_in(database, here)


def test_nobody_signs_out_somebody_elses_browser(database: Database, sam: Actor) -> None:
    _, person = signed_in(database)
    with database.write() as session:
        other = an_account(session, a_customer(session, "Rosa Marsh", NOW), NOW, email="rosa@example.org")
        theirs = sign_ins.begin(session, "password", "", NOW, account_id=other.id, whole=True)
        rosa = sign_ins.resident(session, theirs, NOW)
        assert rosa is not None
        browsers.end_one(session, person, rosa.id, NOW)
    assert still_in(database, theirs)
