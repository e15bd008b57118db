"""Photos are made anew in a limited child: whatever comes in, a plain JPEG or a clear refusal comes out."""

import io
import zipfile

import pytest
from PIL import Image

from selfservice.operations import reencoding, uploading
from tests.factories.pictures import claiming_to_be, picture

SECRET = b"Ada Marsh was here"


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_a_photo_comes_out_as_a_plain_jpeg(kind: str) -> None:
    made = uploading.reencode(picture(kind=kind, width=320, height=200, author="Ada Marsh"))
    with Image.open(io.BytesIO(made)) as seen:
        assert (seen.format, seen.size, dict(seen.getexif())) == ("JPEG", (320, 200), {})
    assert b"Ada Marsh" not in made


def test_a_heic_photo_of_a_telephone_is_taken() -> None:
    pillow_heif = pytest.importorskip("pillow_heif")
    kept = io.BytesIO()
    pillow_heif.from_pillow(Image.new("RGB", (200, 100), "green")).save(kept)
    with Image.open(io.BytesIO(uploading.reencode(kept.getvalue()))) as seen:
        assert (seen.format, seen.size) == ("JPEG", (200, 100))


def test_a_large_photo_is_made_smaller() -> None:
    made = uploading.reencode(picture(kind="JPEG", width=4000, height=3000, author=""))
    with Image.open(io.BytesIO(made)) as seen:
        assert seen.size == (2048, 1536)


def test_a_photo_lying_on_its_side_is_set_upright() -> None:
    turned = Image.Exif()
    turned[0x0112] = 6
    kept = io.BytesIO()
    Image.new("RGB", (300, 100)).save(kept, "JPEG", exif=turned)
    with Image.open(io.BytesIO(uploading.reencode(kept.getvalue()))) as seen:
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
        made = uploading.reencode(polyglot)
        assert not zipfile.is_zipfile(io.BytesIO(made))
        assert b"<?php" not in made
        assert b"<script" not in made


NOT_PHOTOS = [
    b"%PDF-1.7",
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
    with pytest.raises(uploading.BadPhoto, match="must be a JPG, PNG, WEBP or HEIC photo"):
        uploading.reencode(data)


@pytest.mark.parametrize(("width", "height"), [(30_000, 30_000), (12_001, 10), (6_000, 5_000)])
def test_a_picture_of_too_many_pixels_is_refused_before_it_is_opened(width: int, height: int) -> None:
    with pytest.raises(uploading.BadPhoto, match="smaller than 24 megapixels"):
        uploading.reencode(claiming_to_be(width=width, height=height))


@pytest.mark.parametrize(
    "data", [b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n" + b"\0" * 40, b"RIFF\0\0\0\0WEBPxxxx"]
)
def test_a_broken_photo_is_refused_in_words(data: bytes) -> None:
    with pytest.raises(uploading.BadPhoto, match="could not be read"):
        uploading.reencode(data)


@pytest.mark.parametrize(
    ("data", "words"), [(b"", "empty"), (b"0" * (10 * 1024 * 1024 + 1), "smaller than 10MB")]
)
def test_an_empty_and_a_huge_file_never_reach_the_child(
    data: bytes, words: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("subprocess.run", lambda *_a, **_k: pytest.fail("the child was started"))
    with pytest.raises(uploading.BadPhoto, match=words):
        uploading.reencode(data)


def test_a_child_that_hangs_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(uploading, "CHILD_SECONDS", 0.001)
    with pytest.raises(uploading.BadPhoto, match="could not be read"):
        uploading.reencode(picture(kind="PNG", width=64, height=64, author=""))


def test_names_and_declared_types_count_for_nothing() -> None:
    assert reencoding.kind_of(b"\xff\xd8\xff\xe0") == "JPEG"
    assert reencoding.kind_of(b"\0\0\0\x18ftypheic") == "HEIF"
    assert reencoding.kind_of(b"\0\0\0\x18ftypmp42") is None
