"""Forgetting what nobody needs any more: drafts that were never sent, with their photos and links, challenges,
sign-ins, and counts.

What was submitted, and what we still owe somebody, is never touched here.
"""

from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from selfservice.domain.saved import KEPT_DAYS
from selfservice.operations import limiting
from selfservice.store import challenges, drafts, handovers, saved, sign_ins

AT_ONCE = 200
# A link or a code is of no use after minutes. Until then its message may still be on its way.
CHALLENGES_KEPT = timedelta(days=1)
SIGN_INS_KEPT = timedelta(days=30)  # since they were last used, for whoever looks into a misuse


def forget_unsent(session: Session, now: datetime) -> tuple[int, list[str]]:
    """Delete up to `AT_ONCE` drafts that were never sent and that nobody has touched for 30 days.

    How many they were, and the keys of their files: `uploading.discard` deletes those once this has been
    committed. Drafts that somebody is working on at this moment are passed over.
    """
    ids = drafts.unsent_since(session, now - timedelta(days=KEPT_DAYS), AT_ONCE)
    saved.forget(session, ids)
    handovers.forget(session, ids)
    return len(ids), drafts.forget(session, ids)


def forget_links(session: Session, now: datetime) -> int:
    """Delete the links and hand-overs, with their messages, of drafts that were sent 30 days ago; how many drafts.

    Up to `AT_ONCE` of each.
    """
    moment = now - timedelta(days=KEPT_DAYS)
    ids = saved.of_drafts_sent_before(session, moment, AT_ONCE)
    saved.forget(session, ids)
    passed_on = handovers.of_drafts_sent_before(session, moment, AT_ONCE)
    handovers.forget(session, passed_on)
    return len({*ids, *passed_on})


def forget_counts(session: Session, now: datetime) -> None:
    """Drop the counts of rate limits that no limit looks at any more."""
    limiting.forget_old(session, now)


def forget_sign_ins(session: Session, now: datetime) -> None:
    """Delete old links and codes for signing in, with their messages and what waited in them, and old sign-ins."""
    challenges.forget_before(session, now - CHALLENGES_KEPT)
    sign_ins.forget_before(session, now - SIGN_INS_KEPT)
