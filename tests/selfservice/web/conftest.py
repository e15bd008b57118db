"""The application on an empty database, and visitors whose every page is judged."""

from collections.abc import Callable
from pathlib import Path

import pytest
from flask import Flask

from selfservice.app import create_app
from selfservice.database import Database
from selfservice.installation import Installation
from tests.factories.installations import make_installation, make_settings
from tests.journeys.visitor import Visitor
from tests.judge import JudgingClient


@pytest.fixture
def installation(database: Database, tmp_path: Path) -> Installation:
    """An installation without Redis, on an empty database."""
    settings = make_settings(home=tmp_path, redis_url="", redis_prefix="none")
    return make_installation(settings=settings, database=database)


@pytest.fixture
def app(installation: Installation) -> Flask:
    """The web application."""
    made = create_app(installation)
    made.test_client_class = JudgingClient
    return made


@pytest.fixture
def someone(app: Flask) -> Callable[[], Visitor]:
    """A new visitor with a browser of their own, each time it is called."""
    return lambda: Visitor(app.test_client())


@pytest.fixture
def visitor(someone: Callable[[], Visitor]) -> Visitor:
    """One visitor."""
    return someone()
