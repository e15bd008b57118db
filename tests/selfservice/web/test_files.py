"""Documents beside photos: each page has its own, all can be removed, and none goes out before it is clean."""

import io
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from werkzeug.test import TestResponse

from integrations.files.contract import Away
from selfservice import clock
from selfservice.domain.files import Scanned, Verdict
from selfservice.installation import Installation
from selfservice.operations import scanning, uploading
from selfservice.store.base import new_id
from selfservice.store.files import FileRow
from tests.factories.documents import docx, pdf
from tests.factories.pictures import picture
from tests.factories.proofs import WITH_PROOF
from tests.journeys.visitor import Visitor

DOCUMENT = re.compile(r'href="([^"]+/files/[0-9a-f-]{36})"')
ID = re.compile(r'value="remove:([0-9a-f-]{36})"')
SUMMARY = re.compile(r"<dt[^>]*>([^<]+)</dt>\s*<dd[^>]*>\s*([^<]+?)\s*</dd>")


class Says:
    """A scanner; the tests write its verdicts themselves."""

    def scan(self, data: bytes) -> Scanned:
        return Scanned(Verdict.AWAY)


@pytest.fixture
def with_scanner(installation: Installation) -> Installation:
    """The installation with a scanner."""
    installation.__dict__["scanner"] = Says()
    return installation


@pytest.fixture
def at_proof(visitor: Visitor, installation: Installation) -> Visitor:
    """A visitor on a page that takes documents, who has one photo on the page before."""
    offered = dict(installation.services)
    offered["boston"] = {**offered["boston"], "with-proof": WITH_PROOF}
    installation.services = offered
    visitor.begin("boston", "with-proof")
    visitor.press({"sure": "yes"})
    visitor.press({"do": "continue", "photos": photo()})
    assert visitor.path.endswith("/proof")
    return visitor


def photo() -> tuple[io.BytesIO, str]:
    return io.BytesIO(picture(kind="JPEG", width=400, height=300, author="Ada Marsh")), "IMG_0001.jpg"


def a_pdf(name: str = "council tax bill.pdf") -> tuple[io.BytesIO, str]:
    return io.BytesIO(pdf()), name


def a_word(name: str = "letter.docx") -> tuple[io.BytesIO, str]:
    return io.BytesIO(docx()), name


def kept_files(installation: Installation) -> set[str]:
    """The names of all files that are kept."""
    folder: Path = installation.settings.home / "files"
    return {path.name for path in folder.rglob("*") if path.is_file()}


def rows(installation: Installation) -> list[FileRow]:
    with installation.database.read() as session:
        return list(session.scalars(sa.select(FileRow).order_by(FileRow.id)))


def said(installation: Installation, file_id: str, verdict: Verdict) -> None:
    with installation.database.write() as session:
        scanning.record(session, file_id, Scanned(verdict, "Test"), clock.now())


def link(installation: Installation, visitor: Visitor, file_id: str) -> TestResponse:
    """What a back office gets that follows the signed link."""
    return visitor.client.get(installation.links.photo(file_id).removeprefix("http://localhost"))


def summary(visitor: Visitor) -> dict[str, str]:
    return dict(SUMMARY.findall(visitor.text))


def test_the_page_tells_its_kinds_and_limits_beforehand(at_proof: Visitor) -> None:
    assert (
        "Up to 3 files, each smaller than 10MB: JPG, PNG, WebP, HEIC, PDF or Word (.docx)." in at_proof.text
    )
    assert 'accept="image/jpeg,' in at_proof.text
    assert ".pdf,application/pdf,.docx" in at_proof.text
    at_proof.open(at_proof.path.replace("/proof", "/photos"))
    assert "JPG, PNG, WebP or HEIC." in at_proof.text
    assert ".pdf" not in at_proof.text


