"""One contact of an agent with a customer: where it stands, its clock without pauses, and what came of it."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from selfservice.domain.marking import gettext_noop
from selfservice.domain.people import Channel

# A contact that its agent does nothing with for so long pauses itself.
IDLE = timedelta(minutes=10)
LONGEST_NOTE = 2_000
# By what a customer reaches an agent, in the order offered.
CHANNELS = (
    Channel.PHONE,
    Channel.FACE_TO_FACE,
    Channel.EMAIL,
    Channel.LETTER,
    Channel.SOCIAL,
    Channel.CHAT,
)


class ContactState(StrEnum):
    """Where a contact stands."""

    ACTIVE = "active"
    PAUSED = "paused"
    HANDED = "handed"  # to a colleague, who has not taken it yet
    ENDED = "ended"


class PausedWhy(StrEnum):
    """Why a contact paused."""

    ASKED = "asked"
    IDLE = "idle"
    SWITCHED = "switched"  # its agent began or resumed another


class Outcome(StrEnum):
    """What came of a contact, as its agent says when wrapping it up."""

    SENT = "sent"
    ANSWERED = "answered"
    LATER = "later"
    PASSED_ON = "passed_on"
    ELSEWHERE = "elsewhere"
    NOT_VERIFIED = "not_verified"
    CUT_OFF = "cut_off"
    OTHER = "other"


OUTCOME_WORDS = {
    Outcome.SENT: gettext_noop("A form was sent"),
    Outcome.ANSWERED: gettext_noop("A question was answered"),
    Outcome.LATER: gettext_noop("They will finish it later"),
    Outcome.PASSED_ON: gettext_noop("Passed to another team"),
    Outcome.ELSEWHERE: gettext_noop("Told who else deals with it"),
    Outcome.NOT_VERIFIED: gettext_noop("They could not prove who they are"),
    Outcome.CUT_OFF: gettext_noop("The call was cut off"),
    Outcome.OTHER: gettext_noop("Something else"),
}


@dataclass(frozen=True, slots=True)
class Clock:
    """How long an agent was active in a contact: `seconds` up to `since`, and from there on while it runs.

    `since` is None while the clock stands.
    """

    seconds: int = 0
    since: datetime | None = None

    def at(self, now: datetime) -> int:
        """The active seconds as of `now`."""
        running = (now - self.since).total_seconds() if self.since else 0.0
        return self.seconds + max(0, int(running))

    def running(self, now: datetime) -> "Clock":
        """The clock running from `now` on; one that runs already runs on."""
        return self if self.since else Clock(self.seconds, now)

    def standing(self, now: datetime) -> "Clock":
        """The clock stopped at `now`; one that stands already stands as it did."""
        return Clock(self.at(now)) if self.since else self


@dataclass(frozen=True, slots=True)
class Person:
    """One customer of a contact. `name` is "" for somebody without one, whose `id` is None."""

    id: str | None
    name: str


@dataclass(frozen=True, slots=True)
class Contact:
    """A contact as it is shown on a desk. `council` and `service` are slugs, `seconds` are active ones.

    `people` are its customers in the order they were helped, each once. `with_whom` is the name of the colleague
    who has handed it over, or to whom it was handed.
    """

    id: str
    state: ContactState
    channel: Channel
    council: str
    service: str | None
    reference: str
    started_at: datetime
    seconds: int
    people: tuple[Person, ...] = ()
    paused_why: str = ""
    with_whom: str = ""
    outcome: str = ""
    ended_at: datetime | None = None


def idle_since(seen_at: datetime, now: datetime) -> datetime | None:
    """The moment at which a contact last used at `seen_at` has paused itself; None while it has not.

    It is the same however late somebody looks.
    """
    return seen_at + IDLE if now >= seen_at + IDLE else None
