"""What the customer told us, as operations and pages handle it."""

from dataclasses import dataclass
from datetime import datetime

from selfservice.domain.case import Contact, GivenAnswer
from selfservice.domain.people import Verification
from selfservice.domain.places import Place


@dataclass(frozen=True, slots=True)
class DeliverTo:
    """One back office that must hear of a submission: the council's connector name and its service code.

    `council` is the slug of the council whose back office it is; "" is the one that the submission goes to.
    `title` is what the customer knows it by where several hear of one submission. It is not told the answers to
    the questions with the ids in `without`.
    """

    connector: str
    service_code: str
    council: str = ""
    title: str = ""
    without: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Completed:
    """A finished journey, ready to be accepted: what the forms kit hands to `operations.submitting`.

    `council` is the slug of the council that it goes to, `begun_at` that of the page it began on. `verified` is how
    sure an agent must be of the customer for whom they send it.
    """

    council: str
    begun_at: str
    service: str
    service_title: str
    answers: tuple[GivenAnswer, ...]
    place: Place | None
    contact: Contact
    urgent: bool
    file_ids: tuple[str, ...]
    lookup_postcodes: tuple[str, ...]
    acknowledge_by: datetime | None
    resolve_by: datetime | None
    deliver: tuple[DeliverTo, ...]
    verified: Verification = Verification.NONE


@dataclass(frozen=True, slots=True)
class Accepted:
    """A submission that can no longer be lost. `again` is true when this was a second click."""

    submission_id: str
    reference: str
    delivery_ids: tuple[str, ...]
    again: bool = False
