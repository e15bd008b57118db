"""A back office to break things against: it speaks Open311, is not idempotent on purpose, and fails as told.

`python -m tests.faults.back_office PORT EFFECTS`: every case that it opens adds our reference as a line to
the file EFFECTS, and everything that is added to one the sender's id of that. POST /control with
{"next": [faults], "always": fault} says how the next requests go wrong:
"503", "500_before", "500_after", "hang_before", "hang_after", "reset", "no_id", "slow" (applies, then waits).
A fault may also be {"some": {fault: share}}, drawn anew for each request.
"""

import json
import random
import struct
import sys
import threading
import time
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

HANG_SECONDS = 8.0
SLOW_SECONDS = 0.3


class State:
    """What the back office knows, and how it is told to fail."""

    def __init__(self, effects: Path) -> None:
        self.lock = threading.Lock()
        self.effects = effects.open("a", buffering=1)
        self.cases: dict[str, list[tuple[str, str]]] = {}
        self.added: list[str] = []
        self.next: list[str] = []
        self.always: Any = "ok"
        self.dice = random.Random(7)
        self.flying: dict[str, int] = {}
        self.overlaps = 0

    def fault(self) -> str:
        """How this request goes."""
        with self.lock:
            if self.next:
                return self.next.pop(0)
            if isinstance(self.always, str):
                return self.always
            roll = self.dice.random()
            for fault, share in self.always["some"].items():
                roll -= share
                if roll < 0:
                    return str(fault)
            return "ok"

    def open(self, reference: str, service: str) -> str:
        """Open a case, whether or not there is one already."""
        with self.lock:
            number = f"C{len(self.cases):05}-{len(self.cases.get(reference, ()))}"
            self.cases.setdefault(reference, []).append((number, service))
            self.effects.write(reference + "\n")
            return number

    def add(self, update: str) -> None:
        """Add something to a case, whether or not it is there already."""
        with self.lock:
            self.added.append(update)
            self.effects.write(update + "\n")


class Handler(BaseHTTPRequestHandler):
    """One connection."""

    protocol_version = "HTTP/1.1"
    state: State

    def log_message(self, *_: object) -> None:
        """Say nothing."""

    def _answer(self, code: int, body: object) -> None:
        written = json.dumps(body).encode()
        self.send_response(code)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(written)))
        self.end_headers()
        self.wfile.write(written)

    def do_GET(self) -> None:
        """The cases with our reference, or what was added to any."""
        if "servicerequestupdates" in self.path:
            with self.state.lock:
                listed = [
                    {"update_id": str(n), "update_id_ext": each} for n, each in enumerate(self.state.added)
                ]
            return self._answer(200, listed)
        reference = parse_qs(urlsplit(self.path).query).get("external_reference", [""])[0]
        with self.state.lock:
            cases = list(self.state.cases.get(reference, ()))
        shown = [
            {"service_request_id": case, "service_code": service, "external_reference": reference}
            for case, service in cases
        ]
        return self._answer(200, shown)

    def do_POST(self) -> None:
        """Open a case, add to one, or fail as told."""
        body = self.rfile.read(int(self.headers["Content-Length"]))
        if self.path == "/control":
            told = json.loads(body)
            with self.state.lock:
                self.state.next, self.state.always = told.get("next", []), told.get("always", "ok")
            return self._answer(200, {})
        told = parse_qs(body.decode())
        if "servicerequestupdates" in self.path:
            update = told["update_id"][0]
            return self._do(lambda: self.state.add(update), {"update_id": "1"}, self.state.fault())
        reference, service = told["attribute[external_reference]"][0], told["service_code"][0]
        opened: dict[str, str] = {}
        return self._do(
            lambda: opened.update(service_request_id=self.state.open(reference, service)),
            opened,
            self.state.fault(),
        )

    def _do(self, apply: Callable[[], object], answer: dict[str, str], fault: str) -> None:
        if fault == "503":
            return self._answer(503, [{"code": 503, "description": "busy"}])
        if fault == "500_before":
            return self._answer(500, [{"code": 500, "description": "broken"}])
        if fault == "hang_before":
            time.sleep(HANG_SECONDS)
            return self._drop()
        apply()
        if fault == "slow":
            time.sleep(SLOW_SECONDS)
        if fault == "hang_after":
            time.sleep(HANG_SECONDS)
            return self._drop()
        if fault == "reset":
            return self._drop()
        if fault == "500_after":
            return self._answer(500, [{"code": 500, "description": "broken"}])
        return self._answer(200, [{}] if fault == "no_id" else [answer])

    def _drop(self) -> None:
        """Reset the connection: no FIN, no answer."""
        import socket

        self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self.close_connection = True
        self.connection.close()


class Server(ThreadingHTTPServer):
    """Many connections at once, none of which keeps the process alive."""

    daemon_threads = True
    request_queue_size = 128

    def handle_error(self, *_: object) -> None:
        """A client that was killed is no news."""


def main() -> None:
    """Serve until killed."""
    port, effects = int(sys.argv[1]), Path(sys.argv[2])
    handler = type("Bound", (Handler,), {"state": State(effects)})
    Server(("127.0.0.1", port), handler).serve_forever()


if __name__ == "__main__":
    main()
