"""The step for the customer's word, back and forth: closings keep a moment, and no word that was written is lost."""

from datetime import timedelta
from importlib import import_module
from pathlib import Path

import pytest
import sqlalchemy as sa

from selfservice.database import Database
from selfservice.domain.case import CaseStatus
from selfservice.links import Links
from selfservice.store.cases import CaseRow
from selfservice.store.deliveries import DeliveryRow
from selfservice.store.messages import MessageRow
from selfservice.store.migrate import to
from tests.factories.submitted import NOW, RESIDENT, a_submission, anonymous, settings
from tests.factories.written import open_case, tell, write

BEFORE = import_module("selfservice.store.migrations.versions.0013_customers_word").down_revision


@pytest.fixture
def links(tmp_path: Path) -> Links:
    return Links(settings(tmp_path))


def test_a_step_back_and_forth(each_database: Database, links: Links) -> None:
    closed, heard = NOW + timedelta(days=1), NOW + timedelta(days=2)
    with each_database.write() as session:
        accepted = a_submission(session, links, anonymous())
    open_case(each_database, links, accepted.delivery_ids[0], NOW)
    tell(each_database, links, "1", CaseStatus.RESOLVED, closed, heard)
    with each_database.write() as session:
        write(session, RESIDENT, accepted.submission_id, heard, "Thank you")
    to(each_database, BEFORE)
    to(each_database, "head")
    with each_database.read() as session:
        assert session.scalars(sa.select(CaseRow.closed_at)).all() == [closed]
        assert session.scalars(sa.select(DeliveryRow.kind)).all() == ["case"]
        assert session.scalars(sa.select(MessageRow.words)).all() == ["Thank you"]
