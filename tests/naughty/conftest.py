"""The application on an empty database, and a visitor whose every page is judged."""

from tests.selfservice.web.conftest import app, installation, someone, visitor

__all__ = ["app", "installation", "someone", "visitor"]
