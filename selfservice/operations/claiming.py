"""Claiming a submission that was sent without an account, or by an agent: by a code sent to the address on it.

Nothing tells whoever asks whether there is such a submission: the same is done, and said, in either case. The
address on it is told of the claim, and can undo it for 14 days. See docs/decisions/0025-my-account.md.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from selfservice.domain.challenge import Purpose
from selfservice.domain.claim import undone_until
from selfservice.domain.council import Council
from selfservice.domain.messages import Medium
from selfservice.domain.people import PARTNERSHIP, SYSTEM, Actor
from selfservice.domain.permissions import Action, NotAllowed, Thing, may
from selfservice.domain.reference import read_reference
from selfservice.links import Links
from selfservice.operations import challenging, claiming_letters, limiting, notifying
from selfservice.operations.challenging import Asker, Wanted
from selfservice.store import accounts, customers, leaving, submissions, timeline
from selfservice.store.base import new_id
from selfservice.store.customers import OwnedSubmissionRow
from selfservice.store.submissions import SubmissionRow

CLAIMED, SENT = "claimed", "sent"


@dataclass(frozen=True, slots=True)
class Asked:
    """A claim that was asked for, by the id to answer it with. Ring for `delivery_ids` after the commit."""

    id: str
    delivery_ids: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Undoable:
    """A claim that can be undone: of what, and until when."""

    reference: str
    service_title: str
    council: str
    until: datetime


def may_ask(session: Session, actor: Actor, reference: str, now: datetime) -> bool:
    """Count a claim that is asked for, and say whether it is allowed, whatever there is by this reference.

    In a unit of work of its own: the count must stand whatever comes of it.
    """
    spelt = next(iter(read_reference(reference)), reference.upper())
    of_customer = limiting.allowed(session, limiting.CLAIMS, actor.customer, now)
    return limiting.allowed(session, limiting.CLAIMS_OF_REFERENCE, spelt, now) and of_customer


def ask(
    session: Session, actor: Actor, reference: str, councils: Mapping[str, Council], asker: Asker, links: Links,
    now: datetime, *, texts_offered: bool,
) -> Asked:  # fmt: skip
    """Send a code to the address on a submission that can be claimed; else do the same work, and undo it.

    Raises `NotAllowed`.
    """
    _must_be_themselves(actor)
    row = submissions.by_spellings(session, read_reference(reference) or ("",))
    free = _can_be_claimed(session, actor, row.id if row else "")
    way = _way(row, texts_offered) if row and free else None
    council = councils.get(row.council if row else "", next(iter(councils.values())))
    with session.begin_nested() as tried:
        asked = _send(session, actor, row if way else None, way, council, asker, links, now)
        if way is None:
            tried.rollback()
            asked = Asked(new_id())
    return asked


def may_try(session: Session, actor: Actor, now: datetime) -> bool:
    """Count a code that is tried, and say whether it is allowed; in a unit of work of its own, as `may_ask` is."""
    return limiting.allowed(session, limiting.CLAIM_TRIES, actor.customer, now)


def take(
    session: Session, actor: Actor, claim_id: str, browser: str, typed: str, councils: Mapping[str, Council],
    links: Links, now: datetime, *, texts_offered: bool,
) -> tuple[str, tuple[str, ...]] | None:  # fmt: skip
    """Take a submission over if the code is right: its reference, and deliveries to ring for after the commit.

    None for whatever else, and nobody is told what it was. Raises `NotAllowed`. Commit in any case.
    """
    _must_be_themselves(actor)
    opened = challenging.answer_code(session, claim_id, browser, typed, links, now).opened
    if opened is None or opened.purpose is not Purpose.CLAIM or opened.detail.get("for") != actor.customer:
        return None
    row = submissions.by_id(session, opened.submission_id or "")
    if row is None or not _can_be_claimed(session, actor, row.id):
        return None
    _own(session, actor, row, now)
    council = councils[row.council]
    letters = claiming_letters.claimed(row, council, undone_until(now), now, texts_offered=texts_offered)
    return row.reference, tuple(notifying.post(session, letters, now))


def look(session: Session, submission_id: str, claimed_at: str, now: datetime) -> Undoable | None:
    """The claim that can be undone, as whoever has the link to do so is told of it; None when it no longer can."""
    owned = _undoable(session, submission_id, claimed_at, now)
    row = submissions.by_id(session, submission_id) if owned else None
    if owned is None or row is None:
        return None
    return Undoable(row.reference, row.service_title, row.council, undone_until(owned.since))


def undo(session: Session, submission_id: str, claimed_at: str, now: datetime) -> bool:
    """Take a submission out of the account that claimed it, and give it back to whose record it was in before.

    False when that can no longer be done.
    """
    owned = _undoable(session, submission_id, claimed_at, now, lock=True)
    row = submissions.by_id(session, submission_id) if owned else None
    if owned is None or row is None:
        return False
    _give_back(session, owned, row, now)
    return True


def give_back_all(session: Session, customer_id: str, now: datetime) -> None:
    """Give back whatever a customer has claimed, as undoing each claim would; for whoever leaves."""
    for row, owned in leaving.submissions_of(session, customer_id):
        if owned.how == CLAIMED:
            _give_back(session, owned, row, now)


def _give_back(session: Session, owned: OwnedSubmissionRow, row: SubmissionRow, now: datetime) -> None:
    claimer, before = owned.customer_id, row.customer_id
    if before is not None and before != claimer and customers.by_id(session, before) is not None:
        owned.customer_id, owned.how, owned.since = before, SENT, row.submitted_at
    else:
        session.delete(owned)
    session.flush()
    timeline.write_line(session, SYSTEM, row.council, row.id, "claim_undone", "", now, customer_id=claimer)


def _must_be_themselves(actor: Actor) -> None:
    if not may(actor, Action.CLAIM, Thing(PARTNERSHIP, actor.customer)):
        raise NotAllowed(Action.CLAIM)


def _way(row: SubmissionRow, texts_offered: bool) -> tuple[Medium, str] | None:
    """By what and where to a code goes: to the address on the submission, and nowhere else."""
    return next(claiming_letters.addresses(row, texts_offered=texts_offered), None)


def _can_be_claimed(session: Session, actor: Actor, submission_id: str) -> bool:
    """Whether it is nobody's, or of somebody's record without an account: an agent began that for them.

    It asks the same of the database in any case, so that the time it takes tells nothing.
    """
    owned = customers.owned(session, submission_id)
    account = accounts.of_customer(session, owned.customer_id if owned else "")
    return owned is None or (owned.customer_id != actor.customer and account is None)


def _send(
    session: Session, actor: Actor, row: SubmissionRow | None, way: tuple[Medium, str] | None, council: Council,
    asker: Asker, links: Links, now: datetime,
) -> Asked:  # fmt: skip
    medium, address = way or (Medium.EMAIL, new_id())
    detail = {"for": actor.customer}
    wanted = Wanted(
        Purpose.CLAIM, medium, address,
        submission_id=row.id if row else None, detail=detail, counted_by=challenging.FOR_CLAIMS,
    )  # fmt: skip
    wording = claiming_letters.code(row.service_title if row else "", row.reference if row else "", now)
    made = challenging.make(session, wanted, wording, council, asker, links, now)
    return Asked(made.id, made.delivery_ids) if made else Asked(new_id())


def _own(session: Session, actor: Actor, row: SubmissionRow, now: datetime) -> None:
    owned = customers.owned(session, row.id, lock=True)
    if owned is None:
        owned = OwnedSubmissionRow(submission_id=row.id, council=row.council)
        session.add(owned)
    owned.customer_id, owned.how, owned.since = actor.customer, CLAIMED, now
    session.flush()
    customers.known_to(session, actor.customer, row.council, now)
    timeline.write_line(session, actor, row.council, row.id, "claimed", "", now, customer_id=actor.customer)


def _undoable(
    session: Session, submission_id: str, claimed_at: str, now: datetime, *, lock: bool = False
) -> OwnedSubmissionRow | None:
    owned = customers.owned(session, submission_id, lock=lock)
    if owned is None or owned.how != CLAIMED or owned.since.isoformat() != claimed_at:
        return None
    return owned if now < undone_until(owned.since) else None
