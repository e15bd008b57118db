"""Why a file is not taken, and what to do instead, in words for the person who chose it."""

from selfservice.domain.marking import gettext_noop
from selfservice.operations.documents import Refusal

PICTURES = gettext_noop("The selected file must be a JPG, PNG, WebP or HEIC photo")
EVERY_KIND = gettext_noop("The selected file must be a JPG, PNG, WebP, HEIC, PDF or Word (.docx) file")
EMPTY = gettext_noop("The selected file is empty")
TOO_LARGE = gettext_noop("The selected file must be smaller than %(megabytes)sMB")
UNREADABLE = gettext_noop("The selected file could not be read. Try another file, or a photo of it")
FULL = gettext_noop("You can only add %(most)s here. Remove one to add another")
FULL_DRAFT = gettext_noop(
    "You can only add %(most)s files, of %(megabytes)sMB together, to one form. Remove one to add another"
)
FULL_SUBMISSION = gettext_noop("You have added as many files to this as we can take. Call us about any more")
WHY = {
    Refusal.TOO_MANY_PIXELS: gettext_noop("The selected photo must be smaller than 24 megapixels"),
    Refusal.ACTIVE_PDF: gettext_noop(
        "The selected PDF has scripts, actions or other files in it, which we cannot take. Print it to a new PDF, "
        "or take a photo of it, and add that instead"
    ),
    Refusal.ACTIVE_WORD: gettext_noop(
        "The selected Word file has macros, programs or linked parts in it, which we cannot take. Save it as a "
        "PDF and add that instead"
    ),
    Refusal.LOCKED: gettext_noop(
        "The selected file is protected by a password. Save a copy without one, or take a photo of it, and add "
        "that instead"
    ),
    Refusal.UNPACKS_TOO_LARGE: gettext_noop(
        "The selected file is too large once it is unpacked. Save it with fewer or smaller pictures, or add a "
        "photo of it instead"
    ),
}


class BadFile(Exception):
    """A file that cannot be taken; says why, and what to do, in words for the person who chose it.

    `words` is English with `%(name)s` for each of `parts`, to be put into the person's language.
    """

    def __init__(self, words: str, **parts: object) -> None:
        super().__init__(words % parts if parts else words)
        self.words = words
        self.parts = parts


def bad_file(code: int, *, documents: bool) -> BadFile:
    """What the exit code of the child says; `documents` tells which kinds the page takes."""
    if code == Refusal.NOT_TAKEN:
        return BadFile(EVERY_KIND if documents else PICTURES)
    return BadFile(WHY[Refusal(code)] if code in set(WHY) else UNREADABLE)
