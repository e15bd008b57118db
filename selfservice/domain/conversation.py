"""What a customer and a team say to each other about a submission, and until when "this is not fixed" counts."""

from datetime import datetime, time, timedelta
from enum import StrEnum

from selfservice.domain.moments import LONDON

LONGEST_MESSAGE = 2_000  # characters
DISPUTE_DAYS = 14


class Speaker(StrEnum):
    """Who said something."""

    CUSTOMER = "customer"
    BY_LINK = "by_link"  # whoever has the signed link, of a submission that is in an account
    HELPER = "helper"  # a member of staff, for the customer
    TEAM = "team"


class Passing(StrEnum):
    """How far something that the customer wrote has come on its way to the team."""

    ON_ITS_WAY = "on_its_way"
    THERE = "there"
    BY_HAND = "by_hand"  # a person has to pass it on


def dispute_until(closed_at: datetime) -> datetime:
    """The last second of the fourteenth day after the day in London on which a case was closed."""
    last = closed_at.astimezone(LONDON).date() + timedelta(days=DISPUTE_DAYS)
    return datetime.combine(last, time(23, 59, 59), LONDON)
