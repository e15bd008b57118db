"""The application that the robot visits: each of its pages is judged as HTML on the way."""

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
import time_machine

from tests.selfservice.web.conftest import app, installation

__all__ = ["a_tuesday_morning", "app", "installation"]

# What can be reported depends on the day and the hour; on this one every page of every service can be come to.
TUESDAY_MORNING = datetime(2026, 11, 24, 10, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def a_tuesday_morning() -> Iterator[None]:
    """Let it be ten o'clock on a Tuesday."""
    with time_machine.travel(TUESDAY_MORNING, tick=True):
        yield
