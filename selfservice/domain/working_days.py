"""Working days of England: what a promise is counted in. Bank holidays are passed in."""

from collections.abc import Collection
from datetime import UTC, date, datetime, time, timedelta

from selfservice.domain.moments import LONDON

CLOSES = time(17, 0)
SATURDAY = 5


def is_working_day(day: date, bank_holidays: Collection[date]) -> bool:
    """Whether offices are open: neither a weekend nor a bank holiday."""
    return day.weekday() < SATURDAY and day not in bank_holidays


def working_days_after(day: date, days: int, bank_holidays: Collection[date]) -> date:
    """The working day that is `days` working days after `day`, which itself never counts.

    With 0, `day` itself, or the next working day when it is none.
    """
    while days > 0 or not is_working_day(day, bank_holidays):
        day += timedelta(days=1)
        if is_working_day(day, bank_holidays):
            days -= 1
    return day


def promised_by(now: datetime, days: int, bank_holidays: Collection[date]) -> datetime:
    """The moment, in UTC, by which a promise of `days` working days made `now` falls due: 17:00 in London."""
    day = working_days_after(now.astimezone(LONDON).date(), days, bank_holidays)
    return datetime.combine(day, CLOSES, LONDON).astimezone(UTC)
