"""Questions about days: Date, and Moment for a day with an approximate time; times.py has the other two."""

import re
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, ClassVar

from forms.kit.comparing import SAMPLE, Ago
from forms.kit.questions import Asking, Question, Refused, Translate
from forms.kit.typed import Typed, counted, first, one_line, plain
from selfservice.domain.marking import gettext_noop
from selfservice.domain.moments import LONDON

PARTS = ("day", "month", "year")
MONTHS = (
    *("january", "february", "march", "april", "may", "june"),
    *("july", "august", "september", "october", "november", "december"),
)
# Whole sentences, for each set of inputs left empty: no language puts them together as another does.
ABSENT = {
    ("day",): gettext_noop("{noun} must include a day"),
    ("month",): gettext_noop("{noun} must include a month"),
    ("year",): gettext_noop("{noun} must include a year"),
    ("day", "month"): gettext_noop("{noun} must include a day and a month"),
    ("day", "year"): gettext_noop("{noun} must include a day and a year"),
    ("month", "year"): gettext_noop("{noun} must include a month and a year"),
}
LONGEST_PART = 30
EARLIEST_YEAR = 1900
LATEST_YEAR = 2199


@dataclass(frozen=True, kw_only=True)
class Date(Question):
    """A day in three inputs; months by number or by name. With `past`, today or earlier; with `future`, today
    or later. `own` is the day on which the person who fills it in was born."""

    hint: str = "For example, 27 3 2026"
    noun: str = "The date"
    past: bool = False
    future: bool = False
    own: bool = False

    answers_as: ClassVar[str] = "date"
    parts: ClassVar[tuple[str, ...]] = PARTS

    def read(self, typed: Typed, asking: Asking) -> Any:
        """The day as ISO text. Raises `Refused`, naming the inputs that are wrong."""
        day = self._day(typed)
        if day is None:
            return None
        if self.past and day > asking.now.astimezone(LONDON).date():
            raise Refused("{noun} must be today or in the past", *PARTS, noun=self.noun)
        if self.future and day < asking.now.astimezone(LONDON).date():
            raise Refused("{noun} must be today or in the future", *PARTS, noun=self.noun)
        return day.isoformat()

    def typed(self, value: Any) -> Typed:
        day = date.fromisoformat(value)
        return {"day": (str(day.day),), "month": (str(day.month),), "year": (str(day.year),)}

    def accepts(self, value: Any) -> bool:
        try:
            return isinstance(value, str) and bool(date.fromisoformat(value))
        except ValueError:
            return False

    def lines(self, value: Any, translate: Translate = str) -> tuple[str, ...]:
        return (spoken(date.fromisoformat(value), translate),)

    def schema(self) -> dict[str, Any]:
        return {"type": "string", "format": "date"}

    def examples(self, mentioned: tuple[object, ...] = ()) -> tuple[Any, ...]:
        """Each day looked for with those beside it, and two more to compare."""
        steps = (timedelta(-1), timedelta(0), timedelta(1))
        days = [each.day(SAMPLE) if isinstance(each, Ago) else each for each in mentioned]
        near = {day + step for day in days if isinstance(day, date) for step in steps}
        first = SAMPLE.day if self.future else date(2026, 1, 1)
        found = near | {first, first + timedelta(1)}
        return tuple(sorted(day.isoformat() for day in found if not self.future or day >= SAMPLE.day))

    def _day(self, typed: Typed) -> date | None:
        texts = _split({part: plain(first(typed, part)) for part in PARTS})
        if not any(texts.values()):
            return None
        absent = [part for part in PARTS if not texts[part]]
        if absent:
            raise Refused(ABSENT[tuple(absent)], *absent, noun=self.noun)
        year = texts["year"]
        if re.fullmatch(r"[0-9]+", year) and len(year) != 4:
            raise Refused("Year must include 4 numbers", "year")
        day, month = _number(texts["day"], 31), month_of(texts["month"])
        wrong = [
            part for part, value in (("day", day), ("month", month), ("year", year_of(year))) if value is None
        ]
        try:
            return date(year_of(year) or 0, month or 0, day or 0)
        except ValueError as impossible:
            raise Refused("{noun} must be a real date", *(wrong or PARTS), noun=self.noun) from impossible


