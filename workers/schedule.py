"""When something periodic is due, by a monotonic clock: setting the machine's clock changes nothing."""

import signal
import threading
import time
from types import FrameType


class Every:
    """Due at once, and then once every `seconds`."""

    def __init__(self, seconds: float) -> None:
        self._seconds = seconds
        self._last: float | None = None

    def due(self) -> bool:
        """Whether it is time; asking resets it."""
        now = time.monotonic()
        if self._last is not None and now - self._last < self._seconds:
            return False
        self._last = now
        return True


class Stop:
    """Set by SIGTERM or SIGINT: the loop ends after what it is doing."""

    def __init__(self) -> None:
        self._event = threading.Event()
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, self._asked)

    def _asked(self, _number: int, _frame: FrameType | None) -> None:
        self._event.set()

    @property
    def asked(self) -> bool:
        """Whether to stop."""
        return self._event.is_set()

    def sleep(self, seconds: float) -> None:
        """Sleep, but no longer than until asked to stop."""
        self._event.wait(seconds)
