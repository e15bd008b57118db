"""Opening an account and signing in to it: what happens when, what is told to whom, and what comes along."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from integrations.identity.passwords import Passwords
from selfservice.database import Database
from selfservice.domain.challenge import Purpose
from selfservice.domain.people import Actor, ActorKind
from selfservice.links import Links
from selfservice.operations import accounts, challenging, drafting, password_sign_in, sign_ins
from selfservice.operations.accounts import Arrival, Entered, Opening
from selfservice.operations.challenging import Asker, Challenge
from selfservice.operations.locking import Standing
from selfservice.store.accounts import AccountRow, TotpRow
from selfservice.store.challenges import ChallengeRow
from selfservice.store.customers import CustomerRow
from selfservice.store.timeline import TimelineEventRow
from tests.factories.mail import Mail
from tests.factories.people import a_customer, an_account
from tests.factories.submitted import BOSTON, HOLDER, NOW, SEALS, a_draft, settings

TO, PHONE = "sam.carter@example.org", "+447700900123"
ASKER = Asker(HOLDER, "192.0.2.1")
ARRIVAL = Arrival("Firefox, Windows", HOLDER)
LATER = NOW + timedelta(minutes=1)
PASSWORDS = Passwords(cheap=True)
PASSWORD = "lantern tulip harbour"

Ask = Callable[..., object]


@pytest.fixture
def links(tmp_path: Path) -> Links:
    return Links(settings(tmp_path))


@pytest.fixture
def mail(database: Database, links: Links) -> Mail:
    return Mail(database, links)


@pytest.fixture
def ask(database: Database, links: Links) -> Ask:
    """Asks for something of the operations that make challenges."""

    def asked(operation: Callable[..., object], what: object, **more: object) -> object:
        with database.write() as session:
            return operation(session, what, BOSTON, ASKER, links, NOW, **more)

    return asked


def opening(address: str = TO) -> Opening:
    return Opening("Sam Carter", address, PASSWORDS.hash(PASSWORD))


def answered(database: Database, mail: Mail) -> Challenge:
    with database.write() as session:
        opened = challenging.answer_link(session, mail.token(), HOLDER, LATER).opened
    assert opened is not None
    return opened


def enter_by_link(database: Database, mail: Mail, arrival: Arrival = ARRIVAL) -> Entered:
    opened = answered(database, mail)
    with database.write() as session:
        entered = accounts.enter_by(session, opened, arrival, BOSTON, LATER)
    assert entered is not None
    return entered


def sam(session: Session) -> AccountRow:
    """Sam's account, made long ago and signed in to since."""
    made = an_account(
        session, a_customer(session, "Sam Carter", NOW, email=TO), NOW, email=TO, phone=PHONE,
        password_hash=PASSWORDS.hash(PASSWORD),
    )  # fmt: skip
    made.signed_in_at = NOW - timedelta(days=30)
    return made


def counted(database: Database, table: type) -> int:
    with database.read() as session:
        return session.scalar(sa.select(sa.func.count()).select_from(table)) or 0


def test_nothing_exists_before_the_address_is_confirmed(database: Database, ask: Ask, mail: Mail) -> None:
    ask(accounts.sign_up, opening())
    assert counted(database, AccountRow) == counted(database, CustomerRow) == 0
    enter_by_link(database, mail)
    with database.read() as session:
        account = session.scalars(sa.select(AccountRow)).one()
        customer = session.scalars(sa.select(CustomerRow)).one()
    assert (account.email, account.phone, account.customer_id) == (TO, None, customer.id)
    assert PASSWORDS.matches(account.password_hash, PASSWORD)
    assert (customer.name, customer.name_key, customer.email, customer.preferred) == (
        "Sam Carter", "sam carter", TO, "email",
    )  # fmt: skip


