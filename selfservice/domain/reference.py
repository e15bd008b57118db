"""References that people read aloud, write down and type: made, checked, and read back with patience.

A reference is the council's prefix, seven characters drawn at random and a check character: BOS-7K4M-2QXP.
The alphabet has 31 signs, without I, L, O, S and U. Because 31 is prime and each place has a weight of its
own, the check character finds every single wrong character and every two that changed places.
"""

from collections.abc import Callable
from itertools import product

ALPHABET = "0123456789ABCDEFGHJKMNPQRTVWXYZ"
MODULUS = len(ALPHABET)
DRAWN = 7
LONGEST_PREFIX = 6

# What is heard or read for a sign of the alphabet: these letters are in no reference.
_MEANT = str.maketrans({"O": "0", "I": "1", "L": "1", "S": "5", "U": "V"})
_ALIKE = {"0": "0O", "1": "1IL", "5": "5S", "V": "VU"}
_DROPPED = str.maketrans("", "", " -–—._/\t\u00a0")


def make_reference(prefix: str, below: Callable[[int], int]) -> str:
    """A new reference that begins with `prefix`; `below(n)` gives a random whole number from 0 to n - 1."""
    drawn = "".join(ALPHABET[below(MODULUS)] for _ in range(DRAWN))
    return _shown(prefix.upper(), drawn + check_character(prefix, drawn))


def check_character(prefix: str, drawn: str) -> str:
    """The character that makes the weighted sum over prefix, drawn characters and itself nothing, modulo 31.

    Weights are counted from the right, the check character's being 1, so that no two places of one reference
    share a weight and none is a multiple of 31.
    """
    signs = _signs(prefix) + drawn
    total = sum((len(signs) + 1 - place) * ALPHABET.index(sign) for place, sign in enumerate(signs))
    return ALPHABET[-total % MODULUS]


def read_reference(typed: str) -> tuple[str, ...]:
    """Every way we may have written the reference that somebody typed; none when it cannot be one.

    Capitals, spaces and dashes do not matter, and letters that are in no reference are read as the signs
    they resemble (O as 0, I and L as 1, S as 5, U as V). A council's prefix does hold such letters, so each
    letter that a sign of the prefix may have stood for gives a spelling of its own.
    """
    plain = typed.upper().translate(_DROPPED)
    if not plain.isascii() or not plain.isalnum():
        return ()
    prefix, tail = plain[: -(DRAWN + 1)], plain[-(DRAWN + 1) :].translate(_MEANT)
    if not 1 <= len(prefix) <= LONGEST_PREFIX or check_character(prefix, tail[:-1]) != tail[-1]:
        return ()
    meant = [_ALIKE.get(sign, sign) for sign in _signs(prefix)]
    return tuple(_shown("".join(spelt), tail) for spelt in product(*meant))


def _signs(text: str) -> str:
    return text.upper().translate(_DROPPED).translate(_MEANT)


def _shown(prefix: str, tail: str) -> str:
    half = (DRAWN + 1) // 2
    return f"{prefix}-{tail[:half]}-{tail[half:]}"
