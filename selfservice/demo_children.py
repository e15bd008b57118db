"""The processes that the demonstration starts: begun, watched and stopped, and no others."""

import contextlib
import ctypes
import http.client
import os
import signal
import subprocess
import sys
import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from selfservice.settings import ROOT

STOP_SECONDS = 10.0
LINES_SHOWN = 15
PR_SET_PDEATHSIG = 1


class Fallen(Exception):
    """A part of the demonstration ended or never answered; says which, with its last words."""


@dataclass
class Child:
    """One running part. It leads a process group of its own, so that all it starts can be stopped with it."""

    name: str
    log: Path
    process: subprocess.Popen[bytes]

    def last_words(self) -> str:
        """The end of its log."""
        lines = self.log.read_text(encoding="utf-8", errors="replace").splitlines()
        return "\n".join(f"  | {line}" for line in lines[-LINES_SHOWN:])


class Children:
    """All the running parts."""

    def __init__(self, logs: Path, environment: Mapping[str, str]) -> None:
        self._logs = logs
        self._environment = dict(environment)
        self._all: list[Child] = []
        logs.mkdir(parents=True, exist_ok=True)

    def start(self, name: str, *arguments: str) -> Child:
        """Start `python` with `arguments`, its output in a log of its own that begins anew."""
        log = self._logs / f"{name}.log"
        with log.open("wb") as output:
            process = subprocess.Popen(
                [sys.executable, *arguments],
                cwd=ROOT,
                env=self._environment,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                start_new_session=True,
                preexec_fn=_end_with_parent,
            )
        child = Child(name, log, process)
        self._all.append(child)
        return child

    def wait_for(self, child: Child, address: str, seconds: float) -> None:
        """Wait until `address` answers anything but an error. Raises `Fallen` if it does not in time."""
        deadline = time.monotonic() + seconds
        while not _answers(address):
            self.check()
            if time.monotonic() > deadline:
                raise Fallen(
                    f"The {child.name} did not answer at {address} in {seconds:.0f} s:\n{child.last_words()}"
                )
            time.sleep(0.05)

    def check(self) -> None:
        """Raise `Fallen` if any part has ended by itself."""
        for child in self._all:
            status = child.process.poll()
            if status is not None:
                how = f"by signal {-status}" if status < 0 else f"with status {status}"
                raise Fallen(f"The {child.name} ended {how}:\n{child.last_words()}\nAll of it: {child.log}")

    def stop(self) -> None:
        """Ask every part to end, wait for them, and end what stays."""
        for child in self._all:
            _signal(child, signal.SIGTERM)
        deadline = time.monotonic() + STOP_SECONDS
        for child in self._all:
            try:
                with contextlib.suppress(subprocess.TimeoutExpired):
                    child.process.wait(max(0.0, deadline - time.monotonic()))
            except KeyboardInterrupt:  # asked twice: at once, then
                deadline = 0.0
            # Whatever the part itself had started goes with it.
            _signal(child, signal.SIGKILL)
            child.process.wait()
        self._all.clear()


def _signal(child: Child, number: signal.Signals) -> None:
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(child.process.pid, number)


def _answers(address: str) -> bool:
    parts = urlsplit(address)
    connection = http.client.HTTPConnection(parts.hostname or "", parts.port, timeout=2)
    try:
        connection.request("GET", parts.path or "/")
        return connection.getresponse().status < 400
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()


_libc = ctypes.CDLL(None) if sys.platform == "linux" else None


def _end_with_parent() -> None:
    """In the child, before its program: have the kernel end it should we be killed outright (Linux alone)."""
    if _libc is not None:
        _libc.prctl(PR_SET_PDEATHSIG, signal.SIGTERM)
