"""Files that are not what they seem: each is made anew, kept because it is harmless, or refused in words."""

import gzip
import io
import zipfile
import zlib

import pytest
from PIL import Image

from selfservice.operations import bad_files, uploading
from tests.factories.documents import TYPES, docx, hidden_in_objects, pdf, zipped
from tests.factories.pictures import claiming_to_be, picture

JPEG = picture(kind="JPEG", width=64, height=48, author="Ada Marsh")
PNG = picture(kind="PNG", width=64, height=48, author="Ada Marsh")
WEBP = picture(kind="WEBP", width=64, height=48, author="Ada Marsh")
PHP = b"<?php system($_GET[0]); ?>"
SCRIPT = b"<script>alert(document.domain)</script>"
TEMPLATE = (
    b'<Relationships><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/'
    b'relationships/attachedTemplate" Target="https://example.org/x.dotm" TargetMode="External"/></Relationships>'
)
LINK = TEMPLATE.replace(b"attachedTemplate", b"hyperlink")


def with_comment(jpeg: bytes, comment: bytes) -> bytes:
    """A JPEG with a comment in it, as its format allows."""
    return jpeg[:2] + b"\xff\xfe" + (len(comment) + 2).to_bytes(2, "big") + comment + jpeg[2:]


def with_text(png: bytes, text: bytes) -> bytes:
    """A PNG with a chunk of text."""
    chunk = b"tEXt" + b"Comment\0" + text
    return (
        png[:33]
        + (len(chunk) - 4).to_bytes(4, "big")
        + chunk
        + zlib.crc32(chunk).to_bytes(4, "big")
        + png[33:]
    )


def overlapping() -> bytes:
    """A zip whose directory names one part of bytes many times, so that it unpacks to more than it holds."""
    made = bytearray(zipped({"[Content_Types].xml": TYPES, "word/document.xml": b"0" * 1_000_000}))
    start = made.rindex(b"PK\x01\x02")
    entry, end = bytes(made[start:-22]), bytes(made[-22:])
    more = b"".join(
        entry.replace(b"word/document.xml", f"word/docum{number:03d}.xml".encode()) for number in range(150)
    )
    size = len(entry) + len(more) + (start - made.index(b"PK\x01\x02"))
    count = (152).to_bytes(2, "little")
    end = end[:8] + count + count + size.to_bytes(4, "little") + end[16:]
    return bytes(made[:start]) + entry + more + end


def lying_about_sizes() -> bytes:
    """A Word file whose directory says that its large part is small."""
    made = docx(word__media__image1_dot_bin=b"\0" * 90_000_000)
    large, small = (90_000_000).to_bytes(4, "little"), (1000).to_bytes(4, "little")
    return made.replace(large, small)


PICTURES = {
    "a JPEG with PHP in its comment": with_comment(JPEG, PHP),
    "a JPEG with a page behind it": JPEG + b"<html>" + SCRIPT,
    "a JPEG that is a zip too": JPEG + zipped({"payload.jar": b"x"}),
    "a JPEG that is a PDF too": JPEG + pdf(catalogue=b"/OpenAction << /S /JavaScript >>"),
    "a PNG with a script in its text": with_text(PNG, SCRIPT),
    "a PNG with PHP behind it": PNG + PHP,
    "a PNG that is a Word file too": PNG + docx(),
    "a WebP with a script behind it": WEBP + SCRIPT,
}

NOT_TAKEN = {
    "a GIF with JavaScript": b"GIF89a/*" + b"\0" * 20 + b"*/=1;alert(1)",
    "HTML called .png": b"<!DOCTYPE html><html>" + SCRIPT,
    "SVG": b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>",
    "SVG with a declaration": b"<?xml version='1.0'?><svg xmlns='http://www.w3.org/2000/svg'/>",
    "EPS": b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 1 1",
    "PostScript in a binary wrapper": b"\xc5\xd0\xd3\xc6" + b"\0" * 40,
    "MVG": b"push graphic-context\nviewbox 0 0 640 480\nfill 'url(https://example.org/)'\npop graphic-context",
    "PostScript": b"%!PS\n(%pipe%id) (w) file",
    "a program": b"MZ\x90\0" + b"\0" * 100,
    "a program of Linux": b"\x7fELF" + b"\0" * 100,
    "an old Word file": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600,
    "a zip called .docx": zipped({"letter.txt": b"Dear council"}),
    "a spreadsheet called .docx": zipped({"[Content_Types].xml": TYPES, "xl/workbook.xml": b"<x/>"}),
    "zips within zips": zipped({"0.zip": zipped({"1.zip": zipped({"2.txt": b"\0" * 10_000_000})})}),
    "a PDF behind HTML": b"<html>" + SCRIPT + pdf(),
    "something packed": gzip.compress(b"words"),
    "a video of a telephone": b"\0\0\0\x18ftypmp42" + b"\0" * 100,
    "words": b"Dear council",
}

