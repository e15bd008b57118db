"""A line is hashed the same way however a database spells it, and a head can be kept and believed."""

import json
from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from selfservice.domain.people import ActorKind
from selfservice.domain.record import FIRST, Head, canonical, line_hash, read_heads

AT = datetime(2026, 3, 2, 9, 30, 0, 120, tzinfo=UTC)
KEY, OLD, OTHER = "k" * 40, "o" * 40, "x" * 40
HEAD = Head("boston", 3, "a" * 64, AT)


def test_a_line_is_written_in_one_way() -> None:
    line = {"words": "Größe “12”", "detail": {"b": 1, "a": [None, True]}, "at": AT, "customer_id": None}
    assert canonical(7, line) == (
        '[7,{"at":"2026-03-02T09:30:00.000120+00:00","detail":{"a":[null,true],"b":1},'
        '"words":"Gr\\u00f6\\u00dfe \\u201c12\\u201d"}]'
    )


def test_the_order_of_keys_the_zone_of_a_moment_and_a_column_that_holds_nothing_change_nothing() -> None:
    later = AT.astimezone(timezone(timedelta(hours=2)))
    one = {"detail": {"a": 1, "b": 2}, "at": AT, "actor_kind": ActorKind.SYSTEM}
    other = {"added_later": None, "actor_kind": "system", "at": later, "detail": {"b": 2, "a": 1}}
    assert line_hash(FIRST, 1, one) == line_hash(FIRST, 1, other)


def test_the_hash_is_of_the_number_and_of_what_came_before_too() -> None:
    hashes = {line_hash(FIRST, 1, {}), line_hash(FIRST, 2, {}), line_hash("f" * 64, 1, {})}
    assert len(hashes) == 3


@pytest.mark.parametrize(
    ("written", "given_back"),
    [
        ("1e16", "10000000000000000"),
        ("1.0", "1"),
        ("-0.0", "0.0"),
        ("1e23", "1" + "0" * 23),
        ("1e-7", "0.0000001"),
    ],
)
def test_a_number_is_the_same_in_each_spelling_of_a_database(written: str, given_back: str) -> None:
    here, there = ({"detail": {"n": json.loads(number)}} for number in (written, given_back))
    assert line_hash(FIRST, 1, here) == line_hash(FIRST, 1, there)


@pytest.mark.parametrize("wrong", [float("nan"), object(), datetime(2026, 3, 2)])  # noqa: DTZ001 - that is the point
def test_what_has_no_place_in_the_record_is_refused(wrong: object) -> None:
    with pytest.raises(ValueError):
        line_hash(FIRST, 1, {"detail": wrong})


def test_a_head_is_read_back_as_it_was_written_signed_or_not() -> None:
    text = HEAD.as_line(KEY) + "\n" + HEAD.as_line(OLD) + HEAD.as_line()
    read = read_heads(text, [KEY, OLD])
    assert (read.heads, read.unsigned, read.mistakes) == ((HEAD,) * 3, 1, ())


@pytest.mark.parametrize(
    "changed", [{"council": "south"}, {"number": 4}, {"hash": "b" * 64}, {"at": "2026-03-02T09:30Z"}]
)
def test_a_signed_head_that_was_changed_is_not_believed(changed: dict[str, object]) -> None:
    read = read_heads(json.dumps({**HEAD.as_json(KEY), **changed}), [KEY])
    assert (read.heads, read.mistakes) == ((), ("line 1 was not signed here, or was changed since",))


def test_a_head_that_another_installation_signed_is_not_believed() -> None:
    assert read_heads(HEAD.as_line(OTHER), [KEY]).heads == ()


LINES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.sampled_from([*HEAD.as_json(KEY)]), inner),
    max_leaves=6,
)


@given(st.text() | LINES.map(json.dumps))
def test_whatever_else_stands_in_the_file_is_told_and_no_head(text: str) -> None:
    read = read_heads(text, [KEY])
    assert read.heads == ()
    assert len(read.mistakes) == sum(bool(line.strip()) for line in text.splitlines())
