"""The web over HTTP for a real browser, with the same application for a robot without one."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from threading import Thread

import pytest
from flask import Flask
from werkzeug.serving import make_server

from selfservice.app import create_app, warm
from selfservice.database import Database
from selfservice.web import sending
from tests.browser.conftest import browser, visitor
from tests.factories.installations import make_installation, make_settings
from tests.journeys.conftest import free_port
from tests.robot.conftest import a_tuesday_morning

__all__ = ["a_tuesday_morning", "browser", "visitor"]


@dataclass(frozen=True)
class Web:
    """The application and where it is served."""

    app: Flask
    address: str


@pytest.fixture
def web(database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Web]:
    """The whole web on loopback, on an empty database; a robot's haste is not held against it."""
    monkeypatch.setattr(sending, "LEAST_SECONDS", 0.0)
    port = free_port()
    settings = make_settings(
        home=tmp_path,
        redis_url="",
        redis_prefix="none",
        BASE_URL=f"http://127.0.0.1:{port}",
        DEMONSTRATION="1",
    )
    app = create_app(make_installation(settings=settings, database=database))
    warm(app)
    server = make_server("127.0.0.1", port, app, threaded=True)
    serving = Thread(target=server.serve_forever, daemon=True)
    serving.start()
    yield Web(app, f"http://127.0.0.1:{port}")
    server.shutdown()
    serving.join()
    server.server_close()
