"""The customer's word after sending: a message, photos, "this is not fixed". Written once, with all it sets off.

The message, the deliveries that take it to the teams, what it does to the case and its line of the record are one
transaction. The words stand in the message alone, so that they can be forgotten. See
docs/decisions/0031-customers-word.md.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from selfservice.domain.case import CLOSED, CaseStatus, UpdateKind
from selfservice.domain.conversation import LONGEST_MESSAGE, dispute_until
from selfservice.domain.delivery import DeliveryKind, DeliveryState
from selfservice.domain.files import Scan
from selfservice.domain.people import SYSTEM, Actor, Verification
from selfservice.domain.permissions import Action, Thing, may
from selfservice.domain.progress import DISPUTED_FOR_YOU, DISPUTED_WORDS
from selfservice.domain.reference import read_reference
from selfservice.operations import tracking
from selfservice.store import (
    cases,
    customers,
    deliveries,
    files,
    interactions,
    messages,
    submissions,
    timeline,
)
from selfservice.store.cases import CaseRow
from selfservice.store.deliveries import SAME_CASE, DeliveryRow
from selfservice.store.messages import MessageRow
from selfservice.store.submissions import SubmissionRow

# Why a person has to pass something on, for operators.
TAKES_NONE = "This back office takes no messages: pass it on by hand."
CALLED_OFF = "Its case was called off: there is nobody to pass this to."

# Whether a council's connector takes updates: told the slug and the connector's name.
Takes = Callable[[str, str], bool]


class NotTheirs(LookupError):
    """This submission is not the actor's to read or write about: to them it is as if there were none."""


class CannotDispute(Exception):
    """Nothing can be said to be not fixed: `too_late`, for it was closed too long ago; else it is not closed."""

    def __init__(self, *, too_late: bool) -> None:
        super().__init__("too late" if too_late else "not closed")
        self.too_late = too_late


@dataclass(frozen=True, slots=True)
class Written:
    """What a customer wrote, with the files kept under the same one-time key (`enclosing`).

    `parts` are the ids of the parts that it is for; all of them unless it says otherwise, of a dispute all that can
    be disputed.
    """

    kind: UpdateKind
    words: str
    one_time_key: str
    parts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Sent:
    """A message that was accepted; ring for `delivery_ids` after the commit. `again`: it had been before."""

    message_id: str
    delivery_ids: tuple[str, ...]
    again: bool = False


def theirs(
    session: Session, actor: Actor, submission_id: str, action: Action, *, by_link: bool
) -> SubmissionRow:
    """The submission, if it is the actor's: its owner's, of whoever has its signed link, of an agent who helps them.

    By the link of what is somebody's own an agent gets no further than by their help: only for that customer, once
    they know who it is. Raises `NotTheirs`.
    """
    row = submissions.by_id(session, submission_id)
    owner = customers.owner_of(session, submission_id)
    holder = None if by_link and not (actor.acting and owner) else owner
    if row is None or (holder is None and not by_link):
        raise NotTheirs(submission_id)
    if not may(actor, action, Thing(row.council, holder)) or (holder and not _is_sure(session, actor)):
        raise NotTheirs(submission_id)
    return row


def council_of(session: Session, submission_id: str) -> str | None:
    """The slug of the council that a submission went to; None where there is no such one."""
    row = submissions.by_id(session, submission_id)
    return row.council if row else None


def own(session: Session, actor: Actor, reference: str) -> tuple[str, str] | None:
    """The id of the submission with this reference, however it is spelt, and the reference as we write it; None where
    it is not the customer's own."""
    row = submissions.by_spellings(session, read_reference(reference))
    try:
        mine = theirs(session, actor, row.id if row else "", Action.SEE_PROGRESS, by_link=False)
    except NotTheirs:
        return None
    return mine.id, mine.reference


def write(
    session: Session,
    actor: Actor,
    submission_id: str,
    written: Written,
    now: datetime,
    *,
    by_link: bool,
    takes: Takes,
) -> Sent:
    """Accept what the actor's customer wrote, once: the same key again changes nothing.

    A dispute opens what was closed again in our view. Where a back office takes no messages the delivery waits for a
    person. Raises `NotTheirs`, and `CannotDispute` where nothing is closed, or was too long ago.
    """
    action = Action.DISPUTE if written.kind is UpdateKind.DISPUTE else Action.WRITE_MESSAGE
    row = theirs(session, actor, submission_id, action, by_link=by_link)
    submissions.lock(session, row.id)
    earlier = messages.by_key(session, written.one_time_key)
    if earlier is not None:
        return _again(session, row, earlier)
    enclosed = _enclosed(session, row, written.one_time_key)
    _make_sure(written, enclosed)
    parts = _chosen(session, row.id, written.parts)
    if written.kind is UpdateKind.DISPUTE:
        parts = _reopen(session, row.id, parts, now)
    message = _message(actor, row, written, enclosed, now)
    session.add(message)
    session.flush()
    ids = _pass_on(session, message, parts, takes, now)
    _write_down(session, actor, message, parts, now)
    return Sent(message.id, tuple(ids))


def can_dispute(case: CaseRow | None, now: datetime) -> bool:
    """Whether the customer may still say of a case that it is not fixed."""
    return (
        case is not None
        and case.status in CLOSED
        and case.closed_at is not None
        and now <= dispute_until(case.closed_at)
    )


