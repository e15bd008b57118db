"""The child process that opens a customer's file: limited first; a picture is then decoded and written anew.

Reads the file from standard input. Writes its media type on a line, the lengths of a JPEG and of its small
picture on the next (0 and 0 for a document, which is kept as it is), and then both. Exit code 0, or that of a
`Refusal`. Run as `python -m selfservice.operations.reencoding photos`, or `files` where documents are taken.
"""

import io
import resource
import sys
import warnings
from typing import TYPE_CHECKING

from selfservice.domain.files import JPEG
from selfservice.operations import documents
from selfservice.operations.documents import Refusal, Refused

if TYPE_CHECKING:
    from PIL import Image

MOST_PIXELS = 24_000_000
LONGEST_SIDE = 12_000
LONGEST_KEPT = 2048
LONGEST_THUMBNAIL = 320
MEMORY_BYTES = 512 * 1024 * 1024
PROCESSOR_SECONDS = 10
HEIC_BRANDS = (b"heic", b"heix", b"heim", b"heis", b"mif1", b"msf1")


def kind_of(data: bytes) -> str | None:
    """The format of picture that the first bytes of a file show, if we take it; its name does not count."""
    if data.startswith(b"\xff\xd8\xff"):
        return "JPEG"
    if data.startswith(b"\x89PNG\r\n\x1a\n"):
        return "PNG"
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return "WEBP"
    if data[4:8] == b"ftyp" and data[8:12] in HEIC_BRANDS:
        return "HEIF"
    return None


def limit_this_process() -> None:
    """No more memory or processor time than a photo needs, no file written, none left behind."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
    resource.setrlimit(resource.RLIMIT_CPU, (PROCESSOR_SECONDS, PROCESSOR_SECONDS))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def look_at(data: bytes, *, documents_too: bool) -> tuple[str, bytes, bytes]:
    """The media type, the new JPEG and its small picture; both empty for a document. Raises `Refused`."""
    kind = kind_of(data)
    if kind is not None:
        return JPEG, *reencode(data, kind)
    if not documents_too:
        raise Refused(Refusal.NOT_TAKEN)
    return documents.check(data), b"", b""


def reencode(data: bytes, kind: str) -> tuple[bytes, bytes]:
    """A picture as a new JPEG, and as a small one for showing it in a list. Raises `Refused`."""
    from PIL import Image, ImageOps  # after the limits are set

    if kind == "HEIF":
        from pillow_heif import register_heif_opener

        register_heif_opener(thumbnails=False)
    Image.MAX_IMAGE_PIXELS = MOST_PIXELS
    warnings.simplefilter("error", Image.DecompressionBombWarning)
    try:
        with Image.open(io.BytesIO(data), formats=[kind]) as picture:
            if max(picture.size) > LONGEST_SIDE or picture.width * picture.height > MOST_PIXELS:
                raise Refused(Refusal.TOO_MANY_PIXELS)
            picture.draft("RGB", (LONGEST_KEPT, LONGEST_KEPT))
            upright = ImageOps.exif_transpose(picture)
            upright.thumbnail((LONGEST_KEPT, LONGEST_KEPT))
            plain = _plain(upright)
    except (Image.DecompressionBombWarning, Image.DecompressionBombError):
        raise Refused(Refusal.TOO_MANY_PIXELS) from None
    small = plain.copy()
    small.thumbnail((LONGEST_THUMBNAIL, LONGEST_THUMBNAIL))
    return _jpeg(plain, 85), _jpeg(small, 75)


def _plain(picture: "Image.Image") -> "Image.Image":
    """A new picture from the pixels alone, on white where it was see-through."""
    from PIL import Image

    seen = (
        picture.convert("RGBA") if "transparency" in picture.info or picture.mode in ("LA", "PA") else picture
    )
    plain = Image.new("RGB", seen.size, "white")
    plain.paste(seen, mask=seen.getchannel("A") if seen.mode == "RGBA" else None)
    return plain


def _jpeg(picture: "Image.Image", quality: int) -> bytes:
    kept = io.BytesIO()
    picture.save(kept, "JPEG", quality=quality, optimize=True)
    return kept.getvalue()


def main(told: str) -> int:
    """Look at what comes in; say why it is not taken by the exit code alone."""
    limit_this_process()
    data = sys.stdin.buffer.read()
    try:
        media_type, picture, small = look_at(data, documents_too=told == "files")
    except Refused as refused:
        return refused.why
    except Exception:  # whatever a decoder makes of a stranger's bytes, it is one and the same to them
        return Refusal.UNREADABLE
    sys.stdout.buffer.write(f"{media_type}\n{len(picture)} {len(small)}\n".encode() + picture + small)
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1]))
