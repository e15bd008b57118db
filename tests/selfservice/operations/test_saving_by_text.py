"""A draft saved by text message: everything about it goes by text, and each is short enough."""

import re
from datetime import timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa

from forms.catalogue import for_council
from selfservice.configuration import load_councils
from selfservice.database import Database
from selfservice.domain.messages import Medium
from selfservice.domain.saved import LinkState
from selfservice.links import Links
from selfservice.operations import notifying, saving, saving_letters
from selfservice.operations.saving_letters import About
from selfservice.settings import ROOT
from selfservice.store.deliveries import DeliveryRow
from selfservice.store.notifications import NotificationRow
from selfservice.store.saved import ReturnLinkRow
from tests.factories.phones import fits
from tests.factories.submitted import BOSTON, NOW, RESIDENT, a_draft, settings

TITLE = "Report fly-tipping"
NUMBER = "+447700900123"
COUNCILS = load_councils(ROOT / "config", {})
LONG_ADDRESS = "https://self-service.south-holland.example.org"


@pytest.fixture
def links(tmp_path: Path) -> Links:
    return Links(settings(tmp_path, BASE_URL=LONG_ADDRESS))


@pytest.fixture
def saved(each_database: Database, links: Links) -> saving.Saved:
    """What whoever saved a draft by text message is told."""
    with each_database.write() as session:
        draft = a_draft(session).id
        return saving.save(session, RESIDENT, draft, NUMBER, BOSTON, TITLE, links, NOW, medium=Medium.SMS)


def texts(database: Database, links: Links) -> list[str]:
    """The words of every message, as they are sent, oldest first; each is a text message to the number."""
    with database.read() as session:
        rows = session.scalars(sa.select(NotificationRow).order_by(NotificationRow.id)).all()
        assert {(row.medium, row.recipient) for row in rows} == {("sms", NUMBER)}
        assert set(session.scalars(sa.select(DeliveryRow.connector))) == {"sms"}
        letters = [notifying.letter(session, row.id) for row in rows]
        return [
            fits(saving_letters.filled_in(session, links, row.id, letter).body)
            for row, letter in zip(rows, letters)
        ]


def token(words: str) -> str:
    found = re.search(r"/return/(\S+)", words)
    assert found
    return found[1]


def test_link_code_lock_and_new_link_all_go_by_text(
    each_database: Database, links: Links, saved: saving.Saved
) -> None:
    assert (saved.medium, saved.recipient) == (Medium.SMS, NUMBER)
    [first] = texts(each_database, links)
    assert first.startswith('Boston Borough Council: Go on with "Report fly-tipping"')
    assert saved.code is not None
    assert saved.code not in first.replace(" ", "")
    held = token(first)
    with each_database.write() as session:
        assert saving.look(session, held, NOW).medium is Medium.SMS
        saving.send_code(session, held, BOSTON, TITLE, NOW)
    assert re.search(r"Your code is: \d{3} \d{3}\n", texts(each_database, links)[-1])
    for _ in range(5):
        with each_database.write() as session:
            tried = saving.come_back(session, RESIDENT, held, "no", BOSTON, TITLE, links, NOW)
    assert tried.looked.state is LinkState.LOCKED
    assert "locked your link" in texts(each_database, links)[-1]
    with each_database.write() as session:
        assert saving.send_new_link(session, held, BOSTON, TITLE, links, NOW)
    newest = texts(each_database, links)[-1]
    with each_database.write() as session:
        tried = saving.come_back(session, RESIDENT, token(newest), saved.code, BOSTON, TITLE, links, NOW)
    assert tried.draft_id


def test_a_code_that_was_sent_by_text_opens_the_draft(
    each_database: Database, links: Links, saved: saving.Saved
) -> None:
    held = token(texts(each_database, links)[0])
    with each_database.write() as session:
        saving.send_code(session, held, BOSTON, TITLE, NOW)
    code = re.search(r"(\d{3} \d{3})", texts(each_database, links)[-1])
    assert code
    with each_database.write() as session:
        assert saving.come_back(session, RESIDENT, held, code[1], BOSTON, TITLE, links, NOW).draft_id


def test_who_saved_by_text_is_told_by_text_before_it_is_deleted(
    each_database: Database, links: Links, saved: saving.Saved
) -> None:
    with each_database.write() as session:
        told = saving.tell_ending(
            session, {"boston": BOSTON}, lambda *_: TITLE, NOW + timedelta(days=27, hours=1)
        )
    assert len(told) == 1
    newest = texts(each_database, links)[-1]
    assert "We delete your answers on Wednesday 1 April 2026" in newest
    assert token(newest) == token(texts(each_database, links)[0])


@pytest.mark.parametrize("council", sorted(COUNCILS))
def test_every_text_about_any_service_is_short_enough(council: str, links: Links) -> None:
    row = ReturnLinkRow(id="1", council=council, medium=Medium.SMS, recipient=NUMBER)
    address = f"{LONG_ADDRESS}/return/{'x' * 43}"
    for service in for_council(COUNCILS[council]).values():
        about = About(COUNCILS[council], service.title, NOW)
        for message in (
            saving_letters.link(row, about, NOW),
            saving_letters.code(row, about, NOW, NOW),
            saving_letters.locked(row, about, NOW),
            saving_letters.ending(row, about, NOW),
        ):
            assert COUNCILS[council].name in message.body
            fits(message.body.replace("{link}", address).replace("{code}", "482 913"))
