"""Patterns in who of staff opened whose record that are worth a look: rules over rows, their thresholds as data.

A pattern is no proof of anything: most have a good reason. It says where a person should look first.
"""

import hashlib
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from selfservice.domain.marking import gettext_noop
from selfservice.domain.moments import LONDON

SATURDAY = 5


class Pattern(StrEnum):
    """What is worth a look."""

    NOTHING_SENT = "nothing_sent"
    MANY_AGENTS = "many_agents"
    OUT_OF_HOURS = "out_of_hours"
    SAME_SURNAME = "same_surname"
    SAME_POSTCODE = "same_postcode"
    RESTRICTED = "restricted"
    NO_CONTACT = "no_contact"


PATTERN_WORDS = {
    Pattern.NOTHING_SENT: gettext_noop("Opened many records and sent nothing for them"),
    Pattern.MANY_AGENTS: gettext_noop("Many agents opened one record"),
    Pattern.OUT_OF_HOURS: gettext_noop("Opened records or searched out of hours"),
    Pattern.SAME_SURNAME: gettext_noop("Opened the record of somebody with their own surname"),
    Pattern.SAME_POSTCODE: gettext_noop("Opened the record of somebody at their own postcode"),
    Pattern.RESTRICTED: gettext_noop("Opened a restricted record"),
    Pattern.NO_CONTACT: gettext_noop("Searched for customers without a contact going"),
}


class Did(StrEnum):
    """What members of staff do with customers' records, as far as the rules ask after it."""

    OPENED = "opened"
    SENT = "sent"
    SEARCHED = "searched"


@dataclass(frozen=True, slots=True)
class Thresholds:
    """From how many on it is worth a look: records opened in a day without anything sent, agents who opened one
    record within the days looked at, searches in a day without a contact. `opens` and `closes` are hours in London,
    `days` the days of the week that are worked (Monday is 0), `sampled` how many of a hundred accesses are drawn."""

    nothing_sent: int = 15
    many_agents: int = 4
    no_contact: int = 3
    opens: int = 7
    closes: int = 20
    days: frozenset[int] = frozenset(range(SATURDAY + 1))
    sampled: int = 2


USUAL = Thresholds()


@dataclass(frozen=True, slots=True)
class Doing:
    """What one member of staff did `times` times with one record within one hour, which begins at `hour`.

    `customer_id` is None for a search. `in_contact` is whether they had a contact going. `written_in` is the record
    (slug) that says so, "" where that is the council's own: searches at several councils are written in another.
    """

    did: Did
    staff_id: str
    council: str
    customer_id: str | None
    hour: datetime
    times: int
    in_contact: bool = True
    written_in: str = ""

    @property
    def day(self) -> date:
        """The day in London."""
        return self.hour.astimezone(LONDON).date()


@dataclass(frozen=True, slots=True)
class Person:
    """What the rules compare of a customer, and of a member of staff: surnames as searched for, and the postcode."""

    surnames: frozenset[str] = frozenset()
    postcode: str = ""
    restricted: bool = False


@dataclass(frozen=True, slots=True)
class Found:
    """One thing that is worth a look: which pattern, at which council (slug), on which day, and how many.

    `staff_id` is None where it is about several, `customer_id` where it is about several or about none.
    """

    pattern: Pattern
    council: str
    day: date
    number: int
    staff_id: str | None = None
    customer_id: str | None = None
    written_in: str = ""

    @property
    def record(self) -> str:
        """The record in which it is written."""
        return self.written_in or self.council


@dataclass(frozen=True, slots=True)
class Rows:
    """What the rules look at: what was done, and who customers and members of staff are, by id."""

    doings: Sequence[Doing]
    customers: Mapping[str, Person] = field(default_factory=dict)
    staff: Mapping[str, Person] = field(default_factory=dict)

    def opened(self) -> Iterator[tuple[Doing, str]]:
        """Each opening of a record, with the customer's id."""
        for each in self.doings:
            if each.did is Did.OPENED and each.customer_id:
                yield each, each.customer_id


def worth_a_look(rows: Rows, thresholds: Thresholds = USUAL) -> list[Found]:
    """All that is worth a look, the latest day first."""
    found = [each for rule in RULES for each in rule(rows, thresholds)]
    order = list(Pattern)
    return sorted(found, key=lambda each: (-each.day.toordinal(), order.index(each.pattern), -each.number))


