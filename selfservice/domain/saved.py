"""A link by which a saved draft is come back to: its states, and the rule of five wrong tries."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

KEPT_DAYS = 30  # an unsent draft is kept so long after its last change, and its link is good for as long
TOLD_BEFORE_DAYS = 3
MOST_WRONG_TRIES = 5
ONE_TIME_MINUTES = 15
CODE_SHOWN_MINUTES = 60


class LinkState(StrEnum):
    """Where a link stands. The first three are kept; the rest follow from its draft and from the time."""

    GOOD = "good"
    LOCKED = "locked"
    SUPERSEDED = "superseded"
    SENT = "sent"
    GONE = "gone"


@dataclass(frozen=True, slots=True)
class Tries:
    """The state of a link and how many wrong codes were tried with it."""

    state: LinkState
    wrong: int


def after_wrong_code(tries: Tries) -> Tries:
    """What becomes of a good link when a wrong code is given: the fifth locks it."""
    wrong = tries.wrong + 1
    return Tries(LinkState.LOCKED if wrong >= MOST_WRONG_TRIES else tries.state, wrong)


def kept_until(changed_at: datetime) -> datetime:
    """Until when an unsent draft that was last changed at this moment can be come back to."""
    return changed_at + timedelta(days=KEPT_DAYS)


def standing(state: LinkState, changed_at: datetime, sent: bool, now: datetime) -> LinkState:
    """How a link stands now: a draft that was sent or forgotten opens to nobody, whatever its link says."""
    if sent:
        return LinkState.SENT
    if state is LinkState.SUPERSEDED:
        return state
    return state if now < kept_until(changed_at) else LinkState.GONE
