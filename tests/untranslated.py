"""Finds words that were left out of translation, on pages in the accented pseudo-language.

In it every letter has an accent, so any plain letters that are left were written past gettext, or are data: names,
addresses, what somebody typed. The data are named by whoever asks.
"""

import json
import re
from collections.abc import Iterable, Iterator
from typing import Any

import lxml.html

from tests.judge import JudgingClient

WORD = re.compile(r"[A-Za-z]{2,}")
READ_OUT = ("title", "aria-label", "alt", "placeholder", "aria-roledescription", "aria-description")
UNSEEN = frozenset({"script", "style"})
# In addresses and names of every page: whoever looks for words does not read these.
ALWAYS = (
    r"%?\{[a-z]+\}",
    r"https?://\S+",
    r"\S+@\S+\.org",
    r"[A-Z]{3}-[A-Z0-9-]+",
    r"\b[0-9a-f]{24}\b",
    r"\b[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}\b",
)


def untranslated(html: str, known: Iterable[str] = ()) -> list[str]:
    """The plain words of a page that are not among the `known` (patterns), each with where it stands."""
    page = lxml.html.document_fromstring(html)
    if page.xpath("/html")[0].get("lang") == "en":
        return ["the page says that it is in English"]
    data = re.compile("|".join((*ALWAYS, *known)))
    return [f"{where}: {text}" for where, text in _texts(page) if WORD.search(data.sub("", text))]


def _texts(page: Any) -> Iterator[tuple[str, str]]:
    for element in page.iter(lxml.html.etree.Element):
        where = f"{element.tag}.{element.get('class', '')}"
        if element.tag in UNSEEN or element.xpath("ancestor-or-self::*[@lang][1]/@lang") != [
            page.get("lang")
        ]:
            continue
        for text in (element.text, *(child.tail for child in element)):
            if text and text.strip():
                yield where, text.strip()
        for name, value in element.attrib.items():
            if name in READ_OUT or name.startswith("data-i18n"):
                yield f"{where} {name}", value
            if name == "data-words":
                yield from ((f"{where} {key}", said) for key, said in json.loads(value).items())
        if element.tag == "input" and element.get("type") in ("submit", "button"):
            yield f"{where} value", element.get("value", "")


class ReadingClient(JudgingClient):
    """A test client that also finds untranslated words on every page in the accented pseudo-language."""

    known: tuple[str, ...] = ()

    def open(self, *args: Any, **kwargs: Any) -> Any:
        """Fetch, judge, and read what came."""
        response = super().open(*args, **kwargs)
        html = response.get_data(as_text=True) if response.mimetype == "text/html" else ""
        if '<html lang="en-XA"' in html and not 300 <= response.status_code < 400:
            left = untranslated(html, self.known)
            assert not left, f"{response.request.path}: not translated:\n  " + "\n  ".join(left)
        return response
