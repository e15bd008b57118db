"""Figures of agents' work: the days they are about, and what is counted of contacts and submissions."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from typing import TypeVar

from selfservice.domain.moments import LONDON

# A contact about what somebody was in touch about so short a time before is a repeat.
REPEAT_WITHIN = timedelta(days=14)
USUAL_DAYS = 30
MOST_DAYS = 366
HOURS, WEEKDAYS = range(24), range(7)
Key = TypeVar("Key", bound=str | None)


@dataclass(frozen=True, slots=True)
class Period:
    """Whole days in London, from `first` to `last`, both of them included."""

    first: date
    last: date

    @property
    def since(self) -> datetime:
        """The moment at which it begins."""
        return _midnight(self.first)

    @property
    def until(self) -> datetime:
        """The moment at which it is over."""
        return _midnight(self.last + timedelta(days=1))

    @property
    def days(self) -> tuple[date, ...]:
        """Each of its days."""
        return tuple(self.first + timedelta(days=each) for each in range((self.last - self.first).days + 1))

    @property
    def weeks(self) -> tuple["Period", ...]:
        """Its weeks, which begin on Mondays; the first and the last as far as they belong to it."""
        mondays = [day for day in self.days[1:] if day.weekday() == 0]
        firsts = (self.first, *mondays)
        lasts = (*(day - timedelta(days=1) for day in mondays), self.last)
        return tuple(Period(first, last) for first, last in zip(firsts, lasts, strict=True))


@dataclass(frozen=True, slots=True)
class Times:
    """What some contacts came to: how many, how many of them repeats, and their active seconds.

    `median` and `ninetieth` are times that a contact really took: of all, the shortest that half of them, or nine
    in ten, did not go beyond.
    """

    contacts: int = 0
    repeats: int = 0
    seconds: int = 0
    median: int = 0
    ninetieth: int = 0

    @property
    def repeat_share(self) -> float:
        """Of all, the part that were repeats: 0 to 1."""
        return share(self.repeats, self.contacts)


@dataclass(frozen=True, slots=True)
class Assisted:
    """Some submissions, and in how many of them an agent had a hand."""

    submissions: int = 0
    assisted: int = 0

    def __add__(self, other: "Assisted") -> "Assisted":
        return Assisted(self.submissions + other.submissions, self.assisted + other.assisted)

    @property
    def share(self) -> float:
        """Of all, the part in which an agent had a hand: 0 to 1."""
        return share(self.assisted, self.submissions)


@dataclass(frozen=True, slots=True)
class Moments:
    """How many contacts began in each hour, by day and hour in London."""

    by_hour: Mapping[tuple[date, int], int] = field(default_factory=dict)

    def on(self, day: date) -> int:
        """How many began on a day."""
        return sum(self.by_hour.get((day, hour), 0) for hour in HOURS)

    def at(self, hour: int, weekday: int | None = None) -> int:
        """How many began in an hour of the day, on one day of the week (Monday is 0) or on all of them."""
        return sum(
            number
            for (day, each), number in self.by_hour.items()
            if each == hour and weekday in (None, day.weekday())
        )

    def on_weekday(self, weekday: int) -> int:
        """How many began on one day of the week."""
        return sum(number for (day, _), number in self.by_hour.items() if day.weekday() == weekday)

    @property
    def all(self) -> int:
        """How many there were."""
        return sum(self.by_hour.values())


@dataclass(frozen=True, slots=True)
class Figures:
    """The figures of a period. Services are slugs, None where an agent never said which; agents are ids.

    `by_agent` is empty for whoever is no supervisor. `assisted` is by service and number of the week in the period.
    """

    period: Period
    all: Times
    by_channel: Mapping[str, Times]
    by_service: Mapping[str | None, Times]
    by_agent: Mapping[str, Times]
    moments: Moments
    assisted: Mapping[tuple[str, int], Assisted]

    @property
    def assisted_in_all(self) -> Assisted:
        """Every submission."""
        return added(self.assisted.values())

    def assisted_in_week(self, week: int) -> Assisted:
        """The submissions of one week of the period."""
        return added(each for (_, at), each in self.assisted.items() if at == week)

    def assisted_with(self, service: str) -> Assisted:
        """The submissions to one service."""
        return added(each for (slug, _), each in self.assisted.items() if slug == service)


def usual(today: date) -> Period:
    """The period that is shown to whoever asks for none."""
    return Period(today - timedelta(days=USUAL_DAYS - 1), today)


def moments(counted: Iterable[tuple[datetime, int]]) -> Moments:
    """Contacts by day and hour in London from their numbers by hour in UTC: London's hours are whole ones of it."""
    by_hour: dict[tuple[date, int], int] = {}
    for hour, number in counted:
        local = hour.astimezone(LONDON)
        by_hour[local.date(), local.hour] = by_hour.get((local.date(), local.hour), 0) + number
    return Moments(by_hour)


def added(several: Iterable[Assisted]) -> Assisted:
    """All of them together."""
    return sum(several, Assisted())


def share(part: int, whole: int) -> float:
    """The part of the whole, 0 where there is none."""
    return part / whole if whole else 0.0


def longest_first(told: Mapping[Key, Times]) -> Iterator[tuple[Key, Times]]:
    """Those that took the most time first, and those alike by name."""
    yield from sorted(told.items(), key=lambda each: (-each[1].seconds, each[0] or ""))


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), LONDON).astimezone(UTC)
