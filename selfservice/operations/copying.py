"""The copy that a customer keeps of what they sent: described as values, laid out as PDF, e-mailed if wished.

`typesetting` lays it out in a child process; hold no transaction open meanwhile. No PDF is kept: each is made
from the submission when it is wanted.
"""

import json
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy.orm import Session

from selfservice.domain.council import Council
from selfservice.domain.draft import DraftGone
from selfservice.domain.moments import day, moment
from selfservice.domain.people import Actor
from selfservice.domain.permissions import Action, Thing, may
from selfservice.links import Links
from selfservice.operations import limiting, notifying
from selfservice.operations.confirming import AnswerRow, Confirmation
from selfservice.operations.confirming import confirmation as confirmed
from selfservice.store import drafts, notifications, submissions

PDF = "application/pdf"
CODE = Path(__file__).resolve().parents[2]
CHILD = ("-m", "selfservice.operations.typesetting")
CHILD_SECONDS = 20
# One thread lays a copy out; a pool of one for each core would cost more than it brings.
ENVIRONMENT = {"RAYON_NUM_THREADS": "1", "MALLOC_ARENA_MAX": "2"}
LANGUAGE = "en-GB"

# Measured: what a PDF of plain text weighs before its first answer, and what each answer adds.
KILOBYTES, KILOBYTES_AN_ANSWER, KILOBYTES_A_RARE_SIGN = 24.0, 0.8, 0.7


class CannotCopy(Exception):
    """The copy could not be laid out; says nothing of what stands in it."""


class TooManyCopies(Exception):
    """More copies were asked for than anybody needs."""


@dataclass(frozen=True, slots=True)
class Copy:
    """A copy to keep: what the PDF is laid out from, and the name of its file, which tells nothing personal."""

    name: str
    described: Mapping[str, Any]


def copy_of(sent: Confirmation, councils: Mapping[str, Council], progress_url: str) -> Copy:
    """The copy of a confirmation. `progress_url` is the signed link to follow it by, "" where it is not for them."""
    council = councils[sent.council]
    described = {
        "title": f"{sent.service_title}: your copy ({sent.reference})",
        "language": LANGUAGE.split("-")[0],
        "council": council.name,
        "colour": council.colour,
        "service": sent.service_title,
        "reference": sent.reference,
        "facts": _facts(sent, council),
        "answers_heading": "What you told us",
        "columns": ["Question", "Your answer"],
        "answers": [
            {"question": _asked(row), "lines": list(row.lines) or ["Not given"]} for row in sent.rows
        ],
        "next_heading": "What happens next",
        "next": _next_steps(sent, councils),
        "follow_heading": "How to follow it",
        "follow": _ways_to_follow(sent),
        "progress_url": progress_url,
        "progress_words": "See its progress",
        "contact_heading": f"Contact {council.name}",
        "contacts": _contacts(council),
    }
    return Copy(f"{sent.reference}.pdf", described)


def _asked(row: AnswerRow) -> str:
    """The question, marked where it was the agent who answered it."""
    return f"{row.question} (answered by Customer Services)" if row.of_agent else row.question


def as_pdf(copy: Copy) -> bytes:
    """The copy as a tagged PDF. Raises `CannotCopy`.

    Runs in a child process limited in memory and time; hold no transaction open meanwhile.
    """
    try:
        child = subprocess.run(
            [sys.executable, *CHILD],
            input=json.dumps(copy.described).encode(),
            capture_output=True,
            timeout=CHILD_SECONDS,
            check=False,
            cwd=CODE,
            env=ENVIRONMENT,  # text led astray finds no key and no password there
        )
    except subprocess.TimeoutExpired:
        raise CannotCopy("it took too long") from None
    if child.returncode != 0 or not child.stdout.startswith(b"%PDF-"):
        raise CannotCopy(f"the typesetter ended with {child.returncode}")
    return child.stdout


