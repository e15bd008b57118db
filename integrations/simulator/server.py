"""The simulator's HTTP server: one thread a call, and a hand on the raw socket for faults."""

import json
import os
import socket
import struct
import time
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from integrations.simulator import faults as faults_room
from integrations.simulator import notify as notify_room
from integrations.simulator.cases import Memory
from integrations.simulator.faults import Fault, Faults
from integrations.simulator.notify import Notify
from integrations.simulator.open311 import Open311, Reply, before, said
from integrations.simulator.pages import MOVES, REOPEN, Pages
from integrations.simulator.pushing import Pusher

LARGEST_BODY = 2_000_000  # bytes


@dataclass(frozen=True)
class Simulator:
    """Everything that a call needs. `councils` are the slugs of the back offices, the first part of a path."""

    councils: tuple[str, ...]
    memory: Memory
    faults: Faults
    open311: Open311
    notify: Notify
    pages: Pages
    pusher: Pusher

    def get(self, path: str, asked: Mapping[str, str]) -> Reply:
        """Answer a GET outside Open311."""
        paused = asked.get("pause") == "1"
        if path == "/":
            return self.pages.overview(paused)
        if path == "/static/simulator.css":
            return self.pages.style()
        first, _, rest = path.strip("/").partition("/")
        if first == "mailbox":
            return self._mailbox(rest, paused)
        if (first, rest) == (notify_room.SLUG, "faults"):
            return self.pages.faults(first)
        if first not in self.councils:
            return self.pages.missing()
        if rest in ("effects.json", "added.json"):
            counted = self.memory.effects if rest == "effects.json" else self.memory.added
            return said(counted(first))
        if rest == "faults":
            return self.pages.faults(first)
        if not rest:
            return self.pages.cases(first, paused)
        case = self.memory.case(first, rest.removeprefix("cases/")) if rest.startswith("cases/") else None
        return self.pages.case(case) if case else self.pages.missing()

    def _mailbox(self, rest: str, paused: bool) -> Reply:
        if rest == "messages.json":
            return said([asdict(mail) for mail in self.memory.mails()])
        if rest:
            return self.pages.mail(int(rest)) if rest.isascii() and rest.isdigit() else self.pages.missing()
        return self.pages.mailbox(paused)

    def post(self, path: str, told: Mapping[str, Any], wants_json: bool) -> Reply:
        """Do what a button of a page, or a test, asks for."""
        council, _, rest = path.strip("/").partition("/")
        if council in (*self.councils, notify_room.SLUG) and rest in ("faults", "faults/clear"):
            return self._fault(council, rest, told, wants_json)
        case = self.memory.case(council, rest.removeprefix("cases/")) if rest.startswith("cases/") else None
        if case is None:
            return self.pages.missing()
        status, words = str(told.get("status", "")), str(told.get("words", "")).strip()
        closes = {move: closing for move, _, closing in (*MOVES, *REOPEN)}
        if not status:
            return self.pages.case(case, "Choose what happens to the case", words)
        if closes.get(status) and not words:
            return self.pages.case(case, "Tell the resident why", words)
        self.pusher.push(self.memory.change(case, status, words.replace("\r\n", "\n")))
        return _to(f"/{council}/cases/{case.id}")

    def _fault(self, council: str, rest: str, told: Mapping[str, Any], wants_json: bool) -> Reply:
        if rest == "faults/clear":
            self.faults.clear(council)
        else:
            try:
                self.faults.add(council, faults_room.read(told))
            except ValueError as wrong:
                return (
                    said({"error": str(wrong)}, 400) if wants_json else self.pages.faults(council, str(wrong))
                )
        in_force = [fault.kind for fault in self.faults.listed(council)]
        return said({"in_force": in_force}) if wants_json else _to(f"/{council}/faults")


def _to(path: str) -> Reply:
    return Reply(303, headers={"Location": path})


