"""Photos are made anew in a limited child: whatever comes in, a plain JPEG or a clear refusal comes out."""

import io
import resource
import struct
import subprocess
import sys
import zipfile
import zlib
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Thread

import pytest
from PIL import Image

from integrations.files.folder import Folder
from selfservice.database import Database
from selfservice.domain.draft import Draft, DraftGone, DraftSent
from selfservice.domain.people import Actor, ActorKind
from selfservice.operations import reencoding, uploading
from selfservice.store import drafts
from tests.factories.documents import docx, pdf
from tests.factories.files import add_file
from tests.factories.pictures import claiming_to_be, picture
from tests.factories.submitted import NOW, RESIDENT, a_draft

SECRET = b"Ada Marsh was here"


def looked_at(data: bytes) -> bytes:
    """What is kept of a file on a page that takes photos alone."""
    return uploading.look_at(data, documents=False).data


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_a_photo_comes_out_as_a_plain_jpeg(kind: str) -> None:
    made = looked_at(picture(kind=kind, width=320, height=200, author="Ada Marsh"))
    with Image.open(io.BytesIO(made)) as seen:
        assert (seen.format, seen.size, dict(seen.getexif())) == ("JPEG", (320, 200), {})
    assert b"Ada Marsh" not in made


def test_a_heic_photo_of_a_telephone_is_taken() -> None:
    pillow_heif = pytest.importorskip("pillow_heif")
    kept = io.BytesIO()
    pillow_heif.from_pillow(Image.new("RGB", (200, 100), "green")).save(kept)
    with Image.open(io.BytesIO(looked_at(kept.getvalue()))) as seen:
        assert (seen.format, seen.size) == ("JPEG", (200, 100))


def test_a_large_photo_is_made_smaller() -> None:
    made = looked_at(picture(kind="JPEG", width=4000, height=3000, author=""))
    with Image.open(io.BytesIO(made)) as seen:
        assert seen.size == (2048, 1536)


def test_a_photo_lying_on_its_side_is_set_upright() -> None:
    turned = Image.Exif()
    turned[0x0112] = 6
    kept = io.BytesIO()
    Image.new("RGB", (300, 100)).save(kept, "JPEG", exif=turned)
    with Image.open(io.BytesIO(looked_at(kept.getvalue()))) as seen:
        assert seen.size == (100, 300)


def test_what_hides_behind_a_picture_does_not_come_along() -> None:
    hidden = io.BytesIO()
    with zipfile.ZipFile(hidden, "w") as archive:
        archive.writestr("payload.txt", SECRET)
    photo = picture(kind="JPEG", width=64, height=64, author="")
    for polyglot in (
        photo + hidden.getvalue(),
        photo + b"<?php echo 1; ?>",
        photo + b"<script>alert(1)</script>",
    ):
        made = looked_at(polyglot)
        assert not zipfile.is_zipfile(io.BytesIO(made))
        assert b"<?php" not in made
        assert b"<script" not in made


NOT_PHOTOS = [
    b"%PDF-1.7",
    pdf(),
    docx(),
    b"<svg xmlns='http://www.w3.org/2000/svg'/>",
    b"%!PS-Adobe-3.0 EPSF-3.0",
    b"push graphic-context",
    b"GIF89a" + b"0" * 50,
    b"BM" + b"0" * 50,
    b"II*\x00" + b"0" * 50,
    b"MZ" + b"0" * 50,
    b"plain words",
]


@pytest.mark.parametrize("data", NOT_PHOTOS)
def test_what_is_no_photo_is_refused_by_what_it_is(data: bytes) -> None:
    with pytest.raises(uploading.BadFile, match="must be a JPG, PNG, WebP or HEIC photo"):
        looked_at(data)


@pytest.mark.parametrize(("width", "height"), [(30_000, 30_000), (12_001, 10), (6_000, 5_000)])
def test_a_picture_of_too_many_pixels_is_refused_before_it_is_opened(width: int, height: int) -> None:
    with pytest.raises(uploading.BadFile, match="smaller than 24 megapixels"):
        looked_at(claiming_to_be(width=width, height=height))