def _is_sure(session: Session, actor: Actor) -> bool:
    """Whether an agent knows who the customer is; of whoever acts for themselves there is no doubt."""
    going = interactions.acting_by_id(session, actor.via) if actor.via else None
    return not actor.acting or (going is not None and going.verification >= Verification.BASIC)


def _again(session: Session, row: SubmissionRow, earlier: MessageRow) -> Sent:
    if earlier.submission_id != row.id:
        raise NotTheirs(row.id)
    ids = [told.id for told in deliveries.updates(session, row.id) if told.message_id == earlier.id]
    return Sent(earlier.id, tuple(ids), again=True)


def _enclosed(session: Session, row: SubmissionRow, one_time_key: str) -> list[str]:
    """The ids of the files that go along: those of the key in which no virus was found."""
    draft = messages.draft_of(session, row)
    kept = files.of_messages(session, draft.id) if draft else []
    return [file.id for file in kept if file.message_key == one_time_key and file.scan != Scan.INFECTED]


def _make_sure(written: Written, enclosed: Sequence[str]) -> None:
    needed = enclosed if written.kind is UpdateKind.FILES else written.words
    if not needed or len(written.words) > LONGEST_MESSAGE:
        raise ValueError(f"a {written.kind} needs something in it, and at most {LONGEST_MESSAGE} characters")


def _chosen(session: Session, submission_id: str, wanted: Sequence[str]) -> list[DeliveryRow]:
    parts = deliveries.parts(session, submission_id)
    chosen = [part for part in parts if part.id in wanted] if wanted else parts
    if not chosen:
        raise NotTheirs(submission_id)
    return chosen


def _reopen(
    session: Session, submission_id: str, parts: Sequence[DeliveryRow], now: datetime
) -> list[DeliveryRow]:
    """Open again those of the parts that can be disputed, and say which. The back office's own moment stays as it
    was: of what it tells us next, anything newer than its closing counts."""
    opened = {case.delivery_id: case for case in cases.to_reopen(session, submission_id)}
    disputed = [part for part in parts if can_dispute(opened.get(part.id), now)]
    if not disputed:
        closed = [part for part in parts if part.id in opened and opened[part.id].status in CLOSED]
        raise CannotDispute(too_late=bool(closed))
    for part in disputed:
        opened[part.id].status, opened[part.id].closed_at = CaseStatus.REOPENED, None
    return disputed


def _message(
    actor: Actor, row: SubmissionRow, written: Written, enclosed: Sequence[str], now: datetime
) -> MessageRow:
    return MessageRow(
        council=row.council,
        submission_id=row.id,
        kind=written.kind,
        written_by="customer",
        words=written.words,
        file_ids=list(enclosed),
        actor_kind=actor.kind,
        actor_id=actor.id,
        on_behalf_of=actor.on_behalf_of,
        acting_session_id=actor.via,
        one_time_key=written.one_time_key,
        at=now,
    )


def _pass_on(
    session: Session, message: MessageRow, parts: Sequence[DeliveryRow], takes: Takes, now: datetime
) -> list[str]:
    """A delivery for each part, after all that was written to it before; the ids of those that can be sent."""
    before = deliveries.updates(session, message.submission_id)
    rows = []
    for part in parts:
        case = [getattr(part, name) for name in SAME_CASE]
        earlier = [each.position for each in before if [getattr(each, name) for name in SAME_CASE] == case]
        why = _why_by_hand(part, takes)
        rows.append(_delivery(message, part, max(earlier, default=0) + 1, why, now))
    session.add_all(rows)
    session.flush()
    for row in rows:
        if row.state == DeliveryState.HELD:
            detail = {"delivery": row.id, "attempt": 0}
            timeline.write_line(
                session, SYSTEM, row.council, row.submission_id, "delivery_held", "", now, detail
            )
    return [row.id for row in rows if row.state == DeliveryState.PENDING]


def _why_by_hand(part: DeliveryRow, takes: Takes) -> str:
    """Why a person has to pass it on to this part; "" where nobody has to."""
    if part.state == DeliveryState.CANCELLED:
        return CALLED_OFF
    return "" if takes(part.council, part.connector) else TAKES_NONE


def _delivery(
    message: MessageRow, part: DeliveryRow, position: int, why_by_hand: str, now: datetime
) -> DeliveryRow:
    return DeliveryRow(
        council=part.council,
        submission_id=part.submission_id,
        message_id=message.id,
        kind=DeliveryKind.UPDATE,
        connector=part.connector,
        service_code=part.service_code,
        title=part.title,
        position=position,
        state=DeliveryState.HELD if why_by_hand else DeliveryState.PENDING,
        last_words=why_by_hand,
        due_at=now,
        created_at=now,
        trying_since=now,
    )


def _write_down(
    session: Session, actor: Actor, message: MessageRow, parts: Sequence[DeliveryRow], now: datetime
) -> None:
    """The line of the record: who wrote for whom, and not a word of what. Of a dispute one for each part."""
    owner = customers.owner_of(session, message.submission_id)
    detail = {"message": message.id, "kind": message.kind, "files": len(message.file_ids)}
    if message.kind != UpdateKind.DISPUTE:
        timeline.write_line(
            session, actor, message.council, message.submission_id, "customer_wrote", "", now, detail,
            customer_id=owner,
        )  # fmt: skip
        return
    words = DISPUTED_FOR_YOU if actor.acting else DISPUTED_WORDS
    for part in parts:
        timeline.write_line(
            session, actor, part.council, message.submission_id, tracking.DISPUTED, words, now,
            {**detail, "delivery": part.id}, customer_id=owner,
        )  # fmt: skip
