"""Leaving: a customer's account and record are emptied when they ask; what they sent stays with its council.

Drafts that were not sent go with their files, and so do answers that were kept of those that were. What they claimed
goes back to whose record it was in before. The record of who
did what stays whole: it holds ids and codes, and no name. See docs/decisions/0025-my-account.md.
"""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy.orm import Session

from selfservice.domain.people import PARTNERSHIP, Actor
from selfservice.domain.permissions import Action, NotAllowed, Thing, may
from selfservice.operations import claiming, sealing
from selfservice.operations.profiles import NoProfile
from selfservice.store import accounts, customers, drafts, handovers, leaving, saved, timeline
from selfservice.store.drafts import DraftRow


def leave(session: Session, actor: Actor, now: datetime) -> list[str]:
    """Forget the customer who asks, but for what they sent. Nothing undoes it.

    Gives the keys of files whose rows are gone: `uploading.discard` deletes those once this has been committed.
    Raises `NotAllowed` for whoever acts for another, and `NoProfile`.
    """
    if not may(actor, Action.DELETE_ACCOUNT, Thing(PARTNERSHIP, actor.customer)):
        raise NotAllowed(Action.DELETE_ACCOUNT)
    row = customers.by_id(session, actor.customer, lock=True)
    if row is None:
        raise NoProfile(actor.customer)
    account = accounts.of_customer(session, row.id)
    known_by = [row.email, row.phone, row.other_phone, *((account.email, account.phone) if account else ())]
    files = _forget_drafts(session, leaving.drafts_of(session, row.id))
    leaving.forget_messages(session, row.id, {each for each in known_by if each})
    sealing.shred(session, leaving.forget_account(session, row.id))
    claiming.give_back_all(session, row.id, now)
    leaving.forget_what_hangs_on(session, row.id)
    leaving.forget_words_about(session, row.id)
    leaving.empty(row)
    row.forgotten_at = row.changed_at = now
    session.flush()
    timeline.write_line(session, actor, PARTNERSHIP, None, "left", "", now, customer_id=row.id)
    return files


def _forget_drafts(session: Session, held: Sequence[DraftRow]) -> list[str]:
    """Delete drafts that were not sent; of the others, the answers, which the submission has."""
    ids = [draft.id for draft in held]
    saved.forget(session, ids)
    handovers.forget(session, ids)
    for draft in held:
        if draft.submission_id is not None:
            draft.answers, draft.prefilled, draft.mistyped = {}, {}, None
    session.flush()
    return drafts.forget(session, [draft.id for draft in held if draft.submission_id is None])
