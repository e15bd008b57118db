"""Tells which properties a postcode has: from the councils' own files, from OS Places, or made up for a
demonstration; and where each of them lies."""

import math
from collections import OrderedDict
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Protocol

from forms.kit.questions import KnownAddress
from integrations.gazetteer.addresses import UnusableAddresses, open_file
from integrations.gazetteer.made_up import MadeUpAddresses
from integrations.gazetteer.os_places import OsPlaces
from selfservice.domain import grid
from selfservice.domain.addresses import ListedAddress, ListsAddresses
from selfservice.domain.areas import Located
from selfservice.domain.council import Council
from selfservice.domain.places import Place

MOST_KEPT = 500  # postcodes whose addresses are kept with their places

__all__ = ["AddressBook", "UnusableAddresses", "open_sources"]

PlaceOf = Callable[[ListedAddress], Place]


class Sources(Protocol):
    """The settings that addresses need."""

    @property
    def home(self) -> Path:
        """Folder for state."""
        ...

    @property
    def config_folder(self) -> Path:
        """Folder of configuration."""
        ...

    @property
    def demonstration(self) -> bool:
        """Whether addresses may be made up."""
        ...

    @property
    def os_places_url(self) -> str:
        """Address of OS Places."""
        ...

    @property
    def os_places_key(self) -> str:
        """Key to OS Places; empty where it is not used."""
        ...


class AddressBook:
    """The properties of postcodes: the first source that lists any is believed."""

    def __init__(self, sources: Sequence[ListsAddresses] = ()) -> None:
        self._sources = tuple(sources)
        self._kept: OrderedDict[str, tuple[Sequence[ListedAddress], tuple[KnownAddress, ...]]] = OrderedDict()

    def at(self, typed: str, place_of: PlaceOf) -> tuple[KnownAddress, ...]:
        """Those at the postcode that was typed, each with its place where its own is told; else none."""
        postcode = grid.read_postcode(typed)
        listed = next((found for found in self._asked(postcode) if found), ()) if postcode else ()
        if not listed:
            return ()
        kept = self._kept.get(postcode or "")
        if kept is None or kept[0] != listed:
            known = tuple(
                KnownAddress(
                    each.uprn,
                    each.lines,
                    each.postcode,
                    place_of(each) if each.easting is not None and each.northing is not None else None,
                )
                for each in listed
            )
            kept = self._kept[postcode or ""] = (listed, known)
            while len(self._kept) > MOST_KEPT:
                self._kept.popitem(last=False)
        return kept[1]

    def _asked(self, postcode: str) -> Iterator[Sequence[ListedAddress]]:
        return (source.addresses(postcode) for source in self._sources)


def open_sources(
    councils: Mapping[str, Council], settings: Sources, find: Callable[[str], Located | None]
) -> tuple[ListsAddresses, ...]:
    """The lists of addresses of an installation, the councils' own first.

    Raises `UnusableAddresses` with what is wrong with any of their files.
    """
    sources: list[ListsAddresses] = []
    mistakes: list[str] = []
    for file in sorted({council.addresses for council in councils.values() if council.addresses}):
        try:
            sources.append(open_file(settings.config_folder / file, settings.home))
        except UnusableAddresses as wrong:
            mistakes += wrong.mistakes
    if mistakes:
        raise UnusableAddresses(mistakes)
    if settings.os_places_key:
        sources.append(OsPlaces(settings.os_places_url, settings.os_places_key))
    if settings.demonstration:
        sources.append(MadeUpAddresses(find, _nearest_town(councils)))
    return tuple(sources)


def _nearest_town(councils: Mapping[str, Council]) -> Callable[[Located], str | None]:
    """What tells the named place that is nearest to a postcode of these councils; None for any other."""
    named = {council.gss_code: (council.centre, *council.landmarks) for council in councils.values()}

    def town(located: Located) -> str | None:
        places = named.get(located.gss_code)
        if places is None:
            return None
        return min(
            places, key=lambda p: math.hypot(p.easting - located.easting, p.northing - located.northing)
        ).name

    return town
