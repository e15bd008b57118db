"""What keeps bytes by key. Every kind keeps the same contract, tested by one suite.

A key is made by us: lower-case letters, digits, dots, dashes and slashes, never a customer's word. Nothing
here may be called while a transaction is open: bytes are written before their row, and deleted after it.
"""

import re
from typing import Protocol

KEY = re.compile(r"[a-z0-9][a-z0-9-]*(/[a-z0-9][a-z0-9.-]*)*")


class Missing(LookupError):
    """There is nothing under this key."""


class Away(Exception):
    """The files cannot be reached or written at the moment; says why in words for operators."""


class Files(Protocol):
    """Keeps bytes by key. Every method raises `Away` when it cannot tell or cannot do it."""

    def put(self, key: str, data: bytes, media_type: str) -> None:
        """Keep `data` under `key`, in place of what was there. Once this returns, it lasts."""
        ...

    def get(self, key: str) -> bytes:
        """What is kept under `key`. Raises `Missing`."""
        ...

    def delete(self, key: str) -> None:
        """Keep nothing under `key` any more; nothing happens when nothing was."""
        ...

    def exists(self, key: str) -> bool:
        """Whether something is kept under `key`."""
        ...


def checked(key: str) -> str:
    """`key`, if it is one that we make. Raises ValueError: it would be a mistake of ours."""
    if not KEY.fullmatch(key) or ".." in key or len(key) > 200:
        raise ValueError("not a key of ours")
    return key
