"""The copy by e-mail: made when it is sent, whole but for what is sensitive, and made again for another try."""

from email.message import EmailMessage
from pathlib import Path

import pytest
import sqlalchemy as sa

from integrations.contract import Unavailable
from integrations.messages.smtp import Mailer
from selfservice import clock
from selfservice.database import Database
from selfservice.domain.case import GivenAnswer
from selfservice.installation import Installation
from selfservice.operations import copying, submitting
from selfservice.store.deliveries import DeliveryRow
from tests.factories.letterbox import Letterbox
from tests.factories.reading import Read
from tests.factories.submitted import (
    BOSTON,
    RESIDENT,
    SEALS,
    a_draft,
    completed,
    installation,
    settings,
)
from tests.workers.offices import SOON
from tests.workers.test_deliver import Post
from workers import deliver

SECRET = GivenAnswer("nino", "What is your National Insurance number?", "QQ 12 34 56 C", "QQ123456C", True)


@pytest.fixture
def asked(each_database: Database, tmp_path: Path) -> tuple[Installation, str]:
    """An installation with one submission whose copy was asked for, and that message's delivery."""
    one = installation(each_database, settings(tmp_path), None, timings=SOON)
    with each_database.write() as session:
        draft = a_draft(session)
        whole = completed(answers=(*completed().answers, SECRET))
        submitting.submit(session, RESIDENT, draft, whole, one.links, SEALS, clock.now(), council=BOSTON)
        delivery = copying.ask_by_email(session, RESIDENT, draft.id, one.councils, one.links, clock.now())
    assert delivery
    return one, delivery


def attached(message: EmailMessage) -> Read:
    """The PDF that came with a message."""
    (part,) = message.iter_attachments()
    assert part.get_content_type() == "application/pdf"
    assert str(part.get_filename()).startswith("BOS-")
    return Read(part.get_content())


def test_it_arrives_with_the_pdf_and_without_what_is_sensitive(asked: tuple[Installation, str]) -> None:
    one, delivery = asked
    with Letterbox() as box:
        one.mailer = Mailer(box.url)
        deliver.one(one, delivery)
    (message,) = box.messages
    assert message["To"] == "sam.carter@example.org"
    assert str(message["Subject"]).startswith("Your copy: Report fly-tipping (BOS-")
    pdf = attached(message)
    assert pdf.root.MarkInfo.Marked
    assert pdf.texts("TD") == [
        "What has been dumped?",
        "A mattress",
        SECRET.question,
        "Given, not shown in e-mail",
    ]
    everything = pdf.text(pdf.root.StructTreeRoot) + str(message.get_body())
    assert "QQ" not in everything
    assert "leaves out the most personal answers" in everything


def test_each_try_makes_it_anew(asked: tuple[Installation, str]) -> None:
    one, delivery = asked
    post = Post(Unavailable("busy"), None)
    one.mailer = post
    deliver.one(one, delivery)
    deliver.one(one, delivery)
    assert [len(mail.attachments) for mail in post.sent] == [1, 1]
    assert all(mail.attachments[0].content.startswith(b"%PDF-") for mail in post.sent)


def test_it_is_laid_out_while_no_transaction_is_open(
    asked: tuple[Installation, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    one, delivery = asked
    as_pdf, held = copying.as_pdf, list[int]()

    def looked_at(copy: copying.Copy) -> bytes:
        pool = one.database.engine.pool
        held.append(pool.checkedout() if isinstance(pool, sa.QueuePool) else 0)
        return as_pdf(copy)

    monkeypatch.setattr(copying, "as_pdf", looked_at)
    one.mailer = Post(None)
    deliver.one(one, delivery)
    assert held == [0]


def test_one_that_cannot_be_laid_out_is_a_persons_work(
    asked: tuple[Installation, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    one, delivery = asked
    monkeypatch.setattr(copying, "CHILD", ("-c", "raise SystemExit(3)"))
    one.mailer = Post()
    deliver.one(one, delivery)
    with one.database.read() as session:
        row = session.get(DeliveryRow, delivery)
    assert row is not None
    assert (row.state, row.last_words) == ("blocked", "The e-mail cannot be written. Nothing was sent.")


def test_other_messages_carry_nothing(asked: tuple[Installation, str]) -> None:
    one, delivery = asked
    with one.database.read() as session:
        found = sa.select(DeliveryRow.id).where(
            DeliveryRow.kind == "notification", DeliveryRow.id != delivery
        )
        receipt = session.scalars(found).one()
    post = Post(None)
    one.mailer = post
    deliver.one(one, receipt)
    assert [mail.attachments for mail in post.sent] == [()]
