"""Documents as office programs make them, and as attackers change them."""

import io
import zipfile
import zlib

TYPES = b"""<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">
<Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.\
wordprocessingml.document.main+xml"/></Types>"""


def pdf(*, catalogue: bytes = b"", objects: bytes = b"", stream: bytes = b"BT (A letter) Tj ET") -> bytes:
    """A PDF of one page; `catalogue` is added to its catalogue and `objects` to its body."""
    packed = zlib.compress(stream)
    return (
        b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n"
        b"1 0 obj\n<< /Type /Catalog /Pages 2 0 R " + catalogue + b" >>\nendobj\n"
        b"2 0 obj\n<< /Type /Pages /Kids [3 0 R] /Count 1 >>\nendobj\n"
        b"3 0 obj\n<< /Type /Page /Parent 2 0 R /Contents 4 0 R /MediaBox [0 0 595 842] >>\nendobj\n"
        b"4 0 obj\n<< /Length %d /Filter /FlateDecode >>\nstream\n"
        % len(packed)
        + packed
        + b"\nendstream\nendobj\n"
        + objects
        + b"trailer\n<< /Root 1 0 R /Size 5 >>\nstartxref\n0\n%%EOF\n"
    )


def hidden_in_objects(words: bytes) -> bytes:
    """An object of a PDF that holds other objects, packed, with `words` among them."""
    packed = zlib.compress(b"9 0 << " + words + b" >>")
    head = b"8 0 obj\n<< /Type /ObjStm /N 1 /First 4 /Filter /FlateDecode /Length %d >>\nstream\n" % len(
        packed
    )
    return head + packed + b"\nendstream\nendobj\n"


def docx(**parts: bytes) -> bytes:
    """A Word file; `parts` adds others to it, by name with "__" for "/" and "_dot_" for "."."""
    named = {name.replace("__", "/").replace("_dot_", "."): data for name, data in parts.items()}
    return zipped({"[Content_Types].xml": TYPES, "word/document.xml": b"<w:document/>", **named})


def zipped(parts: dict[str, bytes]) -> bytes:
    """A zip of these parts, packed."""
    kept = io.BytesIO()
    with zipfile.ZipFile(kept, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return kept.getvalue()
