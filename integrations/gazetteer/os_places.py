"""Addresses from OS Places, the Ordnance Survey's service over AddressBase; coordinates are EPSG:27700 metres.

https://docs.os.uk/os-apis/accessing-os-apis/os-places-api: GET search/places/v1/postcode. Whatever fails is an empty
list: people can always write their address by hand.
"""

import logging
import threading
import time
from collections import OrderedDict
from collections.abc import Iterator, Sequence
from typing import Any

from integrations.contract import Unavailable
from integrations.http import Http, Limits
from selfservice.domain.addresses import ListedAddress, in_order, lines_of, uprn_of

PATH = "search/places/v1/postcode"
PAGE = 100  # the most that it gives at once
MOST_PAGES = 4
KEPT_SECONDS = 600.0
MOST_KEPT = 500  # postcodes
MOST_A_MINUTE = 300  # requests of one process, so that no visitor can spend what is paid for

log = logging.getLogger(__name__)


class OsPlaces:
    """The addresses that OS Places lists, each postcode asked for once in ten minutes."""

    def __init__(
        self, base: str, key: str, *, allow_private: bool = False, limits: Limits | None = None
    ) -> None:
        self._key = key
        limits = limits or Limits(connect=1.5, read=3.0)
        self._http = Http(base, allow_private=allow_private, limits=limits, secrets=(key,))
        self._kept: OrderedDict[str, tuple[float, Sequence[ListedAddress]]] = OrderedDict()
        self._minute, self._asked = 0, 0
        self._lock = threading.Lock()

    def addresses(self, postcode: str) -> Sequence[ListedAddress]:
        """Those at a postcode; empty too when it cannot be asked just now."""
        kept = self._kept.get(postcode)
        if kept and time.monotonic() - kept[0] < KEPT_SECONDS:
            return kept[1]
        try:
            found = in_order(list({each.uprn: each for each in self._found(postcode)}.values()))
        except Unavailable as away:
            log.warning("OS Places gave no addresses: %s", away)
            return ()
        with self._lock:
            self._kept[postcode] = (time.monotonic(), found)
            while len(self._kept) > MOST_KEPT:
                self._kept.popitem(last=False)
        return found

    def _found(self, postcode: str) -> Iterator[ListedAddress]:
        """Every one; of a property in both sets the postal address comes last, and so is the one that is kept."""
        results: list[dict[str, Any]] = []
        for page in range(MOST_PAGES):
            answer = self._page(postcode, page * PAGE)
            results += answer.get("results") or []  # there is no such key when there are none
            if len(results) >= int((answer.get("header") or {}).get("totalresults") or 0):
                break
        for dataset in ("LPI", "DPA"):
            for result in results:
                listed = _listed(result.get(dataset) or {}, postcode)
                if listed:
                    yield listed

    def _page(self, postcode: str, offset: int) -> dict[str, Any]:
        with self._lock:
            minute = int(time.monotonic() // 60)
            self._asked = self._asked + 1 if minute == self._minute else 1
            self._minute = minute
            if self._asked > MOST_A_MINUTE:
                raise Unavailable("It has been asked too often this minute.")
        told = {"postcode": postcode, "dataset": "DPA,LPI", "output_srs": "EPSG:27700", "key": self._key}
        paging = {"maxresults": str(PAGE), "offset": str(offset)}
        answer = self._http.read(PATH, [*(told | paging).items()])
        if not isinstance(answer, dict) or not isinstance(answer.get("results", []), list):
            raise Unavailable("It answered with something that is not a list of addresses.")
        return answer


def _listed(told: dict[str, Any], postcode: str) -> ListedAddress | None:
    """One address, or None when it has no UPRN or no lines."""
    uprn = uprn_of(str(told.get("UPRN") or ""))
    lines = lines_of(str(told.get("ADDRESS") or ""), postcode)
    if not uprn or not lines:
        return None
    east, north = told.get("X_COORDINATE"), told.get("Y_COORDINATE")
    if not isinstance(east, int | float) or not isinstance(north, int | float):
        return ListedAddress(uprn, lines, postcode)
    return ListedAddress(uprn, lines, postcode, float(east), float(north))
