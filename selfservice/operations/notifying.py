"""Messages to the customer: written in the transaction that caused them, each with a delivery of its own."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from selfservice.domain.case import CLOSED, CaseStatus
from selfservice.domain.council import Council
from selfservice.domain.delivery import DeliveryKind
from selfservice.links import Links
from selfservice.store.deliveries import DeliveryRow
from selfservice.store.notifications import NotificationRow
from selfservice.store.submissions import SubmissionRow

EMAIL = "email"
COPY = "copy"

# The news that is worth a message; the rest is on the progress page for whoever looks.
TOLD = CLOSED | {
    CaseStatus.IN_PROGRESS,
    CaseStatus.PLANNED,
    CaseStatus.WAITING_FOR_CUSTOMER,
    CaseStatus.REOPENED,
}

_OPENINGS: dict[CaseStatus, str] = {
    CaseStatus.IN_PROGRESS: "Work on your report is now in progress.",
    CaseStatus.PLANNED: "The work that your report asks for has been planned.",
    CaseStatus.WAITING_FOR_CUSTOMER: "The team needs to hear from you before it can go on.",
    CaseStatus.RESOLVED: "Your report has been resolved.",
    CaseStatus.NO_FURTHER_ACTION: "Your report has been closed, and no further action will be taken.",
    CaseStatus.DUPLICATE: "Your report has been closed because this had already been reported.",
    CaseStatus.NOT_OURS: "Your report has been closed because it is not ours to deal with.",
    CaseStatus.CANCELLED: "Your report has been cancelled.",
    CaseStatus.REOPENED: "Your report has been opened again.",
}


@dataclass(frozen=True, slots=True)
class Letter:
    """A message as it was written: to whom, about what, and its plain text.

    With `with_copy` the customer's copy goes along, made when it is sent.
    """

    recipient: str
    subject: str
    body: str
    with_copy: bool = False


def letter(session: Session, notification_id: str) -> Letter:
    """The message with this id. Raises LookupError when there is none."""
    row = session.get(NotificationRow, notification_id)
    if row is None:
        raise LookupError(notification_id)
    return Letter(row.recipient, row.subject, row.body, row.what == COPY)


def receipt(
    session: Session, submission: SubmissionRow, council: Council, links: Links, now: datetime
) -> str | None:
    """Write the receipt for a submission; gives its delivery's id, or None when no e-mail was given."""
    opening = (
        "Thank you for your report. We have received it and are passing it to the team that deals with it."
    )
    return _write(
        session,
        submission,
        council,
        links,
        "receipt",
        f"We have your report: {submission.service_title}",
        [opening],
        now,
    )


def copy_to_keep(
    session: Session, submission: SubmissionRow, council: Council, links: Links, now: datetime
) -> str | None:
    """Write the message that the customer's copy goes with; its delivery's id, None without an e-mail address."""
    told = ["Here is the copy that you asked for, as a PDF. It holds what you told us and what happens next."]
    if any(kept.get("sensitive") for kept in submission.answers):
        told.append("For your safety it leaves out the most personal answers.")
    subject = f"Your copy: {submission.service_title}"
    return _write(session, submission, council, links, COPY, subject, told, now)


def news(
    session: Session,
    submission: SubmissionRow,
    council: Council,
    links: Links,
    status: CaseStatus,
    words: str,
    now: datetime,
) -> str | None:
    """Tell the customer of a key stage; None when the news is no key stage or no e-mail was given."""
    if status not in TOLD:
        return None
    paragraphs = [_OPENINGS[status]]
    if words:
        paragraphs.append(f"The team said: {words}")
    subject = f"News of your report: {submission.service_title}"
    return _write(session, submission, council, links, f"news_{status}", subject, paragraphs, now)


def _write(
    session: Session,
    submission: SubmissionRow,
    council: Council,
    links: Links,
    what: str,
    subject: str,
    paragraphs: list[str],
    now: datetime,
) -> str | None:
    recipient = submission.contact.get("email") or ""
    if not recipient:
        return None
    message = NotificationRow(
        council=submission.council,
        submission_id=submission.id,
        what=what,
        medium=EMAIL,
        recipient=recipient,
        subject=f"{subject} ({submission.reference})",
        body=_letter(submission, council, links, paragraphs),
        created_at=now,
    )
    return post(session, [message], now)[0]


def post(session: Session, messages: Sequence[NotificationRow], now: datetime) -> list[str]:
    """Put messages into the outbox, each with its delivery, whose ids it gives; ring for them afterwards."""
    session.add_all(messages)
    session.flush()
    rows = [
        DeliveryRow(
            council=message.council,
            submission_id=message.submission_id,
            notification_id=message.id,
            kind=DeliveryKind.NOTIFICATION,
            connector=message.medium,
            due_at=now,
            created_at=now,
            trying_since=now,
        )
        for message in messages
    ]
    session.add_all(rows)
    session.flush()
    return [row.id for row in rows]


def _letter(submission: SubmissionRow, council: Council, links: Links, paragraphs: list[str]) -> str:
    parts = [
        "Hello,",
        *paragraphs,
        f"Your reference is {submission.reference}.",
        f"See how it is going:\n{links.progress(submission.council, submission.id)}",
        f"If you would rather talk to us, call {council.name} on {council.contacts.phone}.",
        f"{council.name}",
    ]
    return "\n\n".join(parts) + "\n"
