"""Where something is: the resolved place and how surely it is known. Coordinates are EPSG:27700 metres."""

import re
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any, Self

from selfservice.domain.marking import gettext_noop

# How a place is told in words, by what is known of it; the first that fits is used, and found again.
SENTENCES = (
    gettext_noop("Near {postcode}, {area}. Grid reference {reference}"),
    gettext_noop("Near {postcode}. Grid reference {reference}"),
    gettext_noop("{area}. Grid reference {reference}"),
    gettext_noop("Grid reference {reference}"),
)
PARTS = {
    "postcode": r"(?P<postcode>[A-Z0-9 ]+)",
    "area": r"(?P<area>.+)",
    "reference": r"(?P<reference>[A-Z0-9 ]+)",
}
SENTENCES_READ = tuple(
    re.compile(re.escape(each).replace(r"\{", "{").replace(r"\}", "}").format(**PARTS)) for each in SENTENCES
)


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


def is_whereabouts(kept: Mapping[str, Any]) -> bool:
    """Whether what is kept of a place or an address tells where it lies as we would write it: numbers and texts,
    or nothing. A draft of long ago may hold anything."""
    metres = [kept.get(part) for part in ("easting", "northing")]
    texts = [kept.get(part) for part in ("council", "authority", "authority_website", "ward", "postcode")]
    return all(each is None or isinstance(each, int | float) for each in metres) and all(
        each is None or isinstance(each, str) for each in texts
    )


def in_words(postcode: str | None, area: str | None, reference: str) -> str:
    """Words to confirm a place by, such as "Near PE21 6RY, Boston. Grid reference TF 32650 44120"."""
    known = {"postcode": postcode, "area": area, "reference": reference}
    pattern = next(each for each in SENTENCES if all(known[name] for name in re.findall("{([a-z]+)}", each)))
    return pattern.format(**known)


def words_in(words: str, translate: Callable[[str], str]) -> str:
    """Words that `in_words` made, in the language that `translate` speaks; any others as they are.

    Places are kept with their words in English; they are read here, where the sentences are written.
    """
    for pattern, read in zip(SENTENCES, SENTENCES_READ):
        found = read.fullmatch(words)
        if found:
            return translate(pattern).format(**found.groupdict())
    return words
