"""The councils of this installation, read from config/councils/*.toml and checked, every mistake at once.

Who may write what: this module checks the council itself. The options of its connectors are checked by the
connector's own schema (integrations/registry.py), its words for services by forms/catalogue.py.
"""

import tomllib
from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any, NamedTuple

from marshmallow import ValidationError

from selfservice.council_file import CouncilSchema
from selfservice.domain.council import RESERVED, ConnectorChoice, Contacts, Council, Landmark
from selfservice.settings import Misconfigured

# Files that explain and declare nothing.
EXAMPLES = frozenset({"example.toml"})
IN_WORDS = {
    "Unknown field.": "is not a key that is known here",
    "Missing data for required field.": "is missing",
    "Field may not be null.": "is empty",
}


# Keys whose values a council takes as they are.
PLAIN = (
    *("name", "prefix", "gss_code", "colour", "website", "privacy_url", "email_from"),
    *("overrides", "routes"),
)
# Stands for what is wrong in a file while the rest of it is checked.
HARMLESS: dict[str, Any] = {
    "name": "-", "prefix": "XX", "gss_code": "E00000000", "colour": "#000000", "services": [],
    "website": "https://example.org", "privacy_url": "https://example.org", "email_from": "a@example.org",
    "contacts": {"phone": "-", "hours": "-", "email": "a@example.org", "office": "-"},
    "map": {"centre": {"name": "-", "easting": 0, "northing": 0}},
}  # fmt: skip


class Reading(NamedTuple):
    """What the files say: the `councils` without mistakes of their own, those and the rest as far as the
    rest can be checked, by slug, and every mistake.
    """

    councils: dict[str, Council]
    checkable: dict[str, Council]
    mistakes: list[str]


def load_councils(folder: Path, environment: Mapping[str, str]) -> dict[str, Council]:
    """The councils declared in `folder`/councils/*.toml, by slug, in the order of their files' names.

    `folder` is the configuration folder; `environment` answers `{ env = "NAME" }`. Raises `Misconfigured`
    with every mistake of every file, each named by file and key.
    """
    reading = read_councils(folder, environment)
    if reading.mistakes:
        raise Misconfigured(reading.mistakes)
    return reading.councils


def read_councils(folder: Path, environment: Mapping[str, str]) -> Reading:
    """The same without raising, so that what else is wrong can be told beside the mistakes of the files."""
    paths = [path for path in sorted((folder / "councils").glob("*.toml")) if path.name not in EXAMPLES]
    if not paths:
        return Reading({}, {}, [f"{folder / 'councils'}: no council is declared here (*.toml)"])
    councils: dict[str, Council] = {}
    checkable: dict[str, Council] = {}
    mistakes: list[str] = []
    for path in paths:
        council, wrong = _read(path, environment)
        mistakes += [f"{_shown(path)}: {words}" for words in wrong]
        if council:
            checkable[council.slug] = council
        if council and not wrong:
            missing = _missing_files(council, folder)
            mistakes += [f"{_shown(path)}: {key}: {words}" for key, words in missing.items()]
            gone: dict[str, Any] = {key.rpartition(".")[2]: None for key in missing}
            # What has been told once is not told again by whoever would read the file.
            councils[council.slug] = replace(council, **gone)
    mistakes += _shared(councils.values())
    return Reading(councils, checkable, mistakes)


def read_council(path: Path, environment: Mapping[str, str]) -> tuple[Council | None, list[str]]:
    """The council that one file declares, or None, and what is wrong with the file, each with its key."""
    council, mistakes = _read(path, environment)
    return (None if mistakes else council), mistakes


def _read(path: Path, environment: Mapping[str, str]) -> tuple[Council | None, list[str]]:
    """The same; of a file with mistakes, a council of what is right in it, for further checks alone."""
    slug = path.stem.replace("_", "-")
    try:
        told = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        return None, [f"cannot be read as TOML: {error}"]
    mistakes: list[str] = []
    if slug in RESERVED:
        mistakes.append(f"a council cannot be called {slug}: pages of the product itself are there")
    told = resolved(told, environment, "", mistakes)
    try:
        council, wrong = _council(slug, CouncilSchema().load(told)), frozenset[str]()
    except ValidationError as error:
        mistakes += in_lines(error.messages, "")
        wrong = frozenset(map(str, error.messages))
        council = _checkable(slug, told, wrong)
    if not wrong & {"connectors", "routes"}:
        mistakes += [
            f"routes.{department}: there is no connector named {name!r} in this file"
            for department, name in council.routes.items()
            if name not in council.connectors
        ]
    return council, mistakes


