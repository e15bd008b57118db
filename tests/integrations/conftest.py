"""What the tests of the connectors stand on: a running simulator, a raw socket that misbehaves, a request."""

import socket
import struct
import threading
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pytest

from integrations.simulator.building import build
from integrations.simulator.server import Server, Simulator
from selfservice.domain.case import CaseRequest, Contact, CustomerUpdate, GivenAnswer, UpdateKind
from selfservice.domain.people import Channel
from selfservice.domain.places import Place, Precision

REQUEST = CaseRequest(
    delivery_id="0198f2a0-0000-7000-8000-000000000001",
    reference="BOS-7K4M-2QXP",
    council="boston",
    service="fly-tipping",
    service_title="Report fly-tipping",
    service_code="FLYTIP",
    channel=Channel.WEB,
    submitted_at=datetime(2026, 6, 3, 13, 5, 9, 123456, UTC),
    urgent=True,
    place=Place(
        532700.4,
        344100.2,
        Precision.PIN,
        "pin",
        "Near PE21 6RY, Boston, grid reference TF 327 441",
        council="boston",
    ),
    contact=Contact("Ann Marie O'Brien", "ann@example.org", "01632 960123"),
    answers=(
        GivenAnswer("what", "What has been dumped?", "Household waste, Tyres", ["household", "tyres"]),
        GivenAnswer("size", "How much is there", "A van load", "van"),
        GivenAnswer("place", "Where is it?", "Near PE21 6RY", {"easting": 532700.4}),
        GivenAnswer("name", "What is your name?", "Ann Marie O'Brien", "Ann Marie O'Brien"),
        GivenAnswer("email", "What is your e-mail address?", "ann@example.org", "ann@example.org"),
    ),
    photo_links=("https://forms.example.org/photos/one", "https://forms.example.org/photos/two"),
)

UPDATE = CustomerUpdate(
    id="0198f2a0-0000-7000-8000-000000000002",
    reference=REQUEST.reference,
    kind=UpdateKind.MESSAGE,
    words="There is more of it now, behind O'Brien's gate – two mattresses & <a> fridge",
    at=datetime(2026, 6, 4, 8, 0, 1, 123456, UTC),
    contact=REQUEST.contact,
    file_links=("https://forms.example.org/photos/three", "https://forms.example.org/photos/four"),
    files_held_back=1,
)


class Remembered:
    """Steps as the database keeps them, in memory."""

    def __init__(self) -> None:
        self.kept: dict[str, str] = {}

    def once(self, name: str, call: Callable[[], str]) -> str:
        if name not in self.kept:
            self.kept[name] = call()
        return self.kept[name]


@dataclass
class Running:
    """A simulator that answers on loopback."""

    simulator: Simulator
    address: str

    def open311(self, council: str = "boston") -> str:
        return f"{self.address}/{council}/open311/v2"


@pytest.fixture
def running(tmp_path: Path) -> Iterator[Running]:
    """A simulated back office over real HTTP."""
    simulator = build(tmp_path / "simulator", api_key="key-of-the-simulator")
    server = Server(("127.0.0.1", 0), simulator)
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    yield Running(simulator, f"http://127.0.0.1:{server.server_port}")
    server.shutdown()
    thread.join()
    server.server_close()
    simulator.memory.close()


@pytest.fixture
def answering() -> Iterator[Callable[[bytes | None], str]]:
    """Makes a server that reads a request and then writes these bytes and ends; None resets instead."""
    listening: list[socket.socket] = []

    def serve(server: socket.socket, answer: bytes | None) -> None:
        while True:
            try:
                caller, _ = server.accept()
            except OSError:
                return
            with closing(caller):
                caller.recv(65536)
                if answer is None:
                    caller.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
                elif answer:
                    caller.sendall(answer)

    def start(answer: bytes | None) -> str:
        server = socket.create_server(("127.0.0.1", 0))
        listening.append(server)
        threading.Thread(target=serve, args=(server, answer), daemon=True).start()
        return f"http://127.0.0.1:{server.getsockname()[1]}"

    yield start
    for server in listening:
        server.shutdown(socket.SHUT_RDWR)
        server.close()
