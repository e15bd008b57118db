"""Keeps files in a folder of this machine, or one that several machines share."""

import os
import secrets
from contextlib import suppress
from pathlib import Path

from integrations.files.contract import Away, Missing, checked


class Folder:
    """Files under one folder, which is made when it is first written to, for its owner alone."""

    def __init__(self, root: Path) -> None:
        self._root = root

    def put(self, key: str, data: bytes, media_type: str) -> None:  # noqa: ARG002 - the row has the type
        """Write beside, make sure that it is on the disk, and rename: nobody ever reads half a file."""
        path = self._path(key)
        beside = path.with_name(f".{secrets.token_hex(8)}")
        try:
            for folder in (self._root, path.parent):
                folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            try:
                _write(beside, data)
                beside.rename(path)
                _keep_name(path.parent)
            except OSError:
                with suppress(OSError):
                    beside.unlink(missing_ok=True)
                raise
        except OSError as error:
            raise Away(f"the folder of files: {error.strerror}") from error

    def get(self, key: str) -> bytes:
        """Read it whole: files are small. Raises `Missing`."""
        try:
            return self._path(key).read_bytes()
        except (FileNotFoundError, NotADirectoryError):
            raise Missing(key) from None
        except OSError as error:
            raise Away(f"the folder of files: {error.strerror}") from error

    def delete(self, key: str) -> None:
        """Unlink it."""
        try:
            self._path(key).unlink(missing_ok=True)
        except OSError as error:
            raise Away(f"the folder of files: {error.strerror}") from error

    def exists(self, key: str) -> bool:
        """Whether there is such a file."""
        return self._path(key).is_file()

    def _path(self, key: str) -> Path:
        return self._root / checked(key)


def _write(path: Path, data: bytes) -> None:
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(data)
        file.flush()
        os.fsync(descriptor)


def _keep_name(folder: Path) -> None:
    """Make the new name last as well as the bytes."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
