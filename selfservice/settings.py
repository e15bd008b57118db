"""Everything that differs between machines, read once at the door from the environment."""

import os
import secrets
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

from selfservice import filing, sealing_keys, texting
from selfservice.filing import Filing
from selfservice.sealing_keys import BadKeys, SealingKeys
from selfservice.texting import Texting

ROOT = Path(__file__).resolve().parent.parent
LOG_LEVELS = ("DEBUG", "INFO", "WARNING", "ERROR")

# Every setting, its default (None: worked out) and what it is for. `selfservice settings` prints this, and a
# house test holds that nothing else is read from the environment.
DOCUMENTED: dict[str, tuple[str | None, str]] = {
    "SELFSERVICE_HOME": (
        "var",
        "Folder for state: the embedded database, files, mailbox, secrets of the demo.",
    ),
    "DATABASE_URL": (None, "PostgreSQL or SQLite address. Unset: SQLite in SELFSERVICE_HOME."),
    "REDIS_URL": (
        "",
        "Redis address for the doorbell. Empty: none; the worker then looks into the database.",
    ),
    "REDIS_PREFIX": (
        "selfservice",
        "Begins the name of the queue, so that installations can share one Redis.",
    ),
    "SECRET_KEY": (None, "Signs sessions and links; at least 32 characters. The demo makes its own."),
    "SECRET_KEY_OLD": (
        "",
        "Older keys, comma-separated, still believed while links signed by them are about.",
    ),
    "SEALING_KEYS": (
        "",
        "Keys that seal sensitive answers, newest first: id:base64, id2:base64. Empty: SEALING_KEYS_FILE.",
    ),
    "SEALING_KEYS_FILE": (
        "",
        "File of sealing keys, a line each, newest first. Empty: sealing_keys in SELFSERVICE_HOME, made once.",
    ),
    "BASE_URL": ("http://127.0.0.1:8000", "Where residents reach the web; links in messages begin with it."),
    "TRUSTED_HOSTS": ("", "More host names to answer to, comma-separated; that of BASE_URL always counts."),
    "PROXIES": ("0", "How many proxies stand before the web and set X-Forwarded-For and -Proto."),
    "CONFIG_FOLDER": ("config", "Folder that holds councils/*.toml and languages/*.po."),
    "LANGUAGES": (
        "en",
        "Languages offered, comma-separated, the usual one first: en, cy … (docs/languages.md).",
    ),
    "SMTP_URL": (
        "smtp://127.0.0.1:8025",
        "Mail server: smtp://, smtps:// or smtp+starttls://, with user and password.",
    ),
    **texting.DOCUMENTED,
    "OS_PLACES_KEY": (
        "",
        "Key to OS Places, which lists the addresses of a postcode. Empty: it is not asked.",
    ),
    "OS_PLACES_URL": ("https://api.os.uk", "Where OS Places is."),
    "LOG_LEVEL": ("INFO", "DEBUG, INFO, WARNING or ERROR."),
    "DEMONSTRATION": (
        "",
        "Set to 1: a demonstration. Pages say so, addresses are made up, and /styleguide is there.",
    ),
    "SIMULATOR_URL": ("http://127.0.0.1:8001", "Where the demonstration's back offices and mailbox are."),
    "POLL_SECONDS": ("60", "How often the news of back offices is polled."),
    "PORT": ("8000", "The demonstration alone: the web's port on this machine."),
    "SIMULATOR_PORT": ("8001", "The demonstration alone: the port of its back offices and mailbox."),
    "SMTP_PORT": ("8025", "The demonstration alone: the port on which its mailbox takes e-mail."),
    "RESET": ("", "The demonstration alone: set to 1, it begins afresh and forgets what was reported."),
    "METRICS_TOKEN": (
        "",
        "Bearer token that /metrics asks for. Empty: only callers on this machine may read it.",
    ),
    **filing.DOCUMENTED,
}


class Misconfigured(Exception):
    """The settings or the configuration cannot be used; holds every mistake found, in words."""

    def __init__(self, mistakes: list[str]) -> None:
        super().__init__("\n".join(mistakes))
        self.mistakes = mistakes


