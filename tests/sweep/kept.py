"""Pages that tests of the web fetched, kept for a browser to look at afterwards: `make axe`.

Kept where the environment names a folder in SELFSERVICE_PAGES, and each shape of page once: two pages that differ
in nothing but their words and addresses are the same to a judge of accessibility.
"""

import hashlib
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import lxml.html
from flask import Flask, template_rendered

FOLDER = os.environ.get("SELFSERVICE_PAGES")
# Attributes that say how a page is used; others carry words, addresses and ids.
SAYS_HOW = ("class", "type", "role", "dir", "aria-live", "aria-current", "data-module", "hidden", "open")


@dataclass(frozen=True)
class Kept:
    """A page that was kept: the template it was drawn from, the path it stood at, and itself."""

    template: str
    path: str
    html: str


@contextmanager
def templates_of(app: Flask) -> Iterator[list[str]]:
    """The names of the templates that are drawn meanwhile, in their order."""
    names: list[str] = []

    def note(_: Flask, template: Any, **__: object) -> None:
        names.append(template.name)

    with template_rendered.connected_to(note, app):
        yield names


def keep(template: str, path: str, html: str) -> None:
    """Keep a page, unless one of its shape has been."""
    assert FOLDER is not None
    folder = Path(FOLDER)
    folder.mkdir(parents=True, exist_ok=True)
    shape = hashlib.sha256("\n".join(_shape(html)).encode()).hexdigest()[:12]
    name = f"{template.removesuffix('.html').replace('/', '--')}--{shape}.html"
    if not (folder / name).exists():
        (folder / name).write_text(f"{template}\n{path}\n{html}", encoding="utf-8")


def all_kept(folder: Path) -> list[Kept]:
    """Every page that is kept in a folder."""
    return [
        Kept(*each.read_text(encoding="utf-8").split("\n", 2)) for each in sorted(folder.glob("*--*.html"))
    ]


def _shape(html: str) -> Iterator[str]:
    """What a page is made of, its repetitions left out."""
    before = ""
    for element in lxml.html.document_fromstring(html).iter(lxml.html.etree.Element):
        said = (f"{name}={element.get(name)}" for name in SAYS_HOW if element.get(name) is not None)
        here = " ".join([str(element.tag), *said])
        if here != before:
            yield here
        before = here
