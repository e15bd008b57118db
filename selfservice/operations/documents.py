"""What is looked for in a document that a customer adds, in the limited child: it is kept as it is or not at all.

A document is never opened by us or shown in a page; whoever downloads it opens it with a program of their own.
So what such programs act on by themselves is refused: scripts, launched programs, files within files, macros.
"""

import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from enum import IntEnum

from selfservice.domain.files import DOCX, PDF


class Refusal(IntEnum):
    """Why a file is not taken: exit codes of the child."""

    NOT_TAKEN = 3  # not a kind of file that we take
    TOO_MANY_PIXELS = 4
    UNREADABLE = 5
    ACTIVE_PDF = 6  # scripts, actions, files within
    ACTIVE_WORD = 7  # macros, embedded programs, parts fetched from elsewhere
    LOCKED = 8  # by a password: nobody can look into it
    UNPACKS_TOO_LARGE = 9


class Refused(Exception):
    """The document is not taken."""

    def __init__(self, why: Refusal) -> None:
        super().__init__(why.name)
        self.why = why


MOST_PARTS = 200
MOST_UNPACKED = 100 * 1024 * 1024
MOST_RATIO = 100
MOST_STREAMS_UNPACKED = 400 * 1024 * 1024
CHUNK = 1024 * 1024
PACKED = 64 * 1024
OVERLAP = 256

NEVER = (b"/JavaScript", b"/Launch", b"/EmbeddedFile", b"/RichMedia", b"/ImportData", b"/SubmitForm", b"/XFA")
SCRIPT = re.compile(rb"/JS(?=[\s(<\[/])")
OPENS = re.compile(rb"/OpenAction\s*(?P<what>\[|<<[^>]{0,300})?")
ENCRYPTED = re.compile(rb"/Encrypt(?=[\s<])")
ESCAPED = re.compile(rb"#([0-9A-Fa-f]{2})")
STREAM = re.compile(rb"(?<!end)stream\r?\n")
OBJECTS = re.compile(rb"/ObjStm\b")
END_OF_ZIP = b"PK\x05\x06"

REQUIRED = frozenset({"[Content_Types].xml", "word/document.xml"})
NEVER_IN_WORD = re.compile(
    r"vbaproject\.bin|vbadata\.xml|oleobject|activex|\.(exe|dll|js|vbs|ps1|bat|cmd|lnk)$"
)
FETCHED = re.compile(rb"<(?:\w+:)?Relationship\s[^>]*>", re.I)
FETCHED_KINDS = re.compile(rb"/(?:attachedTemplate|oleObject|frame|subDocument|externalLink)[\"']", re.I)


def kind_of(data: bytes) -> str | None:
    """The media type of the document that the first bytes show, if it may be one that we take."""
    if data.startswith(b"%PDF-"):
        return PDF
    return DOCX if data.startswith(b"PK\x03\x04") else None


def check(data: bytes) -> str:
    """The media type of a document that may be kept. Raises `Refused`."""
    kind = kind_of(data)
    if kind == PDF:
        _check_pdf(data)
    elif kind == DOCX:
        _check_word(data)
    else:
        raise Refused(Refusal.NOT_TAKEN)
    return str(kind)


def _check_pdf(data: bytes) -> None:
    """A whole PDF that does nothing by itself. A second file behind it, such as a zip, is refused."""
    if b"%%EOF" not in data[-2048:]:
        raise Refused(Refusal.UNREADABLE)
    if END_OF_ZIP in data[-70_000:] and zipfile.is_zipfile(io.BytesIO(data)):
        raise Refused(Refusal.ACTIVE_PDF)
    plain = _unescaped(data)
    if ENCRYPTED.search(plain):
        raise Refused(Refusal.LOCKED)
    if _acts(plain):
        raise Refused(Refusal.ACTIVE_PDF)
    # Chance makes "/JS" of compressed bytes now and then, so it counts only where it can be read.
    if SCRIPT.search(_unescaped(_without_streams(data))):
        raise Refused(Refusal.ACTIVE_PDF)
    for unpacked, objects in _streams(data):
        part = _unescaped(unpacked)
        if _acts(part) or (objects and SCRIPT.search(part)):
            raise Refused(Refusal.ACTIVE_PDF)


def _acts(plain: bytes) -> bool:
    """Whether a program that opens this would act. To open at a certain page is no such action."""
    if any(word in plain for word in NEVER):
        return True
    for opens in OPENS.finditer(plain):
        what = opens["what"] or b""
        if what != b"[" and not re.search(rb"/S\s*/GoTo\b", what):
            return True
    return False


def _unescaped(data: bytes) -> bytes:
    """With the letters of names as they are read: a PDF may write /JavaScript as /J#61vaScript."""
    return ESCAPED.sub(lambda found: bytes([int(found[1], 16)]), data) if b"#" in data else data