REFUSED = {
    "a PDF that runs JavaScript": (
        pdf(catalogue=b"/OpenAction << /S /JavaScript /JS (app.alert(1)) >>"),
        "Print it to a new PDF",
    ),
    "a PDF that writes its names oddly": (pdf(catalogue=b"/AA << /O << /S /J#61vaScr#69pt >> >>"), "scripts"),
    "a PDF with a script for a button": (
        pdf(objects=b"7 0 obj\n<< /JS (app.alert(1)) >>\nendobj\n"),
        "scripts",
    ),
    "a PDF with its script packed": (pdf(objects=hidden_in_objects(b"/S /JavaScript")), "scripts"),
    "a PDF with a packed script for a button": (pdf(objects=hidden_in_objects(b"/JS (a)")), "scripts"),
    "a PDF that starts a program": (pdf(catalogue=b"/OpenAction << /S /Launch /F (cmd.exe) >>"), "actions"),
    "a PDF that does something on opening": (pdf(catalogue=b"/OpenAction 9 0 R"), "actions"),
    "a PDF with a file in it": (pdf(objects=b"7 0 obj\n<< /Type /EmbeddedFile >>\nendobj\n"), "other files"),
    "a PDF that is a zip too": (pdf() + zipped({"payload.jar": b"x"}), "other files"),
    "a PDF behind a password": (pdf(objects=b"7 0 obj\n<</Encrypt 8 0 R>>\nendobj\n"), "password"),
    "half a PDF": (pdf()[:300], "could not be read"),
    "a PDF that unpacks for ever": (
        pdf(
            objects=b"".join(b"9 0 obj\n<<>>\nstream\n" + zlib.compress(b" " * 90_000_000) for _ in range(5))
        ),
        "too large once it is unpacked",
    ),
    "a Word file with macros": (docx(word__vbaProject_dot_bin=b"macros"), "Save it as a PDF"),
    "a Word file that says it has macros": (
        zipped(
            {
                "[Content_Types].xml": TYPES.replace(b"openxmlformats", b"ms-word.document.macroEnabled"),
                "word/document.xml": b"<w:document/>",
            }
        ),
        "macros",
    ),
    "a Word file with a program in it": (docx(word__embeddings__oleObject1_dot_bin=b"MZ"), "programs"),
    "a Word file that fetches its template": (
        docx(word___rels__settings_dot_xml_dot_rels=TEMPLATE),
        "linked parts",
    ),
    "a Word file of too many parts": (docx(**{f"word__p{n}": b"x" for n in range(200)}), "too large"),
    "a Word file that is a bomb": (docx(word__media__image1_dot_bin=b"\0" * 90_000_000), "too large"),
    "a Word file that lies about its size": (lying_about_sizes(), "could not be read"),
    "a Word file of parts that are one": (overlapping(), "too large|could not be read"),
    "half a Word file": (docx()[:-40], "could not be read"),
    "a Word file with a second file behind it": (docx() + SCRIPT, "could not be read"),
    "half a JPEG": (JPEG[: len(JPEG) // 2], "could not be read"),
    "a PNG that claims to be huge": (claiming_to_be(width=30_000, height=30_000), "24 megapixels"),
}

HARMLESS = {
    "a PDF": pdf(),
    "a PDF that opens at a page, as LibreOffice writes it": pdf(
        catalogue=b"/OpenAction[3 0 R /XYZ null null 0]"
    ),
    "a PDF that opens at a page, as TeX writes it": pdf(
        catalogue=b"/OpenAction << /S /GoTo /D [3 0 R /Fit] >>"
    ),
    "a PDF that speaks of JS": pdf(stream=b"BT (/JS and #4a) Tj ET"),
    "a PDF with packed objects": pdf(objects=hidden_in_objects(b"/Type /Font")),
    "a Word file": docx(),
    "a Word file with a link": docx(word___rels__document_dot_xml_dot_rels=LINK),
    "a Word file with blank pages": docx(word__footer_dot_xml=b" " * 500_000, word__p=PNG * 60),
}


def each(named: dict[str, object]) -> pytest.MarkDecorator:
    return pytest.mark.parametrize("name", named)


@each(PICTURES)
def test_a_picture_is_never_kept_as_it_came(name: str) -> None:
    sent = PICTURES[name]
    kept = uploading.look_at(sent, documents=True)
    assert kept.media_type == "image/jpeg"
    for made in (kept.data, kept.thumbnail):
        assert made != sent
        assert not zipfile.is_zipfile(io.BytesIO(made))
        assert not any(part in made for part in (b"<?php", b"<script", b"%PDF", b"Ada Marsh"))
        with Image.open(io.BytesIO(made)) as seen:
            assert (seen.format, seen.size) == ("JPEG", (64, 48))


@each(NOT_TAKEN)
@pytest.mark.parametrize("documents", [True, False])
def test_what_is_of_no_kind_that_we_take_is_refused_by_what_it_is(name: str, documents: bool) -> None:
    kinds = r"JPG, PNG, WebP, HEIC, PDF or Word \(.docx\)" if documents else "JPG, PNG, WebP or HEIC photo"
    with pytest.raises(uploading.BadFile, match=kinds):
        uploading.look_at(NOT_TAKEN[name], documents=documents)


@each(REFUSED)
def test_what_could_do_harm_is_refused_in_words(name: str) -> None:
    data, words = REFUSED[name]
    with pytest.raises(uploading.BadFile, match=words):
        uploading.look_at(data, documents=True)


@each(HARMLESS)
def test_a_harmless_document_is_kept_as_it_is(name: str) -> None:
    kept = uploading.look_at(HARMLESS[name], documents=True)
    assert (kept.data, kept.thumbnail) == (HARMLESS[name], b"")
    assert kept.media_type.startswith("application/")


@each(HARMLESS)
def test_a_page_of_photos_takes_no_document(name: str) -> None:
    with pytest.raises(uploading.BadFile, match="must be a JPG, PNG, WebP or HEIC photo"):
        uploading.look_at(HARMLESS[name], documents=False)


def test_every_refusal_says_what_to_do() -> None:
    for words in (*bad_files.WHY.values(), bad_files.PICTURES, bad_files.EVERY_KIND, bad_files.UNREADABLE):
        assert any(way in words for way in ("must be", "instead", "Try another")), words
