"""Saving a draft and coming back: a link and a code, five tries, one browser at a time, and nothing told twice."""

import re
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from selfservice.database import Database
from selfservice.domain.draft import DraftGone, DraftSent
from selfservice.domain.people import Actor, ActorKind
from selfservice.domain.saved import LinkState
from selfservice.links import Links
from selfservice.operations import housekeeping, notifying, saving, saving_letters
from selfservice.operations.saving import Tried
from selfservice.store import drafts
from selfservice.store.drafts import DraftRow
from selfservice.store.notifications import NotificationRow
from selfservice.store.saved import ReturnLinkRow
from tests.factories.submitted import BOSTON, NOW, RESIDENT, a_draft, settings

PHONE = Actor(ActorKind.RESIDENT, "a" * 64)  # another browser of the same person, or somebody else's
TITLE = "Report fly-tipping"
TO = "sam.carter@example.org"


@pytest.fixture
def links(tmp_path: Path) -> Links:
    return Links(settings(tmp_path))


@pytest.fixture
def draft(each_database: Database) -> str:
    """The id of a draft that RESIDENT holds."""
    with each_database.write() as session:
        return a_draft(session).id


def save(database: Database, draft: str, links: Links, now: datetime = NOW) -> saving.Saved:
    with database.write() as session:
        return saving.save(session, RESIDENT, draft, TO, BOSTON, TITLE, links, now)


def mails(database: Database, links: Links) -> list[notifying.Letter]:
    """Every message, as it is sent, oldest first."""
    with database.read() as session:
        ids = session.scalars(sa.select(NotificationRow.id).order_by(NotificationRow.id)).all()
        return [
            saving_letters.filled_in(session, links, each, notifying.letter(session, each)) for each in ids
        ]


def token(database: Database, links: Links) -> str:
    """The token in the message last sent that has one."""
    found = [re.search(r"/return/(\S+)", mail.body) for mail in mails(database, links)]
    return [match[1] for match in found if match][-1]


def sent_code(database: Database, links: Links) -> str:
    """The code in the message last sent."""
    found = re.search(r"Your code is: (\d{3} \d{3})", mails(database, links)[-1].body)
    assert found
    return found[1]


def come_back(
    database: Database, token: str, code: str, links: Links, *, actor: Actor = PHONE, now: datetime = NOW
) -> Tried:
    with database.write() as session:
        return saving.come_back(session, actor, token, code, BOSTON, TITLE, links, now)


def wrong(code: str | None) -> str:
    """A code that is not this one."""
    assert code
    return f"{(int(code) + 1) % 1_000_000:06d}"


def column(database: Database, what: Any) -> Any:
    with database.read() as session:
        return session.scalars(sa.select(what)).all()


def test_the_code_and_the_link_together_give_the_draft_to_another_browser(
    each_database: Database, draft: str, links: Links
) -> None:
    saved = save(each_database, draft, links)
    tried = come_back(each_database, token(each_database, links), saved.code or "", links)
    assert tried.draft_id == draft
    with each_database.read() as session:
        row = session.get(DraftRow, draft)
        assert row is not None
        assert row.holder == PHONE.id
        assert saving.went_elsewhere(session, RESIDENT, draft)
        assert not saving.went_elsewhere(session, PHONE, draft)


def test_the_message_has_the_link_and_neither_code_nor_answer(
    each_database: Database, draft: str, links: Links
) -> None:
    with each_database.write() as session:
        row = session.get(DraftRow, draft)
        assert row is not None
        row.answers = {"name": "Ada Marsh", "place_detail": "Behind the old mill"}
    saved = save(each_database, draft, links)
    [mail] = mails(each_database, links)
    assert saved.code is not None
    for kept_out in (saved.code, f"{saved.code[:3]} {saved.code[3:]}", "Ada Marsh", "old mill"):
        assert kept_out not in mail.body + mail.subject
    assert "/return/" in mail.body
    assert "1 April 2026" in mail.body
    assert mail.recipient == TO


def test_the_database_holds_neither_token_nor_code(each_database: Database, draft: str, links: Links) -> None:
    saved = save(each_database, draft, links)
    held = token(each_database, links)
    with each_database.write() as session:
        saving.send_code(session, held, BOSTON, TITLE, NOW)
    code = sent_code(each_database, links).replace(" ", "")
    with each_database.read() as session:
        everything = " ".join(
            str(value)
            for table in (ReturnLinkRow, NotificationRow, DraftRow)
            for row in session.execute(sa.select(*sa.inspect(table).columns))
            for value in row
        )
    assert len(held) == 43  # 256 bits
    for secret in (held, saved.code or "-", code, f"{code[:3]} {code[3:]}"):
        assert secret not in everything


