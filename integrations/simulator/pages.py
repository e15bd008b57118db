"""The simulator's own pages: what a council officer would see, and the mailbox."""

import re
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup, escape

from integrations.simulator import faults, notify
from integrations.simulator.cases import Memory
from integrations.simulator.open311 import SERVICES, Reply
from integrations.simulator.things import Case

HERE = Path(__file__).parent
# What an officer may set, in the words of the button, and whether it closes the case.
MOVES = (
    ("investigating", "Start looking into it", False),
    ("in_progress", "Set in progress", False),
    ("action_scheduled", "Set planned", False),
    ("fixed", "Close as resolved", True),
    ("no_further_action", "Close: no further action", True),
    ("duplicate", "Close as a duplicate", True),
    ("not_councils_responsibility", "Close: not ours", True),
)
REOPEN = (("reopened", "Open it again", True),)
STATUS_WORDS = {
    "open": "New",
    "investigating": "Being looked into",
    "in_progress": "In progress",
    "action_scheduled": "Planned",
    "fixed": "Resolved",
    "no_further_action": "No further action",
    "duplicate": "Duplicate",
    "not_councils_responsibility": "Not ours",
    "reopened": "Open again",
}
_LINK = re.compile(r"https?://[^\s<>\"']+[^\s<>\"'.,)]")
_POLICY = (
    "default-src 'none'; style-src 'self'; img-src 'self' data: http: https:; form-action 'self'; "
    "base-uri 'none'; frame-ancestors 'none'"
)


class Pages:
    """Renders each page from what the memory holds."""

    def __init__(self, memory: Memory, in_force: faults.Faults, offices: Mapping[str, str]) -> None:
        self._memory = memory
        self._faults = in_force
        self._councils = offices
        self._jinja = Environment(
            loader=FileSystemLoader(HERE / "templates"),
            autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True,
        )  # fmt: skip
        self._jinja.filters |= {"when": _when, "day": _day, "linked": _linked}
        self._jinja.globals |= {
            "councils": self._councils, "services": SERVICES,
            "names": {**self._councils, notify.SLUG: "GOV.UK Notify"}, "notify": notify.SLUG,
            "status_words": STATUS_WORDS, "kinds": faults.KINDS,
        }  # fmt: skip

    def overview(self, paused: bool) -> Reply:
        """All back offices, with how many cases each has."""
        held = {slug: self._memory.cases(slug) for slug in self._councils}
        return self._page("overview.html", held=held, paused=paused, mails=len(self._memory.mails()))

    def cases(self, council: str, paused: bool) -> Reply:
        """A council's cases, newest first."""
        shown = self._memory.cases(council, newest=100)
        return self._page(
            "cases.html", council=council, cases=shown, paused=paused, faults=self._faults.listed(council)
        )

    def case(self, case: Case, mistake: str = "", typed: str = "") -> Reply:
        """One case, with what can be done about it."""
        return self._page(
            "case.html", 400 if mistake else 200,
            council=case.council, case=case, history=self._memory.history(case),
            moves=REOPEN if case.closed else MOVES, mistake=mistake, typed=typed,
        )  # fmt: skip

    def faults(self, council: str, mistake: str = "") -> Reply:
        """What goes wrong at a council's back office, and a form to make more go wrong."""
        listed = self._faults.listed(council)
        return self._page(
            "faults.html", 400 if mistake else 200, council=council, faults=listed, mistake=mistake
        )

    def mailbox(self, paused: bool) -> Reply:
        """The messages that arrived, newest first."""
        listed = self._faults.listed(notify.SLUG)
        return self._page("mailbox.html", mails=self._memory.mails(), paused=paused, faults=listed)

    def mail(self, number: int) -> Reply:
        """One message."""
        mail = self._memory.mail(number)
        return self._page("mail.html", mail=mail) if mail else self.missing()

    def missing(self) -> Reply:
        """There is no such page."""
        return self.sorry(404, "Page not found", "Check the address, or begin again from the overview.")

    def sorry(self, status: int, title: str, words: str) -> Reply:
        """A page that says why there is nothing else."""
        return self._page("sorry.html", status, title=title, words=words)

    def style(self) -> Reply:
        """The style sheet of all pages."""
        return Reply(200, (HERE / "static" / "simulator.css").read_bytes(), "text/css; charset=utf-8")

    def _page(self, template: str, status: int = 200, **told: Any) -> Reply:
        told = {"council": None, "refresh": "paused" in told and not told["paused"], **told}
        return page(self._jinja.get_template(template).render(told), status)


def page(html: str, status: int = 200) -> Reply:
    """A page with the headers that every page has."""
    headers: Mapping[str, str] = {
        "Content-Security-Policy": _POLICY,
        "X-Content-Type-Options": "nosniff",
        # Not "no-referrer": browsers then send "Origin: null" with our own forms.
        "Referrer-Policy": "same-origin",
        "Cache-Control": "no-store",
    }
    return Reply(status, html.encode(), "text/html; charset=utf-8", headers)


def _local(at: float) -> datetime:
    return datetime.fromtimestamp(at, UTC).astimezone(ZoneInfo("Europe/London"))


def _when(at: float) -> str:
    """Seconds since 1970 as a person in England reads them: 3 June 2026, 2:05:09pm."""
    local = _local(at)
    return (
        f"{local.day} {local:%B %Y}, {local.hour % 12 or 12}:{local:%M:%S}{'am' if local.hour < 12 else 'pm'}"
    )


def _day(at: float) -> str:
    return _local(at).isoformat(timespec="seconds")


def _linked(text: str) -> Markup:
    """Plain text as HTML, with its addresses made links."""
    parts: list[str] = []
    end = 0
    for link in _LINK.finditer(text):
        parts += [escape(text[end : link.start()]), Markup('<a href="{0}">{0}</a>').format(link[0])]
        end = link.end()
    return Markup("").join([*parts, escape(text[end:])])
