"""The whole product as it runs: web over HTTP, a worker, a sweeper, and a simulated back office."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from threading import Thread
from typing import Any

import pytest
import requests
from werkzeug.serving import make_server

from selfservice.app import create_app
from selfservice.database import Database
from selfservice.settings import ROOT, load_settings
from tests.factories.installations import SECRET, make_installation
from tests.journeys.visitor import Visitor
from tests.judge import JudgingClient
from tests.selfservice.web.conftest import app, installation, someone, visitor  # noqa: F401 - fixtures

SIGNED_WITH = "a secret that the back offices sign with"
OFFICES = [
    f"{council}{office}"
    for council in ("boston", "east-lindsey", "south-holland")
    for office in ("", "-revenues", "-customer-services")
]


@dataclass(frozen=True)
class Running:
    """The running product: where its back office is, and a visitor's browser whose pages are judged."""

    back_office: str
    visitor: Visitor

    def cases(self, council: str) -> list[dict[str, Any]]:
        """The cases that the council's back office has."""
        answer = requests.get(f"{self.back_office}/{council}/open311/v2/requests.json", timeout=5)
        return list(answer.json())

    def move_on(self, council: str, case: str, status: str, words: str) -> None:
        """Press a button on the back office's own page of a case."""
        told = {"status": status, "words": words}
        url = f"{self.back_office}/{council}/cases/{case}"
        assert requests.post(url, data=told, timeout=5, allow_redirects=False).status_code == 303

    def mails(self) -> list[dict[str, Any]]:
        """The e-mails that have arrived."""
        return list(requests.get(f"{self.back_office}/mailbox/messages.json", timeout=5).json())


def free_port() -> int:
    """A port that nobody listens on at the moment."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return int(taken.getsockname()[1])


def wait_for(what: Callable[[], Any], seconds: float) -> Any:
    """What `what` gives once it gives something; fails after so many seconds."""
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        found = what()
        if found:
            return found
        time.sleep(0.05)
    raise AssertionError(f"nothing after {seconds} seconds")


@pytest.fixture(params=["rung by Redis", "without Redis"])
def running(
    request: pytest.FixtureRequest, database: Database, tmp_path: Path, redis_prefix: str
) -> Iterator[Running]:
    """The running product, once with Redis and once without."""
    redis_url = request.getfixturevalue("redis_url") if request.param == "rung by Redis" else ""
    web, simulator, smtp = free_port(), free_port(), free_port()
    told = environment(database, tmp_path, redis_url, redis_prefix, web, simulator, smtp)
    served = create_app(make_installation(settings=load_settings(told), database=database))
    served.test_client_class = JudgingClient
    server = make_server("127.0.0.1", web, served, threaded=True)
    serving = Thread(target=server.serve_forever, daemon=True)
    serving.start()
    log = (tmp_path / "log").open("w")
    arguments = ["--port", str(simulator), "--smtp-port", str(smtp), "--home", str(tmp_path / "simulator")]
    commands = (
        ["-m", "integrations.simulator", *arguments, "--callbacks", f"http://127.0.0.1:{web}"],
        ["-m", "selfservice.cli", "worker"],
        ["-m", "selfservice.cli", "sweeper"],
    )
    inherited = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    started = [
        subprocess.Popen([sys.executable, *command], cwd=ROOT, env=inherited | told, stdout=log, stderr=log)
        for command in commands
    ]
    back_office = f"http://127.0.0.1:{simulator}"
    try:
        wait_for(lambda: answers(f"{back_office}/"), 30)
        yield Running(back_office, Visitor(served.test_client()))
    finally:
        for process in started:
            process.terminate()
        for process in started:
            process.wait(timeout=30)
        server.shutdown()
        serving.join()
        server.server_close()
        log.close()


def environment(
    database: Database, home: Path, redis_url: str, prefix: str, web: int, simulator: int, smtp: int
) -> dict[str, str]:
    """What every process is told."""
    told = {
        "SELFSERVICE_HOME": str(home),
        "DATABASE_URL": database.url,
        "REDIS_URL": redis_url,
        "REDIS_PREFIX": prefix,
        "SECRET_KEY": SECRET,
        "BASE_URL": "http://localhost",
        "TRUSTED_HOSTS": "127.0.0.1",
        "SMTP_URL": f"smtp://127.0.0.1:{smtp}",
        "POLL_SECONDS": "1",
        "SIMULATOR_PUSH_SECRET": SIGNED_WITH,
        "SIMULATOR_API_KEY": "a key",
    }
    for office in OFFICES:
        name = office.upper().replace("-", "_")
        told[f"{name}_OPEN311_URL"] = f"http://127.0.0.1:{simulator}/{office}/open311/v2"
        told[f"{name}_OPEN311_KEY"] = "a key"
        told[f"{name}_PUSH_SECRET"] = SIGNED_WITH
    return told


def answers(url: str) -> bool:
    """Whether something answers there."""
    try:
        return requests.get(url, timeout=2).ok
    except requests.ConnectionError:
        return False
