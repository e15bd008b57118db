"""Style sheets and scripts as a browser fetches them: built once, named by their content, found by name.

`build` takes GOV.UK Frontend and Leaflet from `node_modules` and our own files from `static/css`, `static/js`
and `static/img`, and writes them to `static/built` with a hash of their content in each name, so that a
browser may keep them for ever. The typeface licensed for GOV.UK alone, the crown and the crest are left
behind.
"""

import gzip
import hashlib
import json
import re
import shutil
from functools import lru_cache
from pathlib import Path

from selfservice.settings import ROOT
from selfservice.web.mirroring import mirrored

STATIC = Path(__file__).resolve().parent / "static"
BUILT = STATIC / "built"
MODULES = ROOT / "node_modules"
MANIFEST = "manifest.json"
ADDRESS = "/static/built/"

# Name in templates -> file of an npm package. `build` refuses to go on when one is missing.
PACKAGES = {
    "accessible-autocomplete.css": "accessible-autocomplete/dist/accessible-autocomplete.min.css",
    "accessible-autocomplete.js": "accessible-autocomplete/dist/accessible-autocomplete.min.js",
    "govuk-frontend.css": "govuk-frontend/dist/govuk/govuk-frontend.min.css",
    "govuk-frontend.js": "govuk-frontend/dist/govuk/govuk-frontend.min.js",
    "leaflet.css": "leaflet/dist/leaflet.css",
    "leaflet.js": "leaflet/dist/leaflet.js",
    "leaflet.licence.txt": "leaflet/LICENSE",
}
# Style sheets of others that are also wanted for pages that run from right to left, as <name>.rtl.css.
MIRRORED = ("govuk-frontend",)
FONT_FACE = re.compile(r"@font-face\s*\{[^}]*\}")
PICTURES = re.compile(r"url\((?:/assets/|images/)[^)]*\)")
SOURCE_MAP = re.compile(r"(?://# sourceMappingURL=\S+|/\*# sourceMappingURL=\S+? ?\*/)")


class NotBuilt(Exception):
    """An asset was asked for that is not there; says what to do about it."""


def build(modules: Path = MODULES, static: Path = STATIC) -> dict[str, str]:
    """Write every asset to `static/built` afresh; return name -> name with hash, as kept in manifest.json.

    Raises `NotBuilt` when an npm package is absent. What an earlier build left is removed, but only after the
    new files stand, so that a page being fetched meanwhile finds its style sheet.
    """
    texts = {name: _read(modules / path) for name, path in PACKAGES.items()}
    texts |= {f"{name}.rtl.css": mirrored(texts[f"{name}.css"]) for name in MIRRORED}
    for folder in ("css", "js", "img"):
        texts |= {
            path.name: path.read_text(encoding="utf-8") for path in sorted((static / folder).glob("*.*"))
        }
    built = static / "built"
    built.mkdir(parents=True, exist_ok=True)
    manifest: dict[str, str] = {}
    # Packages come first, so that our own modules can be pointed at their hashed names.
    for name, text in texts.items():
        manifest[name] = _write(built, name, _pointed(_without_what_is_not_ours(name, text), manifest))
    (built / MANIFEST).write_text(json.dumps(manifest, indent=1, sort_keys=True) + "\n", encoding="utf-8")
    _sweep(built, set(manifest.values()))
    _manifest.cache_clear()
    return manifest


def asset(name: str) -> str:
    """The address of the asset called `name`, such as "govuk-frontend.css". Raises `NotBuilt`."""
    found = _manifest(BUILT).get(name)
    if found is None:
        raise NotBuilt(f"{name} is not among the built assets: run `selfservice assets`")
    return ADDRESS + found


@lru_cache(maxsize=4)
def _manifest(built: Path) -> dict[str, str]:
    try:
        kept: dict[str, str] = json.loads((built / MANIFEST).read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise NotBuilt("style sheets and scripts are not built: run `selfservice assets`") from None
    return kept


def _read(path: Path) -> str:
    if not path.is_file():
        raise NotBuilt(f"{path} is missing: run `npm ci --ignore-scripts` first")
    return path.read_text(encoding="utf-8")


def _without_what_is_not_ours(name: str, text: str) -> str:
    """The text without the GOV.UK typeface, pictures that we do not serve, and source maps."""
    if name.endswith(".css"):
        text = (
            FONT_FACE.sub("", text).replace("GDS Transport,arial", "Arial").replace("GDS Transport", "Arial")
        )
        text = PICTURES.sub("none", text)
    return SOURCE_MAP.sub("", text)


def _pointed(text: str, manifest: dict[str, str]) -> str:
    """A module's `from "./name.js"` turned to the hashed name that the file is served under."""
    for name, hashed in manifest.items():
        text = text.replace(f'"./{name}"', f'"./{hashed}"')
    return text


def _write(folder: Path, name: str, text: str) -> str:
    content = text.encode()
    stem, _, ending = name.partition(".")
    hashed = f"{stem}.{hashlib.sha256(content).hexdigest()[:12]}.{ending}"
    (folder / hashed).write_bytes(content)
    (folder / f"{hashed}.gz").write_bytes(gzip.compress(content, mtime=0))
    return hashed


def _sweep(folder: Path, keep: set[str]) -> None:
    for path in folder.iterdir():
        if path.name.removesuffix(".gz") not in keep | {MANIFEST}:
            shutil.rmtree(path) if path.is_dir() else path.unlink()
