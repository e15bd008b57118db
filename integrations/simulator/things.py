"""What the simulator remembers: a case, a step in its life, a message."""

from collections.abc import Sequence
from dataclasses import dataclass

CLOSED = ("fixed", "no_further_action", "duplicate", "not_councils_responsibility", "closed")


Form = Sequence[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Case:
    """A case of one back office. Times are seconds since 1970; `form` is what was posted, in its order.

    `council` is the slug of the office: the first connector's is called as its council.
    `known` is when the case has an id (later than `received` for one that was answered with a token).
    """

    number: int
    council: str
    reference: str
    service: str
    received: float
    known: float
    token: str | None
    form: Form
    status: str
    words: str
    changed: float

    @property
    def id(self) -> str:
        """Its id as the back office says it: SH-1004."""
        return "".join(word[0] for word in self.council.split("-")).upper() + f"-{1000 + self.number}"

    @property
    def closed(self) -> bool:
        """Whether its status ends it."""
        return self.status in CLOSED

    def told(self, name: str) -> str:
        """The first value posted under `name`, or nothing."""
        return next(iter(self.all_told(name)), "")

    def all_told(self, name: str) -> list[str]:
        """Every value posted under `name`."""
        return [value for key, value in self.form if key == name]


@dataclass(frozen=True, slots=True)
class Update:
    """One step in a case's life: news that is pushed and polled.

    `theirs` is the sender's id of what a customer added, with all that was posted of it in `form`; of what an officer
    did it is "".
    """

    number: int
    case: Case
    status: str
    at: float
    words: str
    theirs: str = ""
    form: Form = ()

    def all_told(self, name: str) -> list[str]:
        """Every value posted under `name`."""
        return [value for key, value in self.form if key == name]


@dataclass(frozen=True, slots=True)
class Mail:
    """A message: an e-mail that the SMTP server received, or a text message ("sms") given to Notify.

    Of a text message `message_id` is the sender's reference and `recipient` the number.
    """

    number: int
    received: float
    message_id: str
    sender: str
    recipient: str
    subject: str
    body: str
    duplicate: bool
    medium: str