@dataclass(frozen=True, slots=True)
class Settings:
    """What this process was told by its environment. `environment` serves `{ env = "NAME" }` in TOML."""

    home: Path
    database_url: str
    redis_url: str
    redis_prefix: str
    secret_key: str = field(repr=False)
    secret_keys_old: tuple[str, ...] = field(repr=False)
    sealing_keys: SealingKeys = field(repr=False)
    base_url: str
    trusted_hosts: tuple[str, ...]
    proxies: int
    config_folder: Path
    filing: Filing
    languages: tuple[str, ...]
    smtp_url: str = field(repr=False)
    texting: Texting
    os_places_url: str
    os_places_key: str = field(repr=False)
    log_level: str
    demonstration: bool
    simulator_url: str
    poll_seconds: int
    metrics_token: str = field(repr=False)
    environment: Mapping[str, str] = field(repr=False)

    @property
    def embedded(self) -> bool:
        """Whether the embedded database is used."""
        return self.database_url.startswith("sqlite")

    @property
    def secure(self) -> bool:
        """Whether residents come by https, so that cookies are marked for it."""
        return self.base_url.startswith("https://")


def load_settings(environment: Mapping[str, str]) -> Settings:
    """The settings told by `environment`. Raises `Misconfigured` with every mistake at once."""
    told = {name: environment.get(name) or default or "" for name, (default, _) in DOCUMENTED.items()}
    home = Path(told["SELFSERVICE_HOME"])
    home = home if home.is_absolute() else ROOT / home
    config = Path(told["CONFIG_FOLDER"])
    mistakes = [
        f"{name}: {told[name]!r} is not a whole number"
        for name in ("PROXIES", "POLL_SECONDS")
        if not told[name].isdigit()
    ]
    mistakes += [*_of_home(home), *_of_addresses(told), *filing.mistakes(told), *texting.mistakes(told)]
    if told["LOG_LEVEL"].upper() not in LOG_LEVELS:
        mistakes.append(f"LOG_LEVEL: {told['LOG_LEVEL']!r} is none of {', '.join(LOG_LEVELS)}")
    secret = told["SECRET_KEY"]
    if secret and len(secret) < 32:
        mistakes.append("SECRET_KEY: must be at least 32 characters")
    mistakes += _of_sealing_keys(told["SEALING_KEYS"], told["SEALING_KEYS_FILE"])
    if mistakes:
        raise Misconfigured(mistakes)
    secret = secret or _own_secret(home)
    host = urlsplit(told["BASE_URL"]).hostname
    return Settings(
        home=home,
        database_url=_driver(told["DATABASE_URL"]) or f"sqlite:///{home / 'selfservice.sqlite3'}",
        redis_url=told["REDIS_URL"],
        redis_prefix=told["REDIS_PREFIX"],
        secret_key=secret,
        secret_keys_old=_listed(told["SECRET_KEY_OLD"]),
        sealing_keys=_sealing_keys(told["SEALING_KEYS"], told["SEALING_KEYS_FILE"], home),
        base_url=told["BASE_URL"].rstrip("/"),
        trusted_hosts=(host or "", *_listed(told["TRUSTED_HOSTS"])),
        proxies=int(told["PROXIES"]),
        config_folder=config if config.is_absolute() else ROOT / config,
        filing=filing.filing(told),
        languages=_listed(told["LANGUAGES"]),
        smtp_url=told["SMTP_URL"],
        texting=texting.texting(told),
        os_places_url=told["OS_PLACES_URL"],
        os_places_key=told["OS_PLACES_KEY"],
        log_level=told["LOG_LEVEL"].upper(),
        demonstration=told["DEMONSTRATION"] == "1",
        simulator_url=told["SIMULATOR_URL"].rstrip("/"),
        poll_seconds=int(told["POLL_SECONDS"]),
        metrics_token=told["METRICS_TOKEN"],
        environment=environment,
    )


