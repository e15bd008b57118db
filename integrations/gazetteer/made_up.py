"""Addresses that nobody lives at, for the demonstration and for tests: the same ones for a postcode each time."""

import hashlib
from collections.abc import Callable, Sequence

from selfservice.domain.addresses import ListedAddress
from selfservice.domain.areas import Located

FEWEST, MOST = 4, 18
FIRST = "9990"  # begins every UPRN; none that is given out does


class MadeUpAddresses:
    """A street of made-up houses at every postcode that `find` knows; `town` names the place it is in, or none
    where there shall be no addresses."""

    def __init__(self, find: Callable[[str], Located | None], town: Callable[[Located], str | None]) -> None:
        self._find = find
        self._town = town

    def addresses(self, postcode: str) -> Sequence[ListedAddress]:
        """Those at a postcode; where they lie is told from the postcode."""
        located = self._find(postcode)
        town = self._town(located) if located else None
        if town is None:
            return ()
        number = int(hashlib.sha256(postcode.encode()).hexdigest()[:12], 16)
        count = FEWEST + number % (MOST - FEWEST + 1)
        return [
            ListedAddress(
                f"{FIRST}{number % 10**6:06}{house:02}", (f"{house} Example Street", town), postcode
            )
            for house in range(1, count + 1)
        ]
