"""What every page is given, whoever draws it."""

from typing import Any
from urllib.parse import quote

from flask import Flask, request

from selfservice.web import banner, drawn, languages, standing, widgets
from selfservice.web.session import council_here, installation


def install(app: Flask) -> None:
    """Put the filters and the things that every page needs in place."""
    widgets.install(app.jinja_env)
    languages.install(app)
    drawn.install(app.jinja_env)
    app.context_processor(given)


def given() -> dict[str, Any]:
    """The council whose page this is, whether this is the demonstration, and who is signed in or being helped.

    Asks the database only for whoever has a cookie of a sign-in, and for them once a request.
    """
    settings = installation().settings
    return {
        "council": council_here(),
        "demonstration": settings.demonstration,
        "simulator_url": settings.simulator_url,
        "helping": banner.of_request(),
        "member_of_staff": standing.staff_signed_in(),
        "person": standing.signed_in(),
        "sign_in_url": _sign_in_url(),
    }


def _sign_in_url() -> str:
    """Where to sign in, to come back to this page of a council; a page that a token opens is named to nobody."""
    named = council_here() is not None and "token" not in (request.view_args or {})
    return f"/account/sign-in?next={quote(request.path)}" if named and request.method == "GET" else ""
