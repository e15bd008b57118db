"""How like a name is to what was typed for it: nicknames, parts, initials, and words with one letter wrong."""

import re
from dataclasses import dataclass
from enum import IntEnum
from itertools import pairwise

from selfservice.domain.nicknames import forms_of

# What stands between the words of a name key: spaces and ASCII's signs. The function `name_marks` of the database parts
# them alike.
BETWEEN = re.compile(r"[\s!-/:-@\[-`{-~]+")
LONG = 6  # from this length on, a word may have two letters wrong
LIKE_ENOUGH = 0.4  # as `customers_named_like` of the database (step 0011) has it


class Closeness(IntEnum):
    """How a word fits a name, the closest first."""

    SAME = 0
    FORM = 1  # another form of the name, or two words written as one
    PART = 2  # a part of a word of the name, such as its beginning
    ALIKE = 3  # a letter or two wrong
    NONE = 4


@dataclass(frozen=True, slots=True, order=True)
class Fit:
    """How a whole name fits what was typed: how many words of it fit nowhere, how the worst of the others does,
    how all of them do, and how unlike the whole is in thousandths. The smallest fits best."""

    missing: int
    worst: Closeness
    total: int
    unlike: int

    @property
    def alike(self) -> bool:
        """Whether the whole name is like what was typed, where not every word of it is."""
        return self.unlike <= 1000 * (1 - LIKE_ENOUGH)


def words_of(key: str) -> tuple[str, ...]:
    """The words of a name key."""
    return tuple(word for word in BETWEEN.split(key) if word)


def one_left_out(word: str) -> frozenset[str]:
    """A word, and what it is with any one letter left out. Words that are one letter apart, however, share one of
    these: a letter too many, too few, another one, or two that changed places."""
    if len(word) < 3:
        return frozenset({word})
    return frozenset({word, *(word[:place] + word[place + 1 :] for place in range(len(word)))})


def spelt(words: tuple[str, ...], place: int) -> frozenset[str]:
    """The words of a name for which the word at this place may stand: itself, its other forms, and what it is in one
    with its neighbour ("mac donald")."""
    word = words[place]
    joined = {
        "".join(words[start : start + 2]) for start in (place - 1, place) if 0 <= start < len(words) - 1
    }
    return (forms_of(word) if len(word) > 1 else frozenset()) | joined


def fit(words: tuple[str, ...], key: str) -> Fit:
    """How the name of this key fits the words that were typed."""
    name = words_of(key)
    pairs = {one + other for one, other in pairwise(name)}
    found = [_closest(words, place, name, pairs) for place in range(len(words))]
    fitting = [each for each in found if each is not Closeness.NONE]
    unlike = round(1000 * (1 - similarity(" ".join(words), key)))
    worst = max(fitting, default=Closeness.NONE)
    return Fit(len(found) - len(fitting), worst, sum(fitting), unlike)


def similarity(one: str, other: str) -> float:
    """The share of groups of three letters that two names have in common, as PostgreSQL's pg_trgm counts it."""
    ours, theirs = _trigrams(one), _trigrams(other)
    every = len(ours | theirs)
    return len(ours & theirs) / every if every else 0.0


def _closest(words: tuple[str, ...], place: int, name: tuple[str, ...], pairs: set[str]) -> Closeness:
    word = words[place]
    if word in name:
        return Closeness.SAME
    if word in pairs or not spelt(words, place).isdisjoint(name):
        return Closeness.FORM
    if any(each.startswith(word) or (len(word) > 2 and word in each) for each in name):
        return Closeness.PART
    return Closeness.ALIKE if any(_alike(word, each) for each in name) else Closeness.NONE


def _alike(word: str, other: str) -> bool:
    """Whether one is the other with one letter wrong or two changed over; in long words, one left out of each."""
    if abs(len(word) - len(other)) > 1 or max(len(word), len(other)) < 3:
        return False
    if min(len(word), len(other)) >= LONG:
        return not one_left_out(word).isdisjoint(one_left_out(other))
    start = next((at for at, (a, b) in enumerate(zip(word, other)) if a != b), min(len(word), len(other)))
    rest, others = word[start:], other[start:]
    swapped = rest[:2] == others[:2][::-1] and rest[2:] == others[2:]
    return swapped or rest[1:] == others[1:] or rest[1:] == others or rest == others[1:]


def _trigrams(text: str) -> frozenset[str]:
    padded = [f"  {word} " for word in words_of(text)]
    return frozenset(word[at : at + 3] for word in padded for at in range(len(word) - 2))
