"""The clock of a contact: active seconds are those between starting and pausing, however often and late one looks."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from selfservice.domain.contact import IDLE, OUTCOME_WORDS, Clock, Outcome, idle_since

NOON = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)
seconds = st.integers(min_value=0, max_value=40_000)
stretches = st.lists(st.tuples(seconds, seconds), max_size=12)


@given(stretches)
def test_active_seconds_are_those_of_the_stretches_and_never_of_the_pauses(
    lived: list[tuple[int, int]],
) -> None:
    clock, now = Clock(), NOON
    for active, paused in lived:
        clock = clock.running(now)
        now += timedelta(seconds=active)
        clock = clock.standing(now)
        now += timedelta(seconds=paused)
    assert clock.at(now) == clock.seconds == sum(active for active, _ in lived)


@given(stretches, st.lists(st.floats(min_value=0, max_value=1), max_size=5))
def test_looking_in_between_changes_nothing(lived: list[tuple[int, int]], looks: list[float]) -> None:
    clock, now, shown = Clock(), NOON, 0
    for active, paused in lived:
        clock = clock.running(now).running(now + timedelta(seconds=paused))
        for part in sorted(looks):
            seen = clock.at(now + timedelta(seconds=active * part))
            assert seen >= shown
            shown = seen
        now += timedelta(seconds=active)
        clock = clock.standing(now).standing(now + timedelta(seconds=paused))
        now += timedelta(seconds=paused)
    assert clock.seconds == sum(active for active, _ in lived)


@given(seconds)
def test_a_clock_that_goes_back_takes_no_seconds_away(late: int) -> None:
    clock = Clock(70, NOON)
    assert clock.at(NOON - timedelta(seconds=late)) == 70


@given(st.integers(min_value=0, max_value=100_000))
def test_a_contact_pauses_itself_at_one_moment_however_late_somebody_looks(later: int) -> None:
    paused = idle_since(NOON, NOON + timedelta(seconds=later))
    assert paused == (NOON + IDLE if timedelta(seconds=later) >= IDLE else None)


def test_every_outcome_has_words() -> None:
    assert set(OUTCOME_WORDS) == set(Outcome)
