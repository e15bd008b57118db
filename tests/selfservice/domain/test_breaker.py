"""The breaker: five failures in a row open it for longer and longer, and any clear answer closes it."""

from datetime import timedelta

from selfservice.domain.breaker import FAILURES, Breaker, answered, failed
from selfservice.domain.delivery import Timings
from tests.factories.submitted import NOW

T = Timings()


def _after(failures: int) -> Breaker:
    breaker = Breaker()
    for _ in range(failures):
        breaker = failed(breaker, NOW, T)
    return breaker


def test_four_failures_leave_it_closed() -> None:
    assert not _after(FAILURES - 1).is_open(NOW)


def test_five_open_it_for_thirty_seconds() -> None:
    breaker = _after(FAILURES)
    assert breaker.is_open(NOW + timedelta(seconds=29))
    assert not breaker.is_open(NOW + timedelta(seconds=30))
    assert breaker.is_probing(NOW + timedelta(seconds=30))


def test_each_failed_probe_doubles_the_rest_up_to_fifteen_minutes() -> None:
    breaker, now, rests = _after(FAILURES), NOW, []
    for _ in range(8):
        assert breaker.open_until is not None
        rests.append((breaker.open_until - now).total_seconds())
        now = breaker.open_until
        breaker = failed(breaker, now, T)
    assert rests == [30, 60, 120, 240, 480, 900, 900, 900]


def test_failures_of_calls_begun_before_it_opened_change_nothing() -> None:
    assert _after(FAILURES + 3) == _after(FAILURES)


def test_a_clear_answer_closes_it() -> None:
    assert answered() == Breaker()
    assert not answered().is_probing(NOW)
