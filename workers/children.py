"""Forked children: each dies with its parent, and each remote call dies at its hard limit."""

import ctypes
import os
import signal
import sys
import time
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress

import structlog

log = structlog.get_logger(__name__)

PR_SET_PDEATHSIG = 1
LONGEST_SECONDS = 120.0


def die_with_parent(parent: int | None = None) -> None:
    """Ask the kernel to kill this process when its parent goes; leave at once if `parent` is gone already."""
    if sys.platform == "linux":
        ctypes.CDLL(None, use_errno=True).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
    if parent is not None and os.getppid() != parent:
        os._exit(1)


@contextmanager
def hard_limit(seconds: float) -> Iterator[None]:
    """Kill this process if the block takes longer: a signal with its default action, which nothing swallows.

    The timer runs on while the process is stopped, so one that is woken too late dies before it goes on.
    """
    signal.signal(signal.SIGALRM, signal.SIG_DFL)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)


def told(error: BaseException) -> dict[str, str]:
    """An error as it may be written down: its kind and where it arose, never its words."""
    frames = traceback.extract_tb(error.__traceback__)
    where = f"{frames[-1].name}:{frames[-1].lineno}" if frames else ""
    return {"error": type(error).__name__, "where": where}


class Children:
    """At most `limit` forked children at a time, reaped as they end, and killed when they hang."""

    def __init__(self, limit: int, longest: float = LONGEST_SECONDS) -> None:
        self._limit = limit
        self._longest = longest
        self._running: dict[int, float] = {}

    def reap(self) -> None:
        """Forget the children that have ended; kill those that should have ended long ago."""
        for pid, started in list(self._running.items()):
            if time.monotonic() - started > self._longest:
                log.warning("child_hung", pid=pid)
                os.kill(pid, signal.SIGKILL)
            try:
                ended, _ = os.waitpid(pid, os.WNOHANG)
            except ChildProcessError:
                ended = pid
            if ended:
                del self._running[pid]

    @property
    def room(self) -> bool:
        """Whether another child may start."""
        self.reap()
        return len(self._running) < self._limit

    def start(self, work: Callable[[], object]) -> bool:
        """Do `work` in a child; False when there is no room. No connection may be open in this process."""
        if not self.room:
            return False
        parent = os.getpid()
        pid = os.fork()
        if pid == 0:
            _be_child(parent, work)
        self._running[pid] = time.monotonic()
        return True

    def wait(self) -> None:
        """Wait for every child."""
        for pid in list(self._running):
            with suppress(ChildProcessError):
                os.waitpid(pid, 0)
            del self._running[pid]


def _be_child(parent: int, work: Callable[[], object]) -> None:
    code = 1
    try:
        die_with_parent(parent)
        # What the parent does on being told to stop is not for its children: they finish, or die with it.
        signal.signal(signal.SIGTERM, signal.SIG_IGN)
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        work()
        code = 0
    except Exception as error:
        log.error("child_failed", **told(error))
    finally:
        os._exit(code)
