"""`make demo`: starts what it says, stops all of it and nothing else, and says in one line why it cannot."""

import os
import re
import signal
import socket
import stat
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlencode, urlsplit

import pytest

from selfservice.demo_people import PEOPLE, STAFF
from selfservice.settings import ROOT
from tests.browser.conftest import free_ports
from tests.factories.homes import home_with_postcodes

START_SECONDS = 120.0


class Demonstration:
    """One run of the demonstration on a home folder and ports of its own."""

    def __init__(self, home: Path, **told: str) -> None:
        self.home = home
        ports = dict(zip(("PORT", "SIMULATOR_PORT", "SMTP_PORT"), map(str, free_ports(3))))
        kept = {name: value for name, value in os.environ.items() if name in {"PATH", "LANG", "TMPDIR"}}
        self.told = {**kept, **ports, "SELFSERVICE_HOME": str(home), **told}
        self.output = home.parent / f"{ports['PORT']}.out"
        with self.output.open("wb") as output:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "selfservice.cli", "demo"],
                cwd=ROOT, env=self.told, stdout=output, stderr=subprocess.STDOUT, start_new_session=True,
            )  # fmt: skip

    @property
    def said(self) -> str:
        """What it has printed."""
        return self.output.read_text(encoding="utf-8")

    def until_running(self) -> None:
        """Wait until it says that it runs."""
        deadline = time.monotonic() + START_SECONDS
        while "The demonstration is running" not in self.said:
            assert self.process.poll() is None, self.said
            assert time.monotonic() < deadline, self.said
            time.sleep(0.1)

    def children(self) -> list[int]:
        """The processes that it started, and theirs."""
        every: dict[int, list[int]] = {}
        for entry in Path("/proc").iterdir():
            if entry.name.isdigit():
                try:
                    fields = (entry / "stat").read_text().rpartition(")")[2].split()
                except OSError:
                    continue
                every.setdefault(int(fields[1]), []).append(int(entry.name))
        found, look = [], [self.process.pid]
        while look:
            below = every.get(look.pop(), [])
            found += below
            look += below
        return found

    def answers(self, path: str = "/") -> int:
        """The status with which its web answers; 0 if it does not."""
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{self.told['PORT']}{path}", timeout=5) as answer:
                return int(answer.status)
        except (urllib.error.URLError, OSError):
            return 0


def gone(processes: list[int], seconds: float = 15.0) -> bool:
    """Whether all of them end within some seconds."""
    deadline = time.monotonic() + seconds
    while any(_alive(process) for process in processes):
        if time.monotonic() > deadline:
            return False
        time.sleep(0.1)
    return True


def _alive(process: int) -> bool:
    try:
        return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A home folder in which something of somebody else's lies."""
    folder = home_with_postcodes(tmp_path / "home")
    (folder / "not-ours.txt").write_text("keep me", encoding="utf-8")
    return folder


@pytest.fixture
def running(home: Path) -> Iterator[Demonstration]:
    """A demonstration that runs."""
    demonstration = Demonstration(home)
    try:
        demonstration.until_running()
        yield demonstration
    finally:
        if demonstration.process.poll() is None:
            demonstration.process.terminate()
        demonstration.process.wait(30)


def test_it_says_where_everything_is_and_one_signal_stops_all_of_it(running: Demonstration) -> None:
    assert running.answers() == 200
    for told in (
        running.told["PORT"],
        running.told["SIMULATOR_PORT"],
        "/boston/",
        "/mailbox/",
        PEOPLE[0].name,
        *(worker.email for worker in STAFF),
    ):
        assert told in running.said
    children = running.children()
    assert len(children) >= 4
    running.process.send_signal(signal.SIGINT)
    assert running.process.wait(20) == 0
    assert gone(children, 1)
    assert "Stopped" in running.said
    assert running.answers() == 0
    kept = running.home / "demo.env"
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600

    secrets = kept.read_text(encoding="ascii")
    again = Demonstration(running.home, RESET="1")
    again.until_running()
    again.process.terminate()
    assert again.process.wait(20) == 0
    assert kept.read_text(encoding="ascii") != secrets
    assert (running.home / "not-ours.txt").read_text(encoding="utf-8") == "keep me"


