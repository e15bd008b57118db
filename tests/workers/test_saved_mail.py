"""The message of a saved draft is about no submission: it is sent as any other, with its link put in at the end."""

from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from selfservice import clock
from selfservice.database import Database
from selfservice.installation import Installation
from selfservice.links import Links, hashed
from selfservice.operations import saving
from selfservice.store.deliveries import DeliveryRow
from selfservice.store.notifications import NotificationRow
from selfservice.store.saved import ReturnLinkRow
from tests.factories.submitted import BOSTON, RESIDENT, a_draft, installation, settings
from workers import deliver


class Outgoing:
    """A mail server that keeps what it is given."""

    def __init__(self) -> None:
        self.mails: list[Any] = []

    def send(self, mail: Any) -> None:
        self.mails.append(mail)


@pytest.fixture
def one(each_database: Database, tmp_path: Path) -> Installation:
    """An installation with a saved draft whose message waits."""
    made = installation(each_database, settings(tmp_path), object())
    made.__dict__["mailer"] = Outgoing()
    with each_database.write() as session:
        draft, now = a_draft(session, clock.now()), clock.now()
        saving.save(
            session, RESIDENT, draft.id, "ada@example.org", BOSTON, "Report fly-tipping", made.links, now
        )
    return made


def test_it_is_sent_with_the_link_that_the_database_does_not_hold(one: Installation) -> None:
    assert deliver.batch(one) == 1
    [mail] = one.mailer.mails  # type: ignore[attr-defined]
    token = mail.body.split("/return/")[1].split()[0]
    with one.database.read() as session:
        assert session.scalars(sa.select(ReturnLinkRow.token_hash)).one() == hashed(token)
        assert token not in session.scalars(sa.select(NotificationRow.body)).one()
        assert session.scalars(sa.select(DeliveryRow.state)).one() == "delivered"


def test_one_whose_key_is_gone_is_a_persons_work(one: Installation, tmp_path: Path) -> None:
    one.links = Links(settings(tmp_path, SECRET_KEY="n" * 40))
    deliver.batch(one)
    assert one.mailer.mails == []  # type: ignore[attr-defined]
    with one.database.read() as session:
        assert session.scalars(sa.select(DeliveryRow.state)).one() == "blocked"
