"""The demonstration's contacts: a hundred, once, as real ones are had, so that supervisors have something to see."""

from datetime import timedelta
from pathlib import Path

import sqlalchemy as sa

from selfservice import clock, demo_contacts
from selfservice.database import Database
from selfservice.domain.figures import usual
from selfservice.domain.moments import LONDON
from selfservice.domain.patterns import Pattern
from selfservice.domain.people import Actor, ActorKind, Role
from selfservice.installation import Installation
from selfservice.operations import patterns, recording, supervising
from selfservice.store.interactions import InteractionRow
from tests.factories.installations import make_installation, make_settings
from tests.factories.submitted import a_submission, anonymous


def prepared(database: Database, home: Path) -> tuple[Installation, str]:
    """An installation to which one report was sent, and its reference."""
    made = make_installation(
        settings=make_settings(home=home, redis_url="", redis_prefix="none"), database=database
    )
    with database.write() as session:
        return made, a_submission(session, made.links, anonymous()).reference


def test_a_hundred_contacts_are_had_once_and_stand_in_figures_patterns_and_an_unbroken_record(
    database: Database, tmp_path: Path
) -> None:
    installation, reference = prepared(database, tmp_path)
    now = clock.now()
    assert [demo_contacts.fill(installation, now) for _ in range(2)] == [100, 0]
    roles = frozenset((council, Role.SUPERVISOR) for council in installation.councils)
    graham = Actor(ActorKind.AGENT, "graham", roles=roles)
    period = usual((now - timedelta(days=1)).astimezone(LONDON).date())
    with database.read() as session:
        told = supervising.of_period(session, graham, period)
        names = supervising.names(session, list(told.by_agent))
        found = patterns.review(session, graham, usual(now.astimezone(LONDON).date())).found
        assert recording.verify(session) == []
    assert told.all.contacts == 100
    assert 20 <= told.all.repeats <= 60
    assert set(names.values()) == {name for name, _ in demo_contacts.AGENTS}
    assert len(told.by_channel) >= 4
    assert {Pattern.SAME_SURNAME, Pattern.OUT_OF_HOURS, Pattern.NO_CONTACT} <= {
        each.pattern for each in found
    }
    with database.read() as session:
        of_it = sa.select(InteractionRow.id).where(InteractionRow.reference == reference)
        assert len(session.scalars(of_it).all()) >= 1
