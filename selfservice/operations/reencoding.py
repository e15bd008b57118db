"""The child process that opens a customer's picture: limited first, then decoded, then written anew.

Reads the picture from standard input and writes a JPEG to standard output. Exit codes: 0 done, 3 not a kind
of picture we take, 4 too many pixels, 5 cannot be read. Run as `python -m selfservice.operations.reencoding`.
"""

import io
import resource
import sys
import warnings
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PIL import Image

MOST_PIXELS = 24_000_000
LONGEST_SIDE = 12_000
LONGEST_KEPT = 2048
MEMORY_BYTES = 512 * 1024 * 1024
PROCESSOR_SECONDS = 10
FORMATS = ("JPEG", "PNG", "WEBP")
HEIC_BRANDS = (b"heic", b"heix", b"heim", b"heis", b"mif1", b"msf1")
NOT_A_PHOTO, TOO_MANY_PIXELS, UNREADABLE = 3, 4, 5


def kind_of(data: bytes) -> str | None:
    """The format that the first bytes of a file show, if we take it; its name does not count."""
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


def reencode(data: bytes) -> tuple[int, bytes]:
    """The exit code, and the new JPEG when it is 0."""
    kind = kind_of(data)
    if kind is None:
        return NOT_A_PHOTO, b""
    from PIL import Image, ImageOps  # after the limits are set

    if kind == "HEIF":
        from pillow_heif import register_heif_opener

        register_heif_opener(thumbnails=False)
    Image.MAX_IMAGE_PIXELS = MOST_PIXELS
    warnings.simplefilter("error", Image.DecompressionBombWarning)
    try:
        with Image.open(io.BytesIO(data), formats=[kind]) as picture:
            if max(picture.size) > LONGEST_SIDE or picture.width * picture.height > MOST_PIXELS:
                return TOO_MANY_PIXELS, b""
            picture.draft("RGB", (LONGEST_KEPT, LONGEST_KEPT))
            upright = ImageOps.exif_transpose(picture)
            upright.thumbnail((LONGEST_KEPT, LONGEST_KEPT))
            return 0, _jpeg(upright)
    except (Image.DecompressionBombWarning, Image.DecompressionBombError):
        return TOO_MANY_PIXELS, b""


def _jpeg(picture: "Image.Image") -> bytes:
    """A new picture from the pixels alone, on white where it was see-through."""
    from PIL import Image

    seen = (
        picture.convert("RGBA") if "transparency" in picture.info or picture.mode in ("LA", "PA") else picture
    )
    plain = Image.new("RGB", seen.size, "white")
    plain.paste(seen, mask=seen.getchannel("A") if seen.mode == "RGBA" else None)
    kept = io.BytesIO()
    plain.save(kept, "JPEG", quality=85, optimize=True)
    return kept.getvalue()


def main() -> int:
    """Re-encode what comes in; say how it went by the exit code alone."""
    limit_this_process()
    data = sys.stdin.buffer.read()
    try:
        code, picture = reencode(data)
    except Exception:  # whatever a decoder makes of a stranger's bytes, it is one and the same to them
        return UNREADABLE
    sys.stdout.buffer.write(picture)
    return code


if __name__ == "__main__":
    raise SystemExit(main())
