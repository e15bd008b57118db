"""Figures: what the database adds up is what counting by hand gives, on SQLite and on PostgreSQL."""

import random
from collections import defaultdict
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy.orm import Session

from selfservice.database import Database
from selfservice.domain.figures import REPEAT_WITHIN, Assisted, Times
from selfservice.store import figures
from selfservice.store.figures import Scope
from tests.factories.contact_centre import Was, had, sent_something
from tests.factories.people import a_customer, a_member_of_staff

SINCE, UNTIL = datetime(2026, 2, 1, tzinfo=UTC), datetime(2026, 3, 3, tzinfo=UTC)
BOTH = frozenset({"boston", "east-lindsey"})


@pytest.fixture
def people(each_database: Database) -> tuple[list[str], list[str]]:
    """The ids of three agents and of four customers."""
    with each_database.write() as session:
        names = ("Asha", "Ben", "Cora")
        agents = [
            a_member_of_staff(session, name, SINCE, email=f"{name}@example.org", roles=()).id
            for name in names
        ]
        return agents, [a_customer(session, f"Person {number}", SINCE).id for number in range(4)]


def scope(**told: object) -> Scope:
    return Scope(**{"councils": BOTH, "since": SINCE, "until": UNTIL, "agents_at": BOTH} | told)


def a_year_in_miniature(agents: list[str], customers: list[str], seed: int) -> list[Was]:
    """Contacts at random, of which many are about the same."""
    chance = random.Random(seed)
    return [
        Was(
            chance.choice(agents),
            SINCE - timedelta(days=20) + timedelta(seconds=chance.randrange(60 * 86_400)),
            council=chance.choice(["boston", "east-lindsey", "south-holland"]),
            channel=chance.choice(["phone", "phone", "email", "letter"]),
            service=chance.choice(["litter", "noise", None]),
            reference=chance.choice(["", "", "BOS-1", "BOS-2"]),
            seconds=chance.randrange(1, 50),
            state=chance.choice(["ended", "ended", "paused", "handed"]),
            customers=chance.sample([*customers, None], chance.randrange(3)),
        )
        for _ in range(120)
    ]


def counts(was: Was, told: Scope) -> bool:
    return (
        was.council in told.councils
        and told.since <= was.at < told.until
        and was.state != "active"
        and told.service in (None, was.service)
    )


def is_repeat(was: Was, every: Iterable[Was]) -> bool:
    return any(
        other.council == was.council
        and (
            (bool(was.reference) and was.reference == other.reference and soon(other.at, was.at))
            or any(soon(theirs, ours) for ours, theirs in helped_in_both(was, other))
        )
        for other in every
        if other is not was
    )


def soon(before: datetime, after: datetime) -> bool:
    return timedelta(0) < after - before <= REPEAT_WITHIN


def helped_in_both(was: Was, other: Was) -> Iterable[tuple[datetime, datetime]]:
    """When a customer was helped with the same service in one contact and in the other."""
    if was.service is None or was.service != other.service:
        return
    for place, customer in enumerate(was.customers):
        if customer is not None and customer in other.customers:
            there = other.customers.index(customer)
            yield was.at + timedelta(minutes=place), other.at + timedelta(minutes=there)


