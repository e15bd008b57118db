"""The keys under which data keys are wrapped: read from a setting or a file, newest first, each with an id."""

import base64
import binascii
import fcntl
import os
import re
import secrets
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

KEY_BYTES = 32
ID = re.compile(r"[a-z0-9][a-z0-9-]{0,39}")


class BadKeys(Exception):
    """The keys cannot be used; holds every mistake in words, and never a key."""

    def __init__(self, mistakes: Sequence[str]) -> None:
        super().__init__("\n".join(mistakes))
        self.mistakes = list(mistakes)


@dataclass(frozen=True, slots=True)
class SealingKey:
    """One key of 32 random bytes, and the id by which a wrapped data key names it."""

    id: str
    secret: bytes = field(repr=False)

    @property
    def line(self) -> str:
        """The key as it stands in the setting or in the file: "id:base64"."""
        return f"{self.id}:{base64.b64encode(self.secret).decode('ascii')}"


@dataclass(frozen=True, slots=True)
class SealingKeys:
    """The keys, newest first, and the file they came from; None when the environment holds them."""

    keys: tuple[SealingKey, ...] = field(repr=False)
    file: Path | None = None

    def again(self) -> "SealingKeys":
        """The keys as their file has them now: another process may have added one. Raises `BadKeys`."""
        return self if self.file is None else from_file(self.file)


def new_key() -> SealingKey:
    """A fresh random key under a fresh random id."""
    return SealingKey(f"key-{secrets.token_hex(4)}", secrets.token_bytes(KEY_BYTES))


def read(text: str) -> tuple[SealingKey, ...]:
    """The keys in "id:base64, id2:base64", parted by commas or lines. Raises `BadKeys`."""
    parts = [part.strip() for part in re.split(r"[,\n]", text) if part.strip()]
    mistakes: list[str] = []
    keys: list[SealingKey] = []
    for number, part in enumerate(parts, 1):
        name, _, coded = part.partition(":")
        secret = _decoded(coded)
        if not ID.fullmatch(name):
            mistakes.append(f"key {number}: has no id of small letters, digits and dashes before its colon")
        elif len(secret) != KEY_BYTES:
            mistakes.append(f"key {number} ({name}): is not {KEY_BYTES} bytes in base64")
        elif any(key.id == name for key in keys):
            mistakes.append(f"key {number} ({name}): this id is there twice")
        keys.append(SealingKey(name, secret))
    if not parts:
        mistakes.append("there is no key")
    if mistakes:
        raise BadKeys(mistakes)
    return tuple(keys)


def from_file(file: Path) -> SealingKeys:
    """The keys in a file, a line each. Raises `BadKeys`, also when it cannot be read."""
    try:
        text = file.read_text(encoding="ascii")
    except (OSError, UnicodeDecodeError) as error:
        raise BadKeys([f"{file} cannot be read: {type(error).__name__}"]) from error
    return SealingKeys(read(text), file)


def make_file(file: Path) -> None:
    """Make the file with one new key, unless it is there: of several that try at once, one makes it.

    Raises `BadKeys` when that cannot be done.
    """
    if file.exists():
        return
    try:
        written = _written_beside(file, [new_key()])
        try:
            os.link(written, file)  # fails where another process was quicker: then its key counts
        except FileExistsError:
            pass
        finally:
            written.unlink()
    except OSError as error:
        raise BadKeys([f"{file} cannot be made: {error.strerror}"]) from error


def add_to_file(file: Path) -> SealingKey:
    """Put a new key before those in the file, all at once, so that no reader sees half of it.

    The file stays its owner's, also when somebody else adds the key. Raises `BadKeys`, or `OSError` when the
    file cannot be changed.
    """
    added = new_key()
    with _alone_in(file.parent):
        was = file.stat()
        written = _written_beside(file, [added, *from_file(file).keys])
        os.chown(written, was.st_uid, was.st_gid)
        written.replace(file)
    return added


@contextmanager
def _alone_in(folder: Path) -> Iterator[None]:
    """Keep others from adding a key at the same time, which would lose one of the two."""
    held = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(held, fcntl.LOCK_EX)
        yield
    finally:
        os.close(held)


def _written_beside(file: Path, keys: Sequence[SealingKey]) -> Path:
    """A new file next to `file` with these keys, on the disk and readable by its owner alone."""
    beside = file.with_name(f".{file.name}.{secrets.token_hex(8)}")
    descriptor = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w", encoding="ascii") as opened:
        opened.writelines(f"{key.line}\n" for key in keys)
        opened.flush()
        os.fsync(opened.fileno())
    return beside


def _decoded(coded: str) -> bytes:
    try:
        return base64.b64decode(coded, validate=True)
    except (binascii.Error, ValueError):
        return b""
