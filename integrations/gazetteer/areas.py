"""Reads files of areas (GeoJSON) into layers: repaired where they must be, never dropped in silence.

Coordinates leave here as EPSG:27700 metres. A file in WGS84 degrees, which GeoJSON is unless it says
otherwise (RFC 7946, section 4), is converted by OSTN15 while it is read.
"""

import json
import logging
import re
import tomllib
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import numpy as np
import shapely
from convertbng import cutil
from marshmallow import Schema, ValidationError, fields, validate
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

from selfservice.domain.areas import Area, Areas, Authority, Layer
from selfservice.domain.council import Council

# The county's code is in some files beside its districts': its polygon would cover theirs.
DISTRICT_CODES = ("E06", "E07", "E08", "E09", "W06", "S12", "N09")
_CODE = re.compile(r"gss_code|code|[A-Z]+[0-9]{2}CD", re.IGNORECASE)
_NAME = re.compile(r"name|[A-Z]+[0-9]{2}NM", re.IGNORECASE)

log = logging.getLogger(__name__)


class UnusableLayers(Exception):
    """Some files of areas cannot be used; `mistakes` says what is wrong with each, by file and feature."""

    def __init__(self, mistakes: list[str]) -> None:
        super().__init__("\n".join(mistakes))
        self.mistakes = mistakes


def load(councils: Mapping[str, Council], folder: Path, postcode_source: str = "postcodes") -> Areas:
    """Everything that the councils' files and `authorities.toml` in the configuration folder say of areas.

    Of each boundary file the districts are kept, our councils' and neighbours' alike. Raises `UnusableLayers`
    with every mistake in every file.
    """
    mistakes: list[str] = []
    boundaries: dict[str, Area] = {}
    repaired: list[str] = []
    for file in sorted({council.boundary for council in councils.values() if council.boundary}):
        areas, mended = _tried(folder / file, mistakes)
        repaired += mended
        for area in areas:
            if area.code.startswith(DISTRICT_CODES):
                boundaries.setdefault(area.code, area)
    for council in councils.values():
        if council.boundary and not mistakes and council.gss_code not in boundaries:
            mistakes.append(f"{council.boundary}: no area has the code {council.gss_code} of {council.name}")
    wards: list[Area] = []
    mended_wards: list[str] = []
    for file in sorted({council.wards for council in councils.values() if council.wards}):
        areas, mended = _tried(folder / file, mistakes)
        mended_wards += mended
        wards += areas
    authorities = _authorities(folder / "authorities.toml", mistakes)
    if mistakes:
        raise UnusableLayers(mistakes)
    return Areas(
        slugs={council.gss_code: council.slug for council in councils.values()},
        authorities=authorities,
        boundaries=Layer(boundaries.values(), repaired),
        wards=Layer(wards, mended_wards),
        postcode_source=postcode_source,
    )


def read_layer(file: Path) -> Layer:
    """All the areas in one GeoJSON file. Raises `UnusableLayers`."""
    mistakes: list[str] = []
    areas, repaired = _tried(file, mistakes)
    if mistakes:
        raise UnusableLayers(mistakes)
    return Layer(areas, repaired)


def _tried(file: Path, mistakes: list[str]) -> tuple[list[Area], list[str]]:
    """The file's areas and the names of those repaired; what is wrong is added to `mistakes`."""
    try:
        told = json.loads(file.read_text(encoding="utf-8"))
        features = told["features"]
    except (OSError, ValueError, KeyError, TypeError) as wrong:
        mistakes.append(f"{file.name}: cannot be read as GeoJSON ({wrong.__class__.__name__}: {wrong})")
        return [], []
    source = _source(file, told)
    metres = "27700" in json.dumps(told.get("crs", ""))
    areas: list[Area] = []
    repaired: list[str] = []
    for number, feature in enumerate(features, start=1):
        try:
            code, name = _labels(feature.get("properties") or {})
            shape, mended = _shape(feature.get("geometry"), metres)
        except (ValueError, TypeError, AttributeError, shapely.errors.ShapelyError) as wrong:
            mistakes.append(f"{file.name}: feature {number}: {wrong}")
            continue
        if mended:
            repaired.append(name)
            log.warning(
                "%s: the polygon of %s (%s) was not valid and has been repaired", file.name, name, code
            )
        areas.append(Area(code, name, shape, source))
    return areas, repaired


def _source(file: Path, told: Mapping[str, Any]) -> str:
    """The data's own name and date, where the file tells them, else the file's."""
    written = datetime.fromtimestamp(file.stat().st_mtime, UTC).date().isoformat()
    return (
        f"{told.get('source') or told.get('name') or file.name} ({told.get('date') or f'file of {written}'})"
    )


def _labels(properties: Mapping[str, Any]) -> tuple[str, str]:
    code = next((value for key, value in properties.items() if _CODE.fullmatch(key) and value), None)
    name = next((value for key, value in properties.items() if _NAME.fullmatch(key) and value), None)
    if not code or not name:
        raise ValueError("has no code and name (properties gss_code and name, or as LAD25CD and LAD25NM)")
    return str(code), str(name)


def _shape(geometry: Any, metres: bool) -> tuple[BaseGeometry, bool]:
    """The feature's polygon in metres, and whether it was repaired. Raises ValueError with no area."""
    if geometry is None:
        raise ValueError("has no geometry")
    shape = shapely.from_geojson(json.dumps(geometry))
    if not metres:
        shape = shapely.transform(shape, _to_metres)
    valid = bool(shapely.is_valid(shape))
    if not valid:
        shape = shapely.make_valid(shape, method="structure", keep_collapsed=False)
    polygons = [part for part in shapely.get_parts(shape) if part.geom_type == "Polygon" and part.area > 0]
    if not polygons:
        raise ValueError("has no area")
    return (polygons[0] if len(polygons) == 1 else shapely.MultiPolygon(polygons)), not valid


def _to_metres(degrees: NDArray[np.float64]) -> NDArray[np.float64]:
    eastings, northings = cutil.convert_bng(
        np.ascontiguousarray(degrees[:, 0]), np.ascontiguousarray(degrees[:, 1])
    )
    if np.isnan(eastings).any() or np.isnan(northings).any():
        raise ValueError(
            "has points outside Great Britain (coordinates must be WGS84 degrees unless crs says EPSG:27700)"
        )
    return np.column_stack([eastings, northings])


class _AuthoritySchema(Schema):
    name = fields.String(required=True, validate=validate.Length(min=1))
    title = fields.String(required=True, validate=validate.Length(min=1))
    website = fields.Url(required=True, schemes={"https", "http"})


def _authorities(file: Path, mistakes: list[str]) -> dict[str, Authority]:
    """The councils told by `authorities.toml`, by code; none when there is no such file."""
    if not file.is_file():
        return {}
    try:
        told = tomllib.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError) as wrong:
        mistakes.append(f"{file.name}: {wrong}")
        return {}
    schema = _AuthoritySchema()
    authorities: dict[str, Authority] = {}
    for code, values in told.items():
        try:
            authorities[code] = Authority(code=code, **schema.load(values))
        except ValidationError as wrong:
            mistakes += [f"{file.name}: {code}: {words}" for words in _sentences(wrong.messages)]
    return authorities


def _sentences(messages: Any) -> Iterable[str]:
    """What marshmallow found wrong, one sentence a key."""
    if not isinstance(messages, Mapping):
        return [str(words) for words in messages]
    return [f"{key}: {' '.join(map(str, words))}" for key, words in messages.items()]
