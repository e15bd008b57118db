"""Every module has a place in the house, says what it is for, and keeps to the house's rules."""

import ast
import re
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from selfservice.settings import ROOT
from tests.house.test_floors import PACKAGES

FLOORS = (
    "selfservice.domain",
    "selfservice.store",
    "selfservice.operations",
    "selfservice.web",
    "forms",
    "integrations",
    "workers",
)
# What stands at the door: read the environment, open connections, put the rooms together.
DOORS = {
    "app", "bank_holidays", "cli", "clock", "command_database", "configuration", "council_file", "database",
    "customer_command", "demo", "demo_children", "demo_contacts", "demo_people", "demo_staff", "doorbell",
    "filing", "installation",
    "keys_command", "languages_command", "links", "officer_commands", "places_command", "pseudo", "record_command",
    "sealing_keys", "seals", "settings", "sign_in_file", "staff_command",
    "people_options", "texting", "translations",
}  # fmt: skip
BANNED_NAMES = re.compile(r"(^|_)(utils?|helpers?|common|managers?|misc)($|_)")
FLOOR_ZERO = {"shapely", "convertbng", "selfservice", *sys.stdlib_module_names}

# Longer than the house's measure, each with its reason.
LONG_FILES: dict[str, str] = {}
LONG_FUNCTIONS = {
    "integrations/simulator/__main__.py:_arguments": "a line an option",
    "selfservice/operations/assisting.py:_going": "a line a column of one row",
    "selfservice/operations/notifying.py:_write": "a line a column of two rows",
    "selfservice/operations/submitting.py:_row": "a line a column of one row",
    "selfservice/operations/submitting.py:_write_the_rest": "a line a column of three rows",
    "selfservice/operations/tracking.py:_apply": "one piece of news, told in order",
    "selfservice/settings.py:load_settings": "a line a setting",
    "selfservice/store/claims.py:_claimable": "one query",
}
LINES_A_FILE = 300
LINES_A_FUNCTION = 30


def sources(*folders: str) -> list[Path]:
    return sorted(path for folder in folders for path in (ROOT / folder).rglob("*.py"))


def shown(path: Path) -> str:
    return str(path.relative_to(ROOT))


def module(path: Path) -> str:
    return ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")


CODE = sources(*PACKAGES)
each_module = pytest.mark.parametrize("path", [*CODE, ROOT / "wsgi.py"], ids=shown)


def calls(path: Path) -> Iterator[tuple[int, str]]:
    """Each dotted name used in a module, with its line."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Attribute):
            yield node.lineno, ast.unparse(node)


def docstring_lines(node: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    first = node.body[0]
    if ast.get_docstring(node) is None:
        return 0
    return (first.end_lineno or first.lineno) - first.lineno + 1


@pytest.mark.parametrize("path", CODE, ids=shown)
def test_every_module_stands_on_a_floor_or_at_the_door(path: Path) -> None:
    name = module(path)
    on_a_floor = any(name == floor or name.startswith(f"{floor}.") for floor in FLOORS)
    at_the_door = name == "selfservice" or name.removeprefix("selfservice.") in DOORS
    assert on_a_floor or at_the_door, f"{name} stands on no floor: see docs/decisions/0001-floors.md"
    assert not any(BANNED_NAMES.search(part) for part in name.split(".")), (
        f"{name} says nothing of what it is for"
    )


@each_module
def test_every_module_opens_with_what_it_is_for(path: Path) -> None:
    words = ast.get_docstring(ast.parse(path.read_text(encoding="utf-8")))
    assert words, f"{shown(path)} has no docstring"
    first = words.split("\n\n")[0].strip()
    assert first.endswith((".", ":", "?")), f"{shown(path)} does not open with a sentence: {first!r}"


@each_module
def test_functions_and_files_are_short(path: Path) -> None:
    if "versions" in path.parts:
        return  # a migration lists every column, and is never read again once it has run
    text = path.read_text(encoding="utf-8")
    name = shown(path)
    length = len(text.splitlines())
    assert length <= LINES_A_FILE or name in LONG_FILES, f"{name} has {length} lines"
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            lines = (node.end_lineno or node.lineno) - node.lineno + 1 - docstring_lines(node)
            long = lines > LINES_A_FUNCTION and f"{name}:{node.name}" not in LONG_FUNCTIONS
            assert not long, f"{name}:{node.name} has {lines} lines"


@pytest.mark.parametrize("path", sources("selfservice/domain"), ids=shown)
def test_the_domain_imports_the_standard_library_shapely_and_convertbng_alone(path: Path) -> None:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        names = []
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            names = [node.module or ""]
        assert {name.split(".")[0] for name in names} <= FLOOR_ZERO, f"{shown(path)}:{node.lineno}"  # type: ignore[attr-defined]


@pytest.mark.parametrize("path", CODE, ids=shown)
def test_one_module_asks_what_time_it_is(path: Path) -> None:
    """The simulator is exempt: it plays somebody else's program, on a clock of its own."""
    if module(path) == "selfservice.clock" or "simulator" in path.parts:
        return
    clocks = {"datetime.now", "datetime.utcnow", "datetime.today", "date.today", "datetime.datetime.now"}
    asked = [f"{shown(path)}:{line}" for line, name in calls(path) if name in clocks]
    assert asked == []


@pytest.mark.parametrize("path", CODE, ids=shown)
def test_the_environment_is_read_at_the_door(path: Path) -> None:
    """Only the doors look at the environment, and hand it to load_settings; the rest is told."""
    if module(path) in {"selfservice.cli", "selfservice.settings"} or "simulator" in path.parts:
        return
    asked = [f"{shown(path)}:{line}" for line, name in calls(path) if name in {"os.environ", "os.getenv"}]
    assert asked == []


def test_no_file_names_the_host_of_a_package_registry() -> None:
    hosts = [
        ".".join(parts)
        for parts in (("pypi", "org"), ("pythonhosted", "org"), ("npmjs", "org"), ("npmjs", "com"))
    ]
    kinds = {".py", ".toml", ".lock", ".json", ".md", ".txt", ".cfg", ".html", ".js", ".css", ".yml", ""}
    ignored = {".git", ".venv", "node_modules", "var", "built", "__pycache__", ".hypothesis", ".mypy_cache"}
    for path in ROOT.rglob("*"):
        if path.is_file() and path.suffix in kinds and not ignored & set(path.relative_to(ROOT).parts):
            text = path.read_text(encoding="utf-8", errors="ignore")
            assert not [host for host in hosts if host in text], shown(path)
