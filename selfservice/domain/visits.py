"""Who of staff looked at a customer's record, when and why: as the customer reads it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from selfservice.domain.acting import Reason
from selfservice.domain.marking import gettext_noop

# What was done, by the code of the line that says so. Of "viewed", what was looked at follows after a full stop.
DONE_WORDS: Mapping[str, str] = {
    "viewed.timeline": gettext_noop("Looked at the list of your requests"),
    "viewed.request": gettext_noop("Looked at one of your requests"),
    "viewed.messages": gettext_noop("Read the messages about one of your requests"),
    "viewed.profile": gettext_noop("Looked at your details"),
    "viewed.form": gettext_noop("Opened a form with your details in it"),
    "viewed": gettext_noop("Looked at your record"),
    "profile_changed": gettext_noop("Changed your details"),
    "draft_begun": gettext_noop("Began a form for you"),
    "submitted": gettext_noop("Sent a form for you"),
    "form_taken": gettext_noop("Opened the form that you asked for help with"),
    "form_given_back": gettext_noop("Gave your form back to you"),
    "form_sent_on": gettext_noop("Sent you a form to go on with"),
    "customer_wrote": gettext_noop("Wrote to a team for you"),
    "customer_disputed": gettext_noop("Told a team for you that something is not fixed"),
}
# Why they opened it, by the reason that they gave.
WHY_WORDS: Mapping[Reason, str] = {
    Reason.NEW_REQUEST: gettext_noop("You reported or asked for something"),
    Reason.CARRY_ON: gettext_noop("You went on with something you had begun"),
    Reason.PROGRESS: gettext_noop("You asked what is happening"),
    Reason.CHANGE_DETAILS: gettext_noop("You wanted your details changed"),
    Reason.COMPLAINT: gettext_noop("You complained about something"),
    Reason.HANDED_OVER: gettext_noop("You asked for help with a form"),
}
# What says no more than when a visit began and ended, or stands in the words of the others.
UNTOLD = frozenset({"helping_started", "helping_stopped", "helping_named"})
OTHERWISE = gettext_noop("Worked with your record")


@dataclass(frozen=True, slots=True)
class Visit:
    """One visit to a record: from when to when (UTC), from which council (slug, None where that is not one alone).

    `reason` and `channel` are codes, "" where nobody was being helped. `done` is in words, each once.
    """

    began_at: datetime
    ended_at: datetime
    council: str | None
    reason: str
    channel: str
    done: tuple[str, ...]


def done_words(what: str, looked_at: str) -> str | None:
    """What was done, in words, by the code of a line and of what was looked at; None for what is not told."""
    if what in UNTOLD:
        return None
    return DONE_WORDS.get(f"{what}.{looked_at}") or DONE_WORDS.get(what) or OTHERWISE
