"""Links and codes sent to an address: good once, for a while, where they were asked for, and for nothing else."""

from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from threading import Thread
from typing import Any

import pytest
import sqlalchemy as sa

from selfservice.database import Database
from selfservice.domain.challenge import GOOD_MINUTES, MOST_WRONG_CODES, ChallengeState, Purpose
from selfservice.domain.messages import Medium
from selfservice.links import Links
from selfservice.operations import challenge_letters, challenging, housekeeping, limiting
from selfservice.operations.challenging import Answered, Asker, Made, Wanted
from selfservice.store.challenges import ChallengeRow
from selfservice.store.deliveries import DeliveryRow
from selfservice.store.notifications import NotificationRow
from tests.factories.mail import Mail, wrong
from tests.factories.people import a_customer, an_account
from tests.factories.phones import fits
from tests.factories.submitted import BOSTON, NOW, settings

TO = "sam.carter@example.org"
HERE, ELSEWHERE = "a" * 64, "b" * 64
ASKER = Asker(HERE, "192.0.2.1")
LATER = NOW + timedelta(minutes=1)

Send = Callable[..., Made | None]


@pytest.fixture
def links(tmp_path: Path) -> Links:
    return Links(settings(tmp_path))


@pytest.fixture
def mail(each_database: Database, links: Links) -> Mail:
    return Mail(each_database, links)


@pytest.fixture
def account(each_database: Database) -> str:
    """The id of the account of Sam Carter."""
    with each_database.write() as session:
        return an_account(session, a_customer(session, "Sam Carter", NOW), NOW, email=TO).id


@pytest.fixture
def send(each_database: Database, links: Links, account: str) -> Send:
    """Sends Sam a link and a code to confirm an address with, unless told otherwise."""

    def sent(now: datetime = NOW, asker: Asker = ASKER, **changes: Any) -> Made | None:
        told = {"purpose": Purpose.NEW_ADDRESS, "medium": Medium.EMAIL, "address": TO, "account_id": account}
        with each_database.write() as session:
            wanted = Wanted(**{**told, **changes})
            return challenging.make(
                session, wanted, challenge_letters.sign_in(now), BOSTON, asker, links, now
            )

    return sent


def answer_link(
    database: Database, token: str, browser: str = HERE, now: datetime = LATER, address: str = ""
) -> Answered:
    with database.write() as session:
        return challenging.answer_link(session, token, browser, now, address=address)


def answer_code(
    database: Database,
    made: Made | None,
    typed: str,
    links: Links,
    browser: str = HERE,
    now: datetime = LATER,
) -> Answered:
    assert made is not None
    with database.write() as session:
        return challenging.answer_code(session, made.id, browser, typed, links, now)


def state(database: Database, made: Made | None, now: datetime = LATER) -> ChallengeState | None:
    assert made is not None
    with database.read() as session:
        found = challenging.look_again(session, made.id, HERE, now)
    return found.state if found else None


def test_the_link_opens_what_it_was_sent_for_once(
    each_database: Database, send: Send, mail: Mail, account: str
) -> None:
    send(detail={"next": "/boston/"})
    answered = answer_link(each_database, mail.token())
    assert answered.opened is not None
    assert answered.opened.account_id == account
    assert answered.opened.detail == {"next": "/boston/"}
    again = answer_link(each_database, mail.token())
    assert again == Answered(ChallengeState.USED)


def test_the_code_of_the_same_message_opens_the_same_and_uses_the_link_up(
    each_database: Database, send: Send, mail: Mail, links: Links
) -> None:
    made = send()
    assert answer_code(each_database, made, mail.code(), links).opened is not None
    assert answer_link(each_database, mail.token()).opened is None


@pytest.mark.parametrize("typed", ["{code}", " {code} ", "{joined}", "{dashed}"])
def test_spaces_and_dashes_in_a_code_do_no_harm(
    each_database: Database, send: Send, mail: Mail, links: Links, typed: str
) -> None:
    made, code = send(), mail.code()
    words = typed.format(code=code, joined=code.replace(" ", ""), dashed=code.replace(" ", "-"))
    assert answer_code(each_database, made, words, links).opened is not None


def test_after_five_wrong_codes_even_the_right_one_opens_nothing(
    each_database: Database, send: Send, mail: Mail, links: Links
) -> None:
    made = send()
    states = [
        answer_code(each_database, made, wrong(mail.code()), links).state for _ in range(MOST_WRONG_CODES)
    ]
    assert states == [ChallengeState.GOOD] * 4 + [ChallengeState.LOCKED]
    assert answer_code(each_database, made, mail.code(), links) == Answered(ChallengeState.LOCKED)
    assert answer_link(each_database, mail.token()) == Answered(ChallengeState.LOCKED)


