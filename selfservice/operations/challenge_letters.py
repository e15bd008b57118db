"""The messages that go with challenges, each as an e-mail and in a text message's few words.

A message holds {link} and {code} where they go: they are put in as it is sent (operations/saving_letters.py).
"""

from dataclasses import dataclass
from datetime import datetime

from selfservice.domain.council import Council
from selfservice.domain.messages import Medium
from selfservice.operations import notifying
from selfservice.store.base import new_id
from selfservice.store.challenges import ChallengeRow
from selfservice.store.notifications import NotificationRow


@dataclass(frozen=True, slots=True)
class Wording:
    """What a message says. `what` names its kind, `paragraphs` are the e-mail and `short` the text message.

    `short` must fit in a text message with its link filled in, beside the name of a council.
    """

    what: str
    subject: str
    paragraphs: tuple[str, ...]
    short: str


def written(row: ChallengeRow, wording: Wording, council: Council, now: datetime) -> NotificationRow:
    """The message about a challenge, to where that goes and by its medium."""
    if row.medium == Medium.SMS:
        body = notifying.text_framed(council, wording.short)
    else:
        body = notifying.framed(council, wording.paragraphs)
    return NotificationRow(
        id=new_id(),
        council=row.council,
        challenge_id=row.id,
        what=wording.what,
        medium=row.medium,
        recipient=row.recipient,
        subject=wording.subject,
        body=body,
        created_at=now,
    )
