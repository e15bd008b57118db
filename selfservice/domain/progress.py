"""How far a submission has come, in the words its customer reads."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from selfservice.domain.case import CLOSED, CaseStatus
from selfservice.domain.marking import gettext_noop
from selfservice.domain.people import Channel

# What each status is called on the progress page; None while no back office has opened a case.
STATUS_WORDS: dict[CaseStatus | None, str] = {
    None: gettext_noop("Received"),
    CaseStatus.RECEIVED: gettext_noop("Received"),
    CaseStatus.OPEN: gettext_noop("With the team"),
    CaseStatus.IN_PROGRESS: gettext_noop("In progress"),
    CaseStatus.PLANNED: gettext_noop("Work planned"),
    CaseStatus.WAITING_FOR_CUSTOMER: gettext_noop("Waiting for you"),
    CaseStatus.RESOLVED: gettext_noop("Resolved"),
    CaseStatus.NO_FURTHER_ACTION: gettext_noop("Closed: no further action"),
    CaseStatus.DUPLICATE: gettext_noop("Closed: already known to us"),
    CaseStatus.NOT_OURS: gettext_noop("Closed: not the council’s to deal with"),
    CaseStatus.CANCELLED: gettext_noop("Cancelled"),
    CaseStatus.REOPENED: gettext_noop("Reopened"),
}

# The line on the timeline for each piece of news; the back office's own words follow it where there are any.
NEWS_WORDS: dict[CaseStatus, str] = {
    CaseStatus.RECEIVED: gettext_noop("The team has received it."),
    CaseStatus.OPEN: gettext_noop("The team is looking at it."),
    CaseStatus.IN_PROGRESS: gettext_noop("Work on it is in progress."),
    CaseStatus.PLANNED: gettext_noop("The work has been planned."),
    CaseStatus.WAITING_FOR_CUSTOMER: gettext_noop("The team is waiting to hear from you."),
    CaseStatus.RESOLVED: gettext_noop("It has been resolved."),
    CaseStatus.NO_FURTHER_ACTION: gettext_noop("It has been closed. No further action will be taken."),
    CaseStatus.DUPLICATE: gettext_noop("It has been closed because we already knew of it."),
    CaseStatus.NOT_OURS: gettext_noop("It has been closed because it is not the council’s to deal with."),
    CaseStatus.CANCELLED: gettext_noop("It has been cancelled."),
    CaseStatus.REOPENED: gettext_noop("It has been opened again."),
}

# The lines that are written whatever the back office says.
ACCEPTED_WORDS = gettext_noop("We received it.")
PASSED_ON_WORDS = gettext_noop("We passed it to the team that deals with it.")
# The same where an agent sent it for the customer, by how the customer had reached them.
SENT_FOR_YOU: dict[Channel, str] = {
    Channel.PHONE: gettext_noop("Customer Services sent this for you by phone."),
    Channel.FACE_TO_FACE: gettext_noop("Customer Services sent this for you, face to face."),
    Channel.EMAIL: gettext_noop("Customer Services sent this for you after your email."),
    Channel.LETTER: gettext_noop("Customer Services sent this for you after your letter."),
    Channel.SOCIAL: gettext_noop("Customer Services sent this for you after your message on social media."),
    Channel.CHAT: gettext_noop("Customer Services sent this for you during your chat."),
}
# What the customer said of a closed case, by themselves or by an agent.
DISPUTED_WORDS = gettext_noop(
    "You told us that this is not fixed. We opened it again and are telling the team."
)
DISPUTED_FOR_YOU = gettext_noop(
    "Customer Services told us for you that this is not fixed. We opened it again and are telling the team."
)
OUR_WORDS = (
    ACCEPTED_WORDS,
    PASSED_ON_WORDS,
    DISPUTED_WORDS,
    DISPUTED_FOR_YOU,
    *SENT_FOR_YOU.values(),
    *NEWS_WORDS.values(),
)

# What the whole is called when its parts ended differently.
ENDED = gettext_noop("Closed")

# Of several parts that are not closed, the whole is called after the first of these that there is: what the
# customer must do comes before everything, and then whatever is furthest behind.
_FURTHEST_BEHIND = (
    CaseStatus.WAITING_FOR_CUSTOMER,
    None,
    CaseStatus.RECEIVED,
    CaseStatus.OPEN,
    CaseStatus.REOPENED,
    CaseStatus.PLANNED,
    CaseStatus.IN_PROGRESS,
)


def ours_and_theirs(words: str) -> tuple[str, str]:
    """A line of the timeline parted into our own sentence, which has translations, and the back office's words."""
    ours = max((each for each in OUR_WORDS if words.startswith(each)), key=len, default="")
    return ours, words.removeprefix(ours).lstrip()


def overall(statuses: Sequence[CaseStatus | None]) -> tuple[str, bool]:
    """What the whole is called whose parts stand so, and whether it is closed: only when all of them are.

    None is a part for which no back office has opened a case yet.
    """
    left = [status for status in statuses if status not in CLOSED]
    if left or not statuses:
        return STATUS_WORDS[min(left, key=_FURTHEST_BEHIND.index, default=None)], False
    return (STATUS_WORDS[statuses[0]] if len(set(statuses)) == 1 else ENDED), True


@dataclass(frozen=True, slots=True)
class ProgressLine:
    """One line of the timeline: when it happened, in UTC, and what happened, in the customer's words.

    Of a submission in several parts, `title` and `council` (a slug) say which part a line is about; "" is the
    whole.
    """

    at: datetime
    words: str
    title: str = ""
    council: str = ""


@dataclass(frozen=True, slots=True)
class ProgressPart:
    """How far one back office has come: what the customer knows it by, and the slug of its council."""

    title: str
    council: str
    status: str
    closed: bool
    case_reference: str | None


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a submission has come. `council` is a slug; moments are in UTC.

    `status` is in words; `lines` are oldest first. `place_words` is "" where the reader has shown no more
    than a reference and a postcode, for then nothing personal may be seen. `parts` are the back offices that
    hear of it, in the order told; where there is but one, `case_reference` is what it calls its case.
    """

    council: str
    reference: str
    service_title: str
    submitted_at: datetime
    status: str
    lines: tuple[ProgressLine, ...]
    acknowledge_by: datetime | None
    resolve_by: datetime | None
    closed: bool
    case_reference: str | None
    place_words: str = ""
    parts: tuple[ProgressPart, ...] = ()


def moves_on(current: CaseStatus, current_at: datetime, news: CaseStatus, news_at: datetime) -> bool:
    """Whether news moves a case: never when it is older than what we know.

    Of news of the same second the later told counts, but it opens no closed case unless it says so: back
    offices that keep whole seconds tell "in progress" and "resolved" of one moment in either order.
    """
    if news_at != current_at:
        return news_at > current_at
    return current not in CLOSED or news in CLOSED or news is CaseStatus.REOPENED
