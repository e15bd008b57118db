"""What the confirmation says: the submission as it was accepted, whatever its service asks by now."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from selfservice.operations import notifying, sealing
from selfservice.seals import Seals
from selfservice.store import deliveries, submissions

NOT_SHOWN = "Given, not shown in e-mail"


@dataclass(frozen=True, slots=True)
class AnswerRow:
    """One answer of the copy to keep: what was asked, and what was shown, line by line.

    One `of_agent` was given by the agent who helped, to a question that residents are not asked.
    """

    question: str
    lines: tuple[str, ...]
    sensitive: bool = False
    of_agent: bool = False


@dataclass(frozen=True, slots=True)
class ToldPart:
    """One of several back offices that hear of it: what the customer knows it by, the slug of its council."""

    title: str
    council: str


@dataclass(frozen=True, slots=True)
class Confirmation:
    """A submission for the eyes of whoever sent it. `council` is the slug of the council that it went to.

    Moments are in UTC. `postcodes` are those that open the progress together with the reference. `told` names
    the back offices that hear of it where there are several, in their order; it is empty where there is one.
    `helped` says who of Customer Services helped, and how.
    """

    reference: str
    council: str
    service_title: str
    submitted_at: datetime
    acknowledge_by: datetime | None
    resolve_by: datetime | None
    email: str
    postcodes: tuple[str, ...]
    rows: tuple[AnswerRow, ...]
    urgent: bool
    told: tuple[ToldPart, ...] = ()
    helped: tuple[str, ...] = ()


def confirmation(
    session: Session, submission_id: str, seals: Seals | None, *, instead: str = NOT_SHOWN
) -> Confirmation | None:
    """The confirmation of one submission; only for the holder of the draft that became it.

    Answers that are no longer kept say so. Raises `Unopenable` when others cannot be opened. Without `seals`
    sensitive answers stay closed, and `instead` says that they were given.
    """
    row = submissions.by_id(session, submission_id)
    if row is None:
        return None
    return Confirmation(
        reference=row.reference,
        council=row.council,
        service_title=row.service_title,
        submitted_at=row.submitted_at,
        acknowledge_by=row.acknowledge_by,
        resolve_by=row.resolve_by,
        email=str(row.contact.get("email", "")),
        postcodes=tuple(_spaced(postcode) for postcode in row.lookup_postcodes),
        rows=_opened(session, row, seals) if seals else _closed(row, instead),
        urgent=row.urgent,
        told=_told(session, row),
        helped=tuple(notifying.helped_words(row)),
    )


def _told(session: Session, row: submissions.SubmissionRow) -> tuple[ToldPart, ...]:
    if row.parts == 1:
        return ()
    parts = deliveries.parts(session, row.id)
    return tuple(ToldPart(part.title or row.service_title, part.council) for part in parts)


def _opened(session: Session, row: submissions.SubmissionRow, seals: Seals) -> tuple[AnswerRow, ...]:
    answers = sealing.answers_of_submission(session, seals, row, when_gone=sealing.NO_LONGER_KEPT)
    return tuple(_row(given.question, given.shown, given.sensitive, given.of_agent) for given in answers)


def _closed(row: submissions.SubmissionRow, instead: str) -> tuple[AnswerRow, ...]:
    return tuple(
        AnswerRow(kept["question"], (instead,), sensitive=True)
        if kept.get("sensitive")
        else _row(kept["question"], str(kept["shown"]), False, bool(kept.get("of_agent")))
        for kept in row.answers
    )


def _row(question: str, shown: str, sensitive: bool, of_agent: bool) -> AnswerRow:
    return AnswerRow(question, tuple(shown.splitlines()), sensitive, of_agent)


def _spaced(postcode: str) -> str:
    """A postcode as people write it: the last three apart."""
    return f"{postcode[:-3]} {postcode[-3:]}"
