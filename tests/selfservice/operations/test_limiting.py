"""Rate limits count each try once, however many processes count at the same time."""

from datetime import UTC, datetime, timedelta
from threading import Thread

import sqlalchemy as sa

from selfservice.database import Database
from selfservice.operations.limiting import Limit, allowed, forget_old
from selfservice.store.limits import LimitRow

NOON = datetime(2025, 3, 3, 12, 0, tzinfo=UTC)
THREE = Limit("three", times=3, minutes=15)


def tries(database: Database, subject: str, number: int, at: datetime = NOON) -> list[bool]:
    """Whether each of so many tries was allowed."""
    found = []
    for _ in range(number):
        with database.write() as session:
            found.append(allowed(session, THREE, subject, at))
    return found


def test_so_many_tries_are_allowed_and_no_more(each_database: Database) -> None:
    assert tries(each_database, "192.0.2.1", 5) == [True, True, True, False, False]


def test_each_subject_and_each_limit_has_its_own_count(each_database: Database) -> None:
    assert tries(each_database, "192.0.2.1", 3) == tries(each_database, "192.0.2.2", 3) == [True] * 3
    with each_database.write() as session:
        assert allowed(session, Limit("another", times=1, minutes=15), "192.0.2.1", NOON)


def test_the_next_window_begins_anew(each_database: Database) -> None:
    tries(each_database, "192.0.2.1", 4)
    assert tries(each_database, "192.0.2.1", 1, NOON + timedelta(minutes=15)) == [True]


def test_tries_at_the_same_moment_are_all_counted(each_database: Database) -> None:
    found: list[bool] = []
    together = [Thread(target=lambda: found.extend(tries(each_database, "192.0.2.1", 5))) for _ in range(4)]
    for each in together:
        each.start()
    for each in together:
        each.join()
    assert found.count(True) == 3


def test_no_subject_is_kept_in_clear_and_old_counts_are_dropped(each_database: Database) -> None:
    tries(each_database, "192.0.2.1", 1)
    with each_database.write() as session:
        assert "192" not in session.scalars(sa.select(LimitRow.key)).one()[:7]
        forget_old(session, NOON + timedelta(days=2))
    with each_database.read() as session:
        assert session.scalars(sa.select(LimitRow)).all() == []
