"""The British National Grid: reads what people type for a point, and writes a point as they know it.

Coordinates are EPSG:27700 metres unless a name says latitude or longitude, which are WGS84 degrees. They are
converted by Ordnance Survey's OSTN15, in convertbng. Letters of the squares as in the Survey's "A guide to
coordinate systems in Great Britain".
"""

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass

from convertbng import cutil

from selfservice.domain.marking import Saying, gettext_noop

LONGEST = 200
LETTERS = "ABCDEFGHJKLMNOPQRSTUVWXYZ"
EAST_OF_GRID, NORTH_OF_GRID = 700_000, 1_300_000

_GRID_REFERENCE = re.compile(r"([A-HJ-Z]{2})\s*((?:[0-9][\s,/.-]*)+)", re.IGNORECASE)
_NUMBER = re.compile(r"[-+−]?[0-9]+(?:\.[0-9]+)?")
_ANGLE = re.compile(
    r"([-+−]?[0-9]{1,3}(?:\.[0-9]+)?)\s*(?:[°º]|deg)\s*"
    r"(?:([0-9]{1,2}(?:\.[0-9]+)?)\s*['′’]\s*)?(?:([0-9]{1,2}(?:\.[0-9]+)?)\s*(?:[\"″”]|'')\s*)?([NSEW])?",
    re.IGNORECASE,
)
_POSTCODE = re.compile(r"([A-Z]{1,2}[0-9][0-9A-Z]?)\s*([0-9][A-Z]{2})", re.IGNORECASE)
_PART_OF_POSTCODE = re.compile(r"[A-Z]{1,2}[0-9][0-9A-Z]?(\s*[0-9][A-Z]?)?", re.IGNORECASE)
_WORDS_FOR_NUMBERS = re.compile(
    r"\b(?:eastings?|northings?|latitude|longitude|lat|long|lng|lon|x|y|e|n)\b", re.IGNORECASE
)


class Unreadable(Saying, ValueError):
    """The text looks like coordinates but is not a point; `told` says why to the person."""


@dataclass(frozen=True, slots=True)
class Point:
    """A point in EPSG:27700 metres, known to within `within` metres."""

    easting: float
    northing: float
    within: float = 1.0


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the National Grid: which way it counts, its number, and its two ends in WGS84 degrees."""

    counts: str
    number: str
    ends: list[tuple[float, float]]


STEPS = (100, 500, 1_000, 5_000, 10_000, 50_000)
NOT_IN_GREAT_BRITAIN = gettext_noop("That point is not in Great Britain. Check the numbers and try again")


def to_point(latitude: float, longitude: float) -> Point:
    """The grid point of WGS84 degrees. Raises `Unreadable` outside Great Britain."""
    eastings, northings = cutil.convert_bng([longitude], [latitude])
    easting, northing = float(eastings[0]), float(northings[0])
    if math.isnan(easting) or math.isnan(northing):
        raise Unreadable(NOT_IN_GREAT_BRITAIN)
    return Point(round(easting, 2), round(northing, 2))


def to_latitude_longitude(easting: float, northing: float) -> tuple[float, float]:
    """WGS84 latitude and longitude of a grid point. Raises `Unreadable` outside Great Britain."""
    longitudes, latitudes = cutil.convert_lonlat([easting], [northing])
    latitude, longitude = float(latitudes[0]), float(longitudes[0])
    if math.isnan(latitude) or math.isnan(longitude):
        raise Unreadable(NOT_IN_GREAT_BRITAIN)
    return round(latitude, 7), round(longitude, 7)


def to_grid_reference(easting: float, northing: float, figures: int = 10) -> str:
    """A grid reference such as "TF 32650 44120" with that many `figures` (2 to 10, even), rounded down.

    Raises `Unreadable` for a point off the lettered grid.
    """
    if not (0 <= easting < EAST_OF_GRID and 0 <= northing < NORTH_OF_GRID):
        raise Unreadable(NOT_IN_GREAT_BRITAIN)
    column, row = int(easting // 100_000), int(northing // 100_000)
    large = LETTERS[(3 - row // 5) * 5 + column // 5 + 2]
    small = LETTERS[(4 - row % 5) * 5 + column % 5]
    half = figures // 2
    east, north = (int(metres % 100_000) // 10 ** (5 - half) for metres in (easting, northing))
    return f"{large}{small} {east:0{half}d} {north:0{half}d}"


def to_latitudes_longitudes(points: Sequence[tuple[float, float]]) -> list[tuple[float, float]]:
    """WGS84 degrees of many grid points, to 5 decimals (a metre); those outside are left out."""
    if not points:
        return []
    longitudes, latitudes = cutil.convert_lonlat([east for east, _ in points], [north for _, north in points])
    pairs = zip(latitudes.tolist(), longitudes.tolist(), strict=True)
    return [(round(lat, 5), round(long, 5)) for lat, long in pairs if not math.isnan(lat + long)]


def box(west: float, south: float, east: float, north: float) -> tuple[float, float, float, float] | None:
    """The box of grid metres that holds a box of WGS84 degrees, or None outside Great Britain."""
    try:
        corners = [to_point(latitude, longitude) for latitude in (south, north) for longitude in (west, east)]
    except Unreadable:
        return None
    eastings, northings = [at.easting for at in corners], [at.northing for at in corners]
    return min(eastings), min(northings), max(eastings), max(northings)


def lines(west: float, south: float, east: float, north: float, most: int = 10) -> list[Line]:
    """Lines of the National Grid in a box of grid metres, a round step apart, about `most` each way."""
    widest = max(east - west, north - south)
    step = next((metres for metres in STEPS if widest / metres <= most), None)
    if step is None:
        return []
    drawn = []
    for easting in range(math.ceil(west / step) * step, int(east) + 1, step):
        ends = to_latitudes_longitudes([(easting, south), (easting, north)])
        drawn.append(Line("easting", _shown(easting, step), ends))
    for northing in range(math.ceil(south / step) * step, int(north) + 1, step):
        ends = to_latitudes_longitudes([(west, northing), (east, northing)])
        drawn.append(Line("northing", _shown(northing, step), ends))
    return [line for line in drawn if len(line.ends) == 2]


def _shown(metres: int, step: int) -> str:
    """A line's number as it stands in a grid reference: two figures for whole kilometres, three for finer."""
    return f"{metres % 100_000 // 1000:02d}" if step >= 1000 else f"{metres % 100_000 // 100:03d}"


