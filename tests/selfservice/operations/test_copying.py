"""The copy to keep: what stands in it, what an e-mailed one leaves out, and that it is sent once."""

import io
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pikepdf
import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from selfservice.database import Database
from selfservice.domain.case import Contact, GivenAnswer
from selfservice.domain.draft import DraftGone
from selfservice.domain.people import Actor, ActorKind
from selfservice.domain.submission import Completed
from selfservice.links import Links
from selfservice.operations import confirming, copying, limiting, notifying, submitting
from selfservice.operations.confirming import ToldPart
from selfservice.store.deliveries import DeliveryRow
from selfservice.store.notifications import NotificationRow
from tests.factories.submitted import (
    BOSTON,
    NOW,
    RESIDENT,
    SEALS,
    a_draft,
    anonymous,
    completed,
    settings,
)

COUNCILS = {"boston": BOSTON}
SECRET = GivenAnswer("nino", "What is your National Insurance number?", "QQ 12 34 56 C", "QQ123456C", True)


@pytest.fixture
def links(tmp_path: Path) -> Links:
    return Links(settings(tmp_path))


def sent(session: Session, links: Links, whole: Completed | None = None) -> tuple[str, str]:
    """The ids of a draft and of the submission that it became."""
    draft = a_draft(session)
    accepted = submitting.submit(
        session, RESIDENT, draft, whole or completed(), links, SEALS, NOW, council=BOSTON
    )
    return draft.id, accepted.submission_id


def ask(session: Session, draft: str, links: Links, actor: Actor = RESIDENT) -> str | None:
    return copying.ask_by_email(session, actor, draft, COUNCILS, links, NOW)


def words(copy: copying.Copy) -> str:
    return str(copy.described)


def test_it_says_all_that_the_confirmation_does(database: Database, links: Links) -> None:
    by = datetime(2026, 3, 9, 17, tzinfo=UTC)
    with database.write() as session:
        _, submission = sent(session, links, completed(acknowledge_by=by, resolve_by=by))
        shown = confirming.confirmation(session, submission, SEALS)
    assert shown is not None
    copy = copying.copy_of(shown, COUNCILS, "https://example.org/progress")
    told = words(copy)
    for part in (
        "Boston Borough Council",
        "Report fly-tipping",
        shown.reference,
        "2 March 2026 at 9:30am",
        "What has been dumped?",
        "A mattress",
        "Monday 9 March 2026",
        "PE21 6RY",
        "https://example.org/progress",
        BOSTON.contacts.phone,
        BOSTON.contacts.email,
    ):
        assert part in told
    assert copy.name == f"{shown.reference}.pdf"


def test_where_several_are_told_it_names_them(database: Database, links: Links) -> None:
    with database.write() as session:
        _, submission = sent(session, links)
        shown = confirming.confirmation(session, submission, SEALS)
    assert shown is not None
    told = (ToldPart("Council tax", "boston"), ToldPart("Bins", "elsewhere"))
    copy = copying.copy_of(replace(shown, told=told, acknowledge_by=NOW), COUNCILS, "")
    assert copy.described["next"][:2] == [
        "We have told: Council tax, Boston Borough Council; Bins, elsewhere.",
        "Each team deals with its own part.",
    ]
    assert copy.described["next"][2].startswith("Each of them looks at it by ")


def test_it_is_a_tagged_pdf_made_in_a_child(database: Database, links: Links) -> None:
    with database.write() as session:
        _, submission = sent(session, links)
        copy = copying.for_email(session, submission, COUNCILS, links)
    with pikepdf.open(io.BytesIO(copying.as_pdf(copy))) as pdf:
        assert pdf.Root.MarkInfo.Marked


def test_what_cannot_be_laid_out_says_nothing_of_what_stands_in_it() -> None:
    broken = copying.Copy("x.pdf", {"answers": [], "colour": "Sam Carter"})
    with pytest.raises(copying.CannotCopy) as refused:
        copying.as_pdf(broken)
    assert "Sam" not in str(refused.value)


def test_a_sensitive_answer_is_shown_to_its_holder_and_left_out_of_e_mail(
    each_database: Database, links: Links
) -> None:
    with each_database.write() as session:
        _, submission = sent(session, links, completed(answers=(*completed().answers, SECRET)))
        shown = confirming.confirmation(session, submission, SEALS)
        mailed = copying.for_email(session, submission, COUNCILS, links)
    assert shown is not None
    assert "QQ 12 34 56 C" in words(copying.copy_of(shown, COUNCILS, ""))
    assert "QQ" not in words(mailed)
    assert mailed.described["answers"][-1] == {
        "question": SECRET.question,
        "lines": ["Given, not shown in e-mail"],
    }
    assert "A mattress" in words(mailed)


def test_it_is_mailed_once_however_often_it_is_asked_for(each_database: Database, links: Links) -> None:
    with each_database.write() as session:
        draft, submission = sent(session, links)
        assert not copying.was_asked_for(session, submission)
        delivery = ask(session, draft, links)
        assert ask(session, draft, links) is None
        assert copying.was_asked_for(session, submission)
        [row] = session.scalars(sa.select(NotificationRow).where(NotificationRow.what == notifying.COPY))
        kept = session.get(DeliveryRow, delivery)
    assert kept is not None
    assert kept.notification_id == row.id
    assert (row.recipient, row.medium) == ("sam.carter@example.org", "email")
    assert "mattress" not in row.body, "the answers go in the PDF alone, and that is not kept"


def test_without_an_address_nothing_is_sent(database: Database, links: Links) -> None:
    with database.write() as session:
        draft, _ = sent(session, links, anonymous())
        assert ask(session, draft, links) is None


def test_nobody_else_can_have_it_sent(database: Database, links: Links) -> None:
    with database.write() as session:
        draft, submission = sent(session, links)
        for other in (Actor(ActorKind.RESIDENT, "e" * 64), Actor(ActorKind.OPERATOR, RESIDENT.id)):
            with pytest.raises(DraftGone):
                ask(session, draft, links, other)
        assert not copying.was_asked_for(session, submission)


def test_what_was_not_sent_has_no_copy(database: Database, links: Links) -> None:
    with database.write() as session, pytest.raises(DraftGone):
        ask(session, a_draft(session).id, links)


def test_one_address_gets_only_so_many(database: Database, links: Links) -> None:
    with database.write() as session:
        drafts = [sent(session, links)[0] for _ in range(limiting.COPIES_MAILED.times + 1)]
        assert all(ask(session, draft, links) for draft in drafts[:-1])
        with pytest.raises(copying.TooManyCopies):
            ask(session, drafts[-1], links)


@pytest.mark.parametrize(
    ("number", "shown"),
    [(1, "A mattress"), (5, "By the lane, behind the third gate"), (60, "Answer"), (8, "中文字符")],
)
def test_the_size_that_is_told_beforehand_is_about_right(
    database: Database, links: Links, number: int, shown: str
) -> None:
    answers = tuple(GivenAnswer(f"q{n}", f"What is question {n}?", shown, shown) for n in range(number))
    with database.write() as session:
        _, submission = sent(session, links, replace(completed(), answers=answers, contact=Contact()))
        seen = confirming.confirmation(session, submission, SEALS)
    assert seen is not None
    told = copying.likely_kilobytes(seen)
    real = len(copying.as_pdf(copying.copy_of(seen, COUNCILS, links.progress("boston", submission)))) / 1024
    assert 0.6 * real < told < 1.6 * real, f"told {told}, is {real:.0f}"
