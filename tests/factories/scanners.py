"""Virus scanners for tests: Debian's clamd with signatures of our own, and a stand-in that speaks its protocol."""

import shutil
import socket
import struct
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Thread

# The test file of the European Institute for Computer Antivirus Research, put together so that no scanner of a
# developer's machine takes this file for one.
EICAR = b"X5O!P%@AP[4\\PZX54(P^)7CC)7}$EICAR-" + b"STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"
MARKER = b"a marker of the tests that a signature of our own knows"
CONFIGURATION = """
LogFile {folder}/log
DatabaseDirectory {folder}/signatures
TemporaryDirectory {folder}
LocalSocket {folder}/clamd.sock
TCPSocket {port}
TCPAddr 127.0.0.1
Foreground yes
MaxThreads 2
StreamMaxLength 12M
SelfCheck 3600
{user}
"""


def clamd() -> str | None:
    """The daemon's program, if it is installed."""
    return shutil.which("clamd") or shutil.which("clamd", path="/usr/sbin:/usr/local/sbin")


class Clamd:
    """A daemon with two signatures of our own, as a process of its own; it can be stopped and started."""

    def __init__(self, folder: Path, port: int) -> None:
        self.socket, self.port = folder / "clamd.sock", port
        self._folder, self._process = folder, None
        (folder / "signatures").mkdir()
        signatures = [("Test.EICAR", EICAR), ("Test.Marker", MARKER)]
        lines = [f"{name}:0:*:{data.hex()}\n" for name, data in signatures]
        (folder / "signatures" / "ours.ndb").write_text("".join(lines), encoding="ascii")
        # Debian's runs as its own user unless it is told otherwise; ours stays who the tests are.
        told = CONFIGURATION.format(folder=folder, port=port, user="User root" if _is_root() else "")
        (folder / "clamd.conf").write_text(told, encoding="ascii")

    @property
    def urls(self) -> tuple[str, str]:
        """Where it is: over TCP, and by its socket."""
        return f"tcp://127.0.0.1:{self.port}", f"unix://{self.socket}"

    def start(self) -> None:
        """Start it and wait until it answers."""
        program = clamd()
        assert program
        log = (self._folder / "output").open("ab")
        with log:
            command = [program, "--config-file", str(self._folder / "clamd.conf")]
            self._process = subprocess.Popen(command, stdout=log, stderr=log)
        until = time.monotonic() + 60
        while not _answers(self.port):
            assert self._process.poll() is None, (self._folder / "output").read_text(encoding="utf-8")
            assert time.monotonic() < until, "clamd did not answer"
            time.sleep(0.05)

    def stop(self) -> None:
        """Stop it."""
        if self._process is not None:
            self._process.terminate()
            self._process.wait(timeout=30)
            self._process = None


def _is_root() -> bool:
    import os

    return os.geteuid() == 0


def _answers(port: int) -> bool:
    try:
        with socket.create_connection(("127.0.0.1", port), timeout=2) as connection:
            connection.sendall(b"zPING\0")
            return connection.recv(16) == b"PONG\0"
    except OSError:
        return False


@contextmanager
def stand_in(
    answer: bytes, *, after: int | None = None, silent: float = 0.0
) -> Iterator[tuple[str, list[bytes]]]:
    """A daemon that reads a stream and says `answer`: its address, and what was streamed to it.

    With `after` it answers and hangs up once it has read so many bytes; `silent`, so many seconds later.
    """
    listening = socket.create_server(("127.0.0.1", 0))
    listening.settimeout(20)
    streamed: list[bytes] = []

    def serve() -> None:
        try:
            connection, _ = listening.accept()
        except OSError:
            return
        with connection:
            connection.settimeout(20)
            streamed.append(_streamed(connection, after))
            time.sleep(silent)
            try:
                connection.sendall(answer)
            except OSError:
                return

    thread = Thread(target=serve)
    thread.start()
    try:
        yield f"tcp://127.0.0.1:{listening.getsockname()[1]}", streamed
    finally:
        listening.close()
        thread.join()


def _streamed(connection: socket.socket, after: int | None) -> bytes:
    """What comes in by INSTREAM, up to its end or to so many bytes."""
    with connection.makefile("rb") as stream:
        assert stream.read(10) == b"zINSTREAM\0"
        data = b""
        while length := struct.unpack(">I", stream.read(4))[0]:
            data += stream.read(length)
            if after is not None and len(data) >= after:
                break
    return data
