"""What the workers' tests begin with: an installation with one submission that is due."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from selfservice import clock
from selfservice.database import Database
from selfservice.domain.delivery import Timings
from selfservice.domain.submission import Completed
from selfservice.installation import Installation
from tests.factories.submitted import a_submission, anonymous, installation, settings
from tests.workers.offices import SOON, Made


@pytest.fixture
def made(each_database: Database, tmp_path: Path) -> Made:
    def make(office: Any, timings: Timings = SOON, whole: Completed | None = None) -> Installation:
        one = installation(each_database, settings(tmp_path), office, timings=timings)
        with each_database.write() as session:
            a_submission(session, one.links, whole or anonymous(), clock.now() - timedelta(seconds=1))
        return one

    return make
