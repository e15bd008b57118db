"""The command line: each sub-command does its work, and mistakes are told one a line."""

from pathlib import Path

import pytest

from selfservice.cli import main


@pytest.fixture(autouse=True)
def _at_home(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Nothing of this machine's environment."""
    for name in ("DATABASE_URL", "REDIS_URL", "CONFIG_FOLDER", "SECRET_KEY"):
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
    assert "only fly-tipping" in capsys.readouterr().err


def test_services_and_councils_are_listed_and_checked(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["services", "list"]) == 0
    assert "boston\tfly-tipping\t" in capsys.readouterr().out
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
