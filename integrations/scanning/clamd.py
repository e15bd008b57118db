"""Asks ClamAV's daemon about a file, by its command INSTREAM over TCP or a socket of this machine.

Facts of the protocol are those of the manual of clamd: "zINSTREAM\\0", then chunks, each behind its length in
four bytes (network order), ended by a length of 0; the answer is "stream: OK", "stream: <name> FOUND" or
"INSTREAM size limit exceeded. ERROR", ended by a zero byte.
"""

import re
import socket
import struct
from contextlib import suppress
from urllib.parse import unquote, urlsplit

from selfservice.domain.files import Scanned, Verdict

CHUNK = 64 * 1024
SECONDS = 15.0
LONGEST_ANSWER = 4096
FOUND = re.compile(r"stream: (.+) FOUND")
AWAY = Scanned(Verdict.AWAY)


class Clamd:
    """The daemon at `tcp://host:port` or `unix:///path`. Whatever is not plainly "OK" is never clean."""

    def __init__(self, url: str, seconds: float = SECONDS) -> None:
        self._parts = urlsplit(url)
        self._seconds = seconds

    def scan(self, data: bytes) -> Scanned:
        """What it says of `data`; never raises. A daemon that is away, silent or unclear: `AWAY`."""
        try:
            with self._connection() as connection:
                # A daemon to whom it is too much answers in the middle and hangs up.
                with suppress(BrokenPipeError, ConnectionResetError):
                    connection.sendall(b"zINSTREAM\0")
                    for start in range(0, len(data), CHUNK):
                        chunk = data[start : start + CHUNK]
                        connection.sendall(struct.pack(">I", len(chunk)) + chunk)
                    connection.sendall(struct.pack(">I", 0))
                return _understood(_answer(connection))
        except OSError:
            return AWAY

    def _connection(self) -> socket.socket:
        if self._parts.scheme == "unix":
            connection = socket.socket(socket.AF_UNIX)
            connection.settimeout(self._seconds)
            try:
                connection.connect(unquote(self._parts.path))
            except OSError:
                connection.close()
                raise
            return connection
        return socket.create_connection((self._parts.hostname, self._parts.port or 3310), self._seconds)


def _answer(connection: socket.socket) -> str:
    answer = b""
    while not answer.endswith(b"\0") and len(answer) < LONGEST_ANSWER:
        more = connection.recv(LONGEST_ANSWER)
        if not more:
            break
        answer += more
    # Half an answer is none.
    return answer[:-1].decode("utf-8", "replace") if answer.endswith(b"\0") else ""


def _understood(answer: str) -> Scanned:
    if answer == "stream: OK":
        return Scanned(Verdict.CLEAN)
    found = FOUND.fullmatch(answer)
    if found:
        return Scanned(Verdict.INFECTED, found[1][:100])
    return Scanned(Verdict.TOO_BIG) if "size limit exceeded" in answer else AWAY