def test_its_staff_sign_in_by_the_password_and_the_code_that_it_tells(running: Demonstration) -> None:
    opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor())

    def sent(path: str, fields: dict[str, str] | None = None) -> tuple[str, str]:
        data = urlencode(fields).encode() if fields else None
        with opener.open(f"http://127.0.0.1:{running.told['PORT']}{path}", data, timeout=10) as answer:
            return urlsplit(answer.url).path, answer.read().decode()

    def token(page: str) -> str:
        found = re.search(r'name="csrf_token" value="([^"]+)"', page)
        assert found
        return found[1]

    email = STAFF[0].email
    password = re.search(rf"{re.escape(email)}, password (\S+)", running.said)
    assert password
    _, page = sent("/staff/sign-in")
    where, page = sent("/staff/sign-in", {"csrf_token": token(page), "email": email, "password": password[1]})
    assert where == "/staff/second-factor"
    told = {**running.told, "DEMONSTRATION": "1"}
    code = subprocess.run(
        [sys.executable, "-m", "selfservice.cli", "staff", "code", email],
        cwd=ROOT, env=told, capture_output=True, text=True, check=True,
    ).stdout.strip()  # fmt: skip
    sent("/staff/second-factor", {"csrf_token": token(page), "code": code})
    where, page = sent("/staff/")
    assert where == "/staff/"
    assert STAFF[0].name in page
    kept = running.home / "demo_staff.json"
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600


def test_commands_beside_it_sign_as_it_does_so_that_an_invitation_arrives(running: Demonstration) -> None:
    command = [sys.executable, "-m", "selfservice.cli", "staff", "add", "Ada Wold", "ada.wold@example.org"]
    subprocess.run(command, cwd=ROOT, env=running.told, capture_output=True, check=True)
    mailbox = f"http://127.0.0.1:{running.told['SIMULATOR_PORT']}/mailbox/"
    for _ in range(200):
        with urllib.request.urlopen(mailbox, timeout=10) as answer:
            if "ada.wold@example.org" in answer.read().decode():
                return
        time.sleep(0.1)
    raise AssertionError("the invitation never came")


def test_a_second_one_leaves_the_first_alone(running: Demonstration) -> None:
    second = Demonstration(running.home)
    assert second.process.wait(30) == 1
    assert "is running on" in second.said
    assert running.answers() == 200


def test_when_a_part_falls_it_says_which_and_stops_the_rest(running: Demonstration) -> None:
    children = running.children()
    sweeper = next(child for child in children if b"sweeper" in Path(f"/proc/{child}/cmdline").read_bytes())
    os.kill(sweeper, signal.SIGKILL)
    assert running.process.wait(20) == 1
    assert "The sweeper ended by signal 9" in running.said
    assert gone(children, 1)


def test_when_it_is_killed_outright_nothing_of_it_stays(running: Demonstration) -> None:
    children = running.children()
    running.process.kill()
    running.process.wait()
    assert gone(children)


def test_a_taken_port_gets_one_clear_line(home: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        demonstration = Demonstration(home, PORT=str(port))
        assert demonstration.process.wait(30) == 1
    assert demonstration.said.startswith(
        f"Port {port} cannot be used (Address already in use). Choose another:"
    )
    assert demonstration.said.count("\n") == 1


@pytest.mark.parametrize(
    ("told", "words"),
    [
        ({"PORT": "eighty"}, "PORT: 'eighty' is not a port"),
        ({"SELFSERVICE_HOME": "/proc/nowhere"}, "Cannot write in /proc/nowhere"),
        ({"CONFIG_FOLDER": "/nowhere"}, "no council is declared here"),
    ],
)
def test_what_cannot_be_used_is_told_and_nothing_is_started(
    home: Path, told: dict[str, str], words: str
) -> None:
    demonstration = Demonstration(home, **told)
    assert demonstration.process.wait(30) == 1
    assert words in demonstration.said
    assert "Traceback" not in demonstration.said
