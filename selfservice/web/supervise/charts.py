"""Charts as plain shapes and words, for `supervise/charts.html` to print as SVG: bars, stacked bars, columns, lines.

They are drawn for a phone, 340 units wide, with every value in words; a table behind each says the same. What colour
tells, an outline or a word tells too.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass, field

WIDTH = 340
ROW, BAR = 44, 14
LEFT, TOP, TALL, BOTTOM = 40, 12, 150, 26
LETTER = 7.1  # about as wide as a letter is at the size of the labels
MOST_BARS = 8


@dataclass(frozen=True, slots=True)
class Rect:
    """A rectangle; `part` is the number of the part of the whole that it stands for."""

    x: float
    y: float
    width: float
    height: float
    part: int = 0


@dataclass(frozen=True, slots=True)
class Words:
    """Words at a place, which is their start, middle or end."""

    x: float
    y: float
    text: str
    anchor: str = "start"
    quiet: bool = False


@dataclass(frozen=True, slots=True)
class Bar:
    """A bar: what it is of, its parts from left to right, and its value in words."""

    label: str
    parts: tuple[float, ...]
    words: str


@dataclass(frozen=True, slots=True)
class Chart:
    """A chart ready to print. `title` and `words` are what a screen reader says in place of it; `shows` is of how many
    values it is."""

    id: str
    title: str
    words: str
    height: float
    shows: int
    rects: tuple[Rect, ...] = ()
    texts: tuple[Words, ...] = ()
    rules: tuple[float, ...] = ()
    line: tuple[tuple[float, float], ...] = ()
    legend: tuple[tuple[Rect, Words], ...] = field(default=())

    @property
    def width(self) -> int:
        """In the same units as all else."""
        return WIDTH

    @property
    def points(self) -> str:
        """The line, as SVG wants it."""
        return " ".join(f"{x:g},{y:g}" for x, y in self.line)


def bars(id_: str, title: str, words: str, rows: Sequence[Bar], legend: Sequence[str] = ()) -> Chart:
    """Bars below one another, each under its name and value; stacked where they have several parts."""
    key = _legend(legend)
    top = 28.0 if key else 0.0
    longest = max((sum(row.parts) for row in rows), default=0) or 1
    rects: list[Rect] = []
    texts: list[Words] = []
    for place, row in enumerate(rows):
        y = top + place * ROW
        texts += [
            Words(0, y + 14, _fitting(row.label, row.words)),
            Words(WIDTH, y + 14, row.words, "end"),
        ]
        x = 0.0
        for part, value in enumerate(row.parts):
            width = _round(value / longest * WIDTH)
            if width:
                rects.append(Rect(_round(x), y + 21, width, BAR, part))
            x += width
    return Chart(id_, title, words, top + len(rows) * ROW, len(rows), tuple(rects), tuple(texts), legend=key)


def columns(id_: str, title: str, words: str, values: Sequence[tuple[str, float]]) -> Chart:
    """Columns beside one another over a scale; as many as there is room for have their names below."""
    highest = _top(max((value for _, value in values), default=0))
    step = (WIDTH - LEFT) / max(len(values), 1)
    every = math.ceil((max((len(name) for name, _ in values), default=0) + 2) * LETTER / step)
    rects = tuple(
        Rect(_round(LEFT + place * step + 1), _y(value, highest), _round(step - 2), _height(value, highest))
        for place, (_, value) in enumerate(values)
        if value
    )
    names = [
        Words(_round(LEFT + (place + 0.5) * step), TOP + TALL + 18, name, "middle")
        for place, (name, _) in enumerate(values)
        if place % every == 0
    ]
    return _scaled(id_, title, words, highest, names, len(values), rects=rects)


def line(id_: str, title: str, words: str, values: Sequence[tuple[str, float]]) -> Chart:
    """A line over a scale; the first and the last value, and the one between, have their names below."""
    highest = _top(max((value for _, value in values), default=0))
    step = (WIDTH - LEFT - 8) / max(len(values) - 1, 1)
    places = [
        (_round(LEFT + 4 + place * step), _y(value, highest)) for place, (_, value) in enumerate(values)
    ]
    middle = len(values) // 2
    named = {0: "start", middle: "middle", len(values) - 1: "end"}
    if len(values) < 5:
        named = {0: "start", len(values) - 1: "end"} if len(values) > 1 else {0: "start"}
    names = [
        Words(places[place][0], TOP + TALL + 18, values[place][0], anchor)
        for place, anchor in named.items()
        if values
    ]
    return _scaled(id_, title, words, highest, names, len(values), line=tuple(places))


def _scaled(
    id_: str,
    title: str,
    words: str,
    highest: int,
    names: Sequence[Words],
    shows: int,
    rects: tuple[Rect, ...] = (),
    line: tuple[tuple[float, float], ...] = (),
) -> Chart:
    """A chart with a scale on its left: nothing, half of the highest, and the highest."""
    marks = (0, highest // 2, highest)
    scale = [Words(LEFT - 6, _y(mark, highest) + 5, f"{mark:,}", "end", quiet=True) for mark in marks]
    rules = tuple(_y(mark, highest) for mark in marks)
    return Chart(id_, title, words, TOP + TALL + BOTTOM, shows, rects, (*scale, *names), rules, line)


def _legend(names: Sequence[str]) -> tuple[tuple[Rect, Words], ...]:
    found, x = [], 0.0
    for part, name in enumerate(names):
        found.append((Rect(x, 3, 14, BAR, part), Words(x + 21, 15, name)))
        x += _round(21 + (len(name) + 3) * LETTER)
    return tuple(found)


def _fitting(label: str, beside: str) -> str:
    """The label, or as much of it as there is room for beside other words."""
    room = int((WIDTH - (len(beside) + 2) * LETTER) / LETTER)
    return label if len(label) <= room else label[: max(room - 1, 1)].rstrip() + "…"


def _top(highest: float) -> int:
    """The first number with one figure of sense that is no less, and that can be halved."""
    scale = 1
    while highest > 10 * scale:
        scale *= 10
    return next(top * scale for top in (2, 4, 6, 8, 10) if highest <= top * scale)


def _y(value: float, highest: float) -> float:
    return _round(TOP + TALL - _height(value, highest))


def _height(value: float, highest: float) -> float:
    return _round(value / highest * TALL)


def _round(value: float) -> float:
    return round(value, 1)
