"""A clock for tests that stands still until it is told to go on."""

from datetime import datetime, timedelta

import pytest

from selfservice import clock


class Standing:
    """What time it is for the doors of the product. It begins with the real moment: tokens of forms go by that."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.now: datetime = clock.now()
        monkeypatch.setattr(clock, "now", lambda: self.now)

    def go_on(self, **passed: float) -> datetime:
        """Let time pass (`minutes=5`); what time it is then."""
        self.now += timedelta(**passed)
        return self.now
