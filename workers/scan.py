"""The job that has a file scanned: it carries one id, and holds no transaction open while the scanner looks."""

from collections.abc import Sequence

import structlog

from integrations.files.contract import Away, Missing
from selfservice import clock
from selfservice.domain.files import Scan, Scanned, Verdict
from selfservice.installation import Installation
from selfservice.operations import scanning, uploading
from selfservice.operations.uploading import Kept

log = structlog.get_logger(__name__)

_installation: list[Installation] = []


def use(installation: Installation) -> None:
    """Let the jobs of this process, and of those forked from it, work for `installation`."""
    _installation[:] = [installation]


def scan(file_id: str) -> None:
    """The job that the doorbell asks for."""
    installation = _installation[0]
    installation.database.close(forked=True)
    try:
        one(installation, file_id)
    finally:
        installation.database.close()


def batch(installation: Installation, file_ids: Sequence[str]) -> int:
    """See to these files, one after the other; how many. Ends at the first that the scanner does not answer."""
    for number, file_id in enumerate(file_ids):
        if not one(installation, file_id):
            return number
    return len(file_ids)


def one(installation: Installation, file_id: str) -> bool:
    """See to one file; False when nothing answers that could. Two at once do no harm."""
    with installation.database.read() as session:
        file = scanning.waiting(session, file_id)
    if file is None:
        return True
    if file.scan is Scan.WAITING:
        said = _scanned(installation, file)
        with installation.database.write() as session:
            scan = scanning.record(session, file.id, said, clock.now())
        _tell(file, said)
        if scan is not Scan.INFECTED:
            return scan is not Scan.WAITING
    return _delete(installation, file)


def _scanned(installation: Installation, file: Kept) -> Scanned:
    if installation.scanner is None:
        return Scanned(Verdict.AWAY)
    try:
        return installation.scanner.scan(installation.files.get(file.key))
    except Missing:
        log.error("file_missing", file=file.id)
        return Scanned(Verdict.AWAY)
    except Away as error:
        log.error("files_away", words=str(error))
        return Scanned(Verdict.AWAY)


def _delete(installation: Installation, file: Kept) -> bool:
    """Delete the bytes of what was infected; the row stays, to say so."""
    if not uploading.discard(installation.files, file.keys):
        return False
    with installation.database.write() as session:
        scanning.deleted(session, file.id)
    return True


def _tell(file: Kept, said: Scanned) -> None:
    """Write the verdict down; a scanner that is away is worth an alarm, since files are held back meanwhile."""
    if said.verdict in (Verdict.AWAY, Verdict.TOO_BIG):
        log.warning("file_not_scanned", file=file.id, verdict=str(said.verdict))
    else:
        log.info("file_scanned", file=file.id, verdict=str(said.verdict), found=said.found)
