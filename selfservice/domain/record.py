"""The chain of a record: each line's hash has the one before in it, so that no line changes unnoticed."""

import hashlib
import hmac
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

# What stands before the first line of every council.
FIRST = "0" * 64


@dataclass(frozen=True, slots=True)
class Head:
    """How far one council's record went at a moment: its last line's number and hash.

    Whoever keeps it where nobody reaches who can write to the database can tell later whether all up to that line
    is as it was.
    """

    council: str
    number: int
    hash: str
    at: datetime

    def signature(self, key: str) -> str:
        """What only an installation with this secret key can say of this head."""
        told = json.dumps(["record head", self.council, self.number, self.hash, _moment(self.at)])
        return hmac.new(key.encode(), told.encode(), "sha256").hexdigest()

    def is_signed(self, signature: str, keys: Iterable[str]) -> bool:
        """Whether one of these keys made the signature."""
        given = signature.encode()
        return any(hmac.compare_digest(self.signature(key).encode(), given) for key in keys)

    def as_json(self, key: str | None = None) -> dict[str, Any]:
        """The head as it is written down, signed where there is a key."""
        told = {"council": self.council, "number": self.number, "hash": self.hash, "at": _moment(self.at)}
        return told if key is None else {**told, "signature": self.signature(key)}

    def as_line(self, key: str | None = None) -> str:
        """The same as a line of a file."""
        return json.dumps(self.as_json(key)) + "\n"


@dataclass(frozen=True, slots=True)
class HeadsRead:
    """What a file of heads says: the heads that can be believed, how many of them are not signed, and in words
    what of it is no head, or is signed by nobody here."""

    heads: tuple[Head, ...]
    unsigned: int
    mistakes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which lines of a council's record are wanted: by whom (id), about which customer (id), of which kind, and from
    when to when; None for any."""

    council: str
    actor_id: str | None = None
    customer_id: str | None = None
    what: str | None = None
    since: datetime | None = None
    until: datetime | None = None


def read_heads(text: str, keys: Sequence[str]) -> HeadsRead:
    """The heads in a text, a line each as `Head.as_line` writes them; what else a line says does not matter."""
    heads: list[Head] = []
    unsigned, mistakes = 0, list[str]()
    for place, line in enumerate(text.splitlines(), 1):
        if not line.strip():
            continue
        try:
            head, signature = _head(json.loads(line))
        except (ValueError, TypeError, KeyError, AttributeError):
            mistakes.append(f"line {place} is no head of a record")
            continue
        if signature is not None and not head.is_signed(signature, keys):
            mistakes.append(f"line {place} was not signed here, or was changed since")
            continue
        unsigned += signature is None
        heads.append(head)
    return HeadsRead(tuple(heads), unsigned, tuple(mistakes))


def _head(told: Any) -> tuple[Head, str | None]:
    """A head and its signature. Raises whatever comes of what is neither."""
    council, number, hash_ = told["council"], told["number"], told["hash"]
    at, signature = datetime.fromisoformat(told["at"]), told.get("signature")
    if not (isinstance(council, str) and isinstance(hash_, str) and isinstance(signature, str | None)):
        raise TypeError
    if type(number) is not int or number < 1 or at.tzinfo is None:
        raise ValueError
    return Head(council, number, hash_, at), signature


def line_hash(before: str, number: int, line: Mapping[str, Any]) -> str:
    """The hash of a line of the record: of the hash `before`, its number and all that it holds.

    It can never be another, or no record would be proven by it any more. A column that holds nothing is left
    out, so that a column that is added later changes no hash. Raises ValueError for what is no JSON.
    """
    return hashlib.sha256(f"{before}{canonical(number, line)}".encode()).hexdigest()


def canonical(number: int, line: Mapping[str, Any]) -> str:
    """A line in the one way to write it, whatever order and spelling a database gives its JSON back in."""
    held = {name: value for name, value in line.items() if value is not None}
    told = json.dumps([number, held], default=_moment, allow_nan=False)
    return json.dumps(json.loads(told, parse_float=_number), sort_keys=True, separators=(",", ":"))


def _moment(value: Any) -> str:
    if not isinstance(value, datetime) or value.tzinfo is None:
        raise ValueError(f"a {type(value).__name__} has no place in the record")
    return value.astimezone(UTC).isoformat(timespec="microseconds")


def _number(text: str) -> int | float:
    """PostgreSQL gives 1e16 back as 10000000000000000, and -0.0 as 0.0: what is whole is written as such."""
    exact = Decimal(text)
    return int(exact) if exact == exact.to_integral_value() else float(text)
