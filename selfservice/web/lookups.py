"""What the map asks for: a council's outline and landmarks, and the postcodes and grid lines in view.

Nothing on these routes is anybody's own, and no place that a person chose is ever sent to them.
"""

import json
import math
from typing import Any

from flask import Blueprint, abort, current_app, request
from flask.wrappers import Response

from selfservice.domain.council import Council, Landmark
from selfservice.domain.grid import to_latitudes_longitudes
from selfservice.installation import Installation
from selfservice.operations.placing import Places
from selfservice.web.security import Who, open_to

lookups = Blueprint("lookups", __name__)

OWN_POINTS, OTHERS_POINTS = 1_200, 350
WIDEST_DEGREES = 3.0
ONE_HOUR = 3_600


@lookups.get("/<council>/map.json")
@open_to(Who.ANYONE)
def describe_map(council: str) -> Response:
    """The council's outline and landmarks, and fainter those of the other councils here; WGS84 degrees."""
    installation = _installation()
    if council not in installation.councils:
        abort(404)
    maps: dict[str, bytes] = current_app.extensions.setdefault("selfservice maps", {})
    if council not in maps:
        others = [other for slug, other in installation.councils.items() if slug != council]
        maps[council] = _map(installation.places, installation.councils[council], others)
    return _kept(maps[council])


@lookups.get("/<council>/map-points.json")
@open_to(Who.ANYONE)
def describe_view(council: str) -> Response:
    """Postcodes (at most 300) and grid lines between `west`, `south`, `east` and `north`, WGS84 degrees."""
    installation = _installation()
    if council not in installation.councils:
        abort(404)
    view = installation.places.postcodes_in_view(*_asked_box())
    dots = [
        [found.postcode, *at]
        for found in view.postcodes
        for at in to_latitudes_longitudes([(found.easting, found.northing)])
    ]
    lines = [[line.counts, line.number, *line.ends] for line in view.lines]
    return _kept(_packed({"postcodes": dots, "lines": lines}))


def _installation() -> Installation:
    installation: Installation = current_app.extensions["selfservice"]
    return installation


def _asked_box() -> tuple[float, float, float, float]:
    """The box asked for, its sides in order and no wider than 3 degrees; 400 for anything else."""
    try:
        west, south, east, north = (float(request.args[side]) for side in ("west", "south", "east", "north"))
    except (KeyError, ValueError):
        abort(400)
    if not all(map(math.isfinite, (west, south, east, north))):
        abort(400)
    if not (0 < east - west <= WIDEST_DEGREES and 0 < north - south <= WIDEST_DEGREES):
        abort(400)
    return west, south, east, north


def _map(places: Places, council: Council, others: list[Council]) -> bytes:
    """The map of a council, worked out once per process and then kept."""
    own = places.outline(council.gss_code, OWN_POINTS)
    return _packed(
        {
            "council": council.name,
            "centre": _degrees(council.centre),
            "outline": own.rings,
            "approximate": own.approximate,
            "others": [
                {"name": other.name, "outline": places.outline(other.gss_code, OTHERS_POINTS).rings}
                for other in others
            ],
            "landmarks": [
                [place.name, *_degrees(place)] for one in [council, *others] for place in one.landmarks
            ],
        }
    )


def _degrees(place: Landmark) -> tuple[float, float]:
    return to_latitudes_longitudes([(place.easting, place.northing)])[0]


def _packed(told: dict[str, Any]) -> bytes:
    return json.dumps(told, separators=(",", ":")).encode()


def _kept(body: bytes) -> Response:
    """A response that browsers and proxies may keep for an hour."""
    response = Response(body, mimetype="application/json")
    response.headers["Cache-Control"] = f"public, max-age={ONE_HOUR}"
    return response
