"""The start of a worker or sweeper: a database that is away is waited for, one without tables is not."""

from pathlib import Path

import pytest

from selfservice.database import Database
from selfservice.settings import Misconfigured
from tests.factories.submitted import installation, settings
from workers.main import has_tables


class Patience:
    """A stop that asks to stop after so many rests."""

    def __init__(self, rests: int) -> None:
        self.rests = rests

    @property
    def asked(self) -> bool:
        return self.rests <= 0

    def sleep(self, _seconds: float) -> None:
        self.rests -= 1


def test_a_database_of_this_version_is_begun_with(each_database: Database, tmp_path: Path) -> None:
    assert has_tables(installation(each_database, settings(tmp_path)), Patience(1))  # type: ignore[arg-type]


def test_a_database_without_tables_is_not_begun_with(tmp_path: Path) -> None:
    empty = Database(f"sqlite:///{tmp_path / 'empty.sqlite3'}")
    with pytest.raises(Misconfigured, match="run `selfservice db upgrade` first"):
        has_tables(installation(empty, settings(tmp_path)), Patience(1))  # type: ignore[arg-type]


def test_a_database_that_is_away_is_waited_for(tmp_path: Path) -> None:
    away, patience = Database("postgresql+psycopg://nobody@127.0.0.1:1/none"), Patience(3)
    assert not has_tables(installation(away, settings(tmp_path)), patience)  # type: ignore[arg-type]
    assert patience.rests == 0
