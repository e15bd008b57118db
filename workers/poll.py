"""Asks back offices for the news of their cases, from where the last reading ended."""

from collections.abc import Iterator
from datetime import timedelta

import structlog

from integrations.contract import Rejected, SendsUpdates, Unavailable, Unconfirmed
from selfservice import clock
from selfservice.installation import Installation
from selfservice.operations import tracking
from workers.children import hard_limit

log = structlog.get_logger(__name__)

# News that became visible late is read again for a while: what was seen before is recorded once.
OVERLAP = timedelta(minutes=5)
FIRST_READING = timedelta(days=1)


def who_sends_updates(installation: Installation) -> Iterator[tuple[str, str]]:
    """Council slug and connector name of each back office whose news can be polled."""
    for council in installation.councils.values():
        for name in council.connectors:
            if isinstance(installation.connector(council.slug, name), SendsUpdates):
                yield council.slug, name


def poll(installation: Installation, council: str, name: str) -> int:
    """Read and record the news of one back office; how much was new. Its being away is logged, not raised."""
    now = clock.now()
    with installation.database.read() as session:
        read_to = tracking.read_to(session, council, name)
    since = min(read_to - OVERLAP if read_to else now - FIRST_READING, now)
    connector = installation.connector(council, name)
    try:
        with hard_limit(installation.timings.hard):
            updates = list(connector.updates(since, now))
    except (Rejected, Unavailable, Unconfirmed) as error:
        log.warning("news_not_read", council=council, connector=name, words=str(error))
        return 0
    with installation.database.write() as session:
        new = tracking.record_read(
            session, installation.councils[council], name, updates, now, clock.now(), links=installation.links
        )
    if new:
        log.info("news_read", council=council, connector=name, new=new)
    return new