def make_home(home: Path) -> None:
    """Make the folder for state. Raises `Misconfigured` when that cannot be done."""
    try:
        home.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise Misconfigured([f"SELFSERVICE_HOME: {home} cannot be made: {error.strerror}"]) from error


def _of_home(home: Path) -> Iterator[str]:
    """What keeps the folder for state from being used, or made where it is not there yet."""
    there = next(folder for folder in (home, *home.parents) if folder.exists())
    if not there.is_dir():
        yield f"SELFSERVICE_HOME: {there} is a file, not a folder"
    elif not os.access(there, os.W_OK | os.X_OK):
        yield f"SELFSERVICE_HOME: nothing can be written in {there}"


def _of_addresses(told: Mapping[str, str]) -> Iterator[str]:
    """What is wrong with addresses; those that may hold a password are not repeated."""
    if not _is_address(told["BASE_URL"], "http", "https"):
        yield f"BASE_URL: {told['BASE_URL']!r} is not an address such as https://forms.example.org"
    if not _is_address(told["OS_PLACES_URL"], "http", "https"):
        yield f"OS_PLACES_URL: {told['OS_PLACES_URL']!r} is not an address such as https://api.os.uk"
    if not _is_address(told["SMTP_URL"], "smtp", "smtps", "smtp+starttls"):
        yield "SMTP_URL: is not a mail server's address: smtp://, smtps:// or smtp+starttls://host:port"
    redis = told["REDIS_URL"]
    if redis and not redis.startswith("unix://") and not _is_address(redis, "redis", "rediss"):
        yield "REDIS_URL: is not an address such as redis://host:6379/0"
    if told["DATABASE_URL"]:
        from selfservice.database import can_be_read

        if not can_be_read(_driver(told["DATABASE_URL"])):
            yield "DATABASE_URL: is not an address such as postgresql://user:password@host/name or sqlite:///file"


def _is_address(text: str, *schemes: str) -> bool:
    """Whether an address has one of the schemes, a host, and a port that is a number if it has one."""
    try:
        parts = urlsplit(text)
        return parts.scheme in schemes and bool(parts.hostname) and (parts.port is None or parts.port > 0)
    except ValueError:
        return False


def _listed(text: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in text.split(",") if part.strip())


def _driver(url: str) -> str:
    """`postgres://` and `postgresql://` mean psycopg 3."""
    for plain in ("postgresql://", "postgres://"):
        if url.startswith(plain):
            return "postgresql+psycopg://" + url.removeprefix(plain)
    return url


def _own_secret(home: Path) -> str:
    """A secret made once and kept in the home folder, so that a single machine needs no setting."""
    kept = home / "secret_key"
    make_home(home)
    try:
        if not kept.exists():
            kept.touch(mode=0o600)
            kept.write_text(secrets.token_urlsafe(48), encoding="ascii")
        return kept.read_text(encoding="ascii").strip()
    except OSError as error:
        raise Misconfigured([f"SELFSERVICE_HOME: {kept} cannot be used: {error.strerror}"]) from error


def _of_sealing_keys(text: str, file: str) -> Iterator[str]:
    """What is wrong with the keys that were told; none of them is repeated."""
    if text and file:
        yield "SEALING_KEYS_FILE: is of no use while SEALING_KEYS is set; set one of them"
        return
    try:
        if text:
            sealing_keys.read(text)
        elif file:
            sealing_keys.from_file(Path(file))
    except BadKeys as wrong:
        yield from (f"{'SEALING_KEYS' if text else 'SEALING_KEYS_FILE'}: {words}" for words in wrong.mistakes)


def _sealing_keys(text: str, file: str, home: Path) -> SealingKeys:
    """The keys that were told; else those of the home folder's own file, made once with one key."""
    if text:
        return SealingKeys(sealing_keys.read(text))
    if file:
        return sealing_keys.from_file(Path(file))
    kept = home / "sealing_keys"
    make_home(home)
    try:
        sealing_keys.make_file(kept)
        return sealing_keys.from_file(kept)
    except BadKeys as wrong:
        raise Misconfigured([f"SELFSERVICE_HOME: {words}" for words in wrong.mistakes]) from wrong
