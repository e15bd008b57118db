"""Settings and installations for tests; the places are loaded once for all of them."""

from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

from integrations.identity.passwords import Passwords
from selfservice.configuration import load_councils
from selfservice.database import Database
from selfservice.doorbell import Doorbell
from selfservice.installation import Installation, open_installation
from selfservice.links import Links
from selfservice.operations import placing
from selfservice.settings import ROOT, Settings, load_settings
from tests.factories.homes import KEPT

SECRET = "a secret of the tests, long enough to sign with"
PUSH_SECRET = "a secret that the back office signs with"
# What is each test's own, and bears on nothing that is read from the configuration.
APART = ("REDIS_URL", "REDIS_PREFIX")
_READ: dict[tuple[Any, ...], Installation] = {}


def make_settings(*, home: Path, redis_url: str, redis_prefix: str, **more: str) -> Settings:
    """Settings as an environment would tell them; `more` are settings by name."""
    told = {
        "SELFSERVICE_HOME": str(home),
        "SECRET_KEY": SECRET,
        "REDIS_URL": redis_url,
        "REDIS_PREFIX": redis_prefix,
        "BASE_URL": "http://localhost",
    }
    for council in ("BOSTON", "EAST_LINDSEY", "SOUTH_HOLLAND"):
        told[f"{council}_PUSH_SECRET"] = PUSH_SECRET
    return load_settings(told | more)


def make_installation(*, settings: Settings, database: Database, **replaced: Any) -> Installation:
    """The installation that `settings` describe, on `database`, with the three councils of this project."""
    read = _as_read(settings)
    made = replace(
        read,
        settings=settings,
        database=database,
        councils=dict(read.councils),
        services={slug: dict(offered) for slug, offered in read.services.items()},
        doorbell=Doorbell(settings.redis_url, settings.redis_prefix),
        links=Links(settings),
        fakes={},
    )
    made.__dict__["places"] = _places()
    made.__dict__["passwords"] = Passwords(cheap=True)
    for name, value in replaced.items():
        setattr(made, name, value)
    return made


def _as_read(settings: Settings) -> Installation:
    """What the configuration, the forms and the connectors come to: read once for all tests that say the same."""
    told = {
        name: value
        for name, value in settings.environment.items()
        if name not in ("SELFSERVICE_HOME", *APART)
    }
    key = (settings.config_folder, *sorted(told.items()))
    if settings.config_folder != ROOT / "config":  # a test's own, which it may change
        return open_installation(settings)
    if key not in _READ:
        _READ[key] = open_installation(settings)
        _READ[key].database.close()
    return _READ[key]


@cache
def _places() -> Any:
    settings = load_settings({"SELFSERVICE_HOME": str(KEPT), "SECRET_KEY": SECRET, "DEMONSTRATION": "1"})
    return placing.open_places(load_councils(settings.config_folder, {}), settings)
