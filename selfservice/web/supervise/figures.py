"""Figures of a period: charts, the table behind each, and the same to download."""

from flask import Blueprint, abort, make_response, render_template
from flask.typing import ResponseReturnValue

from selfservice.domain.figures import Figures
from selfservice.domain.people import Role
from selfservice.operations import supervising
from selfservice.web.security import Who, open_to
from selfservice.web.session import installation
from selfservice.web.supervise import asking, told
from selfservice.web.supervise.asking import Asked
from selfservice.web.supervise.downloads import download
from selfservice.web.supervise.room import councils_of, given, service_titles, supervisor
from selfservice.web.supervise.tables import Table

blueprint = Blueprint("supervise_figures", __name__)


@blueprint.get("/supervise/figures")
@open_to(Who.STAFF, Role.SUPERVISOR, Role.SERVICE_OWNER, Role.AUDITOR)
def show() -> ResponseReturnValue:
    """The figures, and what to ask for others with."""
    asked = asking.read()
    figures, tables = _told(asked) if asked.period else (None, [])
    page = render_template(
        "supervise/figures.html",
        **given("figures"),
        asked=asked,
        errors=asked.errors,
        figures=figures,
        tables=tables,
        councils=councils_of(),
        services=sorted(service_titles().items(), key=lambda pair: pair[1].casefold()),
    )
    return make_response(page, 422 if asked.errors else 200)


@blueprint.get("/supervise/figures/<table>.csv")
@open_to(Who.STAFF, Role.SUPERVISOR, Role.SERVICE_OWNER, Role.AUDITOR)
def file(table: str) -> ResponseReturnValue:
    """One of the tables, to take away."""
    asked = asking.read()
    if asked.period is None:
        abort(404)
    found = next((each for each in _told(asked)[1] if each.name == table), None)
    if found is None:
        abort(404)
    return download(f"{found.name}-{asked.first}-{asked.last}", found.downloaded)


def _told(asked: Asked) -> tuple[Figures, list[Table]]:
    assert asked.period is not None, "figures of no period"
    with installation().database.read() as session:
        figures = supervising.of_period(session, supervisor(), asked.period, asked.council, asked.service)
        agents = supervising.names(session, list(figures.by_agent))
    return figures, list(told.tables(figures, service_titles(), agents))
