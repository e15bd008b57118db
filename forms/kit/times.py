"""Questions about a month, or a time of day: MonthYear, Time."""

import re
from dataclasses import dataclass
from datetime import time
from typing import Any, ClassVar

from forms.kit.dates import EARLIEST_YEAR, LATEST_YEAR, MONTHS, month_of, year_of
from forms.kit.questions import Asking, Question, Refused, Translate
from forms.kit.typed import Typed, first, plain
from forms.kit.written import Text
from selfservice.domain.marking import gettext_noop

ABSENT = {
    "month": gettext_noop("{noun} must include a month"),
    "year": gettext_noop("{noun} must include a year"),
}
SPOKEN = {"midday": time(12), "noon": time(12), "midnight": time(0)}


@dataclass(frozen=True, kw_only=True)
class MonthYear(Question):
    """A month in two inputs, by number or by name. Kept as "2026-03"."""

    hint: str = "For example, 3 2026"
    noun: str = "The month"
    parts: ClassVar[tuple[str, ...]] = ("month", "year")
    answers_as: ClassVar[str] = "month"

    def read(self, typed: Typed, asking: Asking) -> Any:
        """The month as ISO text. Raises `Refused`, naming the inputs that are wrong."""
        texts = {part: plain(first(typed, part)) for part in self.parts}
        if texts["month"] and not texts["year"]:  # both typed into the first box, as 3/2026 or March 2026
            pieces = re.split(r"[\s/.,-]+", texts["month"][:30])
            if len(pieces) == 2:
                texts = dict(zip(self.parts, pieces))
        if not any(texts.values()):
            return None
        for part in self.parts:
            if not texts[part]:
                raise Refused(ABSENT[part], part, noun=self.noun)
        month, year = month_of(texts["month"]), year_of(texts["year"])
        if month is None or year is None:
            wrong = [part for part, value in (("month", month), ("year", year)) if value is None]
            raise Refused("{noun} must be a real month and year, like 3 2026", *wrong, noun=self.noun)
        return f"{year:04}-{month:02}"

    def typed(self, value: Any) -> Typed:
        year, _, month = value.partition("-")
        return {"month": (str(int(month)),), "year": (year,)}

    def accepts(self, value: Any) -> bool:
        found = re.fullmatch(r"([0-9]{4})-([0-9]{2})", value[:8]) if isinstance(value, str) else None
        return (
            found is not None
            and EARLIEST_YEAR <= int(found[1]) <= LATEST_YEAR
            and 1 <= int(found[2]) <= len(MONTHS)
        )

    def lines(self, value: Any, translate: Translate = str) -> tuple[str, ...]:
        year, _, month = value.partition("-")
        return (
            translate("{month} {year}").format(
                month=translate(MONTHS[int(month) - 1].capitalize()), year=year
            ),
        )

    def schema(self) -> dict[str, Any]:
        return {"type": "string", "pattern": "^[0-9]{4}-[0-9]{2}$"}

    def examples(self, mentioned: tuple[object, ...] = ()) -> tuple[Any, ...]:
        """Two months."""
        return ("2026-01", "2026-02")


@dataclass(frozen=True, kw_only=True)
class Time(Text):
    """A time of day, kept as "19:30". Typed as 7:30pm, 7.30 pm, 1930, 19:30, midday or midnight."""

    hint: str = "For example, 7:30pm or 19:30"
    noun: str = "The time"
    max_length: int = 20
    answers_as: ClassVar[str] = "time"

    def parse(self, text: str) -> Any:
        """The time. Raises `Refused` when it is none."""
        told = plain(text).lower().replace(" ", "").replace("o’clock", "").replace("o'clock", "")
        found = SPOKEN.get(told) or _clock(told)
        if found is None:
            raise Refused("{noun} must be a real time, like 7:30pm", noun=self.noun)
        return found.isoformat("minutes")

    def accepts(self, value: Any) -> bool:
        return isinstance(value, str) and re.fullmatch(r"([01][0-9]|2[0-3]):[0-5][0-9]", value) is not None

    def lines(self, value: Any, translate: Translate = str) -> tuple[str, ...]:
        hour, _, minute = value.partition(":")
        half = translate("am") if int(hour) < 12 else translate("pm")
        # Translators may say {hour24} and leave out {half}.
        pattern = translate("{hour}:{minute}{half}")
        return (pattern.format(hour=int(hour) % 12 or 12, hour24=hour, minute=minute, half=half),)

    def schema(self) -> dict[str, Any]:
        return {"type": "string", "pattern": "^[0-2][0-9]:[0-5][0-9]$"}

    def examples(self, mentioned: tuple[object, ...] = ()) -> tuple[Any, ...]:
        """Two times."""
        return ("07:30", "19:30")


def _clock(told: str) -> time | None:
    """The time in "7", "7pm", "7:30pm", "7.30", "1930" …; a bare hour without am or pm is taken as it stands."""
    found = re.fullmatch(r"([0-9]{1,2})(?:[:.]?([0-9]{2}))?([ap])?\.?(m\.?)?", told)
    if found is None or bool(found[3]) != bool(found[4]):
        return None
    hour, minute = int(found[1]), int(found[2] or 0)
    if found[3]:
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + (12 if found[3] == "p" else 0)
    return time(hour, minute) if hour < 24 and minute < 60 else None