@dataclass(frozen=True, kw_only=True)
class Moment(Date):
    """A day and, in the person's own words, about what time. Kept as {"date": ISO text, "time": words}."""

    parts: ClassVar[tuple[str, ...]] = (*PARTS, "time")
    time_label: str = "About what time?"
    time_hint: str = "For example, 7:30pm or around midday"
    longest_time: ClassVar[int] = 50

    def read(self, typed: Typed, asking: Asking) -> Any:
        """The day and the words about the time; a time alone is not enough."""
        time = one_line(first(typed, "time"))
        if counted(time) > self.longest_time:
            raise Refused("The time must be {most} characters or fewer", "time", most=self.longest_time)
        day = super().read(typed, asking)
        if day is None and time:
            raise Refused(self.missing or "{noun} must include a day, month and year", *PARTS, noun=self.noun)
        return None if day is None else {"date": day, "time": time}

    def typed(self, value: Any) -> Typed:
        return {**super().typed(value["date"]), "time": (value["time"],)}

    def accepts(self, value: Any) -> bool:
        return (
            isinstance(value, dict)
            and value.keys() == {"date", "time"}
            and super().accepts(value["date"])
            and isinstance(value["time"], str)
        )

    def lines(self, value: Any, translate: Translate = str) -> tuple[str, ...]:
        return (", ".join(filter(None, (*super().lines(value["date"], translate), value["time"]))),)

    def schema(self) -> dict[str, Any]:
        return {
            "type": "object",
            "properties": {
                "date": super().schema(),
                "time": {"type": "string", "maxLength": self.longest_time},
            },
            "required": ["date", "time"],
        }

    def examples(self, mentioned: tuple[object, ...] = ()) -> tuple[Any, ...]:
        """Those of a Date, with a time."""
        return tuple({"date": day, "time": "around midday"} for day in super().examples(mentioned))


def spoken(day: date, translate: Translate = str) -> str:
    """A day as GOV.UK writes it: 1 February 2026."""
    pattern, month = translate("{day} {month} {year}"), translate(MONTHS[day.month - 1].capitalize())
    return pattern.format(day=day.day, month=month, year=day.year)


def _split(texts: dict[str, str]) -> dict[str, str]:
    """A whole date pasted into the first box, as 1/2/2026 or 1 February 2026, spread over the three."""
    if texts["day"] and not texts["month"] and not texts["year"] and len(texts["day"]) <= LONGEST_PART:
        pieces = [piece for piece in re.split(r"[\s/.,-]+", texts["day"]) if piece]
        if len(pieces) == 3:
            if len(pieces[0]) == 4:
                pieces.reverse()
            return dict(zip(PARTS, pieces))
    return texts


def _number(text: str, most: int) -> int | None:
    """A number from 1 up to `most`; also "1st", "22nd"."""
    found = re.fullmatch(r"([0-9]{1,2})(st|nd|rd|th)?", text[:LONGEST_PART].lower())
    return int(found[1]) if found and 1 <= int(found[1]) <= most else None


def month_of(text: str) -> int | None:
    """A month by number, name, or the beginning of its name, from three letters on."""
    name = text[:LONGEST_PART].lower().rstrip(".")
    if len(name) >= 3 and name.isalpha():
        name = "sep" if name == "sept" else name
        return next((number for number, month in enumerate(MONTHS, 1) if month.startswith(name)), None)
    return _number(name, 12)


def year_of(text: str) -> int | None:
    return (
        int(text)
        if re.fullmatch(r"[0-9]{4}", text[:5]) and EARLIEST_YEAR <= int(text) <= LATEST_YEAR
        else None
    )
