"""Signing in by password: whoever shuts the way of another cannot keep them out."""

import itertools
from datetime import timedelta
from pathlib import Path

from selfservice.database import Database
from selfservice.links import Links
from selfservice.operations import accounts, locking, password_sign_in
from selfservice.operations.challenging import Asker
from selfservice.operations.locking import Standing
from tests.factories.people import a_customer, an_account
from tests.factories.submitted import BOSTON, NOW, settings

SAM = "sam.carter@example.org"
STRANGER = Asker("s" * 64, "192.0.2.66")


def test_whoever_uses_up_links_and_passwords_of_another_cannot_keep_them_out(
    database: Database, tmp_path: Path
) -> None:
    links, now = Links(settings(tmp_path)), NOW
    with database.write() as session:
        customer = a_customer(session, "Sam", NOW, email=SAM)
        an_account(session, customer, NOW, email=SAM, password_hash="argon")
    for hour in range(4):
        for number in range(5):
            asker = Asker(f"{hour}{number}".ljust(64, "x"), f"network {hour}")
            with database.write() as session:
                assert accounts.ask_to_sign_in(session, SAM, BOSTON, asker, links, now)
        now += timedelta(hours=1)
    told = []
    for _ in range(8):
        with database.write() as session:
            assert accounts.ask_to_sign_in(session, SAM, BOSTON, STRANGER, links, now) is None, "all used up"
        for _ in range(locking.PASSWORD.most):
            with database.write() as session:
                tried = password_sign_in.begin(session, SAM, "of the stranger", now)
                if tried and tried.standing is Standing.LAST:
                    made = password_sign_in.tell_shut(session, SAM, BOSTON, STRANGER, links, now)
                    told += [now] if made else []
        now += timedelta(minutes=16)
    assert len(told) >= 2, "Sam is told again and again, with a link to sign in by"
    assert all(after - before >= timedelta(minutes=15) for before, after in itertools.pairwise(told))
