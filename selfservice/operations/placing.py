"""Tells where something is from what a person gave: a postcode, coordinates or a pin, all equals.

Every way ends in a resolved `Place`: a point, whose it is, how closely it is known, and words to confirm.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from forms.kit.questions import KnownAddress, NotFound
from integrations.gazetteer import areas as area_files
from integrations.gazetteer.areas import UnusableLayers
from integrations.gazetteer.postcodes import Postcodes
from selfservice.domain import grid
from selfservice.domain.addresses import ListedAddress
from selfservice.domain.areas import Areas, Located, Nearest, Owner
from selfservice.domain.council import Council
from selfservice.domain.marking import gettext_noop
from selfservice.domain.outlines import Outline, around, simplified
from selfservice.domain.places import Place, Precision, in_words
from selfservice.operations.addressing import AddressBook, Sources, UnusableAddresses, open_sources

WHAT_TO_TYPE = gettext_noop("Enter a full postcode like PE21 6RY, or a grid reference like TF 3265 4412")
NOT_FOUND = gettext_noop(
    "We could not find that place. Enter a full postcode like PE21 6RY, or a grid reference like TF 3265 4412"
)
MOST_IN_VIEW = 300
POSTCODE_METRES = 100.0  # about how far a house may lie from the middle of its postcode
ADDRESS_METRES = 10.0
FIGURES = {1000.0: 4, 100.0: 6, 10.0: 8}


__all__ = ["NotFound", "Places", "UnusableLayers", "View", "open_places"]


class KnowsPostcodes(Protocol):
    """What placing asks of postcodes; coordinates are EPSG:27700 metres."""

    @property
    def source(self) -> str:
        """The name and version of the data."""
        ...

    def prepare(self) -> int:
        """Have everything ready before anybody asks; how many postcodes there are."""
        ...

    def find(self, postcode: str) -> Located | None:
        """Where a postcode is."""
        ...

    def nearest(
        self, easting: float, northing: float, besides: Collection[str] = ()
    ) -> tuple[Located, float] | None:
        """The postcode nearest to a point, and the metres to it, passing over those of some districts."""
        ...

    def in_box(self, west: float, south: float, east: float, north: float, limit: int = 300) -> list[Located]:
        """Postcodes in a box."""
        ...

    def of_district(self, gss_code: str) -> Iterable[tuple[float, float]]:
        """The points of a district's postcodes."""
        ...


@dataclass(frozen=True, slots=True)
class View:
    """What a map shows besides its outline: postcodes, and lines of the National Grid."""

    postcodes: list[Located]
    lines: list[grid.Line]


