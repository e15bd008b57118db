"""Every kind of keeping files, for the one suite that all of them pass."""

import socket
from collections.abc import Iterator
from pathlib import Path

import pytest

from integrations.files.contract import Files
from integrations.files.folder import Folder
from integrations.files.s3 import S3
from tests.integrations.files.stores import ACCOUNT, BUCKET, object_store


@pytest.fixture(scope="session")
def store() -> Iterator[str]:
    """The address of an object store."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        port = int(taken.getsockname()[1])
    with object_store(port) as address:
        yield address


@pytest.fixture(params=["folder", "s3", "s3 without a prefix"])
def files(request: pytest.FixtureRequest, tmp_path: Path) -> Files:
    """Each kind in turn."""
    if request.param == "folder":
        return Folder(tmp_path / "files")
    prefix = "" if "without" in request.param else f"{tmp_path.name}/"
    return S3(BUCKET, prefix, request.getfixturevalue("store"), ACCOUNT)


@pytest.fixture(params=["folder", "s3"])
def away(request: pytest.FixtureRequest, tmp_path: Path) -> Files:
    """Each kind, where it cannot be reached."""
    if request.param == "folder":
        (tmp_path / "files").write_text("a file where the folder should be")
        return Folder(tmp_path / "files")
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        port = int(taken.getsockname()[1])
    return S3(BUCKET, "", f"http://127.0.0.1:{port}", ACCOUNT)
