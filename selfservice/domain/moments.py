"""How days and moments are written in what leaves us: in London's time, in words."""

from datetime import datetime
from zoneinfo import ZoneInfo

LONDON = ZoneInfo("Europe/London")


def day(at: datetime) -> str:
    """The day in London, such as "Monday 3 March 2025". `at` is aware."""
    local = at.astimezone(LONDON)
    return f"{local:%A} {local.day} {local:%B} {local.year}"


def clock(at: datetime) -> str:
    """The time in London, such as "4:05pm". `at` is aware."""
    local = at.astimezone(LONDON)
    return f"{local.hour % 12 or 12}:{local:%M}{'am' if local.hour < 12 else 'pm'}"


def moment(at: datetime) -> str:
    """Day and time in London, such as "3 March 2025 at 4:05pm". `at` is aware."""
    local = at.astimezone(LONDON)
    return f"{local.day} {local:%B} {local.year} at {clock(at)}"