def _without_streams(data: bytes) -> bytes:
    """The data without what stands in streams that do unpack: so nothing is hidden by a word "stream"."""
    kept, last = [], 0
    for found in STREAM.finditer(data):
        if found.end() < last:
            continue
        end = data.find(b"endstream", found.end())
        if end >= 0 and _unpacks(data[found.end() : found.end() + 64]):
            kept.append(data[last : found.end()])
            last = end
    return b"".join([*kept, data[last:]])


def _unpacks(start: bytes) -> bool:
    try:
        zlib.decompressobj().decompress(start, 64)
    except zlib.error:
        return start.startswith(b"\xff\xd8\xff")  # a JPEG stands there as it is
    return True


def _streams(data: bytes) -> Iterator[tuple[bytes, bool]]:
    """Each compressed stream, unpacked a piece at a time, and whether it is known to hold objects."""
    left = MOST_STREAMS_UNPACKED
    for found in STREAM.finditer(data):
        before = data[max(0, found.start() - 1024) : found.start()]
        objects = bool(OBJECTS.search(_unescaped(before[before.rfind(b"obj") + 1 :])))
        size = 0
        for piece in _pieces(data, found.end()):
            size += len(piece)
            if size > left:
                raise Refused(Refusal.UNPACKS_TOO_LARGE)
            yield piece, objects
        left -= size
        if objects and not size:
            raise Refused(Refusal.UNREADABLE)  # packed in a way that we cannot look into


def _pieces(data: bytes, start: int) -> Iterator[bytes]:
    """What unpacks from `start`, in pieces that overlap, so that no word is cut in two. Nothing if nothing."""
    unpacking, position, tail = zlib.decompressobj(), start, b""
    while not unpacking.eof and (position < len(data) or unpacking.unconsumed_tail):
        packed = unpacking.unconsumed_tail or data[position : position + PACKED]
        if not unpacking.unconsumed_tail:
            position += PACKED
        try:
            piece = unpacking.decompress(packed, CHUNK)
        except zlib.error:
            return
        if piece:
            yield tail + piece
            tail = piece[-OVERLAP:]


def _check_word(data: bytes) -> None:
    """A .docx, by the directory of its zip first and then while unpacking, which is not believed either."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = archive.infolist()
            _check_directory(parts, data)
            _check_parts(archive, parts)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, OSError, ValueError) as error:
        raise Refused(Refusal.UNREADABLE) from error


def _check_directory(parts: list[zipfile.ZipInfo], data: bytes) -> None:
    names = {part.filename for part in parts}
    if len(parts) > MOST_PARTS:
        raise Refused(Refusal.UNPACKS_TOO_LARGE)
    if not names >= REQUIRED:
        raise Refused(Refusal.NOT_TAKEN)
    if len(names) != len(parts) or data[-22:-18] != END_OF_ZIP:
        raise Refused(Refusal.UNREADABLE)  # two parts of one name, or something behind the zip
    if any(part.flag_bits & 1 for part in parts):
        raise Refused(Refusal.LOCKED)
    if any(NEVER_IN_WORD.search(name.lower()) for name in names):
        raise Refused(Refusal.ACTIVE_WORD)
    packed = sum(part.compress_size for part in parts)
    unpacked = sum(part.file_size for part in parts)
    if packed > len(data) or unpacked > min(MOST_UNPACKED, max(CHUNK, MOST_RATIO * packed)):
        raise Refused(Refusal.UNPACKS_TOO_LARGE)
    # A page of blanks packs well and is small; what is large and packs better is a bomb.
    if any(part.file_size > CHUNK and part.file_size > MOST_RATIO * part.compress_size for part in parts):
        raise Refused(Refusal.UNPACKS_TOO_LARGE)


def _check_parts(archive: zipfile.ZipFile, parts: list[zipfile.ZipInfo]) -> None:
    left = MOST_UNPACKED
    for part in parts:
        text = b""
        with archive.open(part) as opened:
            while piece := opened.read(CHUNK):
                left -= len(piece)
                if left < 0:
                    raise Refused(Refusal.UNPACKS_TOO_LARGE)
                if part.filename.endswith((".rels", "[Content_Types].xml")):
                    text += piece
        if b"macroEnabled" in text or _fetches(text):
            raise Refused(Refusal.ACTIVE_WORD)


def _fetches(relationships: bytes) -> bool:
    """Whether opening the document would fetch a template or an object from somewhere else."""
    return any(
        FETCHED_KINDS.search(tag) and re.search(rb"TargetMode\s*=\s*[\"']External", tag, re.I)
        for tag in FETCHED.findall(relationships)
    )
