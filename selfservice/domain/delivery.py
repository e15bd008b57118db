"""The states of a delivery: our duty to tell one back office, or to send one message."""

from enum import StrEnum


class DeliveryState(StrEnum):
    """Where a delivery stands; every arrow between them is one guarded update of one row."""

    PENDING = "pending"
    CLAIMED = "claimed"
    SENDING = "sending"
    UNCERTAIN = "uncertain"
    BLOCKED = "blocked"
    DELIVERED = "delivered"
    HELD = "held"
    DEAD = "dead"
    RESOLVED = "resolved"
    CANCELLED = "cancelled"


class DeliveryKind(StrEnum):
    """What is being delivered."""

    CASE = "case"
    NOTIFICATION = "notification"
