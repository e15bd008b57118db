"""One conversation about a submission: what the customer wrote and what the teams said, in the order of time."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from selfservice.domain.case import CLOSED, UpdateKind
from selfservice.domain.conversation import Passing, Speaker, dispute_until
from selfservice.domain.delivery import FINISHED, DeliveryState
from selfservice.domain.people import Actor
from selfservice.domain.permissions import Action
from selfservice.domain.progress import ours_and_theirs
from selfservice.operations import uploading
from selfservice.operations.corresponding import can_dispute, theirs
from selfservice.operations.uploading import Kept
from selfservice.store import cases, customers, deliveries, files, messages, overview, timeline
from selfservice.store.deliveries import LEFT_TO_A_PERSON, DeliveryRow
from selfservice.store.interactions import ActingSessionRow
from selfservice.store.messages import MessageRow
from selfservice.store.submissions import SubmissionRow

NEWS = "case_"


@dataclass(frozen=True, slots=True)
class Part:
    """One of several parts that can be written to: the id of its delivery, its title, the slug of its council."""

    id: str
    title: str
    council: str


@dataclass(frozen=True, slots=True)
class Said:
    """One thing that was said. `name` is the member of staff's who wrote it for the customer.

    `kind` and `passing` are of what the customer wrote, and None of what a team said. Where the submission has
    several parts, `parts` are those that it is about, or was written to.
    """

    at: datetime
    speaker: Speaker
    words: str
    name: str = ""
    kind: UpdateKind | None = None
    files: tuple[Kept, ...] = ()
    passing: Passing | None = None
    parts: tuple[Part, ...] = ()


@dataclass(frozen=True, slots=True)
class Conversation:
    """All that was said about a submission, oldest first, and what can be said now.

    `parts` are those of a submission in several. `disputable` are the ids of the parts of which it can be said until
    `until` that they are not fixed; where that moment has passed for all that is closed, `too_late` is when.
    """

    submission_id: str
    council: str
    said: tuple[Said, ...]
    parts: tuple[Part, ...]
    disputable: frozenset[str]
    until: datetime | None
    too_late: datetime | None


def conversation(
    session: Session, actor: Actor, submission_id: str, now: datetime, *, by_link: bool
) -> Conversation:
    """The conversation about the actor's submission. Raises `NotTheirs`."""
    row = theirs(session, actor, submission_id, Action.SEE_PROGRESS, by_link=by_link)
    told = deliveries.parts(session, row.id)
    several = {part.id: Part(part.id, part.title or row.service_title, part.council) for part in told}
    parts = several if len(told) > 1 else {}
    opened = {case.delivery_id: case for case in cases.of_submission(session, row.id)}
    disputable = [case for case in opened.values() if can_dispute(case, now)]
    closed = [case.closed_at for case in opened.values() if case.status in CLOSED and case.closed_at]
    ends = [dispute_until(at) for at in closed]
    said = [*_written(session, row, told, parts), *_answered(session, row, parts)]
    return Conversation(
        submission_id=row.id,
        council=row.council,
        said=tuple(each for _when, each in sorted(said, key=lambda pair: pair[0])),
        parts=tuple(parts.values()),
        disputable=frozenset(case.delivery_id for case in disputable),
        until=max(ends) if disputable else None,
        too_late=max(ends) if ends and not disputable else None,
    )


def _when(at: datetime, recorded: str) -> tuple[datetime, str]:
    """What a conversation is in order of: back offices tell when in whole seconds, and within one it is the order in
    which we heard of it, by the id of what recorded it."""
    return at.replace(microsecond=0), recorded


def _written(
    session: Session, row: SubmissionRow, told: Sequence[DeliveryRow], parts: Mapping[str, Part]
) -> list[tuple[tuple[datetime, str], Said]]:
    written = messages.of_submission(session, row.id)
    if not written:
        return []
    draft = messages.draft_of(session, row)
    kept = {file.id: uploading.kept(file) for file in files.of_messages(session, draft.id)} if draft else {}
    acting = overview.acting_sessions(
        session, {each.acting_session_id for each in written if each.acting_session_id}
    )
    on_the_way: dict[str, list[DeliveryRow]] = {}
    for update in deliveries.updates(session, row.id):
        on_the_way.setdefault(update.message_id or "", []).append(update)
    owner = customers.owner_of(session, row.id)
    return [
        (
            _when(each.at, each.id),
            _said(each, on_the_way.get(each.id, []), told, parts, kept, acting, owner),
        )
        for each in written
    ]


def _said(
    message: MessageRow,
    updates: Sequence[DeliveryRow],
    told: Sequence[DeliveryRow],
    parts: Mapping[str, Part],
    kept: Mapping[str, Kept],
    acting: Mapping[str, ActingSessionRow],
    owner: str | None,
) -> Said:
    if message.written_by != "customer":
        return Said(message.at, Speaker.TEAM, message.words)
    helper = acting.get(message.acting_session_id or "")
    to = {(each.council, each.connector, each.service_code) for each in updates}
    return Said(
        at=message.at,
        speaker=_speaker(message, helper, owner),
        words=message.words,
        name=helper.staff_name if helper else "",
        kind=UpdateKind(message.kind),
        files=tuple(kept[file_id] for file_id in message.file_ids if file_id in kept),
        passing=_passing(updates),
        parts=tuple(
            parts[each.id]
            for each in told
            if each.id in parts and (each.council, each.connector, each.service_code) in to
        ),
    )


def _speaker(message: MessageRow, helper: ActingSessionRow | None, owner: str | None) -> Speaker:
    if helper is not None:
        return Speaker.HELPER
    return Speaker.CUSTOMER if owner in (None, message.actor_id) else Speaker.BY_LINK


def _passing(updates: Sequence[DeliveryRow]) -> Passing:
    states = {DeliveryState(update.state) for update in updates}
    if states & set(LEFT_TO_A_PERSON):
        return Passing.BY_HAND
    return Passing.THERE if states <= FINISHED else Passing.ON_ITS_WAY


def _answered(
    session: Session, row: SubmissionRow, parts: Mapping[str, Part]
) -> list[tuple[tuple[datetime, str], Said]]:
    """What the teams said with their news, as the customer was told it."""
    lines = [line for line in timeline.of_submission(session, row.id) if line.what.startswith(NEWS)]
    return [
        (_when(line.at, line.id), Said(line.at, Speaker.TEAM, line.words, parts=_about(line, parts)))
        for line in lines
        if ours_and_theirs(line.words)[1]
    ]


def _about(line: timeline.TimelineEventRow, parts: Mapping[str, Part]) -> tuple[Part, ...]:
    part = parts.get(str(line.detail.get("delivery")))
    return (part,) if part else ()