def test_many_wrong_codes_at_once_are_counted_one_by_one(database: Database, tmp_path: Path) -> None:
    links = Links(settings(tmp_path))
    with database.write() as session:
        account = an_account(session, a_customer(session, "Sam Carter", NOW), NOW, email=TO)
        wanted = Wanted(Purpose.SIGN_IN_LINK, Medium.EMAIL, TO, account_id=account.id)
        made = challenging.make(session, wanted, challenge_letters.sign_in(NOW), BOSTON, ASKER, links, NOW)
    code = Mail(database, links).code()
    tries = [Thread(target=answer_code, args=(database, made, wrong(code), links)) for _ in range(8)]
    for each in tries:
        each.start()
    for each in tries:
        each.join()
    assert answer_code(database, made, code, links) == Answered(ChallengeState.LOCKED)


def test_it_is_good_for_a_quarter_of_an_hour(each_database: Database, send: Send, mail: Mail) -> None:
    send()
    end = NOW + timedelta(minutes=GOOD_MINUTES)
    assert answer_link(each_database, mail.token(), now=end) == Answered(ChallengeState.TOO_OLD)
    assert answer_link(each_database, mail.token(), now=end - timedelta(seconds=1)).opened is not None


def test_a_newer_one_takes_the_place_of_an_older(each_database: Database, send: Send, mail: Mail) -> None:
    first = send()
    old = mail.token()
    send(LATER)
    assert state(each_database, first) is ChallengeState.SUPERSEDED
    assert answer_link(each_database, old).opened is None
    assert answer_link(each_database, mail.token()).opened is not None


def test_one_for_another_purpose_stays_good(each_database: Database, send: Send, mail: Mail) -> None:
    made = send()
    send(LATER, purpose=Purpose.RESET)
    assert state(each_database, made) is ChallengeState.GOOD


def test_a_second_click_sends_nothing_more_and_the_first_stays_good(
    each_database: Database, send: Send, mail: Mail
) -> None:
    first = send()
    second = send(NOW + timedelta(seconds=2))
    assert first is not None
    assert second is not None
    assert (second.id, second.delivery_ids) == (first.id, ())
    assert len(mail.letters()) == 1
    assert answer_link(each_database, mail.token()).opened is not None


def test_another_browser_is_asked_for_the_address(each_database: Database, send: Send, mail: Mail) -> None:
    send()
    asked = answer_link(each_database, mail.token(), ELSEWHERE)
    assert (asked.opened, asked.wants_address) == (None, True)
    assert answer_link(each_database, mail.token(), ELSEWHERE, address=TO.upper()).opened is not None


def test_wrong_addresses_count_as_wrong_codes_do(each_database: Database, send: Send, mail: Mail) -> None:
    send()
    for _ in range(MOST_WRONG_CODES):
        assert answer_link(each_database, mail.token(), ELSEWHERE, address="else@example.org").opened is None
    assert answer_link(each_database, mail.token(), ELSEWHERE, address=TO) == Answered(ChallengeState.LOCKED)


def test_an_invitation_asks_every_browser_for_the_address(
    each_database: Database, send: Send, mail: Mail
) -> None:
    send(asker=Asker())
    assert answer_link(each_database, mail.token(), "").wants_address
    assert answer_link(each_database, mail.token(), "", address=TO).opened is not None


def test_the_code_is_taken_from_the_browser_that_asked_alone(
    each_database: Database, send: Send, mail: Mail, links: Links
) -> None:
    made = send()
    assert answer_code(each_database, made, mail.code(), links, ELSEWHERE) == Answered(None)
    assert answer_code(each_database, made, mail.code(), links).opened is not None


@pytest.mark.parametrize(
    "nobody",
    [
        {"account_id": None},
        {"known": False},
        {"known": False, "account_id": None, "purpose": Purpose.SIGN_IN_LINK},
        {"known": False, "account_id": None, "purpose": Purpose.RESET},
    ],
    ids=str,
)
def test_a_challenge_of_nobody_opens_nothing_even_by_its_own_code(
    each_database: Database, send: Send, links: Links, nobody: dict[str, Any]
) -> None:
    made = send(**nobody)
    assert made is not None
    with each_database.read() as session:
        row = session.get(ChallengeRow, made.id)
        assert row is not None
        code = links.challenges.code(row.id, row.id, row.token_hash)
    states = [answer_code(each_database, made, code, links).state for _ in range(MOST_WRONG_CODES)]
    assert states == [ChallengeState.GOOD] * 4 + [ChallengeState.LOCKED]


