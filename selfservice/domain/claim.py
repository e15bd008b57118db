"""Claims: taking over into an account what was sent without one, and for how long whoever sent it can undo that."""

from datetime import datetime, timedelta

UNDO_DAYS = 14


def undone_until(claimed_at: datetime) -> datetime:
    """Until when a claim of this moment can be undone."""
    return claimed_at + timedelta(days=UNDO_DAYS)
