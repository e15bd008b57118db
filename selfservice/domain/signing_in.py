"""How long somebody stays signed in, and what a sign-in is good for."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from selfservice.domain.people import Role, councils_as


@dataclass(frozen=True, slots=True)
class Length:
    """How long a sign-in lasts without use, and at the most."""

    idle: timedelta
    most: timedelta


# A resident's as long as a page of a form is good (web/timing.py): answers must not be lost to a sign-in that ended.
RESIDENTS = Length(timedelta(minutes=70), timedelta(hours=12))
STAFF = Length(timedelta(minutes=60), timedelta(hours=10))
# What counts as a fresh proof, for what is worth a thief's while.
FRESH = timedelta(minutes=10)
# A sign-in in use is noted no more often than this: most pages write nothing.
NOTED_EVERY = timedelta(seconds=60)


@dataclass(frozen=True, slots=True, kw_only=True)
class SignIn:
    """Somebody's sign-in. `whole` is false while their second factor is still to come.

    Of names and addresses it holds what the frame of a page shows: `name`.
    """

    id: str
    name: str
    whole: bool
    proved_at: datetime
    seen_at: datetime

    def fresh(self, now: datetime) -> bool:
        """Whether they proved themselves a moment ago."""
        return now - self.proved_at <= FRESH


@dataclass(frozen=True, slots=True, kw_only=True)
class SignedIn(SignIn):
    """A customer who is signed in."""

    account_id: str
    customer_id: str


@dataclass(frozen=True, slots=True)
class Helping:
    """The customer whom a member of staff is acting for: what the banner shows, and what operations are told.

    `subject` is what the customer's things are held by, `customer_id` None for somebody without a name.
    `reason` and `channel` are codes; `interaction_id` the contact that it belongs to.
    """

    id: str
    subject: str
    customer_id: str | None
    name: str
    channel: str
    reason: str
    service: str | None
    council: str
    interaction_id: str
    verification: int
    started_at: datetime
    until: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class StaffSignedIn(SignIn):
    """A member of staff who is signed in, with their roles by council, and whom they are helping, if anybody."""

    staff_id: str
    roles: frozenset[tuple[str, Role]]
    helping: Helping | None = None

    def has(self, role: Role) -> bool:
        """Whether they have this role at any council."""
        return any(each is role for _, each in self.roles)

    def councils_as(self, *roles: Role) -> frozenset[str]:
        """The slugs of the councils at which they have one of these roles."""
        return councils_as(self.roles, roles)


def over(length: Length, started_at: datetime, seen_at: datetime, now: datetime) -> bool:
    """Whether a sign-in has lasted too long, or gone unused for too long."""
    return now >= started_at + length.most or now >= seen_at + length.idle
