"""Names as they are searched for: written one way, however people type them."""

import unicodedata

LONGEST_KEY = 200
# Letters that no accent can be taken from, as whoever cannot type them writes them.
_PLAIN = str.maketrans(
    {"ł": "l", "ø": "o", "đ": "d", "ð": "d", "ħ": "h", "ı": "i", "þ": "th", "æ": "ae", "œ": "oe"}
)
_APOSTROPHES = frozenset("'’‘ʼʹ′`´＇")
_DASHES = frozenset("-‐‑‒–—−")


def name_key(name: str) -> str:
    """A name in lower case without accents and apostrophes, its words one space apart: "Siobhán  O’Neill-Smith" is
    "siobhan oneill-smith".

    It is kept beside the name (`customers.name_key`), and what is searched for is put through it too.
    """
    apart = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", name).casefold())
    spelt = "".join(_kept(sign) for sign in apart.translate(_PLAIN))
    return " ".join(spelt.split())[:LONGEST_KEY].rstrip()


def _kept(sign: str) -> str:
    if sign in _DASHES:
        return "-"
    # Accents that stand apart by now, and signs that are not seen, such as a soft hyphen.
    unseen = unicodedata.combining(sign) or unicodedata.category(sign) == "Cf"
    return "" if unseen or sign in _APOSTROPHES else sign
