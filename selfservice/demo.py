"""`make demo`: the whole product on this machine, with a back office and a mailbox to look into.

Starts the simulated back offices, the web, a worker and the sweeper; says where each is and what to try;
ends them all when it is stopped, when one of them falls, or when it is killed. State is in SELFSERVICE_HOME.
"""

import fcntl
import os
import secrets
import shlex
import shutil
import signal
import socket
import sys
import time
import uuid
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import NoReturn

from selfservice import clock, demo_contacts, demo_staff
from selfservice.demo_children import Children, Fallen
from selfservice.demo_people import introduction
from selfservice.installation import Installation, open_installation
from selfservice.settings import ROOT, Misconfigured, Settings, load_settings
from selfservice.store.migrate import upgrade

# What the demonstration and its parts keep in the home folder, and so what RESET=1 removes; nothing else.
OURS = (
    "demo.env",
    demo_staff.FILE,
    "secret_key",
    "selfservice.sqlite3",
    "selfservice.sqlite3-wal",
    "selfservice.sqlite3-shm",
    "files",
    "simulator",
    "log",
)
ANSWER_SECONDS = 60.0
# What the councils of the demonstration call their connectors: each has a simulated office of its own.
CONNECTORS = ("street-scene", "revenues", "customer-services")


class Stopped(Exception):
    """Why the demonstration cannot run, in one line."""


@dataclass(frozen=True, slots=True)
class Ports:
    """The ports on 127.0.0.1 that the demonstration listens on."""

    web: int
    simulator: int
    smtp: int


def run(environment: Mapping[str, str]) -> int:
    """Run the demonstration until it is stopped; the exit status says whether it was well until then."""
    for number in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, _interrupt)
    try:
        _run(environment)
    except KeyboardInterrupt:
        print("\nStopped. What was reported is kept; make demo goes on from here.", flush=True)
        return 0
    except Misconfigured as wrong:
        print("The configuration cannot be used:", *wrong.mistakes, sep="\n  ", file=sys.stderr)
    except (Stopped, Fallen) as reason:
        print(reason, file=sys.stderr)
    return 1


def _run(environment: Mapping[str, str]) -> None:
    ports = _ports(environment)
    home = load_home(environment)
    with _only_one(home):
        told, installation = _prepare(environment, home, ports)
        children = Children(home / "log", told)
        try:
            _start(children, installation, ports)
            print(*_introduction(installation, ports), sep="\n", flush=True)
            while True:
                children.check()
                time.sleep(0.2)
        finally:
            _say("\nStopping")
            children.stop()


def _prepare(
    environment: Mapping[str, str], home: Path, ports: Ports
) -> tuple[Mapping[str, str], Installation]:
    """Whatever can go wrong before a process is started; what the parts are told, and the installation."""
    if environment.get("RESET") not in (None, "", "0"):
        _say("Starting afresh")
        _reset(home, environment)
    for name, port in (("PORT", ports.web), ("SIMULATOR_PORT", ports.simulator), ("SMTP_PORT", ports.smtp)):
        _free(name, port)
    told = {**environment, **demonstration(environment, home, ports)}
    installation = open_installation(load_settings(told))
    _say(f"Preparing the database ({_database(installation.settings)})")
    upgrade(installation.database)
    if demo_contacts.fill(installation, clock.now()):
        _say("Made up a month of contacts for supervisors to see")
    installation.database.close()
    _say("Preparing the postcodes")
    installation.places.postcodes.prepare()
    return told, installation


def _introduction(installation: Installation, ports: Ports) -> Iterable[str]:
    logins = demo_staff.make(installation, clock.now())
    installation.database.close()
    passwords = {email: login.password for email, login in logins.items()}
    home = installation.settings.home
    told = "" if home == ROOT / "var" else f"SELFSERVICE_HOME={shlex.quote(str(home))} "
    command = f"{told}DEMONSTRATION=1 .venv/bin/selfservice staff code"
    return introduction(_site(ports), _local(ports.simulator), installation.councils, passwords, command)


def _start(children: Children, installation: Installation, ports: Ports) -> None:
    """Start every part at once, then wait until each that can be asked answers."""
    home = installation.settings.home
    _say(f"Starting the back offices on port {ports.simulator} and their mailbox on port {ports.smtp}")
    told = ["--port", str(ports.simulator), "--smtp-port", str(ports.smtp), "--home", str(home / "simulator")]
    told += ["--councils", ",".join(installation.councils), "--connectors", ",".join(CONNECTORS)]
    told += ["--callbacks", _local(ports.web)]
    simulator = children.start("simulator", "-m", "integrations.simulator", *told)
    _say(f"Starting the web on port {ports.web}")
    bind = f"127.0.0.1:{ports.web}"
    web = children.start(
        "web", "-m", "gunicorn", "--config", "config/gunicorn.conf.py", "--bind", bind, "wsgi:app"
    )
    _say(f"Starting a worker and the sweeper ({_doorbell(installation.settings)})")
    children.start("worker", "-m", "selfservice.cli", "worker")
    children.start("sweeper", "-m", "selfservice.cli", "sweeper")
    children.wait_for(simulator, f"{_local(ports.simulator)}/", ANSWER_SECONDS)
    children.wait_for(web, f"{_local(ports.web)}/health/ready", ANSWER_SECONDS)


