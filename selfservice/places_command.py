"""What `selfservice places` prints: whose one point is, and what state the files of areas are in."""

from selfservice.domain import grid
from selfservice.domain.areas import Layer
from selfservice.domain.places import Place
from selfservice.operations.placing import Places


def at(places: Places, easting: float, northing: float) -> list[str]:
    """Everything known of a point in EPSG:27700 metres, a line each. Raises forms' `NotFound` off the grid."""
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


def check(places: Places) -> list[str]:
    """The state of the areas loaded, a line each: how many, from what, which were repaired, what is told without.

    A file that cannot be used at all never gets this far: opening the places raises its mistakes.
    """
    lines = [*_layer("boundaries", places.areas.boundaries), *_layer("wards", places.areas.wards)]
    loaded = {area.code for area in places.areas.boundaries.areas}
    for code, slug in sorted(places.areas.slugs.items()):
        if code not in loaded:
            lines.append(
                f"{slug}: no boundary; its area is told from {places.postcodes.source}, approximately"
            )
        if code not in places.areas.authorities:
            lines.append(f"{slug}: {code} is not in authorities.toml, so its area has no short name")
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
