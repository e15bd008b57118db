"""Forgetting what nobody needs any more: drafts that were never sent, with their photos and links, and counts.

What was submitted, and what we still owe somebody, is never touched here.
"""

from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from selfservice.domain.saved import KEPT_DAYS
from selfservice.operations import limiting
from selfservice.store import drafts, saved

AT_ONCE = 200


def forget_unsent(session: Session, now: datetime) -> tuple[int, list[str]]:
    """Delete up to `AT_ONCE` drafts that were never sent and that nobody has touched for 30 days.

    How many they were, and the keys of their files: `uploading.discard` deletes those once this has been
    committed. Drafts that somebody is working on at this moment are passed over.
    """
    ids = drafts.unsent_since(session, now - timedelta(days=KEPT_DAYS), AT_ONCE)
    saved.forget(session, ids)
    return len(ids), drafts.forget(session, ids)


def forget_links(session: Session, now: datetime) -> int:
    """Delete the links, with their messages, of up to `AT_ONCE` drafts that were sent 30 days ago; how many."""
    ids = saved.of_drafts_sent_before(session, now - timedelta(days=KEPT_DAYS), AT_ONCE)
    saved.forget(session, ids)
    return len(ids)


def forget_counts(session: Session, now: datetime) -> None:
    """Drop the counts of rate limits that no limit looks at any more."""
    limiting.forget_old(session, now)
