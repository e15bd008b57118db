"""Settings that cannot be used are told by name, one a line, and never with a password in them."""

from pathlib import Path

import pytest

from selfservice.settings import Misconfigured, load_settings


def mistakes(home: Path, **told: str) -> list[str]:
    with pytest.raises(Misconfigured) as caught:
        load_settings({"SELFSERVICE_HOME": str(home), **told})
    return caught.value.mistakes


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("DATABASE_URL", "foo"),
        ("DATABASE_URL", "foo://host/name"),
        ("DATABASE_URL", "postgresql://host:port/name"),
        ("REDIS_URL", "localhost"),
        ("SMTP_URL", "bar"),
        ("SMTP_URL", "smtp://"),
        ("SMTP_URL", "smtp://host:port"),
        ("LOG_LEVEL", "LOUD"),
        ("BASE_URL", "localhost"),
        ("BASE_URL", "http://[host"),
        ("PROXIES", "two"),
        ("SECRET_KEY", "short"),
    ],
)
def test_a_setting_that_cannot_be_used_is_named(tmp_path: Path, name: str, value: str) -> None:
    [line] = mistakes(tmp_path, **{name: value})
    assert line.startswith(f"{name}: ")


def test_every_setting_that_cannot_be_used_is_told_at_once(tmp_path: Path) -> None:
    told = mistakes(tmp_path, DATABASE_URL="foo", SMTP_URL="bar", LOG_LEVEL="LOUD", SECRET_KEY="short")
    assert sorted(line.split(":")[0] for line in told) == [
        "DATABASE_URL",
        "LOG_LEVEL",
        "SECRET_KEY",
        "SMTP_URL",
    ]
    assert not any(tmp_path.iterdir()), "nothing is made for a start that will not be"


@pytest.mark.parametrize("below", ["", "below/it"])
def test_a_home_that_is_a_file_is_told(tmp_path: Path, below: str) -> None:
    (tmp_path / "file").touch()
    assert mistakes(tmp_path / "file" / below) == [
        f"SELFSERVICE_HOME: {tmp_path / 'file'} is a file, not a folder"
    ]


def test_a_home_that_cannot_be_written_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("selfservice.settings.os.access", lambda *_: False)
    assert mistakes(tmp_path) == [f"SELFSERVICE_HOME: nothing can be written in {tmp_path}"]


def test_a_home_that_cannot_be_made_is_told() -> None:
    [line] = mistakes(Path("/proc/no-such-folder"))
    assert line.startswith("SELFSERVICE_HOME: /proc/no-such-folder cannot be made")


def test_a_password_is_not_repeated(tmp_path: Path) -> None:
    told = mistakes(tmp_path, DATABASE_URL="foo://me:hidden@x/y", SMTP_URL="bar://me:hidden@x")
    assert len(told) == 2
    assert not any("hidden" in line for line in told)


def test_addresses_of_every_kind_are_taken(tmp_path: Path) -> None:
    told = {"SELFSERVICE_HOME": str(tmp_path), "REDIS_URL": "unix:///run/redis.sock", "LOG_LEVEL": "debug"}
    settings = load_settings(told | {"DATABASE_URL": "postgres://x/y", "SMTP_URL": "smtp+starttls://m@mail"})
    assert settings.database_url == "postgresql+psycopg://x/y"
    assert settings.log_level == "DEBUG"