def read_point(text: str) -> Point | None:
    """The point that `text` tells, or None when it does not look like coordinates.

    Reads a grid reference, easting and northing, or latitude and longitude in either order. Raises
    `Unreadable` when it looks like one of them and is none. Only `LONGEST` characters are looked at.
    """
    text = text.strip()[:LONGEST]
    for read in (_read_grid_reference, _read_angles, _read_numbers):
        point = read(text)
        if point:
            to_latitude_longitude(point.easting, point.northing)
            return point
    return None


def read_postcode(text: str) -> str | None:
    """The postcode that `text` is, written as "PE21 6RY", or None. It may not exist."""
    found = _POSTCODE.fullmatch(re.sub(r"[\s.,-]+", "", text[:LONGEST]))
    return f"{found[1]} {found[2]}".upper() if found else None


def looks_like_part_of_a_postcode(text: str) -> bool:
    """Whether `text` is the beginning of a postcode, such as "PE21" or "PE21 6"."""
    return _PART_OF_POSTCODE.fullmatch(text[:LONGEST].strip()) is not None


def _read_grid_reference(text: str) -> Point | None:
    found = _GRID_REFERENCE.fullmatch(text)
    if not found:
        return None
    groups = re.findall("[0-9]+", found[2])
    figures = "".join(groups)
    uneven = len(figures) % 2 or (len(groups) == 2 and len(groups[0]) != len(groups[1]))
    if len(figures) < 4 and not uneven:
        return None
    if uneven or len(figures) > 10:
        raise Unreadable(
            "A grid reference has two letters and then the same number of figures twice, like TF 3265 4412"
        )
    half = len(figures) // 2
    size = 10 ** (5 - half)
    east, north = _square(found[1].upper())
    return Point(
        float(east + int(figures[:half]) * size + size // 2),
        float(north + int(figures[half:]) * size + size // 2),
        float(size),
    )


def _square(letters: str) -> tuple[int, int]:
    """The south-west corner, in metres, of the 100 km square with these two letters."""
    large, small = (LETTERS.index(letter) for letter in letters)
    east = ((large - 2) % 5) * 5 + small % 5
    north = 19 - (large // 5) * 5 - small // 5
    if not (0 <= east < 7 and 0 <= north < 13):
        raise Unreadable(
            "There is no grid square {letters} in Great Britain. Check the letters and try again",
            letters=letters,
        )
    return east * 100_000, north * 100_000


def _read_angles(text: str) -> Point | None:
    """Degrees with their sign, with or without minutes and seconds, such as 52°58'41\"N 0°1'33\"W."""
    found = _ANGLE.findall(text)
    if len(found) != 2 or re.search(r"\w", _WORDS_FOR_NUMBERS.sub("", _ANGLE.sub("", text))):
        return None
    degrees = []
    for whole, minutes, seconds, letter in found:
        size = abs(_float(whole)) + float(minutes or 0) / 60 + float(seconds or 0) / 3600
        below = whole.startswith(("-", "−")) or letter.upper() in ("S", "W")
        degrees.append(-size if below else size)
    return _in_either_order(*degrees)


def _read_numbers(text: str) -> Point | None:
    """Two numbers: metres when both are large, else degrees, which need a decimal point."""
    west = re.fullmatch(r".*[0-9]\s*W\W*", text, re.IGNORECASE) is not None
    rest = re.sub(r"(?<=[0-9])\s*[NSEW]\b", " ", text, flags=re.IGNORECASE)
    rest = _WORDS_FOR_NUMBERS.sub(" ", rest)
    numbers = _NUMBER.findall(rest)
    if len(numbers) != 2 or re.sub(r"[\s,;:=()/|&]+", "", _NUMBER.sub("", rest)):
        return None
    first, second = (_float(number) for number in numbers)
    if abs(first) > 360 and abs(second) > 360:
        return _metres(first, second)
    if not any("." in number for number in numbers):
        return None
    return _in_either_order(first, -abs(second) if west else second)


def _metres(easting: float, northing: float) -> Point:
    if not (0 <= easting < EAST_OF_GRID and 0 <= northing < NORTH_OF_GRID):
        raise Unreadable(
            "An easting and a northing in Great Britain have six or seven figures, like 532650 344120"
        )
    return Point(easting, northing)


def _in_either_order(first: float, second: float) -> Point:
    """Latitude first or longitude first: in Great Britain one can never be taken for the other."""
    return to_point(second, first) if abs(first) < 15 and abs(second) > 45 else to_point(first, second)


def _float(number: str) -> float:
    return float(number.replace("−", "-"))