def test_whoever_gives_a_number_is_reached_by_text(
    database: Database, ask: Ask, mail: Mail, links: Links
) -> None:
    ask(accounts.sign_up, opening(PHONE))
    assert "your code is: " in mail.newest(PHONE).body
    assert "/account/link/" not in mail.newest(PHONE).body
    with database.write() as session:
        made = session.scalars(sa.select(ChallengeRow)).one()
        opened = challenging.answer_code(session, made.id, HOLDER, mail.code(), links, LATER).opened
        assert opened is not None
        accounts.enter_by(session, opened, ARRIVAL, BOSTON, LATER)
        customer = session.scalars(sa.select(CustomerRow)).one()
    assert (customer.phone, customer.email, customer.preferred) == (PHONE, None, "sms")


def test_whoever_has_an_account_already_is_told_so_where_only_they_read_it(
    database: Database, ask: Ask, mail: Mail
) -> None:
    with database.write() as session:
        account = sam(session).id
    ask(accounts.sign_up, Opening("Somebody Else", TO, PASSWORDS.hash("another one of these")))
    assert mail.newest().subject == "You already have an account"
    entered = enter_by_link(database, mail)
    assert entered.account_id == account
    with database.read() as session:
        kept = session.get(AccountRow, account)
        assert kept is not None
        assert kept.password_hash is not None
        assert not PASSWORDS.matches(kept.password_hash, "another one of these")
    assert counted(database, AccountRow) == 1


def test_an_account_that_was_opened_meanwhile_is_the_one_that_is_signed_in_to(
    database: Database, ask: Ask, mail: Mail
) -> None:
    ask(accounts.sign_up, opening())
    with database.write() as session:
        account = sam(session).id
    assert enter_by_link(database, mail).account_id == account
    assert counted(database, CustomerRow) == 1


@pytest.mark.parametrize("operation", [accounts.ask_to_sign_in, accounts.ask_to_reset])
def test_an_address_that_nobody_has_is_told_so_by_a_message_that_opens_nothing(
    ask: Ask, mail: Mail, operation: Callable[..., object]
) -> None:
    assert ask(operation, TO) is not None
    letter = mail.newest(TO)
    assert letter.subject == "There is no account with this email address"
    assert "/account/link/" not in letter.body
    assert "code is" not in letter.body


def test_a_reset_signs_in_and_leads_to_a_new_password(database: Database, ask: Ask, mail: Mail) -> None:
    with database.write() as session:
        sam(session)
    ask(accounts.ask_to_reset, TO)
    assert answered(database, mail).purpose is Purpose.RESET


def test_what_they_wanted_to_see_is_remembered_beyond_the_link(
    database: Database, ask: Ask, mail: Mail
) -> None:
    with database.write() as session:
        sam(session)
    ask(accounts.ask_to_sign_in, TO, next_page="/boston/fly-tipping/")
    assert enter_by_link(database, mail).next == "/boston/fly-tipping/"


def test_drafts_begun_in_the_browser_come_along(database: Database, ask: Ask, mail: Mail) -> None:
    with database.write() as session:
        draft = a_draft(session).id
        customer = sam(session).customer_id
    ask(accounts.ask_to_sign_in, TO)
    enter_by_link(database, mail)
    theirs = Actor(ActorKind.RESIDENT, customer, signed_in=True)
    with database.read() as session:
        assert drafting.find(session, theirs, draft, SEALS) is not None
        assert drafting.find(session, Actor(ActorKind.RESIDENT, HOLDER), draft, SEALS) is None


def test_a_sign_in_without_its_second_factor_is_not_whole(database: Database, ask: Ask, mail: Mail) -> None:
    with database.write() as session:
        account = sam(session)
        session.add(TotpRow(account_id=account.id, sealed={}, added_at=NOW, confirmed_at=NOW))
    ask(accounts.ask_to_sign_in, TO)
    entered = enter_by_link(database, mail)
    assert not entered.whole
    with database.read() as session:
        person = sign_ins.resident(session, entered.secret, LATER)
    assert person is not None
    assert not person.whole


