"""Once an hour: contacts that were left lying pause, help that ran out ends, and whoever was helped is told."""

from datetime import timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa

from selfservice import clock
from selfservice.database import Database
from selfservice.domain.people import Channel
from selfservice.domain.profile import Need
from selfservice.installation import Installation
from selfservice.operations import profiles
from selfservice.store.deliveries import DeliveryRow
from selfservice.store.interactions import ActingSessionRow, InteractionRow
from selfservice.store.notifications import NotificationRow
from tests.factories.installations import make_installation, make_settings
from tests.factories.office import Office
from workers import housekeeping


@pytest.fixture
def installation(database: Database, tmp_path: Path) -> Installation:
    settings = make_settings(home=tmp_path, redis_url="", redis_prefix="none")
    return make_installation(settings=settings, database=database)


def test_what_agents_left_lying_is_put_to_rest_and_its_customers_are_told(installation: Installation) -> None:
    office = Office(installation.database)
    office.now = clock.now() - timedelta(minutes=45)
    office.call()
    office.call(agent=office.tom, channel=Channel.CHAT)
    office.help(office.mary)
    with installation.database.write() as session:
        profiles.change_needs(session, office.acting(), [Need.BRAILLE], "", office.now)
    assert housekeeping.rest_desks(installation) == 1
    assert housekeeping.rest_desks(installation) == 0
    with installation.database.read() as session:
        contacts = session.scalars(sa.select(InteractionRow)).all()
        going = session.scalars(sa.select(ActingSessionRow)).one()
        letter = session.scalars(sa.select(NotificationRow)).one()
        waiting = session.scalars(sa.select(DeliveryRow.notification_id)).one()
    assert {(row.state, row.paused_why, row.active_seconds) for row in contacts} == {("paused", "idle", 600)}
    assert going.ended_why == "too_long"
    assert (letter.customer_id, letter.recipient, waiting) == (office.mary.id, "mary@example.org", letter.id)
