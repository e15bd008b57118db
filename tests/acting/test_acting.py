"""Three tabs on three customers: no sequence of steps stores anything under the wrong one, or with one name alone.

Here some hundred steps; `make acting N=5000` takes as many as one likes.
"""

import os
from pathlib import Path

import hypothesis
import pytest
from hypothesis.stateful import run_state_machine_as_test

from selfservice import clock
from selfservice.app import create_app
from selfservice.database import Database
from tests.acting.machine import Acting
from tests.conftest import _empty
from tests.factories.installations import make_installation, make_settings
from tests.house.standings import Stage

STEPS_A_RUN = 50


def walk(database: Database, home: Path, steps: int) -> type[Acting]:
    """Take about so many steps; the machine, with what it counted."""
    settings = make_settings(home=home, redis_url="", redis_prefix="none")
    installation = make_installation(settings=settings, database=database)
    stage = Stage(create_app(installation), installation)

    class Walk(Acting):
        def reset(self) -> None:
            _empty(database)

    Walk.stage = stage
    told = hypothesis.settings(
        max_examples=max(1, steps // STEPS_A_RUN),
        stateful_step_count=STEPS_A_RUN,
        deadline=None,
        derandomize=True,
        phases=(hypothesis.Phase.generate, hypothesis.Phase.shrink),
        suppress_health_check=list(hypothesis.HealthCheck),
        print_blob=False,
        database=None,
    )
    run_state_machine_as_test(Walk, settings=told)
    return Walk


def test_some_hundred_steps_in_any_order_keep_everybodys_answers_apart(
    database: Database, tmp_path: Path
) -> None:
    walked = walk(database, tmp_path, 300)
    assert walked.steps >= 150


@pytest.mark.slow
def test_as_many_steps_as_asked_for(database: Database, tmp_path: Path) -> None:
    began, wanted = clock.now(), int(os.environ.get("STEPS", "5000"))
    steps = sent = refused = 0
    walked = walk(database, tmp_path, wanted)
    steps, sent, refused = walked.steps, walked.sent_in_all, walked.refused_in_all
    seconds = (clock.now() - began).total_seconds()
    print(f"acting: steps={steps} submissions={sent} refused={refused} seconds={seconds:.0f} broken=0")
    assert steps >= wanted * 0.9
    assert sent > 0
    assert refused > 0
