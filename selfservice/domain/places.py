"""Where something is: the resolved place and how surely it is known. Coordinates are EPSG:27700 metres."""

from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any, Self


class Precision(StrEnum):
    """How the place was told, and so how closely it is known; the most exact first."""

    PIN = "pin"
    GRID_REFERENCE = "grid_reference"
    ADDRESS = "address"
    STREET = "street"
    POSTCODE = "postcode"
    DESCRIBED = "described"


@dataclass(frozen=True, slots=True)
class Place:
    """A resolved place.

    `easting` and `northing` are British National Grid metres (EPSG:27700); `within_metres` is how closely
    they are known (100 for a six-figure grid reference). `council` is the slug of a council on this
    installation, or None when the place lies outside them: `authority` is then the neighbour by its own
    title, where known, and `authority_website` where it is reached. `authority_code` is the ONS code of the
    district. `words` are what the person confirmed. `source` names the data that said so, with its date;
    `approximate` is true when no boundary was loaded and the area was told from the nearest postcodes.
    `margin_metres` is the distance to the area when the point lay outside every polygon.
    """

    easting: float
    northing: float
    precision: Precision
    given: str
    words: str
    council: str | None = None
    authority: str | None = None
    authority_code: str | None = None
    ward: str | None = None
    postcode: str | None = None
    uprn: str | None = None
    usrn: str | None = None
    source: str = ""
    approximate: bool = False
    margin_metres: float = 0.0
    authority_website: str | None = None
    within_metres: float = 1.0

    def to_json(self) -> dict[str, Any]:
        """The place as plain JSON, for an answer kept in a draft or a submission."""
        return asdict(self)

    @classmethod
    def from_json(cls, kept: dict[str, Any]) -> Self:
        """The place that `to_json` wrote."""
        return cls(**{**kept, "precision": Precision(kept["precision"])})
