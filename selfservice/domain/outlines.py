"""Outlines of areas for a map: few enough points to send, and said to be approximate where they are."""

from collections.abc import Iterable
from dataclasses import dataclass

import shapely
from shapely.geometry.base import BaseGeometry

from selfservice.domain.grid import to_latitudes_longitudes

Ring = list[tuple[float, float]]

SMALLEST_ISLAND = 20_000.0  # square metres: mudbanks smaller than a field are left off the map
POSTCODE_REACH = 400.0


@dataclass(frozen=True, slots=True)
class Outline:
    """The rings of an area as (latitude, longitude) in WGS84 degrees, the largest first."""

    rings: tuple[tuple[tuple[float, float], ...], ...]
    approximate: bool


def simplified(shape: BaseGeometry, most: int, *, approximate: bool) -> Outline:
    """The outer rings of a shape in EPSG:27700, made coarser until they have at most `most` points."""
    tolerance = 10.0
    while True:
        simple = shapely.simplify(shape, tolerance)
        rings = [
            part.exterior
            for part in sorted(shapely.get_parts(simple), key=lambda part: -part.area)
            if part.geom_type == "Polygon" and part.area > SMALLEST_ISLAND
        ]
        if sum(len(ring.coords) for ring in rings) <= most:
            break
        tolerance *= 1.5
    told = (to_latitudes_longitudes([(x, y) for x, y in ring.coords]) for ring in rings)
    return Outline(tuple(tuple(ring) for ring in told), approximate)


def around(points: Iterable[tuple[float, float]]) -> BaseGeometry:
    """The area that points in EPSG:27700 cover, drawn closely around them."""
    unique = sorted(set(points))
    if not unique:
        return shapely.Polygon()
    hull = shapely.concave_hull(shapely.MultiPoint(unique), ratio=0.3)
    return shapely.buffer(hull, POSTCODE_REACH)
