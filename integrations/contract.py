"""What a connector must be: the one page its author reads.

A connector speaks to one kind of back office. Its module holds four things in this order: `Options`
(a marshmallow schema that loads a frozen dataclass), `STATUSES` (the vendor's code -> `CaseStatus`),
`to_payload(request, options)` (pure), and the class (input and output only, through `integrations/http.py`).
It is handed values, never rows, and may raise three errors and no more.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Protocol, runtime_checkable

from selfservice.domain.case import CaseRequest, CustomerUpdate, StatusUpdate


class Rejected(Exception):
    """Understood and refused: sending the same again cannot help. An operator sees `words`."""


class Unavailable(Exception):
    """It surely did not take it: try again by policy, not before `retry_after` seconds where it said so."""

    def __init__(self, words: str, retry_after: float | None = None) -> None:
        super().__init__(words)
        self.retry_after = retry_after


class Unconfirmed(Exception):
    """It may have taken it: look it up by our reference first, and only then send again."""


class WhenUnknown(StrEnum):
    """What this kind of back office allows when we cannot tell whether it took a case, or an update of one."""

    SEND_AGAIN = "send_again"  # it honours our idempotency key
    LOOK_UP = "look_up"  # `find_case` gives a sure answer once settled
    LOOK_UP_OR_HOLD = "look_up_or_hold"  # found is sure; not found is not
    SEND_ONCE_MORE = "send_once_more"  # a mail with a fixed Message-ID, marked as a possible duplicate
    HOLD = "hold"  # only a person can tell


@dataclass(frozen=True, slots=True)
class Receipt:
    """The back office's answer: its reference for the case, or a token to poll for it."""

    case_reference: str | None = None
    token: str | None = None


@dataclass(frozen=True, slots=True)
class Health:
    """Whether the back office can be reached, in words for an operator."""

    well: bool
    words: str


class Steps(Protocol):
    """Remembers finished remote calls of one delivery, so that a second try repeats none."""

    def once(self, name: str, call: Callable[[], str]) -> str:
        """The kept result of the step `name`, or that of `call`, kept before it is returned."""
        ...


class Connector(Protocol):
    """Opens cases, finds them by our reference, and says whether it is well."""

    when_unknown: WhenUnknown

    def open_case(self, request: CaseRequest, steps: Steps) -> Receipt:
        """Open a case. Raises `Rejected`, `Unavailable` or `Unconfirmed`."""
        ...

    def find_case(self, request: CaseRequest, token: str | None) -> Receipt | None:
        """The case opened for this request, or None if there is surely none (see `when_unknown`)."""
        ...

    def check(self) -> Health:
        """One cheap call that shows whether the back office answers."""
        ...


@runtime_checkable
class SendsUpdates(Protocol):
    """A back office whose news can be polled."""

    def updates(self, since: datetime, until: datetime) -> Iterable[StatusUpdate]:
        """News between two moments in UTC, oldest first; the same news always with the same `event_id`."""
        ...


@runtime_checkable
class PushesUpdates(Protocol):
    """A back office that calls us; the body's signature has been checked before this is asked."""

    def read_push(self, body: bytes) -> Iterable[StatusUpdate]:
        """The news in a pushed body. Raises ValueError, in words, when it is malformed."""
        ...


@runtime_checkable
class TakesUpdates(Protocol):
    """A back office that can be told more of a case it has opened: a message, photos, "this is not fixed"."""

    update_when_unknown: WhenUnknown

    def add_update(self, case_reference: str, update: CustomerUpdate) -> None:
        """Add it to the case, which a dispute opens again. Raises `Rejected`, `Unavailable` or `Unconfirmed`."""
        ...

    def find_update(self, case_reference: str, update: CustomerUpdate) -> bool:
        """Whether it was added, by `update.id`. Asked only where `update_when_unknown` is one of the look-ups."""
        ...
