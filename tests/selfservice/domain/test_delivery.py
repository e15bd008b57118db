"""The states of a delivery and the retry policy, driven by every event that can come."""

from datetime import datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from selfservice.domain.delivery import (
    ARROWS,
    FINISHED,
    DeliveryState,
    Event,
    Forbidden,
    Standing,
    Timings,
    back_off,
    move,
)
from tests.factories.submitted import NOW

T = Timings()
S = DeliveryState
SENDING = Standing(S.SENDING, NOW, NOW, attempt=1)


def test_they_are_tried_for_seven_days_and_then_dead() -> None:
    before = NOW + timedelta(days=7, seconds=-1)
    assert move(SENDING, Event.TURNED_AWAY, before, T, 0.5).state is S.PENDING
    assert move(SENDING, Event.TURNED_AWAY, NOW + timedelta(days=7), T, 0.5).state is S.DEAD


@pytest.mark.parametrize("event", [Event.REJECTED, Event.UNBUILT])
def test_our_own_fault_blocks_and_the_fifth_kills(event: Event) -> None:
    standing, states = SENDING, []
    for _ in range(5):
        standing = move(standing, event, NOW, T, 0.5)
        states.append(standing.state)
        if standing.state is S.BLOCKED:
            standing = move(standing, Event.WAIT_OVER, NOW, T, 0.5)
            standing = move(move(standing, Event.CLAIM, NOW, T, 0.5), Event.MARK, NOW, T, 0.5)
    assert states == [S.BLOCKED] * 4 + [S.DEAD]


def test_three_dead_workers_before_the_marker_are_poison() -> None:
    claimed = Standing(S.CLAIMED, NOW, NOW, attempt=3, crashes=1)
    assert move(claimed, Event.DIED, NOW, T, 0.5).state is S.PENDING
    again = Standing(S.CLAIMED, NOW, NOW, attempt=3, crashes=2)
    assert move(again, Event.DIED, NOW, T, 0.5).state is S.DEAD


def test_three_dead_workers_after_the_marker_are_looked_up_before_anything_else() -> None:
    unsure = move(Standing(S.SENDING, NOW, NOW, attempt=3, crashes=2), Event.DIED, NOW, T, 0.5)
    assert unsure.state is S.UNCERTAIN
    assert unsure.settle_until == NOW + timedelta(seconds=T.settle)
    assert move(unsure, Event.FOUND, NOW, T, 0.5).state is S.DELIVERED
    assert move(unsure, Event.ABSENT, NOW, T, 0.5).state is S.DEAD


def test_a_connectors_own_settling_time_counts() -> None:
    assert move(SENDING, Event.UNCONFIRMED, NOW, T, 0.5, settle=7).settle_until == NOW + timedelta(seconds=7)


def test_a_replay_begins_anew() -> None:
    dead = Standing(S.DEAD, NOW, NOW, attempt=9, failures=4, faults=5, crashes=3)
    later = NOW + timedelta(days=9)
    again = move(dead, Event.REPLAY, later, T, 0.5)
    assert (again.state, again.due_at, again.trying_since) == (S.PENDING, later, later)
    assert (again.failures, again.faults, again.crashes) == (0, 0, 0)
    assert again.attempt == 9


@given(st.integers(1, 10_000), st.floats(0, 1, exclude_max=True))
def test_back_off_stays_under_its_ceiling(failures: int, roll: float) -> None:
    assert 0 <= back_off(failures, T, roll) <= min(T.cap, T.base * 2.0 ** min(failures - 1, 20))


@given(st.integers(1, 100), st.floats(0, 1, exclude_max=True), st.floats(0, 1e6))
def test_what_they_ask_for_is_honoured_up_to_six_hours(failures: int, roll: float, asked: float) -> None:
    wait = back_off(failures, T, roll, asked)
    assert min(asked, 6 * 3600) <= wait <= 6 * 3600 + T.base


@pytest.mark.parametrize("state", sorted(FINISHED))
@pytest.mark.parametrize("event", list(Event))
def test_what_is_finished_stays_so(state: DeliveryState, event: Event) -> None:
    with pytest.raises(Forbidden):
        move(Standing(state, NOW, NOW), event, NOW, T, 0.5)


