"""Whose area a point lies in: layers of polygons, and the rule that tells council, ward or neighbour.

All geometry is EPSG:27700, in metres.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

import shapely
from shapely.geometry.base import BaseGeometry

# Real postcodes on tidal rivers lie up to 17 m outside every published polygon.
TOLERANCE_METRES = 25.0
# Farther than this from every postcode known, the embedded default says nothing.
FARTHEST_POSTCODE_METRES = 5_000.0


@dataclass(frozen=True, slots=True)
class Authority:
    """A council by its ONS code: the `name` of its area, the council's own `title`, and its `website`."""

    code: str
    name: str
    title: str
    website: str


@dataclass(frozen=True, slots=True)
class Located:
    """A postcode with its point and the ONS code of its district (empty where the data gives none)."""

    postcode: str
    easting: float
    northing: float
    gss_code: str


@dataclass(frozen=True, slots=True)
class Area:
    """One polygon of a layer, with its code, its name, and the name and date of the data it came from."""

    code: str
    name: str
    shape: BaseGeometry
    source: str


@dataclass(frozen=True, slots=True)
class Hit:
    """The area a point belongs to, and how many metres outside it the point lies (0 inside)."""

    area: Area
    margin: float


class Layer:
    """Areas of one kind, prepared once and searched by one tree."""

    def __init__(self, areas: Iterable[Area], repaired: Iterable[str] = ()) -> None:
        self.areas = tuple(sorted(areas, key=lambda area: (area.code, area.name)))
        self.repaired = tuple(repaired)
        shapes = [area.shape for area in self.areas]
        shapely.prepare(shapes)
        self._tree = shapely.STRtree(shapes)

    def at(self, easting: float, northing: float) -> Hit | None:
        """The area at a point, or the nearest within 25 m. On a border the lowest code always wins."""
        point = shapely.Point(easting, northing)
        for index in sorted(self._tree.query(point)):
            if self.areas[index].shape.intersects(point):
                return Hit(self.areas[index], 0.0)
        return self._nearest(point)

    def _nearest(self, point: shapely.Point) -> Hit | None:
        if not self.areas:
            return None
        near, metres = self._tree.query_nearest(
            point, max_distance=TOLERANCE_METRES, return_distance=True, all_matches=True
        )
        if not len(near):
            return None
        margin, index = min((round(float(far), 2), int(at)) for far, at in zip(metres, near))
        return Hit(self.areas[index], margin)


@dataclass(frozen=True, slots=True)
class Owner:
    """Whose a point is: a council on this installation by slug, or a neighbour, or nobody known."""

    council: str | None
    authority: Authority | None
    ward: str | None
    source: str
    approximate: bool
    margin: float


Nearest = Callable[[frozenset[str]], tuple[Located, float] | None]


@dataclass(frozen=True)
class Areas:
    """Everything known of areas on this installation; loaded once per process.

    `slugs` gives a council's slug by its ONS code. `boundaries` holds the polygons of councils, ours and
    neighbours'; where it lacks some of ours, the nearest postcode tells instead (`postcode_source` names that
    data), and the answer is approximate.
    """

    slugs: Mapping[str, str]
    authorities: Mapping[str, Authority] = field(default_factory=dict)
    boundaries: Layer = field(default_factory=lambda: Layer(()))
    wards: Layer = field(default_factory=lambda: Layer(()))
    postcode_source: str = "postcodes"

    def owner(self, easting: float, northing: float, nearest: Nearest) -> Owner:
        """Whose the point is. `nearest` gives its nearest postcode, passing over those of some codes."""
        ward = self.wards.at(easting, northing)
        ward_name = ward.area.name if ward else None
        hit = self.boundaries.at(easting, northing)
        if hit:
            code, source = hit.area.code, hit.area.source
            authority = self.authorities.get(code) or Authority(code, hit.area.name, hit.area.name, "")
            return Owner(self.slugs.get(code), authority, ward_name, source, False, hit.margin)
        near = nearest(self._drawn)
        if near is None or near[1] > FARTHEST_POSTCODE_METRES:
            return Owner(None, None, None, self.postcode_source, True, 0.0)
        code = near[0].gss_code
        return Owner(
            self.slugs.get(code), self.authorities.get(code), ward_name, self.postcode_source, True, 0.0
        )

    @property
    def _drawn(self) -> frozenset[str]:
        """Codes whose polygon is loaded: outside it nothing is theirs, whatever the nearest postcode says."""
        return frozenset(area.code for area in self.boundaries.areas)

    def outline(self, code: str) -> BaseGeometry | None:
        """The polygon of a council by its ONS code, where a boundary was loaded."""
        return next((area.shape for area in self.boundaries.areas if area.code == code), None)
