"""Which days, council and service a page of figures is asked for, read from its address."""

from dataclasses import dataclass
from datetime import date, timedelta
from urllib.parse import urlencode

from flask import abort, request

from selfservice import clock
from selfservice.domain.figures import MOST_DAYS, Period, usual
from selfservice.domain.moments import LONDON
from selfservice.web.languages import _
from selfservice.web.supervise.room import LONGEST_SLUG, chosen_council, service_titles

Errors = list[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Asked:
    """What a page was asked for. `council` and `service` are slugs, None for all; `period` is None while there are
    `errors` in what was typed, which `first` and `last` hold."""

    council: str | None
    service: str | None
    first: str
    last: str
    period: Period | None
    errors: Errors

    @property
    def query(self) -> str:
        """The same for another address, from the question mark on."""
        told = {"from": self.first, "to": self.last, "council": self.council, "service": self.service}
        return "?" + urlencode({name: value for name, value in told.items() if value})


def read() -> Asked:
    """What the address asks for; the last thirty days unless it says otherwise.

    A council that is not theirs, or a service that there is not, is not found.
    """
    council, service = chosen_council(), request.args.get("service", "")[:LONGEST_SLUG] or None
    if service is not None and service not in service_titles():
        abort(404)
    first, last = request.args.get("from", "")[:20].strip(), request.args.get("to", "")[:20].strip()
    period, errors = _period(first, last)
    if period is not None:
        first, last = period.first.isoformat(), period.last.isoformat()
    return Asked(council, service, first, last, period, errors)


def today() -> date:
    """The day that it is in London."""
    return clock.now().astimezone(LONDON).date()


def day_in(name: str) -> date | None:
    """A day that the address names; None for one that it does not, or that is none."""
    return _read(request.args.get(name, "").strip())


def _period(first: str, last: str) -> tuple[Period | None, Errors]:
    whole = usual(today())
    if not first and not last:
        return whole, []
    begins, ends = _read(first) if first else None, _read(last) if last else today()
    if first and begins is None:
        return None, [("from", _("Enter the first day as a date, such as 2026-03-01"))]
    if ends is None:
        return None, [("to", _("Enter the last day as a date, such as 2026-03-31"))]
    begins = begins or usual(ends).first
    if begins > ends:
        return None, [("to", _("Enter a last day that is not before the first day"))]
    if ends - begins >= timedelta(days=MOST_DAYS):
        return None, [("from", _("Enter a first day that is at most a year before the last day"))]
    return Period(begins, ends), []


def _read(typed: str) -> date | None:
    """A day as a browser's box for dates gives it. The years before 2000 and after 2100 are typing errors."""
    try:
        day = date.fromisoformat(typed)
    except ValueError:
        return None
    return day if 2000 <= day.year < 2100 else None
