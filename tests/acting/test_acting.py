"""Three tabs on three customers: no sequence of steps stores anything under the wrong one, or with one name alone.

Here some hundred steps; `make acting N=5000` takes as many as one likes.
"""

import os
from collections import Counter
from pathlib import Path
from typing import ClassVar

import hypothesis
import pytest
from hypothesis.stateful import run_state_machine_as_test

from selfservice import clock
from selfservice.app import create_app
from selfservice.database import Database
from selfservice.web import sending
from tests.acting.machine import Acting
from tests.conftest import _empty
from tests.factories.installations import make_installation, make_settings
from tests.house.standings import Stage

STEPS_A_RUN = 50


@pytest.fixture(autouse=True)
def _a_quick_agent(monkeypatch: pytest.MonkeyPatch) -> None:
    """These agents type as no person can; that alone is not held against them."""
    monkeypatch.setattr(sending, "LEAST_SECONDS", 0.0)


def walk(database: Database, home: Path, steps: int) -> Counter[str]:
    """Take about so many steps; how often what happened."""
    settings = make_settings(home=home, redis_url="", redis_prefix="none")
    installation = make_installation(settings=settings, database=database)
    stage = Stage(create_app(installation), installation)

    class Walk(Acting):
        counted: ClassVar[Counter[str]] = Counter()

        def reset(self) -> None:
            _empty(database)

    Walk.stage = stage
    told = hypothesis.settings(
        # Some sequences end before they are as long as they may be.
        max_examples=steps // STEPS_A_RUN * 5 // 4 + 1,
        stateful_step_count=STEPS_A_RUN,
        deadline=None,
        derandomize=True,
        phases=(hypothesis.Phase.generate, hypothesis.Phase.shrink),
        suppress_health_check=list(hypothesis.HealthCheck),
        print_blob=False,
        database=None,
    )
    run_state_machine_as_test(Walk, settings=told)
    return Walk.counted


def test_some_hundred_steps_in_any_order_keep_everybodys_answers_apart(
    database: Database, tmp_path: Path
) -> None:
    counted = walk(database, tmp_path, 300)
    assert counted["steps"] >= 200
    assert counted["answers"]


@pytest.mark.slow
def test_as_many_steps_as_asked_for(database: Database, tmp_path: Path) -> None:
    began, wanted = clock.now(), int(os.environ.get("STEPS", "5000"))
    counted = walk(database, tmp_path, wanted)
    seconds = (clock.now() - began).total_seconds()
    print("acting:", *(f"{what}={number}" for what, number in counted.items()), f"seconds={seconds:.0f}")
    assert counted["steps"] >= wanted * 0.9
    # A walk that never came to these would have shown nothing.
    assert counted["submissions"] > 0
    assert counted["refused"] > 0
    assert counted["records"] > 0
