"""Files that customers add: what kinds there are, and whether one has been scanned and may be passed on."""

from dataclasses import dataclass
from enum import StrEnum

JPEG = "image/jpeg"
PDF = "application/pdf"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"

# How a kept file is called: the end of its key and of its name in a download, and what a person calls it.
ENDINGS = {JPEG: "jpg", PDF: "pdf", DOCX: "docx"}
CALLED = {JPEG: "JPG", PDF: "PDF", DOCX: "Word"}


class Scan(StrEnum):
    """Where a file stands with the virus scanner."""

    WAITING = "waiting"  # held back: nobody but the person who added it sees it
    CLEAN = "clean"
    INFECTED = "infected"  # its bytes are deleted; the row stays, to say so
    UNSCANNED = "unscanned"  # this installation had no scanner when the file was added


class Verdict(StrEnum):
    """What a scanner said of a file. Only `CLEAN` lets it go."""

    CLEAN = "clean"
    INFECTED = "infected"
    AWAY = "away"  # it did not answer, or said something that is neither
    TOO_BIG = "too_big"  # for its own limit, so that it was not looked at


RELEASED = frozenset({Scan.CLEAN, Scan.UNSCANNED})


@dataclass(frozen=True, slots=True)
class Scanned:
    """A verdict, and what the scanner calls what it found ("" when it found nothing)."""

    verdict: Verdict
    found: str = ""


def at_first(has_scanner: bool) -> Scan:
    """Where a file that was just added stands."""
    return Scan.WAITING if has_scanner else Scan.UNSCANNED


def after(scan: Scan, verdict: Verdict) -> Scan:
    """Where a file stands after a verdict. What is no verdict on the file leaves it waiting: it fails closed."""
    if scan is not Scan.WAITING:
        return scan
    return {Verdict.CLEAN: Scan.CLEAN, Verdict.INFECTED: Scan.INFECTED}.get(verdict, Scan.WAITING)


def key_of(file_id: str, media_type: str) -> str:
    """The key under which the bytes of a file are kept.

    By the end of the id: the beginning of a UUID of version 7 is the time, the same for years.
    """
    return f"{file_id[-2:]}/{file_id}.{ENDINGS[media_type]}"


def thumbnail_key_of(file_id: str) -> str:
    """The key under which the small picture of a photo is kept."""
    return f"{file_id[-2:]}/{file_id}-small.jpg"


def size_in_words(size: int) -> str:
    """A number of bytes as people read it: "320 KB", "1.4 MB"."""
    if size < 1000 * 1000:
        return f"{max(1, round(size / 1000))} KB"
    return f"{size / 1_000_000:.1f} MB"
