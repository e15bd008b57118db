"""The states of a hand-over: what leads where, and that nothing else does."""

from datetime import UTC, datetime, timedelta
from itertools import product

import pytest

from selfservice.domain.handover import (
    ARROWS,
    MOST_WRONG_CODES,
    Event,
    HandoverState,
    NotThen,
    after_wrong_code,
    digits_of,
    good,
    move,
)

NOW = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)
ENDS = {HandoverState.OVER, HandoverState.LOCKED, HandoverState.SUPERSEDED}


def test_what_is_not_among_the_arrows_does_not_happen() -> None:
    for state, event in product(HandoverState, Event):
        if (state, event) in ARROWS:
            assert move(state, event) is ARROWS[state, event]
        else:
            with pytest.raises(NotThen):
                move(state, event)


def test_what_is_over_stays_over_and_what_is_taken_can_only_be_let_go() -> None:
    assert {state for state, _ in ARROWS}.isdisjoint(ENDS)
    assert {event for state, event in ARROWS if state is HandoverState.TAKEN} == {Event.LET_GO}


def test_every_event_happens_and_every_end_is_reached() -> None:
    assert {event for _, event in ARROWS} == set(Event)
    assert set(ARROWS.values()) >= ENDS


@pytest.mark.parametrize("state", HandoverState)
def test_only_an_offer_whose_time_is_not_over_is_good(state: HandoverState) -> None:
    until = NOW + timedelta(minutes=15)
    assert good(state, until, NOW) is (state is HandoverState.OFFERED)
    assert not good(state, until, until)


def test_the_fifth_wrong_code_locks() -> None:
    wrong, locked = 0, []
    for _ in range(MOST_WRONG_CODES):
        wrong, now_locked = after_wrong_code(wrong)
        locked.append(now_locked)
    assert locked == [False] * 4 + [True]


@pytest.mark.parametrize(
    ("typed", "digits"),
    [("482 913", "482913"), (" 482-913. ", "482913"), ("", ""), ("code", ""), ("٤٨٢٩١٣", ""), ("48²", "48")],
)
def test_figures_are_read_however_they_were_set_apart(typed: str, digits: str) -> None:
    assert digits_of(typed) == digits
