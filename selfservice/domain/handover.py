"""Passing a half-finished form between a resident and an agent: the states of it, and how long each is good."""

from collections.abc import Mapping
from datetime import datetime
from enum import StrEnum

from selfservice.domain.marking import gettext_noop

CODE_MINUTES = 15
LINK_DAYS = 7
MOST_WRONG_CODES = 5


class HandoverState(StrEnum):
    """Where a hand-over stands: on offer, with the other side, over; or no longer good."""

    OFFERED = "offered"
    TAKEN = "taken"
    OVER = "over"
    LOCKED = "locked"
    SUPERSEDED = "superseded"


class Direction(StrEnum):
    """From whom to whom a draft is passed."""

    TO_AGENT = "to_agent"
    TO_CUSTOMER = "to_customer"


class Event(StrEnum):
    """What happens to a hand-over."""

    TAKE = "take"  # the other side has the code
    WITHDRAW = "withdraw"  # whoever offered it goes on alone
    REPLACE = "replace"  # a newer offer takes its place, or there is nothing left to offer
    LOCK = "lock"  # too many wrong codes
    LET_GO = "let_go"  # given back, taken back, taken on elsewhere, or sent


# Every change that there is: what is not here does not happen.
ARROWS: Mapping[tuple[HandoverState, Event], HandoverState] = {
    (HandoverState.OFFERED, Event.TAKE): HandoverState.TAKEN,
    (HandoverState.OFFERED, Event.WITHDRAW): HandoverState.OVER,
    (HandoverState.OFFERED, Event.REPLACE): HandoverState.SUPERSEDED,
    (HandoverState.OFFERED, Event.LOCK): HandoverState.LOCKED,
    (HandoverState.TAKEN, Event.LET_GO): HandoverState.OVER,
}


class Stage(StrEnum):
    """How a draft that was offered to an agent stands, as whoever offered it is told."""

    NONE = "none"  # never offered, or taken off the table again
    WAITING = "waiting"
    RUN_OUT = "run_out"
    WITH_AGENT = "with_agent"
    LEFT = "left"  # the agent is no longer there, and has not given it back
    SENT = "sent"  # the agent has sent it
    BACK = "back"
    ELSEWHERE = "elsewhere"  # it was gone on with on another device


class Ask(StrEnum):
    """What a customer is asked for when an agent sends them a half-finished form."""

    PHOTOS = "photos"
    DECLARATION = "declaration"
    REST = "rest"


ASK_WORDS: Mapping[Ask, str] = {
    Ask.PHOTOS: gettext_noop("Add photos or documents"),
    Ask.DECLARATION: gettext_noop("Read the declaration, and agree to it yourself"),
    Ask.REST: gettext_noop("Answer the questions that are left"),
}


class NotThen(Exception):
    """Something that cannot happen to a hand-over as it stands."""


def move(state: HandoverState, event: Event) -> HandoverState:
    """Where a hand-over stands after `event`. Raises `NotThen` for what does not happen then."""
    after = ARROWS.get((state, event))
    if after is None:
        raise NotThen(f"{event} while {state}")
    return after


def good(state: HandoverState, until: datetime, now: datetime) -> bool:
    """Whether an offer can still be taken."""
    return state is HandoverState.OFFERED and now < until


def after_wrong_code(wrong: int) -> tuple[int, bool]:
    """How many wrong codes an offer has had after one more, and whether that locks it."""
    return wrong + 1, wrong + 1 >= MOST_WRONG_CODES


def digits_of(typed: str) -> str:
    """The figures of a code as somebody typed it; spaces and dashes between them do no harm."""
    return "".join(sign for sign in typed if sign.isdecimal() and sign.isascii())