def test_a_browser_not_seen_before_is_news_and_one_that_was_is_not(
    database: Database, ask: Ask, mail: Mail
) -> None:
    with database.write() as session:
        account = sam(session).id
    ask(accounts.ask_to_sign_in, TO)
    enter_by_link(database, mail)
    assert mail.newest(TO).subject == "A new sign-in to your account"
    assert "Firefox, Windows" in mail.newest(TO).body
    with database.write() as session:
        row = session.get(AccountRow, account)
        assert row is not None
        before = len(mail.letters())
        accounts.enter(
            session, row, "password", Arrival("Firefox, Windows", HOLDER, frozenset({account})), BOSTON, LATER
        )
    assert len(mail.letters()) == before


def test_the_first_sign_in_of_a_new_account_is_no_news(database: Database, ask: Ask, mail: Mail) -> None:
    ask(accounts.sign_up, opening())
    enter_by_link(database, mail)
    assert [letter.subject for letter in mail.letters()] == ["Confirm your email address"]


def test_signing_up_and_in_is_written_to_the_record(database: Database, ask: Ask, mail: Mail) -> None:
    ask(accounts.sign_up, opening())
    enter_by_link(database, mail)
    with database.read() as session:
        lines = session.scalars(sa.select(TimelineEventRow).order_by(TimelineEventRow.id)).all()
        customer = session.scalars(sa.select(CustomerRow.id)).one()
    assert [(line.what, line.customer_id) for line in lines] == [
        ("account_opened", customer), ("signed_in", customer),
    ]  # fmt: skip


def try_password(database: Database, typed: str) -> tuple[Standing, Entered | None]:
    with database.write() as session:
        tried = password_sign_in.begin(session, TO, "192.0.2.1", NOW)
    assert tried is not None
    if not PASSWORDS.matches(tried.kept, typed):
        return tried.standing, None
    with database.write() as session:
        return tried.standing, password_sign_in.was_right(session, tried, ARRIVAL, BOSTON, NOW)


def test_the_right_password_signs_in(database: Database) -> None:
    with database.write() as session:
        sam(session)
    assert try_password(database, "another one entirely")[1] is None
    entered = try_password(database, PASSWORD)[1]
    assert entered is not None
    with database.read() as session:
        assert sign_ins.resident(session, entered.secret, NOW) is not None


@pytest.mark.parametrize("known", [True, False])
def test_after_ten_wrong_ones_no_password_is_taken_whether_there_is_an_account_or_not(
    database: Database, links: Links, mail: Mail, known: bool
) -> None:
    if known:
        with database.write() as session:
            sam(session)
    standings = [try_password(database, "wrong again")[0] for _ in range(11)]
    assert standings == [Standing.OPEN] * 9 + [Standing.LAST, Standing.SHUT]
    assert try_password(database, PASSWORD) == (Standing.SHUT, None)
    with database.write() as session:
        assert password_sign_in.tell_shut(session, TO, BOSTON, ASKER, links, NOW) is not None
    letter = mail.newest(TO)
    assert letter.subject == "A wrong password was entered many times"
    assert ("/account/link/" in letter.body) == known
    if known:
        assert enter_by_link(database, mail).whole


def test_a_right_password_begins_to_count_anew(database: Database) -> None:
    with database.write() as session:
        sam(session)
    for _ in range(9):
        try_password(database, "wrong again")
    assert try_password(database, PASSWORD)[1] is not None
    assert try_password(database, "wrong again")[0] is Standing.OPEN


def test_a_password_that_was_changed_meanwhile_is_not_taken(database: Database) -> None:
    with database.write() as session:
        account = sam(session).id
    with database.write() as session:
        tried = password_sign_in.begin(session, TO, "192.0.2.1", NOW)
    assert tried is not None
    with database.write() as session:
        row = session.get(AccountRow, account)
        assert row is not None
        row.password_hash = PASSWORDS.hash("a newer one of these")
    with database.write() as session:
        assert password_sign_in.was_right(session, tried, ARRIVAL, BOSTON, NOW) is None


def test_one_network_may_try_so_often(database: Database) -> None:
    with database.write() as session:
        tries = [
            password_sign_in.begin(session, f"resident{number}@example.org", "192.0.2.1", NOW)
            for number in range(61)
        ]
    assert [each is not None for each in tries] == [True] * 60 + [False]
