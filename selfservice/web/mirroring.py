"""A style sheet turned for pages that run from right to left.

Our own style sheet speaks of start and end; GOV.UK Frontend's speaks of left and right, so it is mirrored when the
assets are built: sides change places in names and values, and what is drawn is drawn the other way round.
"""

import re
from collections.abc import Callable

# A declaration: after a brace or a semicolon, a property's name, then its value.
DECLARATION = re.compile(r"(?<=[{;])(\s*)([a-z-]+)(\s*:\s*)([^;{}]+)")
SIDE = re.compile(r"\b(left|right)\b")
OF_FOUR_SIDES = frozenset({"margin", "padding", "border-width", "border-color", "border-style", "inset"})
SIDED_VALUES = frozenset({"text-align", "float", "clear", "justify-content", "background-position"})
INSETS = re.compile(r"safe-area-inset-(left|right)")
ROTATION = re.compile(r"rotate\((-?)")
POLYGON = re.compile(r"polygon\(([^)]*)\)")


def mirrored(css: str) -> str:
    """The style sheet with left and right changed about."""
    return DECLARATION.sub(_declaration, css)


def _declaration(found: re.Match[str]) -> str:
    space, name, colon, value = found.groups()
    change = next((change for fits, change in _CHANGES if fits(name)), None)
    value = INSETS.sub(lambda side: f"safe-area-inset-{_other(side)}", change(value) if change else value)
    return space + SIDE.sub(_other, name) + colon + value


def _other(found: re.Match[str]) -> str:
    return "right" if found[1] == "left" else "left"


def _four_sides(value: str) -> str:
    """Top, right, bottom and left with the second and the last changed about."""
    bare, important, _ = value.partition("!important")
    parts = _parts(bare)
    if len(parts) == 4:
        parts = [parts[0], parts[3], parts[2], parts[1]]
    return " ".join(parts) + important


def _four_corners(value: str) -> str:
    """The corners from the upper left round, each with the one across from it."""
    parts = _parts(value)
    if len(parts) == 4:
        parts = [parts[1], parts[0], parts[3], parts[2]]
    return " ".join(parts)


def _parts(value: str) -> list[str]:
    """The parts of a value between spaces, those in brackets left whole."""
    return re.findall(r"(?:[^\s()]|\((?:[^()]|\([^()]*\))*\))+", value)


def _turned(value: str) -> str:
    return ROTATION.sub(lambda found: "rotate(" if found[1] else "rotate(-", value)


def _across(value: str) -> str:
    """A polygon of percentages seen from behind."""

    def point(corner: str) -> str:
        x, y = corner.split()
        return f"{100 - float(x.rstrip('%')):g}% {y}"

    return POLYGON.sub(lambda found: f"polygon({','.join(map(point, found[1].split(',')))})", value)


_CHANGES: tuple[tuple[Callable[[str], bool], Callable[[str], str]], ...] = (
    (OF_FOUR_SIDES.__contains__, _four_sides),
    (SIDED_VALUES.__contains__, lambda value: SIDE.sub(_other, value)),
    ("border-radius".__eq__, _four_corners),
    ("transform".__eq__, _turned),
    (lambda name: name in ("clip-path", "-webkit-clip-path"), _across),
)
