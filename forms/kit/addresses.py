"""Questions about addresses: Address, looked up by postcode or typed by hand, and Property, inside the council."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from forms.kit.questions import Asking, KnownAddress, NotFound, Question, Refused, Translate, Unchosen
from forms.kit.typed import Typed, counted, first, one_line, plain
from selfservice.domain.marking import gettext_noop
from selfservice.domain.places import Place, Precision, is_whereabouts

BY_HAND = ("line1", "line2", "town")
LONGEST_LINE = 100
TEXTS = ("uprn", "postcode", "words")
PLACED = ("council", "authority", "authority_website", "easting", "northing", "ward")


@dataclass(frozen=True, kw_only=True)
class Address(Question):
    """An address: a postcode, then one of the properties there, or lines typed by hand, always offered.

    Kept as {"uprn", "lines", "postcode", "words", "by_hand", "council", "authority", "authority_website",
    "easting", "northing", "ward"}: `uprn` is "" for one typed by hand; where it lies is told from its postcode, and
    is None for one abroad. Of `own`, the address of the person who fills it in, browsers fill in what they know.
    """

    noun: str = "The address"
    own: bool = False
    answers_as: ClassVar[str] = "address"
    parts: ClassVar[tuple[str, ...]] = ("postcode", "uprn", *BY_HAND)
    abroad: ClassVar[bool] = True  # whether an address that no UK postcode tells is taken

    def read(self, typed: Typed, asking: Asking) -> Any:
        """The address; left as it was, it is kept. Raises `Unchosen` when one of several must still be chosen, and
        `Refused`."""
        if self.accepts(asking.kept) and _same(typed, self.typed(asking.kept), self.parts):
            return asking.kept
        postcode = plain(first(typed, "postcode")[:200])[:40]
        by_hand = {part: one_line(first(typed, part)) for part in BY_HAND}
        if any(by_hand.values()):
            return self._by_hand(by_hand, postcode, asking)
        if not postcode:
            return None
        place, known = self._place(postcode, asking), self.found(typed, asking)
        chosen = next((each for each in known if each.uprn == first(typed, "uprn")), None)
        if chosen is not None:
            return _kept(chosen.uprn, chosen.lines, chosen.postcode, chosen.place or place, by_hand=False)
        if known:
            raise Unchosen("Select your address from the list, or enter it by hand", "uprn")
        raise Unchosen("We have no list of addresses for this postcode. Enter the address by hand", "line1")

    def found(self, typed: Typed, asking: Asking) -> Sequence[KnownAddress]:
        """The properties at the postcode that was typed, to choose from; empty when none are known."""
        postcode = plain(first(typed, "postcode")[:200])[:40]
        try:
            return asking.lookups.addresses(postcode) if postcode else ()
        except NotFound:
            return ()

    def typed(self, value: Any) -> Typed:
        if value is None:
            return {}
        kept = {"postcode": (value["postcode"],)}
        if not value["by_hand"]:
            return kept | {"uprn": (value["uprn"],)}
        lines = [*value["lines"], "", "", ""]
        return kept | {"line1": (lines[0],), "line2": (lines[1],), "town": (lines[2],)}

    def accepts(self, value: Any) -> bool:
        return (
            isinstance(value, dict)
            and {"uprn", "lines", "postcode", "words", "by_hand", *PLACED} <= value.keys()
            and isinstance(value["lines"], list)
            and all(isinstance(text, str) for text in (*value["lines"], *map(value.get, TEXTS)))
            and is_whereabouts(value)
        )

    def lines(self, value: Any, translate: Translate = str) -> tuple[str, ...]:
        return tuple(line for line in (*value["lines"], value["postcode"]) if line)

    def schema(self) -> dict[str, Any]:
        text = {"type": "string"}
        return {
            "type": "object",
            "properties": {"uprn": text, "lines": {"type": "array", "items": text}, "postcode": text},
            "required": ["uprn", "lines", "postcode"],
        }

    def examples(self, mentioned: tuple[object, ...] = ()) -> tuple[Any, ...]:
        """An address in each council looked for, one in another, one outside them all."""
        councils = [*(slug for slug in mentioned if isinstance(slug, str)), "another", None]
        return tuple(
            _kept(
                "100000000001",
                ("1 Sample Street", "Sampleton"),
                "PE21 6RY",
                Place(532650, 344120, Precision.POSTCODE, "PE21 6RY", "Near PE21 6RY", council=slug),
                by_hand=False,
            )
            for slug in councils
        )

    def _by_hand(self, by_hand: dict[str, str], postcode: str, asking: Asking) -> Any:
        for part, words in (("line1", gettext_noop("Enter address line 1, typically the building and street")),
                            ("town", gettext_noop("Enter town or city"))):  # fmt: skip
            if not by_hand[part]:
                raise Refused(words, part)
        for part, text in by_hand.items():
            if counted(text) > LONGEST_LINE:
                raise Refused(
                    "Each line of the address must be {most} characters or fewer", part, most=LONGEST_LINE
                )
        if not postcode and not self.abroad:
            raise Refused("Enter a full UK postcode", "postcode")
        place = None if self.abroad and not _looks_british(postcode) else self._place(postcode, asking)
        lines = (by_hand["line1"], by_hand["line2"], by_hand["town"])
        return _kept("", lines, place.postcode or postcode if place else postcode, place, by_hand=True)

    def _place(self, postcode: str, asking: Asking) -> Place:
        """Where the postcode is. Raises `Refused` when there is none such."""
        if not _looks_british(postcode):
            raise Refused("Enter a full UK postcode", "postcode")
        try:
            return asking.lookups.resolve(postcode)
        except NotFound as nowhere:
            raise Refused(nowhere.words, "postcode", **nowhere.named) from nowhere


@dataclass(frozen=True, kw_only=True)
class Property(Address):
    """An address inside the council. One elsewhere is kept too, so that a Stop can say whose it is."""

    abroad: ClassVar[bool] = False


def _kept(
    uprn: str, lines: Sequence[str], postcode: str, place: Place | None, *, by_hand: bool
) -> dict[str, Any]:
    told = place.to_json() if place else {}
    return {
        "uprn": uprn,
        "lines": [*lines],
        "postcode": postcode,
        "words": ", ".join(line for line in (*lines, postcode) if line),
        "by_hand": by_hand,
        **{part: told.get(part) for part in PLACED},
    }


def _same(typed: Typed, shown: Typed, parts: Sequence[str]) -> bool:
    """Whether what was sent back is what was shown."""
    return all(one_line(first(typed, part)) == first(shown, part) for part in parts)


def _looks_british(postcode: str) -> bool:
    """Whether it has the look of a UK postcode: 5 to 7 letters and digits that end in a digit and two letters."""
    joined = "".join(postcode.upper().split())
    tail = joined[-3:]
    return (
        5 <= len(joined) <= 7
        and joined.isalnum()
        and joined[0].isalpha()
        and tail[:1].isdigit()
        and tail[1:].isalpha()
    )
