"""Conditions that compare: numbers, counts and days, with a fixed value, another answer, or today."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from forms.kit.conditions import Answers, AnswerTo, Condition, Mention, Wording, called, value_of
from selfservice.domain.moments import LONDON

# Where a journey finds the day among its answers. No question may have this id.
TODAY = "today"
SATURDAY = 5


@dataclass(frozen=True, slots=True)
class Today:
    """The day, and the hour (0 to 23), in London, and the bank holidays that are no working days."""

    day: date
    hour: int = 12
    holidays: frozenset[date] = frozenset()


def today(now: datetime, holidays: Collection[date] = ()) -> dict[str, Today]:
    """What a journey at `now` (UTC) is given beside its answers, so that conditions can tell past from future."""
    local = now.astimezone(LONDON)
    return {TODAY: Today(local.date(), local.hour, frozenset(holidays))}


@dataclass(frozen=True)
class Ago:
    """A day so long before today; numbers below nought are ahead. Of `working_days`, weekends and bank holidays
    do not count."""

    days: int = 0
    months: int = 0
    years: int = 0
    working_days: int = 0

    def day(self, now: Today) -> date:
        """The day meant. A day that its month does not have is the month's last."""
        months = now.day.year * 12 + now.day.month - 1 - self.months - 12 * self.years
        year, month = divmod(months, 12)
        first = date(year, month + 1, 1)
        last = (date(year + month // 11, (month + 1) % 12 + 1, 1) - timedelta(1)).day
        found = first.replace(day=min(now.day.day, last)) - timedelta(self.days)
        step = timedelta(1 if self.working_days < 0 else -1)
        left = abs(self.working_days)
        while left:
            found += step
            left -= found.weekday() < SATURDAY and found not in now.holidays
        return found

    def words(self) -> str:
        """Such as "21 days ago"."""
        told = {"day": self.days, "month": self.months, "year": self.years, "working day": self.working_days}
        parts = [f"{abs(n)} {unit}{'' if abs(n) == 1 else 's'}" for unit, n in told.items() if n]
        ahead = any(n < 0 for n in told.values())
        return f"{' and '.join(parts)} {'from now' if ahead else 'ago'}" if parts else "today"


# For trying out a service's conditions at start-up: a Monday that is no bank holiday.
SAMPLE = Today(date(2026, 6, 15))


@dataclass(frozen=True)
class MoreThan(Condition):
    """The number, or how many were added, is more than this, or than the answer to another question."""

    question: str
    value: int | AnswerTo

    def holds(self, answers: Answers) -> bool:
        given, limit = _number(answers.get(self.question)), _number(value_of(self.value, answers))
        return given is not None and limit is not None and given > limit

    def mentions(self) -> tuple[Mention, ...]:
        return _compared(self.question, self.value, "number")

    def words(self, wording: Wording) -> str:
        return f"{wording.question(self.question)} is more than {called(self.question, self.value, wording)}"


@dataclass(frozen=True)
class Before(Condition):
    """The date is before this one, before the answer to another question, or longer ago than this."""

    question: str
    value: date | AnswerTo | Ago

    def holds(self, answers: Answers) -> bool:
        given, limit = day_in(answers.get(self.question)), _limit(self.value, answers)
        return given is not None and limit is not None and given < limit

    def mentions(self) -> tuple[Mention, ...]:
        return _compared(self.question, self.value, "date")

    def words(self, wording: Wording) -> str:
        return f"{wording.question(self.question)} is before {_called(self.question, self.value, wording)}"


@dataclass(frozen=True)
class After(Before):
    """The date is after this one, after the answer to another question, or later than so long ago."""

    def holds(self, answers: Answers) -> bool:
        given, limit = day_in(answers.get(self.question)), _limit(self.value, answers)
        return given is not None and limit is not None and given > limit

    def words(self, wording: Wording) -> str:
        return f"{wording.question(self.question)} is after {_called(self.question, self.value, wording)}"


@dataclass(frozen=True)
class EarlierToday(Condition):
    """The date is today, and it is not yet this hour (0 to 23, London): too early to say it was missed."""

    question: str
    hour: int

    def holds(self, answers: Answers) -> bool:
        now = answers.get(TODAY)
        given = day_in(answers.get(self.question))
        return isinstance(now, Today) and given == now.day and now.hour < self.hour

    def mentions(self) -> tuple[Mention, ...]:
        return (Mention(self.question, "date", (Ago(),)),)

    def words(self, wording: Wording) -> str:
        return f"{wording.question(self.question)} is today and it is before {self.hour}:00"


def day_in(value: Any) -> date | None:
    """The day in a Date's or a Moment's answer."""
    if isinstance(value, dict):
        value = value.get("date")
    return date.fromisoformat(value) if isinstance(value, str) else value


def _limit(value: date | AnswerTo | Ago, answers: Answers) -> date | None:
    if isinstance(value, Ago):
        now = answers.get(TODAY)
        return value.day(now) if isinstance(now, Today) else None
    return day_in(value_of(value, answers))


def _called(question: str, value: object, wording: Wording) -> str:
    return value.words() if isinstance(value, Ago) else called(question, value, wording)


def _number(value: Any) -> Decimal | None:
    if value is None:
        return None
    return Decimal(len(value)) if isinstance(value, list) else Decimal(str(value))


def _compared(question: str, value: object, needs: str) -> tuple[Mention, ...]:
    if isinstance(value, AnswerTo):
        return (Mention(question, needs), Mention(value.question, needs))
    return (Mention(question, needs, (value,)),)
