"""What the tests of commands share."""

from pathlib import Path

import pytest

from selfservice.database import Database


@pytest.fixture
def command_home(database: Database, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """A home of this test's own, in which commands are told what they need by the environment alone."""
    for name in ("CONFIG_FOLDER", "REDIS_URL", "DEMONSTRATION"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("SELFSERVICE_HOME", str(tmp_path))
    monkeypatch.setenv("SECRET_KEY", "a secret of the tests, long enough to sign with")
    monkeypatch.setenv("DATABASE_URL", database.url)
    return tmp_path
