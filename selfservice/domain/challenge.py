"""Challenges: what is sent to an address to see that whoever asks reads what goes there, and when it is good."""

from datetime import datetime, timedelta
from enum import StrEnum

# After so many wrong codes even the right one opens nothing.
MOST_WRONG_CODES = 5
GOOD_MINUTES = 15
INVITED_DAYS = 3  # an invitation waits until somebody comes to work
# Asked for again by the same browser within so many seconds, it is one and the same: a second click.
SECOND_CLICK_SECONDS = 5


class Purpose(StrEnum):
    """What a challenge opens once it is answered."""

    SIGN_UP = "sign_up"
    SIGN_IN_LINK = "sign_in_link"
    SIGN_IN_CODE = "sign_in_code"
    RESET = "reset"
    NEW_ADDRESS = "new_address"
    CLAIM = "claim"
    STAFF_INVITE = "staff_invite"
    STAFF_RESET = "staff_reset"
    VERIFY = "verify"  # told to an agent, on the telephone

    @property
    def path(self) -> str:
        """What the address of its link begins with; a token follows."""
        return _PATHS.get(self, "account/link")

    @property
    def of_address(self) -> bool:
        """Whether it is for whoever has the address when it is answered; else for the owner that it names.

        To name an account would cost a little time (the database looks whether there is such a row), by which could
        be told that there is one.
        """
        return self in _OF_ADDRESS

    @property
    def good_for(self) -> timedelta:
        """How long it is good."""
        return (
            timedelta(days=INVITED_DAYS) if self is Purpose.STAFF_INVITE else timedelta(minutes=GOOD_MINUTES)
        )


_PATHS = {
    Purpose.CLAIM: "account/claim",
    Purpose.STAFF_INVITE: "staff/link",
    Purpose.STAFF_RESET: "staff/link",
}

_OF_ADDRESS = frozenset({Purpose.SIGN_UP, Purpose.SIGN_IN_LINK, Purpose.SIGN_IN_CODE, Purpose.RESET})


class ChallengeState(StrEnum):
    """Where a challenge stands; only a good one opens anything."""

    GOOD = "good"
    USED = "used"
    LOCKED = "locked"
    SUPERSEDED = "superseded"
    TOO_OLD = "too_old"  # worked out from the time, never kept


def standing(state: ChallengeState, until: datetime, now: datetime) -> ChallengeState:
    """Where a challenge stands at `now`, given its kept state and when it ends."""
    return ChallengeState.TOO_OLD if state is ChallengeState.GOOD and now >= until else state


def after_wrong_code(wrong_tries: int) -> tuple[int, ChallengeState]:
    """The number of wrong tries after one more, and the state that this leads to."""
    wrong = wrong_tries + 1
    return wrong, ChallengeState.LOCKED if wrong >= MOST_WRONG_CODES else ChallengeState.GOOD
