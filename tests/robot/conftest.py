"""The application that the robot visits: each of its pages is judged as HTML on the way."""

from tests.selfservice.web.conftest import app, installation

__all__ = ["app", "installation"]
