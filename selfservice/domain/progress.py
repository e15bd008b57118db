"""How far a submission has come, in the words its customer reads."""

from dataclasses import dataclass
from datetime import datetime

from selfservice.domain.case import CLOSED, CaseStatus

# What each status is called on the progress page; None while no back office has opened a case.
STATUS_WORDS: dict[CaseStatus | None, str] = {
    None: "Received",
    CaseStatus.RECEIVED: "Received",
    CaseStatus.OPEN: "With the team",
    CaseStatus.IN_PROGRESS: "In progress",
    CaseStatus.PLANNED: "Work planned",
    CaseStatus.WAITING_FOR_CUSTOMER: "Waiting for you",
    CaseStatus.RESOLVED: "Resolved",
    CaseStatus.NO_FURTHER_ACTION: "Closed: no further action",
    CaseStatus.DUPLICATE: "Closed: already reported",
    CaseStatus.NOT_OURS: "Closed: not the council’s to deal with",
    CaseStatus.CANCELLED: "Cancelled",
    CaseStatus.REOPENED: "Reopened",
}

# The line on the timeline for each piece of news; the back office's own words follow it where there are any.
NEWS_WORDS: dict[CaseStatus, str] = {
    CaseStatus.RECEIVED: "The team has received your report.",
    CaseStatus.OPEN: "The team is looking at your report.",
    CaseStatus.IN_PROGRESS: "Work on your report is in progress.",
    CaseStatus.PLANNED: "The work has been planned.",
    CaseStatus.WAITING_FOR_CUSTOMER: "The team is waiting to hear from you.",
    CaseStatus.RESOLVED: "Your report has been resolved.",
    CaseStatus.NO_FURTHER_ACTION: "Your report has been closed. No further action will be taken.",
    CaseStatus.DUPLICATE: "Your report has been closed because this had already been reported.",
    CaseStatus.NOT_OURS: "Your report has been closed because it is not the council’s to deal with.",
    CaseStatus.CANCELLED: "Your report has been cancelled.",
    CaseStatus.REOPENED: "Your report has been opened again.",
}


@dataclass(frozen=True, slots=True)
class ProgressLine:
    """One line of the timeline: when it happened, in UTC, and what happened, in the customer's words."""

    at: datetime
    words: str


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a submission has come. `council` is a slug; moments are in UTC.

    `status` is in words; `lines` are oldest first. `place_words` is "" where the reader has shown no more
    than a reference and a postcode, for then nothing personal may be seen.
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


def moves_on(current: CaseStatus, current_at: datetime, news: CaseStatus, news_at: datetime) -> bool:
    """Whether news moves a case: never when it is older than what we know.

    Of news of the same second the later told counts, but it opens no closed case unless it says so: back
    offices that keep whole seconds tell "in progress" and "resolved" of one moment in either order.
    """
    if news_at != current_at:
        return news_at > current_at
    return current not in CLOSED or news in CLOSED or news is CaseStatus.REOPENED
