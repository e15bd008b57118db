"""How deliveries stand, counted in the database, and the rules that must always hold."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from selfservice.domain.delivery import Timings
from selfservice.store import counts as store
from selfservice.store.migrate import at_newest

WAITING_NEWS = timedelta(hours=24)


@dataclass(frozen=True, slots=True)
class Counts:
    """`accepted` submissions by council; `deliveries` by council, connector and state.

    `oldest_seconds` is how long the oldest delivery not yet delivered has been owed, 0 when none is, and
    `news_waiting` how many pieces of news have waited more than a day for a case that we know.
    """

    accepted: Mapping[str, int]
    deliveries: Mapping[tuple[str, str, str], int]
    oldest_seconds: float
    news_waiting: int


def counts(session: Session, now: datetime) -> Counts:
    """How deliveries stand at this moment."""
    oldest = store.oldest_owed(session)
    return Counts(
        accepted=store.accepted(session),
        deliveries=store.deliveries(session),
        oldest_seconds=max((now - oldest).total_seconds(), 0.0) if oldest else 0.0,
        news_waiting=store.news_waiting(session, now - WAITING_NEWS),
    )


def problem(session: Session) -> str | None:
    """What keeps this version from using the database, in words; None when nothing does."""
    return (
        None
        if at_newest(session)
        else "does not have the tables of this version: run `selfservice db upgrade`"
    )


def prometheus(session: Session, now: datetime) -> str:
    """The figures in Prometheus' text form. Labels are slugs and states, never personal data."""
    known = counts(session, now)
    lines = [
        *_heading("selfservice_submissions_accepted", "counter", "Submissions accepted."),
        *(
            f'selfservice_submissions_accepted{{council="{council}"}} {number}'
            for council, number in sorted(known.accepted.items())
        ),
        *_heading("selfservice_deliveries", "gauge", "Deliveries by council, connector and state."),
        *(
            f'selfservice_deliveries{{council="{council}",connector="{connector}",state="{state}"}} {number}'
            for (council, connector, state), number in sorted(known.deliveries.items())
        ),
        *_heading(
            "selfservice_oldest_waiting_seconds", "gauge", "How long the oldest delivery has been owed."
        ),
        f"selfservice_oldest_waiting_seconds {known.oldest_seconds:.3f}",
        *_heading("selfservice_news_waiting", "gauge", "News that has waited a day for a case that we know."),
        f"selfservice_news_waiting {known.news_waiting}",
    ]
    return "\n".join(lines) + "\n"


def _heading(name: str, kind: str, words: str) -> tuple[str, str]:
    return f"# HELP {name} {words}", f"# TYPE {name} {kind}"


def broken(session: Session, now: datetime, timings: Timings) -> list[str]:
    """Every rule that does not hold, in words for an operator; empty when all is well."""
    unseen_since = now - timedelta(seconds=2 * timings.lease + timings.overdue)
    found = {
        "submissions without each of their deliveries": store.without_delivery(session),
        "delivered without exactly one accepted try": store.without_accepted_try(session),
        "deliveries whose tries do not add up": store.tries_missing(session),
        "deliveries due and not seen for two leases": store.unseen(session, now, unseen_since),
        "pieces of news whose case is not known after a day": store.news_waiting(session, now - WAITING_NEWS),
    }
    return [f"{number} {words}" for words, number in found.items() if number]