def test_after_five_wrong_codes_even_the_right_one_is_refused_and_the_owner_is_told(
    each_database: Database, draft: str, links: Links
) -> None:
    saved = save(each_database, draft, links)
    held = token(each_database, links)
    states = [come_back(each_database, held, wrong(saved.code), links).looked.state for _ in range(5)]
    assert states == [LinkState.GOOD] * 4 + [LinkState.LOCKED]
    tried = come_back(each_database, held, saved.code or "", links)
    assert tried.draft_id is None
    assert tried.looked.state is LinkState.LOCKED
    assert column(each_database, DraftRow.holder) == [RESIDENT.id]
    assert "locked" in mails(each_database, links)[-1].subject
    assert "/return/" not in mails(each_database, links)[-1].body


def test_a_locked_link_sends_no_code_but_a_new_link_for_the_same_code(
    each_database: Database, draft: str, links: Links
) -> None:
    saved = save(each_database, draft, links)
    old = token(each_database, links)
    for _ in range(5):
        come_back(each_database, old, wrong(saved.code), links)
    with each_database.write() as session:
        assert saving.send_code(session, old, BOSTON, TITLE, NOW) is None
        assert saving.send_new_link(session, old, BOSTON, TITLE, links, NOW) is not None
    new = token(each_database, links)
    assert new != old
    assert come_back(each_database, old, saved.code or "", links).looked.state is LinkState.SUPERSEDED
    assert come_back(each_database, new, saved.code or "", links).draft_id == draft


def test_a_good_link_is_not_replaced_by_asking(each_database: Database, draft: str, links: Links) -> None:
    save(each_database, draft, links)
    with each_database.write() as session:
        held = token(each_database, links)
        assert saving.send_new_link(session, held, BOSTON, TITLE, links, NOW) is None


def test_a_newer_link_supersedes_the_older(each_database: Database, draft: str, links: Links) -> None:
    first = save(each_database, draft, links)
    old = token(each_database, links)
    save(each_database, draft, links, NOW + timedelta(minutes=5))
    assert come_back(each_database, old, first.code or "", links).looked.state is LinkState.SUPERSEDED


def test_looking_at_a_link_changes_nothing(each_database: Database, draft: str, links: Links) -> None:
    saved = save(each_database, draft, links)
    held = token(each_database, links)
    before = column(each_database, ReturnLinkRow.wrong_tries), column(each_database, DraftRow.changed_at)
    for _ in range(5):
        with each_database.read() as session:
            assert saving.look(session, held, NOW).state is LinkState.GOOD
    assert before == (
        column(each_database, ReturnLinkRow.wrong_tries),
        column(each_database, DraftRow.changed_at),
    )
    assert come_back(each_database, held, saved.code or "", links).draft_id == draft


def test_a_code_sent_by_mail_works_once_and_for_fifteen_minutes(
    each_database: Database, draft: str, links: Links
) -> None:
    save(each_database, draft, links)
    held = token(each_database, links)
    with each_database.write() as session:
        saving.send_code(session, held, BOSTON, TITLE, NOW)
    code = sent_code(each_database, links)
    assert come_back(each_database, held, code, links, now=NOW + timedelta(minutes=15)).draft_id is None
    assert come_back(each_database, held, code, links, now=NOW + timedelta(minutes=14)).draft_id == draft
    assert come_back(each_database, held, code, links, now=NOW + timedelta(minutes=14)).draft_id is None


def test_asking_for_codes_brings_no_tries_more(each_database: Database, draft: str, links: Links) -> None:
    saved = save(each_database, draft, links)
    held = token(each_database, links)
    for _ in range(5):
        with each_database.write() as session:
            saving.send_code(session, held, BOSTON, TITLE, NOW)
        come_back(each_database, held, "no digits", links)
    assert come_back(each_database, held, saved.code or "", links).looked.state is LinkState.LOCKED


@pytest.mark.parametrize("typed", ["{} {}", " {}-{} ", "code: {}{}"])
def test_a_code_is_read_however_it_was_noted(
    each_database: Database, draft: str, links: Links, typed: str
) -> None:
    code = save(each_database, draft, links).code or ""
    noted = typed.format(code[:3], code[3:])
    assert come_back(each_database, token(each_database, links), noted, links).draft_id == draft


def test_what_was_sent_or_is_too_old_opens_to_nobody(
    each_database: Database, draft: str, links: Links
) -> None:
    code = save(each_database, draft, links).code or ""
    held = token(each_database, links)
    late = NOW + timedelta(days=30)
    assert come_back(each_database, held, code, links, now=late).looked.state is LinkState.GONE
    with each_database.write() as session:
        drafts.mark_sent(session, draft, "a submission", NOW)
    assert come_back(each_database, held, code, links).looked.state is LinkState.SENT
    assert come_back(each_database, "no such token", code, links).looked.state is LinkState.GONE


