"""Where customers' files are kept and who scans them, as the settings say."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol
from urllib.parse import urlsplit

from integrations.files.contract import Files
from selfservice.domain.files import Scanned

DOCUMENTED: dict[str, tuple[str | None, str]] = {
    "FILES_URL": (
        "",
        "Where customers’ files are kept: s3://bucket/prefix. Empty: the folder files in SELFSERVICE_HOME.",
    ),
    "FILES_S3_ENDPOINT": (
        "",
        "Address of an object store other than Amazon’s, such as https://s3.example.org.",
    ),
    "FILES_S3_REGION": ("eu-west-2", "Region of the bucket."),
    "FILES_S3_KEY_ID": (
        "",
        "Access key of the bucket. Empty: what the machine itself knows, such as a role.",
    ),
    "FILES_S3_SECRET": ("", "Secret of that access key."),
    "CLAMAV_URL": (
        "",
        "ClamAV’s daemon: tcp://host:3310 or unix:///run/clamav/clamd.ctl. Empty: files are NOT scanned.",
    ),
}


class Scanner(Protocol):
    """What scans a file: `integrations.scanning.clamd.Clamd`, or a fake in tests."""

    def scan(self, data: bytes) -> Scanned:
        """What it says of `data`. Never raises."""
        ...


@dataclass(frozen=True, slots=True)
class Filing:
    """The settings of files; `clamav_url` is "" where nothing scans."""

    files_url: str
    s3_endpoint: str
    s3_region: str
    s3_key_id: str
    s3_secret: str = field(repr=False)
    clamav_url: str

    def open_files(self, home: Path) -> Files:
        """What keeps files by key: the bucket that is named, else a folder in `home`."""
        if not self.files_url:
            from integrations.files.folder import Folder

            return Folder(home / "files")
        from integrations.files.s3 import S3, Account

        parts = urlsplit(self.files_url)
        prefix = parts.path.strip("/")
        account = Account(self.s3_key_id, self.s3_secret, self.s3_region)
        return S3(parts.netloc, f"{prefix}/" if prefix else "", self.s3_endpoint, account)

    def open_scanner(self) -> Scanner | None:
        """What scans files; None where nothing does."""
        if not self.clamav_url:
            return None
        from integrations.scanning.clamd import Clamd

        return Clamd(self.clamav_url)


def filing(told: Mapping[str, Any]) -> Filing:
    """The settings of files from those told by name."""
    return Filing(
        files_url=told["FILES_URL"],
        s3_endpoint=told["FILES_S3_ENDPOINT"],
        s3_region=told["FILES_S3_REGION"],
        s3_key_id=told["FILES_S3_KEY_ID"],
        s3_secret=told["FILES_S3_SECRET"],
        clamav_url=told["CLAMAV_URL"],
    )


def mistakes(told: Mapping[str, str]) -> Iterator[str]:
    """What is wrong with the settings of files; secrets are not repeated."""
    files, scanner, endpoint = urlsplit(told["FILES_URL"]), told["CLAMAV_URL"], told["FILES_S3_ENDPOINT"]
    if told["FILES_URL"] and not (files.scheme == "s3" and files.netloc):
        yield "FILES_URL: is not an address such as s3://bucket/prefix"
    if endpoint and not endpoint.startswith(("https://", "http://")):
        yield f"FILES_S3_ENDPOINT: {endpoint!r} is not an address such as https://s3.example.org"
    if bool(told["FILES_S3_KEY_ID"]) is not bool(told["FILES_S3_SECRET"]):
        yield "FILES_S3_KEY_ID and FILES_S3_SECRET: one is of no use without the other"
    if scanner and not _is_scanner(scanner):
        yield f"CLAMAV_URL: {scanner!r} is neither tcp://host:3310 nor unix:///path/of/a/socket"


def _is_scanner(text: str) -> bool:
    try:
        parts = urlsplit(text)
        if parts.scheme == "unix":
            return not parts.netloc and len(parts.path) > 1
        return parts.scheme == "tcp" and bool(parts.hostname) and (parts.port or 3310) > 0
    except ValueError:
        return False
