"""Messages to the customer: written in the transaction that caused them, each with a delivery of its own."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from selfservice.domain.case import CLOSED, CaseStatus
from selfservice.domain.council import Council
from selfservice.domain.delivery import DeliveryKind
from selfservice.domain.marking import gettext_noop
from selfservice.domain.messages import Medium, plain_signs
from selfservice.domain.people import Channel
from selfservice.links import Links
from selfservice.store.deliveries import DeliveryRow
from selfservice.store.notifications import NotificationRow
from selfservice.store.submissions import SubmissionRow

COPY = "copy"
# How the customer had reached the agent who helped, at the end of a sentence.
CHANNEL_WORDS: dict[Channel, str] = {
    Channel.WEB: gettext_noop("online"),
    Channel.PHONE: gettext_noop("by phone"),
    Channel.FACE_TO_FACE: gettext_noop("face to face"),
    Channel.EMAIL: gettext_noop("by email"),
    Channel.LETTER: gettext_noop("by letter"),
    Channel.SOCIAL: gettext_noop("on social media"),
    Channel.CHAT: gettext_noop("by chat"),
    Channel.API: gettext_noop("by a program"),
}

# The news that is worth a message; the rest is on the progress page for whoever looks.
TOLD = CLOSED | {
    CaseStatus.IN_PROGRESS,
    CaseStatus.PLANNED,
    CaseStatus.WAITING_FOR_CUSTOMER,
    CaseStatus.REOPENED,
}

_OPENINGS: dict[CaseStatus, str] = {
    CaseStatus.IN_PROGRESS: gettext_noop("Work on it is now in progress."),
    CaseStatus.PLANNED: gettext_noop("The work has been planned."),
    CaseStatus.WAITING_FOR_CUSTOMER: gettext_noop("The team needs to hear from you before it can go on."),
    CaseStatus.RESOLVED: gettext_noop("It has been resolved."),
    CaseStatus.NO_FURTHER_ACTION: gettext_noop("It has been closed, and no further action will be taken."),
    CaseStatus.DUPLICATE: gettext_noop("It has been closed because we already knew of it."),
    CaseStatus.NOT_OURS: gettext_noop("It has been closed because it is not ours to deal with."),
    CaseStatus.CANCELLED: gettext_noop("It has been cancelled."),
    CaseStatus.REOPENED: gettext_noop("It has been opened again."),
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
        gettext_noop("Thank you. We have received this and are passing it to the team that deals with it.")
        if submission.parts == 1
        else gettext_noop(
            "Thank you. We have received this and are telling the {number} teams that need to know."
        ).format(number=submission.parts)
    )
    return _write(
        session,
        submission,
        council,
        links,
        "receipt",
        gettext_noop("We have received: {service}").format(service=submission.service_title),
        [opening, *helped_words(submission)],
        now,
    )


def helped_words(submission: SubmissionRow) -> list[str]:
    """Who helped the customer with it, as the customer is told; nothing where nobody did."""
    if submission.helper_id is None:
        return []
    by = CHANNEL_WORDS[Channel(submission.helper_channel or Channel.PHONE)]
    words = gettext_noop("{name} of Customer Services helped you with it {by}.")
    return [words.format(name=submission.helper_name, by=by)]


def copy_to_keep(
    session: Session, submission: SubmissionRow, council: Council, links: Links, now: datetime
) -> str | None:
    """Write the message that the customer's copy goes with; its delivery's id, None without an e-mail address."""
    told = [
        gettext_noop(
            "Here is the copy that you asked for, as a PDF. It holds what you told us and what happens next."
        )
    ]
    if any(kept.get("sensitive") for kept in submission.answers):
        told.append(gettext_noop("For your safety it leaves out the most personal answers."))
    subject = gettext_noop("Your copy: {service}").format(service=submission.service_title)
    return _write(session, submission, council, links, COPY, subject, told, now)


def news(
    session: Session,
    submission: SubmissionRow,
    council: Council,
    links: Links,
    status: CaseStatus,
    words: str,
    now: datetime,
    *,
    part: str = "",
) -> str | None:
    """Tell the customer of a key stage; None when the news is no key stage or no e-mail was given.

    `council` is the one whose team has done it, and writes. `part` names its part, where there are several.
    """
    if status not in TOLD:
        return None
    about = f"{part}, {council.name}" if part else submission.service_title
    paragraphs = [gettext_noop("This is about: {what}.").format(what=about), _OPENINGS[status]]
    if words:
        paragraphs.append(gettext_noop("The team said: {words}").format(words=words))
    if part:
        paragraphs.append(gettext_noop("The other teams that we told each deal with their own part."))
    title = f"{submission.service_title} – {part}" if part else submission.service_title
    subject = gettext_noop("News: {service}").format(service=title)
    return _write(session, submission, council, links, f"news_{status}", subject, paragraphs, now)


def part_named(session: Session, submission: SubmissionRow, delivery_id: str) -> str:
    """What the customer knows this part by; "" where the submission has no other."""
    row = session.get(DeliveryRow, delivery_id) if submission.parts > 1 else None
    return (row.title or submission.service_title) if row else ""


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
        council=council.slug,
        submission_id=submission.id,
        what=what,
        medium=Medium.EMAIL,
        recipient=recipient,
        subject=f"{subject} ({submission.reference})",
        body=_letter(submission, council, links, paragraphs),
        created_at=now,
    )
    return post(session, [message], now)[0]


def post(session: Session, messages: Sequence[NotificationRow], now: datetime) -> list[str]:
    """Put messages into the outbox, each with its delivery, whose ids it gives; ring for them afterwards.

    The delivery's connector is the message's medium.
    """
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
    return framed(
        council,
        [
            *paragraphs,
            gettext_noop("Your reference is {reference}.").format(reference=submission.reference),
            gettext_noop("See how it is going:") + f"\n{links.progress(submission.council, submission.id)}",
        ],
    )


def framed(council: Council, paragraphs: Iterable[str]) -> str:
    """The plain text of a letter: a greeting, its paragraphs, and how else to reach the council."""
    parts = [
        gettext_noop("Hello,"),
        *paragraphs,
        gettext_noop("If you would rather talk to us, call {council} on {phone}.").format(
            council=council.name, phone=council.contacts.phone
        ),
        council.name,
    ]
    return "\n\n".join(parts) + "\n"


def text_framed(council: Council, words: str) -> str:
    """The words of a text message: whose it is, then `words`, in signs that count as one each.

    Keep `words` so short that all of it, its link filled in, fits in `domain.messages.MOST_PARTS`.
    """
    return plain_signs(f"{council.name}: {words}")