class Handler(BaseHTTPRequestHandler):
    """One call."""

    server: "Server"
    protocol_version = "HTTP/1.1"
    server_version = "SimulatedBackOffice"
    sys_version = ""
    timeout = 30

    def do_GET(self) -> None:
        """Answer a GET."""
        path, asked = self._asked()
        simulator = self.server.simulator
        if path == notify_room.LIST:
            fault = self._fault(notify_room.SLUG, "get")
            return self._write(simulator.notify.get(asked, self.headers.get("Authorization", ""), fault))
        council, open311 = self._open311(path)
        if open311 is None:
            return self._write(simulator.get(path, asked))
        fault = self._fault(council, "get")
        reply = before(fault) or simulator.open311.get(council, open311, asked)
        half = bool(fault and fault.kind == "half_reply")
        return self._write(
            Reply(reply.status, reply.body, headers=reply.headers, half=half, reset=reply.reset)
        )

    def do_HEAD(self) -> None:
        """Answer a HEAD: a GET without its body."""
        self.do_GET()

    def do_POST(self) -> None:
        """Answer a POST."""
        path, _ = self._asked()
        body = self._body()
        if body is None:
            return self._write(Reply(413, b""))
        council, open311 = self._open311(path)
        if open311 in ("requests.json", "servicerequestupdates.json"):
            return self._write(self._take(council, open311, body))
        simulator = self.server.simulator
        if path == notify_room.SEND:
            fault = self._fault(notify_room.SLUG, "post")
            return self._write(simulator.notify.post(body, self.headers.get("Authorization", ""), fault))
        if not self._same_origin():
            return self._write(
                simulator.pages.sorry(403, "Not allowed", "Another site's page asked for this.")
            )
        wants_json = self.headers.get_content_type() == "application/json"
        try:
            told = json.loads(body) if wants_json else dict(parse_qsl(body.decode()))
        except ValueError:
            return self._write(said({"error": "The body cannot be read"}, 400))
        return self._write(simulator.post(path, told if isinstance(told, dict) else {}, wants_json))

    def _take(self, council: str, what: str, body: bytes) -> Reply:
        fault, server = self._fault(council, "post"), self.server.simulator.open311
        form = parse_qsl(body.decode("utf-8", "replace"), keep_blank_values=False)
        take = server.post if what == "requests.json" else server.add
        return before(fault) or take(council, form, fault)

    def _fault(self, whose: str, method: str) -> Fault | None:
        """The fault that befalls this call, if any; one that is slow has been waited for."""
        fault = self.server.simulator.faults.take(whose, method)
        if fault and fault.kind == "slow":
            time.sleep(fault.seconds)
        return fault

    def _asked(self) -> tuple[str, dict[str, str]]:
        parts = urlsplit(self.path)
        return unquote(parts.path), dict(parse_qsl(parts.query))

    def _open311(self, path: str) -> tuple[str, str | None]:
        council, _, rest = path.strip("/").partition("/")
        known = council in self.server.simulator.councils and rest.startswith("open311/v2/")
        return council, rest.removeprefix("open311/v2/") if known else None

    def _body(self) -> bytes | None:
        length = self.headers.get("Content-Length", "0")
        if not length.isdigit() or int(length) > LARGEST_BODY:
            self.close_connection = True
            return None
        return self.rfile.read(int(length))

    def _same_origin(self) -> bool:
        """Whether the call comes from our own page, or from no page at all (a test, a program)."""
        origin, site = self.headers.get("Origin"), self.headers.get("Sec-Fetch-Site", "none")
        ours = origin is None or urlsplit(origin).netloc == self.headers.get("Host")
        return ours and site in ("same-origin", "none")

    def _write(self, reply: Reply) -> None:
        if reply.reset:
            return self._reset()
        self.send_response(reply.status)
        headers = {"Content-Type": reply.kind, "Content-Length": str(len(reply.body)), **reply.headers}
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("Connection", "close")
        self.end_headers()
        body = reply.body[: len(reply.body) // 2] if reply.half else reply.body
        if self.command != "HEAD":
            self.wfile.write(body)
        return None

    def _reset(self) -> None:
        """Break the connection off with a reset instead of an end."""
        self.close_connection = True
        self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        os.close(self.connection.detach())

    def log_message(self, *_: Any) -> None:
        """Say nothing: addresses and forms hold what people told."""


class Server(ThreadingHTTPServer):
    """Listens; a busy moment queues instead of refusing."""

    daemon_threads = True
    request_queue_size = 256

    def __init__(self, address: tuple[str, int], simulator: Simulator) -> None:
        self.simulator = simulator
        super().__init__(address, Handler)

    def handle_error(self, *_: Any) -> None:
        """A caller that went away is no news."""
