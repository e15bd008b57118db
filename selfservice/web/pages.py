"""What every page is given, whoever draws it."""

from typing import Any

from flask import Flask

from selfservice.web import drawn, languages, widgets
from selfservice.web.session import council_here, installation


def install(app: Flask) -> None:
    """Put the filters and the things that every page needs in place."""
    widgets.install(app.jinja_env)
    languages.install(app)
    drawn.install(app.jinja_env)
    app.context_processor(given)


def given() -> dict[str, Any]:
    """The council whose page this is, and whether this is the demonstration; asks no database."""
    settings = installation().settings
    return {
        "council": council_here(),
        "demonstration": settings.demonstration,
        "simulator_url": settings.simulator_url,
    }
