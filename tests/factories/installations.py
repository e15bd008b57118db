"""Settings and installations for tests; the places are loaded once for all of them."""

from functools import cache
from pathlib import Path
from typing import Any

from integrations.identity.passwords import Passwords
from selfservice.configuration import load_councils
from selfservice.database import Database
from selfservice.installation import Installation, open_installation
from selfservice.operations import placing
from selfservice.settings import Settings, load_settings
from tests.factories.homes import KEPT

SECRET = "a secret of the tests, long enough to sign with"
PUSH_SECRET = "a secret that the back office signs with"


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
    made = open_installation(settings)
    made.database.close()
    made.database = database
    made.__dict__["places"] = _places()
    made.__dict__["passwords"] = Passwords(cheap=True)
    for name, value in replaced.items():
        setattr(made, name, value)
    return made


@cache
def _places() -> Any:
    settings = load_settings({"SELFSERVICE_HOME": str(KEPT), "SECRET_KEY": SECRET, "DEMONSTRATION": "1"})
    return placing.open_places(load_councils(settings.config_folder, {}), settings)