def drawn(day: date, ids: Collection[str], of_hundred: int = USUAL.sampled) -> list[str]:
    """So many of a hundred of a day's accesses, one at the least, drawn by lot: the same ones whoever asks.

    Nobody knows before which ones: the ids are made when the accesses are.
    """
    lots = sorted(ids, key=lambda each: hashlib.sha256(f"{day.isoformat()} {each}".encode()).digest())
    return lots[: -(-len(ids) * of_hundred // 100)]


def surnames(name_key: str) -> frozenset[str]:
    """The surname in a name as it is searched for; of a double one both parts too."""
    last = name_key.rpartition(" ")[2]
    return frozenset(each for each in (last, *last.split("-")) if len(each) > 1)


def _nothing_sent(rows: Rows, thresholds: Thresholds) -> Iterator[Found]:
    opened: dict[tuple[str, str, date], set[str]] = defaultdict(set)
    for each, customer_id in rows.opened():
        opened[each.staff_id, each.council, each.day].add(customer_id)
    for each in rows.doings:
        if each.did is Did.SENT and each.customer_id:
            opened[each.staff_id, each.council, each.day].discard(each.customer_id)
    for (staff_id, council, day), customers in opened.items():
        if len(customers) >= thresholds.nothing_sent:
            yield Found(Pattern.NOTHING_SENT, council, day, len(customers), staff_id)


def _many_agents(rows: Rows, thresholds: Thresholds) -> Iterator[Found]:
    agents: dict[tuple[str, str], set[str]] = defaultdict(set)
    last: dict[tuple[str, str], date] = {}
    for each, customer_id in rows.opened():
        key = each.council, customer_id
        agents[key].add(each.staff_id)
        last[key] = max(each.day, last.get(key, each.day))
    for (council, customer_id), ids in agents.items():
        if len(ids) >= thresholds.many_agents:
            day = last[council, customer_id]
            yield Found(Pattern.MANY_AGENTS, council, day, len(ids), customer_id=customer_id)


def _out_of_hours(rows: Rows, thresholds: Thresholds) -> Iterator[Found]:
    def is_out(each: Doing) -> bool:
        local = each.hour.astimezone(LONDON)
        worked = thresholds.opens <= local.hour < thresholds.closes and local.weekday() in thresholds.days
        return each.did is not Did.SENT and not worked

    yield from _by_agent(Pattern.OUT_OF_HOURS, filter(is_out, rows.doings), 1)


def _no_contact(rows: Rows, thresholds: Thresholds) -> Iterator[Found]:
    searches = (each for each in rows.doings if each.did is Did.SEARCHED and not each.in_contact)
    yield from _by_agent(Pattern.NO_CONTACT, searches, thresholds.no_contact)


def _by_agent(pattern: Pattern, doings: Iterable[Doing], least: int) -> Iterator[Found]:
    times: dict[tuple[str, str, date, str], int] = defaultdict(int)
    for each in doings:
        times[each.staff_id, each.council, each.day, each.written_in] += each.times
    for (staff_id, council, day, written_in), number in times.items():
        if number >= least:
            yield Found(pattern, council, day, number, staff_id, written_in=written_in)


def _alike(pattern: Pattern, is_alike: Callable[[Person, Person], bool]) -> "Rule":
    """The rule that finds openings of records whose customers are alike their agent in some way."""

    def rule(rows: Rows, _thresholds: Thresholds) -> Iterator[Found]:
        times: dict[tuple[str, str, date, str], int] = defaultdict(int)
        nobody = Person()
        for each, customer_id in rows.opened():
            own, theirs = rows.staff.get(each.staff_id, nobody), rows.customers.get(customer_id, nobody)
            if is_alike(own, theirs):
                times[each.staff_id, each.council, each.day, customer_id] += each.times
        for (staff_id, council, day, customer_id), number in times.items():
            yield Found(pattern, council, day, number, staff_id, customer_id)

    return rule


Rule = Callable[[Rows, Thresholds], Iterator[Found]]
RULES: tuple[Rule, ...] = (
    _nothing_sent,
    _many_agents,
    _out_of_hours,
    _alike(Pattern.SAME_SURNAME, lambda own, theirs: bool(own.surnames & theirs.surnames)),
    _alike(Pattern.SAME_POSTCODE, lambda own, theirs: bool(own.postcode) and own.postcode == theirs.postcode),
    _alike(Pattern.RESTRICTED, lambda _own, theirs: theirs.restricted),
    _no_contact,
)
