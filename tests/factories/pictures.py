"""Pictures as cameras and telephones make them."""

import io

from PIL import Image


def picture(*, kind: str, width: int, height: int, author: str) -> bytes:
    """A picture of `kind` ("JPEG", "PNG", "WEBP") with an author and a place in what the camera added."""
    image = Image.new("RGB", (width, height), (200, 30, 30))
    added = Image.Exif()
    added[0x013B] = author
    added.get_ifd(0x8825)[1] = "N"
    kept = io.BytesIO()
    image.save(kept, kind, exif=added)
    return kept.getvalue()


def claiming_to_be(*, width: int, height: int) -> bytes:
    """A small PNG whose header claims these sides: what a decompression bomb looks like from outside."""
    image = io.BytesIO()
    Image.new("1", (64, 64)).save(image, "PNG")
    data = bytearray(image.getvalue())
    data[16:24] = width.to_bytes(4, "big") + height.to_bytes(4, "big")
    import zlib

    data[29:33] = zlib.crc32(bytes(data[12:29])).to_bytes(4, "big")
    return bytes(data)
