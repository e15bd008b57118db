"""The message with which an agent sends a customer their half-finished form, as an e-mail and in a text's few words.

It holds no answer, and not what the agent asks for in their own words; the link is put in as it is sent
(operations/saving_letters.py). The code that goes with it is said aloud, and never written.
"""

from datetime import datetime

from selfservice.domain.council import Council
from selfservice.domain.messages import Medium
from selfservice.domain.moments import day
from selfservice.operations import notifying
from selfservice.operations.saving_letters import LINK
from selfservice.store.base import new_id
from selfservice.store.handovers import HandoverRow
from selfservice.store.notifications import NotificationRow


def form_sent_on(row: HandoverRow, title: str, council: Council, now: datetime) -> NotificationRow:
    """The link to go on with a form, by the medium of the hand-over. `title` is what the service is called there."""
    by_text = row.medium == Medium.SMS
    until = day(row.until)
    return NotificationRow(
        id=new_id(),
        council=row.council,
        handover_id=row.id,
        what="form_sent_on",
        medium=row.medium,
        recipient=row.recipient,
        subject=f"Go on with: {title}",
        body=_text(council, until) if by_text else _mail(title, council, until),
        created_at=now,
    )


def _text(council: Council, until: str) -> str:
    return notifying.text_framed(
        council,
        f"Go on with the form that we began with you, by {until}:\n{LINK}\n"
        "You need the six-figure code that we told you. We never send it.",
    )


def _mail(title: str, council: Council, until: str) -> str:
    return notifying.framed(
        council,
        (
            f"Customer Services has begun “{title}” with you, and asks you to go on with it.",
            f"Go on here, by {until}:\n{LINK}",
            "You will be asked for the six-figure code that we told you. We never send it in a message, and nobody "
            "from the council will ever ask you for it.",
            "Nothing has been sent yet: it is when you press the button at the end.",
            "If you did not speak to us, you need not do anything. The link opens nothing without the code.",
        ),
    )
