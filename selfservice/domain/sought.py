"""What an agent typed into the one box for finding people, read: names, numbers, addresses and references."""

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass

from selfservice.domain.addresses import uprn_of
from selfservice.domain.likeness import words_of
from selfservice.domain.naming import name_key
from selfservice.domain.reference import read_reference

LONGEST = 200
MOST_WORDS = 6
LONGEST_WORD = 40
TITLES = frozenset({"mr", "mrs", "miss", "ms", "mx", "dr", "rev", "sir", "dame"})
SHORTEST_NUMBER, LONGEST_END = 6, 8  # of a telephone number without its area's code
INWARD = 3  # the signs of a postcode after its district

_EMAIL = re.compile(r"\S*@\S*")
_DAY = re.compile(r"(?<!\S)[0-9]{1,4}[./-][0-9]{1,2}[./-][0-9]{2,4}(?!\S)")
_ALONE = r"(?<![A-Za-z0-9]){}(?![A-Za-z0-9])"
_POSTCODES = (
    re.compile(_ALONE.format(r"([A-Z]{1,2}[0-9][A-Z0-9]?)[ .-]*([0-9OIL][A-Z]{2})"), re.IGNORECASE),
    # Spaces where none belong: "PE2 18QR", "P E 2 1 8 Q R".
    re.compile(_ALONE.format(r"([A-Z] ?[A-Z]? ?[0-9] ?[A-Z0-9]?) ?([0-9OIL] ?[A-Z] ?[A-Z])"), re.IGNORECASE),
)
_PART_OF_POSTCODE = re.compile(r"[A-Z]{1,2}[0-9][A-Z0-9]?(?:[0-9][A-Z]?)?", re.IGNORECASE)
_NUMBER = re.compile(r"(?<![A-Za-z0-9])\+?\(?[0-9](?:[ ().\u2010-\u2014-]*[0-9])+(?![A-Za-z0-9])")
_READ_AS_DIGITS = str.maketrans("OIL", "011")


@dataclass(frozen=True, slots=True)
class Number:
    """A number that was typed: as a telephone number in E.164, as the end of one, or as a UPRN."""

    phone: str | None
    end: str | None
    uprn: str | None

    def is_phone(self, number: str | None) -> bool:
        """Whether it is this telephone number, or the end of it."""
        return number is not None and (number == self.phone or bool(self.end and number.endswith(self.end)))


@dataclass(frozen=True, slots=True)
class Sought:
    """Somebody as an agent described them. Everything is written as `customers` has it.

    `references` are the spellings that a reference may have. `email` is a whole address or its beginning; `login` is
    a single word that may begin one instead of being a name. `area` is a postcode's beginning, where not all of it
    was typed.
    """

    references: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    email: str = ""
    login: str = ""
    postcode: str = ""
    area: str = ""
    number: Number | None = None

    @property
    def narrowed(self) -> bool:
        """Whether anything but a name was told."""
        return bool(self.email or self.postcode or self.area or self.number)

    @property
    def kinds(self) -> tuple[str, ...]:
        """What else than a reference was told, in codes: for the record, which holds no personal data."""
        told = {
            "name": self.words,
            "email": self.email or self.login,
            "postcode": self.postcode or self.area,
            "number": self.number,
        }
        return tuple(kind for kind, value in told.items() if value)


def read(query: str, phone: Callable[[str], str | None]) -> Sought:
    """What was typed, as far as it can be meant; `phone` writes a telephone number in E.164, None for no such one.

    Dates are passed over: a date of birth is a question to the caller, and whoever could search by it could guess
    at the answer as often as they liked.
    """
    text = _plain(query)
    email, text = _taken(_EMAIL, text)
    _, text = _taken(_DAY, text)
    postcode, text = _postcode(text)
    digits, text = _number(text)
    tokens = [token for token in re.split(r"[\s,;]+", text) if token]
    areas = [each for each in tokens if _PART_OF_POSTCODE.fullmatch(each)]
    names = [each for each in tokens if not any(sign.isdigit() for sign in each)]
    mixed = [each for each in tokens if each not in names + areas and any(map(str.isalpha, each))]
    return Sought(
        references=_references(query),
        words=_words(names),
        email=_email(email or next(iter(mixed), "")),
        login=_email(_plain(query)) if names == _plain(query).split() and len(names) == 1 else "",
        postcode=postcode,
        area="" if postcode else next(iter(areas), "").upper(),
        number=_meant(digits, phone) if digits else None,
    )


def in_area(area: str, postcode: str | None) -> bool:
    """Whether a postcode begins so, its district being no longer than what was told: PE2 is not PE21 6RY's."""
    return postcode is not None and postcode.startswith(area) and len(postcode) <= len(area) + INWARD


def _plain(query: str) -> str:
    """What was typed without signs that nobody types on purpose, and not more of it than anybody needs."""
    cut = unicodedata.normalize("NFC", query[: 4 * LONGEST]).encode("utf-8", "ignore").decode()
    kept = (sign for sign in cut if unicodedata.category(sign) != "Cf")
    spaced = (" " if unicodedata.category(sign)[0] in "ZC" else sign for sign in kept)
    return " ".join("".join(spaced).split())[:LONGEST]


def _taken(pattern: re.Pattern[str], text: str) -> tuple[str, str]:
    """The first that fits the pattern, and the text without it."""
    found = pattern.search(text)
    return (found[0], f"{text[: found.start()]} {text[found.end() :]}") if found else ("", text)


def _postcode(text: str) -> tuple[str, str]:
    for pattern in _POSTCODES:
        found = pattern.search(text)
        if found is not None:
            outward, inward = (part.replace(" ", "").upper() for part in found.groups())
            rest = f"{text[: found.start()]} {text[found.end() :]}"
            return outward + inward[0].translate(_READ_AS_DIGITS) + inward[1:], rest
    return "", text


def _number(text: str) -> tuple[str, str]:
    for found in _NUMBER.finditer(text):
        if sum(sign.isdigit() for sign in found[0]) >= SHORTEST_NUMBER:
            return found[0], f"{text[: found.start()]} {text[found.end() :]}"
    return "", text


def _meant(typed: str, phone: Callable[[str], str | None]) -> Number:
    digits = "".join(sign for sign in typed if sign.isdigit())
    short = SHORTEST_NUMBER <= len(digits) <= LONGEST_END
    return Number(phone(typed), digits if short else None, uprn_of(digits))


def _email(typed: str) -> str:
    return typed.removeprefix("mailto:").strip("<>;,.()\"'").casefold()


def _words(tokens: list[str]) -> tuple[str, ...]:
    words = [word for token in tokens for word in words_of(name_key(token)) if any(map(str.isalpha, word))]
    named = [word for word in words if word not in TITLES] or words
    return tuple(dict.fromkeys(word[:LONGEST_WORD] for word in named))[:MOST_WORDS]


def _references(query: str) -> tuple[str, ...]:
    """The spellings of each one to three words that can be a reference; by chance, one in thirty other words can."""
    tokens = _plain(query).split()[: 2 * MOST_WORDS]
    runs = ["".join(tokens[at : at + size]) for size in (1, 2, 3) for at in range(len(tokens) + 1 - size)]
    return tuple(dict.fromkeys(spelling for run in runs for spelling in read_reference(run)))
