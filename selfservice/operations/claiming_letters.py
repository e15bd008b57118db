"""The messages about a claim, to the address on the submission: the code, and the news that it was claimed."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from forms.kit.contacts import mobile_number
from selfservice.domain.challenge import GOOD_MINUTES
from selfservice.domain.council import Council
from selfservice.domain.marking import gettext_noop
from selfservice.domain.messages import Medium
from selfservice.domain.moments import clock, day
from selfservice.operations import notifying
from selfservice.operations.challenge_letters import NOT_YOU, Wording
from selfservice.operations.saving_letters import CLAIMED, CODE, LINK
from selfservice.store.base import new_id
from selfservice.store.notifications import NotificationRow
from selfservice.store.submissions import SubmissionRow


def code(title: str, reference: str, now: datetime) -> Wording:
    """The code with which whoever asks shows that they read what goes to this address."""
    until = clock(now + timedelta(minutes=GOOD_MINUTES))
    told = {"service": title, "reference": reference, "code": CODE, "until": until}
    return Wording(
        "claim",
        gettext_noop("Your code to add something to your account"),
        tuple(
            each.format(**told)
            for each in (
                gettext_noop(
                    "Somebody, perhaps you, asked to add this to an account: {service} ({reference})."
                ),
                gettext_noop(
                    "If it was you, enter this code on the page where you asked. Your code is: {code}"
                ),
                gettext_noop(
                    "It works once, until {until}. Nobody from the council will ever ask you for it. Give it to "
                    "nobody: whoever has it can see what you sent."
                ),
                NOT_YOU,
            )
        ),
        gettext_noop(
            "To add {reference} to your account, your code is: {code}\nIt works once, until {until}. Give it to "
            "nobody. If you did not ask for it, you need not do anything."
        ).format(**told),
    )


def claimed(
    row: SubmissionRow, council: Council, until: datetime, now: datetime, *, texts_offered: bool
) -> list[NotificationRow]:
    """The news that it was added to an account, with a link that undoes it, to each address on it."""
    told = {"service": row.service_title, "reference": row.reference, "day": day(until), "link": LINK}
    paragraphs = [
        each.format(**told)
        for each in (
            gettext_noop("{service} ({reference}) was added to an account in My Account."),
            gettext_noop("If that was you, you need not do anything."),
            gettext_noop("If it was not you, take it out of that account here, until {day}:\n{link}"),
        )
    ]
    short = gettext_noop(
        "{reference} was added to an account. If it was not you, take it out here, until {day}:\n{link}"
    ).format(**told)
    subject = gettext_noop("Added to an account: {service} ({reference})").format(**told)
    bodies = {
        Medium.EMAIL: notifying.framed(council, paragraphs),
        Medium.SMS: notifying.text_framed(council, short),
    }
    return [
        NotificationRow(
            id=new_id(), council=row.council, submission_id=row.id, what=CLAIMED, medium=medium,
            recipient=address, subject=subject, body=bodies[medium], created_at=now,
        )
        for medium, address in addresses(row, texts_offered=texts_offered)
    ]  # fmt: skip


def addresses(row: SubmissionRow, *, texts_offered: bool) -> Iterator[tuple[Medium, str]]:
    """Every address on a submission that a message reaches."""
    if email := row.contact.get("email"):
        yield Medium.EMAIL, str(email)
    if texts_offered and (number := mobile_number(str(row.contact.get("phone") or ""))):
        yield Medium.SMS, number
