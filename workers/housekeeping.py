"""Once an hour, for the sweeper: keeps how far the record goes, tells whose saved drafts end soon, and forgets what
nobody needs any more."""

import os
from pathlib import Path

import structlog

from selfservice import clock
from selfservice.installation import Installation
from selfservice.operations import (
    assisting,
    contacts,
    enclosing,
    housekeeping,
    recording,
    saving,
    telling,
    uploading,
)
from workers.children import told

log = structlog.get_logger(__name__)

HEADS_FILE = "record-heads.jsonl"


def tidy(installation: Installation) -> int:
    """Forget all that is old, a little at a time, so that nobody waits for it; how many drafts it was.

    Files go after their rows: should this process die in between, a file is left that nothing leads to.
    """
    keep_heads(installation)
    warn(installation)
    rest_desks(installation)
    with installation.database.write() as session:
        housekeeping.forget_counts(session, clock.now())
        housekeeping.forget_sign_ins(session, clock.now())
        housekeeping.forget_links(session, clock.now())
        keys = enclosing.forget_unsent(session, clock.now())
    uploading.discard(installation.files, keys)
    forgotten = 0
    while True:
        with installation.database.write() as session:
            drafts, keys = housekeeping.forget_unsent(session, clock.now())
        if not drafts or not uploading.discard(installation.files, keys):
            break
        forgotten += drafts
    if forgotten:
        log.info("drafts_forgotten", drafts=forgotten)
    return forgotten


def keep_heads(installation: Installation) -> int:
    """Add how far each council's record goes, signed, to a file and to the log; of how many councils.

    Both are of use only once they have left this machine (docs/operating.md). A file that cannot be written to
    keeps nobody from the rest.
    """
    with installation.database.read() as session:
        heads = recording.heads(session, clock.now())
    key = installation.settings.secret_key
    for head in heads:
        log.info("record_head", **head.as_json(key))
    try:
        _append(installation.settings.home / HEADS_FILE, "".join(head.as_line(key) for head in heads))
    except OSError as error:
        log.error("record_heads_not_kept", **told(error))
    return len(heads)


def _append(file: Path, text: str) -> None:
    """Add to a file that only we may read, in one piece, since another sweeper may do the same just now."""
    opened = os.open(file, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
    try:
        os.write(opened, text.encode())
    finally:
        os.close(opened)


def rest_desks(installation: Installation) -> int:
    """Pause the contacts that agents have left lying, end help whose time is over, and write to the customers who were
    helped and have not been told; how many letters. The sweeper rings for them."""
    for rest in (assisting.end_one_overdue, contacts.pause_one_idle):
        while True:
            with installation.database.write() as session:
                if not rest(session, clock.now()):
                    break
    written = 0
    while True:
        with installation.database.write() as session:
            told = telling.helped(
                session, installation.councils, clock.now(), texts_offered=installation.texts_offered
            )
        if not told:
            return written
        written += len(told)


def warn(installation: Installation) -> int:
    """Tell everybody who saved a draft by link and is about to lose it; how many. The sweeper rings for it."""
    warned = 0
    while True:
        with installation.database.write() as session:
            told = saving.tell_ending(session, installation.councils, _title_of(installation), clock.now())
        if not told:
            return warned
        warned += len(told)


def _title_of(installation: Installation) -> saving.TitleOf:
    def title(council: str, service: str) -> str:
        declared = installation.services.get(council, {}).get(service)
        return str(declared.title) if declared else "the form that you began"

    return title
