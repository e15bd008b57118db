"""Acting for a customer: how long it lasts, and why an agent may say they do it."""

from datetime import datetime, timedelta
from enum import StrEnum

from selfservice.domain.marking import gettext_noop

MOST = timedelta(minutes=30)
IDLE = timedelta(minutes=10)


class Reason(StrEnum):
    """Why an agent opens a customer's record; there is no other."""

    NEW_REQUEST = "new_request"
    CARRY_ON = "carry_on"
    PROGRESS = "progress"
    CHANGE_DETAILS = "change_details"
    COMPLAINT = "complaint"
    HANDED_OVER = "handed_over"


REASON_WORDS = {
    Reason.NEW_REQUEST: gettext_noop("Reporting or asking for something"),
    Reason.CARRY_ON: gettext_noop("Going on with something they began"),
    Reason.PROGRESS: gettext_noop("Asking what is happening"),
    Reason.CHANGE_DETAILS: gettext_noop("Changing their details"),
    Reason.COMPLAINT: gettext_noop("Complaining about something"),
    Reason.HANDED_OVER: gettext_noop("They asked for help with a form"),
}


class EndedWhy(StrEnum):
    """Why an acting session ended."""

    STOPPED = "stopped"
    SWITCHED = "switched"  # the agent began to help another
    PAUSED = "paused"
    TOO_LONG = "too_long"
    SIGNED_OUT = "signed_out"


def over(until: datetime, seen_at: datetime, now: datetime) -> bool:
    """Whether an acting session has lasted too long, or gone unused for too long."""
    return now >= until or now >= seen_at + IDLE
