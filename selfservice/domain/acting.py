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


class Consent(StrEnum):
    """How a customer agreed that an agent does this for them."""

    SPOKEN = "spoken"
    IN_PERSON = "in_person"
    IN_WRITING = "in_writing"
    REPRESENTATIVE = "representative"


CONSENT_WORDS = {
    Consent.SPOKEN: gettext_noop("They said yes, on the phone"),
    Consent.IN_PERSON: gettext_noop("They said yes, face to face"),
    Consent.IN_WRITING: gettext_noop("They asked us in writing"),
    Consent.REPRESENTATIVE: gettext_noop("Somebody with the right to act for them said yes"),
}
# What is read aloud to them, and which wording of it: the number goes with how they agreed.
CONSENT_SCRIPT = gettext_noop(
    "“I will look at what we hold about you and fill in the form for you. We keep a note that I did. "
    "Is that all right?”"
)
CONSENT_SCRIPT_NUMBER = 1


def consent_code(consent: Consent) -> str:
    """How a customer agreed, and to which wording, as it is kept: "spoken-1"."""
    return f"{consent}-{CONSENT_SCRIPT_NUMBER}"


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
