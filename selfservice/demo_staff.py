"""The fictional staff of the demonstration: made once, with passwords and apps whose secrets lie in its home folder.

Nothing is easier for them than for real staff: they need a password and a second factor. The secret of their app is
known here because it was made here, so that `selfservice staff code` can show what a phone would.
"""

import json
import secrets
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path

from integrations.identity import totp
from selfservice.demo_people import STAFF, Worker
from selfservice.domain.people import Role
from selfservice.installation import Installation
from selfservice.operations import demonstrating

FILE = "demo_staff.json"
WORDS = (
    "amber anchor apple autumn badger basket beacon birch bramble bridge candle canal cedar cherry clover copper "
    "cottage cricket daisy dapple ember fallow feather fennel ferry finch garden ginger harbour hazel heather heron "
    "hollow island ivory jasper juniper kettle lantern lavender linen maple marble meadow mellow minnow nettle orchard "
    "otter paddle pebble pepper plover poplar quarry rabbit ribbon saddle saffron silver sparrow thistle timber willow"
)


@dataclass(frozen=True, slots=True)
class Login:
    """What a fictional member of staff signs in by."""

    email: str
    password: str
    secret: str  # of their app


def make(installation: Installation, now: datetime) -> Mapping[str, Login]:
    """Make those who are not there yet; what each signs in by, by e-mail address."""
    home = installation.settings.home
    kept = _read(home)
    for worker in STAFF:
        with installation.database.read() as session:
            there = demonstrating.can_sign_in(session, worker.email)
        if not there or worker.email not in kept:
            kept[worker.email] = _made(installation, worker, now)
    _write(home, kept)
    return kept


def code_of(home: Path, email: str, now: datetime) -> str | None:
    """The code that the app of a fictional member of staff shows now; None for anybody else."""
    login = _read(home).get(email.lower())
    return totp.code_at(login.secret, now) if login else None


def _made(installation: Installation, worker: Worker, now: datetime) -> Login:
    password = "-".join(secrets.choice(WORDS.split()) for _ in range(4))
    hashed = installation.passwords.hash(password)
    roles = {(slug, Role(role)) for slug in installation.councils for role in worker.roles}
    with installation.database.write() as session:
        secret = demonstrating.make_member(
            session, worker.name, worker.email, hashed, roles, installation.seals, now
        )
    return Login(worker.email, password, secret)


def _read(home: Path) -> dict[str, Login]:
    path = home / FILE
    if not path.exists():
        return {}
    return {each["email"]: Login(**each) for each in json.loads(path.read_text(encoding="ascii"))}


def _write(home: Path, kept: Mapping[str, Login]) -> None:
    path = home / FILE
    path.touch(mode=0o600)
    path.write_text(json.dumps([asdict(login) for login in kept.values()], indent=1) + "\n", encoding="ascii")