def test_a_link_that_nobody_made_is_none(each_database: Database) -> None:
    assert answer_link(each_database, "x" * 43) == Answered(None)


def test_looking_at_a_link_changes_nothing(each_database: Database, send: Send, mail: Mail) -> None:
    made = send()
    for _ in range(5):
        with each_database.write() as session:
            found = challenging.look(session, mail.token(), ELSEWHERE, LATER)
        assert found is not None
        assert (found.state, found.here) == (ChallengeState.GOOD, False)
    assert state(each_database, made) is ChallengeState.GOOD


def test_the_database_holds_neither_token_nor_code(each_database: Database, send: Send, mail: Mail) -> None:
    send()
    with each_database.read() as session:
        everything = " ".join(
            str(value)
            for table in (ChallengeRow, NotificationRow)
            for row in session.execute(sa.select(*sa.inspect(table).columns))
            for value in row
        )
    assert len(mail.token()) == 43  # 256 bits
    for secret in (mail.token(), mail.code(), mail.code().replace(" ", "")):
        assert secret not in everything


def test_what_waited_in_it_is_kept_no_longer_than_until_it_is_answered(
    each_database: Database, send: Send, mail: Mail
) -> None:
    made = send(detail={"password_hash": "a hash", "name": "Sam Carter"})
    answered = answer_link(each_database, mail.token())
    assert answered.opened is not None
    assert answered.opened.detail["name"] == "Sam Carter"
    with each_database.read() as session:
        row = session.get(ChallengeRow, made.id if made else "")
        assert row is not None
        assert row.detail == {}


def test_five_messages_an_hour_go_to_one_address(send: Send, mail: Mail) -> None:
    made = [send(NOW + timedelta(minutes=number)) for number in range(6)]
    assert [each is not None for each in made] == [True] * 5 + [False]
    assert len(mail.letters()) == 5
    assert send(NOW + timedelta(hours=1)) is not None


def test_capitals_make_no_other_address(send: Send) -> None:
    made = [send(address=TO.upper() if number % 2 else TO) for number in range(6)]
    assert made[-1] is None


def test_one_network_asks_for_so_many_in_an_hour(send: Send) -> None:
    most = limiting.CHALLENGES_BY_NETWORK.times
    made = [send(address=f"resident{number}@example.org", account_id=None) for number in range(most + 1)]
    assert [each is not None for each in made] == [True] * most + [False]
    assert send(address="another@example.org", asker=Asker(HERE, "192.0.2.77")) is not None
    assert send(address="invited@example.org", asker=Asker()) is not None


def test_old_ones_are_forgotten_with_their_messages(each_database: Database, send: Send, mail: Mail) -> None:
    send(detail={"name": "Sam Carter"})
    send(NOW + timedelta(hours=20), purpose=Purpose.RESET)
    with each_database.write() as session:
        housekeeping.forget_sign_ins(session, NOW + timedelta(hours=25))
    with each_database.read() as session:
        counted = [
            session.scalar(sa.select(sa.func.count()).select_from(table))
            for table in (ChallengeRow, NotificationRow, DeliveryRow)
        ]
    assert counted == [1, 1, 1]


EVERY = (
    challenge_letters.sign_up(NOW),
    challenge_letters.already(NOW),
    challenge_letters.sign_in(NOW),
    challenge_letters.reset(NOW),
    challenge_letters.nobody("sign_in"),
    challenge_letters.locked(10, 15, NOW),
    challenge_letters.locked_nobody(10),
    challenge_letters.new_address(NOW),
    challenge_letters.taken(),
)


@pytest.mark.parametrize("wording", EVERY, ids=lambda wording: wording.subject)
def test_every_wording_fits_in_a_text_message(
    each_database: Database, send: Send, mail: Mail, links: Links, account: str, wording: Any
) -> None:
    wanted = Wanted(Purpose.SIGN_IN_CODE, Medium.SMS, "+447700900123", account_id=account)
    with each_database.write() as session:
        challenging.make(session, wanted, wording, BOSTON, ASKER, links, NOW)
    fits(mail.newest().body)
    assert mail.newest().body.startswith("Boston Borough Council: ")


@pytest.mark.parametrize("wording", EVERY, ids=lambda wording: wording.subject)
def test_whoever_did_not_ask_is_told_what_to_do(wording: Any) -> None:
    assert "need not do anything" in " ".join(wording.paragraphs)