def demonstration(environment: Mapping[str, str], home: Path, ports: Ports) -> dict[str, str]:
    """The settings of the demonstration: what the environment sets already stays as it is."""
    kept = _kept_secrets(home)
    ours = {
        "SELFSERVICE_HOME": str(home),
        "DEMONSTRATION": "1",
        "PORT": str(ports.web),
        "BASE_URL": _site(ports),
        "SIMULATOR_URL": _local(ports.simulator),
        "SMTP_URL": f"smtp://127.0.0.1:{ports.smtp}",
        "NOTIFY_URL": _local(ports.simulator),
        "NOTIFY_API_KEY": f"demonstration-{uuid.uuid4()}-{uuid.uuid4()}",  # any is taken there
        "NOTIFY_TEMPLATE_ID": str(uuid.uuid4()),
        "POLL_SECONDS": "10",
        "SIMULATOR_API_KEY": kept["BACK_OFFICE_KEY"],
        "SIMULATOR_PUSH_SECRET": kept["PUSH_SECRET"],
    }
    for path in sorted((load_settings({**environment, **ours}).config_folder / "councils").glob("*.toml")):
        for name, office in _offices(path.stem):
            ours[f"{name}_OPEN311_URL"] = f"{_local(ports.simulator)}/{office}/open311/v2"
            ours[f"{name}_OPEN311_KEY"] = kept["BACK_OFFICE_KEY"]
            ours[f"{name}_PUSH_SECRET"] = kept["PUSH_SECRET"]
    return {name: value for name, value in ours.items() if not environment.get(name)}


def _offices(council: str) -> Iterator[tuple[str, str]]:
    """How the settings of each simulated office of a council begin, and the office's slug.

    The first connector's office is called as its council, and so are its settings.
    """
    slug = council.replace("_", "-")
    for connector in CONNECTORS:
        office = slug if connector == CONNECTORS[0] else f"{slug}-{connector}"
        yield office.upper().replace("-", "_"), office


def load_home(environment: Mapping[str, str]) -> Path:
    """The home folder, made if need be. Raises `Stopped` if it cannot be written to."""
    settings_home = Path(environment.get("SELFSERVICE_HOME") or "var")
    home = (
        settings_home
        if settings_home.is_absolute()
        else Path(__file__).resolve().parent.parent / settings_home
    )
    try:
        home.mkdir(parents=True, exist_ok=True)
        trial = home / f".trial-{os.getpid()}"
        trial.touch()
        trial.unlink()
    except OSError as error:
        raise Stopped(
            f"Cannot write in {home} ({error.strerror}). "
            "Name another folder: make demo SELFSERVICE_HOME=/some/folder"
        ) from None
    return home


def _kept_secrets(home: Path) -> dict[str, str]:
    """Secrets of the simulated offices, made once and kept, readable by their owner alone.

    Our own key is not among them: it is the home folder's, so that commands beside the demonstration have the same.
    """
    path = home / "demo.env"
    if not path.exists():
        path.touch(mode=0o600)
        names = ("BACK_OFFICE_KEY", "PUSH_SECRET")
        path.write_text("".join(f"{name}={secrets.token_urlsafe(36)}\n" for name in names), encoding="ascii")
    lines = path.read_text(encoding="ascii").splitlines()
    return {name: value for name, _, value in (line.partition("=") for line in lines)}


class _only_one:  # noqa: N801 - reads as a word where it is used
    """Held while a demonstration runs on a home folder, so that a second one leaves it alone."""

    def __init__(self, home: Path) -> None:
        self._path = home / "demo.lock"

    def __enter__(self) -> None:
        self._file = self._path.open("a")
        try:
            fcntl.flock(self._file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            self._file.close()
            raise Stopped(
                f"A demonstration is running on {self._path.parent} already. Stop it first, or give this one "
                "a folder and ports of its own (SELFSERVICE_HOME, PORT, SIMULATOR_PORT, SMTP_PORT)."
            ) from None

    def __exit__(self, *_: object) -> None:
        self._file.close()


def _reset(home: Path, environment: Mapping[str, str]) -> None:
    for name in OURS:
        path = home / name
        if path.is_dir() and not path.is_symlink():
            shutil.rmtree(path)
        else:
            path.unlink(missing_ok=True)
    if environment.get("DATABASE_URL"):
        _say("  The database at DATABASE_URL is not ours to empty: drop it and create it again yourself.")


def _ports(environment: Mapping[str, str]) -> Ports:
    """The ports told, each a number; unless told, 8000, and the others one and twenty-five above 8000."""
    told = []
    for name, default in (("PORT", "8000"), ("SIMULATOR_PORT", "8001"), ("SMTP_PORT", "8025")):
        text = environment.get(name) or default
        if not text.isdigit() or not 1 <= int(text) <= 65535:
            raise Stopped(f"{name}: {text!r} is not a port between 1 and 65535.")
        told.append(int(text))
    return Ports(*told)


def _free(name: str, port: int) -> None:
    """Raise `Stopped` if another program listens on the port."""
    with socket.socket() as trial:
        trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            trial.bind(("127.0.0.1", port))
        except OSError as error:
            raise Stopped(
                f"Port {port} cannot be used ({error.strerror}). "
                f"Choose another: make demo {name}={port + 100 if port < 65000 else port - 100}"
            ) from None


def _database(settings: Settings) -> str:
    return f"SQLite in {settings.home}" if settings.embedded else "the one that DATABASE_URL names"


def _doorbell(settings: Settings) -> str:
    return "rung by Redis" if settings.redis_url else "without Redis: they look into the database"


def _local(port: int) -> str:
    return f"http://127.0.0.1:{port}"


def _site(ports: Ports) -> str:
    """Where people find the web: by a name, for browsers have no passkeys at a bare address."""
    return f"http://localhost:{ports.web}"


def _say(words: str) -> None:
    print(words, flush=True)


def _interrupt(*_: object) -> NoReturn:
    raise KeyboardInterrupt
