"""What `selfservice places` prints: whose one point is, and what state the files of areas are in."""

import sys

from selfservice.configuration import load_councils
from selfservice.domain import grid
from selfservice.domain.areas import Layer
from selfservice.domain.places import Place
from selfservice.operations.placing import NotFound, Places, UnusableLayers, open_places
from selfservice.settings import Misconfigured, Settings


def at(settings: Settings, easting: float, northing: float) -> int:
    """Print what is known of a point in EPSG:27700 metres; the exit status is 1 outside Great Britain.

    Raises `Misconfigured`, as `check` does, when a council's file or a file of areas cannot be used.
    """
    try:
        return _print(lines_at(_open(settings), easting, northing))
    except NotFound as nowhere:
        _print([nowhere.told()])
        return 1


def check(settings: Settings) -> int:
    """Print the state of the areas loaded; also makes the kept file of postcodes, for others to find."""
    return _print(lines_of_check(_open(settings)))


def lines_at(places: Places, easting: float, northing: float) -> list[str]:
    """Everything known of a point in EPSG:27700 metres, a line each. Raises `NotFound` off the grid."""
    place = places.resolve(f"{easting:.2f} {northing:.2f}")
    latitude, longitude = grid.to_latitude_longitude(place.easting, place.northing)
    lines = [
        place.words,
        f"latitude {latitude:.6f}, longitude {longitude:.6f}",
        f"council: {_whose(place)}",
        f"ward: {place.ward or 'not known (no wards loaded there)'}",
        f"nearest postcode: {place.postcode or 'none within 5 km'}",
        f"told by: {place.source}{', approximately' if place.approximate else ''}",
    ]
    if place.margin_metres:
        lines.append(f"outside every boundary by {place.margin_metres:.2f} m, and taken for the nearest")
    return lines


def lines_of_check(places: Places) -> list[str]:
    """The state of the areas loaded, a line each: how many, from what, what was repaired, what is missing."""
    lines = [*_layer("boundaries", places.areas.boundaries), *_layer("wards", places.areas.wards)]
    loaded = {area.code for area in places.areas.boundaries.areas}
    for code, slug in sorted(places.areas.slugs.items()):
        if code not in loaded:
            lines.append(
                f"{slug}: no boundary; its area is told from {places.postcodes.source}, approximately"
            )
        if code not in places.areas.authorities:
            lines.append(f"{slug}: {code} is not in authorities.toml, so its area has no short name")
    lines.append(f"postcodes ready: {places.postcodes.prepare()}")
    lines.append(f"neighbours by name: {len(set(places.areas.authorities) - set(places.areas.slugs))}")
    return lines


def _layer(kind: str, layer: Layer) -> list[str]:
    sources = sorted({area.source for area in layer.areas})
    lines = [f"{kind}: {len(layer.areas)}{' from ' + '; '.join(sources) if sources else ''}"]
    return [*lines, *(f"{kind}: {name} was not valid and has been repaired" for name in layer.repaired)]


def _whose(place: Place) -> str:
    if place.council:
        return place.council
    return f"none here; {place.authority}" if place.authority else "none here, and not known whose it is"


def _open(settings: Settings) -> Places:
    try:
        return open_places(load_councils(settings.config_folder, settings.environment), settings)
    except UnusableLayers as wrong:
        raise Misconfigured(wrong.mistakes) from wrong


def _print(lines: list[str]) -> int:
    sys.stdout.writelines(f"{line}\n" for line in lines)
    return 0