def test_coming_back_keeps_the_answers_thirty_days_more(
    each_database: Database, draft: str, links: Links
) -> None:
    code = save(each_database, draft, links).code or ""
    held, later = token(each_database, links), NOW + timedelta(days=29)
    tried = come_back(each_database, held, code, links, now=later)
    assert tried.looked.kept_until == later + timedelta(days=30)
    assert come_back(each_database, held, code, links, now=NOW + timedelta(days=40)).draft_id == draft


def test_only_the_holder_saves_and_only_what_was_not_sent(
    each_database: Database, draft: str, links: Links
) -> None:
    with each_database.write() as session, pytest.raises(DraftGone):
        saving.save(session, PHONE, draft, TO, BOSTON, TITLE, links, NOW)
    with each_database.write() as session:
        drafts.mark_sent(session, draft, "a submission", NOW)
    with each_database.write() as session, pytest.raises(DraftSent):
        saving.save(session, RESIDENT, draft, TO, BOSTON, TITLE, links, NOW)


def test_the_code_is_shown_again_for_an_hour(each_database: Database, draft: str, links: Links) -> None:
    first = save(each_database, draft, links)
    with each_database.read() as session:
        soon = saving.last_saved(session, draft, NOW, links, NOW + timedelta(minutes=59))
        late = saving.last_saved(session, draft, NOW, links, NOW + timedelta(minutes=60))
    assert soon is not None
    assert soon.code == first.code
    assert late is not None
    assert late.code is None


def test_a_link_made_under_an_older_secret_key_goes_on_working(
    each_database: Database, draft: str, tmp_path: Path
) -> None:
    before = Links(settings(tmp_path))
    after = Links(settings(tmp_path, SECRET_KEY="n" * 40, SECRET_KEY_OLD="k" * 40))
    lost = Links(settings(tmp_path, SECRET_KEY="n" * 40))
    saved = save(each_database, draft, before)
    held = token(each_database, before)
    assert token(each_database, after) == held
    assert come_back(each_database, held, saved.code or "", after).draft_id == draft
    with pytest.raises(LookupError):
        mails(each_database, lost)


def tell(session: Session, now: datetime) -> int:
    return len(saving.tell_ending(session, {"boston": BOSTON}, lambda _council, _service: TITLE, now))


def test_three_days_before_the_end_its_owner_is_told_once(
    each_database: Database, draft: str, links: Links
) -> None:
    code = save(each_database, draft, links).code or ""
    with each_database.write() as session:
        a_draft(session)  # another, which was not saved by link
    told = []
    for hours in (26 * 24, 27 * 24 + 1, 27 * 24 + 2):
        with each_database.write() as session:
            told.append(tell(session, NOW + timedelta(hours=hours)))
    assert told == [0, 1, 0]
    mail = mails(each_database, links)[-1]
    assert "Wednesday 1 April 2026" in mail.body
    held = token(each_database, links)
    back = NOW + timedelta(days=29)
    assert come_back(each_database, held, code, links, now=back).draft_id == draft
    with each_database.write() as session:
        assert tell(session, NOW + timedelta(days=30)) == 0
        assert tell(session, back + timedelta(days=27, hours=1)) == 1


def test_a_forgotten_draft_takes_its_links_and_messages_along(
    each_database: Database, draft: str, links: Links
) -> None:
    save(each_database, draft, links)
    with each_database.write() as session:
        assert housekeeping.forget_unsent(session, NOW + timedelta(days=31))[0] == 1
    assert column(each_database, ReturnLinkRow.id) == []
    assert column(each_database, NotificationRow.id) == []


def test_the_links_of_what_was_sent_are_forgotten_thirty_days_later(
    each_database: Database, draft: str, links: Links
) -> None:
    save(each_database, draft, links)
    with each_database.write() as session:
        drafts.mark_sent(session, draft, "a submission", NOW)
        assert housekeeping.forget_links(session, NOW + timedelta(days=29)) == 0
        assert housekeeping.forget_links(session, NOW + timedelta(days=31)) == 1
    assert column(each_database, ReturnLinkRow.recipient) == []
    assert column(each_database, DraftRow.id) == [draft]


def test_a_draft_begun_long_ago_and_saved_now_is_kept_from_now(
    each_database: Database, draft: str, links: Links
) -> None:
    later = NOW + timedelta(days=20)
    saved = save(each_database, draft, links, later)
    assert saved.kept_until == later + timedelta(days=30)
    with each_database.write() as session:
        assert housekeeping.forget_unsent(session, NOW + timedelta(days=31))[0] == 0
    with each_database.read() as session:
        assert session.get(DraftRow, draft) is not None
