"""Once an hour, for the sweeper: tells whose saved drafts end soon, and forgets what nobody needs any more."""

import structlog

from selfservice import clock
from selfservice.installation import Installation
from selfservice.operations import housekeeping, saving, uploading

log = structlog.get_logger(__name__)


def tidy(installation: Installation) -> int:
    """Forget all that is old, a little at a time, so that nobody waits for it; how many drafts it was.

    Files go after their rows: should this process die in between, a file is left that nothing leads to.
    """
    warn(installation)
    with installation.database.write() as session:
        housekeeping.forget_counts(session, clock.now())
        housekeeping.forget_links(session, clock.now())
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
