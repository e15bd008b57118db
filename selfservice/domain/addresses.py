"""Addresses as a gazetteer lists them, and how one that is kept in capitals is written for people."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

_SMALL = frozenset({"and", "by", "in", "le", "of", "on", "the", "upon", "with"})
# A letter that begins a word or a part of one: after an apostrophe only where one letter stands before it (O’Neill).
_FIRST_LETTER = re.compile(r"(?<![^\W\d_])(?<![’'])[^\W\d_]|(?<=\b[do][’'])[^\W\d_](?=[^\W\d_])")
_NUMBERED = re.compile(r"[0-9]+[A-Z]?(?:[-/][0-9]+[A-Z]?)?")


@dataclass(frozen=True, slots=True)
class ListedAddress:
    """A property in a list of addresses. `uprn` is text of up to 12 digits without leading zeros; `lines` leave the
    postcode out. Easting and northing are EPSG:27700 metres, None where the list does not tell them."""

    uprn: str
    lines: tuple[str, ...]
    postcode: str
    easting: float | None = None
    northing: float | None = None


class ListsAddresses(Protocol):
    """A gazetteer of addresses."""

    def addresses(self, postcode: str) -> Sequence[ListedAddress]:
        """The properties at a postcode written as "PE21 6RY", in the order of their street; empty where it knows
        none, or cannot be asked just now."""
        ...


def written(text: str) -> str:
    """Words in capitals as people write them: "12A HIGH STREET" is "12A High Street"."""
    words = text.split()
    return " ".join(_word(word, first=number == 0) for number, word in enumerate(words))


def lines_of(address: str, postcode: str) -> tuple[str, ...]:
    """The lines of an address told on one, such as "2, EXAMPLE ROAD, KIRTON, PE20 1AA": the number is put before its
    street, and the postcode is left out."""
    parts = [part for part in (" ".join(each.split()) for each in address.split(",")) if part]
    parts = [part for part in parts if part.upper() != postcode.upper()]
    lines: list[str] = []
    for part in parts:
        if lines and _NUMBERED.fullmatch(lines[-1].upper()):
            lines[-1] = f"{lines[-1]} {written(part)}"
        else:
            lines.append(written(part))
    return tuple(lines)


def in_order(found: Sequence[ListedAddress]) -> list[ListedAddress]:
    """The addresses as one walks along the street: 2 before 10, and a house before its flats."""
    return sorted(found, key=lambda each: ([_as_walked(line) for line in reversed(each.lines)], each.uprn))


def uprn_of(text: str) -> str | None:
    """A UPRN as it is kept: up to 12 digits, without leading zeros; None when the text is none."""
    digits = text.strip().lstrip("0")
    return digits if digits.isascii() and digits.isdigit() and len(digits) <= 12 else None


def _word(word: str, *, first: bool) -> str:
    lowered = word.lower()
    if lowered in _SMALL and not first:
        return lowered
    if any(letter.isdigit() for letter in word):
        return word.upper()
    return _FIRST_LETTER.sub(lambda found: found[0].upper(), lowered)


def _as_walked(line: str) -> tuple[str, tuple[int, ...], str]:
    """A line to be compared by its street, then by its numbers as numbers, then as it stands."""
    numbers = tuple(int(digits) for digits in re.findall(r"[0-9]{1,9}", line))
    return " ".join(re.sub(r"[0-9]+[A-Za-z]?\b", "", line).lower().split()), numbers, line
