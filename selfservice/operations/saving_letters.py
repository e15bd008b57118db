"""The messages about a saved draft, each as an e-mail and in a text message's few words.

None holds an answer; what opens the draft is put in as they are sent.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial

from sqlalchemy.orm import Session

from selfservice.domain.challenge import Purpose
from selfservice.domain.council import Council
from selfservice.domain.messages import Medium
from selfservice.domain.moments import clock, day
from selfservice.domain.saved import MOST_WRONG_TRIES
from selfservice.links import Links
from selfservice.operations import notifying
from selfservice.operations.notifying import Letter
from selfservice.store import challenges, customers, handovers
from selfservice.store.base import new_id
from selfservice.store.notifications import NotificationRow
from selfservice.store.saved import ReturnLinkRow

LINK, CODE = "{link}", "{code}"  # in what is kept, for what is put in when it is sent
CLAIMED = "claimed"  # what tells of a claim, with a link that undoes it


@dataclass(frozen=True, slots=True)
class About:
    """What a message is about: on whose page it was saved, what the service is called, until when it is kept."""

    council: Council
    title: str
    until: datetime


def link(row: ReturnLinkRow, about: About, now: datetime) -> NotificationRow:
    """The link itself."""
    return _message(
        row,
        about,
        "saved_link",
        f"Your link to go on with: {about.title}",
        (
            f"You saved “{about.title}” on the website of {about.council.name}, to finish it later.",
            f"Go on here, by {day(about.until)}:\n{LINK}",
            "You will be asked for the six-digit code that was on the screen when you saved it. If you have not "
            "got it, choose “Send me a code” there.",
            "Nothing has been sent to the council yet. If you do not finish it by then, we delete your answers.",
            "If you did not ask for this, somebody may have mistyped their own address. You need not do anything.",
        ),
        f"Go on with “{about.title}” here, by {day(about.until)}:\n{LINK}\n"
        "You will be asked for the six-digit code that was on the screen when you saved it. "
        "If you did not ask for this, you need not do anything.",
        now,
    )


def code(row: ReturnLinkRow, about: About, until: datetime, now: datetime) -> NotificationRow:
    """A code that works once."""
    return _message(
        row,
        about,
        "saved_code",
        "Your six-digit code",
        (
            f"Your code is: {CODE}",
            f"It works once, until {clock(until)} on {day(until)}, for “{about.title}” and with the link we sent "
            "you before.",
            "Nobody from the council will ever ask you for it. If you did not ask for it, somebody has your link: "
            "without this code they cannot see your answers.",
        ),
        f"Your code is: {CODE}\nIt works once, until {clock(until)}, with the link that we sent you before. "
        "Nobody from the council will ever ask you for it.",
        now,
    )


def locked(row: ReturnLinkRow, about: About, now: datetime) -> NotificationRow:
    """A link was locked."""
    return _message(
        row,
        about,
        "saved_locked",
        f"We have locked your link to: {about.title}",
        (
            f"A wrong code was entered {MOST_WRONG_TRIES} times with your link to “{about.title}”, so we locked it. "
            "Your answers are safe.",
            "If it was you, open the link again and choose “Send a new link”. Your six-digit code stays the same.",
            "If it was not you, somebody else has the link. They have not seen your answers.",
        ),
        f"A wrong code was entered {MOST_WRONG_TRIES} times, so we locked your link to “{about.title}”. "
        "Nobody has seen your answers. If it was you, open the link again and choose “Send a new link”.",
        now,
    )


def ending(row: ReturnLinkRow, about: About, now: datetime) -> NotificationRow:
    """The answers are deleted soon."""
    return _message(
        row,
        about,
        "saved_ending",
        f"We will soon delete what you saved: {about.title}",
        (
            f"You saved “{about.title}” on the website of {about.council.name} and have not sent it yet.",
            f"We delete your answers on {day(about.until)}. To keep them, go on before then:\n{LINK}",
            "If you have not got your six-digit code any more, choose “Send me a code” there.",
            "If you no longer want to send it, you need not do anything.",
        ),
        f"You have not sent “{about.title}” yet. We delete your answers on {day(about.until)}. "
        f"To keep them, go on before then:\n{LINK}",
        now,
    )


def filled_in(session: Session, links: Links, notification_id: str, letter: Letter) -> Letter:
    """The letter as it is sent, with its link or its code, by whichever medium; any other letter as it is.

    Raises LookupError when the secret key that made them is no longer kept.
    """
    message = session.get(NotificationRow, notification_id)
    openers = _openers(session, links, message) if message else None
    if openers is None:
        return letter
    body = letter.body
    if LINK in body:
        body = body.replace(LINK, openers.address())
    if CODE in body:
        digits = openers.code()
        body = body.replace(CODE, f"{digits[:3]} {digits[3:]}")
    return replace(letter, body=body)


@dataclass(frozen=True, slots=True)
class _Openers:
    """What works out the link and the code of a message."""

    address: Callable[[], str]
    code: Callable[[], str]


def _openers(session: Session, links: Links, message: NotificationRow) -> _Openers | None:
    """The link and the code of whatever the message is about; None when nothing is opened by it."""
    if message.return_link_id and (saved_as := session.get(ReturnLinkRow, message.return_link_id)):
        told = saved_as.id, saved_as.token_hash
        return _Openers(
            partial(links.returning.address, *told), partial(links.returning.code, message.id, *told)
        )
    if message.challenge_id and (asked := challenges.by_id(session, message.challenge_id)):
        told, path = (asked.id, asked.token_hash), Purpose(asked.purpose).path
        return _Openers(
            partial(links.challenges.address, *told, path), partial(links.challenges.code, asked.id, *told)
        )
    if message.handover_id and (sent_on := handovers.by_id(session, message.handover_id)):
        told = sent_on.id, sent_on.token_hash or ""
        return _Openers(
            partial(links.handovers.address, *told), partial(links.handovers.code, sent_on.id, *told)
        )
    if message.what == CLAIMED and (owned := customers.owned(session, message.submission_id or "")):
        return _Openers(partial(links.unclaim, owned.submission_id, owned.since.isoformat()), str)
    return None


def _message(
    row: ReturnLinkRow,
    about: About,
    what: str,
    subject: str,
    paragraphs: tuple[str, ...],
    short: str,
    now: datetime,
) -> NotificationRow:
    """The message by the link's own medium: `paragraphs` as an e-mail, `short` as a text message."""
    council = about.council
    by_text = row.medium == Medium.SMS
    body = notifying.text_framed(council, short) if by_text else notifying.framed(council, paragraphs)
    return NotificationRow(
        id=new_id(),
        council=row.council,
        return_link_id=row.id,
        what=what,
        medium=row.medium,
        recipient=row.recipient,
        subject=subject,
        body=body,
        created_at=now,
    )