class OneDelivery(RuleBasedStateMachine):
    """A delivery to a back office that is not idempotent, under every order of events.

    The back office's side is kept beside it: how often it applied the case. The world may send only between
    marker and outcome, and a look-up tells the truth, as it does once settled.
    """

    def __init__(self) -> None:
        super().__init__()
        self.standing = Standing(S.PENDING, NOW, NOW)
        self.now = NOW
        self.applied = 0
        self.visited = [S.PENDING]
        self.attempts = [0]

    def _befalls(self, event: Event, roll: float = 0.5, asked: float | None = None) -> None:
        before = self.standing
        self.standing = move(before, event, self.now, T, roll, asked=asked)
        assert self.standing.state in ARROWS[before.state, event]
        self.visited.append(self.standing.state)
        self.attempts.append(self.standing.attempt)

    def _in(self, *states: DeliveryState) -> bool:
        return self.standing.state in states

    @rule(seconds=st.integers(1, 200_000))
    def time_passes(self, seconds: int) -> None:
        self.now += timedelta(seconds=seconds)

    @precondition(lambda self: self._in(S.PENDING) and self.standing.due_at <= self.now)
    @rule()
    def claim(self) -> None:
        self._befalls(Event.CLAIM)

    @precondition(lambda self: self._in(S.CLAIMED))
    @rule()
    def mark(self) -> None:
        self._befalls(Event.MARK)

    @precondition(lambda self: self._in(S.CLAIMED, S.SENDING))
    @rule(applied=st.booleans())
    def worker_dies(self, applied: bool) -> None:
        self.applied += applied and self._in(S.SENDING)
        self._befalls(Event.DIED)

    @precondition(lambda self: self._in(S.SENDING))
    @rule(roll=st.floats(0, 1, exclude_max=True), asked=st.none() | st.floats(0, 1e9))
    def turned_away(self, roll: float, asked: float | None) -> None:
        self._befalls(Event.TURNED_AWAY, roll, asked)

    @precondition(lambda self: self._in(S.SENDING))
    @rule(event=st.sampled_from([Event.REJECTED, Event.UNBUILT]))
    def our_fault(self, event: Event) -> None:
        self._befalls(event)

    @precondition(lambda self: self._in(S.SENDING))
    @rule()
    def accepted(self) -> None:
        self.applied += 1
        self._befalls(Event.ACCEPTED)

    @precondition(lambda self: self._in(S.SENDING))
    @rule(applied=st.booleans())
    def no_clear_answer(self, applied: bool) -> None:
        self.applied += applied
        self._befalls(Event.UNCONFIRMED)

    @precondition(lambda self: self._in(S.UNCERTAIN) and self.standing.settle_until <= self.now)
    @rule(answers=st.booleans())
    def look_up(self, answers: bool) -> None:
        if not answers:
            self._befalls(Event.ASK_LATER)
        else:
            self._befalls(Event.FOUND if self.applied else Event.ABSENT)

    @precondition(lambda self: self._in(S.BLOCKED) and self.standing.due_at <= self.now)
    @rule()
    def try_again_what_was_blocked(self) -> None:
        self._befalls(Event.WAIT_OVER)

    @precondition(lambda self: self._in(S.DEAD) or (self._in(S.HELD) and not self.applied))
    @rule()
    def an_operator_replays(self) -> None:
        self._befalls(Event.REPLAY)

    @invariant()
    def never_twice(self) -> None:
        assert self.applied <= 1

    @invariant()
    def delivered_means_applied(self) -> None:
        assert not self._in(S.DELIVERED) or self.applied == 1

    @invariant()
    def dead_means_surely_not_applied(self) -> None:
        assert not self._in(S.DEAD) or self.applied == 0

    @invariant()
    def attempts_only_grow(self) -> None:
        assert self.attempts == sorted(self.attempts)

    @invariant()
    def nothing_is_forgotten(self) -> None:
        """Whatever is not finished and needs no person has a moment, near enough, at which it goes on."""
        furthest = self.now + timedelta(seconds=T.furthest)
        if self._in(S.PENDING, S.BLOCKED):
            assert self.standing.due_at <= furthest
        if self._in(S.UNCERTAIN):
            assert self.standing.settle_until is not None
            assert self.standing.settle_until <= furthest

    @invariant()
    def finished_has_a_moment(self) -> None:
        assert isinstance(self.standing.finished_at, datetime) == self._in(*FINISHED)


TestOneDelivery = OneDelivery.TestCase
TestOneDelivery.settings = settings(max_examples=150, stateful_step_count=40, deadline=None)
