"""Passing a half-finished form between a resident and an agent: the states of it, and how long each is good."""

from enum import StrEnum

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
