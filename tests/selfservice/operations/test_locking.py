"""Wrong tries in a row shut a way in for a while, for whoever stands before it; a right one begins anew."""

from datetime import datetime, timedelta
from threading import Thread

import pytest

from selfservice.database import Database
from selfservice.operations import locking
from selfservice.operations.locking import Lock, Standing
from tests.factories.submitted import NOW

LOCK = Lock("tests", most=3, minutes=15)
WHO = "sam.carter@example.org"


def try_once(database: Database, now: datetime = NOW, who: str = WHO, lock: Lock = LOCK) -> Standing:
    with database.write() as session:
        return locking.try_once(session, lock, who, now)


def forgive(database: Database) -> None:
    with database.write() as session:
        locking.forgive(session, LOCK, WHO)


def test_the_last_try_shuts_the_way_for_a_quarter_of_an_hour(each_database: Database) -> None:
    assert [try_once(each_database) for _ in range(5)] == [
        Standing.OPEN, Standing.OPEN, Standing.LAST, Standing.SHUT, Standing.SHUT,
    ]  # fmt: skip
    assert try_once(each_database, NOW + timedelta(minutes=14, seconds=59)) is Standing.SHUT
    assert try_once(each_database, NOW + timedelta(minutes=15)) is Standing.OPEN


def test_tries_while_it_is_shut_make_it_no_longer(each_database: Database) -> None:
    for minute in range(15):
        try_once(each_database, NOW + timedelta(minutes=minute / 10))
    assert try_once(each_database, NOW + timedelta(minutes=16)) is Standing.OPEN


def test_a_right_one_begins_anew(each_database: Database) -> None:
    try_once(each_database)
    try_once(each_database)
    forgive(each_database)
    assert [try_once(each_database) for _ in range(3)] == [Standing.OPEN, Standing.OPEN, Standing.LAST]
    forgive(each_database)
    assert try_once(each_database) is Standing.OPEN


def test_each_address_and_each_lock_is_counted_for_itself(each_database: Database) -> None:
    for _ in range(3):
        try_once(each_database)
    assert try_once(each_database, who="else@example.org") is Standing.OPEN
    assert try_once(each_database, lock=Lock("others", most=3, minutes=15)) is Standing.OPEN
    assert try_once(each_database, who=WHO.upper()) is Standing.SHUT


@pytest.mark.parametrize("at_once", [20])
def test_many_tries_at_once_are_no_way_round_it(database: Database, at_once: int) -> None:
    came: list[Standing] = []
    tries = [Thread(target=lambda: came.append(try_once(database))) for _ in range(at_once)]
    for each in tries:
        each.start()
    for each in tries:
        each.join()
    assert sorted(came) == sorted(
        [Standing.OPEN, Standing.OPEN, Standing.LAST, *[Standing.SHUT] * (at_once - 3)]
    )
