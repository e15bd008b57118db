"""What the back office opened, the news about it, and what we ask it to open."""

import unicodedata
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum

from selfservice.domain.people import Channel, Verification
from selfservice.domain.places import Place

# Characters: what a case or a piece of news may be named by, a vendor's code, words, a reference of ours.
LONGEST_NAME = 200
LONGEST_STATUS = 100
LONGEST_WORDS = 4_000
LONGEST_REFERENCE = 20


class CaseStatus(StrEnum):
    """Where a case stands, in our words; each connector maps its vendor's codes to these."""

    RECEIVED = "received"
    OPEN = "open"
    IN_PROGRESS = "in_progress"
    PLANNED = "planned"
    WAITING_FOR_CUSTOMER = "waiting_for_customer"
    RESOLVED = "resolved"
    NO_FURTHER_ACTION = "no_further_action"
    DUPLICATE = "duplicate"
    NOT_OURS = "not_ours"
    CANCELLED = "cancelled"
    REOPENED = "reopened"


CLOSED = frozenset(
    {
        CaseStatus.RESOLVED,
        CaseStatus.NO_FURTHER_ACTION,
        CaseStatus.DUPLICATE,
        CaseStatus.NOT_OURS,
        CaseStatus.CANCELLED,
    }
)


@dataclass(frozen=True, slots=True)
class Contact:
    """How the customer can be reached; every part may be empty for an anonymous report."""

    name: str = ""
    email: str = ""
    phone: str = ""


@dataclass(frozen=True, slots=True)
class Helper:
    """The member of staff who helped the customer: never the customer, and never in the customer's place.

    `channel` is how the customer had reached them, `verification` how sure they were of who it was.
    """

    id: str
    name: str
    channel: Channel
    verification: Verification


@dataclass(frozen=True, slots=True)
class GivenAnswer:
    """One answer as the customer saw it: the question's id, what was asked, what was shown, and the value.

    A `sensitive` one is kept sealed: a connector is given it open, for the back office alone, and writes it
    neither into a message nor where others than those who deal with the case can read it. One `of_agent` was given
    by the agent who helped, to a question that is not asked of residents.
    """

    id: str
    question: str
    shown: str
    value: object
    sensitive: bool = False
    of_agent: bool = False


@dataclass(frozen=True, slots=True)
class CaseRequest:
    """What a connector is asked to open: a value, never a row.

    `reference` is our submission's reference and `delivery_id` the idempotency key: both go wherever the
    vendor can keep them. `council` is the one whose back office is asked. Where several back offices hear
    of the submission, `part` says what the customer knows this part by, and `siblings` are the service
    codes of those of the others that may stand at the same back office: cases of theirs carry the same
    reference. `service_code` is the back office's own code for the service. `photo_links` are signed links
    from which the back office may fetch the pictures and documents; `files_held_back` says how many of them
    answer "held back" until they have been scanned. `contact` is the customer; `helper` the member of staff who helped
    them, if one did.
    """

    delivery_id: str
    reference: str
    council: str
    service: str
    service_title: str
    service_code: str
    channel: Channel
    submitted_at: datetime
    urgent: bool
    place: Place | None
    contact: Contact
    answers: tuple[GivenAnswer, ...]
    photo_links: tuple[str, ...] = ()
    files_held_back: int = 0
    helper: Helper | None = None
    part: str = ""
    siblings: tuple[str, ...] = ()


class UpdateKind(StrEnum):
    """What a customer has to say of a case after it was opened."""

    MESSAGE = "message"
    FILES = "files"  # photos or documents, without a word
    DISPUTE = "dispute"  # "this is not fixed", of a case that was closed


@dataclass(frozen=True, slots=True)
class CustomerUpdate:
    """What the customer says of an opened case: a value, never a row.

    `id` is our own for it, one for each case that hears of it, and the idempotency key; `reference` that of our
    submission. `words` are the customer's and may be empty where there are files alone; of a dispute they say what is
    still wrong. `file_links` are signed links as those of a `CaseRequest`, of which `files_held_back` answer "held
    back" until they have been scanned. `case_closed` says whether the case is closed, as far as we know: a message then
    does not open it again, a dispute does. `contact` is the customer; `helper` the member of
    staff who wrote it for them, if one did.
    """

    id: str
    reference: str
    kind: UpdateKind
    words: str
    at: datetime
    contact: Contact
    file_links: tuple[str, ...] = ()
    files_held_back: int = 0
    case_closed: bool = False
    helper: Helper | None = None


@dataclass(frozen=True, slots=True)
class StatusUpdate:
    """News of a case. `event_id` is stable: the same news pushed and polled carries the same one.

    `status` is None when the vendor's code is unknown to us: the case then stays as it was and `raw_status`
    keeps the word for an operator. `at` is when the back office says it happened, in UTC. `repeats` is the id of the
    `CustomerUpdate` that a back office tells us again among its own news.
    """

    event_id: str
    case_reference: str
    status: CaseStatus | None
    raw_status: str
    at: datetime
    words: str = ""
    our_reference: str | None = field(default=None)
    repeats: str | None = None

    def kept(self) -> "StatusUpdate":
        """The same news as it can be kept: nothing in it that a database refuses, no part longer than its
        place. A reference longer than any of ours is none of ours."""
        ours = storable(self.our_reference or "")
        return replace(
            self,
            event_id=storable(self.event_id)[:LONGEST_NAME],
            case_reference=storable(self.case_reference)[:LONGEST_NAME],
            raw_status=storable(self.raw_status)[:LONGEST_STATUS],
            words=storable(self.words)[:LONGEST_WORDS],
            our_reference=ours if 0 < len(ours) <= LONGEST_REFERENCE else None,
            repeats=storable(self.repeats or "")[:LONGEST_NAME] or None,
        )


def storable(text: str) -> str:
    """Text without control characters and halves of characters: no person reads them, and PostgreSQL takes
    neither U+0000 nor halves."""
    return "".join(c for c in text if c in "\n\t" or unicodedata.category(c) not in ("Cc", "Cs")).strip()
