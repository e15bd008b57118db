"""Patterns: each rule finds what it is there for, from its threshold on, and lets the rest be."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from selfservice.domain.patterns import (
    PATTERN_WORDS,
    Did,
    Doing,
    Found,
    Pattern,
    Person,
    Rows,
    Thresholds,
    drawn,
    surnames,
    worth_a_look,
)

MONDAY = datetime(2026, 3, 2, 10, tzinfo=UTC)
TODAY = MONDAY.date()


def opened(customer: str, agent: str = "priya", at: datetime = MONDAY, council: str = "boston") -> Doing:
    return Doing(Did.OPENED, agent, council, customer, at, 1)


def sent(customer: str, agent: str = "priya") -> Doing:
    return Doing(Did.SENT, agent, "boston", customer, MONDAY, 1)


def searched(times: int, *, in_contact: bool, at: datetime = MONDAY) -> Doing:
    return Doing(Did.SEARCHED, "priya", "boston", None, at, times, in_contact)


def found(*doings: Doing, **more: dict[str, Person]) -> list[Found]:
    return worth_a_look(Rows(doings, **more), Thresholds(nothing_sent=3, many_agents=3, no_contact=2))


def test_many_records_without_anything_sent_count_from_the_threshold_on() -> None:
    two = [opened("a"), opened("b"), opened("b")]
    assert found(*two) == []
    assert found(*two, opened("c")) == [Found(Pattern.NOTHING_SENT, "boston", TODAY, 3, "priya")]
    assert found(*two, opened("c"), sent("c")) == []
    assert found(*two, opened("c", at=MONDAY + timedelta(days=1))) == []
    assert found(*two, opened("c", council="east-lindsey")) == []
    assert found(*two, opened("c", agent="asha")) == []


def test_what_another_agent_sent_for_a_customer_excuses_nobody_else() -> None:
    three = [opened("a"), opened("b"), opened("c")]
    assert len(found(*three, sent("c", agent="asha"))) == 1


def test_one_record_opened_by_many_agents_is_told_once_with_the_last_day() -> None:
    days = [MONDAY + timedelta(days=each) for each in range(3)]
    three = [opened("a", agent, day) for agent, day in zip(("priya", "asha", "ben"), days, strict=True)]
    assert found(*three[:2], opened("a", "asha")) == []
    assert found(*three) == [
        Found(Pattern.MANY_AGENTS, "boston", date(2026, 3, 4), 3, customer_id="a")
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("at", "out"),
    [
        (datetime(2026, 3, 2, 7, tzinfo=UTC), False),
        (datetime(2026, 3, 2, 6, tzinfo=UTC), True),
        (datetime(2026, 3, 2, 19, tzinfo=UTC), False),
        (datetime(2026, 3, 2, 20, tzinfo=UTC), True),
        (datetime(2026, 7, 6, 19, tzinfo=UTC), True),  # eight in the evening in London
        (datetime(2026, 3, 7, 10, tzinfo=UTC), False),  # a Saturday
        (datetime(2026, 3, 8, 10, tzinfo=UTC), True),  # a Sunday
    ],
)
def test_out_of_hours_is_by_the_clock_in_london(at: datetime, out: bool) -> None:
    told = found(opened("a", at=at), searched(1, in_contact=True, at=at))
    assert [(each.pattern, each.number) for each in told] == ([(Pattern.OUT_OF_HOURS, 2)] if out else [])


def test_nothing_that_was_sent_late_counts_as_looking_out_of_hours() -> None:
    late = Doing(Did.SENT, "priya", "boston", "a", MONDAY.replace(hour=22), 1)
    assert found(late) == []


def test_searches_without_a_contact_count_from_the_threshold_on() -> None:
    assert found(searched(9, in_contact=True), searched(1, in_contact=False)) == []
    told = found(searched(1, in_contact=False), searched(1, in_contact=False, at=MONDAY + timedelta(hours=1)))
    assert told == [Found(Pattern.NO_CONTACT, "boston", TODAY, 2, "priya")]


def test_a_search_at_several_councils_says_in_which_record_it_is_written() -> None:
    (told,) = found(Doing(Did.SEARCHED, "priya", "boston", None, MONDAY, 2, False, "partnership"))
    assert (told.council, told.record) == ("boston", "partnership")
    assert Found(Pattern.NO_CONTACT, "boston", TODAY, 2).record == "boston"


SMITH = Person(frozenset({"smith"}), "PE216QR")


@pytest.mark.parametrize(
    ("theirs", "pattern"),
    [
        (Person(frozenset({"smith-jones", "smith", "jones"}), "PE111AA"), Pattern.SAME_SURNAME),
        (Person(frozenset({"brown"}), "PE216QR"), Pattern.SAME_POSTCODE),
        (Person(frozenset({"brown"}), "PE111AA", restricted=True), Pattern.RESTRICTED),
        (Person(frozenset({"brown"}), "PE111AA"), None),
    ],
)
def test_a_record_is_told_where_its_customer_is_alike_or_restricted(
    theirs: Person, pattern: Pattern | None
) -> None:
    told = found(opened("a"), opened("a"), customers={"a": theirs}, staff={"priya": SMITH})
    expected = [Found(pattern, "boston", TODAY, 2, "priya", "a")] if pattern else []
    assert told == expected


def test_an_agent_without_a_record_of_their_own_lives_at_nobodys_postcode() -> None:
    nobody = Person(frozenset({"vos"}), "")
    assert found(opened("a"), customers={"a": Person(frozenset(), "")}, staff={"priya": nobody}) == []
    assert found(opened("a")) == []


def test_the_latest_day_comes_first() -> None:
    late = [opened("a", at=MONDAY.replace(hour=22) + timedelta(days=each)) for each in range(3)]
    assert [each.day.day for each in found(*late)] == [4, 3, 2]


@pytest.mark.parametrize(
    ("key", "expected"),
    [
        ("mary smith", {"smith"}),
        ("siobhan oneill-smith", {"oneill-smith", "oneill", "smith"}),
        ("cher", {"cher"}),
        ("", set()),
        ("j r", set()),
    ],
)
def test_a_surname_is_the_last_word_and_of_a_double_one_each_part(key: str, expected: set[str]) -> None:
    assert surnames(key) == expected


@given(st.lists(st.uuids().map(str), max_size=300, unique=True), st.randoms(use_true_random=False))
def test_two_of_a_hundred_are_drawn_one_at_least_and_the_same_in_whatever_order_asked(
    ids: list[str], chance
) -> None:
    first = drawn(TODAY, ids)
    again = list(ids)
    chance.shuffle(again)
    assert drawn(TODAY, again) == first
    assert set(first) <= set(ids)
    assert len(first) == -(-len(ids) * 2 // 100)


def test_another_day_draws_others() -> None:
    ids = [f"line-{number}" for number in range(1000)]
    days = {tuple(drawn(TODAY + timedelta(days=each), ids)) for each in range(5)}
    assert len(days) == 5


def test_every_pattern_has_words() -> None:
    assert set(PATTERN_WORDS) == set(Pattern)
