"""The ways to keep a copy: who may have it, what each is like, and that it is e-mailed once."""

import re
from collections.abc import Callable

import pytest
import sqlalchemy as sa

from selfservice.database import Database
from selfservice.operations import copying, limiting
from selfservice.store.notifications import NotificationRow
from selfservice.web import sending
from tests.factories.reading import Read
from tests.factories.reports import fly_tipping
from tests.journeys.visitor import Visitor

SOMEBODY = {"name": "Zoë Łuczak", "email": "zoe@example.org"}


@pytest.fixture(autouse=True)
def _at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Believe quick visitors."""
    monkeypatch.setattr(sending, "LEAST_SECONDS", 0.0)


def report(visitor: Visitor, **who: str) -> str:
    """Report fly-tipping; the address of the confirmation, which the visitor then sees."""
    visitor.begin("boston", "fly-tipping")
    visitor.fill_in(fly_tipping(where="PE21 6QR", witnessed=False, **who))
    visitor.send()
    return visitor.path


def mails(database: Database) -> int:
    """How many messages carry a copy."""
    found = sa.select(sa.func.count()).select_from(NotificationRow).where(NotificationRow.what == "copy")
    with database.read() as session:
        return session.scalar(found) or 0


def links(page: str) -> dict[str, str]:
    """The words of each link of a page, and where it leads."""
    return {words: where for where, words in re.findall(r'<a [^>]*href="([^"]+)"[^>]*>([^<]+)</a>', page)}


def test_the_confirmation_offers_a_page_a_pdf_and_an_email(visitor: Visitor) -> None:
    here = report(visitor, **SOMEBODY)
    offered = links(visitor.text)
    assert offered["See a copy to print"] == f"{here}/copy"
    [told] = [words for words in offered if "PDF" in words]
    assert offered[told] == f"{here}/copy.pdf"
    assert re.fullmatch(r"Download a copy \(PDF, about \d0KB, works with screen readers\)", told)
    assert "Email me this copy" in visitor.text


def test_the_pdf_holds_what_was_told_under_a_name_that_tells_nothing(visitor: Visitor) -> None:
    here, reference = report(visitor, **SOMEBODY), visitor.reference
    answer = visitor.client.get(f"{here}/copy.pdf")
    assert answer.status_code == 200
    assert answer.mimetype == "application/pdf"
    assert answer.headers["Content-Disposition"] == f"attachment; filename={reference}.pdf"
    assert answer.headers["Cache-Control"] == "no-store"
    read = Read(answer.data)
    said = read.text(read.root.StructTreeRoot)
    assert "Zoë Łuczak" in said
    assert reference in said
    assert "Boston" in read.texts("P")[0]


def test_the_page_to_print_holds_the_same_and_needs_no_script(visitor: Visitor) -> None:
    here, reference = report(visitor, **SOMEBODY), visitor.reference
    visitor.open(f"{here}/copy")
    assert visitor.path == f"{here}/copy"
    for words in ("Zoë Łuczak", reference, "What happens next", "How to follow it", "What you told us"):
        assert words in visitor.text
    assert re.search(r"data-print hidden", visitor.text), "its button shows itself where scripts run"


@pytest.mark.parametrize("what", ["copy", "copy.pdf"])
def test_another_browser_gets_none(someone: Callable[[], Visitor], what: str) -> None:
    here = report(someone(), **SOMEBODY)
    other = someone()
    other.begin("boston", "fly-tipping")
    assert other.client.get(f"{here}/{what}").status_code == 404


def test_another_browser_can_have_none_sent(someone: Callable[[], Visitor], database: Database) -> None:
    here = report(someone(), **SOMEBODY)
    other = someone()
    other.begin("boston", "fly-tipping")
    other.open("/boston/fly-tipping/")
    assert other.client.post(f"{here}/email", data=other.hidden()).status_code == 404
    assert mails(database) == 0


@pytest.mark.parametrize("what", ["copy", "copy.pdf"])
def test_what_was_not_sent_yet_has_none(visitor: Visitor, what: str) -> None:
    visitor.begin("boston", "fly-tipping")
    unsent = visitor.path.rsplit("/", 1)[0]
    assert visitor.client.get(f"{unsent}/sent/{what}").status_code == 404


def test_it_is_emailed_once_and_the_page_says_that_it_is_on_its_way(
    visitor: Visitor, database: Database
) -> None:
    here = report(visitor, **SOMEBODY)
    hidden = visitor.hidden()
    for _ in range(2):
        visitor.page = visitor.client.post(f"{here}/email", data=hidden, follow_redirects=True)
        assert visitor.path == here
        assert "A copy is on its way to <strong>zoe@example.org</strong>" in visitor.text
        assert "Email me this copy" not in visitor.text
    assert mails(database) == 1


def test_who_gave_no_address_is_offered_no_email(visitor: Visitor, database: Database) -> None:
    here = report(visitor, name="", email="")
    assert "Email me this copy" not in visitor.text
    visitor.open("/boston/fly-tipping/")
    visitor.page = visitor.client.post(f"{here}/email", data=visitor.hidden(), follow_redirects=True)
    assert "on its way" not in visitor.text
    assert mails(database) == 0


def test_a_forged_press_sends_nothing(visitor: Visitor, database: Database) -> None:
    here = report(visitor, **SOMEBODY)
    assert visitor.client.post(f"{here}/email").status_code == 400
    assert mails(database) == 0


def test_a_browser_gets_only_so_many(visitor: Visitor, monkeypatch: pytest.MonkeyPatch) -> None:
    here = report(visitor, **SOMEBODY)
    monkeypatch.setattr(limiting, "COPIES", limiting.Limit("copies", times=1, minutes=15))
    assert visitor.client.get(f"{here}/copy.pdf").status_code == 200
    assert visitor.client.get(f"{here}/copy.pdf").status_code == 429


def test_where_it_cannot_be_made_the_page_says_what_to_do(
    visitor: Visitor, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    here = report(visitor, **SOMEBODY)
    monkeypatch.setattr(copying, "CHILD", ("-c", "raise SystemExit(3)"))
    visitor.open(f"{here}/copy.pdf")
    assert visitor.page is not None
    assert visitor.page.status_code == 503
    assert "print the page instead" in visitor.text
    assert "Łuczak" not in capsys.readouterr().out