def likely_kilobytes(sent: Confirmation) -> int:
    """About how large the PDF will be, in tens of kilobytes: told beside the link, before it is made."""
    written = {sign for row in sent.rows for line in (row.question, *row.lines) for sign in line}
    rare = sum(ord(sign) > 0x24F for sign in written)
    size = KILOBYTES + KILOBYTES_AN_ANSWER * len(sent.rows) + KILOBYTES_A_RARE_SIGN * rare
    return round(size / 10) * 10


def for_email(session: Session, submission_id: str, councils: Mapping[str, Council], links: Links) -> Copy:
    """The copy as it is e-mailed: of sensitive answers it says only that they were given.

    Raises LookupError when there is no such submission.
    """
    sent = confirmed(session, submission_id, None)
    if sent is None:
        raise LookupError(submission_id)
    return copy_of(sent, councils, links.progress(sent.council, submission_id))


def count_one(session: Session, actor: Actor, now: datetime) -> None:
    """Count one copy made for the actor. Raises `TooManyCopies` over the limit."""
    if not limiting.allowed(session, limiting.COPIES, actor.id, now):
        raise TooManyCopies


def was_asked_for(session: Session, submission_id: str) -> bool:
    """Whether a copy of this submission has been asked for by e-mail: it is sent once."""
    return notifications.has(session, submission_id, notifying.COPY)


def ask_by_email(
    session: Session,
    actor: Actor,
    draft_id: str,
    councils: Mapping[str, Council],
    links: Links,
    now: datetime,
) -> str | None:
    """Write the message that takes a copy to the address that was given; its delivery's id, to ring for.

    None when it was asked for before, or no address was given. Raises `DraftGone` when the actor has no such
    draft or has not sent it, and `TooManyCopies` when the address had many already.
    """
    draft = drafts.by_id(session, draft_id, lock=True)  # two presses at once: the second waits, and finds it
    if draft is None or not may(actor, Action.KEEP_COPY, Thing(draft.council, draft.holder)):
        raise DraftGone(draft_id)
    row = submissions.by_id(session, draft.submission_id or "")
    if row is None:
        raise DraftGone(draft_id)
    recipient = str(row.contact.get("email") or "")
    if not recipient or was_asked_for(session, row.id):
        return None
    if not limiting.allowed(session, limiting.COPIES_MAILED, recipient.lower(), now):
        raise TooManyCopies
    return notifying.copy_to_keep(session, row, councils[row.council], links, now)


def _facts(sent: Confirmation, council: Council) -> list[tuple[str, str]]:
    return [
        ("Your reference", sent.reference),
        ("Sent", moment(sent.submitted_at)),
        ("Sent to", council.name),
        *(("Helped by", words) for words in sent.helped),
    ]


def _contacts(council: Council) -> list[tuple[str, str]]:
    return [
        ("Telephone", f"{council.contacts.phone}, {council.contacts.hours}"),
        ("Email", council.contacts.email),
        ("In person", council.contacts.office),
    ]


def _next_steps(sent: Confirmation, councils: Mapping[str, Council]) -> list[str]:
    steps = [f"{councils[sent.council].name} passes it to the team that deals with it."]
    if sent.told:
        told = "; ".join(f"{part.title}, {_name(part.council, councils)}" for part in sent.told)
        steps = [f"We have told: {told}.", "Each team deals with its own part."]
    if sent.acknowledge_by:
        who = "Each of them" if sent.told else "The team"
        steps.append(f"{who} looks at it by {day(sent.acknowledge_by)}.")
    if sent.resolve_by:
        steps.append(f"We aim to have dealt with it by {day(sent.resolve_by)}.")
    return steps


def _name(slug: str, councils: Mapping[str, Council]) -> str:
    """The council's name; its slug where the configuration has lost it since."""
    return councils[slug].name if slug in councils else slug


def _ways_to_follow(sent: Confirmation) -> list[str]:
    if not sent.postcodes:
        return []
    postcodes = " or ".join(sent.postcodes)
    return [f"Use your reference {sent.reference} with the postcode {postcodes}, or this link."]
