"""Passwords: kept as argon2id hashes, compared in the same time for everybody, and refused where they are weak.

What is asked for is length, not a mixture of signs: https://www.ncsc.gov.uk/collection/passwords. A password is
compared as Unicode NFKC, so that it fits from whichever keyboard it is typed.
"""

import re
import secrets
import unicodedata
from collections.abc import Collection, Iterator
from functools import cache

from argon2 import PasswordHasher
from argon2.exceptions import Argon2Error, InvalidHashError

from selfservice.domain.marking import gettext_noop

LEAST = 12  # characters; the words below say it too
LONGEST = 200
LONGEST_GROUP = 4  # "abcdabcdabcd" is one group of four again and again
LEAST_PART = 4  # letters of a name or an address that make it a part to be found in a password
RUNS = ("0123456789" * 21, "9876543210" * 21, "abcdefghijklmnopqrstuvwxyz", "zyxwvutsrqponmlkjihgfedcba")

TOO_SHORT = gettext_noop(
    "Password must be at least 12 characters. Three random words are a good password, and easy to remember."
)
TOO_LONG = gettext_noop("Password must be 200 characters or fewer")
REPEATED = gettext_noop(
    "Password must not be the same few characters again and again. Use three random words instead."
)
ABOUT_YOU = gettext_noop(
    "Password must not have your name or email address in it. Use three random words instead."
)
COMMON = gettext_noop(
    "Password is one of those that people use most, so it is easy to guess. Use three random words instead."
)


class Passwords:
    """Hashes passwords and compares them. `cheap` is for tests: the same, with next to no work."""

    def __init__(self, cheap: bool = False) -> None:
        self._hasher = _hasher(cheap)
        self._nobodys = _nobodys(cheap)

    def hash(self, password: str) -> str:
        """What is kept of a password. Raises ValueError when it is longer than any that may be chosen."""
        if len(password) > LONGEST:
            raise ValueError("the password is too long")
        return self._hasher.hash(_bytes(password))

    def matches(self, kept: str | None, password: str) -> bool:
        """Whether the password is the one of which `kept` is the hash.

        With None (nobody by that name, or somebody without a password) it takes the same time and is never so.
        """
        known = kept if len(password) <= LONGEST else None
        try:
            self._hasher.verify(known or self._nobodys, _bytes(password[:LONGEST]))
        except (Argon2Error, InvalidHashError):
            return False
        return known is not None

    def wants_rehash(self, kept: str) -> bool:
        """Whether a hash was made with other work than is asked for today, so that a new one should be kept."""
        try:
            return self._hasher.check_needs_rehash(kept)
        except InvalidHashError:
            return True


def weakness(password: str, about: Collection[str]) -> str | None:
    """Why a password is refused, as words to be translated; None when it may be used.

    `about` is what others may know of the person: names and e-mail addresses.
    """
    plain = _plain(password)
    if min(len(password), len(plain)) < LEAST:
        return TOO_SHORT
    if len(password) > LONGEST:
        return TOO_LONG
    if _repeated(plain):
        return REPEATED
    if any(part in plain for words in about for part in _parts(words)):
        return ABOUT_YOU
    return COMMON if _common(plain) else None


def _plain(words: str) -> str:
    return unicodedata.normalize("NFKC", words).casefold()


def _bytes(password: str) -> bytes:
    return unicodedata.normalize("NFKC", password).encode("utf-8", "surrogatepass")


@cache
def _hasher(cheap: bool) -> PasswordHasher:
    """Argon2id with the least work that OWASP's cheat sheet on keeping passwords names: 19 MiB, twice."""
    return PasswordHasher(time_cost=1 if cheap else 2, memory_cost=8 if cheap else 19 * 1024, parallelism=1)


@cache
def _nobodys(cheap: bool) -> str:
    """A hash that stands for the one of somebody whom we do not know; made once a process."""
    return _hasher(cheap).hash(secrets.token_bytes(16))


def _repeated(plain: str) -> bool:
    return any(plain == (plain[:length] * len(plain))[: len(plain)] for length in range(1, LONGEST_GROUP + 1))


def _parts(words: str) -> Iterator[str]:
    """The words of a name or an address that are long enough to tell."""
    return (part for part in re.split(r"[\W\d_]+", _plain(words)) if len(part) >= LEAST_PART)


def _common(plain: str) -> bool:
    """Whether many people chose it, as it is or without the digits and signs at its end; or it is a plain run."""
    if any(plain in run for run in RUNS):
        return True
    return plain in _often_used() or re.sub(r"[\W\d_]+$", "", plain) in _often_used()


@cache
def _often_used() -> frozenset[str]:
    """The thirty thousand passwords that zxcvbn found most often in what had leaked; read when first needed."""
    from zxcvbn.frequency_lists import FREQUENCY_LISTS

    return frozenset(FREQUENCY_LISTS["passwords"])