def test_documents_are_listed_by_kind_and_size_and_given_back_as_they_came(
    at_proof: Visitor, installation: Installation
) -> None:
    at_proof.press({"do": "upload", "proof": [a_pdf(), a_word(), photo()]})
    assert "3 files added" in at_proof.text
    assert "File 1 (PDF, 1 KB)" in at_proof.text
    assert "File 2 (Word, 1 KB)" in at_proof.text
    assert "File 3 (JPG, " in at_proof.text
    assert "council tax bill.pdf" in at_proof.text
    first, second = (at_proof.client.get(url) for url in DOCUMENT.findall(at_proof.text))
    assert (first.data, first.mimetype) == (pdf(), "application/pdf")
    assert first.headers["Content-Disposition"] == "attachment; filename=file.pdf"
    assert second.headers["Content-Disposition"] == "attachment; filename=file.docx"
    for served in (first, second):
        assert served.headers["X-Content-Type-Options"] == "nosniff"
        assert "sandbox" in served.headers["Content-Security-Policy"]
    assert not any("bill" in name or "letter" in name for name in kept_files(installation))


def test_each_page_has_its_own_files_and_so_has_each_answer(at_proof: Visitor) -> None:
    at_proof.press({"do": "continue", "proof": [a_pdf(), a_word()]})
    assert at_proof.path.endswith("/check-answers")
    assert summary(at_proof)["Add photos"] == "Photos added: 1"
    assert summary(at_proof)["Add proof of where you live"] == "Files added: 2"
    at_proof.open(at_proof.path.replace("/check-answers", "/photos"))
    assert "1 photo added" in at_proof.text
    assert "council tax bill.pdf" not in at_proof.text


def test_a_file_removed_from_check_answers_is_gone_everywhere(
    at_proof: Visitor, installation: Installation
) -> None:
    at_proof.press({"do": "continue", "proof": [a_pdf(), photo()]})
    [change] = re.findall(r'href="([^"]+/proof\?change=1)"', at_proof.text)
    before = kept_files(installation)
    at_proof.open(change)
    first, second = ID.findall(at_proof.text)
    [document] = DOCUMENT.findall(at_proof.text)
    at_proof.press({"do": f"remove:{first}"})
    at_proof.press({"do": f"remove:{second}"})
    assert at_proof.page is not None
    assert at_proof.page.request.full_path.endswith("/proof?change=1")
    at_proof.press({"do": "continue"})
    assert at_proof.path.endswith("/check-answers")
    assert summary(at_proof)["Add proof of where you live"] == "Not provided"
    assert summary(at_proof)["Add photos"] == "Photos added: 1"
    assert [row.question for row in rows(installation)] == ["photos"]
    gone = {f"{first}.pdf", f"{second}.jpg", f"{second}-small.jpg"}
    assert before - kept_files(installation) == gone
    assert at_proof.client.get(document).status_code == 404
    assert link(installation, at_proof, first).status_code == 404


def test_a_name_that_a_customer_gives_a_file_is_shown_as_mere_text(at_proof: Visitor) -> None:
    at_proof.press({"do": "upload", "proof": a_pdf("<script>alert(1)</script>.pdf")})
    assert "<script>alert(1)" not in at_proof.text
    assert "script&gt;.pdf" in at_proof.text


def test_what_is_refused_says_what_to_do_and_leads_to_the_control(at_proof: Visitor) -> None:
    bad = pdf(catalogue=b"/OpenAction << /S /JavaScript /JS (x) >>")
    at_proof.press({"do": "upload", "proof": [(io.BytesIO(bad), "form.pdf"), a_word()]})
    assert at_proof.title.startswith("Error: ")
    assert "Print it to a new PDF" in at_proof.text
    assert 'href="#proof"' in at_proof.text
    assert "1 file added" in at_proof.text


