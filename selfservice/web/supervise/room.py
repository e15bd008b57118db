"""What the pages for supervisors and auditors share: the ways between them, councils, names and lengths of time."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from flask import abort, request

from selfservice.domain.moments import LONDON
from selfservice.domain.people import PARTNERSHIP, Actor, Channel, Role
from selfservice.operations import supervising
from selfservice.operations.patterns import LOOKING_AFTER
from selfservice.web import banner
from selfservice.web.actors import staff_actor
from selfservice.web.languages import _, ngettext, services_in_language
from selfservice.web.session import installation
from selfservice.web.words import MONTHS, WEEKDAYS

LONGEST_SLUG = 60


@dataclass(frozen=True, slots=True)
class Door:
    """The way to one of the pages: its name, its address and its words."""

    name: str
    address: str
    words: str


def supervisor() -> Actor:
    """The member of staff in their own name."""
    return staff_actor()


def doors() -> list[Door]:
    """The pages that this member of staff may use."""
    theirs = supervisor()
    found = [
        Door("live", "/supervise/", _("Going on now")),
        Door("figures", "/supervise/figures", _("Figures")),
    ]
    if theirs.councils_as(*LOOKING_AFTER):
        found.append(Door("patterns", "/supervise/patterns", _("Worth a look")))
    if theirs.councils_as(Role.AUDITOR):
        found.append(Door("record", "/supervise/record", _("The record")))
    return found


def chosen_council(*roles: Role) -> str | None:
    """The council (slug) that the address names, None for all of theirs. One that is not theirs is not found.

    Raises `NotAllowed` for who has none of these roles anywhere.
    """
    slug = request.args.get("council", "")[:LONGEST_SLUG] or None
    try:
        supervising.councils(supervisor(), slug, roles or supervising.SUPERVISING)
    except supervising.NotTheirs:
        abort(404)
    return slug


def councils_of(*roles: Role) -> list[tuple[str, str]]:
    """The councils at which they have one of these roles: slug and name."""
    theirs = supervisor().councils_as(*(roles or supervising.SUPERVISING))
    return [(slug, council.name) for slug, council in installation().councils.items() if slug in theirs]


def council_name(slug: str) -> str:
    """What a council is called; of what is no single council's, that it is all of theirs."""
    if slug == PARTNERSHIP:
        return _("All councils together")
    council = installation().councils.get(slug)
    return council.name if council else slug


def service_titles() -> Mapping[str, str]:
    """The titles of all services that any council here offers, by slug."""
    found: dict[str, str] = {}
    for slug in installation().councils:
        found |= {each.slug: each.title for each in services_in_language(slug).values()}
    return found


def service_title(slug: str | None, titles: Mapping[str, str]) -> str:
    """The title of a service, its slug where it is offered no more, and words where nobody said which."""
    return titles.get(slug, slug) if slug else _("No service said")


def channel_name(channel: str) -> str:
    """What a channel is called, to begin with."""
    words = _(banner.CHANNELS[Channel(channel)]) if channel in set(Channel) else channel
    return words[:1].upper() + words[1:]


def lasting(seconds: int) -> str:
    """A length of time as people say it: "2 h 5 min", "2 min 5 s", "5 s"."""
    if seconds < 60:
        return _("%(seconds)s s", seconds=seconds)
    minutes, rest = divmod(seconds, 60)
    if minutes < 60:
        return _("%(minutes)s min %(seconds)s s", minutes=minutes, seconds=rest)
    hours, minutes = divmod(minutes, 60)
    return _("%(hours)s h %(minutes)s min", hours=f"{hours:,}", minutes=minutes)


def percent(part: float) -> str:
    """A part of one as people say it: "25%"."""
    return f"{part * 100:.0f}%"


def short_day(day: date) -> str:
    """A day without its year: "2 March"."""
    return _("%(day)s %(month)s", day=day.day, month=_(MONTHS[day.month - 1]))


def whole_day(day: date) -> str:
    """A day in full: "Monday 2 March 2026"."""
    return _(
        "%(weekday)s %(day)s %(month)s %(year)s",
        weekday=_(WEEKDAYS[day.weekday()]),
        day=day.day,
        month=_(MONTHS[day.month - 1]),
        year=day.year,
    )


def began(at: datetime, now: datetime) -> str:
    """When something began, as short as it can be: "4:05pm" today, "2 March, 4:05pm" before."""
    local = at.astimezone(LONDON)
    time = f"{local.hour % 12 or 12}:{local:%M}{_('am') if local.hour < 12 else _('pm')}"
    if local.date() == now.astimezone(LONDON).date():
        return time
    return _("%(day)s, %(time)s", day=short_day(local.date()), time=time)


def contacts_counted(number: int) -> str:
    """How many contacts, in words."""
    return ngettext("%(num)s contact", "%(num)s contacts", number)


def given(here: str) -> dict[str, Any]:
    """What every template of these pages is given; `here` is the name of the door that it is behind."""
    return {
        "door": here,
        "doors": doors(),
        "lasting": lasting,
        "percent": percent,
        "council_name": council_name,
        "channel_name": channel_name,
        "whole_day": whole_day,
        "began": began,
    }