@pytest.mark.parametrize(
    "data", [b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n" + b"\0" * 40, b"RIFF\0\0\0\0WEBPxxxx"]
)
def test_a_broken_photo_is_refused_in_words(data: bytes) -> None:
    with pytest.raises(uploading.BadFile, match="could not be read"):
        looked_at(data)


@pytest.mark.parametrize(
    ("data", "words"), [(b"", "empty"), (b"0" * (10 * 1024 * 1024 + 1), "smaller than 10MB")]
)
def test_an_empty_and_a_huge_file_never_reach_the_child(
    data: bytes, words: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("subprocess.run", lambda *_a, **_k: pytest.fail("the child was started"))
    with pytest.raises(uploading.BadFile, match=words):
        looked_at(data)


def test_a_child_that_hangs_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(uploading, "CHILD_SECONDS", 0.001)
    with pytest.raises(uploading.BadFile, match="could not be read"):
        looked_at(picture(kind="PNG", width=64, height=64, author=""))


def test_names_and_declared_types_count_for_nothing() -> None:
    assert reencoding.kind_of(b"\xff\xd8\xff\xe0") == "JPEG"
    assert reencoding.kind_of(b"\0\0\0\x18ftypheic") == "HEIF"
    assert reencoding.kind_of(b"\0\0\0\x18ftypmp42") is None


def kept(database: Database, home: Path, draft: Draft, actor: Actor = RESIDENT) -> uploading.Kept:
    """One photo more, in a unit of work of its own."""
    return add_file(database, Folder(home), actor, draft, NOW)


def photos(database: Database, draft: Draft) -> list[str]:
    """The ids of the photos of a draft."""
    with database.read() as session:
        return [each.id for each in uploading.of_question(session, "boston", draft.id, "photos")]


def test_tabs_that_add_photos_at_once_cannot_exceed_the_most(each_database: Database, tmp_path: Path) -> None:
    with each_database.write() as session:
        draft = a_draft(session)
    full: list[uploading.BadFile] = []

    def add() -> None:
        try:
            kept(each_database, tmp_path, draft)
        except uploading.BadFile as error:
            full.append(error)

    together = [Thread(target=add) for _ in range(9)]
    for each in together:
        each.start()
    for each in together:
        each.join()
    assert len(photos(each_database, draft)) == 5
    assert len(full) == 4


def test_once_a_report_was_sent_its_photos_stay_as_they_are(each_database: Database, tmp_path: Path) -> None:
    with each_database.write() as session:
        draft = a_draft(session)
    photo = kept(each_database, tmp_path, draft)
    with each_database.write() as session:
        drafts.mark_sent(session, draft.id, "some-submission", NOW)
    with each_database.write() as session, pytest.raises(DraftSent):
        uploading.remove(session, RESIDENT, draft.id, photo.id)
    with pytest.raises(DraftSent):
        kept(each_database, tmp_path, draft)
    assert photos(each_database, draft) == [photo.id]


def test_nobody_else_adds_photos_to_a_draft_or_takes_them_away(
    each_database: Database, tmp_path: Path
) -> None:
    with each_database.write() as session:
        draft = a_draft(session)
    photo = kept(each_database, tmp_path, draft)
    somebody = Actor(ActorKind.RESIDENT, "0" * 64)
    with pytest.raises(DraftGone):
        kept(each_database, tmp_path, draft, somebody)
    with each_database.write() as session, pytest.raises(DraftGone):
        uploading.remove(session, somebody, draft.id, photo.id)


@pytest.mark.parametrize("named", ["\0", "..", "", "x" * 5000])
def test_a_photo_that_is_none_is_not_removed(each_database: Database, named: str) -> None:
    with each_database.write() as session:
        draft = a_draft(session)
        assert not uploading.remove(session, RESIDENT, draft.id, named)


def test_a_child_is_held_to_its_memory_and_to_its_processor_time() -> None:
    tried = (
        "from selfservice.operations.reencoding import limit_this_process\n"
        "limit_this_process()\n"
        "try:\n    bytearray(600 * 1024 * 1024)\n"
        "except MemoryError:\n    print('no memory', flush=True)\n"
        "import signal\nsignal.signal(signal.SIGXFSZ, signal.SIG_IGN)\n"
        "try:\n    open({aside!r}, 'wb', buffering=0).write(b'x')\n"
        "except OSError:\n    print('no file', flush=True)\n"
        "import resource\nresource.setrlimit(resource.RLIMIT_CPU, (1, 1))\n"
        "while True: pass\n"
    )
    with TemporaryDirectory() as folder:
        told = tried.format(aside=f"{folder}/x")
        child = subprocess.run([sys.executable, "-c", told], capture_output=True, timeout=60, check=False)
    assert child.stdout.split(b"\n")[:2] == [b"no memory", b"no file"]
    assert child.returncode < 0


def chunk(kind: bytes, data: bytes) -> bytes:
    """One chunk of a PNG."""
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def test_a_bomb_is_refused_and_leaves_this_process_as_it_was() -> None:
    header = chunk(b"IHDR", struct.pack(">IIBBBBB", 12_000, 2_000, 16, 6, 0, 0, 0))
    words = chunk(b"zTXt", b"k\0\0" + zlib.compress(b"a" * 60_000_000, 9)) * 20
    picture_data = chunk(b"IDAT", zlib.compress(b"\0" * (2_000 * 96_001), 9)) + chunk(b"IEND", b"")
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    with pytest.raises(uploading.BadFile):
        looked_at(b"\x89PNG\r\n\x1a\n" + header + words + picture_data)
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 50 * 1024


def test_the_child_is_told_no_secret(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SECRET_KEY", "a key of the installation")
    monkeypatch.setenv("DATABASE_URL", "postgresql://user:password@db.example.org/")
    tell = "import os, sys; sys.exit(4 if {'SECRET_KEY', 'DATABASE_URL'} & set(os.environ) else 3)"
    monkeypatch.setattr(uploading, "CHILD", ("-c", tell))
    with pytest.raises(uploading.BadFile, match="must be a JPG"):
        looked_at(b"x")


def test_a_photo_has_a_small_picture_for_lists() -> None:
    made = uploading.look_at(
        picture(kind="JPEG", width=4000, height=3000, author="Ada Marsh"), documents=True
    )
    with Image.open(io.BytesIO(made.thumbnail)) as seen:
        assert (seen.format, seen.size, dict(seen.getexif())) == ("JPEG", (320, 240), {})
    assert len(made.thumbnail) < 20_000


def test_what_the_child_writes_is_not_believed(monkeypatch: pytest.MonkeyPatch) -> None:
    for told in (
        "text/html\n0 0\n",
        "image/jpeg\n0 0\n",
        "image/jpeg\n5 5\n<html>....",
        "application/pdf\n4 0\nabcd",
        "",
        "no lines",
    ):
        monkeypatch.setattr(uploading, "CHILD", ("-c", f"print({told!r}, end='')"))
        with pytest.raises(uploading.BadFile, match="could not be read"):
            uploading.look_at(b"x", documents=True)


def test_files_answer_their_own_question_alone(each_database: Database, tmp_path: Path) -> None:
    with each_database.write() as session:
        draft = a_draft(session)
    files = Folder(tmp_path)
    photo = add_file(each_database, files, RESIDENT, draft, NOW, question="photos", most=1)
    proof = add_file(each_database, files, RESIDENT, draft, NOW, question="proof", most=1)
    with each_database.read() as session:
        of = [
            uploading.of_question(session, "boston", draft.id, each) for each in ("photos", "proof", "other")
        ]
    assert of == [[photo], [proof], []]


def test_a_draft_takes_so_many_files_and_so_many_bytes(
    each_database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with each_database.write() as session:
        draft = a_draft(session)
    files = Folder(tmp_path)
    monkeypatch.setattr(uploading, "MOST_BYTES_OF_DRAFT", 1000)
    large = uploading.LookedAt("application/pdf", b"x" * 600, b"")
    add_file(each_database, files, RESIDENT, draft, NOW, what=large)
    with pytest.raises(uploading.BadFile, match="Remove one to add another"):
        add_file(each_database, files, RESIDENT, draft, NOW, what=large)
    for number in range(uploading.MOST_OF_DRAFT - 1):
        add_file(each_database, files, RESIDENT, draft, NOW, question=f"question-{number}")
    with pytest.raises(uploading.BadFile, match="You can only add 12 files"):
        add_file(each_database, files, RESIDENT, draft, NOW, question="one-more")


@pytest.mark.parametrize(
    ("sent", "shown"),
    [
        ("C:\\Users\\Ada\\bill.pdf", "bill.pdf"),
        ("../../etc/passwd", "passwd"),
        ("gas\u202efdp.exe", "gasfdp.exe"),
        ("a\r\nb\0c.pdf", "abc.pdf"),
        ("x" * 500, "x" * 120),
        ("Żółć – счёт.pdf", "Żółć – счёт.pdf"),
    ],
)
def test_a_customers_name_for_a_file_is_kept_clean_and_is_no_key(
    each_database: Database, tmp_path: Path, sent: str, shown: str
) -> None:
    with each_database.write() as session:
        draft = a_draft(session)
    file = add_file(each_database, Folder(tmp_path), RESIDENT, draft, NOW, name=sent)
    assert file.name == shown
    assert {path.name for path in tmp_path.rglob("*") if path.is_file()} == {
        f"{file.id}.jpg",
        f"{file.id}-small.jpg",
    }
