"""Once an hour, for the sweeper: forgets drafts that were never sent, their photos' files, and old counts."""

import structlog

from selfservice import clock
from selfservice.installation import Installation
from selfservice.operations import housekeeping, uploading

log = structlog.get_logger(__name__)


def tidy(installation: Installation) -> int:
    """Forget all that is old, a little at a time, so that nobody waits for it; how many drafts it was.

    Files go after their rows: should this process die in between, a file is left that nothing leads to.
    """
    with installation.database.write() as session:
        housekeeping.forget_counts(session, clock.now())
    forgotten = 0
    while True:
        with installation.database.write() as session:
            drafts, photos = housekeeping.forget_unsent(session, clock.now())
        for photo in photos:
            uploading.discard(installation.settings.home, photo)
        if not drafts:
            break
        forgotten += drafts
    if forgotten:
        log.info("drafts_forgotten", drafts=forgotten)
    return forgotten
