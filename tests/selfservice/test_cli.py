"""The command line: each sub-command does its work, and mistakes are told one a line."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from selfservice.cli import main
from selfservice.settings import ROOT


@pytest.fixture(autouse=True)
def _left_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """What a started process would change for itself stays as it is for the other tests."""
    monkeypatch.setattr("selfservice.cli._log", lambda _settings: None)
    monkeypatch.setattr("workers.schedule.signal.signal", lambda *_: None)


@pytest.fixture(autouse=True)
def _at_home(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Nothing of this machine's environment."""
    for name in ("DATABASE_URL", "REDIS_URL", "CONFIG_FOLDER", "SECRET_KEY", "LOG_LEVEL"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("SELFSERVICE_HOME", str(tmp_path))


def test_settings_are_listed_with_what_they_are_for(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["settings"]) == 0
    told = capsys.readouterr().out
    assert "DATABASE_URL" in told
    assert "SECRET_KEY (default: worked out)" in told


def test_a_service_prints_itself(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["outline", "fly-tipping"]) == 0
    assert "fly-tipping" in capsys.readouterr().out
    assert main(["outline", "fly-tipping", "--council", "boston"]) == 0
    assert main(["outline", "no-such-service"]) == 2
    assert "there is no service 'no-such-service', only " in capsys.readouterr().err


def test_services_and_councils_are_listed_and_checked(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["services", "list"]) == 0
    assert "Report fly-tipping" in capsys.readouterr().out
    assert main(["councils", "check"]) == 0
    assert "3 councils" in capsys.readouterr().out


def test_every_mistake_is_told_one_a_line(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SECRET_KEY", "short")
    monkeypatch.setenv("PROXIES", "two")
    assert main(["councils", "check"]) == 2
    assert len(capsys.readouterr().err.splitlines()) == 2


def test_the_database_is_brought_up_to_date_and_again(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    assert main(["db", "upgrade"]) == main(["db", "upgrade"]) == 0
    assert (tmp_path / "selfservice.sqlite3").exists()


def test_what_is_not_a_command_is_refused() -> None:
    with pytest.raises(SystemExit):
        main(["no-such-command"])


STARTS = (["web"], ["worker"], ["sweeper"], ["db", "upgrade"], ["councils", "check"])


@pytest.mark.parametrize("command", STARTS, ids=" ".join)
def test_whatever_is_started_tells_the_mistakes_and_nothing_else(
    command: list[str], capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "a-file").touch()
    monkeypatch.setenv("SELFSERVICE_HOME", str(tmp_path / "a-file" / "home"))
    monkeypatch.setenv("LOG_LEVEL", "LOUD")
    assert main(command) == 2
    assert capsys.readouterr().err.splitlines() == [
        f"SELFSERVICE_HOME: {tmp_path / 'a-file'} is a file, not a folder",
        "LOG_LEVEL: 'LOUD' is none of DEBUG, INFO, WARNING, ERROR",
    ]


@pytest.mark.parametrize("command", [["web"], ["worker"], ["sweeper"]], ids=" ".join)
def test_a_mistake_in_the_councils_stops_every_start(
    command: list[str], capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("CONFIG_FOLDER", str(tmp_path))
    assert main(command) == 2
    assert "no council is declared here" in capsys.readouterr().err


def test_the_server_tells_mistakes_without_a_traceback(tmp_path: Path) -> None:
    server = [sys.executable, "-m", "gunicorn", "-c", "config/gunicorn.conf.py", "-b", "127.0.0.1:0"]
    told = {**os.environ, "CONFIG_FOLDER": str(tmp_path), "SELFSERVICE_HOME": str(tmp_path)}
    ended = subprocess.run(
        [*server, "wsgi:app"], cwd=ROOT, env=told, capture_output=True, text=True, check=False, timeout=60
    )
    assert ended.returncode == 2
    assert ended.stderr.splitlines() == [f"{tmp_path}/councils: no council is declared here (*.toml)"]


def test_a_database_that_cannot_be_opened_is_told_in_a_line(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{tmp_path}/no/such/folder.sqlite3")
    assert main(["db", "upgrade"]) == 2
    assert capsys.readouterr().err == "DATABASE_URL: the database cannot be reached or opened\n"


@pytest.mark.parametrize("command", ["worker", "sweeper"])
def test_a_database_without_the_tables_of_this_version_stops_the_start(
    command: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([command]) == 2
    assert capsys.readouterr().err == (
        "DATABASE_URL: the database does not have the tables of this version: "
        "run `selfservice db upgrade` first\n"
    )