def _checkable(slug: str, told: Mapping[str, Any], wrong: Collection[str]) -> Council:
    """What is right in a file whose keys `wrong` are not, with something harmless in their place."""
    right = {key: value for key, value in told.items() if key not in wrong}
    if "routes" in wrong and isinstance(told.get("routes"), dict):
        right["routes"] = dict.fromkeys(told["routes"], "-")  # there, if wrong, and so not missing
    return _council(slug, CouncilSchema().load(HARMLESS | right))


def _council(slug: str, loaded: Mapping[str, Any]) -> Council:
    connectors = {
        name: ConnectorChoice(name=name, kind=choice["kind"], options=choice["options"])
        for name, choice in loaded["connectors"].items()
    }
    layers = loaded["layers"]
    return Council(
        slug=slug,
        **{key: loaded[key] for key in PLAIN},
        contacts=Contacts(**loaded["contacts"]),
        services=tuple(loaded["services"]),
        without=tuple(loaded["without"]),
        centre=Landmark(**loaded["map"]["centre"]),
        landmarks=tuple(Landmark(**landmark) for landmark in loaded["map"]["landmarks"]),
        connectors=connectors,
        boundary=layers.get("boundary"),
        wards=layers.get("wards"),
        addresses=layers.get("addresses"),
    )


def resolved(value: Any, environment: Mapping[str, str], key: str, mistakes: list[str]) -> Any:
    """`value` with each `{ env = "NAME", default = "…" }` replaced; a list loses what comes out empty.

    `key` is where it stands. What is not set goes to `mistakes`.
    """
    if isinstance(value, dict) and "env" in value and value.keys() <= {"env", "default"}:
        found = environment.get(str(value["env"])) or value.get("default")
        if found is None:
            mistakes.append(f"{key}: the environment does not set {value['env']}, and there is no default")
        return "" if found is None else found
    if isinstance(value, dict):
        return {k: resolved(v, environment, f"{key}.{k}".lstrip("."), mistakes) for k, v in value.items()}
    if isinstance(value, list):
        parts = [resolved(part, environment, f"{key}[{n}]", mistakes) for n, part in enumerate(value, 1)]
        return [part for part in parts if part != ""]
    return value


def in_lines(messages: Any, key: str) -> Iterable[str]:
    """Marshmallow's tree of messages as lines "key: words"."""
    if isinstance(messages, Mapping):
        for name, inner in messages.items():
            # marshmallow wraps what concerns a mapping's value in "value" and what concerns its key in "key".
            part = "" if name in {"value", "key", "_schema"} else f".{name}"
            yield from in_lines(inner, f"{key}{part}".lstrip("."))
    elif isinstance(messages, list):
        for words in messages:
            yield f"{key}: {IN_WORDS.get(words, words)}"


def _missing_files(council: Council, folder: Path) -> dict[str, str]:
    named = {
        "layers.boundary": council.boundary,
        "layers.wards": council.wards,
        "layers.addresses": council.addresses,
    }
    return {
        key: f"there is no file {folder / file}"
        for key, file in named.items()
        if file and not (folder / file).is_file()
    }


def _shared(councils: Iterable[Council]) -> list[str]:
    """What two councils may not both have."""
    mistakes = []
    for key in ("prefix", "gss_code"):
        seen: dict[str, str] = {}
        for council in councils:
            value = getattr(council, key)
            if value in seen:
                mistakes.append(f"{council.slug}: {key}: {value!r} is {seen[value]}'s already")
            seen.setdefault(value, council.slug)
    return mistakes


def _shown(path: Path) -> str:
    return "/".join(path.parts[-3:])
