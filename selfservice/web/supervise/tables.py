"""Tables of figures: each cell as it is shown and as it is downloaded, and the chart that is drawn of the table."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from selfservice.domain.figures import Period
from selfservice.web.languages import _
from selfservice.web.supervise.charts import Chart
from selfservice.web.supervise.room import lasting, percent, short_day, whole_day


class Kind(StrEnum):
    """What stands in a column, and so how it is written."""

    TEXT = "text"
    NUMBER = "number"
    SECONDS = "seconds"
    SHARE = "share"  # a part of one
    DAY = "day"
    WEEK = "week"
    HOUR = "hour"

    @property
    def is_number(self) -> bool:
        """Whether it is set to the right."""
        return self in (Kind.NUMBER, Kind.SECONDS, Kind.SHARE)


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its heading and what stands in it."""

    heading: str
    kind: Kind = Kind.NUMBER

    @property
    def downloaded(self) -> str:
        """The heading with the unit that the numbers of a file do not carry."""
        units = {Kind.SECONDS: _("seconds"), Kind.SHARE: "%"}
        return f"{self.heading} ({units[self.kind]})" if self.kind in units else self.heading


@dataclass(frozen=True, slots=True)
class Table:
    """A table: its name in addresses, its title, a sentence of what it says, and its rows; `chart` is drawn of it.

    The first column heads the rows. `total` is the row of all of them.
    """

    name: str
    title: str
    lead: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Any, ...], ...]
    total: tuple[Any, ...] = ()
    chart: Chart | None = None

    @property
    def shown(self) -> list[list[str]]:
        """The rows as they are read."""
        return [self._shown(row) for row in self.rows]

    @property
    def shown_total(self) -> list[str]:
        """The row of all as it is read, empty without one."""
        return self._shown(self.total)

    @property
    def downloaded(self) -> list[list[object]]:
        """The heading and the rows as they are downloaded."""
        rows = [*self.rows, self.total] if self.total else list(self.rows)
        return [
            [column.downloaded for column in self.columns],
            *([_plain(value) for value in row] for row in rows),
        ]

    def _shown(self, row: Sequence[Any]) -> list[str]:
        return [shown(value, column.kind) for value, column in zip(row, self.columns, strict=False)]


def shown(value: Any, kind: Kind) -> str:
    """A value as it is read. A word in a column of something else, such as "All", stands as it is."""
    if value is None:
        return "–"
    if isinstance(value, str):
        return value
    return WRITTEN[kind](value)


def week_words(week: Period) -> str:
    """A week by its first day and its last: "2 March to 8 March"."""
    if week.first == week.last:
        return short_day(week.first)
    return _("%(first)s to %(last)s", first=short_day(week.first), last=short_day(week.last))


def hour_words(hour: int) -> str:
    """An hour of the day: "8am to 9am"."""
    return _("%(from)s to %(to)s", **{"from": o_clock(hour), "to": o_clock((hour + 1) % 24)})


def o_clock(hour: int) -> str:
    """A time of the day: "8am"."""
    return f"{hour % 12 or 12}{_('am') if hour < 12 else _('pm')}"


WRITTEN: Mapping[Kind, Callable[[Any], str]] = {
    Kind.TEXT: str,
    Kind.NUMBER: lambda value: f"{value:,}",
    Kind.SECONDS: lasting,
    Kind.SHARE: percent,
    Kind.DAY: whole_day,
    Kind.WEEK: week_words,
    Kind.HOUR: hour_words,
}


def _plain(value: Any) -> object:
    """A value as a program reads it."""
    if isinstance(value, Period):
        return f"{value.first.isoformat()}/{value.last.isoformat()}"
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float):
        return f"{value * 100:.2f}"
    return value
