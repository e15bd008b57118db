"""Addresses from a council's own file: an extract of its land and property gazetteer, as CSV with a heading.

Its columns are `uprn`, `postcode`, either `address` (its lines with commas between) or `line1`, `line2` …, and
`easting` and `northing` (EPSG:27700 metres) where they are known; others are passed over. The file is read once
and kept in the home folder as an SQLite table by postcode, so that a look-up costs the same however long it is.
"""

import csv
import hashlib
import math
import os
import re
import sqlite3
import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from pathlib import Path

from selfservice.domain import grid
from selfservice.domain.addresses import ListedAddress, in_order, lines_of, uprn_of

MOST_TOLD = 20  # mistakes of one file that are told; the rest are counted
TABLE = "create table address (postcode text, uprn text, lines text, easting real, northing real)"
SEPARATOR = "\n"


class UnusableAddresses(Exception):
    """A file of addresses cannot be used; `mistakes` say what is wrong with it, by file and line."""

    def __init__(self, mistakes: list[str]) -> None:
        super().__init__("\n".join(mistakes))
        self.mistakes = mistakes


class AddressFile:
    """The addresses of one file, by postcode."""

    def __init__(self, table: Path) -> None:
        self._table = table

    def addresses(self, postcode: str) -> Sequence[ListedAddress]:
        """Those at a postcode written as "PE21 6RY"."""
        asked = "select uprn, lines, easting, northing from address where postcode = ?"
        with closing(sqlite3.connect(f"file:{self._table}?mode=ro", uri=True)) as known:
            rows = known.execute(asked, (postcode,)).fetchall()
        return in_order([ListedAddress(u, tuple(t.split(SEPARATOR)), postcode, e, n) for u, t, e, n in rows])


def open_file(file: Path, home: Path) -> AddressFile:
    """The addresses of a CSV file, its table in the `home` folder, made anew when the file has changed.

    Raises `UnusableAddresses` with what is wrong with the file, or with the folder.
    """
    try:
        told = file.stat()
        named = hashlib.sha256(f"{file.resolve()} {told.st_size} {told.st_mtime_ns}".encode()).hexdigest()
        table = home / f"addresses-{named[:16]}.sqlite3"
        if not table.exists():
            home.mkdir(parents=True, exist_ok=True)
            _make(file, table)
    except (OSError, sqlite3.Error) as wrong:
        raise UnusableAddresses([f"{file.name}: its table cannot be made or read: {wrong}"]) from wrong
    return AddressFile(table)


def _make(file: Path, table: Path) -> None:
    """Write the table beside its name and rename it, so that no process ever reads half of it."""
    handle, beside = tempfile.mkstemp(dir=table.parent, prefix=table.stem, suffix=".part")
    os.close(handle)
    try:
        mistakes: list[str] = []
        with closing(sqlite3.connect(beside)) as made:
            made.execute(TABLE)
            made.executemany("insert into address values (?, ?, ?, ?, ?)", _rows(file, mistakes))
            made.execute("create index by_postcode on address (postcode)")
            made.commit()
        if mistakes:
            more = [f"{file.name}: and {len(mistakes) - MOST_TOLD} more"] if len(mistakes) > MOST_TOLD else []
            raise UnusableAddresses(mistakes[:MOST_TOLD] + more)
        Path(beside).replace(table)
    finally:
        Path(beside).unlink(missing_ok=True)


def _rows(file: Path, mistakes: list[str]) -> Iterator[tuple[object, ...]]:
    """The rows of the file as the table keeps them; what is wrong with others is added to `mistakes`."""
    try:
        with file.open(encoding="utf-8-sig", newline="") as stream:
            reader = csv.reader(stream)
            columns = {name.strip().lower(): at for at, name in enumerate(next(reader, []))}
            missing = _missing(columns)
            if missing:
                mistakes.append(f"{file.name}: has no column {', no column '.join(missing)}")
                return
            for row in reader:
                told = {name: row[at].strip() for name, at in columns.items() if at < len(row)}
                if not any(told.values()):
                    continue
                try:
                    yield _row(told)
                except ValueError as wrong:
                    mistakes.append(f"{file.name}: line {reader.line_num}: {wrong}")
    except (UnicodeDecodeError, csv.Error) as wrong:
        mistakes.append(f"{file.name}: cannot be read as CSV in UTF-8: {wrong}")


def _missing(columns: Iterable[str]) -> list[str]:
    wanted = [name for name in ("uprn", "postcode") if name not in columns]
    return wanted if {"address", "line1"} & set(columns) else [*wanted, "address or line1"]


def _row(told: Mapping[str, str]) -> tuple[object, ...]:
    """One row of the table. Raises ValueError that says what is wrong."""
    uprn = uprn_of(told.get("uprn", ""))
    if uprn is None:
        raise ValueError(f"{told.get('uprn', '')!r} is not a UPRN of up to 12 digits")
    postcode = grid.read_postcode(told.get("postcode", ""))
    if not postcode:
        raise ValueError(f"{told.get('postcode', '')!r} is not a postcode")
    address = told.get("address") or ", ".join(told[name] for name in _line_columns(told) if told[name])
    lines = lines_of(address, postcode) if address.isupper() else _as_written(address, postcode)
    if not lines:
        raise ValueError("the address is empty")
    return postcode, uprn, SEPARATOR.join(lines), _metres(told, "easting"), _metres(told, "northing")


def _as_written(address: str, postcode: str) -> tuple[str, ...]:
    parts = (" ".join(part.split()) for part in address.split(","))
    return tuple(part for part in parts if part and part.upper() != postcode)


def _line_columns(told: Iterable[str]) -> list[str]:
    return sorted(name for name in told if re.fullmatch(r"line[0-9]", name))


def _metres(told: Mapping[str, str], name: str) -> float | None:
    text = told.get(name, "")
    if not text:
        return None
    metres = float(text)
    if not math.isfinite(metres):
        raise ValueError(f"{name} {text!r} is not a number")
    return metres
