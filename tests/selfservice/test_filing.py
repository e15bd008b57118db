"""Where files are kept and who scans them is told by settings, and what is wrong with them is told by name."""

from pathlib import Path

import pytest

from integrations.files.folder import Folder
from integrations.files.s3 import S3
from integrations.scanning.clamd import Clamd
from selfservice.settings import Misconfigured, load_settings
from tests.factories.submitted import settings


def test_unless_told_otherwise_files_are_kept_in_the_home_folder_and_not_scanned(tmp_path: Path) -> None:
    told = settings(tmp_path).filing
    files = told.open_files(tmp_path)
    assert isinstance(files, Folder)
    files.put("a1/x.pdf", b"x", "application/pdf")
    assert (tmp_path / "files" / "a1" / "x.pdf").exists()
    assert told.open_scanner() is None


def test_files_and_scanner_are_opened_where_the_settings_say(tmp_path: Path) -> None:
    told = settings(
        tmp_path,
        FILES_URL="s3://a-bucket/some/where",
        FILES_S3_ENDPOINT="http://127.0.0.1:9",
        FILES_S3_KEY_ID="a-key",
        FILES_S3_SECRET="a secret nobody may read",
        CLAMAV_URL="unix:///run/clamav/clamd.ctl",
    ).filing
    assert isinstance(told.open_files(tmp_path), S3)
    assert isinstance(told.open_scanner(), Clamd)
    assert "a secret nobody may read" not in repr(told)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("FILES_URL", "/some/folder"),
        ("FILES_URL", "s3://"),
        ("FILES_S3_ENDPOINT", "s3.example.org"),
        ("FILES_S3_KEY_ID", "a-key-without-its-secret"),
        ("CLAMAV_URL", "127.0.0.1:3310"),
        ("CLAMAV_URL", "tcp://host:port"),
        ("CLAMAV_URL", "unix://relative/path"),
        ("CLAMAV_URL", "unix:///"),
    ],
)
def test_a_mistake_is_told_by_the_name_of_its_setting(tmp_path: Path, name: str, value: str) -> None:
    with pytest.raises(Misconfigured, match=name):
        load_settings({"SELFSERVICE_HOME": str(tmp_path), "SECRET_KEY": "k" * 40, name: value})