class Places:
    """Resolves what people give; serves as the forms kit's `Lookups`."""

    def __init__(self, areas: Areas, postcodes: KnowsPostcodes, book: AddressBook | None = None) -> None:
        self.areas = areas
        self.postcodes = postcodes
        self.book = book or AddressBook()

    def resolve(self, text: str) -> Place:
        """The place that `text` tells. Raises `NotFound`: its words say what can be typed."""
        given = text.strip()[: grid.LONGEST]
        postcode = grid.read_postcode(given)
        if postcode:
            return self._postcode(given, postcode)
        if grid.looks_like_part_of_a_postcode(given):
            raise NotFound(
                "{given} is only part of a postcode. Enter a full postcode, like PE21 6RY",
                given=given.upper(),
            )
        try:
            point = grid.read_point(given)
        except grid.Unreadable as wrong:
            raise NotFound(wrong.words, **wrong.named) from wrong
        if point is None:
            raise NotFound(NOT_FOUND if given else WHAT_TO_TYPE)
        return self._place(given, point, Precision.GRID_REFERENCE)

    def resolve_pin(self, latitude: float, longitude: float) -> Place:
        """The place of a pin at WGS84 degrees. Raises `NotFound` outside Great Britain."""
        try:
            point = grid.to_point(latitude, longitude)
            return self._place(f"{latitude:.6f}, {longitude:.6f}", point, Precision.PIN)
        except grid.Unreadable as wrong:
            raise NotFound("The pin is not in Great Britain. Move it, or enter a postcode") from wrong

    def addresses(self, postcode: str) -> Sequence[KnownAddress]:
        """The properties at a postcode, in the order of their street; empty where no list knows any."""
        return self.book.at(postcode, self._of_address)

    def outline(self, gss_code: str, most: int) -> Outline:
        """The area of a council for a map, of at most `most` points; told from its postcodes if need be."""
        shape = self.areas.outline(gss_code)
        if shape is not None:
            return simplified(shape, most, approximate=False)
        return simplified(around(self.postcodes.of_district(gss_code)), most, approximate=True)

    def postcodes_in_view(self, west: float, south: float, east: float, north: float) -> View:
        """What a map shows between these WGS84 degrees: postcodes, and lines of the National Grid."""
        box = grid.box(west, south, east, north)
        return (
            View(self.postcodes.in_box(*box, limit=MOST_IN_VIEW), grid.lines(*box)) if box else View([], [])
        )

    def _postcode(self, given: str, postcode: str) -> Place:
        located = self.postcodes.find(postcode)
        if located is None:
            raise NotFound(
                "There is no postcode {postcode}. Check it and try again, or enter a grid reference",
                postcode=postcode,
            )
        point = grid.Point(located.easting, located.northing, POSTCODE_METRES)
        return self._place(given, point, Precision.POSTCODE, located)

    def _of_address(self, listed: ListedAddress) -> Place:
        point = grid.Point(listed.easting or 0.0, listed.northing or 0.0, ADDRESS_METRES)
        return self._place(listed.postcode, point, Precision.ADDRESS)

    def _place(
        self, given: str, point: grid.Point, precision: Precision, located: Located | None = None
    ) -> Place:
        near = (located, 0.0) if located else self.postcodes.nearest(point.easting, point.northing)
        owner = self.areas.owner(point.easting, point.northing, self._nearest(point, located))
        authority = owner.authority if owner.council is None else None
        return Place(
            easting=point.easting,
            northing=point.northing,
            precision=precision,
            given=given,
            words=_words(point, precision, near[0].postcode if near else None, owner),
            council=owner.council,
            authority=authority.title if authority else None,
            authority_code=owner.authority.code if owner.authority else None,
            ward=owner.ward,
            postcode=near[0].postcode if near else None,
            source=owner.source,
            approximate=owner.approximate,
            margin_metres=owner.margin,
            authority_website=authority.website if authority else None,
            within_metres=point.within,
        )

    def _nearest(self, point: grid.Point, located: Located | None) -> Nearest:
        """The question `Areas.owner` asks; a postcode that was given is always the nearest to itself."""

        def nearest(besides: frozenset[str]) -> tuple[Located, float] | None:
            if located and located.gss_code not in besides:
                return located, 0.0
            return self.postcodes.nearest(point.easting, point.northing, besides)

        return nearest


def open_places(councils: Mapping[str, Council], settings: Sources) -> Places:
    """The places of an installation. Raises `UnusableLayers` with every mistake in its files of areas and of
    addresses."""
    postcodes = Postcodes({council.gss_code for council in councils.values()}, settings.home)
    mistakes: list[str] = []
    try:
        book = AddressBook(open_sources(councils, settings, postcodes.find))
    except UnusableAddresses as wrong:
        mistakes += wrong.mistakes
    try:
        areas = area_files.load(councils, settings.config_folder, postcodes.source)
    except UnusableLayers as wrong:
        mistakes += wrong.mistakes
    if mistakes:
        raise UnusableLayers(mistakes)
    return Places(areas, postcodes, book)


def _words(point: grid.Point, precision: Precision, postcode: str | None, owner: Owner) -> str:
    """Words to confirm, such as "Near PE21 6RY, Boston. Grid reference TF 32650 44120"."""
    figures = FIGURES.get(point.within, 10) if precision is Precision.GRID_REFERENCE else 10
    reference = grid.to_grid_reference(point.easting, point.northing, figures)
    return in_words(postcode, owner.authority.name if owner.authority else None, reference)