def by_hand(some: list[Was], every: list[Was]) -> Times:
    seconds = sorted(each.seconds for each in some)
    half, ninetieth = (seconds[-(-len(some) * percent // 100) - 1] for percent in (50, 90))
    return Times(len(some), sum(is_repeat(each, every) for each in some), sum(seconds), half, ninetieth)


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize("told", [{}, {"councils": frozenset({"boston"})}, {"service": "litter"}])
def test_every_number_is_the_one_that_counting_by_hand_gives(
    each_database: Database, people: tuple[list[str], list[str]], seed: int, told: dict[str, object]
) -> None:
    every = a_year_in_miniature(*people, seed)
    wanted = scope(**told)
    with each_database.write() as session:
        had(session, *every)
    groups: dict[tuple[str, str | None], list[Was]] = defaultdict(list)
    for each in every:
        if counts(each, wanted):
            keys = (
                ("all", None),
                ("channel", each.channel),
                ("service", each.service),
                ("agent", each.agent),
            )
            for key in keys:
                groups[key].append(each)
    with each_database.read() as session:
        found = {(by, key): times for by, key, times in figures.times(session, wanted)}
        hours = figures.hours(session, wanted)
    assert found == {key: by_hand(some, every) for key, some in groups.items()}
    by_hour: dict[datetime, int] = defaultdict(int)
    for each in groups["all", None]:
        by_hour[each.at.replace(minute=0, second=0)] += 1
    assert dict(hours) == by_hour


def test_a_contact_that_goes_on_this_minute_is_not_counted_but_can_have_been_the_first(
    each_database: Database, people: tuple[list[str], list[str]]
) -> None:
    agents, (mary, *_) = people
    first = Was(agents[0], SINCE, state="active", customers=[mary])
    again = Was(agents[1], SINCE + timedelta(days=1), customers=[mary])
    assert figures_of(each_database, first, again) == (1, 1)


@pytest.mark.parametrize(
    ("after", "repeat"), [(REPEAT_WITHIN, 1), (REPEAT_WITHIN + timedelta(seconds=1), 0), (timedelta(1), 1)]
)
def test_fourteen_days_later_is_still_a_repeat(
    each_database: Database, people: tuple[list[str], list[str]], after: timedelta, repeat: int
) -> None:
    agents, _ = people
    first, again = (Was(agents[0], SINCE + each, reference="BOS-1") for each in (timedelta(0), after))
    assert figures_of(each_database, first, again) == (2, repeat)


def test_what_was_before_the_period_makes_a_repeat_and_is_not_counted(
    each_database: Database, people: tuple[list[str], list[str]]
) -> None:
    agents, (mary, *_) = people
    first = Was(agents[0], SINCE - timedelta(days=13), customers=[mary])
    again = Was(agents[1], SINCE + timedelta(hours=1), customers=[mary])
    assert figures_of(each_database, first, again) == (1, 1)


def test_other_customers_services_and_councils_make_no_repeat(
    each_database: Database, people: tuple[list[str], list[str]]
) -> None:
    agents, (mary, john, *_) = people
    first = Was(agents[0], SINCE, customers=[mary], reference="BOS-1")
    later = SINCE + timedelta(days=1)
    others = (
        Was(agents[0], later, customers=[john]),
        Was(agents[0], later, customers=[mary], service="noise"),
        Was(agents[0], later, customers=[mary], service=None),
        Was(agents[0], later, customers=[mary], council="east-lindsey", reference="BOS-1"),
        Was(agents[0], later, customers=[None]),
    )
    assert figures_of(each_database, first, *others) == (6, 0)


def test_one_contact_in_which_somebody_is_helped_twice_is_no_repeat_of_itself(
    each_database: Database, people: tuple[list[str], list[str]]
) -> None:
    agents, (mary, john, *_) = people
    once = Was(agents[0], SINCE, customers=[mary, john, mary], reference="BOS-1")
    assert figures_of(each_database, once) == (1, 0)


def test_agents_are_told_apart_only_where_it_is_asked(
    each_database: Database, people: tuple[list[str], list[str]]
) -> None:
    (asha, ben, _), _ = people
    with each_database.write() as session:
        had(session, Was(asha, SINCE), Was(ben, SINCE, council="east-lindsey"))
    with each_database.read() as session:
        agents = {
            key
            for by, key, _ in figures.times(session, scope(agents_at=frozenset({"boston"})))
            if by == "agent"
        }
        none = [by for by, _, _ in figures.times(session, scope(agents_at=frozenset())) if by == "agent"]
    assert (agents, none) == ({asha}, [])


def test_nothing_in_a_period_is_nothing(each_database: Database) -> None:
    with each_database.read() as session:
        assert figures.times(session, scope()) == []
        assert figures.hours(session, scope()) == []
        assert figures.assisted(session, scope(), [UNTIL]) == {}


def test_submissions_are_counted_by_service_and_week_with_those_an_agent_had_a_hand_in(
    each_database: Database, people: tuple[list[str], list[str]]
) -> None:
    (asha, *_), _ = people
    weeks = [SINCE + timedelta(days=7), SINCE + timedelta(days=14), UNTIL]
    with each_database.write() as session:
        sent_something(session, "boston", "litter", SINCE, number=3)
        sent_something(session, "boston", "litter", SINCE, helper=asha)
        sent_something(session, "east-lindsey", "litter", weeks[0], helper=asha)
        sent_something(session, "boston", "noise", UNTIL - timedelta(seconds=1))
        sent_something(session, "boston", "noise", UNTIL)
        sent_something(session, "south-holland", "noise", SINCE)
    with each_database.read() as session:
        assert figures.assisted(session, scope(), weeks) == {
            ("litter", 0): Assisted(4, 1), ("litter", 1): Assisted(1, 1), ("noise", 2): Assisted(1, 0),
        }  # fmt: skip
        assert figures.assisted(session, scope(service="noise"), weeks) == {("noise", 2): Assisted(1, 0)}


def figures_of(kept: Database, *contacts: Was) -> tuple[int, int]:
    """How many contacts count, and how many of them are repeats."""

    def of_all(session: Session) -> Times:
        return next((times for by, _, times in figures.times(session, scope()) if by == "all"), Times())

    with kept.write() as session:
        had(session, *contacts)
    with kept.read() as session:
        found = of_all(session)
    return found.contacts, found.repeats
