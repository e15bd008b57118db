"""Photos on a report: added, shown, removed, refused in words, and served to those who may see them."""

import io
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image

from selfservice.installation import Installation
from selfservice.store.base import new_id
from tests.factories.pictures import picture
from tests.factories.reports import fly_tipping
from tests.journeys.visitor import Visitor

PAGES = list(fly_tipping(where="PE21 6QR", name="Ada Marsh", email="ada@example.org", witnessed=False))
ID = re.compile(r"thumbnails/([0-9a-f-]{36})\.jpg")
SHOWN = re.compile(r'<img[^>]*src="([^"]+)"')


@pytest.fixture
def at_photos(visitor: Visitor) -> Visitor:
    """A visitor on the page of photos."""
    visitor.begin("boston", "fly-tipping")
    visitor.fill_in([page for page in PAGES if page[0] not in ("photos", "about-you")])
    assert visitor.path.endswith("/photos")
    return visitor


def whole(thumbnail: str) -> str:
    """The address of the whole file, from that of its small picture."""
    return thumbnail.replace("/thumbnails/", "/files/").removesuffix(".jpg")


def kept_files(installation: Installation) -> list[Path]:
    """Every file that is kept, small pictures too."""
    return [path for path in (installation.settings.home / "files").rglob("*") if path.is_file()]


def photo(name: str = "IMG_0001.jpg") -> tuple[io.BytesIO, str]:
    """A file as a browser sends it."""
    return io.BytesIO(picture(kind="JPEG", width=300, height=200, author="Ada Marsh")), name


def test_a_photo_is_added_made_anew_and_shown(at_photos: Visitor, installation: Installation) -> None:
    at_photos.press({"do": "upload", "photos": photo()})
    [shown] = SHOWN.findall(at_photos.text)
    small = at_photos.client.get(shown)
    served = at_photos.client.get(whole(shown))
    assert small.mimetype == served.mimetype == "image/jpeg"
    assert served.headers["Content-Disposition"] == "attachment; filename=photo.jpg"
    assert served.headers["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in served.headers["Content-Security-Policy"]
    with Image.open(io.BytesIO(served.data)) as seen:
        assert seen.size == (300, 200)
        assert not seen.getexif()
    with Image.open(io.BytesIO(small.data)) as seen:
        assert seen.size == (300, 200)
    assert small.data != served.data
    assert b"Ada Marsh" not in served.data + small.data
    stored = kept_files(installation)
    assert len(stored) == 2
    assert "IMG" not in str(stored)


def test_continuing_with_a_chosen_photo_adds_it(at_photos: Visitor) -> None:
    at_photos.press({"do": "continue", "photos": photo()})
    assert at_photos.path.endswith("/about-you")
    at_photos.press({"name": "", "email": "", "phone": ""})
    assert "Photos added: 1" in at_photos.text


def test_several_at_once_and_one_bad_keeps_the_good_ones(at_photos: Visitor) -> None:
    at_photos.press(
        {"do": "upload", "photos": [photo(), (io.BytesIO(b"%PDF-1.4 not a photo"), "a.jpg"), photo()]}
    )
    assert at_photos.title.startswith("Error: ")
    assert "must be a JPG, PNG, WebP or HEIC photo" in at_photos.text
    assert len(SHOWN.findall(at_photos.text)) == 2
    assert at_photos.title.startswith("Error: ")


def test_no_more_than_the_service_takes(at_photos: Visitor) -> None:
    at_photos.press({"do": "upload", "photos": [photo() for _ in range(7)]})
    assert "You can only add 5 here. Remove one to add another" in at_photos.text
    assert len(SHOWN.findall(at_photos.text)) == 5


def test_a_removed_photo_is_gone_and_the_others_stay(at_photos: Visitor, installation: Installation) -> None:
    at_photos.press({"do": "upload", "photos": [photo(), photo()]})
    first, second = SHOWN.findall(at_photos.text)
    [name] = ID.findall(first)
    at_photos.press({"do": f"remove:{name}"})
    assert SHOWN.findall(at_photos.text) == [second]
    assert at_photos.client.get(first).status_code == 404
    assert at_photos.client.get(whole(first)).status_code == 404
    assert len(kept_files(installation)) == 2


def test_a_photo_cannot_be_claimed_by_naming_it(at_photos: Visitor, someone: Callable[[], Visitor]) -> None:
    at_photos.press({"do": "upload", "photos": photo()})
    [shown] = SHOWN.findall(at_photos.text)
    other = someone()
    other.begin("boston", "fly-tipping")
    other.fill_in([page for page in PAGES if page[0] not in ("photos", "about-you")])
    [name] = ID.findall(shown)
    other.press({"do": "continue", "photos": name})
    other.press({"name": "", "email": "", "phone": ""})
    assert "Photos added" not in other.text
    own = other.path.replace("/check-answers", f"/files/{name}")
    assert other.client.get(own).status_code == 404
    assert other.client.get(shown).status_code == 404


def test_a_signed_link_serves_the_photo_as_a_download(at_photos: Visitor, installation: Installation) -> None:
    at_photos.press({"do": "upload", "photos": photo()})
    [name] = ID.findall(at_photos.text)
    path = installation.links.photo(name).removeprefix("http://localhost")
    served = at_photos.client.get(path)
    assert served.status_code == 200
    assert served.headers["Content-Disposition"].startswith("attachment")
    assert at_photos.client.get(path[:-2]).status_code == 404
    unknown = installation.links.photo(new_id()).removeprefix("http://localhost")
    assert at_photos.client.get(unknown).status_code == 404


def test_too_large_an_upload_says_so(at_photos: Visitor) -> None:
    at_photos.press({"do": "upload", "photos": (io.BytesIO(b"\xff\xd8\xff" + b"0" * 10_500_000), "big.jpg")})
    assert at_photos.title.startswith("Error: ")
    assert "smaller than 10MB" in at_photos.text
    size = at_photos.client.post(at_photos.path.replace("/photos", "/size"), data={"size": "x" * 600_000})
    assert size.status_code == 413


def test_an_old_token_keeps_the_photos_there_are(at_photos: Visitor) -> None:
    at_photos.press({"do": "upload", "photos": photo()})
    page = at_photos.press({"do": "upload", "photos": photo()}, csrf_token="old")
    assert page.status_code == 400
    assert len(SHOWN.findall(at_photos.text)) == 1