def test_until_it_is_clean_nobody_but_its_holder_sees_a_file(
    at_proof: Visitor, with_scanner: Installation, someone: Callable[[], Visitor]
) -> None:
    at_proof.press({"do": "upload", "proof": a_pdf()})
    [file_id], [document] = ID.findall(at_proof.text), DOCUMENT.findall(at_proof.text)
    assert at_proof.client.get(document).status_code == 200
    assert someone().client.get(document).status_code == 404
    held_back = link(with_scanner, someone(), file_id)
    assert (held_back.status_code, held_back.headers["Retry-After"]) == (409, "60")
    assert "This file is being checked" in held_back.text
    said(with_scanner, file_id, Verdict.CLEAN)
    served = link(with_scanner, someone(), file_id)
    assert (served.status_code, served.data) == (200, pdf())


def test_a_file_with_a_virus_is_named_on_its_page_and_never_served(
    at_proof: Visitor, with_scanner: Installation
) -> None:
    at_proof.press({"do": "continue", "proof": [a_pdf(), a_word()]})
    bad, good = (row.id for row in rows(with_scanner) if row.question == "proof")
    said(with_scanner, bad, Verdict.INFECTED)
    at_proof.open(at_proof.path)
    assert "A file that you added had a virus, so we removed it." in at_proof.text
    assert summary(at_proof)["Add proof of where you live"] == "Files added: 1"
    document = at_proof.path.replace("/check-answers", f"/files/{bad}")
    assert at_proof.client.get(document).status_code == 404
    assert link(with_scanner, at_proof, bad).status_code == 410
    at_proof.open(at_proof.path.replace("/check-answers", "/proof?change=1"))
    assert "This file had a virus and was removed." in at_proof.text
    assert "1 file added" in at_proof.text
    at_proof.press({"do": "continue"})
    assert summary(at_proof)["Add proof of where you live"] == "Files added: 1"
    at_proof.open(at_proof.path.replace("/check-answers", "/proof?change=1"))
    at_proof.press({"do": f"remove:{bad}"})
    assert "virus" not in at_proof.text
    assert [row.id for row in rows(with_scanner) if row.question == "proof"] == [good]


def test_files_that_cannot_be_kept_just_now_lose_nothing(
    at_proof: Visitor, installation: Installation, monkeypatch: pytest.MonkeyPatch
) -> None:
    at_proof.press({"do": "upload", "proof": a_pdf()})

    def fails(*_: Any) -> None:
        raise Away("No space left on device")

    with monkeypatch.context() as meanwhile:
        for what in ("put", "get"):
            meanwhile.setattr(installation.files, what, fails)
        at_proof.press({"do": "upload", "proof": a_word()})
        assert "We could not keep your file just now" in at_proof.text
        assert "1 file added" in at_proof.text
        [file_id], [document] = ID.findall(at_proof.text), DOCUMENT.findall(at_proof.text)
        assert at_proof.client.get(document).status_code == 503
        assert link(installation, at_proof, file_id).headers["Retry-After"] == "60"
    at_proof.press({"do": "continue", "proof": a_word()})
    assert summary(at_proof)["Add proof of where you live"] == "Files added: 2"


def test_a_file_for_which_there_is_no_room_any_more_leaves_nothing_behind(
    at_proof: Visitor, installation: Installation, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Two tabs looked at the same time and both saw room: the second is refused, and its bytes are not kept."""
    at_proof.press({"do": "upload", "proof": [a_pdf(), a_pdf(), a_pdf()]})
    before, room = kept_files(installation), uploading.check_room
    calls: list[int] = []

    def room_at_first(*asked: Any) -> Any:
        calls.append(1)
        return None if len(calls) == 1 else room(*asked)

    monkeypatch.setattr(uploading, "check_room", room_at_first)
    at_proof.press({"do": "upload", "proof": a_word()})
    assert "You can only add 3 here" in at_proof.text
    assert kept_files(installation) == before


def test_a_small_picture_is_only_of_a_photo(at_proof: Visitor) -> None:
    at_proof.press({"do": "upload", "proof": a_pdf()})
    [document] = DOCUMENT.findall(at_proof.text)
    assert at_proof.client.get(document.replace("/files/", "/thumbnails/") + ".jpg").status_code == 404
    assert at_proof.client.get(document[:-36] + new_id()).status_code == 404
